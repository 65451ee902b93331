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

impl Scene<'_> {
    /// The policy.
    pub fn policy(&self) -> &Policy {
        self.bench.policy
    }

    /// Whether this edition shows a field (`person.roles`) whenever its record is shown. A field the kinds lack is shown.
    pub fn shows(&self, field: &str) -> bool {
        let Some((kind, key)) = field.split_once('.') else { return true };
        self.policy()
            .kinds
            .get(kind)
            .and_then(|kind| kind.index_of(key).map(|index| kind.field(index).secrecy))
            .is_none_or(|level| self.bench.edition.shows(level))
    }
}
