//! Markdown becomes HTML: text of the archive is data, so no raw HTML passes and every link is decided by the caller.

mod notes;
mod write;

use self::write::Writer;
use super::Link;
use super::source::Source;
use crate::text::Span;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An address to be written as it is (already relative and percent-encoded), and the label to use instead of the
    /// target when the author gave none.
    Href {
        /// The address.
        href: String,
        /// The name of what is linked.
        name: Option<String>,
    },
    /// Nothing: only the label is printed, as plain text.
    Plain,
}

/// How a body is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HtmlOptions {
    /// Put before every id (headings, footnotes) with `-` between; empty for a page with one record.
    pub id_prefix: String,
    /// Added to heading levels, capped at 6.
    pub shift: u8,
}

/// Draws the stretches `ranges` of `text` (prose left after fields were taken out), one after the other, as one body:
/// footnotes and link definitions of one serve the others, and heading ids are unique among them.
///
/// Links that must not be followed (a scheme that is not allowed, a drive) are plain text and never reach `resolve`.
pub fn html(text: &str, ranges: &[Span], options: &HtmlOptions, resolve: &dyn Fn(&Link) -> Resolved) -> String {
    let source = Source::of(text, ranges);
    Writer::new(&source, options, resolve).write()
}
