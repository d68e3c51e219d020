//! Whole messages, levels and waivers, over small sites.

use std::sync::Arc;

use jiff::civil::date;

mod faulty_keys;
mod ids;
mod language;
mod slips;
mod telephone_numbers;

use super::*;
use crate::site::edition::Wanted;
use crate::source::{SitePath, Sources};
use crate::{parse, site};

const TODAY: jiff::civil::Date = date(2026, 11, 22);

/// What a page that gives advice has to say of itself, and what its site has to say for it.
const CONTROL: &str = "version = \"1\"\nauthors = [\"A\"]\nreviewers = [{ name = \"B\", role = \"C\" }]\nreviewed = 2026-01-01\n\
                       review-due = 2028-01-01\n";
const ORGANISATION: &str = "[organisation]\nname = \"A\"\nfunding = \"F\"\nfeedback = \"T\"\n";

/// A page with the given front matter, apart from its kind and title, and body.
fn page(title: &str, front_matter: &str, body: &str) -> String {
    format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n{front_matter}+++\n\n{body}\n")
}

fn sources(files: &[(&str, &str)]) -> Arc<Sources> {
    Arc::new(Sources {
        files: files.iter().map(|(path, text)| (SitePath::new(path), text.as_bytes().into())).collect(),
    })
}

/// What is found, apart from what the small sites cannot avoid.
fn found(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    found_with(files, Wanted::default())
}

fn found_with(files: &[(&str, &str)], wanted: Wanted<'_>) -> Vec<Diagnostic> {
    let (sources, facts) = (sources(files), Facts::on(TODAY));
    let (config, mut faults) = parse::config::config(&sources);
    let mut parsed = parse::all(&sources, &config, &mut Default::default());
    parsed.faults.append(&mut faults);
    let site = Arc::new(site::link(Arc::new(config), sources, parsed, &facts, wanted, None));
    let mut found = run(&site, &facts, &mut Kept::default());
    found.retain(|diagnostic| !["page-orphan", "language-missing"].contains(&diagnostic.rule));
    found
}

/// A finding as an editor sees it: rule, text it points at, message, hint.
fn told(files: &[(&str, &str)]) -> Vec<[String; 4]> {
    let text = |at: &Location| {
        let (_, text) = files.iter().find(|(path, _)| *path == at.path.as_str()).expect("a file that was given");
        text[at.span.start..at.span.end].to_owned()
    };
    let told =
        |found: Diagnostic| [found.rule.to_owned(), text(&found.at), found.message, found.hint.unwrap_or_default()];
    found(files).into_iter().map(told).collect()
}

fn told_of_link(address: &str) -> [String; 4] {
    let home = page("Home", "", &format!("Read about [grief]({address})."));
    let grief = page("Grief and loss", "", "## What helps\n\nTalk.\n\n## What hurts\n\nHiding.");
    let files = [("content/pages/home.md", home.as_str()), ("content/handouts/grief.md", grief.as_str())];
    let mut told = told(&files);
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

#[test]
fn broken_links_are_explained() {
    for (address, rule, message, hint) in [
        (
            "../handouts/grief-help.md",
            "link-target-missing",
            "the page “../handouts/grief-help.md” does not exist",
            "Did you mean `grief.md`? Write `[…](../handouts/grief.md)`.",
        ),
        (
            "../handouts/grief.html#what-helps",
            "link-target-missing",
            "the page “../handouts/grief.html” does not exist",
            "Link to the page's source file, and psychoed makes the address of it. Write `[…](../handouts/grief.md#what-helps)`.",
        ),
        (
            "www.nhs.uk",
            "link-target-missing",
            "the file “www.nhs.uk” does not exist",
            "If this is a page of the web, write the whole address: `[…](https://www.nhs.uk)`.",
        ),
        (
            "help@clinic.example",
            "link-target-missing",
            "the file “help@clinic.example” does not exist",
            "If this is an email address, write `[…](mailto:help@clinic.example)`.",
        ),
        (
            "../Handouts/grief.md#what-helps",
            "link-case-wrong",
            "“../Handouts/grief.md” differs only in case from “../handouts/grief.md”",
            "Write `[…](../handouts/grief.md#what-helps)`. Many web servers tell capital letters from small ones.",
        ),
        (
            "../handouts/grief.md#what-help",
            "link-anchor-missing",
            "the page “Grief and loss” has no place called “#what-help”",
            "Did you mean `#what-helps`? Write `[…](../handouts/grief.md#what-helps)`.",
        ),
        (
            "../handouts/grief.md#sleep",
            "link-anchor-missing",
            "the page “Grief and loss” has no place called “#sleep”",
            "It has `#what-helps` and `#what-hurts`. A heading gets a name of your own with `## Heading {#name}`.",
        ),
        (
            "/handouts/grief.md#what-helps",
            "link-outside-site",
            "the link “/handouts/grief.md#what-helps” leads out of the content folder",
            "Addresses start from the page's own folder. Write `[…](../handouts/grief.md#what-helps)`.",
        ),
        (
            "../../../etc/passwd",
            "link-outside-site",
            "the link “../../../etc/passwd” leads out of the content folder",
            "Readers only get what is in the content folder. Copy the file there and link to the copy.",
        ),
        (
            "..\\handouts\\grief.md",
            "link-malformed",
            "the address “..\\handouts\\grief.md” of the link cannot be followed: it holds a backslash; folders are separated by `/`",
            "Write `[…](../handouts/grief.md)`.",
        ),
        (
            "\\\\server\\share\\leaflet.pdf",
            "link-malformed",
            "the address “\\server\\share\\leaflet.pdf” of the link cannot be followed: it holds a backslash; folders are separated \
             by `/`",
            "Readers cannot reach a folder of your network. Copy the file into the folder of this page, by the name `leaflet.pdf`, and \
             write `[…](leaflet.pdf)`.",
        ),
        (
            "\\handouts\\grief.md",
            "link-malformed",
            "the address “\\handouts\\grief.md” of the link cannot be followed: it holds a backslash; folders are separated by `/`",
            "Write `[…](../handouts/grief.md)`.",
        ),
        (
            "https:www.nhs.uk",
            "link-malformed",
            "the address “https:www.nhs.uk” of the link cannot be followed: two slashes are missing after the colon, as in \
             `https://`",
            "Write `[…](https://www.nhs.uk)`.",
        ),
        (
            "JavaScript:alert(1)",
            "link-scheme-not-allowed",
            "the link starts with “javascript:”, which pages may not use",
            "A link must not run a program on the reader's device. Take it out.",
        ),
    ] {
        let told = told_of_link(address);
        assert_eq!([&*told[0], &*told[2], &*told[3]], [rule, message, hint]);
        assert_eq!(told[1], address, "the place shown");
    }
}

#[test]
fn a_patient_page_that_links_to_clinicians_names_both_and_the_edition() {
    let config = "title = \"C\"\n[editions.patient]\ntitle = \"P\"\naudiences = [\"patient\"]\n\
                  [editions.all]\ntitle = \"A\"\naudiences = [\"patient\", \"clinician\"]\n";
    let patient = page("Grief", "audience = [\"patient\", \"clinician\"]\n", "See the [guide](guide.md).");
    let guide = page("A session", "audience = [\"clinician\"]\n", "Ask.");
    let files =
        [("site-config.toml", config), ("content/grief.md", patient.as_str()), ("content/guide.md", guide.as_str())];
    assert_eq!(
        told(&files),
        [[
            "link-to-other-audience",
            "guide.md",
            "“Grief” is in the edition “patient”, but this link leads to “A session”, which that edition leaves out",
            "Take the link out, put it in a `:::clinician` block, or, if everybody may read “A session”, add `patient` to its \
             `audience`."
        ]]
    );
    assert_eq!(found(&files)[0].related[0].1, "this page is for `clinician` only");
    let hidden = patient.replace("See the", ":::clinician\nSee the").replace("guide.md).", "guide.md).\n:::");
    assert_eq!(told(&[files[0], ("content/grief.md", &hidden), files[2]]), Vec::<[String; 4]>::new());
}

#[test]
fn colliding_addresses_name_both_files() {
    let plain = page("Grief", "", "[words](glossary.html) [works](references.bib)");
    let alias = page("Loss", "aliases = [\"grief.html\", \"loss.html\"]\n", "x");
    let files = [
        ("site-config.toml", "title = \"C\"\n[checks]\nraw-html = \"off\"\n"),
        ("content/Grief.md", plain.as_str()),
        ("content/a-z.md", &plain),
        ("content/glossary.html", "x"),
        ("content/grief.md", &plain),
        ("content/kinds/page.html", "linked by nobody"),
        ("content/loss.md", &alias),
        ("content/references.bib", ""),
    ];
    let messages: Vec<String> = told(&files).into_iter().map(|[_, _, message, _]| message).collect();
    assert_eq!(
        messages,
        [
            "the file content/glossary.html would have the address “glossary.html”, which the glossary has",
            "the file content/references.bib would have the address “references.bib”, which the download of all references has",
            "the page content/a-z.md would have the address “a-z.html”, which the list of all pages has",
            "the address “grief.html” of the page content/grief.md differs only in case or in how accents are stored from \
             “Grief.html” of the page content/Grief.md",
            "the address “grief.html” of an alias of content/loss.md differs only in case or in how accents are stored from \
             “Grief.html” of the page content/Grief.md",
            "the alias “loss.html” is the page's own address",
        ]
    );
}

#[test]
fn a_link_to_a_file_of_html_is_told_and_what_that_file_asks_others_for() {
    let linking = page("Grief", "", "[a form](form.HTM)");
    let form = "<p>x</p><script src=\"//evil.example/x.js\"></script>";
    let files = |config: &'static str| {
        told(&[("site-config.toml", config), ("content/grief.md", linking.as_str()), ("content/form.HTM", form)])
    };
    let request = [
        "third-party-request",
        "//evil.example/x.js",
        "something in this file is fetched from somebody else's server, “//evil.example/x.js”",
        "Whoever runs that server learns who reads this page. Copy the file to the project, if its licence allows it, and use \
         the copy.",
    ]
    .map(str::to_owned);
    let raw = [
        "raw-html",
        "form.HTM",
        "this link gives readers “form.HTM” as it is, which is HTML",
        "Write its text as a page of its own, in a Markdown file, and link to that.",
    ]
    .map(str::to_owned);
    assert_eq!(files("title = \"C\"\n"), [request.clone(), raw]);
    assert_eq!(files("title = \"C\"\n[markdown]\nallow-html = true\n"), [request]);
}

#[test]
fn addresses_on_printed_copies_and_of_packs_are_taken() {
    let page_with_id = page("Grief", "id = \"P-1\"\n", "x");
    let config = "title = \"C\"\n[[packs]]\nid = \"start\"\ntitle = \"First week\"\npages = [\"P-1\"]\n";
    let plain = page("Plain", "", "x");
    let files = [
        ("content/c/p-1.md", plain.as_str()),
        ("content/c/p-2.md", &plain),
        ("content/grief.md", &page_with_id),
        ("content/packs/start.md", &plain),
        ("site-config.toml", config),
    ];
    let messages: Vec<String> = told(&files).into_iter().map(|[_, _, message, _]| message).collect();
    assert_eq!(
        messages,
        [
            "the address “c/p-1.html” of the page content/c/p-1.md differs only in case or in how accents are stored from \
             “c/P-1.html” of the page that says whether a copy of P-1 is current",
            "the page content/packs/start.md would have the address “packs/start.html”, which the pack “First week” has",
        ]
    );
}

#[test]
fn levels_come_from_the_configuration() {
    let home = page("Home", "", "Read about [grief](nowhere.md).");
    let severity = |checks: &str| {
        let config = format!("title = \"C\"\n[checks]\n{checks}\n");
        let found = found(&[("site-config.toml", &config), ("content/home.md", &home)]);
        found.into_iter().map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect::<Vec<_>>()
    };
    assert_eq!(severity(""), [("link-target-missing", Severity::Error)]);
    assert_eq!(severity("link-target-missing = \"warn\""), [("link-target-missing", Severity::Warning)]);
    assert_eq!(severity("link-target-missing = \"note\""), [("link-target-missing", Severity::Note)]);
    assert_eq!(severity("link-target-missing = \"off\""), []);
    let unknown = severity("link-target-mising = \"off\"");
    assert_eq!(unknown, [("link-target-missing", Severity::Error), ("config-rule-unknown", Severity::Error)]);
}

#[test]
fn faults_of_reading_have_levels_and_waivers_too() {
    let bad = page("Home", "", "<b>x</b>");
    let config = "title = \"C\"\n[checks]\nraw-html = \"warn\"\n";
    let severities: Vec<Severity> =
        found(&[("site-config.toml", config), ("content/a.md", &bad)]).iter().map(|found| found.severity).collect();
    assert!(!severities.is_empty() && severities.iter().all(|severity| *severity == Severity::Warning));
    let config = "title = \"C\"\n[[waivers]]\nrule = \"raw-html\"\nreason = \"A map\"\nuntil = 2026-11-22\n";
    let waived = found(&[("site-config.toml", config), ("content/a.md", &bad)]);
    assert!(!waived.is_empty());
    for found in waived {
        assert_eq!((found.severity, found.waived.as_deref()), (Severity::Note, Some("until 2026-11-22: A map")));
    }
}

#[test]
fn a_waiver_holds_up_to_its_last_day_and_below_its_path() {
    let home = page("Home", "", "Read about [grief](nowhere.md).");
    let with = |path: &str, until: &str| {
        let config = format!(
            "title = \"C\"\n[[waivers]]\nrule = \"link-target-missing\"\npath = \"{path}\"\nreason = \"r\"\nuntil = {until}\n"
        );
        found(&[("site-config.toml", &config), ("content/pages/home.md", &home)])
    };
    let waived = |path: &str| with(path, "2026-11-22").into_iter().map(|found| found.waived).collect::<Vec<_>>();
    assert_eq!(waived("content/pages"), [Some("until 2026-11-22: r".to_owned())]);
    assert_eq!(waived("content/page"), [None, None], "the dead link, and the waiver that covers nothing");
    let expired = with("content/pages", "2026-11-21");
    assert_eq!(expired[0].related[0].1, "this was waived until 2026-11-21");
}

#[test]
fn levels_of_folders_and_kinds_win_over_the_general_one() {
    let checks = "title = \"C\"\n[checks]\nlink-target-missing = \"off\"\npage-orphan = \"off\"\n\
                  [checks.kind.page]\nlink-target-missing = \"note\"\n\
                  [checks.folder.\"content/old\"]\nlink-target-missing = \"warn\"\n\
                  [checks.folder.\"content/old/very\"]\nlink-target-missing = \"error\"\n";
    let (own, term) = (
        page("A", "", "[x](no.md)"),
        "+++\nkind = \"term\"\nid = \"T\"\ntitle = \"T\"\nplain = \"t\"\n+++\n\n[x](no.md)\n",
    );
    let files = [
        ("site-config.toml", checks),
        ("content/a.md", own.as_str()),
        ("content/old/a.md", &own),
        ("content/old/very/a.md", &own),
        ("content/t.md", term),
    ];
    let severities: Vec<_> =
        found(&files).into_iter().map(|found| (found.at.path.to_string(), found.severity)).collect();
    let expected = [
        ("content/a.md", Severity::Note),
        ("content/old/a.md", Severity::Warning),
        ("content/old/very/a.md", Severity::Error),
    ];
    assert_eq!(severities, expected.map(|(path, severity)| (path.to_owned(), severity)));
}

#[test]
fn levels_of_a_folder_or_kind_must_name_rules_and_places_that_exist() {
    let config = "title = \"C\"\n[checks.kind.page]\nlink-target-mising = \"off\"\n\
                  [checks.folder.\"content/handuots\"]\nlink-target-missing = \"off\"\n";
    let home = page("Home", "", "Hello.");
    assert_eq!(
        told(&[("site-config.toml", config), ("content/handouts/index.md", &home)]),
        [
            [
                "config-rule-unknown",
                "link-target-mising",
                "there is no rule called “link-target-mising”",
                "Did you mean `link-target-missing`?"
            ],
            [
                "config-value",
                "\"content/handuots\"",
                "levels are set for “content/handuots”, and there is no such file or folder",
                "Did you mean `[checks.folder.\"content/handouts\"]`?"
            ],
        ]
    );
}

/// A page with a dead link, and a waiver of something in its front matter.
fn waiving(rule: &str, until: &str, more: &str) -> String {
    let waiver = format!("{more}[[waivers]]\nrule = \"{rule}\"\nreason = \"r\"\nuntil = {until}\n");
    page("Home", &waiver, "Read about [grief](nowhere.md).")
}

#[test]
fn a_page_s_own_waiver_is_for_that_page_alone() {
    let own = waiving("link-target-missing", "2026-11-22", "");
    let found = found(&[("content/a.md", &own), ("content/b.md", &page("B", "", "[x](nowhere.md)"))]);
    let waived: Vec<_> = found.iter().map(|found| (found.at.path.as_str(), found.waived.as_deref())).collect();
    assert_eq!(waived, [("content/a.md", Some("until 2026-11-22: r")), ("content/b.md", None)]);
}

#[test]
fn a_waiver_that_has_ended_says_what_counts_again() {
    let told = |files: &[(&str, &str)]| {
        let told = told(files).into_iter().filter(|[rule, ..]| rule == "waiver-expired");
        told.map(|[_, at, message, hint]| [at, message, hint]).collect::<Vec<_>>()
    };
    let own = waiving("link-target-missing", "2026-11-21", "");
    let mend =
        "Mend what it covered, then delete it. If that needs more time, say why in `reason`, and set a later `until`.";
    assert_eq!(
        told(&[("content/a.md", &own)]),
        [[
            "2026-11-21",
            "the waiver of `link-target-missing` ended on 2026-11-21, and what it covered counts again",
            mend
        ]]
    );
    let found = found(&[("content/a.md", &own)]);
    let expired = found.iter().find(|found| found.rule == "waiver-expired").expect("it has ended");
    assert_eq!(expired.severity, Severity::Warning);
    assert_eq!(
        expired.related.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>(),
        ["the page “nowhere.md” does not exist"]
    );
    let over = waiving("review-overdue", "2026-11-21", "");
    assert_eq!(
        told(&[("content/a.md", &over)]),
        [[
            "2026-11-21",
            "the waiver of `review-overdue` ended on 2026-11-21, and nothing is left that it covers",
            "Delete the waiver."
        ]]
    );
    let config = "title = \"C\"\n[[waivers]]\nrule = \"link-target-missing\"\npath = \"content\"\nreason = \"r\"\nuntil = 2026-01-01\n";
    let two = page("B", "", "[x](nowhere.md) [y](neither.md)");
    assert_eq!(
        told(&[("site-config.toml", config), ("content/b.md", &two)]),
        [[
            "2026-01-01",
            "the waiver of `link-target-missing` ended on 2026-01-01, and 2 findings that it covered count again",
            mend
        ]]
    );
    // Another waiver still holds, so nothing counts again.
    let config = config.replace("2026-01-01", "2027-01-01");
    assert_eq!(
        told(&[("site-config.toml", &config), ("content/a.md", &own)]),
        [[
            "2026-11-21",
            "the waiver of `link-target-missing` ended on 2026-11-21, and nothing is left that it covers",
            "Delete the waiver."
        ]]
    );
}

/// The messages and hints about waivers that cover nothing.
fn unused(files: &[(&str, &str)]) -> Vec<[String; 3]> {
    let told = told(files).into_iter().filter(|[rule, ..]| rule == "waiver-unused");
    told.map(|[_, at, message, hint]| [at, message, hint]).collect()
}

#[test]
fn a_waiver_that_covers_nothing_is_told_at_its_rule() {
    let home = page("Home", "", "Hello.");
    let told = |checks: &str, path: &str| {
        let config = format!(
            "title = \"C\"\n{checks}[[waivers]]\nrule = \"raw-html\"\n{path}reason = \"r\"\nuntil = 2027-01-01\n"
        );
        unused(&[("site-config.toml", &config), ("content/pages/home.md", &home)])
    };
    let at = "\"raw-html\"";
    let delete = "Delete the waiver.";
    assert_eq!(told("", ""), [[at, "this waiver covers nothing: `raw-html` finds no fault anywhere", delete]]);
    assert_eq!(
        told("", "path = \"content/pages\"\n"),
        [[at, "this waiver covers nothing: `raw-html` finds no fault in “content/pages”", delete]]
    );
    assert_eq!(
        told("", "path = \"content/page/\"\n"),
        [[
            at,
            "this waiver is for “content/page/”, and there is no such file or folder",
            "Did you mean `path = \"content/pages\"`?"
        ]]
    );
    assert_eq!(
        told("[checks]\nraw-html = \"off\"\n", ""),
        [[at, "this waiver covers nothing, since `raw-html` is off", delete]]
    );
    let own = waiving("raw-html", "2027-01-01", "");
    assert_eq!(
        unused(&[("content/a.md", &own)]),
        [[at, "this waiver covers nothing: `raw-html` finds no fault on this page", delete]]
    );
}

#[test]
fn nobody_calls_a_waiver_unused_before_all_is_seen_that_it_is_for() {
    let home = page("Home", "", "Hello.");
    let config = "title = \"C\"\n[[waivers]]\nrule = \"raw-html\"\npath = \"content/a\"\nreason = \"r\"\nuntil = 2027-01-01\n\
                  [editions.patient]\naudiences = [\"patient\"]\n[editions.clinician]\naudiences = [\"clinician\"]\n";
    let unused_beside = |path: &str, text: &str| {
        unused(&[("site-config.toml", config), (path, text), ("content/a/home.md", &home)]).len()
    };
    let draft = page("Draft", "draft = true\n", "x");
    assert_eq!(unused_beside("content/a/x.md", &draft), 0, "the draft may need it");
    assert_eq!(unused_beside("content/b/x.md", &draft), 1, "the draft is none of its business");
    assert_eq!(unused_beside("content/a/x.md", "no front matter"), 0, "what cannot be read may need it");
    assert_eq!(unused_beside("content/a/x.md", &page("Later", "publish-on = 2027-01-01\n", "x")), 0);
    assert_eq!(unused(&[("content/x.md", &waiving("raw-html", "2027-01-01", "draft = true\n"))]), [[""; 3]; 0]);
    assert_eq!(unused(&[("content/x.md", &waiving("template-broken", "2027-01-01", ""))]), [[""; 3]; 0]);
    let files = [("site-config.toml", config), ("content/b/x.md", draft.as_str()), ("content/a/home.md", &home)];
    for (names, drafts, expected) in [(&[][..], false, 1), (&["patient".to_owned()], false, 0), (&[], true, 0)] {
        let found = found_with(&files, Wanted { names, drafts });
        let unused = found.iter().filter(|found| found.rule == "waiver-unused").count();
        assert_eq!(unused, expected, "{names:?} {drafts}");
    }
}

#[test]
fn a_page_s_waiver_names_a_rule_that_exists() {
    let told = told(&[("content/a.md", &waiving("link-target-mising", "2027-01-01", ""))]);
    assert_eq!(
        told[0],
        [
            "waiver-rule-unknown",
            "\"link-target-mising\"",
            "there is no rule called “link-target-mising”",
            "Did you mean `link-target-missing`?"
        ]
    );
    assert_eq!(told.len(), 2, "nothing else is said of it");
}

#[test]
fn a_draft_never_stops_the_other_pages() {
    let draft = page("Draft", "draft = true\n", "[grief](nowhere.md)");
    let found = found(&[("content/draft.md", &draft)]);
    let severities: Vec<_> = found.iter().map(|diagnostic| (diagnostic.rule, diagnostic.severity)).collect();
    assert_eq!(severities, [("draft-skipped", Severity::Note), ("link-target-missing", Severity::Warning)]);
}

#[test]
fn a_link_to_a_page_that_cannot_be_read_adds_nothing_to_what_stops_the_build() {
    let home = page("Home", "", "[grief](grief.md)");
    let files = [("content/grief.md", "# Grief"), ("content/home.md", home.as_str())];
    assert_eq!(told(&files).len(), 1);
    let config = ("site-config.toml", "title = \"C\"\n[checks]\nfront-matter-missing = \"off\"\n");
    let told = told(&[config, files[0], files[1]]);
    assert_eq!(told[0][2], "the page “content/grief.md” could not be read, so nothing leads there");
}

#[test]
fn three_lines_of_configuration_and_a_page_build_without_errors() {
    let config = "title = \"A\"\nlanguage = \"en\"\nbase-url = \"https://a.org/\"\n";
    let home = page("Home", "", "Welcome.");
    assert_eq!(told(&[("site-config.toml", config), ("content/index.md", &home)]), Vec::<[String; 4]>::new());
}

#[test]
fn crisis_lines_are_asked_for_where_patients_read() {
    let handout = format!(
        "+++\nkind = \"handout\"\nid = \"H\"\ntitle = \"Grief\"\n{CONTROL}+++\n\n:::key-message\nx\n:::\n\n:::steps\n1. x\n:::\n"
    );
    let told = |config: &str| {
        let config = format!("{config}{ORGANISATION}");
        let mut found = found(&[("site-config.toml", &config), ("content/grief.md", &handout)]);
        found.retain(|diagnostic| diagnostic.rule != "advice-line-missing");
        found.into_iter().map(|d| (d.severity, d.message, d.hint.unwrap_or_default())).collect::<Vec<_>>()
    };
    let line = |region: &str| {
        format!("[[crisis-lines]]\nregion = \"{region}\"\nname = \"S\"\nnumber = \"1\"\nchecked = 2026-01-01\n")
    };
    assert_eq!(told(&format!("title = \"A\"\nregion = \"GB\"\n{}", line("GB"))), []);
    assert_eq!(
        told(&format!("title = \"A\"\nregion = \"gb\"\n{}", line("GB"))),
        [(
            Severity::Error,
            "no crisis line is listed for the region “gb”".into(),
            "Did you mean `region = \"GB\"`?".into()
        )]
    );
    assert_eq!(
        told(&format!("title = \"A\"\n{}{}", line("GB"), line("IE"))),
        [(
            Severity::Warning,
            "crisis lines are listed, but none is shown because no region is chosen".into(),
            "In site-config.toml, above the first `[…]`, write `region = \"GB\"` or `region = \"IE\"`.".into()
        )]
    );
    assert_eq!(told("title = \"A\"\n")[0].1, "patient pages such as “Grief” show no number to ring in a crisis");
    let old = line("GB").replace("2026-01-01", "2025-11-21");
    assert_eq!(
        told(&format!("title = \"A\"\nregion = \"GB\"\n{old}")),
        [(
            Severity::Warning,
            "the crisis line “S”, 1, was last checked on 2025-11-21, more than a year ago".into(),
            "Ring 1, or look at the service's own site. If the number, hours and name are right, write `checked = 2026-11-22`."
                .into()
        )]
    );
}

#[test]
fn headings_are_followed_in_each_edition() {
    let config = "title = \"C\"\n[editions.patient]\ntitle = \"P\"\naudiences = [\"patient\"]\n\
                  [editions.all]\ntitle = \"A\"\naudiences = [\"patient\", \"clinician\"]\n";
    let body = ":::clinician\n## For you\n\nx\n:::\n\n### What helps\n\nx\n\n# Big\n\nx";
    let home = page("Home", "", body);
    let told = told(&[("site-config.toml", config), ("content/index.md", &home)]);
    let messages: Vec<&str> = told.iter().map(|[_, _, message, _]| message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "in the edition “patient”, the heading “What helps” has level 3, but it is the first one below the title",
            "“Big” is a heading of level 1, which is the page's title",
        ]
    );
    assert_eq!(told[0][3], "Write `## What helps`.");
}

#[test]
fn handouts_have_one_key_message_and_that_first() {
    let handout = format!(
        "+++\nkind = \"handout\"\nid = \"H\"\ntitle = \"Grief\"\n{CONTROL}+++\n\nHello.\n\n:::key-message\nx\n:::\n\n\
         :::key-message\ny\n:::\n"
    );
    let config = format!("title = \"A\"\n{ORGANISATION}[checks]\ncrisis-line-missing = \"off\"\n");
    let told = told(&[("site-config.toml", &config), ("content/grief.md", &handout)]);
    let short: Vec<(&str, &str)> = told.iter().map(|[_, at, message, _]| (at.as_str(), message.as_str())).collect();
    assert_eq!(
        short,
        [
            ("\"Grief\"", "a handout needs something to do (`steps` or `checklist`), and this one has none"),
            (":::key-message", "the key message does not come first in this handout"),
            (":::key-message", "this handout has more than one key message"),
        ]
    );
}

#[test]
fn findings_are_sorted_by_place_and_said_once() {
    let body = "[a](x.md) [b](y.md) ![](z.png)";
    let found = found(&[("content/b.md", &page("B", "", body)), ("content/a.md", &page("A", "", body))]);
    let places: Vec<_> = found.iter().map(|diagnostic| (&diagnostic.at, diagnostic.rule)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(found.len(), 8);
}

#[test]
fn links_of_front_matter_leak_like_those_of_the_body() {
    let config = "title = \"C\"\n[editions.trainee]\ntitle = \"T\"\naudiences = [\"trainee\"]\n";
    let module = "+++\nkind = \"module\"\nid = \"M\"\ntitle = \"Two\"\nobjectives = [\"a\"]\nminutes = 5\n\
                  prerequisites = [\"one.md\"]\nreviewers = [{ name = \"A\", role = \"B\" }]\n+++\n\nx\n";
    let one = page("One", "audience = [\"instructor\"]\n", "x");
    let told = told(&[("site-config.toml", config), ("content/one.md", &one), ("content/two.md", module)]);
    let leak = told.iter().find(|[rule, ..]| rule == "link-to-other-audience").expect("a leak");
    assert!(leak[1].contains("one.md"), "{leak:?}");
    assert_eq!(leak[3], "Take the link out, or, if everybody may read “One”, add `trainee` to its `audience`.");
}

#[test]
fn nothing_is_fetched_from_elsewhere_by_theme_drawing_or_html() {
    let config = "title = \"C\"\n[theme]\nfolder = \"own\"\n[markdown]\nallow-html = true\n\
                  [checks]\nadvice-line-missing = \"off\"\ntheme-text-unclear = \"off\"\n";
    let home = page("Home", "", "Text <img src=\"https://a.example/t.gif\" alt=\"x\"> text.");
    let files = [
        ("site-config.toml", config),
        ("content/index.md", home.as_str()),
        ("own/assets/site.css", "@import url('https://fonts.example/a.css');\np { background: url(paper.png) }"),
        (
            "own/templates/page.html",
            "<link rel=\"canonical\" href=\"https://a.org\"><script src=\"//b.example/t.js\"></script>",
        ),
        ("own/assets/logo.svg", "<svg onload=\"x()\"/>"),
        ("other/site.css", "p { background: url(https://c.example/x.png) }"),
    ];
    let found: Vec<_> = told(&files).into_iter().map(|[rule, at, message, _]| (rule, at, message)).collect();
    let request = |at: &str, what: &str, address: &str| {
        let message = format!("{what} is fetched from somebody else's server, “{address}”");
        ("third-party-request".to_owned(), at.to_owned(), message)
    };
    assert_eq!(
        found,
        [
            request("https://a.example/t.gif", "something in this HTML", "https://a.example/t.gif"),
            (
                "image-svg-unsafe".to_owned(),
                "onload=\"x()".to_owned(),
                "the picture “logo.svg” runs a script when something happens (`onload`)".to_owned()
            ),
            request("https://fonts.example/a.css", "something in this style sheet", "https://fonts.example/a.css"),
            request("//b.example/t.js", "something in this template", "//b.example/t.js"),
        ]
    );
}

/// What is said of the duties of one handout and its site, by rule.
fn owed(organisation: &str, front_matter: &str) -> Vec<(String, String)> {
    let config = format!("title = \"A\"\n{organisation}[checks]\ncrisis-line-missing = \"off\"\n");
    let page = format!(
        "+++\nkind = \"handout\"\nid = \"H\"\ntitle = \"Grief\"\n{front_matter}+++\n\n:::key-message\nx\n:::\n\n:::steps\n1. x\n:::\n"
    );
    let told = told(&[("site-config.toml", &config), ("content/grief.md", &page)]);
    told.into_iter().map(|[rule, _, message, hint]| (rule, format!("{message}. {hint}"))).collect()
}

#[test]
fn the_days_of_review_are_asked_for_once_somebody_has_reviewed() {
    let rules = |front_matter: &str| {
        let owed = owed(ORGANISATION, front_matter);
        owed.into_iter()
            .map(|(rule, told)| (rule, told.split('.').next().unwrap_or_default().to_owned()))
            .collect::<Vec<_>>()
    };
    let (control, reviewer) = ("document-control-incomplete".to_owned(), "reviewer-missing".to_owned());
    assert_eq!(
        rules(""),
        [
            (control.clone(), "“Grief” lacks `version` and `authors`".to_owned()),
            (reviewer, "nobody is named as reviewer of “Grief”".to_owned())
        ]
    );
    let named = "version = \"1\"\nauthors = [\"A\"]\nreviewers = [{ name = \"B\", role = \"C\" }]\n";
    assert_eq!(rules(named), [(control, "“Grief” lacks `reviewed` and `review-due`".to_owned())]);
    assert_eq!(rules(CONTROL), []);
    assert_eq!(rules("draft = true\n").iter().filter(|(rule, _)| rule != "draft-skipped").count(), 0);
    let hint = &owed(ORGANISATION, "version = \"1\"\n")[0].1;
    assert!(
        hint.ends_with("Add `authors = [\"A\"]` to its front matter."),
        "the organisation may be the author: {hint}"
    );
}

#[test]
fn a_page_can_say_for_itself_who_paid() {
    let organisation = "[organisation]\nname = \"A\"\nfeedback = \"T\"\n";
    assert_eq!(owed(organisation, CONTROL).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>(), ["funding-missing"]);
    assert_eq!(owed(organisation, &format!("{CONTROL}funding = \"The town.\"\n")), []);
}

#[test]
fn one_reviewer_who_did_not_write_the_page_is_enough() {
    let told = |reviewers: &str| {
        let control =
            CONTROL.replace("[{ name = \"B\", role = \"C\" }]", reviewers).replace("[\"A\"]", "[\"A. B\", \"C. D\"]");
        let owed = owed(ORGANISATION, &control).into_iter();
        owed.map(|(_, told)| told).collect::<Vec<_>>()
    };
    let advice = "Ask somebody else who is fit to judge the page, and add them to `reviewers`.";
    assert_eq!(
        told("[{ name = \"Dr A. B\", role = \"X\" }, { name = \"C. D, RN\", role = \"Y\" }]"),
        [format!("everybody who reviewed “Grief” also wrote it. {advice}")]
    );
    assert_eq!(told("[{ name = \"A. B\", role = \"X\" }, { name = \"E. F\", role = \"Y\" }]"), [""; 0]);
}

#[test]
fn scores_that_are_high_enough_pass() {
    let low = |scores: &str| owed(ORGANISATION, &format!("{CONTROL}scores = {{ {scores} }}\n")).len();
    assert_eq!(low("pemat-understandability = 70, pemat-actionability = 70, cdc-index = 90"), 0);
    assert_eq!(low("pemat-understandability = 69, pemat-actionability = 69, cdc-index = 89"), 3);
}

#[test]
fn three_years_between_reviews_are_not_too_long() {
    let due = |day: &str| owed(ORGANISATION, &CONTROL.replace("2028-01-01", day)).len();
    assert_eq!((due("2029-01-01"), due("2029-01-02")), (0, 1));
    let last = CONTROL.replace("2026-01-01", "9999-12-30").replace("2028-01-01", "9999-12-31");
    assert!(owed(ORGANISATION, &last).iter().all(|(rule, _)| rule == "review-dates-reversed"));
}

#[test]
fn a_translation_that_is_behind_says_what_a_person_has_to_do() {
    let original = page("Grief", "", "Talk to one person you trust.");
    let noted = |front_matter: &str| page("El duelo", front_matter, "Hable con alguien.");
    let told_of = |original: &str, path: &str, front_matter: &str| {
        told(&[("content/grief.md", original), (path, &noted(front_matter))])
    };
    let hint = "When a person has made sure that it says what content/grief.md says now, write `translated-from = \"5c1235ab3ec1\"`.";
    let stale =
        |place: &str, message: &str, hint: &str| vec![["translation-stale", place, message, hint].map(str::to_owned)];
    let spanish = "content/grief.es.md";
    assert_eq!(told_of(&original, spanish, "translated-from = \"5c1235ab3ec1\"\n"), Vec::<[String; 4]>::new());
    assert_eq!(
        told_of(&original, spanish, "translated-from = \"000000000000\"\n"),
        stale("\"000000000000\"", "the original of “El duelo” has changed since it was translated", hint)
    );
    assert_eq!(
        told_of(&original, spanish, ""),
        stale("\"El duelo\"", "“El duelo” does not note which text of content/grief.md it translates", hint)
    );
    let withdrawn = original.replace("+++\n\n", "expires-on = 2026-11-01\n+++\n\n");
    let of_stale = |mut told: Vec<[String; 4]>| {
        told.retain(|told| told[0] == "translation-stale");
        told
    };
    assert_eq!(
        of_stale(told_of(&withdrawn, spanish, "translated-from = \"5c1235ab3ec1\"\n")),
        stale(
            "\"El duelo\"",
            "“El duelo” is published, but its original was withdrawn on 2026-11-01",
            "Withdraw the translation, too: write `expires-on = 2026-11-01`."
        )
    );
    assert_eq!(
        of_stale(told_of(&withdrawn, spanish, "translated-from = \"5c1235ab3ec1\"\nexpires-on = 2026-11-01\n")),
        Vec::<[String; 4]>::new()
    );
}

#[test]
fn a_translation_is_judged_in_its_own_language() {
    let rules = |path: &str, text: &str| {
        let config = format!("title = \"C\"\nlanguage = \"en\"\n{ORGANISATION}[plain-words]\nduelo = \"loss\"\n");
        let handout = |text: &str| {
            let parts = ":::key-message\nUno.\n:::\n\n:::steps\n1. Dos.\n:::";
            format!("+++\nkind = \"handout\"\nid = \"H\"\ntitle = \"T\"\n{CONTROL}+++\n\n{parts}\n\n{text}\n")
        };
        let original = handout("You can talk. You can walk. You can rest.").replace("\"H\"", "\"H-1\"");
        let found = found(&[("site-config.toml", &config), ("content/grief.md", &original), (path, &handout(text))]);
        let of_language = ["you-missing", "jargon", "language-not-measured"];
        found.iter().map(|found| found.rule).filter(|rule| of_language.contains(rule)).collect::<Vec<_>>()
    };
    let to_reader = "Usted puede hablar. Usted puede andar. El duelo es difícil.";
    assert_eq!(rules("content/grief.es.md", to_reader), [""; 0]);
    assert_eq!(rules("content/other.md", to_reader), ["you-missing", "jargon"]);
    assert_eq!(rules("content/grief.es.md", "Se puede hablar. Se puede andar. Se puede leer."), ["you-missing"]);
    assert_eq!(rules("content/grief.pl.md", to_reader), ["language-not-measured"]);
}

#[test]
fn a_translation_without_an_original_is_told_how_it_gets_one() {
    let translation = page("El duelo", "translated-from = \"5c1235ab3ec1\"\n", "Hable con alguien.");
    let missing = |message: &str, hint: &str| {
        vec![["translation-source-missing", "\"5c1235ab3ec1\"", message, hint].map(str::to_owned)]
    };
    assert_eq!(
        told(&[("content/grief.es.md", &translation)]),
        missing(
            "the original of “El duelo”, content/grief.md, does not exist",
            "A translation stands beside its original and has its name: rename this file after it, with `.es.md` at the end. If the \
             page has no original, delete `translated-from`."
        )
    );
    assert_eq!(
        told(&[("content/duelo.md", &translation)]),
        missing(
            "“El duelo” is said to be a translation, but its file name names no language",
            "The translation of `grief.md` into Spanish is called `grief.es.md`: rename this file, or delete `translated-from`."
        )
    );
    // An original that cannot be read has a fault of its own.
    let rules: Vec<&str> = found(&[("content/grief.md", "No front matter."), ("content/grief.es.md", &translation)])
        .iter()
        .map(|found| found.rule)
        .collect();
    assert_eq!(rules, ["front-matter-missing"]);
}
