//! Reads the body: sections with a field's label as heading, a first table without a heading, and the rest as prose.

use super::FieldFiller;
use crate::kind::normalize::normalize_heading;
use crate::kind::read::heads_fit;
use crate::kind::{FieldIndex, FieldType};
use crate::markdown::{Block, Section, blocks};
use crate::text::Span;

impl<'a> FieldFiller<'a, '_> {
    pub(super) fn body(&mut self) {
        let outline = self.source.outline;
        self.prose_range(outline.lead);
        self.sections(&outline.sections);
        self.report_heading_like_lines();
    }

    fn sections(&mut self, sections: &'a [Section]) {
        for section in sections {
            let name = normalize_heading(&section.heading.text.value);
            if self.kind.prose_names.iter().any(|prose| **prose == *name) {
                self.prose_range(lead_of(section, section.content));
                self.sections(&section.inner);
            } else if let Some(index) = self.kind.index_by_normalized_name(&name) {
                let mut own = Vec::new();
                self.own_ranges(section, &mut own);
                self.read_labelled(index, section, &own);
                self.read_labelled_within(section);
            } else {
                self.hint_similar_label(section, &name);
                let direct = lead_of(section, section.content);
                if section.heading.level == 1 && self.needs_main_rows() {
                    self.prose.push(Span { end: direct.start, ..section.whole });
                    self.prose_range(direct);
                } else {
                    self.prose.push(Span { end: direct.end, ..section.whole });
                }
                self.sections(&section.inner);
            }
        }
    }

    fn is_label(&self, section: &Section) -> bool {
        self.kind.index_by_normalized_name(&normalize_heading(&section.heading.text.value)).is_some()
    }

    /// The content of a labelled section without the labelled sections inside it.
    fn own_ranges(&self, section: &Section, own: &mut Vec<Span>) {
        let mut start = section.content.start;
        let mut stack: Vec<&Section> = section.inner.iter().rev().collect();
        while let Some(inner) = stack.pop() {
            if self.is_label(inner) {
                own.push(Span { start, end: inner.whole.start, ..section.content });
                start = inner.whole.end;
            } else {
                stack.extend(inner.inner.iter().rev());
            }
        }
        own.push(Span { start, end: section.content.end, ..section.content });
        own.retain(|span| !self.source.text[span.range()].trim().is_empty());
    }

    /// Reads the labelled sections inside a labelled section.
    fn read_labelled_within(&mut self, section: &'a Section) {
        for inner in &section.inner {
            if self.is_label(inner) {
                self.sections(std::slice::from_ref(inner));
            } else {
                self.hint_similar_label(inner, &normalize_heading(&inner.heading.text.value));
                self.read_labelled_within(inner);
            }
        }
    }

    fn read_labelled(&mut self, index: FieldIndex, section: &Section, own: &[Span]) {
        let kind = self.kind;
        let field = kind.field(index);
        let place = section.heading.text.span;
        let before = (self.reader.diagnostics.len(), self.reader.unknown.len());
        if field.parts.is_empty() {
            let mut beside = Vec::new();
            // Text next to rows becomes prose, so it must not be more secret than the prose.
            let allowed = field.secrecy <= kind.prose_secrecy;
            let value = self.reader.section(field, own, allowed.then_some(&mut beside));
            self.section_links(index, own, &beside, value.as_ref());
            self.prose.extend(beside);
            if value.is_some() || before != (self.reader.diagnostics.len(), self.reader.unknown.len()) {
                self.set_field(index, value, place);
            }
        } else {
            self.section_links(index, own, &[], None);
            for (index, value) in self.reader.section_parts(kind, index, own) {
                self.set_field(index, Some(value), place);
            }
        }
    }

    fn needs_main_rows(&self) -> bool {
        self.kind.main_rows.is_some() && !self.main_done
    }

    /// Adds a range to the prose, except the first table (or lists, if the kind allows them) that fills the main rows.
    fn prose_range(&mut self, span: Span) {
        let text = &self.source.text[span.range()];
        if text.trim_start().is_empty() {
            return;
        }
        let lists = self.kind.main_lists;
        let (Some(index), false) = (self.kind.main_rows, self.main_done) else {
            self.prose.push(span);
            return;
        };
        if !lists && memchr::memchr(b'|', text.as_bytes()).is_none() {
            self.prose.push(span);
            return;
        }
        let field = self.kind.field(index);
        let FieldType::Rows(rows) = &field.ty else { return };
        let mut start = span.start;
        for block in blocks(self.source.text, span) {
            let taken = match &block {
                Block::Table { head, .. } => (lists || !self.main_done) && heads_fit(rows, head),
                Block::List(..) => lists,
                _ => false,
            };
            if !taken {
                continue;
            }
            let place = block.span();
            let value = self.reader.blocks_rows(field, rows, std::slice::from_ref(&block), None);
            self.section_links(index, &[place], &[], value.as_ref());
            self.set_field(index, value, place);
            self.prose.push(Span { start, end: place.start, ..span });
            start = place.end;
            self.main_done = true;
        }
        self.prose.push(Span { start, end: span.end, ..span });
    }
}

/// The content of a section before its first subsection.
fn lead_of(section: &Section, content: Span) -> Span {
    match section.inner.first() {
        Some(inner) => Span { end: inner.whole.start, ..content },
        None => content,
    }
}

/// Sorts the ranges, joins adjacent ones and drops blank ones.
pub(super) fn merged(mut spans: Vec<Span>, text: &str) -> Vec<Span> {
    spans.retain(|span| !span.range().is_empty());
    spans.sort_by_key(|span| span.start);
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => all.push(span),
        }
    }
    all.retain(|span| !text[span.range()].trim_start().is_empty());
    all
}
