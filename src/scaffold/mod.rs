//! What a person begins with: a site to start from, a record to fill in, an archive to try things on.
//!
//! The verbs are [`starter`], [`draft`] and [`demo`]: functions from values to paths and texts. The room never knows where they
//! are written.

mod demo;
mod draft;
mod rng;
mod starter;

pub use demo::{LAST_DAY, demo};
pub use draft::{Draft, Request, creatable_kinds, draft};
pub use starter::{NO_COMPANY, starter};
