//! Long lists: rows under headings, split into pages of [`ROWS`] rows.

use std::sync::Arc;

use serde::Serialize;

/// Maximum number of rows on one page of a list.
pub(super) const ROWS: usize = 500;

/// Rows under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowGroup<R> {
    /// The heading: a letter (`#` for names without one), or a value.
    pub name: Arc<str>,
    /// HTML id on the page: `g1`.
    pub id: String,
    /// The rows.
    pub rows: Vec<R>,
}

/// The pages of a list; one without rows for an empty list.
pub(super) fn pages<T>(rows: &[T]) -> Vec<&[T]> {
    if rows.is_empty() { vec![rows] } else { rows.chunks(ROWS).collect() }
}

/// Groups consecutive rows with the same heading.
pub(super) fn group_rows<R>(rows: impl Iterator<Item = (Arc<str>, R)>) -> Vec<RowGroup<R>> {
    let mut groups: Vec<RowGroup<R>> = Vec::new();
    for (name, row) in rows {
        match groups.last_mut() {
            Some(group) if group.name == name => group.rows.push(row),
            _ => groups.push(RowGroup { name, id: format!("g{}", groups.len() + 1), rows: vec![row] }),
        }
    }
    groups
}
