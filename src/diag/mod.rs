//! Bad news about text: what is wrong, where, and what would be right.
//!
//! The verb is [`draw`]. A [`Diagnostic`] is about the bytes somebody wrote and depends on nothing else, so the same
//! file gives the same diagnostics on every day of the year (duties that age are `rule::Finding`s). The room never
//! opens a file: it is handed a [`Sources`] lookup.

mod code;
mod diagnostic;
mod github;
mod human;
mod json;
mod render;
mod short;
mod suggest;

pub use code::Code;
pub use diagnostic::{Diagnostic, Edit, Label, Severity};
pub use render::{Format, Notice, SourceLookup, render};
pub use suggest::{nearest, suggest};
