//! A report as a page.

use serde::Serialize;

use super::{Due, Frame, Link, PageLink};

/// A report: one table as of a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is around it.
    pub page: Frame,
    /// Stable name.
    pub name: &'static str,
    /// Title.
    pub heading: String,
    /// The question it answers, possibly empty.
    pub question: String,
    /// A sentence of the report itself, possibly empty.
    pub note: String,
    /// `2026-11-24`.
    pub as_of: String,
    /// The same as CSV.
    pub csv: String,
    /// How many rows there are in all.
    pub total: usize,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of this part.
    pub rows: Vec<Vec<Cell>>,
    /// The other parts, when there is more than one.
    pub parts: Vec<PageLink>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Stable name.
    pub key: &'static str,
    /// Heading.
    pub label: String,
    /// Figures are set to the right.
    pub number: bool,
}

/// A cell of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What is read.
    pub text: Vec<Link>,
    /// A due date, instead of text.
    pub due: Option<Due>,
    /// What it is sorted by, when that is not its text.
    pub sort: String,
}
