//! What rules about language find, and what they leave alone.

use super::{found, page, told};
use crate::diagnostic::{Diagnostic, Severity};

/// A handout with such a body, after a key message.
fn handout(body: &str) -> String {
    let front_matter = "+++\nkind = \"handout\"\nid = \"H-1\"\ntitle = \"Low mood\"\n\
                        reviewers = [{ name = \"A\", role = \"B\" }]\n+++\n";
    format!("{front_matter}\n:::key-message\nYou can get help.\n:::\n\n{body}\n\n:::checklist\n- Ring a friend.\n:::\n")
}

fn term(title: &str, front_matter: &str) -> String {
    format!("+++\nkind = \"term\"\ntitle = \"{title}\"\nplain = \"A plain wording.\"\n{front_matter}+++\n\nClinical.\n")
}

const CONFIG: &str = "title = \"Clinic\"\nlanguage = \"en\"\n";

/// What a rule finds on a handout: the text that it points at, and the message.
fn on_handout(rule: &str, body: &str) -> Vec<[String; 2]> {
    let handout = handout(body);
    of_rule(rule, &[("site-config.toml", CONFIG), ("content/handouts/low.md", &handout)])
}

fn of_rule(rule: &str, files: &[(&str, &str)]) -> Vec<[String; 2]> {
    let found = told(files).into_iter().filter(|[name, ..]| name == rule);
    found.map(|[_, text, message, _]| [text, message]).collect()
}

/// What the small sites owe besides.
const DUTIES: [&str; 9] = [
    "kind-part-missing",
    "draft-skipped",
    "crisis-line-missing",
    "document-control-incomplete",
    "advice-line-missing",
    "feedback-missing",
    "funding-missing",
    "organisation-missing",
    "figure-uncited",
];

/// The names of rules that find something about language.
fn names(files: &[(&str, &str)]) -> Vec<&'static str> {
    let about_language = |found: &Diagnostic| !DUTIES.contains(&found.rule);
    found(files).into_iter().filter(about_language).map(|found| found.rule).collect()
}

fn sentence(words: usize) -> String {
    format!("You {}can.", "often ".repeat(words - 2))
}

#[test]
fn sentences_are_long_above_twenty_words_and_very_long_above_thirty() {
    let lengths = |rule| -> Vec<usize> {
        let long = |words: &usize| !on_handout(rule, &sentence(*words)).is_empty();
        [20, 21, 30, 31, 80].into_iter().filter(long).collect()
    };
    assert_eq!(lengths("sentence-long"), [21, 30]);
    assert_eq!(lengths("sentence-very-long"), [31, 80]);
}

#[test]
fn the_sentence_itself_is_pointed_at() {
    let long = sentence(22).replacen("often often", "*very*\n[often](low.md)", 1);
    let body = format!("You can. {long} You can.");
    assert_eq!(on_handout("sentence-long", &body), [[long, "this sentence has 22 words".to_owned()]]);
}

#[test]
fn what_others_read_is_not_judged() {
    let hard = "The maladaptive patient is NOT COMPLIANT in 20 % of cases. ".repeat(4) + &"word ".repeat(40);
    let clinician = handout(&format!(":::clinician\n{hard}\n:::"));
    let guide = format!("+++\nkind = \"page\"\ntitle = \"Guide\"\naudience = [\"clinician\"]\n+++\n\n{hard}\n");
    let entry = term("Word", "").replace("Clinical.", &hard);
    let gone = handout(&hard).replace("title =", "expires-on = 2020-01-01\ntitle =");
    for text in [&clinician, &guide, &entry, &gone] {
        assert_eq!(names(&[("site-config.toml", CONFIG), ("content/pages/low.md", text)]), [""; 0], "{text}");
    }
    let general = page("General", "", &hard);
    assert!(names(&[("site-config.toml", CONFIG), ("content/pages/low.md", &general)]).contains(&"jargon"));
}

#[test]
fn jargon_is_found_in_headings_and_tables_too() {
    let body = "## Your *prognosis*\n\n| Onset | Day |\n|---|---|\n| Prior to onset | Monday |\n\nSee [onset](low.md#onset) of onsets.";
    let words: Vec<String> = on_handout("jargon", body).into_iter().map(|[word, _]| word).collect();
    assert_eq!(words, ["prognosis", "Onset", "Prior to", "onset", "onset", "onsets"]);
}

#[test]
fn a_sites_own_words_win_over_the_glossary_and_that_over_what_is_known() {
    let handout = handout("You may meet relapse, onset, efficacy and adherence.");
    let config = format!("{CONFIG}[plain-words]\nRelapse = \"a setback\"\nonset = \"Onset\"\n");
    let efficacy = term("Efficacy", "");
    let relapse = term("Relapse", "");
    let files = [
        ("site-config.toml", config.as_str()),
        ("content/handouts/low.md", &handout),
        ("content/glossary/efficacy.md", &efficacy),
        ("content/glossary/relapse.md", &relapse),
    ];
    let hints: Vec<[String; 4]> = told(&files).into_iter().filter(|[name, ..]| name == "jargon").collect();
    assert_eq!(
        hints,
        [[
            "jargon",
            "relapse",
            "many patients do not know what “relapse” means",
            "Say “a setback” instead, or something else that they would say."
        ]
        .map(str::to_owned)]
    );
}

#[test]
fn a_term_is_explained_where_it_becomes_a_link_to_an_entry_for_patients() {
    let entry = term("Relapse", "also = [\"setback\"]\n");
    let closed = term("Relapse", "audience = [\"clinician\"]\n");
    let draft = term("Relapse", "draft = true\n");
    let unexplained = |entry: &str, body: &str| {
        let handout = handout(body);
        let files = [
            ("site-config.toml", CONFIG),
            ("content/handouts/low.md", &handout),
            ("content/glossary/relapse.md", entry),
        ];
        of_rule("term-unexplained", &files).into_iter().map(|[text, _]| text).collect::<Vec<_>>()
    };
    // In running text, also in the plural, and linked by hand.
    assert_eq!(unexplained(&entry, "## Relapse\n\nYou may have relapses."), [""; 0]);
    assert_eq!(unexplained(&entry, "## [Relapse](../glossary/relapse.md)"), [""; 0]);
    // A link that offers another page is no use of the word.
    assert_eq!(unexplained(&entry, "Read about [relapse](low.md) here."), [""; 0]);
    // Only where nothing becomes a link.
    assert_eq!(unexplained(&entry, "## A setback\n\n| Relapse | Day |\n|---|---|\n| x | y |"), ["setback"]);
    for entry in [&closed, &draft] {
        assert_eq!(unexplained(entry, "You may have a relapse."), ["relapse"]);
    }
}

#[test]
fn a_page_speaks_to_its_reader_in_every_language() {
    for (language, body, speaks) in [
        ("en", "They rest. They talk. They walk.", false),
        ("en", "They rest. They talk. You’re fine.", true),
        ("de", "Man ruht sich aus. Man redet. Man geht.", false),
        ("de", "Ruhen Sie sich aus. Man redet. Man geht.", true),
        ("fr", "On dort bien. On parle. On marche.", false),
        ("fr", "On dort bien. On parle. Il t’aide.", true),
        ("es", "La gente duerme. La gente habla. Todos andan.", false),
        ("es", "La gente duerme. La gente habla. Hable con su gente.", true),
        ("it", "La gente dorme. La gente parla. Tutti vanno.", false),
        ("it", "La gente dorme. La gente parla. Chieda al Suo medico.", true),
        ("es", "El duelo duele. Puede durar meses. Puede ser largo.", false),
        ("es", "Salga a la calle cada mañana. Puede ir con un amigo. Si hoy no puede, inténtelo mañana.", true),
        ("it", "Il lutto fa male. Può durare mesi. La gente lo sa.", false),
        ("it", "Può andare con un amico. La aspettiamo e Le diamo una mano. Siamo felici di vederLa.", true),
        ("pl", "Ludzie śpią. Ludzie mówią. Ludzie chodzą.", true),
    ] {
        let config = format!("title = \"Clinic\"\nlanguage = \"{language}\"\n");
        let handout = handout(body).replace("You can get help.", "x").replace("Ring a friend.", "x");
        let files = [("site-config.toml", config.as_str()), ("content/handouts/low.md", &handout)];
        assert_eq!(of_rule("you-missing", &files).is_empty(), speaks, "{body}");
    }
}

#[test]
fn worksheets_and_general_pages_need_not_speak_to_anybody() {
    let body = "They slept well. It was a good day. Nobody came.";
    let worksheet = format!("+++\nkind = \"worksheet\"\nid = \"W-1\"\ntitle = \"Week\"\n+++\n\n{body}\n");
    let general = page("Week", "", body);
    for text in [&worksheet, &general] {
        assert_eq!(of_rule("you-missing", &[("site-config.toml", CONFIG), ("content/low.md", text)]), [[""; 2]; 0]);
    }
    let for_patients = page("Week", "audience = [\"patient\"]\n", body);
    assert_eq!(of_rule("you-missing", &[("site-config.toml", CONFIG), ("content/low.md", &for_patients)]).len(), 1);
}

#[test]
fn percentages_need_people_beside_them() {
    let alone = |body: &str| -> Vec<String> {
        on_handout("percentage-alone", body).into_iter().map(|[text, _]| text).collect()
    };
    assert_eq!(alone("It helps 60% of people, and (12.5 %) more."), ["60%", "12.5 %"]);
    assert_eq!(alone("Some 20–30 percent rest, and ten per cent talk."), ["20–30 percent", "ten per cent"]);
    assert_eq!(alone("It helps 6 in 10 people (60%)."), [""; 0]);
    assert_eq!(alone("It helps 60%.\n\nThat is six out of ten."), [""; 0]);
    assert_eq!(alone("It helps 60%.\n\nYou can.\n\nThat is six out of ten."), ["60%"]);
    assert_eq!(alone("You are 100% right, and 0 % wrong. Take the 5 percentages."), [""; 0]);
}

#[test]
fn numbers_of_people_should_be_out_of_as_many() {
    let mixed = |body: &str| -> Vec<String> {
        on_handout("denominators-mixed", body).into_iter().map(|[_, message]| message).collect()
    };
    assert_eq!(
        mixed("One in five talk. It helps 3 out of 10."),
        ["“3 out of 10” is hard to compare with “One in five”"]
    );
    assert_eq!(
        mixed("7 people out of 10 rest, 3 of every 10 talk, 2 in 1,000 walk."),
        ["“2 in 1,000” is hard to compare with “7 people out of 10”"]
    );
    assert_eq!(mixed("Meet 1 in 5 people. Ring one friend in two weeks. Since 3 in 2020, go 6 in 4."), [""; 0]);
}

#[test]
fn numbers_of_people_are_read_as_each_language_writes_them() {
    let of = |language: &str, body: &str| {
        let config = format!("title = \"Clinic\"\nlanguage = \"{language}\"\n");
        let handout = handout(body);
        let files = [("site-config.toml", config.as_str()), ("content/handouts/low.md", &handout)];
        let rules = ["percentage-alone", "denominators-mixed"].iter();
        rules.filter(|rule| !of_rule(rule, &files).is_empty()).copied().collect::<Vec<_>>()
    };
    for thousand in ["1 000", "1\u{a0}000", "1\u{202f}000"] {
        assert_eq!(of("fr", &format!("Cela aide 3 % des gens, soit 30 personnes sur {thousand}.")), [""; 0]);
        let mixed = format!("Cela aide 30 personnes sur {thousand}, et 3 sur 10.");
        assert_eq!(of("fr", &mixed), ["denominators-mixed"]);
    }
    assert_eq!(of("fr", "Sur 2 000 personnes, cela aide 3 %."), ["percentage-alone"]);
    assert_eq!(of("fr", "Cela aide 3 %, soit 60 personnes sur 2 000."), [""; 0]);
    assert_eq!(of("de-CH", "Das hilft 3 %, also 30 von 1’000."), [""; 0]);
    for fifth in ["Jeder Fünfte", "Fast jeden Fünften", "Jede fünfte Person", "Jeder 5. Mensch"] {
        assert_eq!(of("de", &format!("{fifth} kennt das, also 20 %.")), [""; 0], "{fifth}");
    }
    assert_eq!(of("de", "Jeden fünften Tag sind es 20 %."), ["percentage-alone"]);
    assert_eq!(of("de", "Jeder Fünfte kennt das, und 3 von 10 leiden."), ["denominators-mixed"]);
}

#[test]
fn rows_of_capitals_are_found_and_abbreviations_are_not() {
    let rows =
        |body: &str| -> Vec<String> { on_handout("capitals-block", body).into_iter().map(|[text, _]| text).collect() };
    assert_eq!(rows("## DO NOT STOP\n\nYou MUST NEVER go. DO NOT."), ["DO NOT STOP", "MUST NEVER"]);
    assert_eq!(rows("Try IPT, CBT, NHS or WHO. In the UK IPT helps. I A B. NHS CBT."), [""; 0]);
}

#[test]
fn grades_are_judged_by_the_measure_of_each_language() {
    let grade = |language: &str, sentence: &str| {
        let config = format!("title = \"Clinic\"\nlanguage = \"{language}\"\n");
        let handout = handout(&format!("{sentence} ").repeat(30).replace(". ", ".\n\n"));
        let found = found(&[("site-config.toml", &config), ("content/handouts/low.md", &handout)]);
        let found: Vec<(Severity, String)> = found
            .into_iter()
            .filter(|found| found.rule.starts_with("grade-"))
            .map(|found| (found.severity, found.message))
            .collect();
        assert!(found.len() < 2, "{found:?}");
        found.into_iter().next()
    };
    for (language, measure, easy, hard) in [
        ("en", "Flesch–Kincaid grade", "You can talk to us.", "Psychological difficulties deteriorate considerably."),
        (
            "de",
            "Wiener Sachtextformel",
            "Sie sind nicht allein.",
            "Psychotherapeutische Behandlungen unterstützen Patientinnen.",
        ),
        (
            "fr",
            "Kandel–Moles",
            "Vous pouvez en parler.",
            "Les difficultés psychologiques détériorent considérablement.",
        ),
        ("es", "INFLESZ", "Hable con su gente hoy.", "Dificultades psicológicas considerablemente deterioradas."),
        ("it", "Gulpease", "Lei non è solo.", "Difficoltà psicologiche considerevolmente deteriorate."),
    ] {
        assert_eq!(grade(language, easy), None, "{language}");
        let (severity, message) = grade(language, hard).unwrap_or_else(|| panic!("nothing is hard in {language}"));
        assert_eq!(severity, Severity::Error, "{message}");
        assert!(message.starts_with(&format!("this page is hard to read: {measure} ")), "{message}");
    }
    assert_eq!(grade("pl", "Psychologiczne trudności znacznie się pogarszają."), None);
}

#[test]
fn a_high_grade_says_what_terms_do_to_it() {
    let body = "Interpersonal psychotherapy can help you to feel better. You talk and it helps. "
        .repeat(10)
        .replace(". ", ".\n\n");
    let handout = handout(&body);
    let entry = term("Interpersonal psychotherapy", "");
    let files = [
        ("site-config.toml", CONFIG),
        ("content/handouts/low.md", handout.as_str()),
        ("content/glossary/a.md", &entry),
    ];
    let hints: Vec<String> =
        told(&files).into_iter().filter(|[rule, ..]| rule == "grade-high").map(|[_, _, _, hint]| hint).collect();
    assert_eq!(hints.len(), 1);
    assert!(hints[0].contains("With short words for the glossary's terms it would be "), "{}", hints[0]);
}

#[test]
fn short_texts_have_no_grade() {
    assert_eq!(on_handout("grade-very-high", "Psychological difficulties deteriorate considerably."), [[""; 2]; 0]);
}
