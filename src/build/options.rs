//! What is asked of the workshop, and who looks on.

use super::BuildError;
use crate::calendar::AsOf;
use crate::config::{Config, Edition};
use crate::diag::Diagnostic;
use crate::rule::RuleContext;
use crate::text::{Fingerprint, Fingerprinter};

/// For which day and which readers, under which policy.
#[derive(Clone, Copy)]
pub struct BuildOptions<'a> {
    /// The policy, as [`super::Workshop::ruling`] read it.
    pub config: &'a Config,
    /// What is wrong with the policy, none of it an error.
    pub config_diagnostics: &'a [Diagnostic],
    /// The edition.
    pub edition: &'a Edition,
    /// Today.
    pub as_of: AsOf,
    /// Whether the day was given: then the site is a statement of that day whenever it is opened.
    pub pinned: bool,
    /// The program itself: outputs made by another one are made again.
    pub program: Fingerprint,
    /// Who looks on.
    pub progress: &'a dyn Progress,
}

impl<'a> BuildOptions<'a> {
    /// What rules are handed.
    pub fn rule_context(&self) -> RuleContext<'a> {
        RuleContext { as_of: self.as_of, config: self.config, edition: self.edition }
    }

    /// Fails when the work is called off: asked between stretches that take long in a large archive.
    pub(super) fn check_cancelled(&self) -> Result<(), BuildError> {
        if self.progress.is_cancelled() { Err(BuildError::Cancelled) } else { Ok(()) }
    }

    /// Changes with the policy and the edition: what was read and joined belongs to both.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprinter::new().fingerprint(self.config.fingerprint).value(self.edition).finish()
    }

    /// Changes with the program and the edition: keys in an output folder belong to both.
    pub fn folder_fingerprint(&self) -> Fingerprint {
        Fingerprinter::new().fingerprint(self.program).value(self.edition).finish()
    }
}

/// A stretch of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading documents.
    Reading,
    /// Joining and judging dossiers.
    Joining,
    /// Making pages, dossier by dossier.
    Making,
    /// Putting them in their places.
    Publishing,
}

/// Looks on while work is done, from several threads, and may call it off.
pub trait Progress: Sync {
    /// A phase begins; `steps` of it will be told.
    fn begin(&self, phase: Phase, steps: usize);

    /// A step is done.
    fn step(&self);

    /// Whether the work is called off. After the first file of the site is replaced it is no longer asked.
    fn is_cancelled(&self) -> bool;
}

/// Looks on and says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
