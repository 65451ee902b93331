//! Markdown: outline, blocks to read fields from, plain text, and HTML.
//!
//! [`outline`] is the entry point. The dialect is CommonMark with tables, strikethrough, task lists, footnotes and
//! wikilinks; raw HTML is shown as text, and emphasis works beside Chinese punctuation. This module does not know the
//! archive: links are resolved by a closure that is passed in.

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
