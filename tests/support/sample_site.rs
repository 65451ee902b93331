//! The sample archive as a site on disk, in a folder whose name a careless address would stumble over.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::root;

/// Spaces, `#`, `%` and Chinese: all of them mean something else in an address.
const AWKWARD: &str = "公开 #1 100%25";

/// A site that is gone when this value is.
pub struct SampleSite {
    /// The exit code.
    pub code: Option<i32>,
    /// What was said.
    pub output: String,
    folder: tempfile::TempDir,
}

impl SampleSite {
    /// Builds `content/` as a newcomer does, on a day that stays.
    pub fn build(arguments: &[&str]) -> SampleSite {
        let folder = tempfile::tempdir().expect("a folder for the site");
        let done = Command::new(env!("CARGO_BIN_EXE_kedang"))
            .args(["build", "--root"])
            .arg(root())
            .args(["--as-of", "2026-11-24", "--out"])
            .arg(folder.path().join(AWKWARD))
            .args(arguments)
            .output()
            .expect("kedang runs");
        let output = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        SampleSite { code: done.status.code(), output, folder }
    }

    /// Where the site is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join(AWKWARD)
    }

    /// What is in the site, as addresses below it, in order; what the program keeps for itself left out.
    pub fn files(&self) -> Vec<String> {
        let site = self.path();
        let walk = walkdir::WalkDir::new(&site).sort_by_file_name();
        let files = walk.into_iter().map(|entry| entry.expect("a readable folder")).filter(|entry| entry.file_type().is_file());
        let below =
            |path: &Path| path.strip_prefix(&site).expect("below the site").to_str().expect("Unicode").replace('\\', "/");
        files.map(|entry| below(entry.path())).filter(|path| !path.starts_with(".kedang/")).collect()
    }
}
