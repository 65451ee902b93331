//! What the administrator decided: `archive.yaml`.
//!
//! The verb is [`read`]. The policy is our own data, so it is read by serde with unknown fields refused; whatever is wrong
//! with it ends the command with exit code 2 and publishes nothing (`decisions.md` 9). The room never knows files other
//! than the one text it is handed.

mod cadence;
mod edition;
mod policy;
mod read;

pub use cadence::Cadences;
pub use edition::Edition;
pub use policy::{Level, PageChoice, Policy, RuleChoice};
pub use read::read;
