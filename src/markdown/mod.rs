//! Markdown becomes an outline, blocks that fields can be filled from, plain text, and HTML when asked.
//!
//! The verb is [`outline`]. Markdown is CommonMark with tables, strikethrough, task lists, footnotes and wikilinks; raw
//! HTML is shown as text and bold beside Chinese punctuation is bold. The room never knows who is linked: it asks a
//! resolver handed in as a closure.

mod bare;
mod blocks;
mod cjk;
mod deep;
mod html;
mod ids;
mod links;
mod outline;
mod plain;
#[cfg(test)]
mod properties;
mod source;
mod target;
mod tick;

pub use blocks::{Block, Cell, Item, blocks};
pub use html::{HtmlOptions, Resolved, html};
pub use links::{Link, LinkKind, inline_links, named, unlinked};
pub use outline::{Heading, MAX_DEPTH, Outline, Section, outline};
pub use plain::{excerpt, joined, linked, plain};
pub use tick::tick;
