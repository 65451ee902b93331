//! Options of a build, and progress reporting with cancellation.

use super::BuildError;
use crate::calendar::AsOf;
use crate::config::{Config, Edition};
use crate::diag::Diagnostic;
use crate::rule::RuleContext;
use crate::text::{Fingerprint, Fingerprinter};

/// What to build: day, edition, configuration.
#[derive(Clone, Copy)]
pub struct BuildOptions<'a> {
    /// The configuration, as read by [`super::Builder::load_config`].
    pub config: &'a Config,
    /// Diagnostics of the configuration, none of them errors.
    pub config_diagnostics: &'a [Diagnostic],
    /// The edition.
    pub edition: &'a Edition,
    /// Today.
    pub as_of: AsOf,
    /// Whether the day was given explicitly: then the site always shows that day, whenever it is opened.
    pub pinned: bool,
    /// Fingerprint of the program: outputs of another version are rendered again.
    pub program: Fingerprint,
    /// Receives progress; may cancel.
    pub progress: &'a dyn Progress,
}

impl<'a> BuildOptions<'a> {
    /// The context for rules.
    pub fn rule_context(&self) -> RuleContext<'a> {
        RuleContext { as_of: self.as_of, config: self.config, edition: self.edition }
    }

    /// Fails if the build was cancelled. Called between steps that take long in a large archive.
    pub(super) fn check_cancelled(&self) -> Result<(), BuildError> {
        if self.progress.is_cancelled() { Err(BuildError::Cancelled) } else { Ok(()) }
    }

    /// Fingerprint of configuration and edition: the caches belong to both.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprinter::new().fingerprint(self.config.fingerprint).value(self.edition).finish()
    }

    /// Fingerprint of program and edition: the keys in an output folder belong to both.
    pub fn folder_fingerprint(&self) -> Fingerprint {
        Fingerprinter::new().fingerprint(self.program).value(self.edition).finish()
    }
}

/// A phase of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading documents.
    Reading,
    /// Assembling dossiers and evaluating rules.
    Joining,
    /// Rendering pages, dossier by dossier.
    Rendering,
    /// Moving outputs into place.
    Publishing,
}

/// Receives progress from several threads and may cancel.
pub trait Progress: Sync {
    /// A phase of `steps` steps begins.
    fn begin(&self, phase: Phase, steps: usize);

    /// A step is finished.
    fn step(&self);

    /// Whether to cancel. Not called after the first file of the site has been replaced.
    fn is_cancelled(&self) -> bool;
}

/// Ignores progress and never cancels.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
