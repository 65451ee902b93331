//! Converts one part of an id to one part of an address (`decisions.md` 26).

use unicode_normalization::UnicodeNormalization;

use super::chinese_reading::{self, NameKind};
use crate::text::Fingerprint;

/// Longest ASCII id that is used unchanged; longer ones are cut and get a hash.
const LONGEST: usize = 40;
/// Longest readable part of a slug in characters.
const PINYIN: usize = 30;

/// The part as ASCII that is legal on every system: a plain id in lower case, anything else as `<pinyin, at most 30>-<6
/// hex digits of its hash>`.
pub(super) fn slug(part: &str, slug_kind: NameKind) -> String {
    if is_plain(part) { part.to_ascii_lowercase() } else { with_hash(part, slug_kind, 6) }
}

/// The same for a folder of copied files. The result has no dot and a file's always has one, so they never conflict.
pub(super) fn folder_slug(part: &str) -> String {
    if part.contains('.') { with_hash(part, NameKind::Thing, 6) } else { slug(part, NameKind::Thing) }
}

/// The same with a longer hash, for the second of two with the same address. It hashes the exact bytes, so it also
/// differs between names that Windows treats as equal: other letter case, other normal form.
pub(super) fn slug_with_long_hash(part: &str, slug_kind: NameKind) -> String {
    let readable = readable(part, slug_kind);
    format!("{readable}-{}", Fingerprint::of(part.as_bytes()).hex(12))
}

fn with_hash(part: &str, slug_kind: NameKind, digits: usize) -> String {
    // A name is the same in every normal form (a Mac writes é as e and an accent).
    let same: String = part.nfc().collect();
    format!("{}-{}", readable(part, slug_kind), Fingerprint::of(same.as_bytes()).hex(digits))
}

/// The readable part: letters, digits and pinyin; everything else becomes a dash.
fn readable(part: &str, slug_kind: NameKind) -> String {
    let mut text = String::with_capacity(PINYIN);
    let part: String = part.nfc().collect();
    for (c, syllable) in chinese_reading::read(&part, slug_kind) {
        let piece = match syllable {
            Some(syllable) => chinese_reading::plain(syllable),
            // Decomposition separates accents from their letters; the filter drops them.
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

/// Whether an id is usable as an address unchanged: ASCII letters, digits, `-`, `_` and inner dots, and no name
/// reserved by Windows or by the site.
fn is_plain(part: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !part.is_empty()
        && part.len() <= LONGEST
        && part.bytes().all(legal)
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !is_reserved(&part.to_ascii_lowercase())
}

/// Whether a name is reserved: Windows devices, index pages, and names that look like a page.
fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part);
    let device = |name: &str| stem.strip_prefix(name).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    matches!(stem, "con" | "prn" | "aux" | "nul" | "index") || device("com") || device("lpt") || part.ends_with(".html")
}

/// A copied file's name without its extension, and the extension in lower case if it is plain, else `bin`, which every
/// browser offers to save.
pub(super) fn split_extension(name: &str) -> (&str, String) {
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
    fn plain_id_is_only_lowercased() {
        for (part, expected) in [("hd", "hd"), ("HD_01", "hd_01"), ("2026-11-20", "2026-11-20"), ("v1.2", "v1.2")] {
            assert_eq!(slug(part, NameKind::Thing), expected);
        }
    }

    #[test]
    fn non_ascii_slug_is_pinyin_with_hash() {
        let hash = |part: &str| Fingerprint::of(part.as_bytes()).hex(6);
        for (part, slug_kind, pinyin) in [
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
            let slug = slug(part, slug_kind);
            let (head, tail) = slug.rsplit_once('-').expect("a hash");
            assert_eq!(tail, hash(part), "{part}");
            assert!(pinyin.starts_with(head) && head.len() + 6 > pinyin.len(), "{part}: {slug}");
            assert!(!is_reserved(&slug) && slug.len() <= PINYIN + 7, "{slug}");
        }
    }

    #[test]
    fn long_hash_distinguishes_normal_forms() {
        let (one, two) = ("Café 店", "Cafe\u{301} 店");
        assert_eq!(
            slug(one, NameKind::Thing).rsplit_once('-').map(|s| s.1),
            slug(two, NameKind::Thing).rsplit_once('-').map(|s| s.1)
        );
        assert_ne!(slug_with_long_hash(one, NameKind::Thing), slug_with_long_hash(two, NameKind::Thing));
        assert_ne!(slug_with_long_hash("HD", NameKind::Thing), slug_with_long_hash("hd", NameKind::Thing));
    }

    #[test]
    fn ascii_extensions_are_kept() {
        assert_eq!(split_extension("水泵图纸.PDF"), ("水泵图纸", "pdf".to_owned()));
        assert_eq!(split_extension("报价.2026.xlsx"), ("报价.2026", "xlsx".to_owned()));
        assert_eq!(split_extension("说明.文档"), ("说明.文档", "bin".to_owned()));
        assert_eq!(split_extension("README"), ("README", "bin".to_owned()));
        assert_eq!(split_extension(".pdf"), (".pdf", "bin".to_owned()));
    }
}
