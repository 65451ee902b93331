//! Collections in brackets of quoted texts and simple words: `["甲", 乙]`, `[{"事项": "培训", 期限: 12-10}]`.
//!
//! Most lists are no more than that, and a parser made for all of YAML takes ten times as long over them. What is read
//! here is read to the same nodes, to the byte; the test holds it against the parser. Anything else is the parser's.

use std::ops::Range;

use granit_parser::ScalarStyle;

/// What the parser would have come across, in order, each with its stretch of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PlainPiece {
    /// `[`
    List(Range<usize>),
    /// `{`
    Map(Range<usize>),
    /// A text with its quotes.
    Text(Range<usize>, ScalarStyle),
    /// The bracket that closes the innermost collection.
    End(Range<usize>),
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NextChar {
    /// A value, or in a map a key; the collection may also end.
    First,
    /// The same after a comma.
    More,
    /// The colon of a key.
    Colon,
    /// The value of a key.
    Value,
    /// A comma or the end.
    Comma,
    /// Blanks until the text ends.
    Nothing,
}

/// The same, where nothing in `text` could be a slip of the keyboard either, so that nobody needs to look for any: what
/// [`flow`](super::flow::flow) says of it is that it ends where it ends. Lists of nothing but words are left to that; so are
/// two brackets beside each other, which may be a link, and words with the signs that stand for a comma.
pub(super) fn parse_simple(text: &str) -> Option<Vec<PlainPiece>> {
    let inner = text.strip_prefix('[').map(|inner| inner.trim_start_matches(' '));
    if !inner.map_or(text.starts_with('{'), |inner| inner.starts_with(['"', '\'', '{'])) {
        return None;
    }
    let pieces = pieces(text)?;
    let ends = pieces.iter().zip(&pieces[1..]).all(|pair| match pair {
        (PlainPiece::List(one), PlainPiece::List(two)) => one.end != two.start,
        _ => true,
    });
    let slips = |piece: &PlainPiece| match piece {
        PlainPiece::Text(at, ScalarStyle::Plain) => text.as_bytes()[at.clone()].iter().any(|byte| matches!(byte, 0xE3 | 0xEF)),
        _ => false,
    };
    (ends && !pieces.iter().any(slips)).then_some(pieces)
}

/// Takes `text` apart, or leaves it to the parser.
pub(super) fn pieces(text: &str) -> Option<Vec<PlainPiece>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::with_capacity(16);
    // Whether each open collection is a map.
    let mut open: Vec<bool> = Vec::with_capacity(8);
    let mut next = NextChar::Value;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let here = at..at + 1;
        at += 1;
        let wants_item = matches!(next, NextChar::First | NextChar::More);
        let is_key = wants_item && open.last() == Some(&true);
        match byte {
            b' ' => {}
            b'[' | b'{' if (wants_item && !is_key) || next == NextChar::Value => {
                let map = byte == b'{';
                pieces.push(if map { PlainPiece::Map(here) } else { PlainPiece::List(here) });
                open.push(map);
                next = NextChar::First;
            }
            b']' | b'}' if wants_item || next == NextChar::Comma => {
                if open.pop()? != (byte == b'}') {
                    return None;
                }
                pieces.push(PlainPiece::End(here));
                next = if open.is_empty() { NextChar::Nothing } else { NextChar::Comma };
            }
            b',' if next == NextChar::Comma => next = NextChar::More,
            b':' if next == NextChar::Colon && bytes.get(at) == Some(&b' ') => next = NextChar::Value,
            _ if !open.is_empty() && (wants_item || next == NextChar::Value) => {
                let (length, style) = scalar(&text[here.start..])?;
                at = here.start + length;
                pieces.push(PlainPiece::Text(here.start..at, style));
                next = if is_key { NextChar::Colon } else { NextChar::Comma };
            }
            _ => return None,
        }
    }
    (next == NextChar::Nothing).then_some(pieces)
}

/// Length and style of the scalar at the head of `text`, when it is one of those that mean what they look like.
fn scalar(text: &str) -> Option<(usize, ScalarStyle)> {
    match text.chars().next()? {
        quote @ ('"' | '\'') => {
            let bytes = text.as_bytes();
            let end = 1 + memchr::memchr2(quote as u8, b'\\', &bytes[1..])?;
            let closed = bytes[end] == quote as u8 && bytes.get(end + 1) != Some(&(quote as u8));
            let style = if quote == '"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
            (closed && are_harmless(&text[1..end])).then_some((end + 1, style))
        }
        c if c.is_alphanumeric() => {
            let end = text.find(|c| !is_of_a_word(c)).unwrap_or(text.len());
            // What follows a word decides whether the word is at its end; only these do it for sure.
            let ends = text[end..].starts_with([',', ']', '}']) || text[end..].starts_with(": ");
            ends.then(|| (text[..end].trim_end_matches(' ').len(), ScalarStyle::Plain))
        }
        _ => None,
    }
}

/// Whether all of a text stands in quotes as itself.
fn are_harmless(text: &str) -> bool {
    // What is not harmless begins with these bytes, as much else does; asked of all of them it costs less than of the first few.
    let odd = |byte: u8| (byte < b' ') | (byte == 0x7F) | (byte == 0xC2) | (byte & 0xFC == 0xE0) | (byte == 0xEF);
    !text.bytes().fold(false, |found, byte| found | odd(byte)) || text.chars().all(is_harmless)
}

/// Whether it stands in quotes as itself, whatever stands around it.
fn is_harmless(c: char) -> bool {
    c == ' ' || (c > ' ' && !c.is_control() && !c.is_whitespace() && c != '\u{FEFF}')
}

/// Whether it may stand within a plain scalar and means nothing there.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '/' | '（' | '）' | '、' | '，' | '。')
}
