//! What leaves the site for other programs, as bytes.
//!
//! The verb is [`workbook`]: official forms become a workbook laid out like the paper. Same sheets, same bytes. The room never
//! knows disks.

mod line_breaks;
mod page_layout;
mod workbook;

pub use rust_xlsxwriter::XlsxError;
pub use workbook::{PageSetup, workbook};
