//! Source texts for rendering diagnostics: a file is read again when something in it is shown.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Config;
use crate::diag::SourceLookup;
use crate::document::MAX_FILE;
use crate::source::{FileTable, Source};
use crate::text::{FileId, decode};

/// A text with its display path; `None` if its file can no longer be read.
type CachedText = Option<(String, Arc<str>)>;

/// Looks up texts in a source and caches them.
pub struct SourceTexts<'a> {
    files: &'a FileTable,
    source: &'a dyn Source,
    config: Option<&'a Config>,
    known: Mutex<BTreeMap<FileId, CachedText>>,
}

impl<'a> SourceTexts<'a> {
    pub(super) fn new(files: &'a FileTable, source: &'a dyn Source, config: Option<&'a Config>) -> Self {
        SourceTexts { files, source, config, known: Mutex::default() }
    }

    /// The path of a file below the archive.
    pub fn path(&self, file: FileId) -> Option<&Arc<str>> {
        self.files.path(file)
    }
}

impl SourceLookup for SourceTexts<'_> {
    fn source(&self, file: FileId) -> Option<(String, Arc<str>)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(file)
            .or_insert_with(|| {
                let path = self.files.path(file)?;
                // A file that can no longer be read is still named.
                let bytes = self.source.read(path, MAX_FILE).ok().flatten().unwrap_or_default();
                let pinned = self.config.and_then(|config| config.fixed_encoding(path));
                Some((self.source.display_path(path), decode(&bytes, pinned).text.into()))
            })
            .clone()
    }
}
