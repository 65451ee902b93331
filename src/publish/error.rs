//! Why a folder is not written to.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::route::Url;

/// What was being done when the machine failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Making a folder.
    MakeFolder,
    /// Asking for a file's size.
    Look,
    /// Reading a file.
    Read,
    /// Writing a file.
    Write,
    /// Putting a finished file in its place.
    Rename,
    /// Removing a file or folder.
    Remove,
    /// Locking the folder.
    Lock,
}

/// The machine failed at one path.
#[derive(Debug)]
pub struct PublishError {
    /// At what.
    pub path: PathBuf,
    /// Doing what.
    pub doing: Operation,
    /// Why, in the system's words.
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

/// A folder that must not be written to. Nothing was changed.
#[derive(Debug)]
pub enum Refusal {
    /// The root of a disk.
    Root(PathBuf),
    /// The user's home.
    Home(PathBuf),
    /// A symbolic link.
    Link(PathBuf),
    /// A file.
    NotAFolder(PathBuf),
    /// The same as, inside or above something that is read.
    Overlaps {
        /// The folder.
        out: PathBuf,
        /// What is read.
        input: PathBuf,
        /// What that is: `archive`, `themes`.
        role: &'static str,
    },
    /// Holds files that kedang did not write, and none that it did.
    Foreign {
        /// The folder.
        out: PathBuf,
        /// One of the files.
        example: String,
    },
    /// A file that kedang did not write stands where an output or its folder must go.
    InTheWay {
        /// That file.
        path: PathBuf,
    },
    /// Another build has the lock.
    InUse {
        /// The folder.
        out: PathBuf,
        /// The number of its process, where it could be told.
        holder: Option<u32>,
    },
    /// Two outputs of one address: a fault of the program.
    Twice(Url),
    /// An address that is no path below the folder: a fault of the program.
    Unsafe(Url),
    /// The machine failed.
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
