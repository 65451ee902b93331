//! Plans all outputs of a site with their cache keys, and renders them.
//!
//! [`dossier_outputs`] and [`archive_outputs`] plan; [`render_output`] returns the bytes. A key is the fingerprint of
//! everything the bytes depend on, so an output whose key is in the manifest is not rendered again. This module does
//! not know which outputs already exist.

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
pub use key::base_key;
pub use plan::{archive_outputs, dossier_outputs};
pub use render::{MAX_PAGE, render_output};

/// Everything outputs are made from. Borrowed, immutable, shared between threads.
#[derive(Clone, Copy)]
pub struct SiteContext<'a> {
    /// The archive as this edition sees it.
    pub archive: &'a Archive,
    /// Customers A–Z: [`Order::of`] the archive, computed once.
    pub order: &'a Order,
    /// Findings by dossier.
    pub findings: &'a Findings,
    /// Addresses of pages and files.
    pub routes: &'a Routes,
    /// Diagnostics by file, formatted with positions; empty below the full edition (`decisions.md` 6).
    pub problems: &'a ProblemsByFile,
    /// As-of date, config and edition.
    pub context: &'a RuleContext<'a>,
    /// Templates and assets.
    pub theme: &'a Theme,
    /// Message catalog of the site's language.
    pub words: &'a Catalog,
    /// Whether the as-of date was given (`--as-of`): the site then describes that day, and its scripts count days to it
    /// instead of to the day the page is opened.
    pub pinned: bool,
}

impl<'a> SiteContext<'a> {
    /// The archive's config.
    pub fn config(&self) -> &'a Config {
        self.context.config
    }

    /// The context that views are built from.
    pub fn view_context(&self) -> ViewContext<'a> {
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

/// A planned file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its address.
    pub url: Url,
    /// Fingerprint of everything its bytes depend on.
    pub key: Fingerprint,
    /// How its bytes are made.
    pub make: OutputKind,
}

impl Output {
    /// The record whose prose it shows; the first one if there are several.
    pub fn record(&self) -> Option<&Record> {
        match &self.make {
            OutputKind::Page(planned) => planned.slots.first().map(|slot| &*slot.record),
            OutputKind::Bytes(_) | OutputKind::Copy(_) => None,
        }
    }
}

/// How the bytes of an output are made.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A template with a view; private to `site`, `view` and `theme`.
    Page(Box<crate::view::PlannedPage>),
    /// Fixed bytes.
    Bytes(Arc<[u8]>),
    /// A copy of the archive file at this path; its content fingerprint is in the key.
    Copy(Arc<str>),
}

/// Why an output could not be rendered.
#[derive(Debug)]
pub enum RenderError {
    /// The file at this path changed since it was planned: the caller abandons the build and starts again
    /// (`decisions.md` 2).
    Changed(Arc<str>),
    /// The template has an error; the last good site is kept.
    Template(Box<TemplateError>),
    /// The page is larger than [`MAX_PAGE`].
    TooLarge(Url),
}

/// Returns the decoded text of a record's file, or `None` if its bytes changed since the output was planned.
pub type TextSource<'a> = dyn Fn(&Record) -> Option<Arc<String>> + Sync + 'a;
