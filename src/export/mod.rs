//! What leaves the site for other programs, as bytes.
//!
//! The verb is [`workbook`]: official forms become a workbook laid out like the paper. Same sheets, same bytes. The room never
//! knows disks.

mod paper;
mod workbook;
mod wrapped;

pub use rust_xlsxwriter::XlsxError;
pub use workbook::{PageSetup, workbook};
