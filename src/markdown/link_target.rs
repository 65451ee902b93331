//! Classifies link targets: allowed are web, mail and telephone links and files of the archive; nothing that runs code,
//! and nothing that only one computer can open.

use std::borrow::Cow;

/// Class of a link target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TargetClass {
    /// A path inside the archive, or `#fragment`.
    Inside,
    /// A URL with an allowed scheme.
    Outside,
    /// A drive, a share or `file:`: nobody else can open it.
    Local,
    /// A forbidden scheme, in lower case.
    Forbidden(String),
}

/// Allowed schemes.
const ALLOWED: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Classifies a target. Browsers ignore control characters and blanks before a scheme, so these are ignored here too.
pub(super) fn classify_target(target: &str) -> TargetClass {
    let hidden =
        |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let clean: Cow<'_, str> = match target.contains(hidden) {
        true => target.replace(hidden, "").into(),
        false => target.into(),
    };
    if clean.starts_with("//") || clean.starts_with('\\') || clean.starts_with("/\\") {
        return TargetClass::Local;
    }
    let Some((scheme, _)) = clean.split_once(':') else { return TargetClass::Inside };
    let mut chars = scheme.chars();
    let named = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let scheme = scheme.to_ascii_lowercase();
    match named {
        false => TargetClass::Inside,
        true if ALLOWED.contains(&scheme.as_str()) => TargetClass::Outside,
        true if scheme.len() == 1 || scheme == "file" => TargetClass::Local,
        true => TargetClass::Forbidden(scheme),
    }
}

/// Percent-decodes: `%E5%9B%BE.jpg` is `图.jpg`. Targets that are not UTF-8 stay as written; so do external URLs, where
/// `%2F` and `/` differ.
pub(super) fn decode(target: &str) -> Cow<'_, str> {
    if !target.contains('%') || classify_target(target) == TargetClass::Outside {
        return target.into();
    }
    let bytes = target.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(target.into(), Cow::Owned)
}

/// Whether a target is an image that a page can show.
pub(super) fn is_image_file(target: &str) -> bool {
    const PICTURES: [&str; 8] = ["jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "svg"];
    let path = target.split(['#', '?']).next().unwrap_or("");
    path.rsplit_once('.').is_some_and(|(_, ext)| PICTURES.iter().any(|known| ext.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_targets_are_classified() {
        for (target, verdict) in [
            ("附件/报价：2026.pdf", TargetClass::Inside),
            ("../沈丽萍.md#偏好", TargetClass::Inside),
            ("#结果", TargetClass::Inside),
            ("HTTPS://example.com", TargetClass::Outside),
            ("mailto:zhou@example.com", TargetClass::Outside),
            ("tel:021-8888", TargetClass::Outside),
            ("D:\\报价\\终稿.xlsx", TargetClass::Local),
            ("file:///d:/a.xlsx", TargetClass::Local),
            ("\\\\server\\共享", TargetClass::Local),
            ("//server/共享", TargetClass::Local),
            ("javascript:alert(1)", TargetClass::Forbidden("javascript".into())),
            (" java\tscript:alert(1)", TargetClass::Forbidden("javascript".into())),
            ("\u{1}JavaScript:alert(1)", TargetClass::Forbidden("javascript".into())),
            ("data:text/html,x", TargetClass::Forbidden("data".into())),
        ] {
            assert_eq!(classify_target(target), verdict, "{target}");
        }
    }

    #[test]
    fn percent_encoding_is_decoded_for_local_paths() {
        assert_eq!(decode("%E5%9B%BE.jpg"), "图.jpg");
        assert_eq!(decode("完成100%.md"), "完成100%.md");
        assert_eq!(decode("%B1%A8.md"), "%B1%A8.md");
        assert_eq!(decode("https://example.com/a%2Fb"), "https://example.com/a%2Fb");
    }
}
