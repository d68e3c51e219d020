//! What a table may hold, found out from the very code that reads it: it is handed a table that has every key it asks for,
//! and what it asks is noted down. So no second list of keys can fall behind.

use std::cell::RefCell;
use std::rc::Rc;

/// What stands in examples where only the author knows the words.
pub(super) const GAP: &str = "…";
/// What stands in examples where a day is wanted.
pub(super) const EXAMPLE_DATE: &str = "2026-11-22";

/// What a table may hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableShape {
    /// The keys in the order in which they are read.
    pub keys: Vec<KeyShape>,
    /// What stands under keys that the author chooses; `None` when there are no such keys.
    pub others: Option<Values>,
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyShape {
    /// As it is written.
    pub name: &'static str,
    /// Whether it has to be there.
    pub is_required: bool,
    /// What it may hold.
    pub values: Values,
}

/// What may stand in one place: one of these. With none, nobody has looked at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Rc<RefCell<Vec<ValueShape>>>);

/// One sort of value.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueShape {
    /// A text that is not empty.
    Text,
    /// One of these words.
    Word(Vec<String>),
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date.
    Date,
    /// A list of such values.
    List(Values),
    /// A table.
    Table(SharedTable),
}

/// A table's shape while it is being found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedTable(Rc<RefCell<TableShape>>);

impl TableShape {
    /// The key of a name, in this table or in one within it.
    pub fn key(&self, name: &str) -> Option<KeyShape> {
        let own = self.keys.iter().find(|key| key.name == name).cloned();
        own.or_else(|| self.keys.iter().find_map(|key| key.values.table()?.key(name)))
    }

    /// How it is written in one line: the keys that it must have, or else the first one. `words` stand for the first text.
    pub(super) fn example(&self, words: &str) -> String {
        let required = self.keys.iter().filter(|key| key.is_required);
        let shown: Vec<&KeyShape> = if self.keys.iter().any(|key| key.is_required) {
            required.collect()
        } else {
            self.keys.iter().take(1).collect()
        };
        let first_text = shown.iter().position(|key| key.values.all().contains(&ValueShape::Text));
        let pairs = shown.iter().enumerate().map(|(at, key)| {
            let words = if Some(at) == first_text { words } else { GAP };
            format!("{} = {}", key.name, key.values.example(words))
        });
        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    }
}

impl Values {
    /// How a value is written; `words` stand for a text.
    pub(super) fn example(&self, words: &str) -> String {
        let first = self.0.borrow().first().cloned();
        match first {
            Some(ValueShape::Word(words)) => format!("\"{}\"", words.first().map_or(GAP, String::as_str)),
            Some(ValueShape::Integer(least, most)) => if (least..=most).contains(&3) { 3 } else { least }.to_string(),
            Some(ValueShape::Number) => "0.6".to_owned(),
            Some(ValueShape::Boolean) => "true".to_owned(),
            Some(ValueShape::Date) => EXAMPLE_DATE.to_owned(),
            Some(ValueShape::List(items)) => format!("[{}]", items.example(words)),
            Some(ValueShape::Table(table)) => table.0.borrow().example(words),
            Some(ValueShape::Text) | None => format!("\"{words}\""),
        }
    }

    /// The table that may stand here, perhaps in a list.
    pub(super) fn table(&self) -> Option<TableShape> {
        self.0.borrow().iter().find_map(|shape| match shape {
            ValueShape::Table(table) => Some(table.shape()),
            ValueShape::List(items) => items.table(),
            _ => None,
        })
    }

    /// What may stand here.
    pub fn all(&self) -> Vec<ValueShape> {
        self.0.borrow().clone()
    }

    /// Notes a sort of value.
    pub(super) fn note(&self, shape: ValueShape) {
        let mut known = self.0.borrow_mut();
        if !known.contains(&shape) {
            known.push(shape);
        }
    }

    /// What a list that stands here may hold.
    pub(super) fn of_list(&self) -> Values {
        let known = self.all().into_iter().find_map(|shape| match shape {
            ValueShape::List(items) => Some(items),
            _ => None,
        });
        known.unwrap_or_else(|| {
            let items = Values::default();
            self.0.borrow_mut().push(ValueShape::List(items.clone()));
            items
        })
    }

    /// What a table that stands here may hold.
    pub(super) fn of_table(&self) -> SharedTable {
        let known = self.all().into_iter().find_map(|shape| match shape {
            ValueShape::Table(table) => Some(table),
            _ => None,
        });
        known.unwrap_or_else(|| {
            let table = SharedTable::default();
            self.0.borrow_mut().push(ValueShape::Table(table.clone()));
            table
        })
    }
}

impl SharedTable {
    /// The shape as far as it is known.
    pub fn shape(&self) -> TableShape {
        self.0.borrow().clone()
    }

    /// What a key may hold.
    pub(super) fn key(&self, name: &'static str) -> Values {
        let mut table = self.0.borrow_mut();
        if let Some(known) = table.keys.iter().find(|key| key.name == name) {
            return known.values.clone();
        }
        let values = Values::default();
        table.keys.push(KeyShape { name, is_required: false, values: values.clone() });
        values
    }

    /// Notes that a key has to be there.
    pub(super) fn require(&self, name: &'static str) {
        self.key(name);
        if let Some(key) = self.0.borrow_mut().keys.iter_mut().find(|key| key.name == name) {
            key.is_required = true;
        }
    }

    /// What stands under keys that the author chooses.
    pub(super) fn others(&self) -> Values {
        self.0.borrow_mut().others.get_or_insert_default().clone()
    }
}
