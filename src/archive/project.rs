//! Projects, joined: who has which role, competitors, planned visits, milestones.

use std::sync::Arc;

use super::name_resolver::NameResolver;
use super::{DirectoryEntry, Event, Party, Person, Role, rows};
use crate::calendar::{AsOf, Date, LooseDate, Month, Period};
use crate::kind::{Money, Row, Value};
use crate::record::{Record, RecordId, key};

/// 项目.
#[derive(Clone, Debug)]
pub struct Project {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// Current 阶段: the latest row of 阶段变化, else the field.
    pub stage: Option<Arc<str>>,
    /// 阶段变化, oldest first; rows without a date come first.
    pub stages: Vec<StageChange>,
    /// 投资规模.
    pub scale: Option<Money>,
    /// 启动时间.
    pub start: Option<LooseDate>,
    /// 招标日期.
    pub tender: Option<Date>,
    /// 评标标准.
    pub criteria: Vec<Arc<str>>,
    /// Its people (附表4): its own list in order, then those whose record names the project, then those met for it.
    pub members: Vec<ProjectMember>,
    /// 竞争对手.
    pub competitors: Vec<Party>,
    /// 文件.
    pub documents: Vec<ProjectDocument>,
    /// 合同.
    pub contract: Option<Contract>,
    /// 节点, as written.
    pub milestones: Vec<Milestone>,
    /// 计划拜访次数.
    pub quota: Option<VisitQuota>,
    /// 结果.
    pub result: Option<Arc<str>>,
    /// 中标单位.
    pub lost_to: Option<Party>,
    /// 丢标原因.
    pub why: Option<Arc<str>>,
}

/// A row of 阶段变化.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageChange {
    /// 阶段.
    pub stage: Arc<str>,
    /// 日期.
    pub date: Option<Date>,
    /// 说明.
    pub why: Option<Arc<str>>,
}

/// A person of the customer on a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectMember {
    /// Who.
    pub who: Party,
    /// 角色作用 in this project: from its own list, else what the person's record says of it, else of all projects.
    pub roles: Vec<Arc<str>>,
    /// 关心的事务: from the list, else from the person's record.
    pub concerns: Vec<Arc<str>>,
    /// Why the person is listed.
    pub source: MemberSource,
}

/// Why a person is on a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberSource {
    /// A row of the project's own list, from 0.
    Row(u32),
    /// The person's record names the project.
    Person,
    /// Met in a visit or contact about the project: the first such event and its day.
    Met(Arc<DirectoryEntry>, Option<Date>),
}

/// A row of 文件.
#[derive(Clone, Debug)]
pub struct ProjectDocument {
    /// 文件.
    pub what: Arc<str>,
    /// 状态.
    pub state: Option<Arc<str>>,
    /// 责任人.
    pub owner: Option<Party>,
    /// 期限.
    pub due: Option<Date>,
    /// 链接, as written.
    pub link: Option<Arc<str>>,
}

/// 合同.
#[derive(Clone, Debug)]
pub struct Contract {
    /// 合同编号.
    pub number: Option<Arc<str>>,
    /// 合同金额.
    pub amount: Option<Money>,
    /// 签订日期.
    pub signed: Option<Date>,
    /// 质保到期.
    pub warranty: Option<Date>,
}

/// A row of 节点.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// 节点.
    pub what: Arc<str>,
    /// 应收金额.
    pub amount: Option<Money>,
    /// 应收日期.
    pub due: Option<Date>,
    /// 到账金额.
    pub received: Option<Money>,
    /// 到账日期.
    pub on: Option<Date>,
    /// 完成: ticked, with the day if stated.
    pub done: Option<Option<Date>>,
    /// 说明.
    pub note: Option<Arc<str>>,
}

/// 计划拜访次数 and its 期间.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitQuota {
    /// Number of visits.
    pub times: u32,
    /// Period they are counted in.
    pub per: QuotaPeriod,
}

/// 期间 of the planned visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotaPeriod {
    /// 每月.
    Month,
    /// 每季.
    Quarter,
    /// 每年.
    Year,
    /// 整个项目; the default.
    Project,
}

/// Stages in which nobody works on a project.
const CLOSED: [&str; 3] = ["结束", "丢标", "搁置"];

impl Project {
    /// Whether its current stage is live.
    pub fn is_live(&self) -> bool {
        self.stage.as_deref().is_none_or(|stage| !CLOSED.contains(&stage))
    }

    /// 阶段 on a day: the latest change up to it, or the field if there are no changes.
    pub fn stage_on(&self, day: AsOf) -> Option<&Arc<str>> {
        if self.stages.is_empty() {
            return self.stage.as_ref();
        }
        self.stages.iter().rev().find(|step| step.date.is_none_or(|date| date <= day.0)).map(|step| &step.stage)
    }

    /// Whether its stage was live on a day.
    pub fn is_live_on(&self, day: AsOf) -> bool {
        self.stage_on(day).is_none_or(|stage| !CLOSED.contains(&&**stage))
    }

    /// The quota period that contains `day`; `None` if the quota covers the whole project.
    pub fn period(&self, day: AsOf) -> Option<Period> {
        Some(match self.quota?.per {
            QuotaPeriod::Month => Period::Month(Month::of(day.0)),
            QuotaPeriod::Quarter => Period::quarter_of(day.0),
            QuotaPeriod::Year => Period::Year(day.0.year()),
            QuotaPeriod::Project => return None,
        })
    }

    /// First and last day for the planned visits: the quota period that contains `day`, else the first dated stage to
    /// the tender.
    pub fn planned_visit_range(&self, day: AsOf) -> Option<(Date, Date)> {
        match self.period(day) {
            Some(period) => Some((period.first(), period.last())),
            None => {
                let first = self.stages.iter().find_map(|step| step.date)?;
                Some((first, self.tender.filter(|tender| *tender >= first)?))
            }
        }
    }

    /// The entry of a person.
    pub fn member(&self, person: &RecordId) -> Option<&ProjectMember> {
        self.members.iter().find(|member| member.who.is(person))
    }
}

impl Milestone {
    /// Whether it is open on `day`: neither ticked nor fully paid by then.
    pub fn is_open(&self, day: AsOf) -> bool {
        let seen = |date: Option<Date>| date.is_none_or(|date| date <= day.0);
        let done = self.done.is_some_and(seen);
        let came = (self.on.is_some() || self.received.is_some()) && seen(self.on);
        let paid = came && !self.is_short();
        !done && !paid
    }

    /// Whether less was received than was due.
    pub fn is_short(&self) -> bool {
        self.received.zip(self.amount).is_some_and(|(received, amount)| received.fen < amount.fen)
    }
}

impl NameResolver<'_> {
    /// A project, joined; `None` for other kinds. `people` and `events` (newest first) are those of its customer.
    pub fn project(&self, record: &Arc<Record>, people: &[Person], events: &[Event]) -> Option<Project> {
        if &*record.kind.key != "project" {
            return None;
        }
        let fields = &record.fields;
        let entry = self.entry(record)?;
        let text = |key: &str| fields.text(key).map(|text| text.value.clone());
        let steps = fields.rows(key::STAGE_HISTORY).iter().filter_map(|row| {
            Some(StageChange {
                stage: rows::text(record, key::STAGE_HISTORY, row, key::STAGE)?,
                date: rows::date(record, key::STAGE_HISTORY, row, key::DATE),
                why: rows::text(record, key::STAGE_HISTORY, row, key::WHY),
            })
        });
        let mut stages: Vec<StageChange> = steps.collect();
        stages.sort_by_key(|step| step.date);
        let stage = stages.last().map(|step| step.stage.clone());
        Some(Project {
            stage: stage.or_else(|| fields.code(key::STAGE).map(|code| code.word.clone())),
            stages,
            scale: fields.money(key::SCALE).map(|money| money.value),
            start: match fields.get(key::START) {
                Some(Value::Loose(start)) => Some(start.value.clone()),
                _ => None,
            },
            tender: fields.date(key::TENDER).map(|day| day.value),
            criteria: fields.texts(key::CRITERIA).iter().map(|text| text.value.clone()).collect(),
            members: self.members(record, &entry, people, events),
            competitors: self.all(record, fields.names(key::COMPETITORS)),
            documents: fields.rows(key::DOCUMENTS).iter().map(|row| self.document(record, row)).collect(),
            contract: fields.rows(key::CONTRACT).first().map(|row| contract(record, row)),
            milestones: fields.rows(key::MILESTONES).iter().map(|row| milestone(record, row)).collect(),
            quota: fields.number(key::VISITS_PLANNED).and_then(|times| u32::try_from(times).ok()).map(|times| VisitQuota {
                times,
                per: match fields.code(key::PERIOD).map(|code| &*code.word) {
                    Some("每月") => QuotaPeriod::Month,
                    Some("每季") => QuotaPeriod::Quarter,
                    Some("每年") => QuotaPeriod::Year,
                    _ => QuotaPeriod::Project,
                },
            }),
            result: text(key::RESULT),
            lost_to: fields.names(key::LOST_TO).first().map(|name| self.party(record, name)),
            why: text(key::WHY),
            entry,
            record: record.clone(),
        })
    }

    /// The roles in a project's own list, by person; empty for other kinds.
    pub fn listed(&self, record: &Arc<Record>) -> Vec<(RecordId, Role)> {
        let Some(entry) = self.entry(record).filter(|entry| entry.is("project")) else { return Vec::new() };
        let listed = record.fields.rows(key::ROLES).iter().flat_map(|row| {
            let who = self.of_row(record, key::ROLES, row, key::PERSON, "person");
            let codes = match rows::cell(record, key::ROLES, row, key::ROLE) {
                Some(Value::Codes(codes)) => &codes[..],
                _ => &[],
            };
            let person = who.as_ref().and_then(Party::entry).map(|person| person.id.clone());
            person
                .into_iter()
                .flat_map(|person| codes.iter().map(move |code| (person.clone(), code.value.word.clone())))
                .collect::<Vec<_>>()
        });
        let role = |(person, role): (RecordId, Arc<str>)| {
            (person, Role { role, project: Some(entry.name.clone()), project_entry: Some(entry.clone()) })
        };
        listed.map(role).collect()
    }

    fn members(
        &self,
        record: &Arc<Record>,
        entry: &Arc<DirectoryEntry>,
        people: &[Person],
        events: &[Event],
    ) -> Vec<ProjectMember> {
        let mut members: Vec<ProjectMember> = Vec::new();
        for (row, at) in record.fields.rows(key::ROLES).iter().zip(0..) {
            let Some(who) = self.of_row(record, key::ROLES, row, key::PERSON, "person") else { continue };
            let roles = match rows::cell(record, key::ROLES, row, key::ROLE) {
                Some(Value::Codes(codes)) => codes.iter().map(|code| code.value.word.clone()).collect(),
                _ => Vec::new(),
            };
            let concerns = rows::text(record, key::ROLES, row, key::CONCERNS).into_iter().collect();
            match members.iter_mut().find(|member| member.who == who) {
                // A person with two roles may have two rows.
                Some(member) => {
                    member.roles.extend(roles);
                    member.concerns.extend(concerns);
                }
                None => members.push(ProjectMember { who, roles, concerns, source: MemberSource::Row(at) }),
            }
        }
        for member in &mut members {
            if let Some(person) = people.iter().find(|person| member.who.is(&person.record.id)) {
                if member.roles.is_empty() {
                    member.roles = roles_in(person, entry);
                }
                if member.concerns.is_empty() {
                    member.concerns.clone_from(&person.concerns);
                }
            }
        }
        let member = |person: &Person, by| ProjectMember {
            who: Party::Registered(person.entry.clone()),
            roles: roles_in(person, entry),
            concerns: person.concerns.clone(),
            source: by,
        };
        for person in people.iter().filter(|person| names_project(person, entry)) {
            if !members.iter().any(|member| member.who.is(&person.record.id)) {
                members.push(member(person, MemberSource::Person));
            }
        }
        let about = events.iter().rev().filter(|event| event.project_card.as_ref().is_some_and(|one| one.id == entry.id));
        for event in about {
            for met in event.theirs.iter().filter_map(Party::entry) {
                let person = people.iter().find(|person| person.record.id == met.id);
                if let Some(person) = person.filter(|_| !members.iter().any(|member| member.who.is(&met.id))) {
                    members.push(member(person, MemberSource::Met(event.entry.clone(), event.date)));
                }
            }
        }
        members
    }

    fn document(&self, record: &Record, row: &Row) -> ProjectDocument {
        let text = |key| rows::text(record, key::DOCUMENTS, row, key);
        ProjectDocument {
            what: text(key::WHAT).unwrap_or_default(),
            state: text(key::STATE),
            owner: self.of_row(record, key::DOCUMENTS, row, key::OWNER, "staff"),
            due: rows::date(record, key::DOCUMENTS, row, key::DUE),
            link: text(key::LINK),
        }
    }
}

/// Whether a person's own record names this project.
fn names_project(person: &Person, project: &DirectoryEntry) -> bool {
    person.roles.iter().any(|role| role.project_entry.as_ref().is_some_and(|entry| entry.id == project.id))
}

/// The roles a person's own record states for this project, else for all projects.
fn roles_in(person: &Person, project: &DirectoryEntry) -> Vec<Arc<str>> {
    let in_this = names_project(person, project);
    let holds = |role: &&Role| match &role.project_entry {
        Some(entry) => entry.id == project.id,
        None => !in_this && role.project.is_none(),
    };
    person.roles.iter().filter(holds).map(|role| role.role.clone()).collect()
}

fn contract(record: &Record, row: &Row) -> Contract {
    let date = |key| rows::date(record, key::CONTRACT, row, key);
    Contract {
        number: rows::text(record, key::CONTRACT, row, key::NUMBER),
        amount: rows::money(record, key::CONTRACT, row, key::AMOUNT),
        signed: date(key::SIGNED),
        warranty: date(key::WARRANTY),
    }
}

fn milestone(record: &Record, row: &Row) -> Milestone {
    let date = |key| rows::date(record, key::MILESTONES, row, key);
    let money = |key| rows::money(record, key::MILESTONES, row, key);
    let done = date(key::DONE);
    Milestone {
        what: rows::text(record, key::MILESTONES, row, key::WHAT).unwrap_or_default(),
        amount: money(key::AMOUNT),
        due: date(key::DUE),
        received: money(key::RECEIVED),
        on: date(key::ON),
        done: (row.tick == Some(true) || done.is_some()).then_some(done),
        note: rows::text(record, key::MILESTONES, row, key::NOTE),
    }
}
