//! Tables with typed, linkable cells, and their output as CSV, JSON and terminal text.
//!
//! Tables do not depend on the output format; `view` renders them as pages.

mod cell;
mod formats;

pub use cell::{Cell, Column, Row, Table};
pub use formats::{csv, days, json, state_word, terminal, text};
