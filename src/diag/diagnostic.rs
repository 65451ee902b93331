//! One piece of bad news, as a value.

use serde::{Deserialize, Serialize};

use super::Code;
use crate::i18n::Message;
use crate::text::Span;

/// How bad it is. Only an error makes `check` and `build` end with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Read as meant, but should be put right.
    Warning,
    /// Not understood, or wrong.
    Error,
}

impl Severity {
    /// The word in `short`, `json` and `github` output: English whatever the language.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Another place that belongs to the news, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub say: Message,
}

/// A replacement of one stretch of the author's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// What is wrong with a text. The message stands alone without the snippet; labels and help are extra.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What sort.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// The value that is wrong, not the line it stands on.
    pub span: Span,
    /// The first line: complete in itself.
    pub message: Message,
    /// Other places, for instance where the name was said first.
    pub labels: Vec<Label>,
    /// What would be right, one line each.
    pub help: Vec<Message>,
    /// The correction, when it is sure; `fix` writes these and nothing else.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// News of sort `code` about `span`, with the message `diag.<code>`.
    pub fn new(code: Code, span: Span) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            span,
            message: Message::new(format!("diag.{}", code.name())),
            labels: Vec::new(),
            help: Vec::new(),
            fix: Vec::new(),
        }
    }

    /// Uses the message `diag.<code>.<variant>` instead. Call before [`Diagnostic::with`].
    #[must_use]
    pub fn variant(mut self, variant: &str) -> Self {
        self.message.key = format!("diag.{}.{variant}", self.code.name());
        self
    }

    /// Sets `{name}` in the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, say: Message) -> Self {
        self.help.push(say);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, say: Message) -> Self {
        self.labels.push(Label { span, say });
        self
    }

    /// Adds a correction that is sure.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }
}
