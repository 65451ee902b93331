//! Where a file lies, and what that makes it.

use std::fmt;
use std::sync::Arc;

/// A file's path below the archive, parts joined by `/`, as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchivePath(pub Arc<str>);

impl ArchivePath {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it lies in, without the last `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl From<&str> for ArchivePath {
    fn from(path: &str) -> Self {
        ArchivePath(path.into())
    }
}

impl fmt::Display for ArchivePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a path says about its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Key of the kind.
    pub kind: Arc<str>,
    /// The folder name of its customer, for files below `customers/<id>/`.
    pub customer: Option<Arc<str>>,
    /// The English twin of the path without extension: the record's identity (`customers/hd/visits/2026-11-20`),
    /// NFC; `decisions.md` 23.
    pub id: Arc<str>,
}
