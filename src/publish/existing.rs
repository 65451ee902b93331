//! The published outputs, to be queried while the next site is being built.

use std::sync::Arc;

use super::manifest::Manifest;

/// The outputs of the site as it was last published.
#[derive(Clone, Debug, Default)]
pub struct ExistingFiles(pub(super) Arc<Manifest>);

impl ExistingFiles {
    /// Number of outputs.
    pub fn count(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether this path belongs to the site.
    pub fn has(&self, path: &str) -> bool {
        self.0.entries.contains_key(path)
    }
}
