//! Finds the `+++` lines, and says what is wrong when they are not there.

use crate::diagnostic::{Diagnostic, Location};
use crate::parse::closed_table::{OLD_MAC_LINES, OLD_MAC_LINES_HINT};
use crate::parse::encoding::Text;
use crate::source::{SitePath, Span};

/// The line above and below the front matter.
pub(super) const FENCE: &str = "+++";

/// A page's front matter as text.
#[derive(Debug)]
pub(super) struct Fenced {
    /// The fence above.
    pub(super) opening: Span,
    /// What stands between the fences.
    pub(super) toml: Span,
    /// The fence below.
    pub(super) closing: Span,
    /// Where the body starts.
    pub(super) body: usize,
}

/// Finds the front matter; when there is none, reports why.
pub(super) fn fenced(path: &SitePath, text: Text<'_>, faults: &mut Vec<Diagnostic>) -> Option<Fenced> {
    let mut lines = lines(text).skip_while(|(_, line)| line.trim().is_empty());
    let Some((start, first)) = lines.next() else {
        faults.push(missing(path, &(0..0), "this page is empty"));
        return None;
    };
    let opening = start..start + first.trim_end().len();
    if let Some(end) = first.trim_end().find('\r') {
        let at = Location::new(path, &(start..start + end));
        faults.push(Diagnostic::error("front-matter-missing", at, OLD_MAC_LINES).hint(OLD_MAC_LINES_HINT));
        return None;
    }
    if first.trim_end() != FENCE {
        faults.push(not_a_fence(path, first, opening));
        return None;
    }
    let toml = start + first.len();
    let mut nearly = None;
    for (at, line) in lines {
        match line.trim_end() {
            FENCE => {
                let closing = at..at + FENCE.len();
                return Some(Fenced { opening, toml: toml..at, closing, body: at + line.len() });
            }
            other if nearly.is_none() && is_nearly_a_fence(other) => nearly = Some(at..at + other.len()),
            _ => {}
        }
    }
    faults.push(unclosed(path, &opening, nearly));
    None
}

fn unclosed(path: &SitePath, opening: &Span, nearly: Option<Span>) -> Diagnostic {
    let at = Location::new(path, opening);
    let fault = Diagnostic::error("front-matter-unclosed", at, "the front matter opened here is never closed");
    match nearly {
        Some(nearly) => fault
            .related(Location::new(path, &nearly), "is this line meant to close it?")
            .hint("Write a line with nothing but `+++` below the last key."),
        None => {
            fault.hint("Write a line with nothing but `+++` below the last key, and the text of the page after it.")
        }
    }
}

/// Every line with its end, and where it starts in the file.
fn lines<'a>(text: Text<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut start = text.start;
    text.all[text.start..].split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line)
    })
}

/// Whether a line looks like a fence that somebody mistyped.
fn is_nearly_a_fence(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 2 && (line.bytes().all(|byte| byte == b'+') || line.bytes().all(|byte| byte == b'-'))
}

fn missing(path: &SitePath, place: &Span, message: &str) -> Diagnostic {
    Diagnostic::error("front-matter-missing", Location::new(path, place), message)
        .hint("A page starts with `+++`, then `kind = \"handout\"` and `title = \"…\"` on lines of their own, then `+++` again.")
}

fn not_a_fence(path: &SitePath, first: &str, place: Span) -> Diagnostic {
    match first.trim() {
        "---" => Diagnostic::error(
            "front-matter-missing",
            Location::new(path, &place),
            "this page starts with `---`, so its front matter would be YAML",
        )
        .hint("psychoed reads TOML: write `+++` in place of both `---` lines, and `key = \"value\"` in place of `key: value`."),
        mistyped if is_nearly_a_fence(mistyped) || mistyped == FENCE => {
            missing(path, &place, "the line above the front matter must be exactly `+++`, at the left edge")
        }
        _ => missing(path, &place, "this page has no front matter"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(all: &str) -> Result<(&str, &str), Box<Diagnostic>> {
        let start = if all.starts_with('\u{feff}') { 3 } else { 0 };
        let mut faults = Vec::new();
        let found = fenced(&SitePath::new("content/a.md"), Text { all, start }, &mut faults);
        let Some(found) = found else { return Err(Box::new(faults.remove(0))) };
        assert_eq!((&all[found.opening], &all[found.closing]), (FENCE, FENCE));
        Ok((&all[found.toml], &all[found.body..]))
    }

    fn fault(all: &str) -> (String, &str) {
        let fault = find(all).unwrap_err();
        (format!("{}: {}", fault.rule, fault.message), &all[fault.at.span.start..fault.at.span.end])
    }

    #[test]
    fn fences_are_found_whatever_the_line_ends() {
        assert_eq!(find("+++\na = 1\n+++\nBody\n").unwrap(), ("a = 1\n", "Body\n"));
        assert_eq!(find("\u{feff}+++\r\na = 1\r\n+++  \r\nBody\r\n").unwrap(), ("a = 1\r\n", "Body\r\n"));
        assert_eq!(find("\n\n+++\n+++").unwrap(), ("", ""));
    }

    #[test]
    fn a_page_without_front_matter_says_so_at_its_first_line() {
        assert_eq!(fault("").0, "front-matter-missing: this page is empty");
        assert_eq!(fault(" \n\t\n").0, "front-matter-missing: this page is empty");
        assert_eq!(fault("\n# Grief\n"), ("front-matter-missing: this page has no front matter".to_owned(), "# Grief"));
        assert_eq!(
            fault("---\r\ntitle: x\r\n---\r\n"),
            ("front-matter-missing: this page starts with `---`, so its front matter would be YAML".to_owned(), "---")
        );
        assert!(fault("++++\n").0.ends_with("must be exactly `+++`, at the left edge"));
        assert!(fault(" +++\n+++\n").0.ends_with("must be exactly `+++`, at the left edge"));
    }

    #[test]
    fn line_ends_of_old_macs_are_named() {
        let message = "front-matter-missing: the lines of this file end as on very old Macs, so that all of it is read as one line";
        assert_eq!(fault("+++\rkind = \"page\"\r+++\r\rTalk.\r"), (message.to_owned(), "+++"));
        assert_eq!(fault("\u{feff}# Grief\rTalk.\rMore.\n").0, message);
        assert_eq!(
            find("+++\r+++\r").unwrap_err().hint.unwrap(),
            "Save it with other line ends: editors call them “LF” or “Unix”, and have them in the bar at the bottom, as “Line Endings” \
             or in “Save as”."
        );
    }

    #[test]
    fn an_unclosed_fence_is_reported_where_it_opens() {
        let text = format!("+++\ntitle = \"x\"\n{}", "words\n".repeat(300));
        let expected = "front-matter-unclosed: the front matter opened here is never closed".to_owned();
        assert_eq!(fault(&text), (expected, "+++"));
        let text = "+++\ntitle = \"x\"\n++\nBody\n";
        let fault = find(text).unwrap_err();
        assert_eq!(fault.related[0].1, "is this line meant to close it?");
        assert_eq!(&text[fault.related[0].0.span.start..fault.related[0].0.span.end], "++");
    }
}
