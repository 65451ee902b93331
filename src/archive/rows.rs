//! Access to cells of rows by sub-field key.

use std::sync::Arc;

use crate::calendar::Date;
use crate::kind::{FieldType, Money, Name, Row, Rows, Value};
use crate::record::Record;

/// The shape of a row field.
pub fn shape<'a>(record: &'a Record, field: &str) -> Option<&'a Rows> {
    let index = record.kind.index_of(field)?;
    match &record.kind.field(index).ty {
        FieldType::Rows(rows) => Some(rows),
        _ => None,
    }
}

/// The cell of a sub-field.
pub fn cell<'a>(record: &Record, field: &str, row: &'a Row, key: &str) -> Option<&'a Value> {
    row.cell(shape(record, field)?.index_of(key)?)
}

/// A text, or the word of the first code.
pub fn text(record: &Record, field: &str, row: &Row, key: &str) -> Option<Arc<str>> {
    match cell(record, field, row, key)? {
        Value::Text(text) => Some(text.value.clone()),
        Value::Codes(codes) => codes.first().map(|code| code.value.word.clone()),
        _ => None,
    }
}

/// A day.
pub fn date(record: &Record, field: &str, row: &Row, key: &str) -> Option<Date> {
    match cell(record, field, row, key)? {
        Value::Date(date) => Some(date.value),
        _ => None,
    }
}

/// A number.
pub fn number(record: &Record, field: &str, row: &Row, key: &str) -> Option<i64> {
    match cell(record, field, row, key)? {
        Value::Number(number) => Some(number.value),
        _ => None,
    }
}

/// An amount.
pub fn money(record: &Record, field: &str, row: &Row, key: &str) -> Option<Money> {
    match cell(record, field, row, key)? {
        Value::Money(money) => Some(money.value),
        _ => None,
    }
}

/// Names of a sub-field; empty when absent.
pub fn names<'a>(record: &Record, field: &str, row: &'a Row, key: &str) -> &'a [Name] {
    match cell(record, field, row, key) {
        Some(Value::Names(names)) => names,
        _ => &[],
    }
}

/// The current row: the one with the latest date in `key`. Rows without a date come first; of equal ones the last wins.
pub fn latest<'a>(record: &Record, field: &str, rows: &'a [Row], key: &str) -> Option<&'a Row> {
    rows.iter().enumerate().max_by_key(|(at, row)| (date(record, field, row, key), *at)).map(|(_, row)| row)
}
