//! A piece of text with its span in the source.

use std::ops::Range;

use crate::kind::normalize::trim;
use crate::text::Span;

/// A piece of a value. Its span is exact if the value occurs verbatim in the source. If it was unescaped, fixed or
/// joined from several lines, a part is searched for within the span of the whole.
#[derive(Clone, Copy, Debug)]
pub(in crate::kind) struct TextPiece<'t> {
    /// The text.
    pub text: &'t str,
    /// Whether it is Markdown, that is, from the body.
    pub markdown: bool,
    source: &'t str,
    whole_span: Span,
    start: Option<usize>,
}

impl<'t> TextPiece<'t> {
    /// The piece `text`, written at `span` of `source`.
    pub fn new(source: &'t str, text: &'t str, span: Span, markdown: bool) -> Self {
        let exact = source.get(span.range()) == Some(text);
        TextPiece { text, markdown, source, whole_span: span, start: exact.then(|| span.start.index()) }
    }

    /// The piece at `span` of `source`.
    pub fn at(source: &'t str, span: Span, markdown: bool) -> Self {
        let text = source.get(span.range()).unwrap_or("");
        TextPiece { text, markdown, source, whole_span: span, start: Some(span.start.index()) }
    }

    /// The span in the source.
    pub fn span(self) -> Span {
        if let Some(start) = self.start {
            return Span::new(self.whole_span.file, start, start + self.text.len());
        }
        match self.source.get(self.whole_span.range()).and_then(|whole| whole.find(self.text)) {
            Some(at) if !self.text.is_empty() => {
                let start = self.whole_span.start.index() + at;
                Span::new(self.whole_span.file, start, start + self.text.len())
            }
            _ => self.whole_span,
        }
    }

    /// A subrange.
    pub fn slice(self, range: Range<usize>) -> Self {
        TextPiece { start: self.start.map(|start| start + range.start), text: &self.text[range], ..self }
    }

    /// The subrange `part`, which must be a subslice of the text, or empty.
    pub fn part(self, part: &'t str) -> Self {
        if part.is_empty() {
            return self.slice(0..0);
        }
        let at = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        debug_assert!(at + part.len() <= self.text.len(), "not a part of the piece");
        TextPiece { start: self.start.map(|start| start + at), text: part, ..self }
    }

    /// Without surrounding blanks.
    pub fn trim(self) -> Self {
        self.part(trim(self.text))
    }

    /// Whether the text is empty.
    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }
}
