//! Assigns one address to every page and file: unique and stable; links are written relative to the page.
//!
//! The entry point is [`routes`]. Addresses derive from ids (`decisions.md` 26), so they do not change with content and
//! contain no private facts. This module does not know what is on a page.

mod chinese_reading;
mod routes;
mod slug;
#[cfg(test)]
mod tests;
mod url;

pub use chinese_reading::{initial, person_initial, person_sort_key, sort_key};
pub use routes::{Page, RECORDS_PER_PAGE, Routes, assign_routes};
pub use url::Url;
