//! Columns, rows and typed, linkable cells: one table that several pens draw (page, CSV, JSON, terminal).
//!
//! The room never knows who draws it.

mod cell;
mod formats;

pub use cell::{Cell, Column, Row, Table};
pub use formats::{csv, days, json, state_word, terminal, text};
