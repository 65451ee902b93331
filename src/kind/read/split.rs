//! Splits a line without splitting inside brackets.

use crate::kind::normalize::trim;

/// Marks between the values of a list.
pub(in crate::kind) fn is_list_mark(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '\n')
}

/// Marks between whole rows or sentences.
pub(in crate::kind) fn is_row_mark(c: char) -> bool {
    matches!(c, '；' | ';' | '\n')
}

/// The bracket that closes `open`.
fn closing(open: char) -> Option<char> {
    Some(match open {
        '（' | '(' => '）',
        '【' | '[' => '】',
        '“' => '”',
        '《' => '》',
        '〔' => '〕',
        '「' => '」',
        _ => return None,
    })
}

/// Normalizes the width of closing brackets, because people mix the two.
fn folded(c: char) -> char {
    match c {
        ')' => '）',
        ']' => '】',
        _ => c,
    }
}

/// Splits `text` at the characters `mark` accepts; parts are trimmed, empty ones dropped. Marks inside brackets or
/// quotation marks do not split, nor does the comma of `1,200`. If a bracket is never closed, brackets are ignored.
pub(in crate::kind) fn split(text: &str, mark: impl Fn(char) -> bool) -> Vec<&str> {
    split_impl(text, &mark, true).or_else(|| split_impl(text, &mark, false)).unwrap_or_default()
}

fn split_impl<'t>(text: &'t str, mark: &impl Fn(char) -> bool, brackets: bool) -> Option<Vec<&'t str>> {
    let mut parts = Vec::new();
    let mut open: Vec<char> = Vec::new();
    let mut start = 0;
    let mut push = |part: &'t str| {
        let part = trim(part);
        if !part.is_empty() {
            parts.push(part);
        }
    };
    for (at, c) in text.char_indices() {
        if brackets {
            if open.last() == Some(&folded(c)) {
                open.pop();
                continue;
            }
            if let Some(close) = closing(c) {
                open.push(close);
                continue;
            }
        }
        if open.is_empty() && mark(c) && !(c == ',' && groups_digits(text, at)) {
            push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    push(&text[start..]);
    open.is_empty().then_some(parts)
}

/// Whether the comma at `at` groups digits: a digit before it and exactly three after.
fn groups_digits(text: &str, at: usize) -> bool {
    let before = text[..at].bytes().next_back().is_some_and(|byte| byte.is_ascii_digit());
    let behind = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    before && behind == 3
}

/// The first position outside brackets where `mark` holds.
pub(in crate::kind) fn find(text: &str, mark: impl Fn(usize, char) -> bool) -> Option<(usize, char)> {
    let mut open: Vec<char> = Vec::new();
    for (at, c) in text.char_indices() {
        if open.last() == Some(&folded(c)) {
            open.pop();
        } else if let Some(close) = closing(c) {
            open.push(close);
        } else if open.is_empty() && mark(at, c) {
            return Some((at, c));
        }
    }
    None
}

/// Splits at the first colon outside brackets that is not part of a time of day or a URL.
pub(in crate::kind) fn split_colon(text: &str) -> Option<(&str, &str)> {
    let (at, c) = find(text, |at, c| {
        c == '：'
            || (c == ':' && !text[at + 1..].starts_with("//") && {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                !(digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next()))
            })
    })?;
    Some((&text[..at], &text[at + c.len_utf8()..]))
}

/// Splits off a bracket at the end of `text` (ignoring a full stop after it): the text before it and its content.
pub(in crate::kind) fn split_bracket(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_end().trim_end_matches(['。', '；', ';']).trim_end();
    let inner = bare.strip_suffix('）').or_else(|| bare.strip_suffix(')'))?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inner[..at].trim_end(), &inner[at + c.len_utf8()..]));
        }
    }
    None
}

/// A round bracket in `text` without a partner, and whether it is an opening one. A closing one counts only at the very
/// end, where a tail would be: `1）` numbers an item.
pub(in crate::kind) fn unpaired_bracket(text: &str) -> Option<(&str, bool)> {
    let mut open: Vec<usize> = Vec::new();
    let mut lone = None;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => open.push(at),
            '）' | ')' if open.pop().is_none() => lone = Some((at, c)),
            _ => {}
        }
    }
    let sign = |at: usize| text[at..].chars().next().map_or("", |c| &text[at..at + c.len_utf8()]);
    if let Some(at) = open.last() {
        return Some((sign(*at), true));
    }
    let (at, c) = lone?;
    let behind = text[at + c.len_utf8()..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '。' | '；' | ';'));
    behind.is_empty().then(|| (sign(at), false))
}

/// Strips brackets around a whole list: `【甲、乙】`, `[甲, 乙]`.
pub(in crate::kind) fn strip_list_brackets(text: &str) -> &str {
    let text = trim(text);
    let inner = text.strip_prefix('【').and_then(|text| text.strip_suffix('】'));
    let inner = inner.or_else(|| text.strip_prefix('[').filter(|text| !text.starts_with('['))?.strip_suffix(']'));
    inner.filter(|inner| !inner.contains(['【', '】', '[', ']'])).map_or(text, trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_ignores_separators_inside_brackets() {
        assert_eq!(split("沈丽萍、郑国平（班长，自控）、蒋工", is_list_mark), ["沈丽萍", "郑国平（班长，自控）", "蒋工"]);
        assert_eq!(split("沈丽萍(主任,副总)，蒋工", is_list_mark), ["沈丽萍(主任,副总)", "蒋工"]);
        assert_eq!(split("[[华东院/王建国|王总]]、甲", is_list_mark), ["[[华东院/王建国|王总]]", "甲"]);
        assert_eq!(split("交通费 1,200，餐费 320", is_list_mark), ["交通费 1,200", "餐费 320"]);
        assert_eq!(split("沈丽萍（主任、蒋工", is_list_mark), ["沈丽萍（主任", "蒋工"], "never closed");
        assert_eq!(split("、，", is_list_mark), [""; 0]);
    }

    #[test]
    fn split_bracket_takes_last_bracket() {
        assert_eq!(split_bracket("自控系统（PLC、安防）（沈丽萍，3级）"), Some(("自控系统（PLC、安防）", "沈丽萍，3级")));
        assert_eq!(split_bracket("备件我来签（周岚，11-28）。"), Some(("备件我来签", "周岚，11-28")));
        assert_eq!(split_bracket("见（王磊（处长），11-2)"), Some(("见", "王磊（处长），11-2")));
        assert_eq!(split_bracket("十万吨/日（以上）业绩"), None);
        assert_eq!(split_bracket("少一半）"), None);
    }

    #[test]
    fn unpaired_bracket_is_found() {
        let found =
            |text| unpaired_bracket(text).map(|(sign, opens)| (sign.as_ptr() as usize - str::as_ptr(text) as usize, opens));
        assert_eq!(found("谁算（宋佳，12-4"), Some((6, true)));
        assert_eq!(found("（一）谁算(宋佳，12-4"), Some((15, true)));
        assert_eq!(found("谁算 宋佳，12-4）。"), Some((20, false)));
        assert_eq!(found("谁算（宋佳），12-4)"), Some((25, false)));
        for sound in ["谁算（宋佳，12-4）", "谁算（宋佳（三部），12-4)", "1）谁算", "a) 谁算（宋佳）", ""]
        {
            assert_eq!(found(sound), None, "{sound}");
        }
    }

    #[test]
    fn split_colon_skips_times_and_urls() {
        assert_eq!(split_colon("11-03 电话 沈丽萍：问备件"), Some(("11-03 电话 沈丽萍", "问备件")));
        assert_eq!(split_colon("14:30 到厂: 谈"), Some(("14:30 到厂", " 谈")));
        assert_eq!(split_colon("（一：二）"), None);
        assert_eq!(split_colon("https://a.example"), None);
    }

    #[test]
    fn strip_list_brackets_removes_outer_pair() {
        assert_eq!(strip_list_brackets("【甲、乙】"), "甲、乙");
        assert_eq!(strip_list_brackets("[甲, 乙]"), "甲, 乙");
        assert_eq!(strip_list_brackets("[[甲]]"), "[[甲]]");
        assert_eq!(strip_list_brackets("[急]备件[甲]"), "[急]备件[甲]");
    }
}
