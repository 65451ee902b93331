//! Tables of typed cells.

use std::sync::Arc;

use crate::archive::{DirectoryEntry, DueState, Party};
use crate::calendar::Date;
use crate::i18n::Message;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable key for CSV, JSON and sorting.
    pub key: &'static str,
    /// Heading.
    pub label: Message,
    /// Whether it holds numbers, which are right-aligned.
    pub number: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Empty,
    /// Text from the archive.
    Text(String),
    /// A message of the program.
    Message(Message),
    /// A day.
    Date(Date),
    /// A due date and its state; days left are computed when the page is opened.
    Due(Date, DueState),
    /// A number.
    Number(i64),
    /// A record.
    Record(Arc<DirectoryEntry>),
    /// People.
    People(Vec<Party>),
    /// Several cells in order.
    List(Vec<Cell>),
    /// A cell with a record as evidence, to which the inner cell links.
    Evidence(Box<Cell>, Arc<DirectoryEntry>),
}

/// A row, with the staff members and the customer to filter it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One cell per column.
    pub cells: Vec<Cell>,
    /// The responsible staff members.
    pub staff: Vec<Arc<DirectoryEntry>>,
    /// The customer it is about.
    pub customer: Option<Arc<DirectoryEntry>>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Stable name: that of its report.
    pub name: &'static str,
    /// Title.
    pub title: Message,
    /// A sentence below the title.
    pub note: Option<Message>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows in display order.
    pub rows: Vec<Row>,
}

impl Table {
    /// Keeps only the rows of one staff member and/or one customer (by id).
    #[must_use]
    pub fn filter(mut self, staff: Option<&str>, customer: Option<&str>) -> Table {
        self.rows.retain(|row| {
            staff.is_none_or(|id| row.staff.iter().any(|entry| entry.id.as_str() == id))
                && customer.is_none_or(|id| row.customer.as_ref().is_some_and(|entry| entry.id.as_str() == id))
        });
        self
    }
}
