//! Links as they were written, wherever they were written.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// What sort of address was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[[名]]`, `[[华东院/王建国|王总]]`.
    Wiki,
    /// `![[图.jpg]]`.
    WikiEmbed,
    /// `[…](…)`.
    Link,
    /// `![…](…)`.
    Image,
}

/// A link in a body or in a text field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// What sort.
    pub kind: LinkKind,
    /// The target as written: percent-decoded for [`LinkKind::Link`] and [`LinkKind::Image`], trimmed, without the label.
    /// May hold a `#fragment`.
    pub target: String,
    /// The label as plain text (alt text of an image); for a wikilink without one, its target.
    pub label: String,
    /// The target's place.
    pub span: Span,
}

/// The wikilinks of a one-line text field, in order, with `base` the place of the text's first byte.
pub fn inline_links(text: &str, base: Span) -> Vec<Link> {
    let _ = (text, base);
    todo!("helper: prose")
}
