//! What a person begins with: a site to start from, a record to fill in, an archive to try things on.
//!
//! Each verb is a function from values to paths and texts. The room never knows
//! where they are written.

mod demo;
mod dice;

pub use demo::{LAST_DAY, demo};
