//! Errors of publishing.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::route::Url;

/// The operation that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Creating a folder.
    MakeFolder,
    /// Querying the size of a file.
    Look,
    /// Reading a file.
    Read,
    /// Writing a file.
    Write,
    /// Moving a finished file into place.
    Rename,
    /// Removing a file or folder.
    Remove,
    /// Locking the folder.
    Lock,
}

/// A file operation failed.
#[derive(Debug)]
pub struct PublishError {
    /// The path.
    pub path: PathBuf,
    /// The operation.
    pub doing: Operation,
    /// The system's error.
    pub cause: io::Error,
}

impl PublishError {
    pub(super) fn at(path: impl Into<PathBuf>, doing: Operation) -> impl FnOnce(io::Error) -> PublishError {
        let path = path.into();
        move |cause| PublishError { path, doing, cause }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}: {}", self.path.display(), self.doing, self.cause)
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Why a folder is not written to. Nothing was changed.
#[derive(Debug)]
pub enum Refusal {
    /// It is the root of a disk.
    Root(PathBuf),
    /// It is the user's home.
    Home(PathBuf),
    /// It is a symbolic link.
    Link(PathBuf),
    /// It is a file.
    NotAFolder(PathBuf),
    /// It equals, is inside or contains an input folder.
    Overlaps {
        /// The folder.
        out: PathBuf,
        /// The input folder.
        input: PathBuf,
        /// Its role: `archive`, `themes`.
        role: &'static str,
    },
    /// It contains files, none of them written by kedang.
    Foreign {
        /// The folder.
        out: PathBuf,
        /// One of the files.
        example: String,
    },
    /// A file not written by kedang is where an output or its folder must go.
    InTheWay {
        /// That file.
        path: PathBuf,
    },
    /// Another build holds the lock.
    InUse {
        /// The folder.
        out: PathBuf,
        /// Its process id, if known.
        holder: Option<u32>,
    },
    /// Two outputs have the same address: a bug.
    Twice(Url),
    /// An address is not a path below the folder: a bug.
    Unsafe(Url),
    /// A file operation failed.
    Fault(PublishError),
}

impl From<PublishError> for Refusal {
    fn from(fault: PublishError) -> Self {
        Refusal::Fault(fault)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Fault(fault) => fault.fmt(f),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Refusal::Fault(fault) => Some(fault),
            _ => None,
        }
    }
}
