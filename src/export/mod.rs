//! Output for other programs.
//!
//! [`workbook`] writes official forms as an XLSX workbook with the layout of the paper. Equal sheets give equal bytes.
//! No disk access.

mod line_breaks;
mod page_layout;
mod workbook;

pub use rust_xlsxwriter::XlsxError;
pub use workbook::{PageSetup, workbook};
