//! The page that explains a rule, as `psychoed explain` prints it.

use pulldown_cmark::{Options, Parser, html};
use serde::Serialize;

use super::head::{Run, head};
use super::{address, templates};
use crate::check::rules::RULES;

/// The explanation of a rule; `None` when there is no rule of that name.
pub fn page(rule: &str, run: Run) -> Option<Vec<u8>> {
    let rule = RULES.iter().find(|known| known.name == rule)?;
    // Rules' pages are parts of psychoed, so their Markdown is trusted.
    let mut body = String::with_capacity(rule.docs.len() * 2);
    html::push_html(&mut body, Parser::new_ext(rule.docs, Options::ENABLE_TABLES));
    Some(rendered(rule.name, body, run))
}

/// A list of all rules.
pub fn list(run: Run) -> Vec<u8> {
    let mut markdown = "# Rules\n\nWhat psychoed looks for.\n\n".to_owned();
    for rule in RULES {
        markdown.push_str(&format!("- [{}]({}): {}\n", rule.name, address::rule(rule.name), rule.summary));
    }
    let mut body = String::new();
    html::push_html(&mut body, Parser::new(&markdown));
    rendered("Rules", body, run)
}

fn rendered(title: &str, body: String, run: Run) -> Vec<u8> {
    #[derive(Serialize)]
    struct View<'a> {
        title: &'a str,
        body: String,
        index: &'static str,
        rules: &'static str,
        style: &'static str,
        head: String,
    }
    let view = View {
        title,
        body,
        index: address::INDEX,
        rules: address::RULES,
        style: address::PAGES_STYLE,
        head: head(run),
    };
    templates::render("explanation.html", &view).into_bytes()
}
