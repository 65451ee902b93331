//! The house seen from outside, room by room.
#![expect(clippy::disallowed_methods, reason = "tests look at the folders that the program wrote")]

mod bench;
mod browser;
mod fields;
mod form;
mod house;
mod links;
mod machine;
mod publish;
mod rebuild;
mod sample;
mod scaffold;
mod secrecy;
mod storm;
mod suite;
mod visit_plans;
#[cfg(unix)]
mod watching;
