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
mod notice;
mod render;
mod severity;
mod short;
mod suggest;
#[cfg(test)]
mod testing;

pub use code::Code;
pub use diagnostic::{Diagnostic, Edit, Label};
pub use notice::{Notice, SourceLookup};
pub use render::{Format, render};
pub use severity::Severity;
pub use suggest::{nearest, suggest};
