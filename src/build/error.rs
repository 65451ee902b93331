//! Why there is no site, when the machine is well and the policy can be read.

use std::fmt;
use std::sync::Arc;

use super::CaughtPanic;
use crate::diag::Diagnostic;
use crate::route::Url;

/// The last good site stays.
#[derive(Debug)]
pub enum BuildError {
    /// Called off by who looked on.
    Cancelled,
    /// A file changed each time between being planned with and being shown.
    KeepsChanging(Arc<str>),
    /// The theme is broken: each fault with the path and text of its file.
    Theme(Vec<(String, String, Diagnostic)>),
    /// A page is larger than 8 MB.
    TooLarge(Url),
    /// The program itself broke down, over at least one thing.
    Mishap(Vec<CaughtPanic>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for BuildError {}
