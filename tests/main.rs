//! The house seen from outside, room by room.
#![expect(clippy::disallowed_methods, reason = "tests look at the folders that the program wrote")]

mod architecture;
mod browser;
mod crash_safety;
mod edit_storm;
mod fault_injection;
mod field_coverage;
mod form;
mod links;
mod rebuild;
mod sample;
mod scaffold;
mod secrecy;
mod suite;
mod support;
mod visit_plans;
#[cfg(unix)]
mod watch_commands;
