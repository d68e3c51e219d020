use super::*;
use crate::content::kind::{PageKind, Verdict};
use crate::content::{Audience, LinkRole};
use crate::source::Sources;

const CONFIG: &str = "title = \"T\"\n[[phases]]\nid = \"beginning\"\ntitle = \"B\"\n[[phases]]\nid = \"middle\"\ntitle = \"M\"\n\
                      [[focal-areas]]\nid = \"grief\"\ntitle = \"G\"\n";

struct Seen {
    top: Option<Top>,
    faults: Vec<Diagnostic>,
    text: String,
}

fn read_with(config: &str, toml: &str) -> Seen {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(Sources::CONFIG), config.as_bytes().into());
    let (config, faults) = crate::parse::config::config(&sources);
    assert_eq!(faults, []);
    let text = format!("+++\n{toml}\n+++\nBody\n");
    let mut faults = Vec::new();
    let top = front_matter(&SitePath::new("content/a.md"), Text { all: &text, start: 0 }, &config, &mut faults);
    Seen { top, faults, text }
}

fn read(toml: &str) -> Seen {
    read_with(CONFIG, toml)
}

impl Seen {
    fn told(&self) -> Vec<String> {
        self.faults
            .iter()
            .map(|fault| {
                let place = &self.text[fault.at.span.start..fault.at.span.end];
                let hint = fault.hint.as_deref().unwrap_or_default();
                format!("{}: {} @ {place} > {hint}", fault.rule.trim_start_matches("front-matter-"), fault.message)
            })
            .collect()
    }

    fn front_matter(self) -> FrontMatter {
        assert_eq!(self.told(), [""; 0]);
        self.top.and_then(|top| top.front_matter).expect("front matter")
    }
}

#[test]
fn every_common_key_is_read() {
    let front_matter = read(
        "kind = \"handout\"\nid = \"HO-GRIEF\"\ntitle = \"Grief\"\nsummary = \"S\"\nphase = [\"middle\", \"beginning\"]\n\
         focal-area = [\"grief\"]\naudience = [\"clinician\", \"patient\", \"clinician\"]\nversion = \"0.1\"\nauthors = [\"A\", \"B\"]\n\
         reviewers = [{ name = \"R\", role = \"Nurse\" }]\nreviewed = 2026-01-02\nreview-due = 2027-01-02\naliases = [\"old/a.html\"]\n\
         order = 3\ndraft = true\npublish-on = 2026-02-01\nexpires-on = 2026-03-01\nfunding = \"F\"\n\
         [scores]\npemat-understandability = 85\npemat-actionability = 70\ncdc-index = 92\nby = \"B\"\non = 2026-01-03\n\
         [[waivers]]\nrule = \"sentence-long\"\nreason = \"A quotation\"\nuntil = 2026-12-31",
    )
    .front_matter();
    let values = |texts: &[Spanned<String>]| texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>();
    assert_eq!(front_matter.id.as_ref().unwrap().value, "HO-GRIEF");
    assert_eq!(values(&front_matter.phases), ["middle", "beginning"]);
    assert_eq!(values(&front_matter.focal_areas), ["grief"]);
    assert_eq!(front_matter.audience, [Audience::Clinician, Audience::Patient]);
    let [Reviewer { name, role, .. }] = &front_matter.reviewers[..] else { panic!("one reviewer") };
    assert_eq!((name.as_str(), role.as_str()), ("R", "Nurse"));
    assert_eq!(front_matter.reviewed.unwrap().value.to_string(), "2026-01-02");
    assert_eq!(front_matter.review_due.unwrap().value.to_string(), "2027-01-02");
    assert_eq!(values(&front_matter.aliases), ["old/a.html"]);
    assert_eq!((front_matter.order, front_matter.draft.map(|draft| draft.value)), (Some(3), Some(true)));
    assert_eq!(front_matter.publish_on.unwrap().value.to_string(), "2026-02-01");
    assert_eq!(front_matter.expires_on.unwrap().value.to_string(), "2026-03-01");
    assert_eq!(front_matter.funding.as_deref(), Some("F"));
    let scores = front_matter.scores.unwrap();
    let percent = [scores.pemat_understandability, scores.pemat_actionability, scores.cdc_index];
    assert_eq!(percent.map(|score| score.unwrap().value), [85, 70, 92]);
    assert_eq!((scores.by.as_deref(), scores.on.unwrap().to_string()), (Some("B"), "2026-01-03".to_owned()));
    let waiver = &front_matter.waivers[0];
    assert_eq!((waiver.rule.value.as_str(), waiver.reason.as_str()), ("sentence-long", "A quotation"));
    assert_eq!((waiver.until.value.to_string(), waiver.path.as_deref()), ("2026-12-31".to_owned(), None));
}

#[test]
fn a_translation_notes_a_content_hash_and_nothing_else() {
    let noted = |value: &str| read(&format!("kind = \"page\"\ntitle = \"T\"\ntranslated-from = {value}"));
    let front_matter = noted("\"0123456789aB\"").front_matter();
    assert_eq!(front_matter.translated_from.unwrap().value, "0123456789ab");
    for value in ["\"grief.md\"", "\"0123456789a\"", "\"0123456789abc\"", "\"0123456789é\""] {
        let written = value.trim_matches('"');
        assert_eq!(
            noted(value).told(),
            [format!(
                "type: “{written}” does not say which text was translated @ {value} > Delete the line: `psychoed check` \
                 then says what to write."
            )]
        );
    }
}

#[test]
fn the_span_covers_the_front_matter_with_its_fences() {
    let seen = read("kind = \"page\"\ntitle = \"é\"");
    let text = seen.text.clone();
    let (closing, body) = seen.top.as_ref().map(|top| (top.closing.clone(), top.body)).unwrap();
    let front_matter = seen.front_matter();
    assert_eq!(&text[front_matter.span], "+++\nkind = \"page\"\ntitle = \"é\"\n+++");
    assert_eq!(&text[front_matter.title.span], "\"é\"");
    assert_eq!((&text[closing], &text[body..]), ("+++", "Body\n"));
}

#[test]
fn each_kind_has_its_audience_and_may_need_an_id() {
    for kind in KindName::ALL {
        let written = format!("kind = \"{}\"\ntitle = \"T\"\nid = \"X-1\"", kind.name());
        let front_matter = read(&written).front_matter();
        assert_eq!((front_matter.kind.name(), &front_matter.audience[..]), (kind, kind.default_audience()));
        let without = read(&format!("kind = \"{}\"\ntitle = \"T\"", kind.name()));
        assert_eq!(without.faults.len(), usize::from(kind.needs_id()), "{kind:?}");
        assert!(without.top.unwrap().front_matter.is_some());
    }
}

#[test]
fn keys_of_session_guides_and_modules_are_read() {
    let seen = read(
        "kind = \"session-guide\"\nid = \"S\"\ntitle = \"T\"\nsessions = [3, 1, 2]\nminutes = 50\ngoals = [\"g\"]\n\
         materials = [\"../a.md\", \"b.md#c\"]",
    );
    let top = seen.top.as_ref().unwrap();
    let links: Vec<_> = top.links.iter().map(|link| (link.value.address.as_str(), link.value.role)).collect();
    assert_eq!(links, [("../a.md", LinkRole::Key), ("b.md#c", LinkRole::Key)]);
    assert_eq!(&seen.text[top.links[1].span.clone()], "\"b.md#c\"");
    let PageKind::SessionGuide(guide) = seen.front_matter().kind else { panic!("a session guide") };
    assert_eq!((guide.sessions, guide.minutes, guide.materials), (vec![3, 1, 2], Some(50), vec![0, 1]));
    let seen = read(
        "kind = \"module\"\nid = \"M\"\ntitle = \"T\"\nobjectives = [\"o\"]\nminutes = 60\nprerequisites = [\"m1.md\"]",
    );
    let PageKind::Module(module) = seen.front_matter().kind else { panic!("a module") };
    assert_eq!((module.objectives, module.minutes, module.prerequisites), (vec!["o".to_owned()], Some(60), vec![0]));
}

#[test]
fn keys_of_suitability_pages_and_terms_are_read() {
    let seen = read(
        "kind = \"suitability\"\nid = \"S\"\ntitle = \"T\"\n[[criteria]]\nverdict = \"unlikely-to-help\"\nstatement = \"s\"\nwhy = \"w\"\n\
         cites = [\"k1\"]\n[[criteria]]\nverdict = \"suits\"\nstatement = \"t\"",
    );
    let PageKind::Suitability(suitability) = seen.front_matter().kind else { panic!("a suitability page") };
    let verdicts: Vec<Verdict> = suitability.criteria.iter().map(|criterion| criterion.verdict).collect();
    assert_eq!(verdicts, [Verdict::UnlikelyToHelp, Verdict::Suits]);
    assert_eq!(suitability.criteria[0].cites[0].value, "k1");
    let PageKind::Term(term) =
        read("kind = \"term\"\ntitle = \"T\"\nplain = \"p\"\nalso = [\"a\"]").front_matter().kind
    else {
        panic!("a term")
    };
    assert_eq!((term.plain.as_deref(), &term.also[..]), (Some("p"), &["a".to_owned()][..]));
}

const EVIDENCE: &str = r#"kind = "evidence"
id = "E"
title = "T"
searched = 2026-11-22
[question]
population = "p"
intervention = "i"
comparator = "c"
outcome = "o"
[[findings]]
statement = "s"
outcome = "o"
importance = "critical"
sources = ["k1"]
design = "rct"
direction = "no-difference"
studies = 1
participants = 239
effect = { measure = "SMD", value = 0.60, ci = [0.45, 1], level = 95, favours = "intervention" }
certainty = { system = "GRADE", rating = "moderate", down = [{ domain = "risk-of-bias", by = 1, why = "w" }], up = [] }
[[recommendations]]
body = "NICE"
source = "k2"
year = 2022
direction = "for"
status = "current"
native = { scheme = "s", value = "v" }"#;

#[test]
fn keys_of_evidence_summaries_are_read() {
    let seen = read(EVIDENCE);
    let text = seen.text.clone();
    let PageKind::Evidence(evidence) = seen.front_matter().kind else { panic!("an evidence summary") };
    assert_eq!(evidence.question.unwrap().comparator, "c");
    assert_eq!(evidence.searched.unwrap().to_string(), "2026-11-22");
    let finding = &evidence.findings[0];
    assert_eq!(&text[finding.span.clone()], "[[findings]]");
    let effect = finding.effect.as_ref().unwrap();
    assert_eq!((effect.value.value, effect.value.ci, effect.value.level), (0.6, Some((0.45, 1.0)), Some(95.0)));
    assert!(text[effect.span.clone()].starts_with("{ measure") && text[effect.span.clone()].ends_with('}'));
    let certainty = &finding.certainty.as_ref().unwrap().value;
    assert_eq!(
        (certainty.rating.as_str(), certainty.down[0].domain.as_str(), certainty.up.len()),
        ("moderate", "risk-of-bias", 0)
    );
    assert_eq!(evidence.recommendations[0].native, Some(("s".to_owned(), "v".to_owned())));
}

#[test]
fn faults_within_groups_are_reported_at_their_place() {
    for (from, to, expected) in [
        (
            "rating = \"moderate\"",
            "rating = \"modrate\"",
            "value-unknown: `rating` cannot be “modrate” @ \"modrate\" > Did you mean `moderate`? It can be `high`, `moderate`, `low`, `very-low`.",
        ),
        (
            "[0.45, 1]",
            "[0.45]",
            "type: a confidence interval has two bounds @ [0.45] > Write the lower and the upper bound: `ci = [0.45, 0.75]`.",
        ),
        (
            "[0.45, 1]",
            "0.45",
            "type: `ci` must be a list of two numbers, but this is a number with decimals @ 0.45 > Write `ci = [0.45, 0.75]`.",
        ),
        ("comparator = \"c\"\n", "", "key-missing: `comparator` is missing @ [question] > Add `comparator = \"…\"`."),
        ("year = 2022", "year = 22", "type: `year` cannot be 22 @ 22 > It must be from 1900 to 2200."),
        (
            "\"GRADE\"",
            "\"Oxford\"",
            "value-unknown: `system` cannot be “Oxford” @ \"Oxford\" > It can only be `GRADE`.",
        ),
        ("by = 1", "by = 4", "type: `by` cannot be 4 @ 4 > It must be from 1 to 3."),
        (
            "measure = \"SMD\", ",
            "",
            "key-missing: `measure` is missing @ { value = 0.60, ci = [0.45, 1], level = 95, favours = \"intervention\" } > Add `measure = \"SMD\"`.",
        ),
    ] {
        let written = EVIDENCE.replacen(from, to, 1);
        assert_ne!(written, EVIDENCE, "{from}");
        assert_eq!(read(&written).told(), [expected]);
    }
}

#[test]
fn faults_of_common_keys_are_reported_with_the_nearest_word() {
    for (line, expected) in [
        (
            "phase = [\"begining\"]",
            "value-unknown: “begining” is not among the phases of this site @ \"begining\" > Did you mean `beginning`? The phases in site-config.toml are `beginning`, `middle`.",
        ),
        (
            "focal-area = [\"x\"]",
            "value-unknown: “x” is not among the focal areas of this site @ \"x\" > The focal areas in site-config.toml are `grief`.",
        ),
        (
            "audience = [\"pateint\"]",
            "value-unknown: `audience` cannot be “pateint” @ \"pateint\" > Did you mean `patient`? It can be `patient`, `clinician`, `trainee`, `instructor`.",
        ),
        ("audience = []", "type: this list names no audience @ [] > Name at least one, such as `[\"patient\"]`."),
        (
            "audience = \"patient\"",
            "type: `audience` must be a list of words, but this is text @ \"patient\" > Write `audience = [\"patient\"]`.",
        ),
        ("order = \"3\"", "type: `order` must be a whole number, but this is text @ \"3\" > Write `order = 3`."),
        (
            "phase = \"beginning\"",
            "type: `phase` must be a list of texts, but this is text @ \"beginning\" > Write `phase = [\"beginning\"]`.",
        ),
        (
            "reviewed = 2026-02-30",
            "type: `2026-02-30` is not a date: February 2026 has 28 days @ 2026-02-30 > The last day of that month is `2026-02-28`.",
        ),
        ("reviewers = [{ name = \"R\" }]", "key-missing: `role` is missing @ { name = \"R\" } > Add `role = \"…\"`."),
        (
            "id = \"a b\"",
            "type: “a b” cannot be an id @ \"a b\" > An id is made of letters (A to Z), digits and hyphens, such as `HO-GRIEF`.",
        ),
        ("scores = { cdc-index = 101 }", "type: `cdc-index` cannot be 101 @ 101 > It must be from 0 to 100."),
        (
            "scores = { pemat = 80 }",
            "key-unknown: `pemat` is not a key that psychoed knows here @ pemat > The keys here are `pemat-understandability`, \
             `pemat-actionability`, `cdc-index`, `by`, `on`.",
        ),
        (
            "[[waivers]]\nrule = \"page-orphan\"\nuntil = 2026-12-31",
            "key-missing: `reason` is missing @ [[waivers]] > Add `reason = \"…\"`.",
        ),
        (
            "[[waivers]]\nrule = \"page-orphan\"\nreason = \"R\"",
            "key-missing: `until` is missing @ [[waivers]] > Add `until = 2026-12-31`.",
        ),
        (
            "[[waivers]]\nrule = \"page-orphan\"\npath = \"content\"\nreason = \"R\"\nuntil = 2026-12-31",
            "key-unknown: `path` is not a key that psychoed knows here @ path > A waiver in a page is for that page alone. Others \
             belong in site-config.toml. The keys here are `rule`, `reason`, `until`.",
        ),
    ] {
        assert_eq!(read(&format!("kind = \"page\"\ntitle = \"T\"\n{line}")).told(), [expected], "{line}");
    }
    let none = read_with("title = \"T\"", "kind = \"page\"\ntitle = \"T\"\nphase = [\"x\"]");
    assert!(
        none.told()[0].ends_with("> site-config.toml names no phases yet: add them there as `[[phases]]`."),
        "{:?}",
        none.told()
    );
}

#[test]
fn an_unknown_key_is_explained() {
    let of_page = "The keys here are `kind`, `id`, `title`, `summary`, `phase`, `focal-area`, `audience`, `version`, `authors`, \
                   `reviewers`, `reviewed`, `review-due`, `translated-from`, `aliases`, `order`, `draft`, `publish-on`, `expires-on`, \
                    `funding`, `scores`, `waivers`, `changes`.";
    for (line, expected) in [
        ("reviwed = 2026-01-01", format!("Did you mean `reviewed`? {of_page}")),
        (
            "criteria = 1",
            format!("Only pages of kind `suitability` have it, and this is one of kind `page`. {of_page}"),
        ),
        (
            "minutes = 1",
            format!(
                "Only pages of kind `session-guide` or `module` have it, and this is one of kind `page`. {of_page}"
            ),
        ),
        ("zzz = 1", of_page.to_owned()),
    ] {
        let key = line.split(' ').next().unwrap();
        let told = read(&format!("kind = \"page\"\ntitle = \"T\"\n{line}")).told();
        assert_eq!(told, [format!("key-unknown: `{key}` is not a key that psychoed knows here @ {key} > {expected}")]);
    }
    let misplaced = read(
        "kind = \"suitability\"\nid = \"S\"\ntitle = \"T\"\n[[criteria]]\nverdict = \"suits\"\nstatement = \"s\"\ndraft = true",
    );
    assert!(misplaced.told()[0].contains("move `draft` above the first of them"), "{:?}", misplaced.told());
}

#[test]
fn without_a_kind_or_title_there_is_no_page_but_every_other_fault_is_told() {
    let seen = read("order = \"3\"\nminutes = 3\nzzz = 1");
    let rules: Vec<&str> = seen.faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(
        rules,
        ["front-matter-key-missing", "front-matter-key-missing", "front-matter-type", "front-matter-key-unknown"]
    );
    assert_eq!(
        seen.told()[0],
        "key-missing: `kind` is missing @ +++ > Add one of `handout`, `worksheet`, `quick-reference`, `session-guide`, `suitability`, \
         `evidence`, `module`, `term`, `page`, such as `kind = \"handout\"`."
    );
    assert!(seen.top.unwrap().front_matter.is_none());
    let seen = read("kind = \"handot\"\ntitle = \"T\"");
    assert!(
        seen.told()[0].starts_with("value-unknown: `kind` cannot be “handot” @ \"handot\" > Did you mean `handout`?")
    );
    assert!(seen.top.unwrap().front_matter.is_none());
}

#[test]
fn an_alias_cannot_lead_out_of_the_site() {
    for (alias, reason) in [
        ("../../x.html", "one of its folders is empty, `.` or `..`"),
        ("a/../../b.html", "one of its folders is empty, `.` or `..`"),
        ("a//b.html", "one of its folders is empty, `.` or `..`"),
        ("./a.html", "one of its folders is empty, `.` or `..`"),
        ("a/ ../b.html", "one of its folders is empty, `.` or `..`"),
        ("/etc/x.html", "it starts at the root of a server"),
        ("%2e%2e%2fx.html", "it holds `%`; write the letters themselves"),
        ("a\\\\..\\\\b.html", "it holds a backslash"),
        ("https://evil.example/x.html", "it holds a colon"),
        ("c:x.html", "it holds a colon"),
        ("a.html?x", "it holds `?` or `#`"),
        ("a.html ", "it holds white space that cannot be seen"),
        ("a.php", "it does not end in `.html`"),
    ] {
        let seen = read(&format!("kind = \"page\"\ntitle = \"T\"\naliases = [\"{alias}\", \"ok.html\"]"));
        let alias = alias.replace("\\\\", "\\");
        assert_eq!(seen.faults[0].message, format!("“{alias}” cannot be an alias: {reason}"));
        assert_eq!((seen.faults.len(), seen.faults[0].rule), (1, "front-matter-type"));
        assert_eq!(seen.top.unwrap().front_matter.unwrap().aliases.len(), 1);
    }
    assert_eq!(read("kind = \"page\"\ntitle = \"T\"\naliases = [\"\"]").told().len(), 1);
}

#[test]
fn keys_that_belong_to_the_page_are_those_that_are_read() {
    let told = read("kind = \"page\"\ntitle = \"T\"\nzzz = 1").told();
    assert!(told[0].ends_with(&format!("The keys here are {}.", quoted(&COMMON_KEYS))));
}

#[test]
fn changes_are_read_and_stand_newest_first() {
    let page = |changes: &str| format!("kind = \"page\"\ntitle = \"T\"\nversion = \"1.1\"\n{changes}");
    let change = |version: &str, date: &str| {
        format!("[[changes]]\nversion = \"{version}\"\ndate = {date}\nnote = \"N {version}\"\n")
    };
    let written = page(&(change("1.0", "2025-01-01") + &change("1.1", "2026-01-01") + &change("0.9", "2024-01-01")));
    let changes = read(&written).front_matter().changes;
    let told: Vec<String> =
        changes.iter().map(|change| format!("{} {} {}", change.version.value, change.date, change.note)).collect();
    assert_eq!(told, ["1.1 2026-01-01 N 1.1", "1.0 2025-01-01 N 1.0", "0.9 2024-01-01 N 0.9"]);
    for (changes, expected) in [
        (
            change("1.1", "2026-01-01") + &change("1.1", "2026-02-01"),
            "value-unknown: the version “1.1” is listed twice @ \"1.1\" > Change one of the two.",
        ),
        (
            "[[changes]]\nversion = 1.1\ndate = 2026-01-01\nnote = \"N\"".to_owned(),
            "type: `version` must be text in quotation marks, but this is a number with decimals @ 1.1 > Write `version = \"1.1\"`.",
        ),
        (
            "[[changes]]\nversion = \"1.1\"\nnote = \"N\"".to_owned(),
            "key-missing: `date` is missing @ [[changes]] > Add `date = 2026-11-22`.",
        ),
        (
            "[[changes]]\nversion = \"1.1\"\ndate = 2026-01-01".to_owned(),
            "key-missing: `note` is missing @ [[changes]] > Add `note = \"…\"`.",
        ),
    ] {
        assert_eq!(read(&page(&changes)).told(), [expected], "{changes}");
    }
}
