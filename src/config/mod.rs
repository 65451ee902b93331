//! What the administrator decided: `archive.yaml`.
//!
//! The verb is [`read`]. The policy is our own data, so serde reads it, and names that nobody knows are refused; whatever
//! is wrong with it ends the command with exit code 2 (4 where secrecy is at stake, [`Code::PolicySecrecy`]) and publishes
//! nothing (`decisions.md` 9). All of it is reported at once. The room never knows files other than the one text it is
//! handed.
//!
//! [`Code::PolicySecrecy`]: crate::diag::Code::PolicySecrecy

mod cadence;
#[expect(clippy::module_inception, reason = "the policy is the noun of the room")]
mod config;
mod edition;
mod level;
mod node;
mod node_path;
mod read;
mod reader;
#[cfg(test)]
mod tests;

pub use cadence::{Cadences, YearDay};
pub use config::{Config, Deputy, PageChoice, RuleChoice};
pub use edition::Edition;
pub use level::{Level, StartGently};
pub use read::read;
