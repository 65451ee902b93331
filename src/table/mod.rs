//! Tables with typed, linkable cells, and their output as CSV, JSON and terminal text.
//!
//! Tables do not depend on the output format; `view` renders them as pages.

mod cell;
mod formats;

pub use cell::{Cell, Column, Row, Table};
pub use formats::{cell_text, due_message, due_state_key, to_csv, to_json, to_terminal};
