//! Splits a line into key and value.

use std::ops::Range;

use super::text_fixes::TextFixes;
use super::{KeyKind, is_blank, is_invisible, trimmed};

/// A key, and where its value starts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct EntryHead {
    /// The key, trimmed and unquoted.
    pub key: Range<usize>,
    /// Start of the value, including leading spaces.
    pub value: usize,
}

/// Whether a line looks like `key: value`, for finding front matter that lacks a fence.
pub fn looks_like_entry(line: &str) -> bool {
    parse_head(line, 0..line.len(), &|_| KeyKind::No, &mut TextFixes::default()).is_some()
}

/// Finds the key of a line that starts at column 0. Slips are added to `mends`.
pub(super) fn parse_head(
    source: &str,
    line: Range<usize>,
    known: &dyn Fn(&str) -> KeyKind,
    mends: &mut TextFixes,
) -> Option<EntryHead> {
    let text = &source[line.clone()];
    match simple_head(text) {
        Some(at) => Some(EntryHead { key: line.start..line.start + at, value: line.start + at + 1 }),
        None => head_with_slips(source, line, known, mends),
    }
}

/// The general case.
fn head_with_slips(
    source: &str,
    line: Range<usize>,
    known: &dyn Fn(&str) -> KeyKind,
    mends: &mut TextFixes,
) -> Option<EntryHead> {
    let text = &source[line.clone()];
    if text.starts_with(['"', '\''])
        && let Some(length) = super::flow::quoted_len(text)
    {
        let after = trimmed(source, line.start + length..line.end);
        if source[after.clone()].starts_with(':') {
            return Some(EntryHead { key: line.start + 1..line.start + length - 1, value: after.start + 1 });
        }
    }
    for (at, colon) in colons(text) {
        let start = line.start + at;
        let end = start + colon.len_utf8();
        let rest = &source[end..line.end];
        let key = trimmed(source, line.start..start);
        let name = source[key.clone()].trim_matches(['“', '”']);
        if name.is_empty() {
            return None;
        }
        let spaced = rest.is_empty() || rest.starts_with([' ', '\t']);
        let sure = match colon {
            ':' if spaced => true,
            ':' if rest.starts_with('\u{3000}') => true,
            ':' => known(name) != KeyKind::No || (is_plausible(name) && !is_clock_or_address(name, rest)),
            '；' | ';' => known(name) != KeyKind::No,
            _ => known(name) != KeyKind::No || is_plausible(name),
        };
        if !sure {
            continue;
        }
        let wide = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
        if colon != ':' || rest[..wide].contains('\u{3000}') {
            let nothing = rest.len() == wide;
            mends.replace(start..end + wide, if nothing { ":" } else { ": " });
        } else if !spaced {
            mends.replace(end..end, " ");
        }
        return Some(EntryHead { key: unquoted_key(source, line.start, key, mends), value: end });
    }
    None
}

/// The colon of a simple line, as nearly every line is: a key of Han characters, ASCII and other characters that do not
/// resemble colon, quote or blank, then an ASCII colon followed by a space or nothing. It contains no slip, and
/// [`head_with_slips`] gives the same result.
fn simple_head(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Full-width colons, quotes and blank or zero-width characters begin with these bytes (as do others).
    let at = bytes.iter().position(|byte| matches!(byte, b':' | 0xC2 | 0xE1..=0xE3 | 0xEF))?;
    let (first, last) = (bytes[0], bytes[at.checked_sub(1)?]);
    let bare = !matches!(first, b'"' | b'\'' | b' ' | b'\t' | b'\r' | b'\n') && !matches!(last, b' ' | b'\t' | b'\r' | b'\n');
    let behind = bytes[at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    let spaced = matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'));
    // A wide space is a slip; it begins with this byte.
    (bytes[at] == b':' && bare && spaced && behind != Some(&0xE3)).then_some(at)
}

/// The key without Chinese quotes and invisible characters.
fn unquoted_key(source: &str, from: usize, key: Range<usize>, mends: &mut TextFixes) -> Range<usize> {
    if source[from..key.start].contains(is_invisible) {
        mends.replace(from..key.start, "");
    }
    let name = &source[key.clone()];
    match name.strip_prefix('“').and_then(|name| name.strip_suffix('”')) {
        Some(inner) if !inner.is_empty() && !inner.contains(['“', '”']) => {
            let start = key.start + '“'.len_utf8();
            mends.replace(key.start..start, "");
            mends.replace(start + inner.len()..key.end, "");
            start..start + inner.len()
        }
        _ => key,
    }
}

/// Every colon of a line in order; if there is none, every semicolon (the same keyboard key without Shift).
fn colons(text: &str) -> impl Iterator<Item = (usize, char)> {
    let any = text.contains([':', '：']);
    text.char_indices().filter(move |(_, c)| match c {
        ':' | '：' | '﹕' | '∶' => true,
        '；' | ';' => !any,
        _ => false,
    })
}

/// Whether an unknown key is plausible, so that a mistyped colon after it counts as a colon.
pub(super) fn is_plausible(key: &str) -> bool {
    let mut characters = 0;
    key.chars().all(|c| {
        characters += 1;
        characters <= 20 && !is_blank(c) && !"，。；！？、“”…—,.;!?\"'[]{}【】#".contains(c)
    })
}

/// `10:30 到厂`, `http://…`, `C:\资料`: a colon that is not a separator.
fn is_clock_or_address(key: &str, rest: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_digit()) || rest.starts_with("//") || rest.starts_with('\\')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(line: &str) -> Option<(&str, &str, String)> {
        let mut mends = TextFixes::default();
        let known = |key: &str| if ["日期", "成果", "事由"].contains(&key) { KeyKind::Line } else { KeyKind::No };
        let head = parse_head(line, 0..line.len(), &known, &mut mends)?;
        let mended = mends.apply(line, 0..line.len()).text.into_owned();
        Some((&line[head.key], line[head.value..].trim_matches(is_blank), mended))
    }

    #[test]
    fn first_separating_colon_splits() {
        for (line, key, value) in [
            ("成果: C", "成果", "C"),
            ("成果 : C", "成果", "C"),
            ("成果:", "成果", ""),
            ("事由: 沈主任说: 月底定稿", "事由", "沈主任说: 月底定稿"),
            ("\"a: b\": c", "a: b", "c"),
            ("*重要*: @周岚", "*重要*", "@周岚"),
            ("网站: http://a.cn:80/", "网站", "http://a.cn:80/"),
        ] {
            assert_eq!(cut(line), Some((key, value, line.to_owned())), "{line}");
        }
    }

    #[test]
    fn colon_slips_are_fixed() {
        for (line, right) in [
            ("成果：C 再度访问", "成果: C 再度访问"),
            ("成果：　C", "成果: C"),
            ("成果:　C", "成果: C"),
            ("成果:C", "成果: C"),
            ("成果；C", "成果: C"),
            ("成果：", "成果:"),
            ("“成果”：C", "成果: C"),
            ("\u{200B}成果: C", "成果: C"),
            ("事由：沈主任说: 月底定稿", "事由: 沈主任说: 月底定稿"),
            ("我的备注：x", "我的备注: x"),
        ] {
            assert_eq!(cut(line).map(|cut| cut.2).as_deref(), Some(right), "{line}");
        }
    }

    #[test]
    fn common_lines_take_the_fast_path() {
        for (line, at) in [
            ("成果: C", Some(6)),
            ("成果:", Some(6)),
            ("a b: c", Some(3)),
            ("成果 : C", None),
            ("成果:C", None),
            ("成果:\u{3000}C", None),
            ("成果: \t\u{3000}C", None),
            ("成果：C: D", None),
            ("\"成果\": C", None),
            ("“成果”: C", None),
            (" 成果: C", None),
            (": C", None),
            ("", None),
        ] {
            assert_eq!(simple_head(line), at, "{line}");
        }
    }

    const PIECES: [&str; 24] = [
        "成果", "Fee", "日期", "：", ":", ": ", ":\t", "；", ";", "﹕", "∶", " ", "\t", "\u{3000}", "\u{A0}", "\u{200B}",
        "\u{FEFF}", "“", "”", "\"", "'", "10", "//", "。",
    ];

    proptest! {
        #![proptest_config(crate::testing::cases(4000))]

        #[test]
        fn fast_path_equals_slow_path(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8)) {
            let line = pieces.concat();
            let known = |key: &str| if key == "成果" { KeyKind::Line } else { KeyKind::No };
            let mut mends = TextFixes::default();
            if let Some(at) = simple_head(&line) {
                let long = head_with_slips(&line, 0..line.len(), &known, &mut mends);
                prop_assert_eq!((long, mends), (Some(EntryHead { key: 0..at, value: at + 1 }), TextFixes::default()), "{:?}", line);
            }
        }
    }

    #[test]
    fn sentence_is_not_an_entry() {
        for line in ["下午两点到厂，吕明讲切换步骤：先停泵", "10:30 到厂", "http://a.cn/x", "周岚", "我的备注；x", ": x"]
        {
            assert_eq!(cut(line), None, "{line}");
        }
    }
}
