//! A body that is drawn when its page is really made.

use std::sync::Arc;

use crate::markdown::{HtmlOptions, Link, ResolvedLink};
use crate::record::Record;
use crate::text::{Fingerprint, Fingerprinter, Span};

/// A place for the HTML of some prose: whose, which stretches of it, and where its links lead.
#[derive(Clone, Debug)]
pub struct BodySlot {
    /// The record whose file holds it.
    pub record: Arc<Record>,
    /// The stretches.
    pub ranges: Vec<Span>,
    /// Fingerprint of their bytes.
    pub fingerprint: Fingerprint,
    /// How it is drawn.
    pub options: HtmlOptions,
    /// Where its links lead, by target as written; a target that is not here is printed as plain text.
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

    /// Where a link leads.
    pub fn resolve(&self, link: &Link) -> ResolvedLink {
        self.links
            .iter()
            .find(|(target, _)| **target == *link.target)
            .map_or(ResolvedLink::Plain, |(_, resolved)| resolved.clone())
    }
}
