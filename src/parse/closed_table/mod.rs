//! A TOML table with a closed set of keys, read with every fault at its place.
//!
//! `toml::from_str` stops at the first fault and speaks to programmers. Here a table is taken apart key by key: each key that is
//! asked for becomes known, each wrong value becomes a finding that shows the right form, and [`ClosedTable::finish`] reports
//! whatever nobody asked for.

mod dates;
mod field;
mod lookalikes;
mod meaning;
mod shape;
mod syntax;

use std::cell::{Cell, RefCell};
use std::fmt;

use jiff::civil::Date;
use toml::de::DeTable;

pub use field::Field;
pub use shape::{KeyShape, TableShape, ValueShape, Values};
pub use syntax::{OLD_MAC_LINES, OLD_MAC_LINES_HINT};

use crate::diagnostic::{Diagnostic, Location, meant_for_certain, nearest};
use crate::source::{SitePath, Span, Spanned};
use shape::SharedTable;

/// What is particular to one kind of file: the names of its faults, and its keys.
#[derive(Debug)]
pub struct Schema {
    /// The text is not TOML, or gives a key twice.
    pub syntax: &'static str,
    /// A key that does not exist.
    pub key_unknown: &'static str,
    /// A required key that is not there.
    pub key_missing: &'static str,
    /// A value of the wrong type, or an impossible one.
    pub wrong_type: &'static str,
    /// A word that is not in its closed list.
    pub value_unknown: &'static str,
    /// The keys that stand outside of all groups. TOML gives a key to the group above it, so these are easily misplaced.
    pub top_keys: &'static [&'static str],
}

/// Where a text of TOML comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The file.
    pub path: &'a SitePath,
    /// Where in the file the text starts.
    pub offset: usize,
    /// What it is to hold.
    pub schema: &'static Schema,
}

/// Reads a text of TOML: `typed` takes the table apart, and every fault is returned beside what it made. A line that is not
/// TOML is reported and left out, so that the rest is still read. `place` stands for the whole table: a missing key is
/// reported there. `wanted` knows what may stand under a key of some name; it is asked only to explain a fault.
pub fn read<T>(
    text: &str,
    origin: Origin<'_>,
    place: Span,
    wanted: Wanted<'_>,
    typed: impl FnOnce(ClosedTable<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let reading = Reading::new(origin, text, wanted);
        let made = typed(ClosedTable::new(&reading, table.into_inner(), place, true));
        return (made, reading.faults.into_inner());
    }
    let recovered = syntax::recover(text, origin, wanted);
    let (table, _) = DeTable::parse_recoverable(&recovered.text);
    let mut broken_keys = recovered.broken_keys;
    broken_keys.extend(keys_at_line_starts(text));
    let reading = Reading { faults: RefCell::new(recovered.faults), broken_keys, ..Reading::new(origin, text, wanted) };
    let made = typed(ClosedTable::new(&reading, table.into_inner(), place, true));
    (made, reading.faults.into_inner())
}

/// Finds out what `typed` would read: it is given the keys in `text`, and every other key that it asks for as well.
pub fn describe(text: &str, schema: &'static Schema, typed: impl Fn(ClosedTable<'_>)) -> TableShape {
    let root = SharedTable::default();
    let path = SitePath::new("");
    // Who asks whether a value is a list may go on in two ways.
    for imagined in [Imagined::Values, Imagined::Lists] {
        let origin = Origin { path: &path, offset: 0, schema };
        let reading = Reading { imagined, ..Reading::new(origin, text, &|_| None) };
        let (table, _) = DeTable::parse_recoverable(text);
        let mut table = ClosedTable::new(&reading, table.into_inner(), 0..0, true);
        table.shape = Some(root.clone());
        typed(table);
    }
    root.shape()
}

/// Knows what may stand under a key of some name.
type Wanted<'w> = &'w dyn Fn(&str) -> Option<KeyShape>;

/// What a key that is not there is taken for, to learn what is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Imagined {
    /// It is not there: somebody's file is read.
    Nothing,
    /// Whatever is asked for, but not a list when somebody asks whether it is one.
    Values,
    /// Whatever is asked for, and a list of one item when somebody asks whether it is one.
    Lists,
}

/// Every word that stands where a key or the name of a group would. A text that is never closed swallows the keys below it;
/// they are not missing.
fn keys_at_line_starts(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(['\n', '\r']).filter_map(|line| {
        let key = match line.trim_start().strip_prefix('[') {
            Some(group) => group.trim_start_matches('[').split([']', '.', ' ']).next()?,
            None => line.split_once('=')?.0,
        };
        Some(lookalikes::visible(key))
    })
}

/// What every part of one text has in common while it is read.
struct Reading<'t> {
    origin: Origin<'t>,
    /// As it was written.
    text: &'t str,
    wanted: Wanted<'t>,
    faults: RefCell<Vec<Diagnostic>>,
    /// Keys on lines that were not TOML, or that such a line has swallowed: what is wrong is reported, so nobody misses them.
    broken_keys: Vec<String>,
    /// The key of the whole table that was asked for last: a fault is one of its value.
    key_read: Cell<Option<&'static str>>,
    /// Keys of the whole table of which a fault was told.
    faulty_keys: RefCell<Vec<&'static str>>,
    imagined: Imagined,
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl<'t> Reading<'t> {
    fn new(origin: Origin<'t>, text: &'t str, wanted: Wanted<'t>) -> Self {
        Self {
            origin,
            text,
            wanted,
            faults: RefCell::default(),
            broken_keys: Vec::new(),
            key_read: Cell::default(),
            faulty_keys: RefCell::default(),
            imagined: Imagined::Nothing,
        }
    }

    /// What stands at a place in the file.
    fn written(&self, span: &Span) -> &'t str {
        let start = span.start.saturating_sub(self.origin.offset);
        self.text.get(start..start + span.len()).unwrap_or_default()
    }

    /// From a place in the text to a place in the file.
    fn in_file(&self, span: Span) -> Span {
        self.origin.offset + span.start..self.origin.offset + span.end
    }

    fn at(&self, span: &Span) -> Location {
        Location::new(self.origin.path, span)
    }

    fn report(&self, fault: Diagnostic) {
        self.note_fault();
        self.faults.borrow_mut().push(fault);
    }

    /// Notes that something is wrong with the key that is being read, and that it is told.
    fn note_fault(&self) {
        self.faulty_keys.borrow_mut().extend(self.key_read.get());
    }
}

/// A table that is being read. What is asked for is taken out of it.
#[derive(Debug)]
pub struct ClosedTable<'t> {
    reading: &'t Reading<'t>,
    entries: DeTable<'t>,
    place: Span,
    known: Vec<&'static str>,
    /// Those of the known keys that the author has written.
    given: Vec<&'static str>,
    is_top: bool,
    /// What has been learnt of it, when that is what it is read for.
    shape: Option<SharedTable>,
}

impl<'t> ClosedTable<'t> {
    fn new(reading: &'t Reading<'t>, entries: DeTable<'t>, place: Span, is_top: bool) -> Self {
        Self { reading, entries, place, known: Vec::new(), given: Vec::new(), is_top, shape: None }
    }

    /// Where the table stands: its header, or the braces around it.
    pub fn place(&self) -> Span {
        self.place.clone()
    }

    /// Whether a key is there and has not been taken out.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Takes a key's value out, whatever it is.
    pub fn field(&mut self, key: &'static str) -> Option<Field<'t>> {
        self.known.push(key);
        if self.is_top {
            self.reading.key_read.set(Some(key));
        }
        let values = self.shape.as_ref().map(|shape| shape.key(key));
        match self.entries.remove_entry(key) {
            Some((name, value)) => {
                self.given.push(key);
                Some(Field::new(self.reading, name.get_ref(), name.span(), value, values))
            }
            None => values.map(|values| Field::imagined(self.reading, key, values)),
        }
    }

    /// Takes a key's value out, and reports its absence. `example` shows how to write it.
    pub fn required(&mut self, key: &'static str, example: &str) -> Option<Field<'t>> {
        self.required_explaining(key, || format!("Add `{key} = {example}`."))
    }

    /// Takes a key's value out, and reports its absence with a hint of its own.
    pub fn required_explaining(&mut self, key: &'static str, hint: impl FnOnce() -> String) -> Option<Field<'t>> {
        if let Some(shape) = &self.shape {
            shape.require(key);
        }
        let field = self.field(key);
        if field.is_none() {
            self.report_missing(key, &hint());
        }
        field.map(Field::required)
    }

    /// Reports that a key is missing, unless it stands on a line that could not be read.
    pub fn report_missing(&self, key: &str, hint: &str) {
        if !self.reading.broken_keys.iter().any(|broken| broken == key) {
            self.reading.report(self.missing(key).hint(hint));
        }
    }

    fn missing(&self, key: &str) -> Diagnostic {
        let at = self.reading.at(&self.place);
        Diagnostic::error(self.reading.origin.schema.key_missing, at, format!("`{key}` is missing"))
    }

    /// Takes back that a key is missing: it is there, by a wrong name.
    fn is_not_missing(&self, key: &str) {
        let missing = self.missing(key);
        let is_it = |fault: &Diagnostic| {
            (fault.rule, &fault.at, &fault.message) == (missing.rule, &missing.at, &missing.message)
        };
        self.reading.faults.borrow_mut().retain(|fault| !is_it(fault));
    }

    /// Reports an impossible value.
    pub fn report_impossible(&self, span: &Span, message: impl Into<String>, hint: impl Into<String>) {
        let schema = self.reading.origin.schema;
        self.reading.report(Diagnostic::error(schema.wrong_type, self.reading.at(span), message).hint(hint));
    }

    /// Reports a value outside its closed list.
    pub fn report_unknown(&self, span: &Span, message: impl Into<String>, hint: impl Into<String>) {
        let schema = self.reading.origin.schema;
        self.reading.report(Diagnostic::error(schema.value_unknown, self.reading.at(span), message).hint(hint));
    }

    /// Reports a value that was given before and may be given only once.
    pub fn report_again(&self, again: &Span, first: &Span, message: String) {
        let rule = self.reading.origin.schema.value_unknown;
        let fault = Diagnostic::error(rule, self.reading.at(again), message)
            .related(self.reading.at(first), "given here first")
            .hint("Change one of the two.");
        self.reading.report(fault);
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.field(key)?.text()
    }

    /// A text that must be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.required(key, "\"…\"")?.text()
    }

    /// A list of texts; empty when the key is missing.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        self.field(key).map(Field::texts).unwrap_or_default()
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<i64> {
        self.field(key)?.integer(i64::MIN..=i64::MAX)
    }

    /// A whole number of at least one.
    pub fn count(&mut self, key: &'static str) -> Option<i64> {
        self.field(key)?.integer(1..=i64::MAX)
    }

    /// A number.
    pub fn number(&mut self, key: &'static str) -> Option<f64> {
        self.field(key)?.number()
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        self.field(key)?.boolean()
    }

    /// A date.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        self.field(key)?.date()
    }

    /// A word out of a closed list.
    pub fn word(&mut self, key: &'static str, words: &[&'static str]) -> Option<&'static str> {
        self.field(key)?.word(words).map(|word| word.value)
    }

    /// A table within this one.
    pub fn table(&mut self, key: &'static str) -> Option<ClosedTable<'t>> {
        self.field(key)?.table()
    }

    /// A list of tables; empty when the key is missing.
    pub fn tables(&mut self, key: &'static str) -> Vec<ClosedTable<'t>> {
        self.field(key).map(Field::tables).unwrap_or_default()
    }

    /// Takes out everything that is left, in the order of the file: for tables whose keys are names that the author chose.
    pub fn named_fields(&mut self) -> Vec<(Spanned<String>, Field<'t>)> {
        if let Some(shape) = &self.shape {
            let name = "name";
            let field = Field::imagined(self.reading, name, shape.others());
            return vec![(Spanned::new(name.to_owned(), 0..0), field)];
        }
        self.left()
    }

    fn left(&mut self) -> Vec<(Spanned<String>, Field<'t>)> {
        let mut fields: Vec<_> = std::mem::take(&mut self.entries)
            .into_iter()
            .map(|(name, value)| {
                let key = Spanned::new(name.get_ref().to_string(), self.reading.in_file(name.span()));
                (key, Field::new(self.reading, name.get_ref(), name.span(), value, None))
            })
            .collect();
        fields.sort_by_key(|(name, _)| name.span.start);
        fields
    }

    /// Takes a key out unread: somebody else has reported what hinders reading it.
    pub fn leave(&mut self, key: &'static str) {
        self.known.push(key);
        if self.entries.remove(key).is_some() {
            self.given.push(key);
        }
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        self.finish_explaining(|_| None);
    }

    /// Reports every key that nobody asked for; `explain` may know why somebody would write it. Returns the keys of the whole
    /// table that are told to be faulty so far: one of them may be written and yet have no value, so nobody has to ask for it.
    pub fn finish_explaining(mut self, explain: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let schema = self.reading.origin.schema;
        for (key, _) in self.left() {
            let misplaced = self.misplaced(&key.value);
            let meant = nearest(&key.value, self.known.iter().copied());
            if self.is_top {
                self.reading.key_read.set(meant);
            }
            self.reading.faulty_keys.borrow_mut().extend(misplaced);
            if let Some(meant) = meant {
                self.is_not_missing(meant);
            }
            let reason = explain(&key.value).or_else(|| misplaced.map(explain_misplaced));
            let certain = if reason.is_none() { self.meant_for_certain(&key) } else { None };
            let mut hint = match reason {
                Some(reason) => format!("{reason} "),
                None => meant.map(|meant| format!("Did you mean `{meant}`? ")).unwrap_or_default(),
            };
            hint.push_str(&format!("The keys here are {}.", quoted(&self.known)));
            let message = format!("`{}` is not a key that psychoed knows here", key.value);
            let at = self.reading.at(&key.span);
            let fault = Diagnostic::error(schema.key_unknown, at.clone(), message).hint(hint);
            self.reading.report(match certain {
                Some(meant) => {
                    self.given.push(meant);
                    fault.fixed_by(at, meant)
                }
                None => fault,
            });
        }
        let faulty = self.reading.faulty_keys.borrow();
        faulty.iter().map(|key| (*key).to_owned()).chain(self.reading.broken_keys.iter().cloned()).collect()
    }

    /// The key that a misspelt one must be, unless the table has it already. A misspelt group stays: its header may stand in
    /// several places.
    fn meant_for_certain(&self, key: &Spanned<String>) -> Option<&'static str> {
        let meant = meant_for_certain(&key.value, self.known.iter().copied())?;
        let offset = self.reading.origin.offset;
        let rest = self.reading.text.get(key.span.start - offset..)?.strip_prefix(key.value.as_str())?;
        (rest.trim_start_matches([' ', '\t']).starts_with('=') && !self.given.contains(&meant)).then_some(meant)
    }

    /// A key of the file itself that stands below the header of a group.
    fn misplaced(&self, key: &str) -> Option<&'static str> {
        let top_keys = self.reading.origin.schema.top_keys.iter().filter(|_| !self.is_top);
        top_keys.copied().find(|top_key| *top_key == key)
    }
}

fn explain_misplaced(key: &str) -> String {
    format!("Every key below a line in square brackets belongs to that group: move `{key}` above the first of them.")
}

/// Words as messages list them.
pub fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
