//! All that views are made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LinkCache, Order, Problem};
use crate::archive::Directory;
use crate::config::Config;
use crate::i18n::Catalog;
use crate::report::Findings;
use crate::route::Routes;
use crate::rule::RuleContext;
use crate::text::FileId;

/// What is wrong with each file that anything is wrong with, in order of place.
pub type ProblemsByFile = BTreeMap<FileId, Arc<[Problem]>>;

/// What a view may ask besides the dossier it is of. Borrowed, immutable, shared by threads.
///
/// The archive is not in it: a page of a dossier that looked into another one would be forgotten when that one changes. Pages
/// of the whole archive are handed it beside the scene.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
    /// Who exists.
    pub directory: &'a Directory,
    /// Customers A–Z.
    pub order: &'a Order,
    /// What is owed.
    pub findings: &'a Findings,
    /// Where everything is.
    pub routes: &'a Routes,
    /// What is wrong, by file; empty below the full edition.
    pub problems: &'a ProblemsByFile,
    /// Day, policy and edition.
    pub rule_context: &'a RuleContext<'a>,
    /// Language.
    pub words: &'a Catalog,
    /// What was looked up already, while the pages of one dossier are planned.
    pub links: Option<&'a LinkCache>,
}

impl<'a> ViewContext<'a> {
    /// The policy.
    pub fn config(&self) -> &'a Config {
        self.rule_context.config
    }

    /// Whether the state of relations may be spoken of at all: it rests on roles and states.
    pub fn shows_light(&self) -> bool {
        self.rule_context.may_read(&["person.roles", "project.roles", "person.relation"])
    }
}

/// Returns false when the build is cancelled; called from several threads.
pub type KeepGoing<'a> = dyn Fn() -> bool + Sync + 'a;
