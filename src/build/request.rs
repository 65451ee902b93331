//! What is asked of the workshop, and who looks on.

use super::Halt;
use crate::calendar::AsOf;
use crate::config::{Edition, Policy};
use crate::diag::Diagnostic;
use crate::rule::Bench;
use crate::text::{Fingerprint, Fingerprinter};

/// For which day and which readers, under which policy.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The policy, as [`super::Workshop::ruling`] read it.
    pub policy: &'a Policy,
    /// What is wrong with the policy, none of it an error.
    pub policy_news: &'a [Diagnostic],
    /// The edition.
    pub edition: &'a Edition,
    /// Today.
    pub as_of: AsOf,
    /// Whether the day was given: then the site is a statement of that day whenever it is opened.
    pub pinned: bool,
    /// The program itself: outputs made by another one are made again.
    pub program: Fingerprint,
    /// Who looks on.
    pub watch: &'a dyn Watch,
}

impl<'a> Request<'a> {
    /// What rules are handed.
    pub fn bench(&self) -> Bench<'a> {
        Bench { as_of: self.as_of, policy: self.policy, edition: self.edition }
    }

    /// Fails when the work is called off: asked between stretches that take long in a large archive.
    pub(super) fn go_on(&self) -> Result<(), Halt> {
        if self.watch.is_called_off() { Err(Halt::CalledOff) } else { Ok(()) }
    }

    /// Changes with the policy and the edition: what was read and joined belongs to both.
    pub(super) fn print(&self) -> Fingerprint {
        Fingerprinter::new().fingerprint(self.policy.print).value(self.edition).finish()
    }

    /// Changes with the program and the edition: keys in an output folder belong to both.
    pub fn folder_print(&self) -> Fingerprint {
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
pub trait Watch: Sync {
    /// A phase begins; `steps` of it will be told.
    fn begin(&self, phase: Phase, steps: usize);

    /// A step is done.
    fn step(&self);

    /// Whether the work is called off. After the first file of the site is replaced it is no longer asked.
    fn is_called_off(&self) -> bool;
}

/// Looks on and says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Watch for Quiet {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_called_off(&self) -> bool {
        false
    }
}
