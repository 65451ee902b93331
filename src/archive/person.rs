//! Key persons with their roles and relations (附表2–4).

use std::sync::Arc;

use super::{DirectoryEntry, Party};
use crate::calendar::Date;
use crate::record::Record;

/// A key person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// Current 职务.
    pub title: Option<Arc<str>>,
    /// 所属机构.
    pub unit: Option<Arc<str>>,
    /// 角色作用, from the own record and the customer's projects.
    pub roles: Vec<Role>,
    /// Current 关系状况.
    pub relation: Option<Relation>,
    /// 关系变化, oldest first.
    pub history: Vec<Relation>,
    /// 关心的事务.
    pub concerns: Vec<Arc<str>>,
    /// 我方联系人, each with its note.
    pub ours: Vec<(Party, Option<Arc<str>>)>,
    /// 汇报对象, a person of the same customer.
    pub reports_to: Option<Arc<DirectoryEntry>>,
    /// 核心: as stated, else whether a 决策者 of a 核心 customer.
    pub core: bool,
    /// 偏爱的竞争对手.
    pub favours: Option<Party>,
    /// 离任日期.
    pub left: Option<Date>,
    /// Visible telephone numbers: (field key, number as written).
    pub phones: Vec<(Arc<str>, Arc<str>)>,
}

/// A buying role (附表4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// 决策者 … 支持者.
    pub role: Arc<str>,
    /// The only project it applies to, as written; `None` for all.
    pub project: Option<Arc<str>>,
    /// Directory entry of that project, if registered.
    pub project_entry: Option<Arc<DirectoryEntry>>,
}

/// A statement of 关系状况 (附表3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// 积极的, 中立的, 消极的, 尚未建立关系.
    pub state: Arc<str>,
    /// 日期.
    pub date: Option<Date>,
    /// 评定人.
    pub by: Option<Party>,
    /// 原因.
    pub why: Option<Arc<str>>,
}
