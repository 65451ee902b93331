//! Everything that is wrong with the archive (full edition).

use serde::Serialize;

use super::{Frame, Link, PageLink, Problem};

/// Everything that is wrong with the archive (full edition).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// What is around it.
    pub page: Frame,
    /// Errors in all.
    pub errors: usize,
    /// Warnings in all.
    pub warnings: usize,
    /// Hints in all.
    pub hints: usize,
    /// Files of this part.
    pub files: Vec<ProblemFile>,
    /// The other parts, when there is more than one.
    pub parts: Vec<PageLink>,
}

/// A file with problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemFile {
    /// Its path, leading to the record's page when it has one.
    pub path: Link,
    /// Its problems in order of place.
    pub problems: Vec<Problem>,
}
