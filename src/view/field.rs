//! A record's fields as a table: everything its sheet holds, in the kind's order, nothing raw.

use std::sync::Arc;

use serde::Serialize;

use super::Link;

/// One field. Exactly one of `text`, `items`, `rows` and `body` is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Stable name; for an unknown key, as typed.
    pub key: Arc<str>,
    /// What people call it.
    pub label: Arc<str>,
    /// Word of its secrecy level when it is above 内部, else empty.
    pub mark: Arc<str>,
    /// One value: text, a date, an amount, codes, names.
    pub text: Vec<Link>,
    /// Several texts in order.
    pub items: Vec<Vec<Link>>,
    /// Heads of `rows`.
    pub heads: Vec<Arc<str>>,
    /// Small records.
    pub rows: Vec<FieldRow>,
    /// Markdown: number of the body on this page.
    pub body: Option<usize>,
}

/// A small record inside a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    /// Its box: `done`, `open`, or empty for a row without one.
    pub tick: &'static str,
    /// One cell a head.
    pub cells: Vec<Vec<Link>>,
}
