//! A range of a text with replacements, and the mapping of positions back to the original.

use std::borrow::Cow;
use std::ops::Range;

/// A text with replacements. Positions in it are mapped back, so that diagnostics point into the author's own text.
#[derive(Debug)]
pub struct PatchedText<'a> {
    /// The range with the replacements applied.
    pub text: Cow<'a, str>,
    /// Start of the range in the original text.
    start: usize,
    /// For each replacement: its range in the new text, and what it replaces in the original.
    places: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> PatchedText<'a> {
    /// Applies replacements, in order of position, to `source[range]`. One that overlaps the one before is skipped.
    pub fn new<'p>(source: &'a str, range: Range<usize>, patches: impl IntoIterator<Item = (Range<usize>, &'p str)>) -> Self {
        let mut text = String::new();
        let mut places: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        let mut done = range.start;
        for (wrong, right) in patches {
            if wrong.start < done {
                continue;
            }
            if places.is_empty() {
                text.reserve(range.len() + 16);
            }
            text.push_str(&source[done..wrong.start]);
            let start = text.len();
            text.push_str(right);
            done = wrong.end;
            places.push((start..text.len(), wrong));
        }
        if places.is_empty() {
            return PatchedText { text: Cow::Borrowed(&source[range.clone()]), start: range.start, places };
        }
        text.push_str(&source[done..range.end]);
        PatchedText { text: Cow::Owned(text), start: range.start, places }
    }

    /// Position in the original text of position `at` of the new text.
    pub fn original(&self, at: usize) -> usize {
        if self.places.is_empty() {
            return self.start + at;
        }
        let after = self.places.partition_point(|(new, _)| new.start <= at);
        match after.checked_sub(1).and_then(|index| self.places.get(index)) {
            None => self.start + at,
            Some((new, author)) if at == new.start => author.start,
            Some((new, author)) if at < new.end => author.end,
            Some((new, author)) => author.end + (at - new.end),
        }
    }

    /// A part of the new text; borrowed where nothing is replaced.
    pub fn slice(&self, range: Range<usize>) -> Cow<'a, str> {
        match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
            Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
        }
    }

    /// An owned copy.
    pub fn into_owned(self) -> PatchedText<'static> {
        PatchedText { text: Cow::Owned(self.text.into_owned()), start: self.start, places: self.places }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_map_to_original_text() {
        let source = "对象：【甲、乙】尾";
        let pos = |c: char| source.find(c).expect("is there");
        let patch = |wrong: char, right| (pos(wrong)..pos(wrong) + wrong.len_utf8(), right);
        let patches = [patch('【', "["), patch('、', ", "), patch('】', "]")];
        let patched = PatchedText::new(source, pos('【')..source.len(), patches).into_owned();
        assert_eq!(patched.text, "[甲, 乙]尾");
        for (c, at) in patched.text.char_indices().map(|(at, c)| (c, at)).filter(|(c, _)| "甲乙尾".contains(*c)) {
            assert_eq!(patched.original(at), pos(c), "{c}");
        }
        assert_eq!(patched.original(0), pos('【'));
        assert_eq!(patched.original(patched.text.len()), source.len());
    }

    #[test]
    fn unchanged_text_is_borrowed() {
        let patched = PatchedText::new("对象：甲", 9.."对象：甲".len(), []);
        assert!(matches!(patched.text, Cow::Borrowed("甲")));
        assert_eq!(patched.original(3), 12);
    }
}
