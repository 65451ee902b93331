//! Field values derived from the names of the file and its folder.

use super::{DocumentSource, FieldFiller};
use crate::calendar::{Date, Period, parse_date, parse_month, parse_period};
use crate::diag::{Code, Diagnostic};
use crate::kind::normalize::is_han;
use crate::kind::{Field, FieldType, Kind, Name, NameId, NameMark, Value};
use crate::text::{Span, Spanned};
use crate::yaml::{EntryValue, YamlNode};

impl FieldFiller<'_, '_> {
    /// Fills fields that default to the file's name, and reports values that contradict the name.
    pub(super) fn defaults(&mut self) {
        let start = Span::new(self.source.file, 0, 0);
        for (at, field) in self.kind.fields.iter().enumerate() {
            let Some(name) = named_by_file(field, self.source) else { continue };
            let Some(value) = value_from_name(&field.ty, name, start) else { continue };
            let said = &mut self.said[at];
            match &said.value {
                None => said.value = Some(value),
                // Two spellings of a name may mean the same person; only the archive can tell.
                Some(there) if !matches!(there, Value::Text(_) | Value::Names(_)) && *there != value => {
                    let span = there.span().unwrap_or(start);
                    let shown = shown(&value);
                    let diagnostics =
                        Diagnostic::new(Code::DateDiffersFromName, span).with("field", &field.label).with("name", shown);
                    self.reader.diagnostics.push(diagnostics);
                }
                Some(_) => {}
            }
        }
    }
}

/// The file or folder name that a field defaults to.
pub(super) fn named_by_file<'a>(field: &Field, source: &DocumentSource<'a>) -> Option<&'a str> {
    if field.from_stem {
        return Some(source.stem);
    }
    field.from_folder.then(|| source.place.id.rsplit('/').nth(1)).flatten()
}

/// The first and last reference day for dates without a year: the record's own day from its field 日期 or its file name;
/// for a plan or a month, the days of its period.
pub(super) fn record_days(kind: &Kind, source: &DocumentSource<'_>) -> Option<(Date, Date)> {
    let dated = |field: &&Field| matches!(field.ty, FieldType::Date { .. } | FieldType::Period | FieldType::Month);
    let own = kind.fields.iter().find(|field| &*field.key == "date" && matches!(field.ty, FieldType::Date { .. }));
    let named = kind.fields.iter().filter(dated).find(|field| field.from_stem || field.from_folder);
    own.and_then(|field| days_of(field, source)).or_else(|| days_of(named?, source))
}

/// The days a field gives: from its written value, else from the name it defaults to.
fn days_of(field: &Field, source: &DocumentSource<'_>) -> Option<(Date, Date)> {
    let written = source.entries.iter().find(|entry| field.is_called(entry.key.value)).and_then(|entry| match &entry.told {
        EntryValue::Line(line) => Some(line.value.trim()),
        EntryValue::Node(YamlNode::Scalar(text)) => Some(text.value.trim()),
        _ => None,
    });
    let period = |period: Period| (period.first(), period.last());
    let days = |text: &str| match field.ty {
        FieldType::Date { .. } => parse_date(text, None).ok().map(|day| (day, day)),
        FieldType::Period => parse_period(text).ok().map(period),
        _ => parse_month(text).ok().map(|month| (month.first(), month.last())),
    };
    let by_name = || {
        Some(match value_from_name(&field.ty, named_by_file(field, source)?, Span::new(source.file, 0, 0))? {
            Value::Date(date) => (date.value, date.value),
            Value::Period(found) => period(found.value),
            Value::Month(month) => (month.value.first(), month.value.last()),
            _ => return None,
        })
    };
    written.and_then(days).or_else(by_name)
}

/// The value of a field of type `ty` in a file name.
fn value_from_name(ty: &FieldType, stem: &str, span: Span) -> Option<Value> {
    Some(match ty {
        FieldType::Date { .. } => Value::Date(Spanned::new(date_of_name(stem)?, span)),
        FieldType::Month => Value::Month(Spanned::new(parse_month(stem).ok()?, span)),
        FieldType::Period => Value::Period(Spanned::new(parse_period(stem).ok()?, span)),
        FieldType::Names { many: false, .. } => {
            let text = leading_name(stem).into();
            Value::Names(vec![Name { id: NameId(0), text, note: None, mark: NameMark::None, span }])
        }
        FieldType::Text => {
            // `王磊（处长）` distinguishes namesakes; the name is 王磊.
            let name = stem.split(['（', '(']).next().unwrap_or(stem).trim();
            let name = if name.is_empty() { stem } else { name };
            Value::Text(Spanned::new(name.into(), span))
        }
        _ => return None,
    })
}

/// A value from a file name as shown in diagnostics.
fn shown(value: &Value) -> String {
    match value {
        Value::Date(day) => day.value.to_string(),
        Value::Month(month) => month.value.to_string(),
        Value::Period(period) => period.value.to_string(),
        Value::Names(names) => names.iter().map(|name| &*name.text).collect(),
        Value::Text(text) => text.value.to_string(),
        _ => String::new(),
    }
}

/// The person a file is named after: 周岚 for `周岚 11-18` and `周岚-2`.
fn leading_name(stem: &str) -> &str {
    let end = stem.find(|c| !is_han(c) && c != '·').filter(|end| *end > 0);
    let end = end.or_else(|| stem.find(['（', '('])).unwrap_or(stem.len());
    let name = stem[..end].trim();
    if name.is_empty() { stem } else { name }
}

/// The day at the start of a file name: `2026-11-20`, `20261120 下午`, `2026-11-20-2`.
pub(super) fn date_of_name(stem: &str) -> Option<Date> {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '_' | '年' | '月' | '日');
    let run = &stem[..stem.find(|c| !mark(c)).unwrap_or(stem.len())];
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| (8..=17).contains(end));
    // `2026-04-31` does not exist; it must not be read as `2026-04-3`.
    let whole = |end: &usize| !run[*end..].starts_with(|c: char| c.is_ascii_digit());
    ends.collect::<Vec<_>>().into_iter().rev().filter(whole).find_map(|end| parse_date(&run[..end], None).ok())
}
