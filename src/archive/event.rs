//! Events: visits, contacts and calls between our people and theirs.

use std::sync::Arc;

use super::{DirectoryEntry, Party, PlannedVisit};
use crate::calendar::Date;
use crate::kind::CodeValue;
use crate::record::Record;

/// A visit, contact or call between our people and theirs.
#[derive(Clone, Debug)]
pub struct Event {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// Kind of event.
    pub sort: EventKind,
    /// Its day; events without a readable one come last.
    pub date: Option<Date>,
    /// Our people: 拜访人 and 同行人, or 我方人员; the first writes the report.
    pub ours: Vec<Party>,
    /// Their people; taken from the plan row if the visit names nobody.
    pub theirs: Vec<Party>,
    /// 拜访单位.
    pub unit: Option<Arc<str>>,
    /// 方式 of a contact.
    pub channel: Option<Arc<str>>,
    /// 拜访目的; taken from the plan row if the visit states none.
    pub purpose: Vec<CodeValue>,
    /// 商谈计划.
    pub plan: Option<CodeValue>,
    /// 成果.
    pub result: Option<CodeValue>,
    /// 是否达成.
    pub achieved: Option<Arc<str>>,
    /// 改进.
    pub improve: Option<Arc<str>>,
    /// 项目, as written.
    pub project: Option<Arc<str>>,
    /// Directory entry of the project, if registered.
    pub project_card: Option<Arc<DirectoryEntry>>,
    /// 事由 of a contact.
    pub subject: Option<Arc<str>>,
    /// Whether there is a report: prose, or 报告 of a month file's row.
    pub reported: bool,
    /// 填写日期.
    pub filled: Option<Date>,
    /// 下次联系.
    pub next: Vec<NextContact>,
    /// 满意度 1–5.
    pub satisfaction: Option<i64>,
    /// The visit plan row that this visit carried out.
    pub planned: Option<Arc<PlannedVisit>>,
}

/// Kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// 拜访.
    Visit,
    /// 接触.
    Contact,
    /// 来电, 来信, 来函: a row of the department's register.
    Call,
}

/// A next contact stated in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextContact {
    /// The day.
    pub date: Date,
    /// With whom; empty means everybody the record was with.
    pub theirs: Vec<Party>,
    /// Who of our staff will go; empty means the author of the report.
    pub ours: Vec<Party>,
}
