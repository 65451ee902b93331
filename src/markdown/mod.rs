//! Markdown becomes an outline, blocks that fields can be filled from, plain text, and HTML when asked.
//!
//! The verb is [`outline`]. Markdown is CommonMark with tables, strikethrough, task lists, footnotes and wikilinks; raw
//! HTML is shown as text and bold beside Chinese punctuation is bold. The room never knows who is linked: it asks a
//! resolver handed in as a closure.

mod blocks;
mod checkbox;
mod cjk_text;
mod heading_ids;
mod html;
mod link_target;
mod links;
mod markdown_source;
mod nesting_limit;
mod outline;
mod plain_lines;
mod plain_text;
#[cfg(test)]
mod property_tests;

pub use blocks::{Block, Cell, Item, blocks};
pub use checkbox::parse_checkbox;
pub use html::{HtmlOptions, ResolvedLink, html};
pub use links::{Link, LinkKind, inline_links, replace_links, strip_links};
pub use outline::{Heading, MAX_DEPTH, Outline, Section, outline};
pub use plain_text::{excerpt, join_lines, plain, plain_keeping_links};
