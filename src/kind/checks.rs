//! Whole-record checks and numbering: totals, months, item numbers, name ids, secrecy.

use std::sync::Arc;

use super::{Field, FieldIndex, FieldType, FieldValues, Kind, Money, Name, NameId, Need, Row, Value};
use crate::calendar::Month;
use crate::diag::{Code, Diagnostic};
use crate::text::{Span, Spanned};

/// Reports a total that differs from the sum of its rows. Skipped when a row has no amount or an amount is approximate.
pub(super) fn check_totals(fields: &FieldValues, diagnostics: &mut Vec<Diagnostic>) {
    let kind = &fields.kind;
    for field in &kind.fields {
        let Some((rows_key, column)) = &field.total_of else { continue };
        let (Some(Value::Money(total)), Some(Value::Rows(rows))) = (fields.get(&field.key), fields.get(rows_key)) else {
            continue;
        };
        let Some(FieldType::Rows(shape)) = kind.index_of(rows_key).map(|index| &kind.field(index).ty) else { continue };
        let Some(column) = shape.index_of(column) else { continue };
        let amounts: Option<Vec<Money>> = rows
            .iter()
            .map(|row| match row.cell(column) {
                Some(Value::Money(money)) => Some(money.value),
                _ => None,
            })
            .collect();
        let Some(amounts) = amounts else { continue };
        if total.value.approximate || amounts.iter().any(|money| money.approximate) {
            continue;
        }
        let sum = Money { fen: amounts.iter().map(|money| money.fen).sum(), approximate: false };
        if sum != total.value {
            let found = Diagnostic::new(Code::TotalDiffers, total.span);
            diagnostics.push(found.with("field", &field.label).with("total", total.value).with("sum", sum));
        }
    }
}

/// Reports rows of a month's file dated in another month, where readers would look for them.
pub(super) fn check_months(fields: &FieldValues, diagnostics: &mut Vec<Diagnostic>) {
    let kind = &fields.kind;
    let Some(index) = kind.main_rows else { return };
    let Some(Value::Month(month)) = fields.get("month") else { return };
    let (field, FieldType::Rows(shape)) = (kind.field(index), &kind.field(index).ty) else { return };
    // An optional date may lie in another month: a report may tell of something heard earlier.
    let needed = |at: &FieldIndex| shape.field(*at).need == Need::Required;
    let Some(date) = shape.index_of("date").filter(needed) else { return };
    for row in fields.rows(&field.key) {
        if let Some(Value::Date(day)) = row.cell(date)
            && Month::of(day.value) != month.value
        {
            let found = Diagnostic::new(Code::DateDiffersFromName, day.span).variant("month");
            diagnostics.push(found.with("date", day.value).with("month", month.value));
        }
    }
}

/// Numbers the open items in source order, skipping those that refer to another item.
pub(super) fn number_items(kind: &Kind, values: &mut [(FieldIndex, Value)]) {
    let mut items: Vec<&mut Row> = Vec::new();
    for (index, value) in values {
        let FieldType::Rows(rows) = &kind.field(*index).ty else { continue };
        if let (true, Value::Rows(found)) = (rows.items, value) {
            items.extend(found.iter_mut().filter(|row| row.refers.is_none()));
        }
    }
    items.sort_by_key(|row| row.span.start);
    for (at, row) in items.into_iter().enumerate() {
        row.ordinal = u16::try_from(at + 1).ok();
    }
}

/// Numbers the names in the order of the fields.
pub(crate) fn number_names(values: &mut [(FieldIndex, Value)]) {
    fn number(value: &mut Value, next: &mut u16) {
        let give = |names: &mut Vec<Name>, next: &mut u16| {
            for name in names {
                name.id = NameId(*next);
                *next = next.saturating_add(1);
            }
        };
        match value {
            Value::Names(names) => give(names, next),
            Value::Rows(rows) => {
                for row in rows {
                    row.cells.iter_mut().for_each(|(_, value)| number(value, next));
                    give(&mut row.tail, next);
                }
            }
            _ => {}
        }
    }
    let mut next = 0;
    values.iter_mut().for_each(|(_, value)| number(value, &mut next));
}

/// The record's own secrecy (密级). An unreadable value counts as 3, the highest (`decisions.md` 4).
pub(super) fn own_secrecy(fields: &FieldValues, diagnostics: &mut [Diagnostic]) -> Option<u8> {
    let label = fields.kind.index_of("secrecy").map(|index| fields.kind.field(index).label.clone())?;
    if let Some(code) = fields.code("secrecy") {
        return code.code.parse().ok().or(Some(3));
    }
    let unread = fields.unknown.iter().find(|unknown| unknown.key.value == label)?;
    for found in diagnostics.iter_mut().filter(|found| found.span == unread.key.span) {
        let text = unread.text.clone();
        let place = found.span;
        let help = std::mem::take(&mut found.help);
        *found = Diagnostic::new(Code::BadSecrecy, place).with("text", text);
        found.help = help;
    }
    Some(3)
}

/// The secrecy level at `span` in a field's value: the field's own, or that of its cell or row source if higher.
pub(super) fn secrecy_at(field: &Field, value: Option<&Value>, span: Span) -> u8 {
    let FieldType::Rows(shape) = &field.ty else { return field.secrecy };
    let row = match value {
        Some(Value::Rows(rows)) => rows.iter().find(|row| row.span.start <= span.start && span.end <= row.span.end),
        _ => None,
    };
    match row {
        Some(row) => {
            let within = |value: &Value| value.span().is_some_and(|at| at.start <= span.start && span.end <= at.end);
            let cell = row.cells.iter().find(|(_, value)| within(value));
            let cell = cell.map_or(0, |(index, _)| shape.field(*index).secrecy);
            field.secrecy.max(cell).max(shape.source_secrecy(row))
        }
        None if shape.arrow => 3,
        None => field.secrecy,
    }
}

/// Calls `each` for every text in a value.
pub(super) fn for_each_text(value: &Value, each: &mut dyn FnMut(&Spanned<Arc<str>>)) {
    match value {
        Value::Text(text) => each(text),
        Value::Texts(texts) => texts.iter().for_each(each),
        Value::Rows(rows) => rows.iter().flat_map(|row| &row.cells).for_each(|(_, value)| for_each_text(value, each)),
        _ => {}
    }
}
