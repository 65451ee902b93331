//! What shall exist, each thing with its key.
//!
//! The verbs are [`dossier_outputs`] and [`archive_outputs`] (the plan) and [`make`] (the bytes). A key is the fingerprint
//! of everything the bytes depend on, so an output whose key the manifest holds is never made. The room never knows what
//! exists already.

mod assets;
#[cfg(test)]
mod contract;
mod key;
mod plan;
mod render;

use std::sync::Arc;

use crate::archive::Archive;
use crate::config::Config;
use crate::i18n::Catalog;
use crate::record::Record;
use crate::report::Findings;
use crate::route::{Routes, Url};
use crate::rule::RuleContext;
use crate::text::Fingerprint;
use crate::theme::{TemplateError, Theme};
use crate::view::ViewContext;

pub use crate::view::{Order, Problem, ProblemsByFile};
pub use key::base;
pub use plan::{archive_outputs, dossier_outputs};
pub use render::{MAX_PAGE, render_output};

/// All that pages are made from. Borrowed, immutable, shared by threads.
#[derive(Clone, Copy)]
pub struct SiteContext<'a> {
    /// What this edition knows.
    pub archive: &'a Archive,
    /// Customers A–Z: [`Order::of`] the archive, made once.
    pub order: &'a Order,
    /// What is owed.
    pub findings: &'a Findings,
    /// Where everything is.
    pub routes: &'a Routes,
    /// What is wrong, by file, as drawn lines with places: empty below the full edition (`decisions.md` 6).
    pub problems: &'a ProblemsByFile,
    /// Day, policy and edition.
    pub context: &'a RuleContext<'a>,
    /// Templates and assets.
    pub theme: &'a Theme,
    /// Language.
    pub words: &'a Catalog,
    /// The day was given (`--as-of`): the site is a statement of that day, and its scripts count days to it and not to the
    /// day the page is opened.
    pub pinned: bool,
}

impl<'a> SiteContext<'a> {
    /// The policy.
    pub fn config(&self) -> &'a Config {
        self.context.config
    }

    /// What views are made from.
    pub fn scene(&self) -> ViewContext<'a> {
        ViewContext {
            directory: &self.archive.directory,
            order: self.order,
            findings: self.findings,
            routes: self.routes,
            problems: self.problems,
            rule_context: self.context,
            words: self.words,
            links: None,
        }
    }
}

/// Something that shall exist in the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where.
    pub url: Url,
    /// Everything its bytes depend on.
    pub key: Fingerprint,
    /// How it is made.
    pub make: OutputKind,
}

impl Output {
    /// The record it shows the text of, the first of several.
    pub fn record(&self) -> Option<&Record> {
        match &self.make {
            OutputKind::Page(planned) => planned.slots.first().map(|slot| &*slot.record),
            OutputKind::Bytes(_) | OutputKind::Copy(_) => None,
        }
    }
}

/// How an output is made.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A template with a view; private to `site`, `view` and `theme`.
    Page(Box<crate::view::PlannedPage>),
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A copy of a file of the archive (its path); the content fingerprint is in the key.
    Copy(Arc<str>),
}

/// Why an output could not be made.
#[derive(Debug)]
pub enum RenderError {
    /// A file changed since it was planned: give up this build and ring again (`decisions.md` 2).
    Changed(Arc<str>),
    /// The template is wrong; the last good site stays.
    Template(Box<TemplateError>),
    /// The page is larger than 8 MB.
    TooLarge(Url),
}

/// Hands out the decoded text of a record's file, if its bytes are still those it was planned with.
pub type TextSource<'a> = dyn Fn(&Record) -> Option<Arc<String>> + Sync + 'a;
