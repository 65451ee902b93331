//! The policy, read again and again by the commands that stay.

use anyhow::{Context, Result};

use super::failure::Failure;
use super::office::Office;
use super::place::Place;
use crate::build::{POLICY_FILES, Ruling, Workshop};
use crate::calendar::AsOf;
use crate::config::{self, Policy};
use crate::i18n::{Catalog, Lang, Message};
use crate::rule::RULES;
use crate::source::{self, Disk, World};
use crate::text::FileId;

impl Office {
    /// Reads the policy again if its file changed; whether it is another one now. While it cannot be read, `unruled` says why
    /// and the last one stays. `asked` is the language that was asked for.
    pub fn reread(&mut self, asked: Option<Lang>) -> Result<bool> {
        let bytes = policy_bytes(&self.disk)?;
        if self.as_read.as_ref() == Some(&bytes) {
            return Ok(false);
        }
        let Ruling { policy, news, path } = ruling(&mut self.workshop, &self.disk, self.as_of)?;
        if path.is_none() {
            self.as_read = None;
            return Err(no_policy(&self.place).into());
        }
        self.as_read = Some(bytes);
        let Some(policy) = policy else {
            self.unruled = Some(news);
            return Ok(false);
        };
        self.words = Catalog::of(asked.unwrap_or(policy.language));
        (self.policy, self.policy_news, self.unruled) = (policy, news, None);
        Ok(true)
    }

    /// It is another day. Whether its year has holidays is news of the policy.
    pub fn turn_to(&mut self, as_of: AsOf) {
        self.as_of = as_of;
        self.as_read = None;
    }

    /// The pipeline broke down: whatever it was busy with is not used again.
    pub fn begin_anew(&mut self, workshop: Workshop) {
        self.workshop = workshop;
        self.as_read = None;
    }
}

/// Reads the policy, and judges what its text alone cannot tell: which rules there are, and which year it is.
pub(super) fn ruling(workshop: &mut Workshop, disk: &Disk, as_of: AsOf) -> Result<Ruling, source::Fault> {
    let Ruling { mut policy, mut news, path } = workshop.ruling(disk)?;
    if let Some(read) = &policy {
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        let unknown = read.unknown_rules(&rules);
        news.extend(read.unknown_holidays(as_of));
        if !unknown.is_empty() {
            news.extend(unknown);
            policy = None;
        }
    }
    Ok(Ruling { policy, news, path })
}

/// The bytes of the files that may be the policy.
pub(super) type PolicyBytes = Vec<Option<Vec<u8>>>;

/// Whether a policy changed is seen in so much of it; a larger one is none.
const MOST_POLICY: usize = 1024 * 1024;

pub(super) fn policy_bytes(disk: &Disk) -> Result<PolicyBytes, source::Fault> {
    POLICY_FILES.iter().map(|path| disk.read(path, MOST_POLICY)).collect()
}

/// A policy that decides nothing.
pub(super) fn empty() -> Result<Policy> {
    let (policy, _) = config::read("company: \"-\"\n", FileId::default());
    policy.context("an empty policy")
}

/// The policy was there when the place was looked for, and is no plain file or gone.
pub(super) fn no_policy(place: &Place) -> Failure {
    let message = Message::new("cli.place.no-policy").with("path", place.archive.display());
    Failure::usage(message).help(Message::new("cli.place.nowhere-help"))
}
