//! Severity of a diagnostic.

use serde::{Deserialize, Serialize};

/// Severity. Only errors make `check` and `build` end with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A hint.
    Info,
    /// Understood, but should be corrected.
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
