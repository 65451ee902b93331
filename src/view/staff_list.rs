//! 我方人员: the list.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, Link};

/// 我方人员.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffList {
    /// What is around it.
    pub page: Frame,
    /// Everybody.
    pub rows: Vec<StaffRow>,
}

/// One of ours in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffRow {
    /// Name and page.
    pub name: Link,
    /// 职务, possibly empty.
    pub post: Arc<str>,
    /// 部门, possibly empty.
    pub department: Arc<str>,
    /// 上级.
    pub manager: Option<Link>,
    /// 在职.
    pub active: bool,
    /// Customers of whom this is 负责人.
    pub customers: usize,
    /// Duties overdue.
    pub overdue: usize,
    /// Visits made this year.
    pub visits: usize,
    /// Contacts made this year.
    pub contacts: usize,
}
