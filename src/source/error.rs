//! What goes wrong with the outside, with its path and its cause.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A folder's entries were being listed.
    List,
    /// A file's size and time were being asked for.
    Look,
    /// A file was being read.
    Read,
    /// A file was read twice and changed both times while it was being read.
    Settle,
}

/// The machine failed: nothing is published and the command ends with 3 (`decisions.md` 29).
#[derive(Debug)]
pub struct SourceError {
    /// At what.
    pub path: PathBuf,
    /// Doing what.
    pub doing: Operation,
    /// Why, in the system's words.
    pub cause: io::Error,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}: {}", self.path.display(), self.doing, self.cause)
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
