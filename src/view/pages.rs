//! The list of pages.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, Link};

/// The list of pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// What is around it.
    pub page: Frame,
    /// The pages with their first words.
    pub rows: Vec<PageRow>,
}

/// A page in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageRow {
    /// Title and address.
    pub name: Link,
    /// First words.
    pub excerpt: Arc<str>,
    /// 最后更新.
    pub updated: Option<String>,
}
