//! How a library stands, as a table for people.

use jiff::civil::Date;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Report, grade, standing};
use crate::content::KindName;
use crate::content::front_matter::Scores;
use crate::diagnostic::Tally;
use crate::diagnostic::tally::counted;
use crate::report::turns_text;
use crate::site::Status;
use crate::site::translation::Standing;
use crate::status::{Entry, Read};

/// How wide the table is.
const WIDTH: usize = 80;
/// What stands where there is nothing to say.
const NOTHING: &str = "–";
/// How wide a column of ids may get.
const WIDEST_ID: usize = 14;
/// Columns of a fixed width, and the gap behind each. The title has what is left.
const VERSION: usize = 7;
const DUE: usize = 10;
const GRADE: usize = 5;
const GAP: usize = 2;

pub(super) fn write(report: &Report<'_>) -> String {
    let entries = &report.library.entries;
    let mut text = String::new();
    if report.due_by.is_none() {
        for of_kind in entries.chunk_by(|one, other| one.kind() == other.kind()) {
            let title = of_kind.first().and_then(Entry::kind).map_or("Pages that cannot be read", KindName::plural);
            text.push_str(&format!("{title} ({})\n{}\n", of_kind.len(), Table::of(of_kind, report.today).text()));
        }
    } else if !entries.is_empty() {
        text.push_str(&Table::of(entries, report.today).text());
        text.push('\n');
    }
    text.push_str(&summary(report));
    text
}

/// `1e 2w 3n`: errors, warnings and notes.
fn findings(tally: Tally) -> String {
    let counts = [(tally.errors, "e"), (tally.warnings, "w"), (tally.notes, "n")];
    let words: Vec<String> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, letter)| format!("{number}{letter}")).collect();
    if words.is_empty() { NOTHING.to_owned() } else { words.join(" ") }
}

struct Table<'a> {
    entries: &'a [Entry],
    today: Date,
    /// How wide the column of ids is.
    id: usize,
    /// How wide the column of findings is.
    findings: usize,
}

impl<'a> Table<'a> {
    fn of(entries: &'a [Entry], today: Date) -> Self {
        let ids = entries.iter().filter_map(|entry| entry.read.as_ref()?.id.as_ref()).map(|id| id.width());
        let findings = entries.iter().map(|entry| findings(entry.findings).width());
        Self {
            entries,
            today,
            id: ids.max().unwrap_or_default().clamp("Id".len(), WIDEST_ID),
            findings: findings.max().unwrap_or_default().max("Findings".len()),
        }
    }

    fn text(&self) -> String {
        let head = self.row(["Id", "Title", "Version", "Due", "Grade", "Findings"]);
        self.entries.iter().fold(head, |text, entry| text + &self.entry(entry))
    }

    fn row(&self, [id, title, version, due, grade, findings]: [&str; 6]) -> String {
        let title_width = WIDTH.saturating_sub(self.id + VERSION + DUE + GRADE + self.findings + 5 * GAP);
        let cells = [
            filled(id, self.id),
            filled(title, title_width),
            filled(version, VERSION),
            filled(due, DUE),
            filled_before(grade, GRADE),
            findings.to_owned(),
        ];
        format!("{}\n", cells.join(&" ".repeat(GAP)).trim_end())
    }

    /// What a page's row says, and below it when it was reviewed, where it belongs what it was scored at and how its translations stand.
    fn entry(&self, entry: &Entry) -> String {
        let Some(read) = &entry.read else {
            return self.row([NOTHING, entry.path.as_str(), NOTHING, NOTHING, NOTHING, &findings(entry.findings)]);
        };
        let version = read.version.as_deref().unwrap_or(NOTHING);
        let due = entry.due().map_or(NOTHING.to_owned(), |due| due.to_string());
        let grade = grade(entry).map_or(NOTHING.to_owned(), |grade| format!("{grade:.1}"));
        let id = read.id.as_deref().unwrap_or(NOTHING);
        let mut text = self.row([id, &entry.title, version, &due, &grade, &findings(entry.findings)]);
        for line in wrapped(&self.more(entry, read), WIDTH - self.id - GAP) {
            text.push_str(&format!("{}{line}\n", " ".repeat(self.id + GAP)));
        }
        text
    }

    /// What there is to say besides the row, what matters most first.
    fn more(&self, entry: &Entry, read: &Read) -> Vec<String> {
        let mut more = Vec::new();
        more.extend(match read.status {
            Status::Published => None,
            Status::Draft => Some("draft".to_owned()),
            Status::NotYet(day) => Some(format!("from {day}")),
            Status::Expired(day) => Some(format!("withdrawn {day}")),
        });
        if entry.is_overdue(self.today) {
            more.push("overdue".to_owned());
        }
        more.extend(read.reviewed.map(|day| format!("reviewed {day}")));
        let scores = read.scores.iter().flat_map(Scores::given);
        more.extend(scores.map(|(what, percent)| format!("{what} {percent} %")));
        if let Some((_, stands)) = &read.translates {
            more.push(format!("{} translation{}", read.language, aside(*stands)));
        }
        more.extend(read.translations.iter().map(|(language, _, stands)| format!("{language}{}", aside(*stands))));
        more.extend((!read.phases.is_empty()).then(|| read.phases.join(", ")));
        more.extend((!read.focal_areas.is_empty()).then(|| read.focal_areas.join(", ")));
        more
    }
}

/// A translation that says what its original says needs no word.
fn aside(stands: Standing) -> String {
    if stands == Standing::Current { String::new() } else { format!(" ({})", standing(stands)) }
}

fn summary(report: &Report<'_>) -> String {
    let entries = &report.library.entries;
    let overdue = entries.iter().filter(|entry| entry.is_overdue(report.today)).count();
    let mut lines = Vec::new();
    match report.due_by {
        Some((day, others)) => {
            lines.push(format!("{} to review by {day}, {overdue} of them overdue", counted(entries.len(), "page")));
            lines.extend(without_day(others));
        }
        None => {
            lines.push(format!("{}, {overdue} overdue", counted(entries.len(), "page")));
            lines.extend(without_day(report.library.without_day()));
        }
    }
    if !entries.is_empty() {
        lines.push("Findings: e errors, w warnings, n notes; what is waived is not counted".to_owned());
        lines.push("Grade: years of school that its readers need".to_owned());
    }
    if let Some(gaps) = report.gaps() {
        lines.push(if gaps.is_empty() { "\nNo gaps".to_owned() } else { format!("\n{}", counted(gaps.len(), "gap")) });
        lines.extend(gaps.iter().map(|gap| format!("  {}", gap.words(report.config))));
    }
    lines.join("\n") + "\n"
}

fn without_day(pages: usize) -> Option<String> {
    let verb = if pages == 1 { "has" } else { "have" };
    (pages > 0).then(|| format!("{} that should be reviewed {verb} no day for it", counted(pages, "page")))
}

/// Words with dots between them, in as many lines as they need.
fn wrapped(words: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let word = fitted(word, width);
        match lines.last_mut() {
            Some(line) if line.width() + 3 + word.width() <= width => *line = format!("{line} · {word}"),
            _ => lines.push(word),
        }
    }
    lines
}

/// Words cut to a width, with a mark where something is left out. What a terminal could take for an order is a space.
fn fitted(words: &str, width: usize) -> String {
    let clean: String = words.chars().map(|c| if is_harmful(c) { ' ' } else { c }).collect();
    if clean.width() <= width {
        return clean;
    }
    let mut cut = String::new();
    for character in clean.graphemes(true) {
        if cut.width() + character.width() + 1 > width {
            break;
        }
        cut.push_str(character);
    }
    format!("{}…", cut.trim_end())
}

/// Whether a character moves the cursor, or turns the direction of what follows.
fn is_harmful(character: char) -> bool {
    character.is_control() || turns_text(character) || matches!(character, '\u{200e}' | '\u{200f}')
}

/// Words cut to a width or followed by spaces.
fn filled(words: &str, width: usize) -> String {
    let fitted = fitted(words, width);
    let space = width.saturating_sub(fitted.width());
    fitted + &" ".repeat(space)
}

/// Words cut to a width or with spaces before them, as numbers stand.
fn filled_before(words: &str, width: usize) -> String {
    let fitted = fitted(words, width);
    " ".repeat(width.saturating_sub(fitted.width())) + &fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_by_what_a_terminal_shows() {
        for (words, width, shown) in [
            ("Grief", 5, "Grief"),
            ("Grief and loss", 7, "Grief…"),
            ("抑郁症的治疗", 7, "抑郁症…"),
            ("e\u{301}te\u{301} e\u{301}te\u{301}", 4, "e\u{301}te\u{301}…"),
            ("a\u{1b}[31m\u{202e}b", 20, "a [31m b"),
            ("Grief", 0, "…"),
        ] {
            assert_eq!(fitted(words, width), shown);
        }
        let words = ["Grief".to_owned(), "Loss".to_owned(), "A long word".to_owned()];
        assert_eq!(wrapped(&words, 12), ["Grief · Loss", "A long word"]);
        assert_eq!(wrapped(&words, 7), ["Grief", "Loss", "A long…"]);
        assert_eq!(filled("郁", 4), "郁  ");
        assert_eq!(filled_before("6.2", 5), "  6.2");
    }
}
