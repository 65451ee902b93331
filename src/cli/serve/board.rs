//! What the window may ask.

use std::path::{Path, PathBuf};

use crate::serve::{Board, Notes};

/// A site that is not there yet.
pub(super) struct Nothing;

impl Board for Nothing {
    fn has(&self, _: &str) -> bool {
        false
    }

    fn notes(&self, _: &str) -> Notes {
        Notes::default()
    }
}

/// A site as it stands in its folder.
pub(super) struct Standing(pub PathBuf);

impl Board for Standing {
    fn has(&self, path: &str) -> bool {
        let plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']));
        plain && is_file(&self.0.join(path))
    }

    fn notes(&self, _: &str) -> Notes {
        Notes::default()
    }
}

fn is_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file())
}
