//! Normalizes spellings: full-width forms, blanks, letter case.

use std::borrow::Cow;

/// Whether a character is Han, including the iteration mark 々 and 〇.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

/// The half-width form of a full-width character; other characters unchanged.
pub(super) fn to_half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        _ => c,
    }
}

/// [`str::trim`] with a fast path on the bytes at both ends.
pub(super) fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    // White space is ASCII, or two bytes starting with 0xC2, or three starting with 0xE1 to 0xE3.
    let is_sign = |byte: u8| byte.is_ascii_graphic() || byte > 0xE3;
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return text };
    let ends = is_sign(*first) && (last.is_ascii_graphic() || bytes.iter().nth_back(2).is_some_and(|byte| *byte > 0xE3));
    if ends { text } else { text.trim() }
}

/// Whether a text is only common Han characters. `false` does not mean that it has others.
pub(super) fn is_han_alone(text: &str) -> bool {
    // U+4000 to U+9FFF. Only the hexagrams there are not Han, and they occur in no name.
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, 0x80..=0xBF | 0xE4..=0xE9))
}

/// Folds full-width forms to half-width ones.
pub(super) fn normalize(text: &str) -> Cow<'_, str> {
    // Full-width forms start with 0xEF, the ideographic space is 0xE3 0x80 0x80.
    if text.bytes().any(|byte| byte == 0xef || byte == 0xe3) {
        Cow::Owned(text.chars().map(to_half_width).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Normalizes a field name: full-width forms folded, blanks removed, lower case.
pub(super) fn normalize_name(written: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte > b' ' && byte != 0xef && byte != 0xe3 && byte != 0xc2 && !byte.is_ascii_uppercase();
    if written.bytes().all(plain) {
        return Cow::Borrowed(written);
    }
    Cow::Owned(written.chars().map(to_half_width).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect())
}

/// Normalizes a heading: as [`normalize_name`], without a leading number (`一、`, `2.`) or a trailing colon.
pub(super) fn normalize_heading(written: &str) -> Cow<'_, str> {
    let bare = written.trim().trim_end_matches([':', '：']);
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let bare = match digits.strip_prefix(['、', '.', '．', '）', ')']) {
        Some(rest) if digits.len() < bare.len() && !rest.trim().is_empty() => rest,
        _ => bare,
    };
    normalize_name(bare)
}

/// Whether two words of at least three characters differ in exactly one: replaced, inserted or removed.
pub(super) fn is_one_char_apart(one: &str, other: &str) -> bool {
    // One character more, or another one, changes the length by at most four bytes.
    if one.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let (length, others) = (one.chars().count(), other.chars().count());
    if length < 3 || others < 3 || length.abs_diff(others) > 1 {
        return false;
    }
    let before = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let behind = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    one != other && before + behind + 1 >= length.max(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalize_name_ignores_spaces_width_and_case() {
        assert_eq!(normalize_name("拜访 对象"), "拜访对象");
        assert_eq!(normalize_name("与Ａ公司的关系"), "与a公司的关系");
        assert_eq!(normalize_name("Present needs"), "presentneeds");
        assert!(matches!(normalize_name("拜访对象"), Cow::Borrowed(_)));
    }

    #[test]
    fn trim_matches_std() {
        let blanks: Vec<char> = ('\0'..=char::MAX).filter(|c| c.is_whitespace()).collect();
        for c in blanks.iter().copied().chain("甲a。é·𠮷\u{FEFF}\u{200B}\u{0}ÿ".chars()) {
            for text in
                [format!("{c}"), format!("{c}甲"), format!("甲{c}"), format!("甲{c}乙"), format!("a{c}"), format!("{c}{c}")]
            {
                assert_eq!(trim(&text), text.trim(), "{text:?}");
            }
        }
        assert_eq!(trim(""), "");
        // Every white-space character has one of these lengths and first bytes.
        for blank in blanks {
            let mut bytes = [0; 4];
            let bytes = blank.encode_utf8(&mut bytes).as_bytes();
            assert!(matches!(bytes, [byte] if !byte.is_ascii_graphic()) || matches!(bytes, [0xC2, _] | [0xE1..=0xE3, _, _]));
        }
    }

    #[test]
    fn normalize_heading_strips_numbering() {
        assert_eq!(normalize_heading("一、承诺"), "承诺");
        assert_eq!(normalize_heading("3. 费用："), "费用");
        assert_eq!(normalize_heading("3号线"), "3号线");
        assert_eq!(normalize_heading("十、"), "十、");
    }
}
