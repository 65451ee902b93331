//! Parses values written in YAML.

use std::borrow::Cow;
use std::sync::Arc;

use super::rows::{RowDraft, dated_first};
use super::{TextPiece, ValueReader};
use crate::diag::{Code, Diagnostic, nearest};
use crate::i18n::Message;
use crate::kind::{Field, FieldIndex, FieldType, Row, Rows, Value};
use crate::text::{Span, Spanned};
use crate::yaml::YamlNode;

impl<'a> ValueReader<'a> {
    /// Parses a node as a field's value.
    pub fn node(&mut self, field: &Field, node: &YamlNode<'_>) -> Option<Value> {
        let source = self.source;
        match node {
            YamlNode::Empty(_) => None,
            YamlNode::Scalar(text) => {
                if text.value.contains('\n') && !matches!(field.ty, FieldType::Text | FieldType::Prose) {
                    return self.lines(field, &text.value, text.span);
                }
                self.read(field, TextPiece::new(source, &text.value, text.span, false))
            }
            // `[[邱志远]]` is a link and `[急] 备件` is text, although YAML parses them as lists.
            YamlNode::List(..) if self.is_link(node.span()) => self.read(field, TextPiece::at(source, node.span(), false)),
            YamlNode::List(..) | YamlNode::Map(..) if matches!(field.ty, FieldType::Text) && self.is_bracketed(node) => {
                self.read(field, TextPiece::at(source, node.span(), false))
            }
            YamlNode::List(items, span) => self.node_list(field, items, *span),
            YamlNode::Map(entries, span) => match &field.ty {
                FieldType::Rows(rows) => self.node_row(field, rows, entries, *span).map(|row| Value::Rows(vec![row])),
                _ => self.report_mapping(field, *span),
            },
        }
    }

    fn node_list(&mut self, field: &Field, items: &[YamlNode<'_>], span: Span) -> Option<Value> {
        let mut found: Option<Value> = None;
        let single = match &field.ty {
            FieldType::Texts | FieldType::Words | FieldType::Rows(_) => false,
            FieldType::Names { many, .. } | FieldType::Code { many, .. } => !many,
            _ => true,
        };
        let said = items.iter().filter(|item| !matches!(item, YamlNode::Empty(_))).count();
        if single && said > 1 {
            let row = join_items(items);
            let piece = match &row {
                Some(row) => TextPiece::new(self.source, row, span, false),
                None => TextPiece::at(self.source, span, false),
            };
            if matches!(field.ty, FieldType::Text) {
                return self.read(field, piece);
            }
            self.bad_value(field, Diagnostic::new(Code::WrongShape, span).variant("one"), piece.trim());
            return None;
        }
        for item in items {
            let value = match (item, &field.ty) {
                (YamlNode::Scalar(text), FieldType::Rows(rows)) => {
                    let piece = TextPiece::new(self.source, &text.value, text.span, false);
                    self.row_item(field, rows, piece, None, None).map(|row| Value::Rows(vec![row]))
                }
                // A list item is one sentence, whatever marks it contains.
                (YamlNode::Scalar(text), FieldType::Texts) => {
                    let piece = TextPiece::new(self.source, &text.value, text.span, false);
                    Some(Value::Texts(vec![self.text(field, piece)]))
                }
                (YamlNode::Map(entries, span), FieldType::Rows(rows)) => {
                    self.node_row(field, rows, entries, *span).map(|row| Value::Rows(vec![row]))
                }
                _ => self.node(field, item),
            };
            found = match (found, value) {
                (None, value) => value,
                (found, None) => found,
                (Some(there), Some(more)) => Some(append_value(there, more)),
            };
        }
        found
    }

    /// Parses a mapping with Chinese or English column labels as a row.
    fn node_row(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        entries: &[(Spanned<Cow<'_, str>>, YamlNode<'_>)],
        span: Span,
    ) -> Option<Row> {
        let outer = self.row_day;
        let mut known: Vec<(FieldIndex, &YamlNode<'_>)> = Vec::with_capacity(entries.len());
        let mut unknown: Vec<(Spanned<Arc<str>>, TextPiece<'a>)> = Vec::new();
        for (key, node) in entries {
            match rows.index_by_name(&key.value) {
                Some(index) => known.push((index, node)),
                None => {
                    self.unknown_column(Code::UnknownKey, field, rows, &key.value, key.span);
                    let key = Spanned::new(Arc::from(&*key.value), key.span);
                    unknown.push((key, TextPiece::at(self.source, node.span(), false)));
                }
            }
        }
        let mut draft = RowDraft::new(span, None);
        draft.cells.reserve_exact(known.len());
        for (index, node) in dated_first(rows, &known, |(index, _)| *index) {
            match node {
                YamlNode::Empty(_) => {}
                YamlNode::Scalar(text) => {
                    self.cell(rows, &mut draft, *index, TextPiece::new(self.source, &text.value, text.span, false));
                }
                _ => match self.node(rows.field(*index), node) {
                    Some(value) => draft.set(*index, value),
                    None => draft.bad.push(*index),
                },
            }
        }
        self.row_day = outer;
        self.keep_unknown("", &unknown);
        self.finish_row(field, rows, draft)
    }

    /// Parses a multi-line text for a field of lists or rows, one value per line.
    fn lines(&mut self, field: &Field, text: &str, span: Span) -> Option<Value> {
        let whole = TextPiece::new(self.source, text, span, false);
        let mut found: Option<Value> = None;
        for line in text.lines() {
            let line = line.trim().trim_start_matches("- ");
            let value = match &field.ty {
                FieldType::Rows(rows) if !line.is_empty() => {
                    self.row_item(field, rows, whole.part(line), None, None).map(|row| Value::Rows(vec![row]))
                }
                FieldType::Texts if !line.is_empty() => Some(Value::Texts(vec![self.text(field, whole.part(line))])),
                _ => self.read(field, whole.part(line)),
            };
            found = match (found, value) {
                (None, value) => value,
                (found, None) => found,
                (Some(there), Some(more)) => Some(append_value(there, more)),
            };
        }
        found
    }

    /// Reports an unknown column or key of a row.
    pub(super) fn unknown_column(&mut self, code: Code, field: &Field, rows: &Rows, written: &str, span: Span) {
        let mut diagnostics = Diagnostic::new(code, span);
        if code == Code::UnknownKey {
            diagnostics = diagnostics.variant("row");
        }
        diagnostics = diagnostics.with("key", written).with("field", &field.label);
        let labels: Vec<&str> = rows.fields.iter().map(|sub| &*sub.label).collect();
        if let Some(name) = nearest(written, labels.iter().copied()) {
            diagnostics = diagnostics.help(Message::new("help.field-suggest").with("name", name));
        }
        self.diagnostics.push(diagnostics.help(Message::new("help.columns").with("columns", labels.join("、"))));
    }

    fn report_mapping(&mut self, field: &Field, span: Span) -> Option<Value> {
        let piece = TextPiece::at(self.source, span, false);
        self.bad_value(field, Diagnostic::new(Code::WrongShape, span).variant("map"), piece.trim());
        None
    }

    fn is_link(&self, span: Span) -> bool {
        self.source
            .get(span.range())
            .is_some_and(|text| text.starts_with("[[") && text.ends_with("]]") && !text[2..].contains("[["))
    }

    /// Whether brackets may be part of a text: they are on one line and do not contain a list of several items.
    fn is_bracketed(&self, node: &YamlNode<'_>) -> bool {
        let has_several = matches!(node, YamlNode::List(items, _) if items.len() > 1);
        let text = self.source.get(node.span().range());
        !has_several && text.is_some_and(|text| text.starts_with(['[', '{']) && !text.contains('\n'))
    }
}

/// Joins the items of a list as text; `None` if some are not scalars.
fn join_items(items: &[YamlNode<'_>]) -> Option<String> {
    let texts = items.iter().filter(|item| !matches!(item, YamlNode::Empty(_))).map(|item| match item {
        YamlNode::Scalar(text) => Some(text.value.trim()),
        _ => None,
    });
    Some(texts.collect::<Option<Vec<_>>>()?.join("、"))
}

/// Appends one list value to another.
pub(super) fn append_value(there: Value, more: Value) -> Value {
    match (there, more) {
        (Value::Texts(mut there), Value::Texts(more)) => {
            there.extend(more);
            Value::Texts(there)
        }
        (Value::Names(mut there), Value::Names(more)) => {
            there.extend(more);
            Value::Names(there)
        }
        (Value::Codes(mut there), Value::Codes(more)) => {
            there.extend(more);
            Value::Codes(there)
        }
        (Value::Rows(mut there), Value::Rows(more)) => {
            there.extend(more);
            Value::Rows(there)
        }
        (Value::Prose(mut there), Value::Prose(more)) => {
            there.extend(more);
            Value::Prose(there)
        }
        (there, _) => there,
    }
}

/// The source text of a node.
pub(in crate::kind) fn as_typed<'t>(source: &'t str, node: &'t YamlNode<'_>) -> Cow<'t, str> {
    match node {
        YamlNode::Scalar(text) => Cow::Borrowed(&*text.value),
        YamlNode::Empty(_) => Cow::Borrowed(""),
        YamlNode::List(_, span) | YamlNode::Map(_, span) => Cow::Borrowed(source.get(span.range()).unwrap_or("").trim_end()),
    }
}
