//! What stands in the output folder, to be asked while the next site is being made.

use std::sync::Arc;

use super::manifest::Manifest;

/// The outputs of the site as it was last published.
#[derive(Clone, Debug, Default)]
pub struct ExistingFiles(pub(super) Arc<Manifest>);

impl ExistingFiles {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether this path is of the site.
    pub fn has(&self, path: &str) -> bool {
        self.0.entries.contains_key(path)
    }
}
