//! Where a link leads.

use std::sync::Arc;

use super::DirectoryEntry;

/// Target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A record, and optionally a heading in it.
    Record(Arc<DirectoryEntry>, Option<String>),
    /// Path of a file of the archive that is not a record (image, attachment).
    File(Arc<str>),
    /// An external URL (`https:`, `mailto:`, `tel:`).
    External(Arc<str>),
    /// A heading of the same record.
    SameRecord(String),
    /// Unresolved, and reported; rendered as plain text.
    Unresolved,
}
