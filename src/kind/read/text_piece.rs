//! A stretch of text that knows where in the author's file it stands.

use std::ops::Range;

use crate::kind::normalize::trim;
use crate::text::Span;

/// A stretch of a value. Its place is exact where the value stands in the file as it is; where it was unescaped, mended or
/// joined from several lines, a part of it is looked for within the place of the whole.
#[derive(Clone, Copy, Debug)]
pub(in crate::kind) struct TextPiece<'t> {
    /// The text.
    pub text: &'t str,
    /// Whether it is Markdown: it came from the body.
    pub markdown: bool,
    source: &'t str,
    whole: Span,
    start: Option<usize>,
}

impl<'t> TextPiece<'t> {
    /// `text`, which was written at `span` of `source`.
    pub fn new(source: &'t str, text: &'t str, span: Span, markdown: bool) -> Self {
        let exact = source.get(span.range()) == Some(text);
        TextPiece { text, markdown, source, whole: span, start: exact.then(|| span.start.index()) }
    }

    /// What stands at `span` of `source`.
    pub fn at(source: &'t str, span: Span, markdown: bool) -> Self {
        let text = source.get(span.range()).unwrap_or("");
        TextPiece { text, markdown, source, whole: span, start: Some(span.start.index()) }
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        if let Some(start) = self.start {
            return Span::new(self.whole.file, start, start + self.text.len());
        }
        match self.source.get(self.whole.range()).and_then(|whole| whole.find(self.text)) {
            Some(at) if !self.text.is_empty() => {
                let start = self.whole.start.index() + at;
                Span::new(self.whole.file, start, start + self.text.len())
            }
            _ => self.whole,
        }
    }

    /// A part of it.
    pub fn slice(self, range: Range<usize>) -> Self {
        TextPiece { start: self.start.map(|start| start + range.start), text: &self.text[range], ..self }
    }

    /// The part of it that is `part`, which must be a subslice of its text, or nothing.
    pub fn of(self, part: &'t str) -> Self {
        if part.is_empty() {
            return self.slice(0..0);
        }
        let at = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        debug_assert!(at + part.len() <= self.text.len(), "not a part of the piece");
        TextPiece { start: self.start.map(|start| start + at), text: part, ..self }
    }

    /// Without blanks around.
    pub fn trim(self) -> Self {
        self.of(trim(self.text))
    }

    /// Whether nothing stands there.
    pub fn is_empty(self) -> bool {
        self.text.is_empty()
    }
}
