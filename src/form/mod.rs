//! The seven official forms (附表1–7), blank or filled.
//!
//! [`fill`] combines a form and a subject to a [`Sheet`], a value that contains everything on the paper. Labels and
//! their order are data in `official/`; `rows.rs` collects the values. The current day is an argument, and this module
//! does not know what surrounds a sheet: page, workbook or terminal.

mod customer_set;
mod daily_report;
#[path = "form.rs"]
mod data;
mod fill;
mod html;
mod pagination;
mod rows;
mod sheet;
mod text;

pub use customer_set::{SetEntry, blank_set, customer_set, second_copy, subjects};
pub use data::{FORMS, Form, Subject};
pub use fill::{FormContext, FormSubject, fill};
pub use html::html;
pub use rows::{PERSONAL, first_person};
pub use sheet::{Cell, Choice, Content, Height, Line, Note, Passage, Printed, Row, Sheet};
pub use text::{text, texts};
