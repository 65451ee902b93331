//! One address per page: unique, stable, relative when written.
//!
//! The verb is [`routes`]. Addresses come from ids (`decisions.md` 26), so they never move when content changes and hold
//! no private fact. The room never knows what is on a page.

mod chinese_reading;
mod routes;
mod slug;
#[cfg(test)]
mod tests;
mod url;

pub use chinese_reading::{initial, person_initial, person_sort_key, sort_key};
pub use routes::{Page, RECORDS_A_PAGE, Routes, routes};
pub use url::Url;
