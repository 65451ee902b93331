//! From a stretch of text to a value of a type: lists, codes, names, rows with typed tails.
//!
//! A [`Reader`] reads one file. It never drops anything: what makes no value becomes a diagnostic and is kept with the
//! unknown keys, at their level of secrecy (`decisions.md` 4).

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

/// A text longer than this is reported: 32 KB. No field of a form holds more, nor does a cell of a workbook.
const MAX_TEXT: usize = 32 * 1024;

/// Reads the values of one file.
pub(super) struct ValueReader<'a> {
    pub kinds: &'a Kinds,
    /// The decoded text that all places point into.
    pub source: &'a str,
    /// The first and last day of the record, from which dates without a year are told.
    pub days: Option<(Date, Date)>,
    /// The day of the row being read, which goes before.
    pub row_day: Option<Date>,
    pub diagnostics: Vec<Diagnostic>,
    pub unknown: Vec<UnknownKey>,
}

impl<'a> ValueReader<'a> {
    /// Reads a value from a stretch of text; `None` when nothing is said, or when it is wrong and was reported.
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
                let text = piece.of(split::without_list_mark(piece.text));
                let words = split::split(text.text, split::is_list_mark);
                Value::Texts(words.into_iter().map(|word| self.text(field, text.of(word))).collect())
            }
            FieldType::Names { scope, many } => return self.names(field, *scope, *many, piece),
            FieldType::Code { of, many } => return self.codes(field, of, *many, piece),
            FieldType::Rows(rows) => return self.rows_line(field, rows, piece),
            _ => return self.scalar(field, piece),
        })
    }

    /// A piece as the plain text of a text field.
    pub fn text(&mut self, field: &Field, piece: TextPiece<'_>) -> Spanned<Arc<str>> {
        let piece = piece.trim();
        let text = if piece.markdown { unmarked(piece.text) } else { Cow::Borrowed(piece.text) };
        self.within_limit(field, &text, piece.span())
    }

    /// A text of a field, reported when it is too long.
    pub fn within_limit(&mut self, field: &Field, text: &str, span: Span) -> Spanned<Arc<str>> {
        if text.len() > MAX_TEXT {
            self.diagnostics
                .push(Diagnostic::new(Code::TextTooLong, span).with("field", &field.label).with("size", text.len() / 1024));
        }
        Spanned::new(text.into(), span)
    }

    /// Sentences on one line: at `；`, or at `、` where all parts are short and no comma speaks for a sentence.
    fn texts(&mut self, field: &Field, piece: TextPiece<'_>) -> Vec<Spanned<Arc<str>>> {
        let piece = piece.of(split::without_list_mark(piece.text));
        let mut parts = split::split(piece.text, split::is_row_mark);
        if parts.len() == 1 && !piece.text.contains(['，', '。', '：']) {
            let words = split::split(piece.text, |c| c == '、');
            if words.iter().all(|word| word.chars().count() <= 12) {
                parts = words;
            }
        }
        parts.into_iter().map(|part| self.text(field, piece.of(part))).collect()
    }

    /// The known day for a date that leans so.
    fn year_context(&self, lean: YearHint) -> Option<YearContext> {
        let of_record = |(first, last)| if lean == YearHint::OnOrBefore { last } else { first };
        self.row_day.or_else(|| self.days.map(of_record)).map(|day| YearContext { day, lean })
    }

    /// Reports a value that cannot be read and keeps its text.
    fn bad_value(&mut self, field: &Field, diagnostics: Diagnostic, piece: TextPiece<'_>) {
        let text = Arc::from(piece.text);
        self.unknown.push(UnknownKey { key: Spanned::new(field.label.clone(), piece.span()), text });
        self.diagnostics.push(diagnostics.with("field", &field.label).with("text", piece.text));
    }
}

/// What people write where there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text.trim_end_matches('。'), "无" | "没有" | "暂无" | "/" | "／" | "-" | "—" | "——" | "－" | "--")
}

/// Inline Markdown as plain text with its wikilinks left in: they are resolved when shown.
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

/// Plain text with the blanks around kept, which Markdown would take away.
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

/// A word for yes or no.
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
