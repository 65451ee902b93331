//! Secrecy level of the text at a position.

use crate::kind::{FieldType, FieldValues, Row, Rows, Value};
use crate::text::Span;

/// Level of the field value at `at`; `None` if no field is there.
pub(super) fn level_at(fields: &FieldValues, at: Span) -> Option<u8> {
    let mut found: Option<u8> = None;
    for (index, value) in &fields.values {
        let field = fields.kind.field(*index);
        let level = match (&field.ty, value) {
            (FieldType::Rows(rows), Value::Rows(all)) => {
                all.iter().filter(|row| contains(row.span, at)).map(|row| row_level(rows, row, at).max(field.secrecy)).max()
            }
            (_, value) => value_contains(value, at).then_some(field.secrecy),
        };
        found = found.max(level);
    }
    found
}

/// Level of a position in a row: the maximum of the row's level and that of the cell. Between cells, that of the most
/// secret column, because the owner of the text is unknown.
fn row_level(rows: &Rows, row: &Row, at: Span) -> u8 {
    let cell = row.cells.iter().find(|(_, value)| value_contains(value, at)).map(|(index, _)| rows.field(*index).secrecy);
    let any = || rows.fields.iter().map(|field| field.secrecy).max().unwrap_or(0);
    cell.unwrap_or_else(any).max(rows.source_secrecy(row))
}

fn value_contains(value: &Value, at: Span) -> bool {
    match value {
        Value::Text(text) => contains(text.span, at),
        Value::Texts(all) => all.iter().any(|text| contains(text.span, at)),
        Value::Prose(all) => all.iter().any(|text| contains(text.span, at)),
        Value::Names(all) => all.iter().any(|name| contains(name.span, at)),
        Value::Rows(all) => all.iter().any(|row| contains(row.span, at)),
        _ => value.span().is_some_and(|span| contains(span, at)),
    }
}

/// Whether `inner` lies within `outer`.
pub(super) fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
