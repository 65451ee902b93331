//! Key persons of all customers, A–Z.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, PageLink, PersonRow};

/// Key persons of all customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct People {
    /// What is around it.
    pub page: Frame,
    /// How many there are in all.
    pub total: usize,
    /// Under letters.
    pub groups: Vec<PeopleGroup>,
    /// The other parts, when there is more than one.
    pub parts: Vec<PageLink>,
    /// Whether 角色作用 may be seen.
    pub shows_roles: bool,
    /// Whether 关系状况 may be seen.
    pub shows_relation: bool,
}

/// Persons under one letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleGroup {
    /// The letter.
    pub name: Arc<str>,
    /// Its id on the page.
    pub id: String,
    /// The persons.
    pub rows: Vec<PersonRow>,
}
