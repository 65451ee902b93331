//! Parses text into typed values: lists, codes, names, rows with typed tails.
//!
//! A [`ValueReader`] parses the values of one file. It never drops text: whatever is not a value becomes a diagnostic
//! and is kept among the unknown keys, with their secrecy (`decisions.md` 4).

mod arrow_rows;
mod bare_rows;
mod names;
mod rows;
mod scalar;
mod section;
mod segments;
mod split;
mod surnames;
mod table_cells;
mod text_piece;
mod typed_tail;
mod unmarked_rows;
mod yaml_nodes;

pub(super) use section::heads_fit;
pub(super) use text_piece::TextPiece;
pub(super) use yaml_nodes::as_typed;

use std::borrow::Cow;
use std::sync::Arc;

use super::normalize::normalize;
use super::{Field, FieldType, Kinds, UnknownKey, Value};
use crate::calendar::{Date, YearContext, YearHint};
use crate::diag::{Code, Diagnostic};
use crate::markdown::plain;
use crate::text::{Span, Spanned};

/// Texts longer than 32 KB are reported. No field of a form holds more, nor does a spreadsheet cell.
const MAX_TEXT: usize = 32 * 1024;

/// Parses the values of one file.
pub(super) struct ValueReader<'a> {
    pub kinds: &'a Kinds,
    /// The decoded text; all spans point into it.
    pub source: &'a str,
    /// The record's first and last day: the reference days for dates without a year.
    pub days: Option<(Date, Date)>,
    /// The day of the current row, which takes precedence over `days`.
    pub row_day: Option<Date>,
    pub diagnostics: Vec<Diagnostic>,
    pub unknown: Vec<UnknownKey>,
}

impl<'a> ValueReader<'a> {
    /// Parses a value; `None` if the text is empty, means nothing (`无`), or is invalid (and reported).
    pub fn read(&mut self, field: &Field, piece: TextPiece<'_>) -> Option<Value> {
        let piece = piece.trim();
        if piece.is_empty() {
            return None;
        }
        let text_like = matches!(field.ty, FieldType::Text | FieldType::Texts | FieldType::Prose);
        if !text_like && is_nothing(piece.text) {
            return None;
        }
        Some(match &field.ty {
            FieldType::Text => Value::Text(self.text(field, piece)),
            FieldType::Prose => {
                Value::Prose(vec![Spanned::new(crate::text::Fingerprint::of(piece.text.as_bytes()), piece.span())])
            }
            FieldType::Texts => Value::Texts(self.texts(field, piece)),
            FieldType::Words => {
                let text = piece.part(split::strip_list_brackets(piece.text));
                let words = split::split(text.text, split::is_list_mark);
                Value::Texts(words.into_iter().map(|word| self.text(field, text.part(word))).collect())
            }
            FieldType::Names { scope, many } => return self.names(field, *scope, *many, piece),
            FieldType::Code { of, many } => return self.codes(field, of, *many, piece),
            FieldType::Rows(rows) => return self.rows_line(field, rows, piece),
            _ => return self.scalar(field, piece),
        })
    }

    /// The plain text of `piece`.
    pub fn text(&mut self, field: &Field, piece: TextPiece<'_>) -> Spanned<Arc<str>> {
        let piece = piece.trim();
        let text = if piece.markdown { unmarked(piece.text) } else { Cow::Borrowed(piece.text) };
        self.within_limit(field, &text, piece.span())
    }

    /// A text value; one longer than [`MAX_TEXT`] is reported.
    pub fn within_limit(&mut self, field: &Field, text: &str, span: Span) -> Spanned<Arc<str>> {
        if text.len() > MAX_TEXT {
            self.diagnostics
                .push(Diagnostic::new(Code::TextTooLong, span).with("field", &field.label).with("size", text.len() / 1024));
        }
        Spanned::new(text.into(), span)
    }

    /// Splits sentences on one line: at `；`, or at `、` if all parts are short and no other mark suggests a sentence.
    fn texts(&mut self, field: &Field, piece: TextPiece<'_>) -> Vec<Spanned<Arc<str>>> {
        let piece = piece.part(split::strip_list_brackets(piece.text));
        let mut parts = split::split(piece.text, split::is_row_mark);
        if parts.len() == 1 && !piece.text.contains(['，', '。', '：']) {
            let words = split::split(piece.text, |c| c == '、');
            if words.iter().all(|word| word.chars().count() <= 12) {
                parts = words;
            }
        }
        parts.into_iter().map(|part| self.text(field, piece.part(part))).collect()
    }

    /// The reference day for a date with this hint.
    fn year_context(&self, year_hint: YearHint) -> Option<YearContext> {
        let of_record = |(first, last)| if year_hint == YearHint::OnOrBefore { last } else { first };
        self.row_day.or_else(|| self.days.map(of_record)).map(|day| YearContext { day, year_hint })
    }

    /// Reports an invalid value and keeps its text among the unknown keys.
    fn bad_value(&mut self, field: &Field, diagnostics: Diagnostic, piece: TextPiece<'_>) {
        let text = Arc::from(piece.text);
        self.unknown.push(UnknownKey { key: Spanned::new(field.label.clone(), piece.span()), text });
        self.diagnostics.push(diagnostics.with("field", &field.label).with("text", piece.text));
    }
}

/// Whether a text means that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text.trim_end_matches('。'), "无" | "没有" | "暂无" | "/" | "／" | "-" | "—" | "——" | "－" | "--")
}

/// Inline Markdown as plain text, except wikilinks, which are resolved when rendered.
fn unmarked(text: &str) -> Cow<'_, str> {
    let special = |byte: u8| matches!(byte, b'*' | b'_' | b'~' | b'\\' | b'<' | b'&' | b'[' | b'`');
    if !text.bytes().any(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("[[") {
        let Some(close) = rest[open..].find("]]").map(|at| open + at + 2) else { break };
        push_plain(&mut out, &rest[..open]);
        out.push_str(&rest[open..close]);
        rest = &rest[close..];
    }
    push_plain(&mut out, rest);
    Cow::Owned(out)
}

/// Appends Markdown as plain text, keeping the blanks around it, which [`plain`] would remove.
fn push_plain(out: &mut String, text: &str) {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        out.push_str(text);
        return;
    }
    let start = text.len() - text.trim_start().len();
    out.push_str(&text[..start]);
    out.push_str(plain(trimmed).trim_end());
    out.push_str(&text[start + trimmed.len()..]);
}

/// Parses a word for yes or no.
fn yes_or_no(text: &str) -> Option<bool> {
    let folded = normalize(text.trim());
    Some(match folded.to_lowercase().as_str() {
        "是" | "有" | "对" | "√" | "✓" | "✔" | "yes" | "y" | "true" | "1" | "已完成" | "完成" | "已办" | "办完" => {
            true
        }
        "否" | "无" | "不" | "不是" | "没有" | "×" | "✗" | "x" | "no" | "n" | "false" | "0" | "未完成" | "未办" => {
            false
        }
        _ => return None,
    })
}
