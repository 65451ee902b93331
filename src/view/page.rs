//! A page of the archive.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, RecordPart};

/// A page of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What is around it.
    pub page: Frame,
    /// Its title.
    pub name: Arc<str>,
    /// The record.
    pub record: RecordPart,
}
