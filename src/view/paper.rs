//! A sheet that is drawn when its page is really made.

use serde::Serialize;

use crate::form::Sheet;

/// A form to be drawn, and where its prose is.
#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    /// The sheet.
    pub sheet: Sheet,
    /// The bodies of its prose by number, in the order of its cells.
    pub slots: Vec<usize>,
}
