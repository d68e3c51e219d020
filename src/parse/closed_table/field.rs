//! One value of a table, and what to say when it is not what was wanted.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use toml::de::{DeInteger, DeTable, DeValue};
use toml::value::Datetime;

use super::meaning::{escaped, joined, numbers};
use super::shape::{EXAMPLE_DATE, ValueShape, Values};
use super::{ClosedTable, Imagined, Reading, dates, quoted};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Span, Spanned};

/// A value with the key it was given for.
#[derive(Debug)]
pub struct Field<'t> {
    reading: &'t Reading<'t>,
    key: String,
    key_span: Span,
    value: DeValue<'t>,
    span: Span,
    within_list: bool,
    is_required: bool,
    /// What has been learnt of it, when that is what it is read for.
    shape: Option<Values>,
    /// Whether nobody wrote it.
    is_imagined: bool,
}

impl<'t> Field<'t> {
    pub(super) fn new(
        reading: &'t Reading<'t>,
        key: &str,
        key_span: Span,
        value: toml::Spanned<DeValue<'t>>,
        shape: Option<Values>,
    ) -> Self {
        let span = reading.in_file(value.span());
        let key_span = reading.in_file(key_span);
        let (key, value) = (key.to_owned(), value.into_inner());
        Self { reading, key, key_span, value, span, within_list: false, is_required: false, shape, is_imagined: false }
    }

    /// A value that nobody wrote, to learn what is done with it.
    pub(super) fn imagined(reading: &'t Reading<'t>, key: &str, shape: Values) -> Self {
        let (key, value) = (key.to_owned(), DeValue::Boolean(false));
        Self {
            reading,
            key,
            key_span: 0..0,
            value,
            span: 0..0,
            within_list: false,
            is_required: false,
            shape: Some(shape),
            is_imagined: true,
        }
    }

    /// Notes what was asked for. Whether there is nothing to answer with.
    fn is_only_asked_for(&self, shape: impl FnOnce() -> ValueShape) -> bool {
        if let Some(values) = &self.shape {
            values.note(shape());
        }
        self.is_imagined
    }

    /// The same of a key that must be there.
    pub(super) fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// Where the value stands.
    pub fn span(&self) -> Span {
        self.span.clone()
    }

    /// How many items the value has; `None` when it is not a list.
    pub fn item_count(&self) -> Option<usize> {
        match &self.value {
            _ if self.is_imagined => (self.reading.imagined == Imagined::Lists).then_some(1),
            DeValue::Array(items) => Some(items.len()),
            _ => None,
        }
    }

    /// A text that says something.
    pub fn text(self) -> Option<Spanned<String>> {
        if self.is_only_asked_for(|| ValueShape::Text) {
            return None;
        }
        let DeValue::String(text) = &self.value else {
            self.wrong_type("text in quotation marks", &format!("\"{}\"", self.as_words("…")));
            return None;
        };
        let text = if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_string() };
        if text.trim().is_empty() {
            let hint = match (self.within_list, self.is_required) {
                (true, _) => "Write something, or delete the item.",
                (false, true) => "Write something between the quotation marks.",
                (false, false) => "Write something, or delete the line.",
            };
            self.impossible(format!("`{}` is empty", self.key), hint);
            return None;
        }
        if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            let message =
                format!("`{}` holds a character that cannot be printed (U+{:04X})", self.key, u32::from(control));
            self.impossible(message, "Delete it and write the text again.");
            return None;
        }
        Some(Spanned::new(text, self.span))
    }

    /// A list of texts.
    pub fn texts(self) -> Vec<Spanned<String>> {
        let example = format!("[\"{}\"]", self.as_words("…"));
        self.items("a list of texts", &example).into_iter().filter_map(Field::text).collect()
    }

    /// A whole number within bounds.
    pub fn integer(self, bounds: RangeInclusive<i64>) -> Option<i64> {
        if self.is_only_asked_for(|| ValueShape::Integer(*bounds.start(), *bounds.end())) {
            return None;
        }
        let DeValue::Integer(written) = &self.value else {
            let numbers = numbers(self.written());
            let meant = if self.within_list || numbers.len() == 1 { joined(&numbers) } else { None };
            let example = if bounds.contains(&3) { 3 } else { *bounds.start() };
            self.wrong_number("a whole number", meant, &example.to_string());
            return None;
        };
        match whole(written) {
            Some(number) if bounds.contains(&number) => Some(number),
            Some(number) => {
                let hint = match (bounds.start(), bounds.end()) {
                    (least, &i64::MAX) => format!("It must be {least} or more."),
                    (least, most) => format!("It must be from {least} to {most}."),
                };
                self.impossible(format!("`{}` cannot be {number}", self.key), hint);
                None
            }
            None => {
                self.impossible(format!("`{}` is a number too large to work with", self.key), "Check the digits.");
                None
            }
        }
    }

    /// A number, with or without decimals.
    pub fn number(self) -> Option<f64> {
        if self.is_only_asked_for(|| ValueShape::Number) {
            return None;
        }
        let number = match &self.value {
            DeValue::Integer(written) => whole(written).map(|number| number as f64),
            DeValue::Float(written) => written.as_str().parse::<f64>().ok(),
            _ => {
                let words = self.as_words("");
                let meant = words.trim().parse::<f64>().is_ok_and(f64::is_finite).then(|| words.trim().to_owned());
                self.wrong_number("a number", meant, "0.6");
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            self.impossible(format!("`{}` is not a number that can be shown", self.key), "Check the digits.");
        }
        number
    }

    /// `true` or `false`.
    pub fn boolean(self) -> Option<Spanned<bool>> {
        if self.is_only_asked_for(|| ValueShape::Boolean) {
            return None;
        }
        let DeValue::Boolean(value) = self.value else {
            let meant = matches!(self.as_words("").to_lowercase().as_str(), "true" | "yes" | "on" | "1");
            self.wrong_type("`true` or `false`", &meant.to_string());
            return None;
        };
        Some(Spanned::new(value, self.span))
    }

    /// A date without a time.
    pub fn date(self) -> Option<Spanned<Date>> {
        if self.is_only_asked_for(|| ValueShape::Date) {
            return None;
        }
        match &self.value {
            value if is_no_date(value) => {
                let (message, hint) = dates::impossible(self.written());
                self.impossible(message, hint);
                None
            }
            DeValue::Datetime(Datetime { date: Some(date), time: None, offset: None }) => {
                let date = Date::new(
                    i16::try_from(date.year).ok()?,
                    i8::try_from(date.month).ok()?,
                    i8::try_from(date.day).ok()?,
                );
                date.ok().map(|date| Spanned::new(date, self.span))
            }
            DeValue::Datetime(Datetime { date: Some(date), .. }) => {
                self.wrong_type("a date alone", &date.to_string());
                None
            }
            _ => {
                const WANTED: &str = "a date (year-month-day, without quotation marks)";
                match dates::meant(self.written()) {
                    Some(date) => self.wrong_type(WANTED, &date.to_string()),
                    None => self.report_type(
                        WANTED,
                        format!("Write it as year-month-day, such as `{} = {EXAMPLE_DATE}`.", self.key),
                    ),
                }
                None
            }
        }
    }

    /// A word out of a closed list.
    pub fn word<'w>(self, words: &[&'w str]) -> Option<Spanned<&'w str>> {
        if self.is_only_asked_for(|| ValueShape::Word(words.iter().map(|&word| word.to_owned()).collect())) {
            return None;
        }
        if !matches!(self.value, DeValue::String(_)) {
            self.wrong_type("a word in quotation marks", &format!("\"{}\"", words.first().copied().unwrap_or("…")));
            return None;
        }
        let (reading, key) = (self.reading, self.key.clone());
        let text = Field { shape: None, ..self }.text()?;
        if let Some(word) = words.iter().find(|word| **word == text.value) {
            return Some(Spanned::new(word, text.span));
        }
        let meant = nearest(&text.value, words.iter().copied());
        let mut hint = meant.map(|meant| format!("Did you mean `{meant}`? ")).unwrap_or_default();
        hint.push_str(&match words {
            [only] => format!("It can only be `{only}`."),
            _ => format!("It can be {}.", quoted(words)),
        });
        let message = format!("`{key}` cannot be “{}”", text.value);
        reading
            .report(Diagnostic::error(reading.origin.schema.value_unknown, reading.at(&text.span), message).hint(hint));
        None
    }

    /// A list of texts of which these are the known ones. Whether others are faults is for the caller to say.
    pub fn texts_among(self, known: &[&str]) -> Vec<Spanned<String>> {
        let example = format!("[\"{}\"]", self.as_words("…"));
        let items = self.items("a list of texts", &example);
        let text = |item: Field<'t>| {
            if item.is_only_asked_for(|| ValueShape::Word(known.iter().map(|&word| word.to_owned()).collect())) {
                return None;
            }
            Field { shape: None, ..item }.text()
        };
        items.into_iter().filter_map(text).collect()
    }

    /// A list of words out of a closed list.
    pub fn words<'w>(self, words: &[&'w str]) -> Vec<Spanned<&'w str>> {
        let example = format!("[\"{}\"]", self.as_words(words.first().copied().unwrap_or("…")));
        self.items("a list of words", &example).into_iter().filter_map(|item| item.word(words)).collect()
    }

    /// One word out of a closed list, or a list of such words.
    pub fn word_or_words<'w>(self, words: &[&'w str]) -> Vec<Spanned<&'w str>> {
        if self.item_count().is_some() { self.words(words) } else { self.word(words).into_iter().collect() }
    }

    /// A list's items; `wanted` and `example` say what the list is for.
    pub fn items(self, wanted: &str, example: &str) -> Vec<Field<'t>> {
        let shape = self.shape.as_ref().map(Values::of_list);
        if let (true, Some(shape)) = (self.is_imagined, &shape) {
            return vec![Field { within_list: true, ..Field::imagined(self.reading, &self.key, shape.clone()) }];
        }
        let Field { reading, key, key_span, value: DeValue::Array(items), .. } = self else {
            self.wrong_type(wanted, example);
            return Vec::new();
        };
        items
            .into_iter()
            .map(|item| {
                let span = reading.in_file(item.span());
                let (key, key_span, shape) = (key.clone(), key_span.clone(), shape.clone());
                Field {
                    reading,
                    key,
                    key_span,
                    span,
                    value: item.into_inner(),
                    within_list: true,
                    is_required: false,
                    shape,
                    is_imagined: false,
                }
            })
            .collect()
    }

    /// A list of whole numbers within bounds.
    pub fn integers(self, bounds: RangeInclusive<i64>) -> Vec<i64> {
        let example = match self.item_count() {
            Some(_) => String::new(),
            None => format!("[{}]", joined(&numbers(self.written())).as_deref().unwrap_or("1, 2, 3")),
        };
        let items = self.items("a list of whole numbers", &example).into_iter();
        items.filter_map(|item| item.integer(bounds.clone())).collect()
    }

    /// A table.
    pub fn table(self) -> Option<ClosedTable<'t>> {
        let shape = self.shape.as_ref().map(Values::of_table);
        if self.is_imagined {
            return Some(ClosedTable { shape, ..ClosedTable::new(self.reading, DeTable::new(), 0..0, false) });
        }
        let Field { reading, value: DeValue::Table(entries), span, .. } = self else {
            let group = self.as_group(&self.as_words("…"));
            match self.within_list {
                true => self.wrong_type("a group of keys", &group),
                false => self.report_type(
                    "a group of keys",
                    format!("Write its keys in braces, such as `{} = {group}`.", self.key),
                ),
            }
            return None;
        };
        Some(ClosedTable { shape, ..ClosedTable::new(reading, entries, span, false) })
    }

    /// A list of tables.
    pub fn tables(self) -> Vec<ClosedTable<'t>> {
        if !self.is_imagined && !self.holds_a_group() {
            match &self.value {
                DeValue::Table(_) if self.written().starts_with('[') => self.report_type(
                    "a list of groups",
                    format!("Write `[[{}]]` on a line of its own before each group, and its keys below it.", self.key),
                ),
                DeValue::Table(_) => self.wrong_type("a list of groups", &format!("[{}]", self.written())),
                _ => self.wrong_type("a list of groups", &self.as_groups()),
            }
            return Vec::new();
        }
        self.items("a list of groups", "").into_iter().filter_map(Field::table).collect()
    }

    /// Whether the value is a list of groups, perhaps with other items among them, or an empty list.
    fn holds_a_group(&self) -> bool {
        let DeValue::Array(items) = &self.value else { return false };
        items.is_empty() || items.iter().any(|item| item.get_ref().is_table())
    }

    /// The value as it was written.
    fn written(&self) -> &'t str {
        self.reading.written(&self.span)
    }

    fn wrong_number(&self, wanted: &str, meant: Option<String>, example: &str) {
        match meant {
            Some(meant) => self.wrong_type(wanted, &meant),
            None if self.within_list => self.report_type(wanted, format!("Write {wanted}, such as `{example}`.")),
            None => self.report_type(wanted, format!("Write {wanted}, such as `{} = {example}`.", self.key)),
        }
    }

    fn wrong_type(&self, wanted: &str, example: &str) {
        let hint = match self.within_list {
            true => format!("Write `{example}`."),
            false => format!("Write `{} = {example}`.", self.key),
        };
        self.report_type(wanted, hint);
    }

    fn report_type(&self, wanted: &str, hint: String) {
        let written = format!("`{}`", self.written());
        let got = if is_no_date(&self.value) { &written } else { type_in_words(&self.value) };
        let message = match self.within_list {
            true => format!("an item of `{}` must be {wanted}, but this is {got}", self.key),
            false => format!("`{}` must be {wanted}, but this is {got}", self.key),
        };
        let place = if self.span.is_empty() { &self.key_span } else { &self.span };
        let at = self.reading.at(place);
        self.reading.report(Diagnostic::error(self.reading.origin.schema.wrong_type, at, message).hint(hint));
    }

    fn impossible(&self, message: String, hint: impl Into<String>) {
        let schema = self.reading.origin.schema;
        self.reading.report(Diagnostic::error(schema.wrong_type, self.reading.at(&self.span), message).hint(hint));
    }

    /// The value as plain words, for the corrected example; `otherwise` when it has none.
    fn as_words(&self, otherwise: &str) -> String {
        match &self.value {
            DeValue::String(text) if !text.trim().is_empty() && !text.contains(['\n', '"', '\\']) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Datetime(date) if date.date.is_some() => date.to_string(),
            DeValue::Array(items) if items.len() == 1 => match items[0].get_ref() {
                DeValue::String(text) => text.to_string(),
                _ => otherwise.to_owned(),
            },
            _ => otherwise.to_owned(),
        }
    }

    /// A group for this key in one line, in which `words` stand for the first text.
    fn as_group(&self, words: &str) -> String {
        let group = (self.reading.wanted)(&self.key).and_then(|key| key.values.table());
        group.map_or_else(|| "{ … }".to_owned(), |group| group.example(words))
    }

    /// The value as a list of groups, one for each text in it.
    fn as_groups(&self) -> String {
        let text = |value: &DeValue<'_>| Some(escaped(value.as_str()?.trim())).filter(|text| !text.is_empty());
        let mut texts: Vec<String> = match &self.value {
            DeValue::Array(items) => items.iter().filter_map(|item| text(item.get_ref())).collect(),
            value => text(value).into_iter().collect(),
        };
        if texts.is_empty() {
            texts.push("…".to_owned());
        }
        let groups: Vec<String> = texts.iter().map(|text| self.as_group(text)).collect();
        format!("[{}]", groups.join(", "))
    }
}

/// Whether a value looked like a date and is none: it is left without anything.
fn is_no_date(value: &DeValue<'_>) -> bool {
    matches!(value, DeValue::Datetime(Datetime { date: None, time: None, offset: None }))
}

fn whole(written: &DeInteger<'_>) -> Option<i64> {
    let shown = written.to_string();
    let radix = match shown.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 10,
    };
    i64::from_str_radix(written.as_str(), radix).ok()
}

fn type_in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(Datetime { date: None, .. }) => "a time",
        DeValue::Datetime(Datetime { time: None, .. }) => "a date",
        DeValue::Datetime(_) => "a date with a time",
        DeValue::Array(items) if !items.is_empty() && items.iter().all(|item| item.get_ref().is_str()) => {
            "a list of texts"
        }
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a group of keys",
    }
}
