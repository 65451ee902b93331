//! What is wrong with a theme, so that it can be drawn like anything else that is wrong.

use crate::diag::{Code, Diagnostic};
use crate::text::{FileId, Span};

/// A file of the theme by its path (`templates/person.html`), its text, and what is wrong with it. The file has no number in
/// the session, so the number in the diagnostic's places means nothing.
pub type TemplateError = (String, String, Diagnostic);

/// A fault in `text` at `range` (bytes; cut to the text), with the engine's `message`.
pub(super) fn template_error(path: &str, text: &str, range: std::ops::Range<usize>, message: &str) -> TemplateError {
    let end = char_boundary(text, range.end.max(range.start));
    let span = Span::new(FileId::default(), char_boundary(text, range.start).min(end), end);
    let diagnostic = Diagnostic::new(Code::TemplateError, span).with("message", one_line(message));
    (path.to_owned(), text.to_owned(), diagnostic)
}

/// The same, met while a page was being made.
pub(super) fn render_error(path: &str, text: &str, range: std::ops::Range<usize>, message: &str, page: &str) -> TemplateError {
    let (path, text, found) = template_error(path, text, range, message);
    let diagnostic =
        Diagnostic::new(Code::TemplateError, found.span).variant("page").with("page", page).with("message", one_line(message));
    (path, text, diagnostic)
}

/// The first line of what the engine says: the rest repeats the source, which is drawn anyway.
fn one_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default().trim_start_matches("error: ")
}

/// The character boundary at or below `at`.
fn char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
