//! The text given to the Markdown parser, with the mapping of its positions to the author's text.
//!
//! Before parsing, the text is edited in four ways that no reader may notice: emphasis beside Chinese punctuation is
//! made to work (`cjk_text`), the bar of a wikilink in a table row is hidden so that it does not end the cell, lines
//! nested too deep become text (`nesting_limit`), and several ranges are joined to one body. Positions are mapped part
//! by part.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use super::{cjk_text, nesting_limit};
use crate::text::{FileId, Span};

/// The dialect: CommonMark with common extensions. No smart punctuation, which changes “”, and no heading attributes,
/// because `{…}` is text.
const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_WIKILINKS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// An edit of the text before parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SourceEdit {
    /// Position in the author's text.
    pub at: usize,
    /// The edit.
    pub what: EditKind,
}

/// Kinds of edits, in the order in which they apply at one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EditKind {
    /// Skips so many bytes of indentation.
    Skip(usize),
    /// Inserts a marker that is neither punctuation nor white space.
    Join,
    /// Replaces a bar by a marker.
    Bar,
}

/// A range that was copied unchanged.
#[derive(Clone, Copy, Debug)]
struct SourcePart {
    read: usize,
    origin: usize,
    len: usize,
}

/// A text prepared for the parser.
pub(super) struct MarkdownSource<'t> {
    original: &'t str,
    file: FileId,
    read: Cow<'t, str>,
    stretches: Vec<SourcePart>,
    join: char,
    bar: char,
    /// Lines that are nested too deep and are read as text.
    pub too_deep: Vec<Span>,
}

impl<'t> MarkdownSource<'t> {
    /// Prepares the ranges `spans` of `text`, all of one file, as one body.
    pub fn of(text: &'t str, spans: &[Span]) -> Self {
        let file = spans.first().map(|span| span.file).unwrap_or_default();
        let ranges: Vec<Range<usize>> = spans.iter().map(|span| within(text, *span)).collect();
        let mut touches = Vec::new();
        let mut too_deep = Vec::new();
        for range in &ranges {
            undent(text, range, &mut touches);
            cjk_text::find_emphasis_fixes(text, range, &mut touches);
            hide_bars(text, range, &mut touches);
            for line in nesting_limit::too_deep_prefixes(text, range) {
                touches.push(SourceEdit { at: line.start, what: EditKind::Join });
                too_deep.push(Span::new(file, line.start, line.end));
            }
        }
        if let ([span], true) = (spans, touches.is_empty()) {
            return MarkdownSource { too_deep, ..MarkdownSource::without_edits(text, *span) };
        }
        touches.sort_unstable();
        let (join, bar) = unused_markers(text);
        let mut source =
            MarkdownSource { original: text, file, read: Cow::Borrowed(""), stretches: Vec::new(), join, bar, too_deep };
        source.apply_edits(&ranges, &touches);
        source
    }

    /// A text that needs no edits.
    pub fn without_edits(text: &'t str, span: Span) -> Self {
        let range = within(text, span);
        let stretches = vec![SourcePart { read: 0, origin: range.start, len: range.len() }];
        let read = Cow::Borrowed(&text[range]);
        MarkdownSource { original: text, file: span.file, read, stretches, join: '\0', bar: '\0', too_deep: Vec::new() }
    }

    /// Copies ranges and applies the edits in between.
    fn apply_edits(&mut self, ranges: &[Range<usize>], touches: &[SourceEdit]) {
        let mut read = String::with_capacity(ranges.iter().map(|r| r.len() + 16).sum::<usize>() + touches.len() * 3);
        let mut touches = touches.iter().peekable();
        for (index, range) in ranges.iter().enumerate() {
            if index > 0 {
                self.push_separator(&mut read);
            }
            let mut from = range.start;
            while let Some(touch) = touches.next_if(|touch| touch.at < range.end) {
                let at = touch.at.max(from);
                self.copy(&mut read, from, at);
                from = at;
                match touch.what {
                    EditKind::Skip(bytes) => from += bytes,
                    EditKind::Join => read.push(self.join),
                    EditKind::Bar => {
                        read.push(self.bar);
                        from += 1;
                    }
                }
            }
            self.copy(&mut read, from, range.end);
        }
        self.read = Cow::Owned(read);
    }

    fn copy(&mut self, read: &mut String, from: usize, to: usize) {
        self.stretches.push(SourcePart { read: read.len(), origin: from, len: to - from });
        read.push_str(&self.original[from..to]);
    }

    /// Keeps a list at the end of one range from continuing in a list at the start of the next.
    fn push_separator(&self, read: &mut String) {
        read.push_str("\n\n");
        read.push_str(&self.separator());
        read.push_str("\n\n");
    }

    /// The HTML comment inserted between two ranges; it cannot occur in the author's text.
    fn separator(&self) -> String {
        format!("<!--{}-->", self.join)
    }

    /// Whether raw HTML is our own separator and not the author's.
    pub fn is_separator(&self, html: &str) -> bool {
        self.join != '\0' && html.trim_end() == self.separator()
    }

    /// The text for the parser.
    pub fn parser_text(&self) -> &str {
        &self.read
    }

    /// A parser for it.
    pub fn parser(&self) -> Parser<'_> {
        Parser::new_ext(&self.read, DIALECT)
    }

    /// The author's text.
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// The marker that stands for a bar inside a wikilink.
    pub fn bar(&self) -> char {
        self.bar
    }

    /// Maps a position of the parser to the author's text.
    pub fn origin(&self, at: usize) -> usize {
        let after = self.stretches.partition_point(|stretch| stretch.read <= at);
        match after.checked_sub(1).and_then(|index| self.stretches.get(index)) {
            Some(stretch) => stretch.origin + (at - stretch.read).min(stretch.len),
            None => self.stretches.first().map_or(0, |stretch| stretch.origin),
        }
    }

    /// Maps a range of the parser to the author's text.
    pub fn origin_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.origin(range.start);
        start..self.origin(range.end).max(start)
    }

    /// Maps a range of the parser to a span.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let range = self.origin_range(range);
        self.span_of(&range)
    }

    /// A range of the author's text as a span.
    pub fn span_of(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// The text without markers, as the author wrote it.
    pub fn restore<'s>(&self, text: &'s str) -> Cow<'s, str> {
        if matches!(self.read, Cow::Borrowed(_)) || !text.contains([self.join, self.bar]) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().filter(|c| *c != self.join).map(|c| if c == self.bar { '|' } else { c }).collect())
    }
}

/// The range of a span, clamped to the text and to character boundaries.
fn within(text: &str, span: Span) -> Range<usize> {
    let end = text.floor_char_boundary(span.end.index());
    text.floor_char_boundary(span.start.index()).min(end)..end
}

/// `range` without blanks at its ends; an empty range keeps its start.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let end = range.start + slice.trim_end().len();
    if end == range.start {
        return range.start..range.start;
    }
    end - slice.trim().len()..end
}

/// Removes a list item's indentation from the other lines of a range that starts inside the item; otherwise they would
/// be read as code.
fn undent(text: &str, range: &Range<usize>, touches: &mut Vec<SourceEdit>) {
    let bytes = text.as_bytes();
    let line = memchr::memrchr2(b'\n', b'\r', &bytes[..range.start]).map_or(0, |at| at + 1);
    let before = &bytes[line..range.start];
    if before.is_empty() || !before.iter().all(|b| b" \t-+*.)".contains(b) || b.is_ascii_digit()) {
        return;
    }
    let indent = before.iter().fold(0, |columns, b| if *b == b'\t' { columns / 4 * 4 + 4 } else { columns + 1 });
    for end in memchr::memchr_iter(b'\n', &bytes[range.clone()]) {
        let start = range.start + end + 1;
        let (mut columns, mut skip) = (0, 0);
        while columns < indent {
            match bytes[..range.end].get(start + skip) {
                Some(b' ') => columns += 1,
                Some(b'\t') if columns / 4 * 4 + 4 <= indent => columns = columns / 4 * 4 + 4,
                _ => break,
            }
            skip += 1;
        }
        if skip > 0 {
            touches.push(SourceEdit { at: start, what: EditKind::Skip(skip) });
        }
    }
}

/// Hides the bar of `[[华东院/王建国|王总]]` from the table parser. Only lines with another bar can be rows.
fn hide_bars(text: &str, range: &Range<usize>, touches: &mut Vec<SourceEdit>) {
    let bytes = &text.as_bytes()[..range.end];
    let mut from = range.start;
    while let Some(at) = memchr::memmem::find(&bytes[from..], b"[[") {
        let start = memchr::memrchr(b'\n', &bytes[from..from + at]).map_or(from, |end| from + end + 1);
        let end = memchr::memchr(b'\n', &bytes[from + at..]).map_or(range.end, |end| from + at + end);
        hide_bars_in_line(bytes, start..end, touches);
        from = end;
    }
}

fn hide_bars_in_line(bytes: &[u8], line: Range<usize>, touches: &mut Vec<SourceEdit>) {
    let mut inside = Vec::new();
    let mut outside = false;
    let mut at = line.start;
    let mut may_close = true;
    while at < line.end {
        match bytes[at] {
            b'\\' => at += 1,
            b'|' => outside = true,
            b'[' if may_close && bytes[at..line.end].starts_with(b"[[") => {
                match memchr::memmem::find(&bytes[at..line.end], b"]]") {
                    Some(close) => {
                        let body = &bytes[at..at + close];
                        let bars = memchr::memchr_iter(b'|', body).filter(|bar| body[bar - 1] != b'\\');
                        inside.extend(bars.map(|bar| SourceEdit { at: at + bar, what: EditKind::Bar }));
                        at += close;
                    }
                    None => may_close = false,
                }
            }
            _ => {}
        }
        at += 1;
    }
    if outside {
        touches.append(&mut inside);
    }
}

/// Two characters that do not occur in the text. They are non-characters, which nobody types; a text that contains all
/// 32 of them was not written by a person and may lose two.
fn unused_markers(text: &str) -> (char, char) {
    let usual = ('\u{FDD0}', '\u{FDD1}');
    if memchr::memmem::find(text.as_bytes(), b"\xEF\xB7").is_none() {
        return usual;
    }
    let mut free = ('\u{FDD0}'..='\u{FDEF}').filter(|mark| !text.contains(*mark));
    match (free.next(), free.next()) {
        (Some(join), Some(bar)) => (join, bar),
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Span {
        Span::new(FileId(3), 0, text.len())
    }

    #[test]
    fn plain_text_is_borrowed() {
        let text = "和沈主任谈了改造。";
        assert!(matches!(MarkdownSource::of(text, &[whole(text)]).read, Cow::Borrowed(_)));
    }

    #[test]
    fn offsets_map_back_past_inserted_marks() {
        let text = "**重点：**正文和**“少人值守”**方案";
        let source = MarkdownSource::of(text, &[whole(text)]);
        for word in ["正文", "少人", "方案"] {
            let read = source.parser_text().find(word).expect("was copied");
            assert_eq!(source.origin(read), text.find(word).expect("is there"), "{word}");
        }
        assert_eq!(source.restore(source.parser_text()), text);
    }

    #[test]
    fn spans_are_concatenated() {
        let text = "- 甲\n\n- 乙\n\n丙";
        let spans = [Span::new(FileId(3), 0, 6), Span::new(FileId(3), 7, 13)];
        let source = MarkdownSource::of(text, &spans);
        assert_eq!(source.origin(source.parser_text().find('乙').expect("was copied")), text.find('乙').expect("is there"));
        assert!(!source.parser_text().contains('丙'));
    }

    #[test]
    fn wikilink_bar_does_not_split_cell() {
        let text = "| 人 | 单位 |\n|---|---|\n| [[华东院/王建国|王总]] | 华东院 |\n\n[[甲|乙]]\n";
        let source = MarkdownSource::of(text, &[whole(text)]);
        assert_eq!(source.parser_text().matches(source.bar()).count(), 1);
        assert_eq!(source.restore(source.parser_text()), text);
    }

    #[test]
    fn item_content_is_dedented() {
        let text = "- 甲\n    - 乙\n    - 丙\n";
        let source = MarkdownSource::of(text, &[Span::new(FileId(3), 10, text.len())]);
        assert_eq!(source.parser_text(), "- 乙\n- 丙\n");
    }

    #[test]
    fn noncharacters_in_input_are_preserved() {
        let text = "\u{FDD0}**重点：**正文";
        let source = MarkdownSource::of(text, &[whole(text)]);
        assert_eq!(source.restore(source.parser_text()), text);
    }
}
