//! Keys that are said twice. Of two, nobody knows which is meant, so the first counts and both are shown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::Front;
use crate::diag::{Code, Diagnostic};
use crate::text::{Span, Spanned};
use crate::words::Say;

/// A key as it is compared: NFC. Nearly every key is already.
fn folded(key: &str) -> Cow<'_, str> {
    if key.chars().all(|c| c < '\u{300}' || ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
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
pub(super) fn twice(key: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateKey, key.span).with("key", &key.value).label(first, Say::new("label.first-here"))
}

/// Reports keys at column 0 that were said before.
pub(super) fn said_twice(front: &mut Front) {
    let mut seen: BTreeMap<Cow<'_, str>, Span> = BTreeMap::new();
    for entry in &front.entries {
        match seen.entry(folded(&entry.key.value)) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(entry.key.span);
            }
            std::collections::btree_map::Entry::Occupied(first) => {
                front.news.push(twice(&entry.key, *first.get()));
                front.complete = false;
            }
        }
    }
}
