//! Pages in several languages: each leads to the others, and says so when it may be out of date.

use crate::support::{Output, clinic, link, linked, links, plain_theme, printed, render_checked};

const SPANISH: &str = "content/handouts/grief.es.md";
const ARABIC: &str = "content/handouts/grief.ar.md";

/// A translation of the handout on grief; `keys` say from which text.
fn translation(id: &str, title: &str, keys: &str) -> String {
    format!(
        "+++\nkind = \"handout\"\nid = \"{id}\"\ntitle = \"{title}\"\nsummary = \"S\"\nphase = [\"middle\"]\nfocal-area = [\"grief\"]\n\
         {keys}+++\n\n:::key-message\nUn role transition es IPT.\n:::\n\n## Pasos\n\n:::steps\n1. Llame.\n:::\n"
    )
}

fn in_three_languages(spanish: &str, arabic: &str) -> Output {
    let spanish = translation("HO-GRIEF-ES", "Vivir con la pérdida", spanish);
    let arabic = translation("HO-GRIEF-AR", "العيش مع الفقد", arabic);
    render_checked(clinic(&[(SPANISH, &spanish), (ARABIC, &arabic)]))
}

fn languages<'o>(output: &'o Output, page: &'o str) -> &'o str {
    output.between(page, "<nav class=\"pills languages\"", "</nav>")
}

#[test]
fn each_language_leads_to_the_others() {
    let output = in_three_languages("", "");
    let pages = ["grief.html", "grief.ar.html", "grief.es.html"];
    let names = ["English", "العربية", "Español"];
    for (current, page) in pages.iter().enumerate() {
        let nav = languages(&output, &format!("patient/handouts/{page}")).to_owned();
        let expected: Vec<_> = names.iter().zip(pages).map(|(name, page)| link(name, page)).collect();
        assert_eq!(links(&nav), expected);
        let here = format!("hreflang=\"{}\" aria-current=\"page\"", ["en-GB", "ar", "es"][current]);
        assert!(nav.contains(&here) && nav.matches("aria-current").count() == 1, "{nav}");
    }
    let head = output.between("patient/handouts/grief.html", "<head>", "</head>");
    for (tag, page) in [("en-GB", pages[0]), ("ar", pages[1]), ("es", pages[2])] {
        let address = format!("https://clinic.example/library/patient/handouts/{page}");
        assert!(head.contains(&format!("<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\">")), "{head}");
    }
    let alone = output.file("patient/worksheets/my-people.html");
    assert!(!alone.contains("hreflang") && !alone.contains("languages"), "{alone}");
}

#[test]
fn words_carry_their_language_and_direction() {
    let output = in_three_languages("", "");
    let page = output.file("patient/handouts/grief.ar.html");
    assert!(page.contains("<html lang=\"en-GB\" dir=\"ltr\""));
    for element in ["<title", "<h1", "<p class=\"lead\"", "<div class=\"body\""] {
        assert!(page.contains(&format!("{element} lang=\"ar\" dir=\"rtl\">")), "{element}");
    }
    assert!(page.contains("\"inLanguage\":\"ar\""));
    let list = output.file("patient/kinds/handout.html");
    let card = "Handout · <span lang=\"es\">Español</span></p><p class=\"card-title\" lang=\"es\" dir=\"ltr\"><a href=\"../handouts/grief.es.html\">";
    assert!(list.contains(card), "{list}");
    let index = output.file("patient/a-z.html");
    assert!(index.contains("<a href=\"handouts/grief.es.html\" lang=\"es\" dir=\"ltr\">Vivir con la pérdida</a>"));
    let original = output.file("patient/handouts/grief.html");
    let (_, body) = original.split_once("<div class=\"body\">").unwrap();
    assert!(!body.contains("lang=\"en-GB\""));
}

#[test]
fn readers_are_told_when_the_original_has_changed() {
    let banner = "This translation may be out of date";
    let (site, _) = linked(clinic(&[(SPANISH, &translation("HO-ES", "T", ""))]));
    let hash = &site.pages[site.page_at[SPANISH]].translation.as_ref().unwrap().hash;
    let output = in_three_languages(&format!("translated-from = \"{hash}\"\n"), "translated-from = \"000000000000\"\n");
    let page = |name: &str| output.file(&format!("patient/handouts/{name}")).to_owned();
    assert!(!page("grief.html").contains(banner) && !page("grief.es.html").contains(banner));
    assert_eq!(
        output.between("patient/handouts/grief.ar.html", "<aside", "</aside>"),
        " class=\"callout warning translation\" aria-labelledby=\"page--translation\">\n\
         <p class=\"callout-title\" id=\"page--translation\">This translation may be out of date</p>\n\
         <p>The original of this page has changed since it was translated. Some of what you read here may no longer be right. If in \
         doubt, ask the person who gave it to you. You can <a href=\"grief.html\" hreflang=\"en-GB\">read the original</a> (<span \
         lang=\"en-GB\">English</span>).</p>\n"
    );
    let output = in_three_languages("translated-from = \"000000000000\"\n", "");
    // Where the code on a Spanish sheet leads: whom to turn to is said in Spanish there, too.
    let now = "Si necesita ayuda ahora";
    assert!(
        output.file("patient/c/HO-GRIEF-ES.html").contains(now)
            && !output.file("patient/c/HO-GRIEF.html").contains(now)
    );
    assert_eq!(
        output.between("patient/handouts/grief.es.html", "<aside", "</aside>"),
        " class=\"callout warning translation\" aria-labelledby=\"page--translation\" lang=\"es\" dir=\"ltr\">\n\
         <p class=\"callout-title\" id=\"page--translation\">Es posible que esta traducción no esté actualizada</p>\n\
         <p>El original de esta página ha cambiado desde que se tradujo. Es posible que parte de lo que lee aquí ya no sea correcto. En \
         caso de duda, pregunte a la persona que le dio esta página. Puede <a href=\"grief.html\" hreflang=\"en-GB\">leer el \
         original</a> (<span lang=\"en-GB\">English</span>).</p>\n"
    );
}

#[test]
fn a_language_that_readers_may_not_see_is_not_shown_to_them() {
    let output = in_three_languages("audience = [\"clinician\"]\ntranslated-from = \"000000000000\"\n", "");
    let patient = languages(&output, "patient/handouts/grief.html").to_owned();
    assert_eq!(links(&patient), [link("English", "grief.html"), link("العربية", "grief.ar.html")]);
    assert_eq!(links(languages(&output, "clinician/handouts/grief.html")).len(), 3);
    for (path, text) in output.0.iter().filter(|(path, _)| path.starts_with("patient/")) {
        assert!(!path.contains("grief.es") && !text.contains("grief.es") && !text.contains("pérdida"), "{path}");
    }
}

#[test]
fn terms_are_looked_for_in_texts_of_their_own_language() {
    let term = "+++\nkind = \"term\"\ntitle = \"IPT\"\n+++\n\nTerapia.\n";
    let spanish = translation("HO-ES", "T", "");
    let files = clinic(&[(SPANISH, &spanish), ("content/glossary/a-first.es.md", term)]);
    let (site, facts) = linked(files);
    let (files, faults) = printed(&site, &plain_theme(&[]), &facts);
    assert_eq!(faults, []);
    let page = &files["patient/handouts/grief.es.html"];
    assert!(
        page.contains("Un role transition es <a class=\"term\" href=\"../glossary/a-first.es.html\">IPT</a>."),
        "{page}"
    );
    let original = &files["patient/handouts/grief.html"];
    assert!(original.contains("href=\"../glossary/role-transition.html\""), "{original}");
}

#[test]
fn a_translation_of_the_home_page_leads_to_it() {
    let home = "+++\nkind = \"page\"\ntitle = \"Bienvenidos\"\n+++\n\nHola.\n";
    let output = render_checked(clinic(&[("content/index.es.md", home)]));
    let expected = [link("English", "index.html"), link("Español", "index.es.html")];
    for page in ["patient/index.html", "patient/index.es.html"] {
        assert_eq!(links(languages(&output, page)), expected);
    }
}
