//! The seven official forms (附表1–7), blank or filled.
//!
//! The verb is [`fill`]: a form and a subject become a [`Sheet`], a closed value that says what stands on the paper and where.
//! Labels and their order are data in `official/`; where rows come from is code in `rows.rs`. The room never knows which day it is
//! (it is handed one) nor what is around a sheet: a page, a workbook, a terminal.

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
