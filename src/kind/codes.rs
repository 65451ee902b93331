//! Closed lists of values: the regulation's and the company's own.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// One value of a list: always shown as code and word (`C 再度访问`); lists without letters have an empty code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CodeValue {
    /// `C`, `3A`, `1`, or empty.
    pub code: Arc<str>,
    /// `再度访问`.
    pub word: Arc<str>,
}

impl CodeValue {
    /// Both, as they are shown.
    pub fn shown(&self) -> String {
        if self.code.is_empty() { self.word.to_string() } else { format!("{} {}", self.code, self.word) }
    }
}

/// A closed list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeList {
    /// Its name (`result`, `role`, …).
    pub name: Arc<str>,
    /// Its values in order.
    pub values: Vec<CodeValue>,
    /// Other spellings: (as written, index into `values`). `积极` for `积极的`, `会面` for `会晤` and so on.
    pub also: Vec<(Arc<str>, usize)>,
}

impl CodeList {
    /// Reads code, word, or both (`C`, `再度访问`, `C 再度访问`, `C再度访问`, `C、再度访问`), letter case as on the form, full-width
    /// forms folded.
    pub fn read(&self, text: &str) -> Option<&CodeValue> {
        let _ = text;
        todo!("helper: kind")
    }
}
