use super::*;
use crate::config::PackParts;
use crate::content::KindName;

fn read_with(text: &str, others: &[&str]) -> (Config, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(Sources::CONFIG), text.as_bytes().into());
    for path in others {
        sources.files.insert(SitePath::new(path), Vec::new().into());
    }
    config(&sources)
}

fn faultless(text: &str) -> Config {
    let (config, faults) = read_with(text, &[]);
    assert_eq!(faults, [], "{text}");
    config
}

/// Every fault as `rule: message @ place > hint`.
fn told(text: &str) -> Vec<String> {
    let (_, faults) = read_with(text, &[]);
    faults
        .iter()
        .map(|fault| {
            let place = &text[fault.at.span.start..fault.at.span.end];
            format!("{}: {} @ {place} > {}", fault.rule, fault.message, fault.hint.as_deref().unwrap_or_default())
        })
        .collect()
}

#[test]
fn without_a_file_sensible_defaults_hold() {
    let (config, faults) = config(&Sources::default());
    assert_eq!(faults, []);
    assert_eq!((config.title.as_str(), config.language.as_str(), config.base_url), (UNTITLED, "en", None));
    assert_eq!(config.citations.style, Spanned::new("vancouver".to_owned(), 0..0));
    assert!(!config.editions_named && config.citations.bibliography.is_empty());
    assert_eq!((config.editions.len(), &config.editions[0].audiences[..]), (1, &Audience::ALL[..]));
}

#[test]
fn bibliographies_beside_the_pages_are_found_when_none_are_named() {
    let files = ["content/b.bib", "content/a.json", "content/x.md", "content/sub/c.bib", "content/y.yaml", "other.bib"];
    for text in ["", "[citations]\nstyle = \"apa\""] {
        let (config, _) = read_with(text, &files);
        let found: Vec<_> = config.citations.bibliography.iter().map(|file| file.value.as_str()).collect();
        assert_eq!(found, ["a.json", "b.bib", "y.yaml"]);
    }
    let (config, _) = read_with("[citations]\nbibliography = []", &files);
    assert_eq!(config.citations.bibliography, []);
}

#[test]
fn every_key_is_read() {
    let text = r##"
title = "Clinic"
language = "pt-BR"
base-url = "https://clinic.example/x"
sample-notice = "Sample"
region = "GB"
[organisation]
name = "N"
address = "A"
phone = "P"
feedback = "F"
[citations]
bibliography = ["r.bib"]
style = "apa"
[[phases]]
id = "b"
title = "B"
sessions = "1–3"
summary = "S"
[[focal-areas]]
id = "g"
title = "G"
also = ["H"]
summary = "S"
[[crisis-lines]]
region = "GB"
name = "L"
number = "116 123"
hours = "always"
checked = 2026-11-01
[editions.zebra]
title = "Z"
audiences = ["patient"]
[editions.ant]
audiences = ["clinician", "trainee"]
[theme]
folder = "theme"
accent = "#123456"
logo = "theme/logo.svg"
[markdown]
allow-html = true
[plain-words]
"sick role" = "time off"
[checks]
review-overdue = "warn"
orphan = "off"
[checks.kind.handout]
orphan = "note"
[checks.folder."content/archive/"]
orphan = "warn"
[[waivers]]
rule = "review-overdue"
path = "content/handouts/"
reason = "Waiting"
until = 2026-12-31
"##;
    let config = faultless(text);
    assert_eq!(config.base_url.as_deref(), Some("https://clinic.example/x/"));
    assert_eq!((config.language.as_str(), config.sample_notice.as_deref()), ("pt-BR", Some("Sample")));
    assert_eq!(config.organisation.feedback.as_deref(), Some("F"));
    assert_eq!((config.citations.style.value.as_str(), config.citations.bibliography.len()), ("apa", 1));
    assert_eq!(
        (config.phases[0].sessions.as_deref(), &config.focal_areas[0].also[..]),
        (Some("1–3"), &["H".to_owned()][..])
    );
    let line = &config.crisis_lines[0];
    assert_eq!(
        (&text[line.name.span.clone()], line.checked.as_ref().unwrap().value.to_string()),
        ("\"L\"", "2026-11-01".to_owned())
    );
    let editions: Vec<_> =
        config.editions.iter().map(|edition| (edition.name.as_str(), edition.title.as_str())).collect();
    assert_eq!((editions, config.editions_named), (vec![("zebra", "Z"), ("ant", "ant")], true));
    assert_eq!(config.theme.accent.unwrap().value, "#123456");
    assert!(config.markdown.allow_html);
    assert_eq!(config.plain_words["sick role"], "time off");
    let check = &config.checks.general["review-overdue"];
    assert_eq!((check.value, &text[check.span.clone()]), (Level::Warn, "review-overdue"));
    assert_eq!(config.checks.kinds[&KindName::Handout]["orphan"].value, Level::Note);
    let archive = &config.checks.folders["content/archive"];
    assert_eq!((archive.levels["orphan"].value, &text[archive.span.clone()]), (Level::Warn, "\"content/archive/\""));
    assert_eq!(
        (config.waivers[0].until.value.to_string(), config.waivers[0].path.as_deref()),
        ("2026-12-31".to_owned(), Some("content/handouts/"))
    );
    assert_eq!(&text[config.region.unwrap().span], "\"GB\"");
}

#[test]
fn what_is_expected_is_named_once_and_has_a_default() {
    let expected = |text: &str| faultless(text).status.expect;
    assert_eq!(expected("title = \"x\""), [KindName::Handout, KindName::SessionGuide]);
    assert_eq!(expected("[status]\npublish = true"), [KindName::Handout, KindName::SessionGuide]);
    assert_eq!(expected("[status]\nexpect = [\"module\", \"term\", \"module\"]"), [KindName::Module, KindName::Term]);
    assert_eq!(expected("[status]\nexpect = []"), []);
}

#[test]
fn three_lines_are_enough() {
    assert_eq!(faultless("title = \"x\"").editions[0].title, "x");
    assert_eq!(faultless("\u{feff}title = \"x\"\r\nlanguage = \"en-GB\"\r\n[editions]\r\n").language, "en-GB");
}

#[test]
fn faults_are_reported_at_their_place() {
    for (text, expected) in [
        (
            "titel = \"x\"",
            "config-key-unknown: `titel` is not a key that psychoed knows here @ titel > Did you mean `title`? The keys here are `title`, `language`, `base-url`, `sample-notice`, `organisation`, `citations`, `phases`, `focal-areas`, `crisis-lines`, `region`, `editions`, `packs`, `theme`, `markdown`, `external-links`, `status`, `pdf`, `plain-words`, `checks`, `waivers`.",
        ),
        (
            "title = 3",
            "config-type: `title` must be text in quotation marks, but this is a whole number @ 3 > Write `title = \"3\"`.",
        ),
        (
            "title = x",
            "config-syntax: the value of `title` cannot be read @ x > Text stands in quotation marks: `title = \"x\"`.",
        ),
        (
            "language = \"en_GB\"",
            "config-value: “en_GB” is not a language tag @ \"en_GB\" > Write `language = \"en-GB\"`.",
        ),
        (
            "language = \"English\"",
            "config-value: “English” is not a language tag @ \"English\" > Write a tag such as `en`, `en-GB`, `es` or `pt-BR`.",
        ),
        (
            "base-url = \"clinic.example\"",
            "config-value: “clinic.example” is not an address of the web @ \"clinic.example\" > Write it like `https://handouts.example.org/`.",
        ),
        (
            "base-url = \"ftp://clinic.example\"",
            "config-value: “ftp://clinic.example” does not start with `https://` or `http://` @ \"ftp://clinic.example\" > Write it like `https://handouts.example.org/`.",
        ),
        (
            "base-url = \"https://a.example/?b\"",
            "config-value: “https://a.example/?b” holds `?`, `#` or `@`, with which no address of a page can start @ \"https://a.example/?b\" > Write it like `https://handouts.example.org/`.",
        ),
        (
            "[organisation]\nregion = \"GB\"",
            "config-key-unknown: `region` is not a key that psychoed knows here @ region > Every key below a line in square brackets belongs to that group: move `region` above the first of them. The keys here are `name`, `address`, `phone`, `feedback`, `funding`.",
        ),
        (
            "[[phases]]\nid = \"a b\"\ntitle = \"T\"",
            "config-value: “a b” cannot be an id @ \"a b\" > An id is made of letters, digits and hyphens, such as `middle-phase`.",
        ),
        (
            "[phases]\nid = \"a\"",
            "config-type: `phases` must be a list of groups, but this is a group of keys @ [phases] > Write `[[phases]]` on a line of its own before each group, and its keys below it.",
        ),
        ("[[phases]]\nid = \"a\"", "config-value: `title` is missing @ [[phases]] > Add `title = \"…\"`."),
        (
            "[[crisis-lines]]\nregion = \"GB\"\nname = \"N\"\nnumber = 111",
            "config-type: `number` must be text in quotation marks, but this is a whole number @ 111 > Write `number = \"111\"`.",
        ),
        (
            "[[crisis-lines]]\nregion = \"GB\"\nname = \"N\"\nnumber = \"call us\"",
            "config-value: nobody can dial “call us” @ \"call us\" > Write only what to dial, in figures.",
        ),
        (
            "[[crisis-lines]]\nregion = \"GB\"\nname = \"N\"\nnumber = \"1\"\nchecked = 2026-02-31",
            "config-type: `2026-02-31` is not a date: February 2026 has 28 days @ 2026-02-31 > The last day of that month is `2026-02-28`.",
        ),
        (
            "[editions.a]\naudiences = [\"pateint\"]",
            "config-value: `audiences` cannot be “pateint” @ \"pateint\" > Did you mean `patient`? It can be `patient`, `clinician`, `trainee`, `instructor`.",
        ),
        (
            "[editions.a]\naudiences = []",
            "config-type: this list names no audience @ [] > Name at least one, such as `[\"patient\"]`.",
        ),
        (
            "[editions.a]\ntitle = \"A\"",
            "config-value: `audiences` is missing @ [editions.a] > Add `audiences = [\"patient\"]`.",
        ),
        (
            "[editions.\"../x\"]\naudiences = [\"patient\"]",
            "config-value: “../x” cannot be the name of an edition @ \"../x\" > It becomes a folder and part of addresses: use letters, digits and hyphens, such as `[editions.patient]`.",
        ),
        (
            "[theme]\nfolder = \"../theme\"",
            "config-value: “../theme” leads out of the project @ \"../theme\" > Write it from the folder of site-config.toml, with `/` between folders, such as `theme/logo.svg`.",
        ),
        (
            "[theme]\nlogo = \"/etc/logo.svg\"",
            "config-value: “/etc/logo.svg” leads out of the project @ \"/etc/logo.svg\" > Write it from the folder of site-config.toml, with `/` between folders, such as `theme/logo.svg`.",
        ),
        (
            "[markdown]\nallow-html = \"yes\"",
            "config-type: `allow-html` must be `true` or `false`, but this is text @ \"yes\" > Write `allow-html = true`.",
        ),
        ("[plain-words]\nonset = \"\"", "config-type: `onset` is empty @ \"\" > Write something, or delete the line."),
        (
            "[checks]\norphan = \"fatal\"",
            "config-value: `orphan` cannot be “fatal” @ \"fatal\" > It can be `off`, `note`, `warn`, `error`.",
        ),
        (
            "[checks.kind.handuot]\norphan = \"warn\"",
            "config-value: there is no kind of page called “handuot” @ handuot > Did you mean `handout`? The kinds are `handout`, \
             `worksheet`, `quick-reference`, `session-guide`, `suitability`, `evidence`, `module`, `term`, `page`.",
        ),
        (
            "[checks.folder.\"../elsewhere\"]\norphan = \"warn\"",
            "config-value: “../elsewhere” leads out of the project @ \"../elsewhere\" > Write it from the folder of \
             site-config.toml, with `/` between folders: `[checks.folder.\"content/handouts\"]`.",
        ),
        (
            "[[waivers]]\nrule = \"orphan\"\nreason = \"\"\nuntil = 2026-12-31",
            "config-type: `reason` is empty @ \"\" > Write something between the quotation marks.",
        ),
        (
            "[[waivers]]\nrule = \"orphan\"\nreason = \"R\"",
            "config-value: `until` is missing @ [[waivers]] > Add `until = 2026-12-31`.",
        ),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
}

#[test]
fn what_is_given_twice_names_both_places() {
    for (text, message, first) in [
        (
            "[[phases]]\nid = \"a\"\ntitle = \"T\"\n[[phases]]\nid = \"A\"\ntitle = \"U\"",
            "two phases have the id `A`",
            "\"a\"",
        ),
        (
            "[[focal-areas]]\nid = \"a\"\ntitle = \"T\"\n[[focal-areas]]\nid = \"a\"\ntitle = \"U\"",
            "two focal areas have the id `a`",
            "\"a\"",
        ),
        (
            "[editions.a]\naudiences = [\"patient\"]\n[editions.A]\naudiences = [\"patient\"]",
            "the editions `a` and `A` differ only in capital letters",
            "a",
        ),
        ("title = \"a\"\ntitle = \"b\"", "`title` is given twice", "title"),
    ] {
        let (_, faults) = read_with(text, &[]);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].message, message);
        let at = faults[0].related[0].0.span;
        assert_eq!(&text[at.start..at.end], first);
        assert!(at.start < faults[0].at.span.start);
    }
}

#[test]
fn a_file_that_is_not_text_is_an_error_and_nothing_else() {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(Sources::CONFIG), (*b"title = \"caf\xe9\"").into());
    let (_, faults) = config(&sources);
    let rules: Vec<&str> = faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, ["source-not-utf8"]);
}

#[test]
fn language_tags_follow_bcp_47() {
    for tag in
        ["en", "en-GB", "pt-BR", "zh-Hant-TW", "es-419", "sr-Latn", "de-CH-1996", "en-x-plain", "ar-u-nu-latn", "haw"]
    {
        assert!(is_language_tag(tag), "{tag}");
    }
    for tag in ["", "e", "english", "en_GB", "en-", "-en", "en--GB", "en-GB-", "en-u", "en GB", "12", "en-x", "é"] {
        assert!(!is_language_tag(tag), "{tag}");
    }
}

#[test]
fn packs_name_pages_or_ask_for_them() {
    let config = faultless(
        "[[phases]]\nid = \"end\"\ntitle = \"E\"\n[[packs]]\nid = \"a\"\ntitle = \"A\"\nsummary = \"S\"\npages = [\"x.md\", \"HO-Y\"]\n\
         [[packs]]\nid = \"b\"\ntitle = \"B\"\naudience = [\"clinician\", \"trainee\"]\nphase = [\"end\"]\nkind = [\"handout\"]\nsession = [1, 2]\n",
    );
    let [a, b] = &config.packs[..] else { panic!("two packs: {:?}", config.packs) };
    assert_eq!((a.id.value.as_str(), a.title.as_str(), a.summary.as_deref()), ("a", "A", Some("S")));
    assert_eq!(a.audience, [Audience::Patient], "unless it says otherwise");
    assert!(matches!(&a.parts, PackParts::Pages(pages) if pages[0].value == "x.md" && pages[1].value == "HO-Y"));
    assert_eq!(b.audience, [Audience::Clinician, Audience::Trainee]);
    let PackParts::Query(query) = &b.parts else { panic!("a query: {:?}", b.parts) };
    assert_eq!((query.phases[0].value.as_str(), query.focal_areas.len()), ("end", 0));
    assert_eq!((&query.kinds[..], &query.sessions[..]), (&[KindName::Handout][..], &[1, 2][..]));
}

#[test]
fn faults_of_packs_are_reported_at_their_place() {
    let pack =
        |keys: &str| format!("[[phases]]\nid = \"end\"\ntitle = \"E\"\n[[packs]]\nid = \"a\"\ntitle = \"A\"\n{keys}\n");
    for (keys, expected) in [
        (
            "",
            "config-value: `pages` is missing @ [[packs]] > Name them in order, such as `pages = [\"handouts/grief.md\", \"WS-PEOPLE\"]`, \
             or ask for them with `phase`, `focal-area`, `kind` or `session`.",
        ),
        (
            "pages = [\"a.md\"]\nkind = [\"handout\"]",
            "config-type: a pack either names its `pages` or asks for them, not both @ [\"a.md\"] > Keep `pages`, or take it out and keep \
             `phase`, `focal-area`, `kind` or `session`.",
        ),
        (
            "pages = [\"a.md\", \"b.md\", \"a.md\"]",
            "config-value: “a.md” is listed twice @ \"a.md\" > Change one of the two.",
        ),
        (
            "phase = [\"ends\"]",
            "config-value: “ends” is not among the phases of this site @ \"ends\" > Did you mean `end`? The phases in site-config.toml are \
             `end`.",
        ),
        (
            "pages = [\"a.md\"]\n[[packs]]\nid = \"A\"\ntitle = \"B\"\npages = [\"a.md\"]",
            "config-value: two packs have the id `A` @ \"A\" > Change one of the two.",
        ),
        (
            "pages = [\"a.md\"]\n[[packs]]\nid = \"index\"\ntitle = \"B\"\npages = [\"a.md\"]",
            "config-value: “index” cannot be the id of a pack @ \"index\" > The list of all packs has that address: choose another id, such as \
             `starting-treatment`.",
        ),
        (
            "kind = [\"handouts\"]",
            "config-value: `kind` cannot be “handouts” @ \"handouts\" > Did you mean `handout`? It can be `handout`, `worksheet`, \
             `quick-reference`, `session-guide`, `suitability`, `evidence`, `module`, `term`, `page`.",
        ),
    ] {
        assert_eq!(told(&pack(keys)), [expected], "{keys}");
    }
}
