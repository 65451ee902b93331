//! Bodies that are rendered when their page is written.

use std::sync::Arc;

use crate::markdown::{HtmlOptions, Link, ResolvedLink};
use crate::record::Record;
use crate::text::{Fingerprint, Fingerprinter, Span};

/// A body to be rendered: its record, ranges and link targets.
#[derive(Clone, Debug)]
pub struct BodySlot {
    /// The record whose file contains it.
    pub record: Arc<Record>,
    /// Ranges of the text.
    pub ranges: Vec<Span>,
    /// Fingerprint of the text in these ranges.
    pub fingerprint: Fingerprint,
    /// Options for rendering.
    pub options: HtmlOptions,
    /// Resolved links, by target as written; others are shown as plain text.
    pub links: Vec<(Arc<str>, ResolvedLink)>,
}

impl BodySlot {
    /// Adds everything its HTML depends on.
    pub fn add_to_fingerprint(&self, to: &mut Fingerprinter) {
        to.fingerprint(self.fingerprint).text(&self.options.id_prefix).number(self.options.below.into());
        to.number(self.links.len() as u64);
        for (target, resolved) in &self.links {
            to.text(target);
            match resolved {
                ResolvedLink::Plain => to.number(0),
                ResolvedLink::Href { href, name: None } => to.number(1).text(href),
                ResolvedLink::Href { href, name: Some(name) } => to.number(2).text(href).text(name),
            };
        }
    }

    /// Resolves a link.
    pub fn resolve(&self, link: &Link) -> ResolvedLink {
        self.links
            .iter()
            .find(|(target, _)| **target == *link.target)
            .map_or(ResolvedLink::Plain, |(_, resolved)| resolved.clone())
    }
}
