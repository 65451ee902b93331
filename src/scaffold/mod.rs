//! What users start from: a new site folder, new records, and a demo archive.
//!
//! [`starter`], [`draft`] and [`demo`] are functions from values to paths and texts; the caller writes the files.

mod demo;
mod draft;
mod rng;
mod starter;

pub use demo::{LAST_DAY, demo};
pub use draft::{Draft, Request, creatable_kinds, draft};
pub use starter::{NO_COMPANY, starter};
