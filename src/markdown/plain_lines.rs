//! Bodies without a mark: headings and paragraphs of words alone, as most reports are.
//!
//! What they say is found line by line, to the letter as the Markdown parser says it, at a tenth of its cost; the properties
//! hold the two against each other. Anything that might mean something to the parser is left to it.

use std::ops::Range;

/// A line of such a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it stands, without its end.
    pub at: Range<usize>,
    /// What it is.
    pub sort: LineClass,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineClass {
    /// Nothing: it ends a paragraph.
    Blank,
    /// A line of a paragraph.
    Words,
    /// A heading of this level, 1–6: its signs, one blank, its words.
    Heading(u8),
}

/// The lines of a body; `None` when it is not of this sort.
pub(super) fn lines(text: &str) -> Option<Vec<Line>> {
    let bytes = text.as_bytes();
    // All are asked at once: that costs less than to look for the first.
    if bytes.iter().fold(false, |found, &byte| found | is_special(byte)) {
        return None;
    }
    let mut lines = Vec::with_capacity(8);
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |length| start + length);
        lines.push(Line { at: start..end, sort: classify(&bytes[start..end])? });
        start = end + 1;
    }
    Some(lines)
}

/// Signs that mean something wherever they stand, a few beside them that do not, and what is no text; of that, `\n` alone is
/// none.
fn is_special(byte: u8) -> bool {
    let signs = (byte == b'*') | (byte == b'`') | (byte == b'<') | (byte == b'&');
    // `[`, `\`, `_`, `|` and `~` stand together, in two rows of which the rest is seldom written.
    signs | ((byte | 0x20) as i8 >= b'{' as i8) | ((byte < b' ') & (byte != b'\n'))
}

/// What a line without such signs is; `None` where its first sign may begin a block of another sort, or its blanks may mean
/// something.
fn classify(line: &[u8]) -> Option<LineClass> {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return Some(LineClass::Blank) };
    if *last == b' ' {
        return None;
    }
    match first {
        b' ' | b'>' | b'-' | b'+' | b':' | b'=' => None,
        b'0'..=b'9' => {
            let behind = line.iter().find(|byte| !byte.is_ascii_digit());
            (!matches!(behind, Some(b'.' | b')'))).then_some(LineClass::Words)
        }
        b'#' => {
            let level = line.iter().take_while(|byte| **byte == b'#').count();
            let (blank, words) = line[level..].split_first()?;
            let plain = *blank == b' ' && words.first().is_some_and(|byte| *byte != b' ') && !words.contains(&b'#');
            (level <= 6 && plain).then_some(LineClass::Heading(level as u8))
        }
        _ => Some(LineClass::Words),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of bodies that the parser is not needed for, and some that it is.
    pub fn sample_bodies() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            12 => prop::sample::select(vec![
                "沈主任同意", "，", "。", "“好”", "b", "Fee", " ", "\n", "\n\n", "\n", "# 一", "## 概要", "\n### 会后 3\n", "12", "2300万元",
                "=", "!", "]", ")", "(", ".", "#", "\u{3000}", "\u{3000}\u{3000}", "'", "\"", "{", "$", "^", "@", "http://a.cn", "%", ";", "/",
            ]).prop_map(str::to_owned),
            1 => prop::sample::select(vec![
                "\u{A0}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{200B}", "\u{FDD0}", "  ", "-", ":", "1. ", "\r\n", "\t", "**", "[[甲]]", "> ",
            ]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    fn classes(text: &str) -> Option<Vec<LineClass>> {
        Some(lines(text)?.into_iter().map(|line| line.sort).collect())
    }

    #[test]
    fn headings_and_words_need_no_parser() {
        use LineClass::{Blank, Heading, Words};
        let text = "## 面谈概要\n\n2300万元的合同，\n沈主任说：“月底定稿！”\n\n### 会后\n\u{3000}\u{3000}吃饭。\n";
        assert_eq!(classes(text), Some(vec![Heading(2), Blank, Words, Words, Blank, Heading(3), Words]));
        assert_eq!(classes(""), Some(vec![]));
        assert_eq!(classes("甲"), Some(vec![Words]));
    }

    #[test]
    fn whatever_may_mean_something_is_left_to_the_parser() {
        for text in [
            "**甲**",
            "_甲_",
            "`甲`",
            "~甲~",
            "[甲]",
            "<甲>",
            "甲&amp;",
            "甲\\",
            "| 甲 |",
            "甲\r\n乙",
            "甲\t乙",
            "甲\0",
            " 甲",
            "甲 \n乙",
            "> 甲",
            "- 甲",
            "+ 甲",
            ": 甲",
            "甲\n===",
            "甲\n---",
            "1. 甲",
            "12) 甲",
            "#甲",
            "#",
            "# ",
            "#  甲",
            "# 甲 #",
            "# 甲#",
            "####### 甲",
            "# 甲 ",
        ] {
            assert_eq!(classes(text), None, "{text:?}");
        }
    }
}
