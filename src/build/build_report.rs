//! The result of a build, in numbers.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::{Notice, Severity};
use crate::publish::WriteCounts;

/// Number of inputs read and of problems found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Files whose path matches a kind.
    pub documents: usize,
    /// Of these, files read in this build.
    pub read: usize,
    /// Customers.
    pub dossiers: usize,
    /// Of these, dossiers assembled in this build.
    pub assembled: usize,
    /// Diagnostics that are errors.
    pub errors: usize,
    /// Diagnostics that are warnings.
    pub warnings: usize,
    /// Diagnostics that are hints.
    pub infos: usize,
    /// Duties overdue or due soon.
    pub findings: usize,
    /// Of these, findings with severity error.
    pub grave: usize,
}

impl Counts {
    pub(super) fn add(&mut self, severity: Severity) {
        *self.of(severity) += 1;
    }

    /// The number of diagnostics of one severity.
    pub(super) fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        }
    }
}

/// A finished build.
#[derive(Clone, Debug)]
pub struct BuildReport {
    /// Numbers of inputs and problems.
    pub counts: Counts,
    /// Documents that are new or whose content changed.
    pub changed_paths: Vec<Arc<str>>,
    /// What publishing wrote and removed.
    pub written: WriteCounts,
    /// Paths of outputs that were written or removed.
    pub changed: Vec<Arc<str>>,
    /// Outputs rendered in this build.
    pub rendered: usize,
    /// All diagnostics and findings, in order of path and position.
    pub notices: Arc<[Notice]>,
    /// Whether no input changed since the last build, so that nothing was read.
    pub unchanged: bool,
}
