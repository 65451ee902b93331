//! Reasons why a build with a valid configuration produced no site.

use std::fmt;
use std::sync::Arc;

use super::CaughtPanic;
use crate::diag::Diagnostic;
use crate::route::Url;

/// A build that failed. The last published site remains.
#[derive(Debug)]
pub enum BuildError {
    /// Cancelled through [`Progress`](super::Progress).
    Cancelled,
    /// A file changed every time between planning and rendering.
    KeepsChanging(Arc<str>),
    /// Errors in the theme: path, text and diagnostic of each file.
    Theme(Vec<(String, String, Diagnostic)>),
    /// A page is larger than 8 MB.
    TooLarge(Url),
    /// The program panicked on at least one input.
    Panicked(Vec<CaughtPanic>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for BuildError {}
