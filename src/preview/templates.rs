//! psychoed's own templates, and the one way in which words become HTML here.

use std::io::Write;
use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Tera};

use crate::render::html::escape;
use crate::report::turns_text;

/// Each template by name. They are parts of psychoed, so a theme cannot break what says how the theme is broken.
const SOURCES: &[(&str, &str)] = &[
    ("alone.html", include_str!("assets/alone.html")),
    ("bar.html", include_str!("assets/bar.html")),
    ("components.html", include_str!("assets/components.html")),
    ("explanation.html", include_str!("assets/explanation.html")),
    ("head.html", include_str!("assets/head.html")),
    ("index.html", include_str!("assets/index.html")),
    ("notice.html", include_str!("assets/notice.html")),
    ("own.html", include_str!("assets/own.html")),
    ("panel.html", include_str!("assets/panel.html")),
];

static TEMPLATES: LazyLock<Result<Tera, tera::Error>> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    tera.set_escape_fn(write_escaped);
    tera.add_raw_templates(SOURCES.iter().copied())?;
    Ok(tera)
});

/// Renders a template, whose one variable is `view`.
pub fn render(template: &str, view: &impl Serialize) -> String {
    let rendered = TEMPLATES.as_ref().map_err(ToString::to_string).and_then(|tera| {
        let mut context = Context::new();
        context.insert("view", view);
        tera.render(template, &context).map_err(|fault| fault.to_string())
    });
    // Tests render every template. Should one fail all the same, the writer's work goes on with one part missing.
    rendered.unwrap_or_else(|fault| {
        let mut html = "<pre>psychoed could not show this part: ".to_owned();
        escaped(&fault, &mut html);
        html + "</pre>"
    })
}

fn write_escaped(words: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut html = String::with_capacity(words.len());
    escaped(words, &mut html);
    out.write_all(html.as_bytes())
}

/// Writes words so that they are safe between tags and within quotes, and cannot reorder what stands around them: characters
/// that change the direction of text are written out, since somebody looking for a fault has to see them.
fn escaped(words: &str, out: &mut String) {
    let mut written = 0;
    for (at, character) in words.char_indices().filter(|(_, character)| turns_text(*character)) {
        escape::quoted(&words[written..at], out);
        out.push_str(&format!("[U+{:04X}]", character as u32));
        written = at + character.len_utf8();
    }
    escape::quoted(&words[written..], out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_parses() {
        assert_eq!(TEMPLATES.as_ref().map(|_| ()).map_err(ToString::to_string), Ok(()));
    }

    #[test]
    fn words_can_neither_leave_quotes_nor_turn_their_surroundings() {
        let mut out = String::new();
        escaped("<script>'\"&\u{202E}cba\u{2069}\u{0}</script>", &mut out);
        assert_eq!(out, "&lt;script&gt;&#39;&quot;&amp;[U+202E]cba[U+2069]&lt;/script&gt;");
    }
}
