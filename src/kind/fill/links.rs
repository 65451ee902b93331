//! Collects the links in fields with their secrecy level.

use super::FieldFiller;
use crate::kind::{FieldIndex, Value, checks};
use crate::markdown::{Link, inline_links};
use crate::text::Span;

impl FieldFiller<'_, '_> {
    /// Adds the links of a labelled section with the secrecy of the field, or of their row if that is higher.
    pub(super) fn section_links(&mut self, index: FieldIndex, own: &[Span], beside: &[Span], value: Option<&Value>) {
        let within = |span: &Span, link: &Link| span.start <= link.span.start && link.span.end <= span.end;
        for link in &self.source.outline.links {
            if own.iter().any(|span| within(span, link)) && !beside.iter().any(|span| within(span, link)) {
                let level = checks::secrecy_at(self.kind.field(index), value, link.span);
                self.links.push((link.clone(), level));
            }
        }
    }

    /// Adds the wikilinks in the texts of a front matter entry.
    pub(super) fn wikilinks(&mut self, index: FieldIndex, value: Option<&Value>) {
        let Some(value) = value else { return };
        let field = self.kind.field(index);
        let mut links = Vec::new();
        checks::for_each_text(value, &mut |text| {
            if memchr::memchr(b'[', text.value.as_bytes()).is_some() && text.value.contains("[[") {
                links.extend(inline_links(&text.value, text.span));
            }
        });
        for link in links {
            let level = checks::secrecy_at(field, Some(value), link.span);
            self.links.push((link, level));
        }
    }
}
