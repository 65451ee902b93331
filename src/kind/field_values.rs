//! The parsed fields of a record.

use std::sync::Arc;

use super::{CodeValue, FieldIndex, Kind, Money, Name, Row, Value};
use crate::calendar::Date;
use crate::text::{Span, Spanned};

/// A key that is not a field of the kind: kept, shown under 其他, and reported. Its secrecy is 3 (`decisions.md` 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownKey {
    /// As typed.
    pub key: Spanned<Arc<str>>,
    /// The value as written; lists and maps as YAML.
    pub text: Arc<str>,
}

/// One value per field present, in the kind's order, and the unknown keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValues {
    /// The kind.
    pub kind: Arc<Kind>,
    /// Fields present, ascending by index.
    pub values: Vec<(FieldIndex, Value)>,
    /// Unknown keys, in source order.
    pub unknown: Vec<UnknownKey>,
}

impl FieldValues {
    /// No values.
    pub fn new(kind: Arc<Kind>) -> Self {
        FieldValues { kind, values: Vec::new(), unknown: Vec::new() }
    }

    /// A field's value by key. A key that the kind does not have is a bug; a test over all typed keys catches it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let index = self.kind.index_of(key)?;
        let at = self.values.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        Some(&self.values[at].1)
    }

    /// A text value.
    pub fn text(&self, key: &str) -> Option<&Spanned<Arc<str>>> {
        match self.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A list of texts; empty when absent.
    pub fn texts(&self, key: &str) -> &[Spanned<Arc<str>>] {
        match self.get(key) {
            Some(Value::Texts(texts)) => texts,
            Some(Value::Text(text)) => std::slice::from_ref(text),
            _ => &[],
        }
    }

    /// A date value.
    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        match self.get(key)? {
            Value::Date(date) => Some(date.clone()),
            _ => None,
        }
    }

    /// An amount value.
    pub fn money(&self, key: &str) -> Option<Spanned<Money>> {
        match self.get(key)? {
            Value::Money(money) => Some(money.clone()),
            _ => None,
        }
    }

    /// A number value.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Value::Number(number) => Some(number.value),
            _ => None,
        }
    }

    /// A yes/no value.
    pub fn yes_no(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::YesNo(yes) => Some(yes.value),
            _ => None,
        }
    }

    /// Code values; empty when absent.
    pub fn codes(&self, key: &str) -> &[Spanned<CodeValue>] {
        match self.get(key) {
            Some(Value::Codes(codes)) => codes,
            _ => &[],
        }
    }

    /// The first code value.
    pub fn code(&self, key: &str) -> Option<&CodeValue> {
        self.codes(key).first().map(|code| &code.value)
    }

    /// Names; empty when absent.
    pub fn names(&self, key: &str) -> &[Name] {
        match self.get(key) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    /// Rows; empty when absent.
    pub fn rows(&self, key: &str) -> &[Row] {
        match self.get(key) {
            Some(Value::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// The span of a field's value.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.get(key)?.span()
    }
}

/// Equal values of one kind hash alike; spans do not count.
impl std::hash::Hash for FieldValues {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.kind.key.hash(state);
        self.values.hash(state);
        self.unknown.hash(state);
    }
}
