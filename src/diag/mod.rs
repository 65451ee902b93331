//! Diagnostics: what is wrong in a text, where, and what would be right.
//!
//! [`render`] formats them. A [`Diagnostic`] depends only on the bytes of the text, so a file has the same diagnostics
//! on every day (duties that become overdue are `rule::Finding`s). This module opens no files: a [`SourceLookup`] is
//! passed in.

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
