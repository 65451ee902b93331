//! Name normalization: when two spellings are the same name.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Normalizes a name for comparison: full-width forms folded, whitespace removed, Latin letters in lower case.
pub fn normalize(name: &str) -> Cow<'_, str> {
    let plain = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character) || character.is_ascii_digit();
    if name.chars().all(plain) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfkc().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect())
}

/// Normalizes the text of an open item for comparison: letters and digits only.
pub fn normalized_text(text: &str) -> String {
    text.nfkc().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Splits off the bracket: `陈晨（处长）` is 陈晨 with the note 处长.
pub fn split_note(name: &str) -> (&str, Option<&str>) {
    let trimmed = name.trim();
    let Some(inner) = trimmed.strip_suffix(['）', ')']) else { return (trimmed, None) };
    match inner.find(['（', '(']) {
        Some(at) if at > 0 => {
            let note = inner[at..].trim_start_matches(['（', '(']).trim();
            (inner[..at].trim_end(), Some(note).filter(|note| !note.is_empty()))
        }
        _ => (trimmed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_width_blanks_and_case() {
        assert_eq!(normalize("周岚"), "周岚");
        assert_eq!(normalize("ＡＢ 公司"), "ab公司");
        assert_eq!(normalized_text("备件承诺书。"), normalized_text("备件 承诺书"));
    }

    #[test]
    fn bracketed_hint_disambiguates_names() {
        assert_eq!(split_note("陈晨（处长）"), ("陈晨", Some("处长")));
        assert_eq!(split_note("郑国平(班长) "), ("郑国平", Some("班长")));
        assert_eq!(split_note("（未建档）"), ("（未建档）", None));
    }
}
