//! One address per page: unique, stable, relative when written.
//!
//! The verb is [`routes`]. Addresses come from ids (`decisions.md` 26), so they never move when content changes and hold
//! no private fact. The room never knows what is on a page.

mod reading;
mod routes;
mod url;

pub use reading::{initial, sort_key};
pub use routes::{Page, Routes, routes};
pub use url::Url;
