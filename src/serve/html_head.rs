//! Inserts panel and script into the head of a page while it is sent. The files on disk never contain them. The pages'
//! own content security policy forbids inline scripts, so only files are referenced.

use super::markup::escaped;

/// The inserted lines, for a page of a generation.
pub(super) fn lines(token: &str, generation: u64, page: &str) -> String {
    let at = super::INTERNAL_PREFIX;
    let page = escaped(page);
    format!(
        "<link rel=\"stylesheet\" href=\"/{at}/{token}/panel.css\">\
         <script src=\"/{at}/{token}/page.js\" data-generation=\"{generation}\" data-page=\"{page}\" defer></script>"
    )
}

/// The page with `lines` at the end of its head; without a head, after the document type.
pub(super) fn put(page: &[u8], lines: &str) -> Vec<u8> {
    let at = find(page, b"</head").unwrap_or_else(|| behind_type(page));
    let mut put = Vec::with_capacity(page.len() + lines.len());
    put.extend_from_slice(&page[..at]);
    put.extend_from_slice(lines.as_bytes());
    put.extend_from_slice(&page[at..]);
    put
}

/// Position of a tag, ignoring case.
fn find(page: &[u8], tag: &[u8]) -> Option<usize> {
    let starts = |at: &usize| page.get(*at..*at + tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    memchr::memchr_iter(tag[0], page).find(starts)
}

/// Nothing may precede the document type, or the browser would switch to quirks mode.
fn behind_type(page: &[u8]) -> usize {
    let start = if page.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let space = page[start..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match find(page, b"<!doctype") {
        Some(at) if at == start + space => memchr::memchr(b'>', &page[at..]).map_or(start, |end| at + end + 1),
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_inserted_at_end_of_head() {
        let cases = [
            ("<!doctype html><head><title>甲</title></head><body>", "<!doctype html><head><title>甲</title>|</head><body>"),
            ("<head></HEAD >x</head>", "<head>|</HEAD >x</head>"),
            ("<!DOCTYPE html>\n<p>甲", "<!DOCTYPE html>|\n<p>甲"),
            ("\u{feff}\n<!doctype html><p>甲", "\u{feff}\n<!doctype html>|<p>甲"),
            ("<p>甲<!doctype html>", "|<p>甲<!doctype html>"),
            ("<!doctype", "|<!doctype"),
            ("\u{feff}甲", "\u{feff}|甲"),
            ("", "|"),
        ];
        for (page, expected) in cases {
            assert_eq!(String::from_utf8(put(page.as_bytes(), "|")).expect("text"), expected);
        }
    }

    #[test]
    fn page_name_is_escaped_in_attribute() {
        let lines = lines("t", 41, "a\"><script>&'.html");
        assert!(lines.contains("data-page=\"a&quot;&gt;&lt;script&gt;&amp;&#39;.html\" defer></script>"), "{lines}");
        assert_eq!(lines.matches("<script").count(), 1);
    }
}
