//! Data from which views are made.

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

/// Problems of each file that has any, in order of position.
pub type ProblemsByFile = BTreeMap<FileId, Arc<[Problem]>>;

/// Data that a view may use besides its dossier. Borrowed, immutable, shared by threads.
///
/// It does not contain the archive: a dossier's page that used another dossier would not be invalidated when that
/// changes. Pages about the whole archive get it as a further argument.
#[derive(Clone, Copy)]
pub struct ViewContext<'a> {
    /// All directory entries.
    pub directory: &'a Directory,
    /// Customers A–Z.
    pub order: &'a Order,
    /// Findings.
    pub findings: &'a Findings,
    /// Addresses.
    pub routes: &'a Routes,
    /// Problems by file; empty below the full edition.
    pub problems: &'a ProblemsByFile,
    /// Day, configuration and edition.
    pub rule_context: &'a RuleContext<'a>,
    /// Catalogue.
    pub words: &'a Catalog,
    /// Link cache, while the pages of one dossier are planned.
    pub links: Option<&'a LinkCache>,
}

impl<'a> ViewContext<'a> {
    /// The configuration.
    pub fn config(&self) -> &'a Config {
        self.rule_context.config
    }

    /// Whether the relation light may be shown: it depends on roles and relations.
    pub fn shows_light(&self) -> bool {
        self.rule_context.may_read(&["person.roles", "project.roles", "person.relation"])
    }
}

/// Returns false when the build is cancelled; called from several threads.
pub type KeepGoing<'a> = dyn Fn() -> bool + Sync + 'a;
