//! Collections in brackets of quoted texts and simple words: `["甲", 乙]`, `[{"事项": "培训", 期限: 12-10}]`.
//!
//! Most lists are no more than that, and a parser made for all of YAML takes ten times as long over them. What is read
//! here is read to the same nodes, to the byte; the test holds it against the parser. Anything else is the parser's.

use std::ops::Range;

use granit_parser::ScalarStyle;

/// What the parser would have come across, in order, each with its stretch of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
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
enum Next {
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

/// Takes `text` apart, or leaves it to the parser.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    // Whether each open collection is a map.
    let mut open: Vec<bool> = Vec::new();
    let mut next = Next::Value;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let here = at..at + 1;
        at += 1;
        let wants_item = matches!(next, Next::First | Next::More);
        let is_key = wants_item && open.last() == Some(&true);
        match byte {
            b' ' => {}
            b'[' | b'{' if (wants_item && !is_key) || next == Next::Value => {
                let map = byte == b'{';
                pieces.push(if map { Piece::Map(here) } else { Piece::List(here) });
                open.push(map);
                next = Next::First;
            }
            b']' | b'}' if wants_item || next == Next::Comma => {
                if open.pop()? != (byte == b'}') {
                    return None;
                }
                pieces.push(Piece::End(here));
                next = if open.is_empty() { Next::Nothing } else { Next::Comma };
            }
            b',' if next == Next::Comma => next = Next::More,
            b':' if next == Next::Colon && bytes.get(at) == Some(&b' ') => next = Next::Value,
            _ if !open.is_empty() && (wants_item || next == Next::Value) => {
                let (length, style) = scalar(&text[here.start..])?;
                at = here.start + length;
                pieces.push(Piece::Text(here.start..at, style));
                next = if is_key { Next::Colon } else { Next::Comma };
            }
            _ => return None,
        }
    }
    (next == Next::Nothing).then_some(pieces)
}

/// Length and style of the scalar at the head of `text`, when it is one of those that mean what they look like.
fn scalar(text: &str) -> Option<(usize, ScalarStyle)> {
    let mut chars = text.char_indices();
    match chars.next()?.1 {
        quote @ ('"' | '\'') => {
            let (end, _) = chars.find(|&(_, c)| c == quote || c == '\\' || !is_harmless(c))?;
            let closed = text[end..].starts_with(quote) && !text[end + 1..].starts_with(quote);
            let style = if quote == '"' { ScalarStyle::DoubleQuoted } else { ScalarStyle::SingleQuoted };
            closed.then_some((end + 1, style))
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

/// Whether it stands in quotes as itself, whatever stands around it.
fn is_harmless(c: char) -> bool {
    c == ' ' || (c > ' ' && !c.is_control() && !c.is_whitespace() && c != '\u{FEFF}')
}

/// Whether it may stand within a plain scalar and means nothing there.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '/' | '（' | '）' | '、' | '，' | '。')
}
