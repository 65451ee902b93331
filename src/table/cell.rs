//! The table as a value.

use std::sync::Arc;

use crate::archive::{DirectoryEntry, DueState, Party};
use crate::calendar::Date;
use crate::i18n::Message;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable name for CSV, JSON and sorting.
    pub key: &'static str,
    /// Heading.
    pub label: Message,
    /// Figures are set to the right.
    pub number: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text as written by somebody.
    Text(String),
    /// A phrase of the program.
    Say(Message),
    /// A day.
    Date(Date),
    /// A due date and how it stands; days are counted when the page is opened.
    Due(Date, DueState),
    /// A figure.
    Number(i64),
    /// A record.
    Card(Arc<DirectoryEntry>),
    /// People.
    People(Vec<Party>),
    /// Several, one after the other.
    List(Vec<Cell>),
    /// Something with a record as evidence: the inner cell links there.
    Evidence(Box<Cell>, Arc<DirectoryEntry>),
}

/// A row, with the staff members and the customer it can be cut by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// Whose it is.
    pub staff: Vec<Arc<DirectoryEntry>>,
    /// Which customer it is about.
    pub customer: Option<Arc<DirectoryEntry>>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Stable name: that of its report.
    pub name: &'static str,
    /// Title.
    pub title: Message,
    /// A sentence below it.
    pub note: Option<Message>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows in their order.
    pub rows: Vec<Row>,
}

impl Table {
    /// Only the rows of one staff member and/or one customer (by id).
    #[must_use]
    pub fn cut(mut self, staff: Option<&str>, customer: Option<&str>) -> Table {
        self.rows.retain(|row| {
            staff.is_none_or(|id| row.staff.iter().any(|entry| entry.id.as_str() == id))
                && customer.is_none_or(|id| row.customer.as_ref().is_some_and(|entry| entry.id.as_str() == id))
        });
        self
    }
}
