//! All that views are made from.

use std::collections::BTreeMap;

use super::{Order, Problem};
use crate::archive::Archive;
use crate::policy::Policy;
use crate::report::Findings;
use crate::route::Routes;
use crate::rule::Bench;
use crate::text::FileId;
use crate::words::Words;

/// What a view may ask. Borrowed, immutable, shared by threads.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// What this edition knows.
    pub archive: &'a Archive,
    /// Customers A–Z.
    pub order: &'a Order,
    /// What is owed.
    pub findings: &'a Findings,
    /// Where everything is.
    pub routes: &'a Routes,
    /// What is wrong, by file; empty below the full edition.
    pub problems: &'a BTreeMap<FileId, Vec<Problem>>,
    /// Day, policy and edition.
    pub bench: &'a Bench<'a>,
    /// Language.
    pub words: &'a Words,
}

impl<'a> Scene<'a> {
    /// The policy.
    pub fn policy(&self) -> &'a Policy {
        self.bench.policy
    }

    /// Whether the state of relations may be spoken of at all: it rests on roles and states.
    pub fn shows_light(&self) -> bool {
        self.bench.may_read(&["person.roles", "person.relation"])
    }
}
