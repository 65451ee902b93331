//! The page of one 项目 (project): the people on it, its documents, contract and payments, and the contacts made for
//! it.

use std::sync::Arc;

use serde::Serialize;

use super::dossier_summary::DossierSummary;
use super::record::HeadingLevels;
use super::{Due, Duty, EventRow, Frame, Link, Linker, Names, PlannedPage, RecordPart, StateTag, TextRuns, ViewContext};
use crate::archive::{self, MemberSource, Milestone, Party, ProjectMember};
use crate::i18n::Lang;
use crate::kind::Money;
use crate::route::Url;

/// A project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Project {
    /// The page frame.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// The project as a table row.
    pub row: ProjectRow,
    /// 负责人 of the customer.
    pub owner: Option<Link>,
    /// 启动时间, as written; possibly empty.
    pub start: String,
    /// 评标标准.
    pub criteria: Vec<TextRuns>,
    /// 结果, possibly empty.
    pub result: TextRuns,
    /// 中标单位.
    pub lost_to: Option<Link>,
    /// 丢标原因, possibly empty.
    pub why: TextRuns,
    /// 阶段变化, newest first.
    pub stages: Vec<StageRow>,
    /// Key persons involved, by the five roles (附表4), then those without a role.
    pub roles: Vec<RoleGroup>,
    /// Whether this edition shows 角色作用.
    pub shows_roles: bool,
    /// Whether this edition shows 关系状况.
    pub shows_relation: bool,
    /// 文件.
    pub documents: Vec<DocumentRow>,
    /// 合同.
    pub contract: Option<ContractRow>,
    /// 节点.
    pub milestones: Vec<MilestoneRow>,
    /// Duties about this project.
    pub duties: Vec<Duty>,
    /// Visits and contacts that name this project, newest first.
    pub timeline: Vec<EventRow>,
    /// Number of them in all.
    pub timeline_count: usize,
    /// The rest of the record, with its tables as written.
    pub record: RecordPart,
}

/// A project as a table row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
    /// Name, linked to its page.
    pub name: Link,
    /// The customer; filled on pages that show more than one.
    pub customer: Option<Link>,
    /// 负责人 of the customer; filled on pages that show more than one.
    pub owner: Option<Link>,
    /// 阶段, possibly empty.
    pub stage: Arc<str>,
    /// The day this stage began, if stated: `2026-08-03`.
    pub since: Option<String>,
    /// Whether the project is active.
    pub live: bool,
    /// 投资规模, possibly empty.
    pub scale: String,
    /// 招标日期 of a tender that is still to come or late.
    pub tender: Option<Due>,
    /// 招标日期 of a tender that was held or is no longer expected.
    pub tender_held: Option<String>,
    /// Visits made in the period of the planned ones; in all if none are planned.
    pub visits: u32,
    /// 计划拜访次数.
    pub visits_planned: Option<u32>,
    /// The period of the planned visits: `2026-Q4`; empty for the whole project.
    pub visits_period: String,
    /// 竞争对手.
    pub competitors: Names,
}

/// A row of 阶段变化.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StageRow {
    /// 日期: `2026-08-03`.
    pub date: Option<String>,
    /// 阶段.
    pub stage: Arc<str>,
    /// 说明, possibly empty.
    pub why: TextRuns,
}

/// A role and the persons who hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RoleGroup {
    /// 角色作用; empty if the edition hides roles.
    pub role: Arc<str>,
    /// The persons.
    pub members: Vec<MemberRow>,
}

/// A key person involved in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MemberRow {
    /// The person.
    pub name: Link,
    /// 职务, possibly empty.
    pub title: Arc<str>,
    /// 关系状况 of the person.
    pub relation: Option<StateTag>,
    /// 我方联系人.
    pub ours: Names,
    /// The last contact.
    pub last: Option<Link>,
    /// 关心的事务.
    pub concerns: Vec<TextRuns>,
    /// The first contact about this project, if nothing else says that the person is involved.
    pub met: Option<Link>,
}

/// A row of 文件.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// 文件.
    pub what: Arc<str>,
    /// 状态, possibly empty.
    pub state: Arc<str>,
    /// 责任人.
    pub owner: Option<Link>,
    /// 期限 of a document that is not signed or filed.
    pub due: Option<Due>,
    /// 期限 of one that is.
    pub date: Option<String>,
    /// 链接, possibly empty.
    pub link: TextRuns,
}

/// 合同.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContractRow {
    /// 合同编号, possibly empty.
    pub number: Arc<str>,
    /// 合同金额, possibly empty.
    pub amount: String,
    /// 签订日期.
    pub signed: Option<String>,
    /// 质保到期.
    pub warranty: Option<String>,
    /// Amount received so far, possibly empty.
    pub received: String,
}

/// A row of 节点.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MilestoneRow {
    /// 节点.
    pub what: Arc<str>,
    /// 应收金额, possibly empty.
    pub amount: String,
    /// 应收日期 of an open milestone.
    pub due: Option<Due>,
    /// 应收日期 of one that is settled.
    pub date: Option<String>,
    /// 到账金额, possibly empty.
    pub received: String,
    /// 到账日期.
    pub on: Option<String>,
    /// Whether it is done or paid in full.
    pub settled: bool,
    /// Whether less was paid than was due.
    pub short: bool,
    /// 说明, possibly empty.
    pub note: TextRuns,
}

/// A person's involvement in a project, on the person's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProjectInvolvement {
    /// The project.
    pub project: Link,
    /// 阶段, possibly empty.
    pub stage: Arc<str>,
    /// 角色作用 in it.
    pub roles: Vec<Arc<str>>,
    /// 关心的事务 in it.
    pub concerns: Vec<TextRuns>,
}

/// The roles in the order of 附表4.
const ROLES: [&str; 5] = ["决策者", "顾问人员", "使用者", "阻拦者", "支持者"];
/// Stages before the tender.
const BEFORE_TENDER: [&str; 4] = ["线索", "立项", "招标", "投标"];
/// States of a finished document.
const FINISHED: [&str; 2] = ["签订", "归档"];
/// Most timeline rows shown.
const TIMELINE: usize = 20;
/// Fields shown in full in the page header and the sections. Fields that are tables are repeated below as written.
const SHOWN: &[&str] = &[
    "name",
    "stage",
    "scale",
    "start",
    "tender",
    "criteria",
    "visits_planned",
    "period",
    "competitors",
    "result",
    "lost_to",
    "why",
    "verified",
];

impl Project {
    /// The page of a project.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        summary: &DossierSummary<'_>,
        project: &archive::Project,
        here: Url,
    ) -> PlannedPage {
        let dossier = summary.dossier;
        let (id, entry) = (&project.record.id, &project.entry);
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let customer = linker.dossier_link(dossier);
        let people = dossier.people.iter().map(|person| linker.secrecy_of(&person.record)).max().unwrap_or(0);
        let level = linker.secrecy_of(&project.record).max(people);
        let mut page = linker.frame(format!("{} {}", customer.text, entry.name), "projects", level);
        page = linker.dated_frame(page, &project.record);
        page.crumbs = linker.crumbs_below(dossier, entry.name.clone());
        let record = linker.record(&project.record, "", SHOWN, HeadingLevels::SECTIONS);
        let text = |text: &Option<Arc<str>>| text.as_ref().map_or_else(TextRuns::default, |text| linker.text(id, text));
        let about = |finding: &&crate::rule::Finding| {
            finding.subject.id == *id || finding.evidence.iter().any(|evidence| evidence.record.id == *id)
        };
        let shows_roles = view_context.rule_context.may_read(&["project.roles", "person.roles"]);
        let view = Project {
            page,
            row: linker.project_row(summary, project, false),
            owner: dossier.customer.as_ref().and_then(|customer| customer.owner.as_ref()).map(|who| linker.party_name(who)),
            start: project.start.as_ref().map_or_else(String::new, |start| start.written.clone()),
            criteria: project.criteria.iter().map(|text| linker.text(id, text)).collect(),
            result: text(&project.result),
            lost_to: project.lost_to.as_ref().map(|who| linker.party_name(who)),
            why: text(&project.why),
            stages: project
                .stages
                .iter()
                .rev()
                .map(|step| StageRow {
                    date: step.date.map(|date| linker.date(date)),
                    stage: step.stage.clone(),
                    why: text(&step.why),
                })
                .collect(),
            roles: linker.roles(summary, project, shows_roles),
            shows_roles,
            shows_relation: view_context.rule_context.may_read(&["person.relation"]),
            documents: project.documents.iter().map(|document| linker.document(project, document)).collect(),
            contract: project.contract.as_ref().map(|contract| ContractRow {
                number: contract.number.clone().unwrap_or_default(),
                amount: linker.money(contract.amount),
                signed: contract.signed.map(|date| linker.date(date)),
                warranty: contract.warranty.map(|date| linker.date(date)),
                received: linker.money(received(&project.milestones)),
            }),
            milestones: project.milestones.iter().map(|milestone| linker.milestone(project, milestone)).collect(),
            duties: summary.findings.iter().filter(about).map(|finding| linker.duty_row(finding)).collect(),
            // Every row is about this project, so the rows show 事由 instead of its name.
            timeline: dossier
                .events_about(id)
                .take(TIMELINE)
                .map(|event| EventRow {
                    about: Link::plain(event.subject.clone().unwrap_or_default()),
                    ..linker.event_row(event, None)
                })
                .collect(),
            timeline_count: dossier.events_about(id).count(),
            customer,
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

/// Sum of the amounts received; `None` if no milestone states one.
fn received(milestones: &[Milestone]) -> Option<Money> {
    let came = milestones.iter().filter_map(|milestone| milestone.received);
    came.reduce(|sum, more| Money { fen: sum.fen.saturating_add(more.fen), approximate: sum.approximate || more.approximate })
}

impl Linker<'_> {
    /// A project as a table row; with `wide`, the customer and its 负责人 are filled in.
    pub fn project_row(&self, summary: &DossierSummary<'_>, project: &archive::Project, wide: bool) -> ProjectRow {
        let dossier = summary.dossier;
        let as_of = self.view_context.rule_context.as_of;
        let waits = project.is_live() && project.stage.as_deref().is_none_or(|stage| BEFORE_TENDER.contains(&stage));
        let stage = project.stage.clone().unwrap_or_default();
        let since = project.stages.last().filter(|step| step.stage == stage).and_then(|step| step.date);
        let owner = dossier.customer.as_ref().and_then(|customer| customer.owner.as_ref());
        ProjectRow {
            name: self.entry_name(&project.entry),
            customer: wide.then(|| self.customer_name(&dossier.entry)),
            owner: owner.filter(|_| wide).map(|who| self.party_name(who)),
            stage,
            since: since.map(|date| self.date(date)),
            live: project.is_live(),
            scale: self.money(project.scale),
            tender: project.tender.filter(|_| waits).map(|date| self.due(date)),
            tender_held: project.tender.filter(|_| !waits).map(|date| self.date(date)),
            visits: dossier.visits_made(project, as_of),
            visits_planned: project.quota.map(|quota| quota.times),
            visits_period: project.period(as_of).map_or_else(String::new, |period| period.to_string()),
            competitors: self.party_names(&project.competitors),
        }
    }

    /// A person's involvement in the projects of the dossier.
    pub fn engagements(&self, summary: &DossierSummary<'_>, person: &archive::Person) -> Vec<ProjectInvolvement> {
        let projects = summary.dossier.projects.iter();
        projects
            .filter_map(|project| {
                let member = project.member(&person.record.id)?;
                Some(ProjectInvolvement {
                    project: self.entry_name(&project.entry),
                    stage: project.stage.clone().unwrap_or_default(),
                    roles: member.roles.clone(),
                    concerns: self.concerns(project, member),
                })
            })
            .collect()
    }

    /// An amount: in 万元 if it is a whole number of them, as is usual for such sums: `180万元`.
    pub fn money(&self, money: Option<Money>) -> String {
        let Some(money) = money else { return String::new() };
        let shown = money.to_string();
        let (whole, part) = shown.split_once('.').unwrap_or((&shown, ""));
        if self.view_context.words.lang() == Lang::Zh && money.fen != 0 && money.fen % 1_000_000 == 0 {
            let tens = Money { fen: money.fen / 10_000, ..money }.to_string();
            return self.interface_sentence("wan_yuan", &[("amount", tens.trim_end_matches(".00"))]);
        }
        self.interface_sentence("yuan", &[("amount", if part == "00" { whole } else { &shown })])
    }

    fn roles(&self, summary: &DossierSummary<'_>, project: &archive::Project, shown: bool) -> Vec<RoleGroup> {
        let of = |holds: &dyn Fn(&ProjectMember) -> bool| -> Vec<MemberRow> {
            project
                .members
                .iter()
                .filter(|member| holds(member))
                .map(|member| self.member_row(summary, project, member))
                .collect()
        };
        let mut groups: Vec<RoleGroup> = Vec::new();
        if !shown {
            // Roles are hidden, so nobody is listed as lacking one.
            groups.push(RoleGroup { role: Arc::default(), members: of(&|_| true) });
        } else {
            for role in ROLES {
                let members = of(&|member| member.roles.iter().any(|one| **one == *role));
                groups.push(RoleGroup { role: Arc::from(role), members });
            }
            let members = of(&|member| !member.roles.iter().any(|one| ROLES.contains(&&**one)));
            groups.push(RoleGroup { role: self.interface_word("no_role"), members });
        }
        groups.retain(|group| !group.members.is_empty() || ROLES.contains(&&*group.role));
        // Show nothing rather than five empty roles if nobody is involved yet.
        if groups.iter().all(|group| group.members.is_empty()) { Vec::new() } else { groups }
    }

    fn member_row(&self, summary: &DossierSummary<'_>, project: &archive::Project, member: &ProjectMember) -> MemberRow {
        let filed = member.who.entry();
        let person = filed.and_then(|entry| summary.dossier.person(&entry.id));
        MemberRow {
            name: self.party_name(&member.who),
            title: person.and_then(|person| person.title.clone()).unwrap_or_default(),
            relation: person.and_then(|person| person.relation.as_ref()).map(|relation| self.relation(&relation.state)),
            ours: self.join_links(person.iter().flat_map(|person| &person.ours).map(|(who, _)| self.party_name(who))),
            last: person
                .and_then(|person| summary.last_with.get(&person.record.id))
                .map(|event| self.display_text(&event.entry)),
            concerns: self.concerns(project, member),
            met: match &member.source {
                MemberSource::Met(entry, _) => Some(self.display_text(entry)),
                MemberSource::Row(_) | MemberSource::Person => None,
            },
        }
    }

    fn concerns(&self, project: &archive::Project, member: &ProjectMember) -> Vec<TextRuns> {
        let said_in = match (&member.source, &member.who) {
            (MemberSource::Person | MemberSource::Met(..), Party::Registered(entry)) => &entry.id,
            _ => &project.record.id,
        };
        member.concerns.iter().map(|text| self.text(said_in, text)).collect()
    }

    fn document(&self, project: &archive::Project, document: &archive::ProjectDocument) -> DocumentRow {
        let finished = document.state.as_deref().is_some_and(|state| FINISHED.contains(&state));
        let link = match document.link.as_deref() {
            Some(address) if is_address(address) => Link::to(address, address).into(),
            Some(text) => self.text(&project.record.id, text),
            None => TextRuns::default(),
        };
        DocumentRow {
            what: document.what.clone(),
            state: document.state.clone().unwrap_or_default(),
            owner: document.owner.as_ref().map(|who| self.party_name(who)),
            due: document.due.filter(|_| !finished).map(|date| self.due(date)),
            date: document.due.filter(|_| finished).map(|date| self.date(date)),
            link,
        }
    }

    fn milestone(&self, project: &archive::Project, milestone: &Milestone) -> MilestoneRow {
        let open = milestone.is_open(self.view_context.rule_context.as_of);
        MilestoneRow {
            what: milestone.what.clone(),
            amount: self.money(milestone.amount),
            due: milestone.due.filter(|_| open).map(|date| self.due(date)),
            date: milestone.due.filter(|_| !open).map(|date| self.date(date)),
            received: self.money(milestone.received),
            on: milestone.on.or(milestone.done.flatten()).map(|date| self.date(date)),
            settled: !open,
            short: milestone.is_short(),
            note: milestone.note.as_ref().map_or_else(TextRuns::default, |note| self.text(&project.record.id, note)),
        }
    }
}

/// Whether a text is just a web address.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || !c.is_ascii())
}
