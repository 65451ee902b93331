//! Merges fields that are a single row (合同), given on one line or line by line.

use super::FieldFiller;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{FieldType, Row, Rows, UnknownKey, Value};
use crate::text::Spanned;

impl FieldFiller<'_, '_> {
    /// Merges the rows of each such field. A second, different value of a column is reported and kept as unknown key.
    pub(super) fn merge_rows(&mut self) {
        let kind = self.kind;
        for (at, field) in kind.fields.iter().enumerate() {
            let FieldType::Rows(shape) = &field.ty else { continue };
            if let (true, Some(Value::Rows(rows))) = (shape.one, &mut self.said[at].value) {
                let mut rows = std::mem::take(rows).into_iter();
                let Some(mut one) = rows.next() else { continue };
                for row in rows {
                    self.merge_row(shape, &mut one, row);
                }
                one.cells.sort_by_key(|(index, _)| *index);
                self.said[at].value = Some(Value::Rows(vec![one]));
            }
        }
    }

    fn merge_row(&mut self, shape: &Rows, one: &mut Row, more: Row) {
        one.tail.extend(more.tail);
        one.tick = one.tick.or(more.tick);
        one.refers = one.refers.take().or(more.refers);
        for (index, value) in more.cells {
            let sub = shape.field(index);
            match (one.cells.iter_mut().find(|(at, _)| *at == index).map(|(_, there)| there), value) {
                (None, value) => one.cells.push((index, value)),
                (Some(there), value) if *there == value => {}
                // The unassigned text of several lines becomes one remark.
                (Some(Value::Text(there)), Value::Text(more)) if sub.rest => {
                    there.value = format!("{}，{}", there.value, more.value).into();
                }
                (Some(there), value) => {
                    let first = there.span();
                    let span = value.span().unwrap_or(more.span);
                    let text = self.source.text.get(span.range()).unwrap_or("").trim();
                    self.reader.unknown.push(UnknownKey { key: Spanned::new(sub.label.clone(), span), text: text.into() });
                    let mut diagnostics = Diagnostic::new(Code::SaidTwice, span).with("field", &sub.label);
                    if let Some(first) = first {
                        diagnostics = diagnostics.label(first, Message::new("label.said-first"));
                    }
                    self.reader.diagnostics.push(diagnostics);
                }
            }
        }
    }
}
