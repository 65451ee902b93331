//! One of ours: the worklist.

use std::sync::Arc;

use serde::Serialize;

use super::{Coming, CustomerRow, Duty, Figure, Frame, Item, Link, RecordPart, Touch};

/// One of ours: the worklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Staff {
    /// What is around it.
    pub page: Frame,
    /// Name.
    pub name: Arc<str>,
    /// 职务, possibly empty.
    pub post: Arc<str>,
    /// 部门, possibly empty.
    pub department: Arc<str>,
    /// 上级.
    pub manager: Option<Link>,
    /// 在职.
    pub active: bool,
    /// Counts.
    pub figures: Vec<Figure>,
    /// What is late, the most urgent first.
    pub overdue: Vec<Duty>,
    /// What comes due within the days of notice, and what is owed without a day.
    pub soon: Vec<Duty>,
    /// Open promises, problems and opinions this person answers for.
    pub items: Vec<Item>,
    /// Contacts owed, in order of day.
    pub coming: Vec<Coming>,
    /// Customers of whom this is 负责人.
    pub customers: Vec<CustomerRow>,
    /// Whether the light may be seen.
    pub shows_light: bool,
    /// The latest visits and contacts.
    pub timeline: Vec<Touch>,
    /// The record.
    pub record: RecordPart,
}
