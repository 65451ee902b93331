//! Duplicate keys: the first one counts, and both are reported, because either may be meant.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::FrontMatter;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::Span;

/// A key in NFC, for comparison. Nearly every key already is.
fn to_nfc(key: &str) -> Cow<'_, str> {
    if key.bytes().all(is_unchanged_by_nfc) || key.chars().all(|c| c < '\u{300}' || ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(key.nfc().collect())
    }
}

/// Whether a byte belongs to a character below U+0300 or in U+4000–U+9FFF (nearly all Han characters), which NFC does
/// not change.
fn is_unchanged_by_nfc(byte: u8) -> bool {
    matches!(byte, 0..=0xCB | 0xE4..=0xE9)
}

/// Whether all keys certainly differ, the usual case: their hashes fall into different slots.
fn certainly_differ(front: &FrontMatter<'_>) -> bool {
    let mut seen = [0_u64; 16];
    front.entries.iter().all(|entry| {
        let (mut composed, mut number) = (true, 0_u64);
        for byte in entry.key.value.bytes() {
            composed &= is_unchanged_by_nfc(byte);
            number = (number.rotate_left(7) ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        let place = (number >> 54) as usize;
        let (of, bit) = (&mut seen[place / 64], 1 << (place % 64));
        let is_new = *of & bit == 0;
        *of |= bit;
        composed && is_new
    })
}

/// Whether two keys are equal in NFC.
pub(super) fn same_key(one: &str, two: &str) -> bool {
    one == two || to_nfc(one) == to_nfc(two)
}

/// Diagnostic for a key that already occurred at `first`.
pub(super) fn duplicate_key_diagnostic(key: &str, place: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, place).with("key", key).label(first, Message::new("label.first-here"))
}

/// Marks and reports duplicate keys at column 0.
pub(super) fn report_duplicate_keys(front: &mut FrontMatter<'_>) {
    if certainly_differ(front) {
        return;
    }
    let mut keys: Vec<(Cow<'_, str>, usize)> =
        front.entries.iter().enumerate().map(|(at, entry)| (to_nfc(entry.key.value), at)).collect();
    // Any order that makes equal keys adjacent; most differ in length already.
    keys.sort_unstable_by(|(one, at), (two, behind)| {
        one.len().cmp(&two.len()).then_with(|| one.cmp(two)).then_with(|| at.cmp(behind))
    });
    let mut again: Vec<(usize, usize)> = Vec::new();
    for same in keys.chunk_by(|(one, _), (two, _)| one == two) {
        again.extend(same[1..].iter().map(|(_, at)| (*at, same[0].1)));
    }
    again.sort_unstable();
    for (at, first) in again {
        let first = front.entries[first].key.span;
        let entry = &mut front.entries[at];
        entry.again = true;
        front.diagnostics.push(duplicate_key_diagnostic(entry.key.value, entry.key.span, first));
        front.complete = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_compare_after_nfc() {
        // é as one character and as two; a compatibility character that is another Han character in NFC.
        for (one, two) in [("Café", "Cafe\u{301}"), ("金额", "\u{F90A}额"), ("日期", "日期")] {
            assert!(same_key(one, two), "{one} {two}");
        }
        for (one, two) in [("日期", "目期"), ("㐂", "喜"), ("ａ", "a"), ("期限", "期限 ")] {
            assert!(!same_key(one, two), "{one} {two}");
        }
        for key in ["拜访对象", "Café", "Cafe\u{301}", "\u{F90A}额", "一二", "㐂", "が", "か\u{3099}", "\u{2126}", "𠮷"]
        {
            assert_eq!(to_nfc(key), key.nfc().collect::<String>(), "{key}");
        }
    }

    #[test]
    fn first_duplicate_key_wins() {
        let text = "日期: 1\n成果: C\nCafé: a\n日期: 2\nCafe\u{301}: b\n日期: 3\n";
        let front = crate::yaml::read(text, Span::new(crate::text::FileId(0), 0, text.len()), &|_| crate::yaml::KeyKind::Line);
        let again: Vec<_> = front.entries.iter().map(|entry| entry.again).collect();
        assert_eq!(again, [false, false, false, true, true, true]);
        let places: Vec<_> = front
            .diagnostics
            .iter()
            .map(|diagnostics| (&text[diagnostics.span.range()], diagnostics.labels[0].span.start.index()))
            .collect();
        assert_eq!(places, [("日期", 0), ("Cafe\u{301}", text.find("Café").expect("is there")), ("日期", 0)]);
        assert!(!front.complete);
    }

    #[test]
    fn nfc_text_is_unchanged() {
        let all: String = ('\0'..='\u{2FF}').chain('\u{4000}'..='\u{9FFF}').collect();
        assert!(all.bytes().all(is_unchanged_by_nfc));
        assert_eq!(all.nfc().collect::<String>(), all);
    }

    #[test]
    fn different_keys_differ() {
        let read = |text: &str| {
            let front =
                crate::yaml::read(text, Span::new(crate::text::FileId(0), 0, text.len()), &|_| crate::yaml::KeyKind::Line);
            (certainly_differ(&front), front.diagnostics.len())
        };
        assert_eq!(read("日期: 1\n成果: C\n拜访人: 周岚\n"), (true, 0));
        assert_eq!(read("日期: 1\n成果: C\n日期: 2\n"), (false, 1));
        assert_eq!(read("Café: 1\nCafe\u{301}: 2\n"), (false, 1));
        // More keys than slots: nothing is certain, and still no duplicate is reported.
        let many: String = (0..1025).map(|nth| format!("字段{nth}: 1\n")).collect();
        assert_eq!(read(&many), (false, 0));
    }
}
