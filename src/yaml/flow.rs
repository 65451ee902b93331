//! Flow collections as people type them: `[甲, 乙]`, `【甲、乙】`, `{事项：培训，期限：12-10}`.

use std::ops::Range;

use super::simple_values::{FlowToken, tokenize_without_slips};
use super::text_fixes::TextFixes;

/// The collection at the start of a value.
#[derive(Debug, Default)]
pub(super) struct FlowScan {
    /// End of the collection; `None` if it is not closed.
    pub end: Option<usize>,
    /// Slips in it.
    pub mends: TextFixes,
    /// Trimmed items if it is a list of plain words only.
    pub words: Option<Vec<Range<usize>>>,
    /// Its tokens, if it was split without the parser.
    pub pieces: Option<Vec<FlowToken>>,
}

/// Whether a value with this first character may be a flow collection.
pub(super) fn is_opening_bracket(c: char) -> bool {
    matches!(c, '[' | '{' | '【' | '［' | '｛')
}

/// Length of the wikilink at the start of `text`.
pub(super) fn wikilink_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("[[")?;
    let close = inner.find("]]")?;
    (!inner[..close].contains(['[', ']', '\n', '\r'])).then_some(close + 4)
}

/// One open bracket.
struct OpenBracket {
    map: bool,
    /// An ASCII comma separates items here, so full-width ones belong to the text.
    comma: bool,
    /// Full-width separators, for the case that there is no ASCII one.
    wide: Vec<Range<usize>>,
    /// The current pair already has its colon.
    colon: bool,
}

/// Scans a value that starts with a bracket. Most are written by programs without slips and only need to be split.
pub(super) fn scan_value(source: &str, range: Range<usize>) -> FlowScan {
    match tokenize_without_slips(&source[range.clone()]) {
        Some(pieces) => FlowScan { end: Some(range.end), pieces: Some(pieces), ..FlowScan::default() },
        None => scan_flow(source, range),
    }
}

/// Scans `source[range]`, which starts with a bracket, up to its closing bracket.
pub(super) fn scan_flow(source: &str, range: Range<usize>) -> FlowScan {
    let mut found = FlowScan::default();
    let mut levels: Vec<OpenBracket> = Vec::new();
    // For a list of plain words: its ASCII commas, and whether anything needs the parser.
    let (mut commas, mut plain) = (Vec::new(), true);
    let mut inside = 0usize;
    let mut fresh = true;
    let mut at = range.start;
    while let Some(c) = source[at..range.end].chars().next() {
        let here = at..at + c.len_utf8();
        at = here.end;
        let was_fresh = std::mem::replace(&mut fresh, false);
        match c {
            '[' if !levels.is_empty() && wikilink_len(&source[here.start..range.end]).is_some() => {
                at = here.start + wikilink_len(&source[here.start..range.end]).unwrap_or(1);
            }
            '[' | '【' | '［' | '{' | '｛' => {
                let map = matches!(c, '{' | '｛');
                if !matches!(c, '[' | '{') {
                    found.mends.replace(here, if map { "{" } else { "[" });
                }
                plain &= levels.is_empty() && !map;
                levels.push(OpenBracket { map, comma: false, wide: Vec::new(), colon: false });
                (fresh, inside) = (true, 0);
            }
            ']' | '】' | '］' | '}' | '｝' => {
                let map = matches!(c, '}' | '｝');
                if !matches!(c, ']' | '}') {
                    found.mends.replace(here.clone(), if map { "}" } else { "]" });
                }
                let Some(level) = levels.pop() else { break };
                inside = 0;
                let wide = if level.comma { Vec::new() } else { level.wide };
                if levels.is_empty() {
                    found.end = Some(at);
                    if plain && level.map == map {
                        let first = range.start + source[range.start..].chars().next().map_or(0, char::len_utf8);
                        let cuts = if level.comma { &commas } else { &wide };
                        found.words = split_words(source, first..here.start, cuts);
                    }
                }
                for wide in wide {
                    let blanks = source[wide.end..].len() - source[wide.end..].trim_start_matches([' ', '\u{3000}']).len();
                    found.mends.replace(wide.start..wide.end + blanks, ", ");
                }
                if levels.is_empty() {
                    break;
                }
            }
            '"' | '\'' if was_fresh => match quoted_len(&source[here.start..range.end]) {
                Some(length) => (at, plain) = (here.start + length, false),
                None => return found,
            },
            '“' if was_fresh => {
                if let Some(close) = chinese_quote_end(&source[at..range.end]) {
                    found.mends.replace(here, "\"");
                    found.mends.replace(at + close..at + close + '”'.len_utf8(), "\"");
                    at += close + '”'.len_utf8();
                    plain = false;
                }
            }
            '（' | '(' => inside += 1,
            '）' | ')' => inside = inside.saturating_sub(1),
            ',' => {
                let Some(level) = levels.last_mut() else { break };
                // A comma in parentheses is kept in lists split here; the YAML parser does not know parentheses.
                if inside == 0 {
                    level.comma = true;
                    commas.push(here);
                    fresh = true;
                }
                level.colon = false;
            }
            '，' | '、' if inside == 0 => {
                if let Some(level) = levels.last_mut() {
                    level.wide.push(here);
                    fresh = true;
                    level.colon &= level.comma;
                }
            }
            ':' | '：' => {
                let spaced = source[at..range.end].starts_with([' ', '\t', '\n', '\r']);
                plain &= !(c == ':' && (spaced || source[at..].starts_with([',', ']'])));
                if let Some(level) = levels.last_mut().filter(|level| level.map && !level.colon) {
                    level.colon = true;
                    if c == '：' || !spaced {
                        let blank = source[at..range.end].starts_with('\u{3000}');
                        let end = at + if blank { '\u{3000}'.len_utf8() } else { 0 };
                        found.mends.replace(here.start..end, if spaced { ":" } else { ": " });
                    }
                    fresh = true;
                }
            }
            ' ' | '\t' | '\u{3000}' | '\n' | '\r' => fresh = was_fresh,
            '&' | '*' | '!' | '?' if was_fresh => plain = false,
            '-' if was_fresh => plain &= !source[at..].starts_with(' '),
            _ => {}
        }
    }
    found
}

/// The trimmed ranges between `cuts`; an empty last one does not count. `None` if another one is empty.
fn split_words(source: &str, range: Range<usize>, cuts: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let mut words = Vec::with_capacity(cuts.len() + 1);
    let mut start = range.start;
    for end in cuts.iter().map(|cut| cut.start).chain([range.end]) {
        let word = super::trimmed(source, start..end);
        start = cuts.get(words.len()).map_or(range.end, |cut| cut.end);
        if word.is_empty() {
            if end == range.end {
                break;
            }
            return None;
        }
        words.push(word);
    }
    Some(words)
}

/// Length of the quoted text at the head of `text`, quotes included.
pub(super) fn quoted_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Position of the `”` that closes an item which began with `“`.
fn chinese_quote_end(text: &str) -> Option<usize> {
    let close = text.find('”')?;
    let whole =
        text[close + '”'.len_utf8()..].trim_start().starts_with([',', '，', '、', ']', '】', '］', '}', '｝', ':', '：']);
    (whole && !text[..close].contains(['"', '\\', '“', '\n', '\r'])).then_some(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<usize>, String, Option<Vec<&str>>) {
        let mut flow = scan_flow(text, 0..text.len());
        let mended = flow.mends.apply(text, 0..text.len()).text.into_owned();
        (flow.end, mended, flow.words.map(|words| words.into_iter().map(|word| &text[word]).collect()))
    }

    #[test]
    fn word_lists_need_no_parser() {
        for (text, words) in [
            ("[沈丽萍, 邱志远]", vec!["沈丽萍", "邱志远"]),
            ("[沈丽萍,邱志远,]", vec!["沈丽萍", "邱志远"]),
            ("【沈丽萍、 邱志远】", vec!["沈丽萍", "邱志远"]),
            ("[沈丽萍，邱志远】", vec!["沈丽萍", "邱志远"]),
            ("[郑国平（班长, 自控）, 蒋工]", vec!["郑国平（班长, 自控）", "蒋工"]),
            ("[方案甲、乙对比, 备件]", vec!["方案甲、乙对比", "备件"]),
            ("[[[华东院/王建国|王总]]，[[徐海波]]]", vec!["[[华东院/王建国|王总]]", "[[徐海波]]"]),
            ("[#3机组, @周岚, 10:30]", vec!["#3机组", "@周岚", "10:30"]),
            ("[]", vec![]),
        ] {
            assert_eq!(read(text), (Some(text.len()), read(text).1, Some(words)), "{text}");
        }
        for text in ["[\"甲\", 乙]", "[甲: 乙]", "[[甲, 乙], [丙]]", "{a: b}", "[&甲 乙]", "[甲,,乙]"] {
            assert_eq!(read(text).2, None, "{text}");
            assert_eq!(read(text).0, Some(text.len()), "{text}");
        }
    }

    #[test]
    fn bracket_slips_are_fixed() {
        assert_eq!(read("【沈丽萍、邱志远】").1, "[沈丽萍, 邱志远]");
        assert_eq!(read("{事项：培训，期限：12-10}").1, "{事项: 培训, 期限: 12-10}");
        assert_eq!(read("{数量:3, 时间: 10:30}").1, "{数量: 3, 时间: 10:30}");
        assert_eq!(
            read("[{事项：操作工、班长培训, 期限：12-10}，{事项：备件}]").1,
            "[{事项: 操作工、班长培训, 期限: 12-10}, {事项: 备件}]"
        );
        assert_eq!(read("[“甲”，“乙”]").1, "[\"甲\", \"乙\"]");
        assert_eq!(read("[“少人值守”是关键, 乙]").1, "[“少人值守”是关键, 乙]");
    }

    #[test]
    fn unclosed_bracket_has_no_end() {
        for text in ["[甲, 乙", "[甲, \"乙]", "{甲: [乙}", "["] {
            assert_eq!(read(text).0.filter(|&end| end == text.len()), None, "{text}");
        }
        assert_eq!(read("[甲]和[乙]").0, Some("[甲]".len()));
    }
}
