//! What a person begins with: a site to start from, a record to fill in, an archive to try things on.
//!
//! The verbs are [`starter`], [`draft`], [`mend`] and [`demo`]: functions from values to paths and texts. The room never knows where
//! they are written.

mod demo;
mod dice;
mod draft;
mod mend;
mod starter;

pub use demo::{LAST_DAY, demo};
pub use draft::{Draft, Request, draft};
pub use mend::{Change, Mended, mend};
pub use starter::{NO_COMPANY, starter};
