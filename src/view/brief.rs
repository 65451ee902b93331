//! 见面前看一眼: a briefing for the next visit, on half a printed page and as plain text.

use std::sync::Arc;

use serde::Serialize;

use super::dossier_summary::DossierSummary;
use super::{
    Due, EventRow, Frame, Improvement, InformationRow, Item, Link, Linker, NextContact, PersonRow, PlannedPage, ProjectRow,
    RelationLight, TextRuns, UpcomingVisitRow, ViewContext,
};
use crate::archive::{self, Dossier, Party};
use crate::calendar::Date;
use crate::record::key;
use crate::route::Url;

/// 见面前看一眼 of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The page frame.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// 级别.
    pub level: Option<Arc<str>>,
    /// 负责人.
    pub owner: Option<Link>,
    /// Relation light; none where roles or relations may be hidden.
    pub light: Option<RelationLight>,
    /// The next contact due.
    pub next: Option<NextContact>,
    /// The next visit in the monthly plan.
    pub visit: Option<UpcomingVisitRow>,
    /// Key persons, those to be met first.
    pub people: Vec<BriefPerson>,
    /// Number of key persons not listed.
    pub people_more: usize,
    /// Whether 角色作用 is visible.
    pub shows_roles: bool,
    /// Whether 关系状况 is visible.
    pub shows_relation: bool,
    /// Whether 关心的事务 is visible.
    pub shows_concerns: bool,
    /// Open promises and problems, the most urgent first.
    pub items: Vec<Item>,
    /// Number of items not listed.
    pub items_more: usize,
    /// The last 改进, to be followed up: 已落实？
    pub improve: Option<Improvement>,
    /// The live project with the earliest tender.
    pub project: Option<BriefProject>,
    /// Latest information with its meaning.
    pub information: Vec<InformationRow>,
    /// The last visit or contact.
    pub last: Option<EventRow>,
    /// Its 实际结果, possibly empty.
    pub outcome: TextRuns,
    /// The briefing as plain text.
    pub text: String,
    /// Number of lines of that text.
    pub lines: usize,
}

/// A key person in a briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BriefPerson {
    /// The person.
    pub row: PersonRow,
    /// Whether this person will be met: in the next planned visit or contact.
    pub met: bool,
}

/// The project in a briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BriefProject {
    /// Its page.
    pub name: Link,
    /// 阶段, possibly empty.
    pub stage: Arc<str>,
    /// 投资规模, possibly empty.
    pub scale: String,
    /// 招标日期.
    pub tender: Option<Due>,
}

/// Maximum number of people, items and statements on half a page.
const PEOPLE: usize = 6;
const ITEMS: usize = 6;
const INFORMATION: usize = 3;

impl Brief {
    /// The page of a customer.
    pub(super) fn plan(view_context: ViewContext<'_>, summary: &DossierSummary<'_>, here: Url) -> PlannedPage {
        let dossier = summary.dossier;
        let linker = Linker::new(view_context, here, Some(dossier));
        let customer = linker.dossier_link(dossier);
        let title = linker.interface_word("brief");
        let own = dossier.customer.as_ref();
        let mut page = linker.frame(format!("{} {title}", customer.text), "customers", linker.brief_level(dossier));
        page.updated = dossier.latest().map(|date| linker.date(date));
        page.crumbs = linker.crumbs_below(dossier, title);
        let planned = linker.upcoming(dossier).next();
        let row = planned.map(|(_, row)| row).filter(|row| !row.people.is_empty());
        let met = row
            .map_or_else(|| to_meet(summary), |row| row.people.iter().filter_map(Party::entry).map(|entry| &**entry).collect());
        let there = dossier.people.iter().filter(|person| !view_context.rule_context.has_left(&person.entry));
        let mut people: Vec<BriefPerson> = there
            .map(|person| BriefPerson {
                row: linker.person_row(summary, person, false),
                met: met.iter().any(|entry| entry.id == person.record.id),
            })
            .collect();
        // The plan may name people without record.
        people.extend(
            row.iter()
                .flat_map(|row| &row.people)
                .filter(|who| who.entry().is_none())
                .map(|who| BriefPerson { row: PersonRow { name: linker.party_name(who), ..PersonRow::default() }, met: true }),
        );
        people.sort_by_key(|person| !person.met);
        let fits = people.iter().filter(|person| person.met).count().max(PEOPLE);
        let people_more = people.len().saturating_sub(fits);
        people.truncate(fits);
        let seen = |event: &&archive::Event| event.date.is_some_and(|date| view_context.rule_context.has_happened(date));
        let mut view = Brief {
            page,
            customer,
            level: own.and_then(|customer| customer.level.clone()),
            owner: own.and_then(|customer| customer.owner.as_ref()).map(|who| linker.party_name(who)),
            light: linker.light(dossier),
            next: linker.next_contact(summary),
            visit: planned.map(|(day, row)| linker.planned_visit_row(day, row)),
            people,
            people_more,
            shows_roles: view_context.rule_context.may_read(&["person.roles"]),
            shows_relation: view_context.rule_context.may_read(&["person.relation"]),
            shows_concerns: view_context.rule_context.may_read(&["person.concerns"]),
            items: summary.open.iter().take(ITEMS).map(|(item, _)| linker.item(item, dossier, false)).collect(),
            items_more: summary.open.len().saturating_sub(ITEMS),
            improve: dossier.events.iter().filter(seen).find_map(|event| {
                let text = event.improve.as_ref()?;
                Some(Improvement { text: linker.text(&event.record.id, text), record: linker.display_text(&event.entry) })
            }),
            project: linker.brief_project(summary),
            information: dossier
                .information
                .iter()
                .filter(|row| row.date.is_none_or(|date| view_context.rule_context.has_happened(date)))
                .take(INFORMATION)
                .map(|row| linker.information(row))
                .collect(),
            last: summary.last.map(|event| linker.event_row(event, None)),
            outcome: summary.last.map_or_else(TextRuns::default, |event| {
                let text = event.record.fields.text(key::OUTCOME).map(|text| text.value.clone());
                text.map_or_else(TextRuns::default, |text| linker.text(&event.record.id, &text))
            }),
            text: String::new(),
            lines: 0,
        };
        view.text = linker.brief_text(&view);
        view.lines = view.text.lines().count();
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

/// The people of the next contact: all those with the earliest stated date.
fn to_meet<'a>(summary: &DossierSummary<'a>) -> Vec<&'a archive::DirectoryEntry> {
    let stated = |standing: &archive::ContactStatus| standing.stated.as_ref().map(|stated| stated.date);
    let day: Option<Date> = summary.pairs().filter_map(|(_, standing)| stated(standing)).min();
    let pairs = summary.pairs().filter(|(_, standing)| day.is_some() && stated(standing) == day);
    pairs.map(|(pair, _)| &*pair.theirs).collect()
}

impl Linker<'_> {
    /// The next contact due.
    pub fn next_contact(&self, summary: &DossierSummary<'_>) -> Option<NextContact> {
        let (at, date) = summary.next?;
        let pair = &summary.dossier.pairs[at];
        let standing = &summary.standings[at];
        let said = standing.stated.as_ref().map(|stated| self.display_text(&stated.record));
        let due = self.postponed_from(self.due(date), standing.postponed_from, Some(&pair.ours));
        Some(NextContact { due, ours: self.entry_name(&pair.ours), theirs: self.entry_name(&pair.theirs), record: said })
    }

    /// The live project with the earliest tender.
    fn brief_project(&self, summary: &DossierSummary<'_>) -> Option<BriefProject> {
        let project = *summary.dossier.live_projects().first()?;
        let ProjectRow { name, stage, scale, tender, .. } = self.project_row(summary, project, false);
        Some(BriefProject { name, stage, scale, tender })
    }

    /// The highest secrecy level on the page.
    fn brief_level(&self, dossier: &Dossier) -> u8 {
        let kinds = &self.view_context.config().kinds;
        let field =
            |kind: &str, key: &str| kinds.get(kind).and_then(|kind| Some(kind.field(kind.index_of(key)?).secrecy)).unwrap_or(0);
        let person = |person: &archive::Person| {
            let said = |there: bool, key: &str| if there { field("person", key) } else { 0 };
            said(!person.roles.is_empty(), "roles")
                .max(said(person.relation.is_some(), "relation"))
                .max(said(!person.concerns.is_empty(), "concerns"))
                .max(person.record.secrecy)
        };
        let statement = |row: &archive::Information| match row.level {
            Some(1 | 2) => 1,
            Some(3) => 2,
            _ => 3,
        };
        let people = dossier.people.iter().map(person);
        let information = dossier.information.iter().take(INFORMATION).map(statement);
        let records = dossier.events.iter().map(|event| event.record.secrecy);
        let projects = dossier.projects.iter().map(|project| project.record.secrecy);
        let plan = self.upcoming(dossier).next().map(|(_, row)| row.plan.secrecy);
        people.chain(information).chain(records).chain(plan).chain(projects).max().unwrap_or(0).max(1)
    }

    /// The briefing as plain text, one fact per line, to be sent by 微信. Begins with its secrecy level.
    fn brief_text(&self, brief: &Brief) -> String {
        let word = |key: &'static str| self.interface_word(key);
        let mut lines: Vec<String> = Vec::new();
        let level = brief.level.as_ref().map_or_else(String::new, |level| format!("（{level}）"));
        lines.push(format!("【{}】{}{level}", word("brief"), brief.customer.text));
        lines.push(format!("{} · {} · {}", word("secret"), brief.page.edition, brief.page.mark));
        if let Some(light) = &brief.light {
            lines.push(format!("{}：{}", light.word, light.reason));
        }
        if let Some(next) = &brief.next {
            lines.push(format!("{}：{} {} → {}", word("next_contact"), next.due.date, next.ours.text, next.theirs.text));
        }
        if let Some(visit) = &brief.visit {
            let mut line = format!("{}：{} {}", word("brief_visit"), visit.due.date, self.names(&visit.ours));
            if !visit.people.is_empty() {
                line.push_str(&format!(" → {}", self.names(&visit.people)));
            }
            let goal = to_plain_text(&visit.goal);
            for fact in visit.purpose.iter().map(|purpose| &**purpose).chain((!goal.is_empty()).then_some(&*goal)) {
                line.push_str(&format!(" · {fact}"));
            }
            lines.push(line);
        }
        if let Some(last) = &brief.last {
            let mut line = format!("{}：", word("last_contact"));
            let day = last.date.clone().unwrap_or_default();
            line.push_str(&format!("{day} {} {} → {}", last.what, self.names(&last.ours), self.names(&last.theirs)));
            for tag in last.result.iter().chain(&last.achieved) {
                line.push_str(&format!(" · {}", tag.text));
            }
            lines.push(line);
            if !brief.outcome.is_empty() {
                lines.push(format!("  {}", to_plain_text(&brief.outcome)));
            }
        }
        if !brief.people.is_empty() {
            lines.push(format!("{}：", word("brief_people")));
        }
        for person in &brief.people {
            lines.push(self.person_line(person));
        }
        if !brief.items.is_empty() {
            lines.push(format!("{}：", word("items")));
        }
        for item in &brief.items {
            let mut line = format!("· {} {}", item.word, to_plain_text(&item.text));
            let owner = item.owner.iter().map(|owner| owner.text.to_string());
            let facts: Vec<String> = owner.chain(item.due.iter().map(|due| due.date.clone())).collect();
            if !facts.is_empty() {
                line.push_str(&format!("（{}）", facts.join(self.comma)));
            }
            lines.push(line);
        }
        if let Some(improve) = &brief.improve {
            lines.push(format!("{}：{} {}", word("improve"), to_plain_text(&improve.text), word("brief_kept")));
        }
        if let Some(project) = &brief.project {
            let tender =
                project.tender.as_ref().map(|due| format!("{} {}", word("brief_tender"), due.date)).unwrap_or_default();
            let facts = [&*project.name.text, &*project.stage, &*project.scale, &*tender];
            let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
            lines.push(format!("{}：{}", word("brief_project"), facts.join(" · ")));
        }
        if !brief.information.is_empty() {
            lines.push(format!("{}：", word("information")));
        }
        for row in &brief.information {
            let day = row.date.as_ref().map(|date| format!("{date} ")).unwrap_or_default();
            let meaning = if row.meaning.is_empty() { String::new() } else { format!(" → {}", to_plain_text(&row.meaning)) };
            lines.push(format!("· {day}{}{meaning}", to_plain_text(&row.fact)));
        }
        lines.join("\n")
    }

    fn person_line(&self, person: &BriefPerson) -> String {
        let row = &person.row;
        let about: Vec<&str> = [&*row.call, &*row.title].into_iter().filter(|text| !text.is_empty()).collect();
        let mut line = format!("{} {}", if person.met { "★" } else { "·" }, row.name.text);
        if !about.is_empty() {
            line.push_str(&format!("（{}）", about.join(self.comma)));
        }
        let mut facts: Vec<String> = row.roles.iter().map(|role| role.to_string()).collect();
        facts.extend(row.relation.iter().map(|relation| relation.text.to_string()));
        facts.extend(row.last.iter().map(|last| format!("{} {}", self.interface_word("last"), last.text)));
        if !row.concern.is_empty() {
            facts.push(format!("{}：{}", self.interface_word("concern"), row.concern));
        }
        if !facts.is_empty() {
            line.push_str(&format!(" {}", facts.join(" · ")));
        }
        line
    }

    fn names(&self, all: &[Link]) -> String {
        let names: Vec<&str> = all.iter().map(|link| &*link.text).collect();
        names.join(self.comma)
    }
}

/// Text without links, on one line.
fn to_plain_text(runs: &[Link]) -> String {
    let text: String = runs.iter().map(|run| &*run.text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
