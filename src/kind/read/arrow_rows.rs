//! Parses `主题：信息 → 含义（3级，沈丽萍）`, except its typed tail.

use std::sync::Arc;

use super::rows::RowDraft;
use super::{TextPiece, ValueReader, split};
use crate::diag::{Code, Diagnostic, Severity};
use crate::i18n::Message;
use crate::kind::normalize::is_one_char_apart;
use crate::kind::{FieldType, Rows};

impl ValueReader<'_> {
    /// Parses `主题：信息 → 含义` and returns the piece with 信息.
    pub(super) fn arrow_row<'t>(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'t>) -> TextPiece<'t> {
        let mut fact = piece;
        let arrow = ["→", "⇒", "->", "=>"].iter().find_map(|arrow| piece.text.split_once(arrow));
        if let Some((before, after)) = arrow {
            fact = piece.part(before).trim();
            if let Some(meaning) = rows.index_of("meaning") {
                self.cell(rows, draft, meaning, piece.part(after));
            }
        }
        if let Some(topic) = rows.index_of("topic")
            && let FieldType::Code { of, .. } = &rows.field(topic).ty
            && let Some((head, rest)) = split::split_colon(fact.text)
            && let Some(list) = self.kinds.codes(of)
        {
            if list.read(head).is_some() {
                self.cell(rows, draft, topic, fact.part(head));
                fact = fact.part(rest).trim();
            } else if let Some(value) = list.values.iter().find(|value| is_one_char_apart(head.trim(), &value.word))
                && rows.index_by_name(head).is_none()
            {
                // The word stays in the text: it may be the subject of the fact.
                let place = fact.part(head).trim();
                let diagnostics = Diagnostic::new(Code::BadCode, place.span()).with("field", &rows.field(topic).label);
                let mut diagnostics = diagnostics.with("text", place.text);
                diagnostics.severity = Severity::Warning;
                self.diagnostics.push(diagnostics.help(Message::new("help.field-suggest").with("name", &value.word)));
            }
        }
        fact
    }
}
