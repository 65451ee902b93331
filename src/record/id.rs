//! Record identity.

use std::fmt;
use std::sync::Arc;

/// Identity of a record, stable under edits of its content.
///
/// It is the path (English twin, no extension); a row of a month file adds `#<date>-<first name>[-<n>]` (`decisions.md`
/// 22). URLs derive from it, so it never holds a private fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub Arc<str>);

impl RecordId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Last segment of the path: `2026-11-20`, `邱志远`.
    pub fn stem(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, stem)| stem)
    }
}

impl From<&str> for RecordId {
    fn from(id: &str) -> Self {
        RecordId(id.into())
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
