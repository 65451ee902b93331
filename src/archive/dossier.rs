//! The dossier: everything about one customer, joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    ContactPair, Deputies, DevelopmentPlan, Directive, DirectoryEntry, OpenItem, Party, PlannedVisit, PlannedVisitOutcome,
    Project, ResolvedNames, Review,
};
use crate::calendar::{Date, Period};
use crate::kind::{CodeValue, Name};
use crate::record::{Record, RecordId};
use crate::text::Fingerprint;

/// Target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A record, and optionally a heading in it.
    Record(Arc<DirectoryEntry>, Option<String>),
    /// Path of a file of the archive that is not a record (image, attachment).
    File(Arc<str>),
    /// An external URL (`https:`, `mailto:`, `tel:`).
    External(Arc<str>),
    /// A heading of the same record.
    SameRecord(String),
    /// Unresolved, and reported; rendered as plain text.
    Unresolved,
}

/// The customer's own record with its resolved references.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The record (`customers/<id>/customer`).
    pub record: Arc<Record>,
    /// 对象类别.
    pub class: Option<CodeValue>,
    /// 跟踪状态 that suspends duties: 暂停 or 停止.
    pub suspended: Option<Arc<str>>,
    /// 级别.
    pub level: Option<Arc<str>>,
    /// 行业.
    pub industry: Option<Arc<str>>,
    /// 地区.
    pub region: Option<Arc<str>>,
    /// Current 负责人: the latest row of 负责人变更, else the field.
    pub owner: Option<Party>,
    /// 档案管理员.
    pub archivist: Option<Party>,
    /// 上级单位.
    pub parent: Option<Arc<DirectoryEntry>>,
    /// Customers whose 上级单位 this is, in order of id.
    pub branches: Vec<Arc<DirectoryEntry>>,
    /// 机构.
    pub units: Vec<Unit>,
    /// 建档日期, or the earliest dated record.
    pub created: Option<Date>,
}

/// A unit of the customer (附表1).
#[derive(Clone, Debug)]
pub struct Unit {
    /// 机构.
    pub name: Arc<str>,
    /// 类别.
    pub class: Option<Arc<str>>,
    /// 所处地点.
    pub place: Option<Arc<str>>,
    /// 主要联系人.
    pub contacts: Vec<Party>,
    /// 负责人.
    pub owner: Option<Party>,
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

/// A row of 信息, whichever record it stands in (附表5, S-10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Information {
    /// The record it stands in.
    pub record: Arc<DirectoryEntry>,
    /// Row in the field `information` of that record, from 0.
    pub row: u32,
    /// 主题.
    pub topic: Option<Arc<str>>,
    /// 信息.
    pub fact: Arc<str>,
    /// 含义.
    pub meaning: Option<Arc<str>>,
    /// 等级 1–4.
    pub level: Option<u8>,
    /// 来源.
    pub source: Option<Arc<str>>,
    /// 信息提供人.
    pub person: Option<Party>,
    /// 日期, else the record's date.
    pub date: Option<Date>,
    /// 重大.
    pub major: bool,
    /// Who was told of major news, and when.
    pub notified: Vec<(Option<Party>, Option<Date>)>,
}

/// 客户接触计划 (附表6).
#[derive(Clone, Debug)]
pub struct ContactPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// 计划期.
    pub period: Option<Period>,
    /// 目标描述.
    pub goal: Option<Arc<str>>,
}

/// An unregistered person met: name, note, events, newest first.
pub type UnregisteredPeople = (Arc<str>, Option<Arc<str>>, Vec<Arc<DirectoryEntry>>);

/// Everything about one customer; references to outside are directory entries.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Folder name.
    pub id: Arc<str>,
    /// The customer's entry. A folder without a readable `customer.md` has a dossier too, named after the folder.
    pub entry: Arc<DirectoryEntry>,
    /// The customer's record; `None` if the file is missing (reported).
    pub customer: Option<Customer>,
    /// Key persons in order of roles (决策者 first), then name; those who left come last.
    pub people: Vec<Person>,
    /// Contact plans, newest first.
    pub plans: Vec<ContactPlan>,
    /// Projects in order of id.
    pub projects: Vec<Project>,
    /// Development plans, newest first.
    pub development_plans: Vec<DevelopmentPlan>,
    /// Visits, contacts, calls and letters, newest first.
    pub events: Vec<Event>,
    /// Rows of visit plans about this customer, in order of day.
    pub planned_visits: Vec<PlannedVisitOutcome>,
    /// 信息 rows of the dossier and of market reports, newest first.
    pub information: Vec<Information>,
    /// The record `information.md`, if it exists.
    pub information_record: Option<Arc<Record>>,
    /// Promises, problems and opinions, in order of opening.
    pub items: Vec<OpenItem>,
    /// Contact pairs: planned, made, stated.
    pub pairs: Vec<ContactPair>,
    /// Unregistered people that were met.
    pub unregistered: Vec<UnregisteredPeople>,
    /// The resolved name tokens of each record.
    pub names: BTreeMap<RecordId, ResolvedNames>,
    /// The link targets of each record, by target as written.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
    /// By record of this dossier: who mentions it, in order of id.
    pub mentions: BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>>,
    /// Directives by the record they are about (S-06.9).
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Quarterly reviews that covered this dossier, newest first (S-11.5).
    pub reviews: Vec<Arc<Review>>,
    /// The first quarter for which any dossier of the archive was reviewed.
    pub reviewed_since: Option<Period>,
    /// Deputies by post.
    pub deputies: Deputies,
    /// Fingerprint of all inputs of this dossier.
    pub key: Fingerprint,
}

impl Dossier {
    /// The party that a name token of a record refers to.
    pub fn who(&self, record: &RecordId, name: &Name) -> Party {
        self.names
            .get(record)
            .and_then(|names| names.get(&name.id))
            .cloned()
            .unwrap_or_else(|| Party::Unregistered { name: name.text.clone(), note: name.note.clone() })
    }

    /// The target of a link, by its target as written in a record.
    pub fn target(&self, record: &RecordId, written: &str) -> &Target {
        self.links.get(record).and_then(|links| links.get(written)).unwrap_or(&Target::Unresolved)
    }

    /// The key person with this record id.
    pub fn person(&self, id: &RecordId) -> Option<&Person> {
        self.people.iter().find(|person| person.record.id == *id)
    }

    /// The events a person took part in, newest first.
    pub fn events_with<'a>(&'a self, person: &'a RecordId) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| event.theirs.iter().any(|who| who.is(person)))
    }

    /// Visits and contacts of the folder, newest first: events without those of the department's register.
    pub fn own_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.sort != EventKind::Call)
    }

    /// All records of the dossier: customer, information, people, projects, plans, events.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.customer
            .iter()
            .map(|customer| &customer.record)
            .chain(self.information_record.iter())
            .chain(self.people.iter().map(|person| &person.record))
            .chain(self.projects.iter().map(|project| &project.record))
            .chain(self.development_plans.iter().map(|plan| &plan.record))
            .chain(self.plans.iter().map(|plan| &plan.record))
            .chain(self.own_events().map(|event| &event.record))
    }

    /// The latest day written in any of its records (`decisions.md` 15).
    pub fn latest(&self) -> Option<Date> {
        self.records().filter_map(|record| record.latest()).max()
    }

    /// Years with events of a kind, newest first.
    pub fn years(&self, sort: EventKind) -> Vec<i16> {
        let mut years: Vec<i16> =
            self.events.iter().filter(|event| event.sort == sort).filter_map(|event| event.date).map(Date::year).collect();
        years.dedup();
        years
    }
}
