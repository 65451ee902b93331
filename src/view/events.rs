//! Visits or contacts in full: a year of a customer, or one on its own page.

use serde::Serialize;

use super::{Event, Frame, Link, PageLink};

/// Visits or contacts of a customer and year, in full; or one of them on a page of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Events {
    /// What is around it.
    pub page: Frame,
    /// `visit` or `contact`.
    pub sort: &'static str,
    /// Heading.
    pub heading: String,
    /// The customer.
    pub customer: Link,
    /// Whether it is a page of one record.
    pub single: bool,
    /// The records.
    pub events: Vec<Event>,
    /// The other parts, when there is more than one.
    pub parts: Vec<PageLink>,
}
