//! Keys that are said twice. Of two, nobody knows which is meant, so the first counts and both are shown.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::Front;
use crate::diag::{Code, Diagnostic};
use crate::text::Span;
use crate::words::Say;

/// A key as it is compared: NFC. Nearly every key is already.
fn folded(key: &str) -> Cow<'_, str> {
    // Bytes of characters below U+0300 and of U+5000 to U+9FFF, which are most Han characters.
    let sure = |byte: u8| matches!(byte, 0..=0xCB | 0xE5..=0xE9);
    if key.bytes().all(sure) || key.chars().all(|c| c < '\u{300}' || ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(key.nfc().collect())
    }
}

/// Whether two keys are one.
pub(super) fn same_key(one: &str, two: &str) -> bool {
    one == two || folded(one) == folded(two)
}

/// News of a key that was said before, at `first`.
pub(super) fn twice(key: &str, place: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, place).with("key", key).label(first, Say::new("label.first-here"))
}

/// Marks and reports keys at column 0 that were said before.
pub(super) fn said_twice(front: &mut Front<'_>) {
    let mut keys: Vec<(Cow<'_, str>, usize)> =
        front.entries.iter().enumerate().map(|(at, entry)| (folded(entry.key.value), at)).collect();
    // Any order brings equal keys together; most differ in length already.
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
        front.news.push(twice(entry.key.value, entry.key.span, first));
        front.complete = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_by_their_characters_and_not_by_how_those_are_put_together() {
        // An é of one character and one of two; a compatibility character that is a Han character of its own in NFC.
        for (one, two) in [("Café", "Cafe\u{301}"), ("金额", "\u{F90A}额"), ("日期", "日期")] {
            assert!(same_key(one, two), "{one} {two}");
        }
        for (one, two) in [("日期", "目期"), ("㐂", "喜"), ("ａ", "a"), ("期限", "期限 ")] {
            assert!(!same_key(one, two), "{one} {two}");
        }
        for key in ["拜访对象", "Café", "Cafe\u{301}", "\u{F90A}额", "一二", "㐂", "が", "か\u{3099}", "\u{2126}", "𠮷"]
        {
            assert_eq!(folded(key), key.nfc().collect::<String>(), "{key}");
        }
    }

    #[test]
    fn the_first_of_equal_keys_counts_however_many_there_are() {
        let text = "日期: 1\n成果: C\nCafé: a\n日期: 2\nCafe\u{301}: b\n日期: 3\n";
        let front = crate::yaml::read(text, Span::new(crate::text::FileId(0), 0, text.len()), &|_| crate::yaml::Known::Line);
        let again: Vec<_> = front.entries.iter().map(|entry| entry.again).collect();
        assert_eq!(again, [false, false, false, true, true, true]);
        let places: Vec<_> =
            front.news.iter().map(|news| (&text[news.span.range()], news.labels[0].span.start.index())).collect();
        assert_eq!(places, [("日期", 0), ("Cafe\u{301}", text.find("Café").expect("is there")), ("日期", 0)]);
        assert!(!front.complete);
    }
}
