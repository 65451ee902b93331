//! Headings, sections and links of a body.

use super::Link;
use crate::diag::Diagnostic;
use crate::text::{Span, Spanned};

/// Blocks nested deeper than this are not read.
pub const MAX_DEPTH: usize = 64;

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1–6.
    pub level: u8,
    /// Its plain text.
    pub text: Spanned<String>,
    /// Its id within the record: Han characters, letters and digits, `-` between; unique in the body (`-2` …).
    pub id: String,
}

/// A top-level heading with all that stands below it up to the next heading of the same or a higher level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// Heading and content.
    pub whole: Span,
    /// The content without the heading.
    pub content: Span,
    /// Sections inside it, one level down.
    pub inner: Vec<Section>,
}

/// What a body is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Text before the first heading; empty span when there is none.
    pub lead: Span,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Every link and image of the body, in order.
    pub links: Vec<Link>,
    /// What is wrong (too deep, a link scheme that is not allowed).
    pub news: Vec<Diagnostic>,
}

/// Reads the body at `within` of the decoded `text`.
pub fn outline(text: &str, within: Span) -> Outline {
    let _ = (text, within);
    todo!("helper: prose")
}
