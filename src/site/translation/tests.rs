use jiff::civil::date;

use super::*;
use crate::site::{Facts, link};

fn site(files: &[(&str, &str)]) -> Site {
    let files = files.iter().map(|(path, text)| (SitePath::new(path), (*text).into()));
    let sources = Arc::new(Sources { files: files.collect() });
    let (config, _) = parse::config::config(&sources);
    let parsed = parse::all(&sources, &config, &mut Default::default());
    let facts = Facts::on(date(2026, 11, 22));
    link(Arc::new(config), sources, parsed, &facts, Default::default(), None)
}

fn page(title: &str, keys: &str, body: &str) -> String {
    format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n{keys}+++\n{body}")
}

fn hash_in(text: &str) -> String {
    let site = site(&[("content/a.md", text)]);
    hash_of(&site.pages[0], &site.sources)
}

#[test]
fn a_file_is_named_after_its_original_and_a_language() {
    let named = |path: &str| named(&SitePath::new(path)).map(|(path, language)| (path.to_string(), language));
    for (path, original, language) in [
        ("content/a/grief.es.md", "content/a/grief.md", "es"),
        ("content/grief.pt-br.md", "content/grief.md", "pt-BR"),
        ("content/grief.ZH-hant.md", "content/grief.md", "zh-Hant"),
        ("content/v1.2.fil.md", "content/v1.2.md", "fil"),
    ] {
        assert_eq!(named(path), Some((original.to_owned(), language.to_owned())));
    }
    for path in
        ["a/grief.md", "a/grief.old.md", "a/grief.und.md", "a/v1.2.md", "a/.es.md", ".es.md", "es.md", "a/grief.es.txt"]
    {
        assert_eq!(named(path), None, "{path}");
    }
}

#[test]
fn a_hash_changes_with_words_and_with_nothing_else() {
    let text = page("Grief", "", "\nTalk to one person.\n\nToday.\n");
    let first = hash_in(&text);
    // Written down in every translation there is: it must be the same with every version of psychoed.
    assert_eq!(first, "ebc3e571a434");
    for same in [
        page(
            "Grief",
            "version = \"2\"\nreviewed = 2026-01-01\nauthors = [\"A\"]\n",
            "\nTalk to one person.\n\nToday.\n",
        ),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{}\n\n", text.replace("person.", "person.  ")),
    ] {
        assert_eq!(hash_in(&same), first, "{same:?}");
    }
    for other in [
        text.replace("Grief", "Loss"),
        text.replace("one", "two"),
        text.replace("\n\nToday", "\nToday"),
        page("Grief", "summary = \"S\"\n", "\nTalk to one person.\n\nToday.\n"),
    ] {
        assert_ne!(hash_in(&other), first, "{other:?}");
    }
}

#[test]
fn what_only_one_kind_says_counts_too() {
    let of =
        |kind: &str, keys: &str| format!("+++\nkind = \"{kind}\"\nid = \"X-1\"\ntitle = \"T\"\n{keys}\n+++\n\nText.\n");
    for (kind, keys, word, other) in [
        ("session-guide", "goals = [\"Listen\"]", "Listen", "Speak"),
        ("module", "objectives = [\"Name it\"]\nminutes = 5", "Name", "Know"),
        ("term", "plain = \"Plain\"\nalso = [\"Other\"]", "Other", "Else"),
        ("suitability", "[[criteria]]\nverdict = \"suits\"\nstatement = \"Mourns\"\nwhy = \"Why\"", "suits", "caution"),
        ("evidence", "[[findings]]\nstatement = \"Less\"\noutcome = \"Mood\"", "Less", "More"),
        (
            "evidence",
            "[[findings]]\nstatement = \"Less\"\noutcome = \"Mood\"\neffect = { measure = \"SMD\", value = -0.5 }",
            "0.5",
            "0.6",
        ),
        ("evidence", "[[recommendations]]\nstatement = \"Offer it\"\nsource = \"nice2022\"", "Offer", "Consider"),
    ] {
        let text = of(kind, keys);
        assert_ne!(hash_in(&text), hash_in(&text.replace(word, other)), "{kind}: {word}");
    }
}

#[test]
fn a_page_knows_its_original_and_its_translations() {
    let original = page("Grief", "", "\nTalk.\n");
    let noted = |hash: &str| page("Duelo", &format!("translated-from = \"{hash}\"\n"), "\nHable.\n");
    let (current, stale) = (noted(&hash_in(&original)), noted("000000000000"));
    let site = site(&[
        ("content/b.es.md", &page("Solo", "", "\nHable.\n")),
        ("content/grief.de.md", &stale),
        ("content/grief.es.md", &current),
        ("content/grief.fr.md", &page("Deuil", "", "\nParlez.\n")),
        ("content/grief.md", &original),
    ]);
    let at = |path: &str| site.page_at[path];
    let standing = |path: &str| site.pages[at(path)].translation.as_ref().map(|translation| translation.standing);
    assert_eq!(standing("content/grief.de.md"), Some(Standing::Stale));
    assert_eq!(standing("content/grief.es.md"), Some(Standing::Current));
    assert_eq!(standing("content/grief.fr.md"), Some(Standing::Unrecorded));
    assert_eq!((standing("content/b.es.md"), standing("content/grief.md")), (None, None));
    let languages: Vec<&str> = site.pages.iter().map(|page| site.language(page)).collect();
    assert_eq!(languages, ["es", "de", "es", "fr", "en"]);
    let all = ["content/grief.md", "content/grief.de.md", "content/grief.es.md", "content/grief.fr.md"].map(at);
    assert!(all.iter().all(|&page| site.in_all_languages(page) == all));
    assert!(site.in_all_languages(at("content/b.es.md")).is_empty());
}

#[test]
fn a_translation_is_stale_once_a_recommendation_has_changed() {
    let evidence = |keys: &str, words: &str| {
        format!(
            "+++\nkind = \"evidence\"\nid = \"EV-1\"\ntitle = \"T\"\n{keys}[[recommendations]]\nstatement = \"{words}\"\n\
             source = \"nice2022\"\n+++\n\nText.\n"
        )
    };
    let before = evidence("", "Offer it first");
    let translation = evidence(&format!("translated-from = \"{}\"\n", hash_in(&before)), "Primero");
    for (original, standing) in [(before, Standing::Current), (evidence("", "Consider it"), Standing::Stale)] {
        let site = site(&[("content/a.md", &original), ("content/a.es.md", &translation)]);
        let page = &site.pages[site.page_at["content/a.es.md"]];
        assert_eq!(page.translation.as_ref().map(|translation| translation.standing), Some(standing), "{original}");
    }
}
