//! A diagnostic with its locations, help and correction.

use super::{Code, Severity};
use crate::i18n::Message;
use crate::text::Span;

/// Another location that belongs to the diagnostic, with its message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The location.
    pub span: Span,
    /// Its message.
    pub say: Message,
}

/// A replacement of one range of the author's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The replaced range; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A problem in a text. The message is complete without the snippet; labels and help are additional.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// Severity.
    pub severity: Severity,
    /// The wrong value, not its line.
    pub span: Span,
    /// The summary line.
    pub message: Message,
    /// Other locations, for instance the first use of a name.
    pub labels: Vec<Label>,
    /// Lines of help: what would be right.
    pub help: Vec<Message>,
    /// The correction, if certain; `fix` applies these and nothing else.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// A diagnostic about `span` with the message `diag.<code>`.
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

    /// Adds another location.
    #[must_use]
    pub fn label(mut self, span: Span, say: Message) -> Self {
        self.labels.push(Label { span, say });
        self
    }

    /// Adds a certain correction.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }
}
