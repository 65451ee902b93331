//! Splits flow collections of quoted texts and simple words: `["甲", 乙]`, `[{"事项": "培训", 期限: 12-10}]`.
//!
//! Most lists are no more than that, and a full YAML parser takes ten times as long for them. The result equals that of
//! the parser, to the byte; a test compares both. Everything else is left to the parser.

use std::ops::Range;

use granit_parser::ScalarStyle;

/// The tokens of a collection in order, with their ranges.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FlowToken {
    /// `[`
    List(Range<usize>),
    /// `{`
    Map(Range<usize>),
    /// A text including its quotes.
    Text(Range<usize>, ScalarStyle),
    /// The bracket that closes the innermost collection.
    End(Range<usize>),
}

/// Which token may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// A value, in a map a key, or the end of the collection.
    First,
    /// As `First`, after a comma.
    More,
    /// The colon of a key.
    Colon,
    /// The value of a key.
    Value,
    /// A comma or the end of the collection.
    Comma,
    /// Only spaces until the end.
    Nothing,
}

/// As [`pieces`], but only if `text` cannot contain a keyboard slip either, so that none need be searched for;
/// [`flow`](super::flow::flow) then only determines its end. Excludes lists of plain words (`flow` handles them), two
/// adjacent brackets (maybe a link), and words with characters that may stand for a comma.
pub(super) fn tokenize_without_slips(text: &str) -> Option<Vec<FlowToken>> {
    let inner = text.strip_prefix('[').map(|inner| inner.trim_start_matches(' '));
    if !inner.map_or(text.starts_with('{'), |inner| inner.starts_with(['"', '\'', '{'])) {
        return None;
    }
    let pieces = tokenize(text)?;
    let ends = pieces.iter().zip(&pieces[1..]).all(|pair| match pair {
        (FlowToken::List(one), FlowToken::List(two)) => one.end != two.start,
        _ => true,
    });
    let slips = |piece: &FlowToken| match piece {
        FlowToken::Text(at, ScalarStyle::Plain) => text.as_bytes()[at.clone()].iter().any(|byte| matches!(byte, 0xE3 | 0xEF)),
        _ => false,
    };
    (ends && !pieces.iter().any(slips)).then_some(pieces)
}

/// Splits `text`; `None` if the parser is needed.
pub(super) fn tokenize(text: &str) -> Option<Vec<FlowToken>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::with_capacity(16);
    // For each open collection: whether it is a map.
    let mut open: Vec<bool> = Vec::with_capacity(8);
    let mut next = Expected::Value;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let here = at..at + 1;
        at += 1;
        let wants_item = matches!(next, Expected::First | Expected::More);
        let is_key = wants_item && open.last() == Some(&true);
        match byte {
            b' ' => {}
            b'[' | b'{' if (wants_item && !is_key) || next == Expected::Value => {
                let map = byte == b'{';
                pieces.push(if map { FlowToken::Map(here) } else { FlowToken::List(here) });
                open.push(map);
                next = Expected::First;
            }
            b']' | b'}' if wants_item || next == Expected::Comma => {
                if open.pop()? != (byte == b'}') {
                    return None;
                }
                pieces.push(FlowToken::End(here));
                next = if open.is_empty() { Expected::Nothing } else { Expected::Comma };
            }
            b',' if next == Expected::Comma => next = Expected::More,
            b':' if next == Expected::Colon && bytes.get(at) == Some(&b' ') => next = Expected::Value,
            _ if !open.is_empty() && (wants_item || next == Expected::Value) => {
                let (length, style) = scan_scalar(&text[here.start..])?;
                at = here.start + length;
                pieces.push(FlowToken::Text(here.start..at, style));
                next = if is_key { Expected::Colon } else { Expected::Comma };
            }
            _ => return None,
        }
    }
    (next == Expected::Nothing).then_some(pieces)
}

/// Length and style of the scalar at the start of `text`, if it means what it looks like.
fn scan_scalar(text: &str) -> Option<(usize, ScalarStyle)> {
    match text.chars().next()? {
        quote @ ('"' | '\'') => {
            let bytes = text.as_bytes();
            let end = 1 + memchr::memchr2(quote as u8, b'\\', &bytes[1..])?;
            let closed = bytes[end] == quote as u8 && bytes.get(end + 1) != Some(&(quote as u8));
            let style = if quote == '"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
            (closed && is_literal_text(&text[1..end])).then_some((end + 1, style))
        }
        c if c.is_alphanumeric() => {
            let end = text.find(|c| !is_plain_char(c)).unwrap_or(text.len());
            // Whether a word ends is decided by what follows; only these characters are certain.
            let ends = text[end..].starts_with([',', ']', '}']) || text[end..].starts_with(": ");
            ends.then(|| (text[..end].trim_end_matches(' ').len(), ScalarStyle::Plain))
        }
        _ => None,
    }
}

/// Whether all of a text represents itself inside quotes.
fn is_literal_text(text: &str) -> bool {
    // Other characters begin with these bytes (as do harmless ones); testing all bytes is cheaper than stopping early.
    let odd = |byte: u8| (byte < b' ') | (byte == 0x7F) | (byte == 0xC2) | (byte & 0xFC == 0xE0) | (byte == 0xEF);
    !text.bytes().fold(false, |found, byte| found | odd(byte)) || text.chars().all(is_literal_char)
}

/// Whether the character represents itself inside quotes in any context.
fn is_literal_char(c: char) -> bool {
    c == ' ' || (c > ' ' && !c.is_control() && !c.is_whitespace() && c != '\u{FEFF}')
}

/// Whether the character may be part of a plain scalar without special meaning.
fn is_plain_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '/' | '（' | '）' | '、' | '，' | '。')
}
