//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::check::works::words_at;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

/// How many pages a range may have whose end leaves out digits: `1123-32` means 1123 to 1132, but `123-99` is a slip.
const ABBREVIATED_AT_MOST: u32 = 60;

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for work in site.bibliography.works.values() {
        for field in work.written("page") {
            for range in field.value.split([',', ';']).map(str::trim) {
                let Some((first, last)) = reversed(range) else { continue };
                let at = words_at(site, work, field, range).unwrap_or_else(|whole| whole);
                let message = format!("the pages {} of {} end before they start", quoted(range), quoted(&work.key));
                let hint =
                    format!("Look both numbers up in the work. If they have changed places, write `{last}-{first}`.");
                found.push(rule.finding(at, message).hint(hint));
            }
        }
    }
}

/// The two ends of a range whose second one lies before the first.
fn reversed(range: &str) -> Option<(&str, &str)> {
    let cut = range.find(['-', '–', '—'])?;
    let (first, rest) = range.split_at(cut);
    let last = rest.trim_start_matches(['-', '–', '—']);
    let (first, last) = (first.trim(), last.trim());
    let ((before, from, behind), (other_before, to, other_behind)) = (numbered(first)?, numbered(last)?);
    let same_series =
        (other_before.is_empty() || other_before == before) && (other_behind.is_empty() || other_behind == behind);
    let (start, end) = (from.parse::<u32>().ok()?, to.parse::<u32>().ok()?);
    if !same_series || end >= start {
        return None;
    }
    let is_abbreviated = to.len() < from.len() && {
        let whole: u32 = format!("{}{to}", &from[..from.len() - to.len()]).parse().ok()?;
        whole >= start && whole - start <= ABBREVIATED_AT_MOST
    };
    (!is_abbreviated).then_some((first, last))
}

/// `S37`, `29S`, `e123`: the number of a page with what stands before and behind it.
fn numbered(page: &str) -> Option<(&str, &str, &str)> {
    let start = page.find(|c: char| c.is_ascii_digit())?;
    let end = start + page[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(page.len() - start);
    let (before, behind) = (&page[..start], &page[end..]);
    let is_letters = |part: &str| part.len() <= 4 && part.chars().all(char::is_alphabetic);
    (is_letters(before) && is_letters(behind)).then_some((before, &page[start..end], behind))
}

#[cfg(test)]
mod tests {
    use super::reversed;

    #[test]
    fn only_ranges_that_run_backwards_are_told() {
        for fine in [
            "1093--1099",
            "1123-32",
            "1123–1132",
            "29S-37S",
            "29S-S37",
            "S29-S37",
            "e12-e19",
            "12",
            "iv-xi",
            "xi-iv",
            "7-7",
            "1099-103",
            "10.1-9",
            "",
            "-",
            "CD001-2",
            "99999999999-1",
            "1998-2-1",
        ] {
            assert_eq!(reversed(fine), None, "{fine}");
        }
        for (range, first, last) in [
            ("123-99", "123", "99"),
            ("580--573", "580", "573"),
            ("S37-S29", "S37", "S29"),
            ("321–17", "321", "17"),
            ("37S-29S", "37S", "29S"),
        ] {
            assert_eq!(reversed(range), Some((first, last)));
        }
    }
}
