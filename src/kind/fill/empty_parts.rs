//! Checks the sections of a fixed outline: the five parts of 客户计划 (S-14.9), each of prose and fields.

use super::FieldFiller;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::FieldIndex;
use crate::kind::normalize::normalize_heading;
use crate::markdown::Section;
use crate::text::Span;

impl FieldFiller<'_, '_> {
    /// Reports parts that have neither prose nor fields: at their heading if there is one, else at `fence`.
    pub(super) fn report_empty_parts(&mut self, fence: Span) {
        for (at, field) in self.kind.fields.iter().enumerate().filter(|(_, field)| !field.holds.is_empty()) {
            let index = |key: &str| self.kind.index_of(key).map(|FieldIndex(at)| usize::from(at));
            let is_said = |at: usize| self.said[at].value.is_some();
            if is_said(at) || field.holds.iter().filter_map(|key| index(key)).any(is_said) {
                continue;
            }
            let heading = heading(&self.source.outline.sections, &|name| {
                self.kind.index_by_normalized_name(name) == Some(FieldIndex(at as u16))
            });
            let diagnostics = Diagnostic::new(Code::PartEmpty, heading.unwrap_or(fence))
                .variant(if heading.is_some() { "empty" } else { "missing" })
                .with("field", &field.label)
                .with("kind", &self.kind.label);
            let labels: Vec<&str> =
                field.holds.iter().filter_map(|key| Some(&*self.kind.field(self.kind.index_of(key)?).label)).collect();
            let diagnostics = diagnostics.help(Message::new("help.part-empty").with("fields", labels.join("、")));
            self.reader.diagnostics.push(match heading {
                Some(_) => diagnostics,
                None => diagnostics.help(Message::new("help.add-section").with("field", &field.label)),
            });
        }
    }
}

/// The first heading, at any depth, whose normalized text satisfies `is_called`.
fn heading(sections: &[Section], is_called: &dyn Fn(&str) -> bool) -> Option<Span> {
    sections.iter().find_map(|section| {
        let text = &section.heading.text;
        let own = is_called(&normalize_heading(&text.value)).then_some(text.span);
        own.or_else(|| heading(&section.inner, is_called))
    })
}
