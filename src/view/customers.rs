//! 客户总目录: all customers in one order, part by part.

use std::sync::Arc;

use serde::Serialize;

use super::{Due, Frame, Light, Link, PageLink};

/// 客户总目录 in one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Customers {
    /// What is around it.
    pub page: Frame,
    /// `all`, `industry`, `region`, `owner`, `level`.
    pub order: &'static str,
    /// The orders there are; that of this page has no address.
    pub orders: Vec<Link>,
    /// How many customers there are in all.
    pub total: usize,
    /// Groups on this page: letters, or values.
    pub groups: Vec<CustomerGroup>,
    /// The other parts, when there is more than one.
    pub parts: Vec<PageLink>,
    /// Whether the light may be seen.
    pub shows_light: bool,
}

/// Customers under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerGroup {
    /// The heading.
    pub name: Arc<str>,
    /// Its id on the page.
    pub id: String,
    /// The customers.
    pub rows: Vec<CustomerRow>,
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerRow {
    /// Name and page.
    pub name: Link,
    /// 简称, possibly empty.
    pub short: Arc<str>,
    /// 档案编号, possibly empty.
    pub number: Arc<str>,
    /// 级别, possibly empty.
    pub level: Arc<str>,
    /// 行业, possibly empty.
    pub industry: Arc<str>,
    /// 地区, possibly empty.
    pub region: Arc<str>,
    /// 负责人.
    pub owner: Option<Link>,
    /// How many key persons.
    pub people: usize,
    /// State of relations.
    pub light: Option<Light>,
    /// Day of the last contact.
    pub last: Option<String>,
    /// The next contact owed.
    pub next: Option<Due>,
    /// Open promises.
    pub promises: usize,
    /// Duties overdue.
    pub overdue: usize,
    /// 暂停 or 停止: duties rest.
    pub resting: bool,
}
