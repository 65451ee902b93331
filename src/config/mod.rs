//! The configuration of an archive: `archive.yaml`.
//!
//! [`read`] parses it with serde. Unknown settings are errors. Any error ends the command with exit code 2 (4 if it
//! concerns secrecy, [`Code::PolicySecrecy`]), and nothing is published (`decisions.md` 9). All errors are reported at
//! once. This module reads no other file.
//!
//! [`Code::PolicySecrecy`]: crate::diag::Code::PolicySecrecy

mod cadence;
#[expect(clippy::module_inception, reason = "the module has one main type")]
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
pub use level::{GracePeriod, Level};
pub use read::read;
