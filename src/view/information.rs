//! 客户信息的意义 (附表5).

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, InformationRow, Link, RecordPart};

/// 客户信息的意义 (附表5): all that is known, by topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Information {
    /// What is around it.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// How many statements.
    pub total: usize,
    /// By topic.
    pub topics: Vec<Topic>,
    /// The record.
    pub record: RecordPart,
}

/// Statements on one topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// 主题.
    pub name: Arc<str>,
    /// The statements, newest first.
    pub rows: Vec<InformationRow>,
}
