//! Positions and ranges in a text.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// A byte offset into *decoded* text, always on a character boundary.
///
/// All positions in the program have this type; characters are counted only in [`Lines`](super::Lines).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BytePos(pub u32);

impl BytePos {
    /// The position as an index into the text.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for BytePos {
    /// Saturates at `u32::MAX`; files are far smaller (limit 1 MB).
    fn from(at: usize) -> Self {
        BytePos(u32::try_from(at).unwrap_or(u32::MAX))
    }
}

/// Number of a file in this session. Never written to disk and never shown; `source` maps it back to a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A half-open range of a file's decoded text, `start ≤ end ≤ len`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file the range lies in.
    pub file: FileId,
    /// First byte.
    pub start: BytePos,
    /// One past the last byte.
    pub end: BytePos,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start: start.into(), end: end.max(start).into() }
    }

    /// The range as indices, for slicing the decoded text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }

    /// The smallest range that covers both; both must lie in one file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty range at the start: where something is missing.
    pub fn at_start(self) -> Span {
        Span { end: self.start, ..self }
    }
}

/// A value and where it was written. Equality, order and hash ignore the position, so moving a line does not change a
/// fact.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// Another value at the same position.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: PartialOrd> PartialOrd for Spanned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spanned<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_do_not_affect_equality() {
        let here = Spanned::new("客户", Span::new(FileId(1), 0, 6));
        let there = Spanned::new("客户", Span::new(FileId(1), 40, 46));
        assert_eq!(here, there);
    }

    #[test]
    fn span_slices_its_text() {
        let text = "负责人: 周岚";
        let span = Span::new(FileId(0), 11, 17);
        assert_eq!(&text[span.range()], "周岚");
        assert_eq!(span.at_start().range(), 11..11);
    }
}
