//! What the name of a file says of its fields.

use super::{Filler, Source};
use crate::calendar::{Date, read_date, read_month, read_period};
use crate::diag::{Code, Diagnostic};
use crate::kind::{FieldType, Kind, Value};
use crate::text::{Span, Spanned};
use crate::yaml::{Node, Told};

impl Filler<'_, '_> {
    /// Fields that take their default from the file's name; a day that differs from the name's is reported.
    pub(super) fn defaults(&mut self) {
        let start = Span::new(self.source.file, 0, 0);
        for (at, field) in self.kind.fields.iter().enumerate().filter(|(_, field)| field.from_stem) {
            let Some((value, shown)) = from_stem(&field.ty, self.source.stem, start) else { continue };
            let said = &mut self.said[at];
            match &said.value {
                None => said.value = Some(value),
                Some(there) if !matches!(there, Value::Text(_)) && *there != value => {
                    let span = there.span().unwrap_or(start);
                    let news = Diagnostic::new(Code::DateDiffersFromName, span).with("field", &field.label).with("name", shown);
                    self.reader.news.push(news);
                }
                Some(_) => {}
            }
        }
    }
}

/// The day dates without a year are told from: the record's own, of its fields or its file's name; of a plan, the first day
/// of its period.
pub(super) fn record_day(kind: &Kind, source: &Source<'_>) -> Option<Date> {
    let at = kind.fields.iter().position(|field| {
        field.from_stem && matches!(field.ty, FieldType::Date { .. } | FieldType::Period | FieldType::Month)
    })?;
    let field = &kind.fields[at];
    let written = source.entries.iter().find(|entry| field.is_called(&entry.key.value)).and_then(|entry| match &entry.told {
        Told::Line(line) => Some(line.value.trim()),
        Told::Node(Node::Scalar(text)) => Some(text.value.trim()),
        _ => None,
    });
    let day = |text: &str| match field.ty {
        FieldType::Date { .. } => read_date(text, None).ok(),
        FieldType::Period => read_period(text).ok().map(|period| period.first()),
        _ => read_month(text).ok().map(|month| month.first()),
    };
    let named = from_stem(&field.ty, source.stem, Span::new(source.file, 0, 0)).and_then(|(value, _)| match value {
        Value::Date(date) => Some(date.value),
        Value::Period(period) => Some(period.value.first()),
        Value::Month(month) => Some(month.value.first()),
        _ => None,
    });
    written.and_then(day).or(named)
}

/// What a file's name says of a field, and how that is shown.
fn from_stem(ty: &FieldType, stem: &str, span: Span) -> Option<(Value, String)> {
    Some(match ty {
        FieldType::Date { .. } => {
            let day = date_of_name(stem)?;
            (Value::Date(Spanned::new(day, span)), day.to_string())
        }
        FieldType::Month => {
            let month = read_month(stem).ok()?;
            (Value::Month(Spanned::new(month, span)), month.to_string())
        }
        FieldType::Period => {
            let period = read_period(stem).ok()?;
            (Value::Period(Spanned::new(period, span)), period.to_string())
        }
        FieldType::Text => {
            // `王磊（处长）` tells two of one name apart; the name is 王磊.
            let name = stem.split(['（', '(']).next().unwrap_or(stem).trim();
            let name = if name.is_empty() { stem } else { name };
            (Value::Text(Spanned::new(name.into(), span)), name.to_owned())
        }
        _ => return None,
    })
}

/// The day a file's name begins with: `2026-11-20`, `20261120 下午`, `2026-11-20-2`.
pub(super) fn date_of_name(stem: &str) -> Option<Date> {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '_' | '年' | '月' | '日');
    let run = &stem[..stem.find(|c| !mark(c)).unwrap_or(stem.len())];
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| (8..=17).contains(end));
    // `2026-04-31` is no day, and not the 3rd of April either.
    let whole = |end: &usize| !run[*end..].starts_with(|c: char| c.is_ascii_digit());
    ends.collect::<Vec<_>>().into_iter().rev().filter(whole).find_map(|end| read_date(&run[..end], None).ok())
}
