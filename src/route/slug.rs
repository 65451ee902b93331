//! One part of an address from one part of an id (`decisions.md` 26).

use unicode_normalization::UnicodeNormalization;

use super::chinese_reading::{self, NameKind};
use crate::text::Fingerprint;

/// Longest ASCII id that is used as it is; longer ones are cut and told apart by their hash.
const LONGEST: usize = 40;
/// Longest run of pinyin in an address.
const PINYIN: usize = 30;

/// The part as ASCII that every system can hold: a plain id in lower case as it is, anything else as
/// `<pinyin, at most 30>-<6 hex of its hash>`.
pub(super) fn slug(part: &str, bearer: NameKind) -> String {
    if is_plain(part) { part.to_ascii_lowercase() } else { with_hash(part, bearer, 6) }
}

/// The same for a folder of copied files, which never has a dot: a file always has one, so neither can be the other.
pub(super) fn folder(part: &str) -> String {
    if part.contains('.') { with_hash(part, NameKind::Thing, 6) } else { slug(part, NameKind::Thing) }
}

/// The same with a longer hash, for the second of two that would have one address. The hash is of the very bytes, so that
/// it differs even where two spellings of a character or two letter cases are one name to Windows.
pub(super) fn lengthen(part: &str, bearer: NameKind) -> String {
    let readable = readable(part, bearer);
    format!("{readable}-{}", Fingerprint::of(part.as_bytes()).hex(12))
}

fn with_hash(part: &str, bearer: NameKind, digits: usize) -> String {
    // One name in two normal forms is one name (a Mac writes é as e and an accent).
    let same: String = part.nfc().collect();
    format!("{}-{}", readable(part, bearer), Fingerprint::of(same.as_bytes()).hex(digits))
}

/// What a reader may recognise: letters, digits and pinyin; whatever else stands there becomes a dash.
fn readable(part: &str, bearer: NameKind) -> String {
    let mut text = String::with_capacity(PINYIN);
    let part: String = part.nfc().collect();
    for (c, syllable) in chinese_reading::read(&part, bearer) {
        let piece = match syllable {
            Some(syllable) => chinese_reading::plain(syllable),
            // Decomposed, an accent falls off its letter.
            None => c.nfkd().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect(),
        };
        if text.len() + piece.len() > PINYIN {
            break;
        }
        if piece.is_empty() {
            if !text.is_empty() && !text.ends_with('-') {
                text.push('-');
            }
        } else {
            text.push_str(&piece);
        }
    }
    let text = text.trim_end_matches('-');
    if text.is_empty() { "x".to_owned() } else { text.to_owned() }
}

/// Whether an id can be an address as it is: ASCII letters, digits, `-`, `_` and inner dots, no name that Windows or the
/// site keeps for itself.
fn is_plain(part: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !part.is_empty()
        && part.len() <= LONGEST
        && part.bytes().all(legal)
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !is_kept_as_is(&part.to_ascii_lowercase())
}

/// Devices of Windows, the lists of a folder, and what would look like a page of its own.
fn is_kept_as_is(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part);
    let device = |name: &str| stem.strip_prefix(name).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    matches!(stem, "con" | "prn" | "aux" | "nul" | "index") || device("com") || device("lpt") || part.ends_with(".html")
}

/// A copied file's name without its ending, and the ending in lower case if it is a plain one, else `bin`, which every
/// browser offers to save.
pub(super) fn split(name: &str) -> (&str, String) {
    let plain = |ending: &str| (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && plain(ending) => (stem, ending.to_ascii_lowercase()),
        _ => (name, "bin".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_id_stays_as_it_is() {
        for (part, expected) in [("hd", "hd"), ("HD_01", "hd_01"), ("2026-11-20", "2026-11-20"), ("v1.2", "v1.2")] {
            assert_eq!(slug(part, NameKind::Thing), expected);
        }
    }

    #[test]
    fn other_names_are_pinyin_and_a_hash() {
        let hash = |part: &str| Fingerprint::of(part.as_bytes()).hex(6);
        for (part, bearer, pinyin) in [
            ("东澜水务", NameKind::Thing, "donglanshuiwu"),
            ("单小明", NameKind::Person, "shanxiaoming"),
            ("重庆长江水务集团股份有限公司", NameKind::Thing, "chongqingchangjiangshuiwujitua"),
            ("2026-11-20 东澜（二）", NameKind::Thing, "2026-11-20-donglan-er"),
            ("🙂", NameKind::Thing, "x"),
            ("con", NameKind::Thing, "con"),
            ("NUL.md", NameKind::Thing, "nul-md"),
            ("COM1", NameKind::Thing, "com1"),
            ("index", NameKind::Thing, "index"),
            (".git", NameKind::Thing, "git"),
            ("a.", NameKind::Thing, "a"),
            ("a b", NameKind::Thing, "a-b"),
            ("吕芳", NameKind::Person, "lvfang"),
        ] {
            let slug = slug(part, bearer);
            let (head, tail) = slug.rsplit_once('-').expect("a hash");
            assert_eq!(tail, hash(part), "{part}");
            assert!(pinyin.starts_with(head) && head.len() + 6 > pinyin.len(), "{part}: {slug}");
            assert!(!is_kept_as_is(&slug) && slug.len() <= PINYIN + 7, "{slug}");
        }
    }

    #[test]
    fn two_normal_forms_are_one_name_until_told_apart() {
        let (one, two) = ("Café 店", "Cafe\u{301} 店");
        assert_eq!(
            slug(one, NameKind::Thing).rsplit_once('-').map(|s| s.1),
            slug(two, NameKind::Thing).rsplit_once('-').map(|s| s.1)
        );
        assert_ne!(lengthen(one, NameKind::Thing), lengthen(two, NameKind::Thing));
        assert_ne!(lengthen("HD", NameKind::Thing), lengthen("hd", NameKind::Thing));
    }

    #[test]
    fn endings_are_kept_when_they_are_plain() {
        assert_eq!(split("水泵图纸.PDF"), ("水泵图纸", "pdf".to_owned()));
        assert_eq!(split("报价.2026.xlsx"), ("报价.2026", "xlsx".to_owned()));
        assert_eq!(split("说明.文档"), ("说明.文档", "bin".to_owned()));
        assert_eq!(split("README"), ("README", "bin".to_owned()));
        assert_eq!(split(".pdf"), (".pdf", "bin".to_owned()));
    }
}
