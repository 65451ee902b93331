//! Fast path for bodies of headings and plain paragraphs, which most reports are.
//!
//! They are read line by line, with the same result as the Markdown parser at a tenth of the cost; property tests
//! compare both. Anything that might have a meaning in Markdown is left to the parser.

use std::ops::Range;

/// A line of such a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its range, without line end.
    pub at: Range<usize>,
    /// Its class.
    pub sort: LineClass,
}

/// Class of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineClass {
    /// A blank line, which ends a paragraph.
    Blank,
    /// A line of a paragraph.
    Words,
    /// A heading of this level, 1–6: markers, one space, text.
    Heading(u8),
}

/// The lines of a body; `None` if it needs the parser.
pub(super) fn parse_plain_lines(text: &str) -> Option<Vec<Line>> {
    let bytes = text.as_bytes();
    // Testing all bytes is cheaper than stopping at the first special one.
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

/// Characters that are special anywhere (and a few others beside them), and control characters except `\n`.
fn is_special(byte: u8) -> bool {
    let signs = (byte == b'*') | (byte == b'`') | (byte == b'<') | (byte == b'&');
    // `[`, `\`, `_`, `|` and `~` are adjacent in ASCII, in two rows whose other characters are rare.
    signs | ((byte | 0x20) as i8 >= b'{' as i8) | ((byte < b' ') & (byte != b'\n'))
}

/// Class of a line without such characters; `None` if its first character may begin another block or its indentation
/// may matter.
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

    /// Fragments of bodies, most of which do not need the parser.
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
        Some(parse_plain_lines(text)?.into_iter().map(|line| line.sort).collect())
    }

    #[test]
    fn headings_and_text_are_classified() {
        use LineClass::{Blank, Heading, Words};
        let text = "## 面谈概要\n\n2300万元的合同，\n沈主任说：“月底定稿！”\n\n### 会后\n\u{3000}\u{3000}吃饭。\n";
        assert_eq!(classes(text), Some(vec![Heading(2), Blank, Words, Words, Blank, Heading(3), Words]));
        assert_eq!(classes(""), Some(vec![]));
        assert_eq!(classes("甲"), Some(vec![Words]));
    }

    #[test]
    fn markdown_syntax_requires_parser() {
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
