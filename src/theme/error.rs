//! Errors in theme files as diagnostics.

use crate::diag::{Code, Diagnostic};
use crate::text::{FileId, Span};

/// (path of the theme file such as `templates/person.html`, its text, the diagnostic). The file has no id in the
/// session, so the [`FileId`] in the diagnostic's spans is meaningless.
pub type TemplateError = (String, String, Diagnostic);

/// An error in `text` at `range` (bytes, clamped to the text) with the template engine's `message`.
pub(super) fn template_error(path: &str, text: &str, range: std::ops::Range<usize>, message: &str) -> TemplateError {
    let end = char_boundary(text, range.end.max(range.start));
    let span = Span::new(FileId::default(), char_boundary(text, range.start).min(end), end);
    let diagnostic = Diagnostic::new(Code::TemplateError, span).with("message", one_line(message));
    (path.to_owned(), text.to_owned(), diagnostic)
}

/// The same for an error that occurred while rendering `page`.
pub(super) fn render_error(path: &str, text: &str, range: std::ops::Range<usize>, message: &str, page: &str) -> TemplateError {
    let (path, text, found) = template_error(path, text, range, message);
    let diagnostic =
        Diagnostic::new(Code::TemplateError, found.span).variant("page").with("page", page).with("message", one_line(message));
    (path, text, diagnostic)
}

/// The first line of the engine's message; the rest repeats the source, which the diagnostic shows anyway.
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
