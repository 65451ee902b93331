//! The pure half of `kedang fix`: an author's text with every sure correction in it.

use crate::diag::{Code, Diagnostic, Edit};

/// `text` with the corrections of `news` put in, in order of place; of two that overlap, the first. Written as UTF-8 it
/// also settles `not-utf8`, if [`is_whole`].
pub fn mended(text: &str, news: &[Diagnostic]) -> String {
    let mut edits: Vec<&Edit> = news.iter().flat_map(|news| &news.fix).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut right = String::with_capacity(text.len() + 16);
    let mut done = 0;
    let mut last: Option<&Edit> = None;
    for edit in edits {
        let range = edit.span.range();
        let again = last.is_some_and(|last| last == edit);
        if range.start < done || again || text.get(range.clone()).is_none() {
            continue;
        }
        right.push_str(&text[done..range.start]);
        right.push_str(&edit.text);
        done = range.end;
        last = Some(edit);
    }
    right.push_str(&text[done..]);
    right
}

/// Whether every byte of the file was decoded. If not, its text must not be written back: it holds substitutes.
pub fn is_whole(news: &[Diagnostic]) -> bool {
    !news
        .iter()
        .any(|news| matches!(news.code, Code::UndecodableByte | Code::MixedEncoding | Code::NulCharacter | Code::FileTooLarge))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FileId, Span};

    #[test]
    fn corrections_are_put_in_once_and_in_order() {
        let text = "日期：甲【乙】";
        let place = |at: usize, length: usize| Span::new(FileId(0), at, at + length);
        let late = Diagnostic::new(Code::KeyboardSlip, place(12, 3)).fix(place(12, 3), "[").fix(place(18, 3), "]");
        let early = Diagnostic::new(Code::KeyboardSlip, place(6, 3)).fix(place(6, 3), ": ").fix(place(0, 0), "---\n");
        let overlapping = Diagnostic::new(Code::BadDate, place(6, 6)).fix(place(6, 6), "!");
        assert_eq!(mended(text, &[late, overlapping, early.clone(), early]), "---\n日期: 甲[乙]");
        assert_eq!(mended(text, &[]), text);
    }

    #[test]
    fn substitutes_are_never_written_back() {
        assert!(is_whole(&[Diagnostic::new(Code::NotUtf8, Span::default())]));
        assert!(!is_whole(&[Diagnostic::new(Code::UndecodableByte, Span::default())]));
    }
}
