//! Everything of one customer, joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Card, DevelopmentPlan, Directive, Foreseen, OpenItem, Pair, Placed, PlannedVisit, Project, Review, StandIns, Who};
use crate::calendar::{Date, Period};
use crate::kind::{CodeValue, Name};
use crate::record::{Record, RecordId};
use crate::text::Fingerprint;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A record, and a heading in it.
    Card(Arc<Card>, Option<String>),
    /// A file of the archive that is no record (image, attachment): its path.
    File(Arc<str>),
    /// An address outside (`https:`, `mailto:`, `tel:`).
    Outside(Arc<str>),
    /// A heading of the same record.
    Here(String),
    /// Nothing; reported. Printed as plain text.
    Nothing,
}

/// The customer's own record with what was resolved in it.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The record (`customers/<id>/customer`).
    pub record: Arc<Record>,
    /// 对象类别.
    pub class: Option<CodeValue>,
    /// 跟踪状态 while duties rest: 暂停 or 停止.
    pub resting: Option<Arc<str>>,
    /// 级别.
    pub level: Option<Arc<str>>,
    /// 行业.
    pub industry: Option<Arc<str>>,
    /// 地区.
    pub region: Option<Arc<str>>,
    /// 负责人 now: the latest row of 负责人变更, else the field.
    pub owner: Option<Who>,
    /// 档案管理员.
    pub archivist: Option<Who>,
    /// 上级单位.
    pub parent: Option<Arc<Card>>,
    /// Customers whose 上级单位 this is, by id.
    pub branches: Vec<Arc<Card>>,
    /// 机构.
    pub units: Vec<Unit>,
    /// 建档日期, or the earliest dated record.
    pub filed: Option<Date>,
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
    pub contacts: Vec<Who>,
    /// 负责人.
    pub owner: Option<Who>,
}

/// A role in buying (附表4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// 决策者 … 支持者.
    pub role: Arc<str>,
    /// In which project only, as written.
    pub project: Option<Arc<str>>,
    /// Its file, where there is one.
    pub project_card: Option<Arc<Card>>,
}

/// A statement of the state of relations (附表3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// 积极的, 中立的, 消极的, 尚未建立关系.
    pub state: Arc<str>,
    /// 日期.
    pub date: Option<Date>,
    /// 评定人.
    pub by: Option<Who>,
    /// 原因.
    pub why: Option<Arc<str>>,
}

/// A key person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// 职务 now.
    pub title: Option<Arc<str>>,
    /// 所属机构.
    pub unit: Option<Arc<str>>,
    /// 角色作用: what the own file says, and what the lists of the customer's projects say.
    pub roles: Vec<Role>,
    /// 关系状况 now.
    pub relation: Option<Relation>,
    /// 关系变化, oldest first.
    pub history: Vec<Relation>,
    /// 关心的事务.
    pub concerns: Vec<Arc<str>>,
    /// 我方联系人, with the note of each.
    pub ours: Vec<(Who, Option<Arc<str>>)>,
    /// 汇报对象, a person of the same customer.
    pub reports_to: Option<Arc<Card>>,
    /// 核心: said, or a decision role of a 核心 customer.
    pub core: bool,
    /// 偏爱的竞争对手.
    pub favours: Option<Who>,
    /// 离任日期.
    pub left: Option<Date>,
    /// Telephone numbers that may be seen: (field key, number as written).
    pub phones: Vec<(Arc<str>, Arc<str>)>,
}

/// Visit, contact, or what came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventSort {
    /// 拜访.
    Visit,
    /// 接触.
    Contact,
    /// 来电, 来信, 来函: a row of the department's register.
    Call,
}

/// A next contact, stated in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextContact {
    /// The day.
    pub date: Date,
    /// With whom; empty means everybody the record was with.
    pub theirs: Vec<Who>,
    /// Who of ours will go, when it says so; empty means who wrote the report.
    pub ours: Vec<Who>,
}

/// A visit or a contact: something that happened between our people and theirs.
#[derive(Clone, Debug)]
pub struct Event {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// Which.
    pub sort: EventSort,
    /// Its day; records without a readable one come last.
    pub date: Option<Date>,
    /// Our people: 拜访人 and 同行人, or 我方人员; the first writes the report.
    pub ours: Vec<Who>,
    /// Their people; those of the plan's row where the visit names nobody.
    pub theirs: Vec<Who>,
    /// 拜访单位.
    pub unit: Option<Arc<str>>,
    /// 方式 of a contact.
    pub channel: Option<Arc<str>>,
    /// 拜访目的; that of the plan's row where the visit states none.
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
    /// Its file, where there is one.
    pub project_card: Option<Arc<Card>>,
    /// 事由 of a contact.
    pub subject: Option<Arc<str>>,
    /// Whether a report was written: prose, or 报告 of a month's row.
    pub reported: bool,
    /// 填写日期.
    pub filled: Option<Date>,
    /// 下次联系.
    pub next: Vec<NextContact>,
    /// 满意度 1–5.
    pub satisfaction: Option<i64>,
    /// The row of the month's plan that this visit carried out.
    pub planned: Option<Arc<PlannedVisit>>,
}

/// A statement of what we know, from wherever it was written (附表5, S-10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Information {
    /// The record it stands in.
    pub record: Arc<Card>,
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
    pub person: Option<Who>,
    /// 日期, else the record's.
    pub date: Option<Date>,
    /// 重大.
    pub major: bool,
    /// Whom major news was told, and when.
    pub told: Vec<(Option<Who>, Option<Date>)>,
}

/// 客户接触计划 (附表6).
#[derive(Clone, Debug)]
pub struct ContactPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// 计划期.
    pub period: Option<Period>,
    /// 目标描述.
    pub goal: Option<Arc<str>>,
}

/// Somebody met who has no file: name, note, the records they occur in, newest first.
pub type Unfiled = (Arc<str>, Option<Arc<str>>, Vec<Arc<Card>>);

/// Everything of one customer, inner references joined, outer ones as directory cards.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The folder name.
    pub id: Arc<str>,
    /// The customer's card. A folder without a readable `customer.md` has a dossier too, its card named by the folder.
    pub card: Arc<Card>,
    /// The customer's record; `None` when the file is missing (reported).
    pub customer: Option<Customer>,
    /// Key persons in order of roles (决策者 first), then name.
    pub people: Vec<Person>,
    /// Contact plans, newest first.
    pub plans: Vec<ContactPlan>,
    /// Projects by id.
    pub projects: Vec<Project>,
    /// Development plans, newest first.
    pub development_plans: Vec<DevelopmentPlan>,
    /// Visits, contacts, calls and letters, newest first.
    pub events: Vec<Event>,
    /// Rows of visit plans that are about this customer, in order of day.
    pub foreseen: Vec<Foreseen>,
    /// What we know, newest first: from the dossier and from market reports.
    pub information: Vec<Information>,
    /// The record `information.md`, if there is one.
    pub information_record: Option<Arc<Record>>,
    /// Promises, problems and opinions, in order of opening.
    pub items: Vec<OpenItem>,
    /// Our person and theirs: planned, made, stated.
    pub pairs: Vec<Pair>,
    /// People met who have no file: (name, note, records they occur in, newest first).
    pub unfiled: Vec<Unfiled>,
    /// Who each name token of each record is.
    pub names: BTreeMap<RecordId, Placed>,
    /// Where each link of each record leads, by its target as written.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
    /// Records of anywhere that mention a record of this dossier: (mentioned, who mentions it in order of id).
    pub mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
    /// Directives by the record they speak of (S-06.9).
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Quarterly reviews that went through it, newest first (S-11.5).
    pub reviews: Vec<Arc<Review>>,
    /// The first quarter any dossier of the archive was reviewed for.
    pub reviewed_since: Option<Period>,
    /// Who stands in for which post.
    pub stand_ins: StandIns,
    /// Everything this dossier is a function of.
    pub key: Fingerprint,
}

impl Dossier {
    /// Who a name token of a record is.
    pub fn who(&self, record: &RecordId, name: &Name) -> Who {
        self.names
            .get(record)
            .and_then(|names| names.get(&name.id))
            .cloned()
            .unwrap_or_else(|| Who::Unfiled { name: name.text.clone(), note: name.note.clone() })
    }

    /// Where a link target written in a record leads.
    pub fn target(&self, record: &RecordId, written: &str) -> &Target {
        self.links.get(record).and_then(|links| links.get(written)).unwrap_or(&Target::Nothing)
    }

    /// The key person with this record.
    pub fn person(&self, id: &RecordId) -> Option<&Person> {
        self.people.iter().find(|person| person.record.id == *id)
    }

    /// The events a person took part in, newest first.
    pub fn events_with<'a>(&'a self, person: &'a RecordId) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| event.theirs.iter().any(|who| who.is(person)))
    }

    /// Visits and contacts of the folder, newest first: events without what stands in the department's register.
    pub fn own_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.sort != EventSort::Call)
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

    /// The latest day written anywhere in it (`decisions.md` 15).
    pub fn latest(&self) -> Option<Date> {
        self.records().filter_map(|record| record.latest()).max()
    }

    /// Years with events of a sort, newest first.
    pub fn years(&self, sort: EventSort) -> Vec<i16> {
        let mut years: Vec<i16> =
            self.events.iter().filter(|event| event.sort == sort).filter_map(|event| event.date).map(Date::year).collect();
        years.dedup();
        years
    }
}
