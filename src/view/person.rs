//! 关键人物: one key person.

use std::sync::Arc;

use serde::Serialize;

use super::{Duty, Frame, InformationRow, Item, Link, PairRow, PersonRow, RecordPart, Tag, Touch};

/// A key person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// What is around it.
    pub page: Frame,
    /// As in tables.
    pub row: PersonRow,
    /// The customer.
    pub customer: Link,
    /// 汇报对象.
    pub reports_to: Option<Link>,
    /// Who reports to this person.
    pub reports: Vec<Link>,
    /// Roles, with the project they hold in.
    pub roles: Vec<Arc<str>>,
    /// 关系变化, newest first.
    pub history: Vec<RelationRow>,
    /// 关心的事务.
    pub concerns: Vec<Vec<Link>>,
    /// 偏爱的竞争对手.
    pub favours: Option<Link>,
    /// Ours and this person: planned, made, last, next.
    pub pairs: Vec<PairRow>,
    /// Open promises to this person.
    pub items: Vec<Item>,
    /// Duties about this person.
    pub duties: Vec<Duty>,
    /// Visits and contacts with this person, newest first.
    pub timeline: Vec<Touch>,
    /// How many in all.
    pub timeline_count: usize,
    /// Information that came from this person.
    pub information: Vec<InformationRow>,
    /// The record.
    pub record: RecordPart,
}

/// A statement of the state of relations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationRow {
    /// When.
    pub date: Option<String>,
    /// What.
    pub state: Tag,
    /// 评定人.
    pub by: Option<Link>,
    /// 原因, possibly empty.
    pub why: Arc<str>,
}
