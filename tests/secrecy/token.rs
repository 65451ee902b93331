//! Words that stand nowhere else, and finding them again in whatever dress.

use std::collections::{BTreeMap, BTreeSet};

/// What a word begins with.
const FIRST: (char, &str) = ('夔', "kui");
/// Its digits, and how they read.
const DIGITS: [(char, &str); 10] = [
    ('八', "ba"),
    ('麻', "ma"),
    ('打', "da"),
    ('拉', "la"),
    ('他', "ta"),
    ('鱼', "yu"),
    ('哭', "ku"),
    ('努', "nu"),
    ('波', "bo"),
    ('里', "li"),
];
/// How many digits a word has.
const LENGTH: usize = 5;

/// The word with this number: one that can be a name, a folder, or a file.
pub fn word(number: usize) -> String {
    let digits = format!("{number:0LENGTH$}");
    let word = digits.bytes().map(|digit| DIGITS[usize::from(digit - b'0')].0);
    [FIRST.0].into_iter().chain(word).collect()
}

/// Words by how they are dressed.
pub type Found = BTreeMap<usize, BTreeSet<&'static str>>;

/// Notes all words in `text` as they stand, behind `%`, as JSON and HTML escape them, and as they read.
pub fn find(text: &str, found: &mut Found) {
    let mut dress = |how, text: &str| {
        for number in find_in_spelling(text) {
            found.entry(number).or_default().insert(how);
        }
    };
    dress("raw", text);
    if text.contains('%') {
        dress("percent", &unescaped(text, "%", 2, "").0);
    }
    if text.contains("\\u") {
        dress("json", &unescaped(text, "\\u", 4, "").1);
    }
    if text.contains("&#x") {
        dress("entity", &unescaped(text, "&#x", 4, ";").1);
    }
    for number in find_in_pinyin(text) {
        found.entry(number).or_default().insert("pinyin");
    }
}

fn find_in_spelling(text: &str) -> Vec<usize> {
    text.split(FIRST.0)
        .skip(1)
        .filter_map(|rest| number(rest.chars().map(|c| DIGITS.iter().position(|digit| digit.0 == c))))
        .collect()
}

fn find_in_pinyin(text: &str) -> Vec<usize> {
    text.split(FIRST.1)
        .skip(1)
        .filter_map(|rest| {
            // Syllables may be joined by a mark or a tone.
            let bare: String = without_fingerprint(rest).chars().take(LENGTH * 4).filter(char::is_ascii_lowercase).collect();
            let syllables = bare.as_bytes().chunks(2);
            number(syllables.map(|syllable| DIGITS.iter().position(|digit| digit.1.as_bytes() == syllable)))
        })
        .collect()
}

/// What stands before the print at the end of an address, whose letters may look like a syllable: `-1e9d68`.
fn without_fingerprint(text: &str) -> &str {
    let is_print = |(at, _): &(usize, &str)| {
        let rest = &text.as_bytes()[at + 1..];
        let is_hex = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        rest.len() >= 6 && rest[..6].iter().all(is_hex) && !rest.get(6).is_some_and(u8::is_ascii_alphanumeric)
    };
    text.match_indices('-').take(LENGTH).find(is_print).map_or(text, |(at, _)| &text[..at])
}

fn number(digits: impl Iterator<Item = Option<usize>>) -> Option<usize> {
    let digits: Vec<usize> = digits.take(LENGTH).collect::<Option<_>>()?;
    (digits.len() == LENGTH).then(|| digits.iter().fold(0, |number, digit| number * 10 + digit))
}

/// The text with codes of `width` hexadecimal digits replaced: by bytes, and by characters.
fn unescaped(text: &str, before: &str, width: usize, after: &str) -> (String, String) {
    let (mut bytes, mut chars) = (Vec::new(), String::new());
    let mut parts = text.split(before);
    let first = parts.next().unwrap_or_default();
    bytes.extend_from_slice(first.as_bytes());
    chars.push_str(first);
    for part in parts {
        let code = part.get(..width).and_then(|code| u32::from_str_radix(code, 16).ok());
        let rest = if code.is_some() { &part[width..] } else { part };
        let rest = rest.strip_prefix(after).unwrap_or(rest);
        if let Some(code) = code {
            bytes.push(code as u8);
            chars.extend(char::from_u32(code));
        }
        bytes.extend_from_slice(rest.as_bytes());
        chars.push_str(rest);
    }
    (String::from_utf8_lossy(&bytes).into_owned(), chars)
}

#[test]
fn token_is_found_in_every_encoding() {
    let word = word(1234);
    assert_eq!(word, "夔八麻打拉他");
    let percent: String = word.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let json: String = word.chars().map(|c| format!("\\u{:04x}", c as u32)).collect();
    let entity: String = word.chars().map(|c| format!("&#x{:X};", c as u32)).collect();
    for (how, text) in [("raw", &word), ("percent", &percent), ("json", &json), ("entity", &entity)] {
        let mut found = Found::new();
        find(&format!("一{text}二"), &mut found);
        assert_eq!(found, Found::from([(1234, BTreeSet::from([how]))]), "{text}");
    }
    for text in ["kuibamadalata-1e9d68.html", "kui-ba-ma-da-la-ta"] {
        let mut found = Found::new();
        find(text, &mut found);
        assert_eq!(found, Found::from([(1234, BTreeSet::from(["pinyin"]))]), "{text}");
    }
    // The name was cut there; the `ba` is of the print.
    let mut found = Found::new();
    find("2026-11-21-kuibamadala-9b49ae\">11-21", &mut found);
    assert_eq!(found, Found::new());
}
