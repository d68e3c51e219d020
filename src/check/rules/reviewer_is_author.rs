//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// What people put before a name, without dots.
const TITLES: [&str; 9] = ["dr", "med", "prof", "professor", "mr", "mrs", "ms", "miss", "mx"];

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let front_matter = &page.document.front_matter;
    let authors: Vec<String> = front_matter.authors.iter().map(|author| bare(author)).collect();
    let Some(first) = front_matter.reviewers.first() else { return };
    if front_matter.reviewers.iter().all(|reviewer| authors.contains(&bare(&reviewer.name))) {
        let title = quoted(page.title());
        let message = match front_matter.reviewers.len() {
            1 => format!("{}, who reviewed {title}, also wrote it", first.name),
            _ => format!("everybody who reviewed {title} also wrote it"),
        };
        found.push(
            rule.finding(page.at(&first.span), message)
                .hint("Ask somebody else who is fit to judge the page, and add them to `reviewers`."),
        );
    }
}

/// A name without titles, degrees after a comma, dots and capitals, so that it is known again.
fn bare(name: &str) -> String {
    let name = name.split(',').next().unwrap_or_default().to_lowercase().replace('.', " ");
    let words: Vec<&str> = name.split_whitespace().collect();
    let title = words.iter().take_while(|word| TITLES.contains(word)).count();
    words[title..].join(" ")
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_name_is_known_again() {
        for name in ["Dr. A. Example", "Prof Dr med A Example, MD, PhD", "a.  example", "A.Example"] {
            assert_eq!(bare(name), "a example", "{name}");
        }
        for name in ["B. Example", "Alex Example", "Drew Example", ""] {
            assert_ne!(bare(name), "a example", "{name}");
        }
    }
}
