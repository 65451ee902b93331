//! Field values as text and JSON, without loss.

use serde_json::{Map, Value as Json};

use super::Environment;
use crate::diag::SourceLookup;
use crate::i18n::Catalog;
use crate::kind::{Field, FieldType, Name, NameMark, ProseRange, Row, Rows, Value};
use crate::text::Span;

/// Width of the terminal that is standard output, if it is one.
pub(super) fn width(env: &Environment) -> Option<usize> {
    let size = env.out.terminal.then(terminal_size::terminal_size)??;
    Some(usize::from(size.0.0)).filter(|width| *width > 20)
}

/// Context for rendering values.
#[derive(Clone, Copy)]
pub(super) struct ValueRenderer<'a> {
    pub sources: &'a dyn SourceLookup,
    pub words: &'a Catalog,
}

impl ValueRenderer<'_> {
    /// A value on one line.
    pub fn text(&self, field: &Field, value: &Value) -> String {
        match (value, &field.ty) {
            (Value::Texts(texts), _) => joined(texts.iter().map(|text| text.value.to_string()), "；"),
            (Value::Prose(ranges), _) => self.prose(ranges).split_whitespace().collect::<Vec<_>>().join(" "),
            (Value::YesNo(yes), _) => self.words.get(if yes.value { "cli.yes" } else { "cli.no" }).to_owned(),
            (Value::Codes(codes), _) => joined(codes.iter().map(|code| code.value.shown()), "、"),
            (Value::Names(names), _) => joined(names.iter().map(name), "、"),
            (Value::Rows(rows), FieldType::Rows(shape)) => {
                joined(rows.iter().map(|row| joined(self.cells(shape, row).into_iter().map(|(_, text)| text), " · ")), "；")
            }
            (value, _) => single(value),
        }
    }

    /// A value for programs: texts as displayed, lists as arrays, rows as objects.
    pub fn json(&self, field: &Field, value: &Value) -> Json {
        match (value, &field.ty) {
            (Value::Number(number), _) => number.value.into(),
            (Value::YesNo(yes), _) => yes.value.into(),
            (Value::Texts(texts), _) => texts.iter().map(|text| text.value.to_string()).collect::<Vec<_>>().into(),
            (Value::Prose(ranges), _) => self.prose(ranges).into(),
            (Value::Codes(codes), FieldType::Code { many: false, .. }) if codes.len() == 1 => codes[0].value.shown().into(),
            (Value::Codes(codes), _) => codes.iter().map(|code| code.value.shown()).collect::<Vec<_>>().into(),
            (Value::Names(names), FieldType::Names { many: false, .. }) if names.len() == 1 => name(&names[0]).into(),
            (Value::Names(names), _) => names.iter().map(name).collect::<Vec<_>>().into(),
            (Value::Rows(rows), FieldType::Rows(shape)) => {
                rows.iter().map(|row| self.row(shape, row)).collect::<Vec<_>>().into()
            }
            (value, _) => single(value).into(),
        }
    }

    fn row(&self, shape: &Rows, row: &Row) -> Json {
        let mut object = Map::new();
        for (index, value) in &row.cells {
            if let Some(field) = shape.fields.get(usize::from(index.0)) {
                object.insert(field.key.to_string(), self.json(field, value));
            }
        }
        if let Some(tick) = row.tick {
            // Not `done`: that is the column with the date.
            object.insert("ticked".to_owned(), tick.into());
        }
        if let Some(refers) = &row.refers {
            object.insert("item".to_owned(), refers.value.to_string().into());
        }
        if !row.tail.is_empty() {
            object.insert("tail".to_owned(), row.tail.iter().map(name).collect::<Vec<_>>().into());
        }
        object.into()
    }

    fn cells(&self, shape: &Rows, row: &Row) -> Vec<(String, String)> {
        let tick = row.tick.map(|tick| ("done".to_owned(), if tick { "☑" } else { "☐" }.to_owned()));
        let cells = row.cells.iter().filter_map(|(index, value)| {
            let field = shape.fields.get(usize::from(index.0))?;
            Some((field.key.to_string(), self.text(field, value)))
        });
        let refers = row.refers.iter().map(|number| ("item".to_owned(), format!("〔{}〕", number.value)));
        let tail = row.tail.iter().map(|token| ("tail".to_owned(), name(token)));
        tick.into_iter().chain(cells).chain(refers).chain(tail).collect()
    }

    fn prose(&self, ranges: &[ProseRange]) -> String {
        let spans: Vec<Span> = ranges.iter().map(|range| range.span).collect();
        self.markdown(&spans)
    }

    /// Ranges of a file's text, joined.
    pub fn markdown(&self, spans: &[Span]) -> String {
        let text = spans.first().and_then(|span| self.sources.source(span.file));
        let parts = spans.iter().filter_map(|span| text.as_ref()?.1.get(span.range()));
        joined(parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()), "\n\n")
    }
}

fn single(value: &Value) -> String {
    match value {
        Value::Text(text) => text.value.to_string(),
        Value::Date(date) => date.value.to_string(),
        Value::Month(month) => month.value.to_string(),
        Value::Period(period) => period.value.to_string(),
        Value::Loose(loose) => loose.value.written.clone(),
        Value::Birthday(birthday) => birthday.value.written.clone(),
        Value::Money(money) => money.value.to_string(),
        Value::Number(number) => number.value.to_string(),
        // Other values are rendered with their field.
        _ => String::new(),
    }
}

/// A name as written, with its mark and bracket.
fn name(name: &Name) -> String {
    let mark = if name.mark == NameMark::To { "对" } else { "" };
    match &name.note {
        Some(note) => format!("{mark}{}（{note}）", name.text),
        None => format!("{mark}{}", name.text),
    }
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}
