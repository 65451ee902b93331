//! Test helpers: parse a file from path and text, and show its fields and diagnostics as text.

use std::fmt::Write;

use super::{DocumentSource, Field, FieldType, FillResult, Kinds, Value, fill};
use crate::markdown::outline;
use crate::text::{FileId, Lines, Span};
use crate::yaml::{self, KeyKind};

/// Fills the fields of a file.
pub(super) fn fill_file(path: &str, text: &str) -> FillResult {
    filled_with(&Kinds::official(), path, text)
}

/// As [`filled`], with a company's kinds.
pub(super) fn filled_with(kinds: &Kinds, path: &str, text: &str) -> FillResult {
    let file = FileId(7);
    let path = path.into();
    let place = kinds.match_path(&path).expect("a path that matches a kind");
    let kind = kinds.get(&place.kind).expect("a shipped kind").clone();
    let (front, body) = match text.strip_prefix("---\n").and_then(|rest| rest.find("---\n")) {
        Some(end) => (4..4 + end, 4 + end + 4),
        None => (0..0, 0),
    };
    let known = |key: &str| match kind.names(key) {
        Some(index) if kind.field(index).takes_line() => KeyKind::Line,
        Some(_) => KeyKind::Yaml,
        None => KeyKind::No,
    };
    let front = yaml::read(text, Span::new(file, front.start, front.end), &known);
    assert!(front.diagnostics.is_empty(), "the front matter of a test is sound: {:?}", front.diagnostics);
    let outline = outline(text, Span::new(file, body, text.len()));
    let source = DocumentSource { text, file, place: &place, stem: path.stem(), entries: &front.entries, outline: &outline };
    fill(kinds, &kind, &source)
}

/// All fields, one per line; a row in brackets, its columns separated by bars.
pub(super) fn fields_text(filled: &FillResult) -> String {
    let mut out = String::new();
    for (index, value) in &filled.fields.values {
        let field = filled.fields.kind.field(*index);
        let _ = writeln!(out, "{}: {}", field.key, show(field, value));
    }
    for unknown in &filled.fields.unknown {
        let _ = writeln!(out, "? {}: {}", unknown.key.value, unknown.text);
    }
    out
}

pub(super) fn field(filled: &FillResult, key: &str) -> String {
    match (filled.fields.get(key), filled.fields.kind.index_of(key)) {
        (Some(value), Some(index)) => show(filled.fields.kind.field(index), value),
        _ => String::new(),
    }
}

/// The diagnostics: `line:column code[.variant] text at the span`.
pub(super) fn diagnostics(text: &str, filled: &FillResult) -> Vec<String> {
    let lines = Lines::new(text);
    let mut diagnostics: Vec<_> = filled.diagnostics.iter().collect();
    diagnostics.sort_by_key(|diagnostics| diagnostics.span.start);
    diagnostics
        .into_iter()
        .map(|diagnostics| {
            let place = lines.line_column(diagnostics.span.start);
            let code = diagnostics.message.key.trim_start_matches("diag.");
            format!("{}:{} {} {}", place.line, place.column, code, &text[diagnostics.span.range()]).trim_end().to_owned()
        })
        .collect()
}

fn show(field: &Field, value: &Value) -> String {
    match (value, &field.ty) {
        (Value::Text(text), _) => text.value.to_string(),
        (Value::Texts(texts), _) => texts.iter().map(|text| &*text.value).collect::<Vec<_>>().join(" / "),
        (Value::Date(date), _) => date.value.to_string(),
        (Value::Month(month), _) => month.value.to_string(),
        (Value::Period(period), _) => period.value.to_string(),
        (Value::Loose(loose), _) => format!("{}..{}", loose.value.first, loose.value.last),
        (Value::Birthday(birthday), _) => birthday.value.written.clone(),
        (Value::Money(money), _) => money.value.to_string(),
        (Value::Number(number), _) => number.value.to_string(),
        (Value::YesNo(yes), _) => yes.value.to_string(),
        (Value::Codes(codes), _) => codes.iter().map(|code| code.value.shown()).collect::<Vec<_>>().join(" / "),
        (Value::Names(names), _) => names.iter().map(name).collect::<Vec<_>>().join(" / "),
        (Value::Prose(ranges), _) => format!("{} stretches", ranges.len()),
        (Value::Rows(found), FieldType::Rows(rows)) => {
            let row = |row: &super::Row| {
                let mut parts: Vec<String> = Vec::new();
                if let Some(tick) = row.tick {
                    parts.push(if tick { "x".to_owned() } else { "_".to_owned() });
                }
                parts.extend(row.refers.as_ref().map(|number| format!("@{}", number.value)));
                parts.extend(row.ordinal.map(|ordinal| format!("#{ordinal}")));
                for (index, value) in &row.cells {
                    let sub = rows.field(*index);
                    parts.push(format!("{} {}", sub.key, show(sub, value)));
                }
                parts.extend(row.tail.iter().map(|tail| format!("? {}", name(tail))));
                format!("[{}]", parts.join(" | "))
            };
            found.iter().map(row).collect::<Vec<_>>().join(" ")
        }
        (Value::Rows(_), _) => "rows without columns".to_owned(),
    }
}

fn name(name: &super::Name) -> String {
    let mark = if name.mark == super::NameMark::To { "对" } else { "" };
    match &name.note {
        Some(note) => format!("{mark}{}({note})", name.text),
        None => format!("{mark}{}", name.text),
    }
}
