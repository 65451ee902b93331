//! What came of it, in figures.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::{Notice, Severity};
use crate::publish::WriteCounts;

/// How much was looked at and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Files of kinds that the program knows.
    pub documents: usize,
    /// Of them, read this time.
    pub read: usize,
    /// Customers.
    pub dossiers: usize,
    /// Of them, laid out this time.
    pub assembled: usize,
    /// Diagnostics that are errors.
    pub errors: usize,
    /// Diagnostics that are warnings.
    pub warnings: usize,
    /// Diagnostics that are hints.
    pub infos: usize,
    /// Duties not kept or coming due.
    pub findings: usize,
    /// Of them, those a rule or the policy calls errors.
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
    /// Figures.
    pub counts: Counts,
    /// Documents that were new or said something else than before.
    pub changed_paths: Vec<Arc<str>>,
    /// What the publishing did.
    pub written: WriteCounts,
    /// Their paths: outputs whose bytes were put in place or that were removed.
    pub changed: Vec<Arc<str>>,
    /// Outputs that were made this time.
    pub rendered: usize,
    /// The diagnostics, in order of place.
    pub notices: Arc<[Notice]>,
    /// Whether nothing had changed since the last build, so that nothing was read.
    pub unchanged: bool,
}
