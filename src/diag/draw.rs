//! News becomes lines: for people, for editors, for programs, for a forge.

use std::sync::Arc;

use super::{Diagnostic, Severity};
use crate::text::{FileId, Span};
use crate::words::{Say, Words};

/// Where a file's path and decoded text are looked up when something is drawn.
pub trait Sources {
    /// The path as it should be printed, and the decoded text; `None` when the file can no longer be read.
    fn source(&self, file: FileId) -> Option<(String, Arc<str>)>;
}

/// The four ways of writing news down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the source line and carets.
    #[default]
    Human,
    /// One line each: `path:line:column: severity[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
    /// Workflow commands of a forge: `::error file=…,line=…,col=…,title=code::message`.
    Github,
}

/// What is drawn: a diagnostic, or a finding put into the same form by `rule`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Public name of the code or rule.
    pub code: String,
    /// `error`, `warning`, `info`, or `finding` for duties.
    pub word: &'static str,
    /// How bad.
    pub severity: Severity,
    /// The place, if there is one.
    pub span: Option<Span>,
    /// The first line.
    pub message: Say,
    /// Other places.
    pub labels: Vec<(Span, Say)>,
    /// Lines of help.
    pub help: Vec<Say>,
    /// More facts for JSON, in order: (name, value).
    pub facts: Vec<(String, String)>,
}

impl From<&Diagnostic> for Notice {
    fn from(news: &Diagnostic) -> Self {
        Notice {
            code: news.code.name().to_owned(),
            word: news.severity.word(),
            severity: news.severity,
            span: Some(news.span),
            message: news.message.clone(),
            labels: news.labels.iter().map(|label| (label.span, label.say.clone())).collect(),
            help: news.help.clone(),
            facts: Vec::new(),
        }
    }
}

/// Draws one notice, ending with a line break. `color` asks for ANSI colours (only `Human`).
pub fn draw(notice: &Notice, format: Format, sources: &dyn Sources, words: &Words, color: bool) -> String {
    let _ = (notice, format, sources, words, color);
    todo!("helper: diag")
}
