//! Editions: a ceiling with a name.

use serde::{Deserialize, Serialize};

/// A ceiling of secrecy with a name and an output folder (`decisions.md` 8).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edition {
    /// `full`, `lead`, `plain`, or the company's own.
    pub key: String,
    /// `全本`, `主管本`, `脱敏本`.
    pub label: String,
    /// The highest level a reader may see, 0–3.
    pub ceiling: u8,
}

impl Edition {
    /// Whether a level may be seen.
    pub fn shows(&self, level: u8) -> bool {
        level <= self.ceiling
    }

    /// Whether nothing is hidden: diagnostics are shown in this edition only (`decisions.md` 6).
    pub fn is_full(&self) -> bool {
        self.ceiling >= 3
    }
}
