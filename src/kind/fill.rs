//! Laying what a file says over what its kind may say.

use std::sync::Arc;

use super::{Kind, Kinds, Place, Sheet};
use crate::diag::Diagnostic;
use crate::prose::{Link, Outline};
use crate::text::{FileId, Span};
use crate::yaml::Entry;

/// All that a sheet is filled from.
pub struct Source<'a> {
    /// The decoded text that all places point into.
    pub text: &'a str,
    /// Its number.
    pub file: FileId,
    /// What the path says.
    pub place: &'a Place,
    /// The file's name without extension; the default of some fields.
    pub stem: &'a str,
    /// Entries of the front matter.
    pub entries: &'a [Entry],
    /// The body.
    pub outline: &'a Outline,
}

/// A sheet and what was left over.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The fields.
    pub sheet: Sheet,
    /// The record's own secrecy (`密级`): `None` when not said, `Some(3)` when it cannot be read.
    pub secrecy: Option<u8>,
    /// What is left of the body: stretches of Markdown, in order.
    pub prose: Vec<Span>,
    /// Links in fields, each with the level of its field: those of labelled sections, whatever their sort, and the wikilinks of
    /// front matter. Links of the prose are not among them.
    pub links: Vec<(Link, u8)>,
    /// What is wrong with it.
    pub news: Vec<Diagnostic>,
}

/// Fills a sheet of `kind`. Every field present becomes one value or one diagnostic; nothing is dropped silently.
pub fn fill(kinds: &Kinds, kind: &Arc<Kind>, source: &Source<'_>) -> Filled {
    let _ = (kinds, kind, source);
    todo!("helper: kind")
}
