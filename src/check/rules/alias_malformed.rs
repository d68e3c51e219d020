//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for page in &site.pages {
        for alias in &page.document.front_matter.aliases {
            if let Some((what, hint)) = fault(page.url.as_str(), &alias.value) {
                let message = format!("the alias {} {what}", quoted(&alias.value));
                found.push(rule.finding(page.at(&alias.span), message).hint(hint));
            }
        }
    }
}

/// Why psychoed cannot write a file at an alias, and what to write instead.
fn fault(url: &str, alias: &str) -> Option<(&'static str, String)> {
    let own = || {
        format!(
            "Write it as it was below the edition's folder, such as `\"old/{}\"`.",
            url.rsplit('/').next().unwrap_or(url)
        )
    };
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ' | '(' | ')' | ',' | '~' | '+' | '\'');
    if alias.is_empty() {
        return Some(("is empty", own()));
    }
    if alias.contains("://") {
        let path = alias.splitn(4, '/').nth(3).filter(|path| path.ends_with(".html"));
        let hint = path.map_or_else(own, |path| format!("Leave out the site's own address: write `\"{path}\"`."));
        return Some(("is a whole web address", hint));
    }
    if alias.starts_with('/') {
        return Some(("starts with a slash", format!("Write `\"{}\"`.", alias.trim_start_matches('/'))));
    }
    if alias.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Some(("does not name a place within the site", own()));
    }
    if !alias.chars().all(plain) {
        return Some(("holds a sign that cannot be part of it", own()));
    }
    if !alias.ends_with(".html") {
        return Some((
            "does not end in `.html`",
            format!("Write `\"{}.html\"`.", alias.trim_end_matches(".htm").trim_end_matches(".md")),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_leaves_the_output_folder_passes() {
        for bad in [
            "../../x.html",
            "a/../../b.html",
            "/etc/x.html",
            "%2e%2e%2fx.html",
            "a\\..\\b.html",
            "",
            "C:x.html",
            "a//b.html",
            "./a.html",
            "https://old.example/a.html",
            "a?b.html",
            "a#b.html",
            "a\0b.html",
            "a.md",
            "a/",
        ] {
            assert!(fault("handouts/grief.html", bad).is_some(), "{bad:?}");
        }
        for good in ["a.html", "old/grief.html", "leaflets/Trauer (alt).html", "über.html", "a.b.html"] {
            assert_eq!(fault("handouts/grief.html", good), None, "{good:?}");
        }
    }
}
