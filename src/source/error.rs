//! Errors of reading inputs, with path and cause.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// The operation that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Listing a folder.
    List,
    /// Querying size and time of a file.
    Look,
    /// Reading a file.
    Read,
    /// Reading a file that changed during two reads.
    Settle,
}

/// Reading an input failed: nothing is published and the exit code is 3 (`decisions.md` 29).
#[derive(Debug)]
pub struct SourceError {
    /// The path.
    pub path: PathBuf,
    /// The operation.
    pub doing: Operation,
    /// The system's error.
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
