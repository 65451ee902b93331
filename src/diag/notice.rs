//! Notices: diagnostics and findings, ready for rendering.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, Severity};
use crate::i18n::Message;
use crate::text::{FileId, LineColumn, Lines, Span};

/// Looks up path and text of a file for rendering.
pub trait SourceLookup {
    /// Display path and decoded text; `None` if the file can no longer be read.
    fn source(&self, file: FileId) -> Option<(String, Arc<str>)>;
}

/// A diagnostic or finding, ready for rendering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Public name of the code or rule.
    pub code: String,
    /// `error`, `warning`, `info`, or `finding` for duties.
    pub word: &'static str,
    /// Severity.
    pub severity: Severity,
    /// Location, if there is one.
    pub span: Option<Span>,
    /// The summary line.
    pub message: Message,
    /// Other locations.
    pub labels: Vec<(Span, Message)>,
    /// Lines of help.
    pub help: Vec<Message>,
    /// Further facts for JSON, in order: (name, value).
    pub facts: Vec<(String, String)>,
}

impl From<&Diagnostic> for Notice {
    fn from(diagnostics: &Diagnostic) -> Self {
        Notice {
            code: diagnostics.code.name().to_owned(),
            word: diagnostics.severity.word(),
            severity: diagnostics.severity,
            span: Some(diagnostics.span),
            message: diagnostics.message.clone(),
            labels: diagnostics.labels.iter().map(|label| (label.span, label.say.clone())).collect(),
            help: diagnostics.help.clone(),
            facts: Vec::new(),
        }
    }
}

/// A span with the text of its file.
pub(super) struct ResolvedSpan {
    /// Display path.
    pub path: String,
    /// The text of the file.
    pub text: Arc<str>,
    /// The range, inside the text.
    pub range: Range<usize>,
    /// Its start.
    pub start: LineColumn,
    /// Its end, exclusive.
    pub end: LineColumn,
}

impl ResolvedSpan {
    /// Resolves a span; `None` if its file can no longer be read.
    pub fn resolve(span: Span, sources: &dyn SourceLookup) -> Option<ResolvedSpan> {
        let (path, text) = sources.source(span.file)?;
        // The file may have changed since the span was made.
        let end = text.floor_char_boundary(span.end.index());
        let start = text.floor_char_boundary(span.start.index()).min(end);
        let lines = Lines::new(&text);
        let (start_place, end_place) = (lines.line_column(start.into()), lines.line_column(end.into()));
        Some(ResolvedSpan { path, text, range: start..end, start: start_place, end: end_place })
    }
}

/// Visible form of a character that a terminal would interpret or hide; `None` for all others.
pub(super) fn visible_form(c: char) -> Option<String> {
    match c {
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).map(String::from),
        '\x7F' => Some("␡".to_owned()),
        // C1 controls, zero-width characters and direction marks.
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' => Some(format!("〈U+{:04X}〉", u32::from(c))),
        _ => None,
    }
}

/// A text on one line without characters that a terminal would interpret.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| visible_form(c).is_some()) {
        return text.into();
    }
    let mut line = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match visible_form(c) {
            Some(seen) => line.push_str(&seen),
            None => line.push(c),
        }
    }
    line.into()
}
