//! Splits front matter into entries of untyped text with spans, even if it is broken.
//!
//! [`read`] cuts front matter into entries at column 0 (`decisions.md` 19). A one-line entry of a one-line field is
//! *the rest of its line, literally*, unless its value is entirely one balanced quoted string or flow collection. Every
//! other entry is parsed as YAML by itself, so an error affects one entry only. Keyboard slips are fixed before
//! parsing; an offset map makes every span point into the author's own text. This module knows neither field names nor
//! dates nor booleans: `no`, `0123` and `2026-1-5` stay what was typed.

mod block;
mod duplicate_keys;
mod entry;
mod entry_head;
mod event_reader;
mod flow;
mod front_matter;
mod node;
mod simple_values;
mod text_fixes;

pub use entry::{Entry, EntryValue, FrontMatter, KeyKind};
pub use entry_head::looks_like_entry;
pub use event_reader::MAX_DEPTH;
pub use front_matter::{MAX_FRONT, read};
pub use node::YamlNode;
pub use text_fixes::slips_diagnostic;

/// Separating white space, including the wide space and the invisible characters that chat programs paste.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r') || (!c.is_ascii() && (c.is_whitespace() || is_invisible(c)))
}

/// Zero-width characters left by chat programs and word processors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// `range` without blanks at both ends.
fn trimmed(source: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let bytes = &source.as_bytes()[range.clone()];
    let inner = &bytes[bytes.iter().take_while(|byte| **byte == b' ').count()..];
    // Usually both ends are an ASCII or Han character: one of three bytes that begin neither a blank nor a zero-width
    // character.
    let is_han = |byte: &u8| matches!(byte, 0xE4..=0xE9);
    if let (Some(first), Some(last)) = (inner.first(), inner.last())
        && (first.is_ascii_graphic() || is_han(first))
        && (last.is_ascii_graphic() || inner.iter().nth_back(2).is_some_and(is_han))
    {
        return range.end - inner.len()..range.end;
    }
    let text = source[range.clone()].trim_start_matches(is_blank);
    let start = range.end - text.len();
    start..start + text.trim_end_matches(is_blank).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimmed_text_has_no_outer_blanks() {
        let ends = " \t\n\r\u{3000}\u{A0}\u{85}\u{2028}\u{200B}\u{FEFF}\u{2060}\u{b}a-甲。：é𠮷\u{F8FF}\u{AC00}".chars();
        for first in ends.clone() {
            for last in ends.clone() {
                for text in [
                    format!("{first}{last}"),
                    format!("{first}甲{last}"),
                    format!(" {first}甲 {last}乙{last}"),
                    format!("{first}"),
                ] {
                    let source = format!("前{text}后");
                    let range = '前'.len_utf8()..source.len() - '后'.len_utf8();
                    let slow = text.trim_matches(is_blank);
                    let fast = trimmed(&source, range);
                    assert_eq!(&source[fast.clone()], slow, "{text:?}");
                    assert!(slow.is_empty() || fast.start == '前'.len_utf8() + text.find(slow).expect("a part"));
                }
            }
        }
        assert_eq!(trimmed("甲", 3..3), 3..3);
    }
}
