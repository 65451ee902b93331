//! The list of reports.

use serde::Serialize;

use super::{Frame, Link};

/// The list of reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reports {
    /// What is around it.
    pub page: Frame,
    /// The reports.
    pub rows: Vec<ReportRow>,
}

/// A report in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Title and page.
    pub name: Link,
    /// What it answers.
    pub question: String,
    /// How many rows.
    pub count: usize,
    /// The same as CSV.
    pub csv: String,
}
