//! 客户档案: the page of one customer, in the order a manager reads.

use std::sync::Arc;

use serde::Serialize;

use super::dossier_summary::DossierSummary;
use super::record::HeadingLevels;
use super::{
    Breadcrumbs, ContactCell, Duty, EventRow, Field, FormState, Frame, Improvement, InformationRow, Item, Link, Linker,
    MissingContent, Names, NeighbourLink, NextContact, PairRow, PersonRow, PlanInForce, PlannedPage, ProblemFileRow,
    ProjectRow, RecordPart, RelationLight, RelationMap, ReviewMark, TextRuns, UnitRow, UnregisteredRow, UpcomingVisitRow,
    ViewContext, YearLink,
};
use crate::archive::{self, ContactPair, ContactStatus, Dossier, EventKind, Party};
use crate::record::{RecordId, key};
use crate::route::{Page, Url};

/// The page of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Customer {
    /// The page frame.
    pub page: Frame,
    /// 单位名称.
    pub name: Arc<str>,
    /// 简称; empty if it equals the name.
    pub short: Arc<str>,
    /// 档案编号.
    pub number: Option<Arc<str>>,
    /// Whether `customer.md` exists.
    pub filed: bool,
    /// 级别.
    pub level: Option<Arc<str>>,
    /// Why duties are suspended: 暂停, 停止; else none.
    pub resting: Option<Arc<str>>,
    /// 地区, 行业, 对象类别, 关系生命周期, in this order, as far as stated.
    pub traits: Vec<Arc<str>>,
    /// 负责人.
    pub owner: Option<Link>,
    /// 档案管理员.
    pub archivist: Option<Link>,
    /// Whether the archivist is a deputy (代行职责).
    pub archivist_stands_in: bool,
    /// 上级单位.
    pub parent: Option<Link>,
    /// Customers below this one.
    pub branches: Names,
    /// Relation light; none where roles or relations may be hidden.
    pub light: Option<RelationLight>,
    /// The last contact.
    pub last: Option<EventRow>,
    /// The next contact due.
    pub next: Option<NextContact>,
    /// The last 改进.
    pub improve: Option<Improvement>,
    /// Number of visits in the year of the as-of date.
    pub visits_this_year: usize,
    /// Number of contacts in that year.
    pub contacts_this_year: usize,
    /// That year.
    pub year: i16,
    /// Live projects, the next tender first.
    pub projects: Vec<ProjectRow>,
    /// Whether 竞争对手 is visible.
    pub shows_competitors: bool,
    /// Future planned visits, the next first.
    pub planned: Vec<UpcomingVisitRow>,
    /// Open promises, problems and opinions, the most urgent first.
    pub items: Vec<Item>,
    /// Number of settled items.
    pub settled: usize,
    /// Key persons.
    pub people: Vec<PersonRow>,
    /// Whether 角色作用 is visible.
    pub shows_roles: bool,
    /// Whether 关系状况 is visible.
    pub shows_relation: bool,
    /// Whether 关心的事务 is visible.
    pub shows_concerns: bool,
    /// The relation map; none without key persons.
    pub map: Option<RelationMap>,
    /// People met who have no record.
    pub unfiled: Vec<UnregisteredRow>,
    /// Needs, difficulties, buying procedure.
    pub needs: Vec<Field>,
    /// Latest information with its meaning.
    pub information: Vec<InformationRow>,
    /// Link to the page with all information.
    pub information_href: Option<Arc<str>>,
    /// Number of statements.
    pub information_count: usize,
    /// Contact matrix: planned, made, last, next.
    pub matrix: Vec<PairRow>,
    /// Number of pairs left out: they met only once and are not maintained, and are in the timeline only.
    pub matrix_once: usize,
    /// Finished, lost or suspended projects, and development plans.
    pub papers: Names,
    /// Summary of the current development plan.
    pub plan: Option<PlanInForce>,
    /// Whether a development plan is required: a 重点客户 whose duties are not suspended.
    pub wants_plan: bool,
    /// 见面前看一眼.
    pub brief: Link,
    /// Contact plans.
    pub plans: Names,
    /// The latest visits and contacts.
    pub timeline: Vec<EventRow>,
    /// Total number of visits and contacts.
    pub timeline_count: usize,
    /// Year pages; none for visits or contacts that have a page each.
    pub years: Vec<YearLink>,
    /// 机构 (附表1).
    pub units: Vec<UnitRow>,
    /// States of 附表1–7 (S-09.2d).
    pub forms: Vec<FormState>,
    /// Link to all forms on one page, ready to print.
    pub forms_href: Option<Arc<str>>,
    /// The nine contents and what is missing; none if nothing is required or the edition may hide some of it.
    pub lacks: Option<MissingContent>,
    /// Overdue and coming duties.
    pub duties: Vec<Duty>,
    /// Quarterly reviews of it, the latest first.
    pub reviews: Vec<ReviewMark>,
    /// Other records of the dossier with problems (full edition).
    pub troubled: Vec<ProblemFileRow>,
    /// The customer's own record.
    pub record: RecordPart,
}

/// Maximum number of timeline rows; the rest is on year pages.
const TIMELINE_LIMIT: usize = 12;
/// Maximum number of statements if there is a page with all of them.
const INFORMATION_LIMIT: usize = 8;
/// Maximum number of reviews: one year.
const REVIEW_LIMIT: usize = 4;
/// Maximum number of records listed for an unregistered person.
const UNREGISTERED_LIMIT: usize = 3;
/// Fields in the side column, in this order.
const NEED_FIELDS: &[&str] = &["needs_now", "needs_stated", "needs_latent", "difficulties", "procurement"];
/// Fields that the head and the table of units already show.
const FIELDS_SHOWN_ELSEWHERE: &[&str] = &[
    "number",
    "name",
    "short",
    "level",
    "owner",
    "archivist",
    "parent",
    "units",
    "verified",
    "class",
    "industry",
    "region",
    "lifecycle",
];

impl Customer {
    /// The dossier's page.
    pub(super) fn plan(view_context: ViewContext<'_>, summary: &DossierSummary<'_>, here: Url) -> PlannedPage {
        let dossier = summary.dossier;
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let customer = dossier.customer.as_ref();
        let sheet = customer.map(|customer| &customer.record.fields);
        let named_archivist = customer.and_then(|customer| customer.archivist.as_ref());
        let archivist = view_context.rule_context.responsible(dossier);
        let year = view_context.rule_context.as_of.0.year();
        let made = |sort: EventKind| {
            let seen = |event: &&archive::Event| {
                event.sort == sort
                    && event.date.is_some_and(|date| date.year() == year && view_context.rule_context.has_happened(date))
            };
            dossier.events.iter().filter(seen).count()
        };
        let mut without = FIELDS_SHOWN_ELSEWHERE.to_vec();
        without.extend(NEED_FIELDS);
        let (needs, record) = match customer {
            Some(customer) => (
                NEED_FIELDS.iter().filter_map(|key| linker.field_of(&customer.record, key)).collect(),
                linker.record(&customer.record, "", &without, HeadingLevels::SECTIONS),
            ),
            None => (Vec::new(), RecordPart::default()),
        };
        let information_href = dossier.information_record.as_ref().and_then(|record| linker.href(&record.id));
        let shown = if information_href.is_some() { INFORMATION_LIMIT } else { usize::MAX };
        let each = linker.has_page_each(true) || linker.has_page_each(false);
        let (forms, lacks) = linker.form_states(dossier);
        let view = Customer {
            page: linker.customer_frame(dossier),
            name: dossier.entry.name.clone(),
            short: dossier.entry.short.clone().filter(|short| *short != dossier.entry.name).unwrap_or_default(),
            number: sheet.and_then(|sheet| sheet.text(key::NUMBER)).map(|text| text.value.clone()),
            filed: customer.is_some(),
            level: customer.and_then(|customer| customer.level.clone()),
            resting: customer.and_then(|customer| customer.suspended.clone()),
            traits: customer.map_or_else(Vec::new, |customer| {
                let lifecycle = customer.record.fields.code(key::LIFECYCLE).map(|code| Arc::from(code.shown()));
                let class = customer.class.as_ref().map(|class| Arc::from(class.shown()));
                [customer.region.clone(), customer.industry.clone(), class, lifecycle].into_iter().flatten().collect()
            }),
            owner: customer.and_then(|customer| customer.owner.as_ref()).map(|who| linker.party_name(who)),
            archivist: archivist.map(|who| linker.party_name(who)),
            archivist_stands_in: archivist.is_some_and(|who| named_archivist.is_none_or(|named| named != who)),
            parent: customer.and_then(|customer| customer.parent.as_ref()).map(|entry| linker.customer_name(entry)),
            branches: linker
                .join_links(customer.iter().flat_map(|customer| &customer.branches).map(|entry| linker.customer_name(entry))),
            light: linker.light(dossier),
            last: summary.last.map(|event| linker.event_row(event, None)),
            next: linker.next_contact(summary),
            improve: dossier
                .events
                .iter()
                .filter(|event| event.date.is_some_and(|date| view_context.rule_context.has_happened(date)))
                .find_map(|event| {
                    let text = event.improve.as_ref()?;
                    Some(Improvement { text: linker.text(&event.record.id, text), record: linker.display_text(&event.entry) })
                }),
            visits_this_year: made(EventKind::Visit),
            contacts_this_year: made(EventKind::Contact),
            year,
            projects: dossier.live_projects().into_iter().map(|project| linker.project_row(summary, project, false)).collect(),
            shows_competitors: view_context.rule_context.may_read(&["project.competitors"]),
            planned: linker.planned_visit_rows(dossier),
            items: summary.open.iter().map(|(item, _)| linker.item(item, dossier, false)).collect(),
            settled: dossier.items.len() - summary.open.len(),
            people: dossier.people.iter().map(|person| linker.person_row(summary, person, false)).collect(),
            shows_roles: view_context.rule_context.may_read(&["person.roles"]),
            shows_relation: view_context.rule_context.may_read(&["person.relation"]),
            shows_concerns: view_context.rule_context.may_read(&["person.concerns"]),
            map: linker.map(dossier),
            unfiled: dossier
                .unregistered
                .iter()
                .map(|(name, note, records)| UnregisteredRow {
                    name: name.clone(),
                    note: note.clone().unwrap_or_default(),
                    records: linker.join_links(records.iter().take(UNREGISTERED_LIMIT).map(|entry| linker.display_text(entry))),
                })
                .collect(),
            needs,
            information: dossier.information.iter().take(shown).map(|row| linker.information(row)).collect(),
            information_href,
            information_count: dossier.information.len(),
            matrix: {
                let mut rows: Vec<PairRow> =
                    summary.regular().map(|(pair, standing)| linker.pair(dossier, pair, standing, None)).collect();
                // Pairs that are planned or due first, then others.
                rows.sort_by_key(|row| row.planned.is_none() && row.next.is_none());
                rows
            },
            matrix_once: dossier.pairs.len() - summary.regular().count(),
            papers: {
                let closed = dossier.projects.iter().filter(|project| !project.is_live());
                let projects = closed.map(|project| &project.entry);
                linker.join_links(
                    projects
                        .chain(dossier.development_plans.iter().map(|plan| &plan.entry))
                        .map(|entry| linker.entry_name(entry)),
                )
            },
            plan: linker.plan_short(summary),
            wants_plan: view_context.rule_context.may_read(&["development-plan.year"])
                && dossier.is_key_customer(view_context.config())
                && !dossier.is_resting(),
            brief: linker.page(linker.interface_word("brief"), &Page::Brief(Arc::clone(&dossier.id))),
            plans: linker.join_links(dossier.plans.iter().map(|plan| linker.entry_name(&plan.entry))),
            timeline: dossier
                .events
                .iter()
                .take(if each { usize::MAX } else { TIMELINE_LIMIT })
                .map(|event| linker.event_row(event, None))
                .collect(),
            timeline_count: dossier.events.len(),
            years: linker.years(dossier),
            units: customer
                .map_or_else(Vec::new, |customer| customer.units.iter().map(|unit| linker.unit(dossier, unit)).collect()),
            forms,
            lacks,
            forms_href: linker.page("", &Page::FormSet(Arc::clone(&dossier.id))).href,
            reviews: dossier.reviews.iter().take(REVIEW_LIMIT).map(|review| linker.review_mark(review)).collect(),
            duties: summary.findings.iter().map(|finding| linker.duty_row(finding)).collect(),
            troubled: linker.problem_files(dossier),
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl Linker<'_> {
    /// The frame, with links to the previous and next customer.
    fn customer_frame(&self, dossier: &Dossier) -> Frame {
        let level = dossier.customer.as_ref().map_or(1, |customer| self.secrecy_of(&customer.record));
        let people = dossier.people.iter().map(|person| self.secrecy_of(&person.record)).max().unwrap_or(0);
        let mut frame = self.frame(&*dossier.entry.name, "customers", level.max(people));
        frame.updated = dossier.latest().map(|date| self.date(date));
        frame.verified = dossier
            .customer
            .as_ref()
            .and_then(|customer| customer.record.fields.date(key::VERIFIED))
            .map(|date| self.date(date.value));
        let name = dossier.entry.short.clone().unwrap_or_else(|| dossier.entry.name.clone());
        frame.crumbs = Breadcrumbs::from_iter([
            self.page(self.interface_word("title_customers"), &Page::Customers("all", 0)),
            Link::plain(name),
        ]);
        let (before, after) = self.view_context.order.neighbours(&dossier.id);
        let link = |id: &Arc<str>| {
            let other = self.view_context.order.entry(id)?;
            let name = other.short.clone().unwrap_or_else(|| other.name.clone());
            Some(self.page(name, &Page::Dossier(Arc::clone(id))))
        };
        frame.previous = before.and_then(link).map(NeighbourLink::from);
        frame.next = after.and_then(link).map(NeighbourLink::from);
        frame
    }

    /// Breadcrumbs of a page below a dossier.
    pub fn crumbs_below(&self, dossier: &Dossier, last: impl Into<Arc<str>>) -> Breadcrumbs {
        self.crumbs_down(dossier, [Link::plain(last)])
    }

    /// Breadcrumbs of a page further below a dossier.
    pub fn crumbs_down<const N: usize>(&self, dossier: &Dossier, down: [Link; N]) -> Breadcrumbs {
        let customers = self.page(self.interface_word("title_customers"), &Page::Customers("all", 0));
        [customers, self.dossier_link(dossier)].into_iter().chain(down).collect()
    }

    /// The dossier by its customer's shortest name.
    pub fn dossier_link(&self, dossier: &Dossier) -> Link {
        let name = dossier.entry.short.clone().unwrap_or_else(|| dossier.entry.name.clone());
        self.page(name, &Page::Dossier(Arc::clone(&dossier.id)))
    }

    /// A statement.
    pub fn information(&self, row: &archive::Information) -> InformationRow {
        let id = &row.record.id;
        let source = match (&row.person, &row.source) {
            (Some(person), _) => self.party_name(person).into(),
            (None, Some(source)) => self.text(id, source),
            (None, None) => TextRuns::default(),
        };
        InformationRow {
            date: row.date.map(|date| self.date(date)),
            topic: row.topic.clone().unwrap_or_default(),
            fact: self.text(id, &row.fact),
            meaning: row.meaning.as_ref().map_or_else(TextRuns::default, |meaning| self.text(id, meaning)),
            level: row.level,
            source,
            major: row.major,
            record: self.display_text(&row.record),
        }
    }

    /// A row of the contact matrix. `plan`: the plan it compares with; by default the current one, else the newest.
    pub fn pair(&self, dossier: &Dossier, pair: &ContactPair, standing: &ContactStatus, plan: Option<&RecordId>) -> PairRow {
        let as_of = self.view_context.rule_context.as_of;
        let planned = match plan {
            Some(plan) => pair.planned.iter().find(|planned| planned.record.id == *plan),
            None => pair.planned.iter().find(|planned| planned.period.contains(as_of.0)).or(pair.planned.first()),
        };
        let seen = pair.contacts_made.iter().filter(|(day, _)| self.view_context.rule_context.has_happened(*day)).count();
        PairRow {
            ours: self.entry_name(&pair.ours),
            theirs: self.entry_name(&pair.theirs),
            title: dossier.person(&pair.theirs.id).and_then(|person| person.title.clone()).unwrap_or_default(),
            planned: planned.and_then(|planned| planned.times),
            made: planned.map_or(seen, |planned| pair.made_in(planned.period, as_of)),
            period: planned.map_or_else(String::new, |planned| planned.period.to_string()),
            last: standing.last.as_ref().map(|(_, entry)| self.display_text(entry)),
            next: standing.next.map(|date| self.postponed_from(self.due(date), standing.postponed_from, Some(&pair.ours))),
            stated: standing.stated.is_some(),
            note: planned.and_then(|planned| planned.note.clone()).unwrap_or_default(),
        }
    }

    /// Links to the year pages of a dossier: visits before contacts, newest first.
    fn years(&self, dossier: &Dossier) -> Vec<YearLink> {
        let mut links = Vec::new();
        for (sort, name, dated, undated) in [
            (EventKind::Visit, "visit", "year_visits", "undated_visits"),
            (EventKind::Contact, "contact", "year_contacts", "undated_contacts"),
        ] {
            if self.has_page_each(sort == EventKind::Visit) {
                continue;
            }
            let mut years: Vec<Option<i16>> = dossier.years(sort).into_iter().map(Some).collect();
            years.push(None);
            for year in years {
                let of = |event: &&archive::Event| event.sort == sort && event.date.map(|date| date.year()) == year;
                let count = dossier.events.iter().filter(of).count();
                // Links to the newest record, on the last part.
                let Some(newest) = dossier.events.iter().find(of) else { continue };
                let url = match self.view_context.routes.record(&newest.record.id) {
                    Some((url, _)) => url.clone(),
                    None => self.view_context.routes.page(&Page::Year(Arc::clone(&dossier.id), sort, year, 0)),
                };
                let text = match year {
                    Some(year) => self.interface_sentence(dated, &[("year", &year.to_string())]),
                    None => self.interface_word(undated).to_string(),
                };
                links.push(YearLink { sort: name, text, count, href: self.here.relative(&url, None) });
            }
        }
        links
    }

    /// A unit with what is known of its contacts.
    fn unit(&self, dossier: &Dossier, unit: &archive::Unit) -> UnitRow {
        let contact = |who: &Party| match who {
            Party::Registered(entry) => {
                let person = dossier.person(&entry.id);
                ContactCell {
                    name: self.entry_name(entry),
                    title: person.and_then(|person| person.title.clone()).unwrap_or_default(),
                    phones: person
                        .map_or_else(Vec::new, |person| person.phones.iter().map(|(_, number)| number.clone()).collect()),
                }
            }
            Party::Unregistered { name, note } => {
                ContactCell { name: Link::plain(name.clone()), title: note.clone().unwrap_or_default(), phones: Vec::new() }
            }
        };
        UnitRow {
            name: unit.name.clone(),
            class: unit.class.clone().unwrap_or_default(),
            place: unit.place.clone().unwrap_or_default(),
            contacts: unit.contacts.iter().map(contact).collect(),
            owner: unit.owner.as_ref().map(|who| self.party_name(who)),
        }
    }

    /// Other records of the dossier with problems (full edition).
    fn problem_files(&self, dossier: &Dossier) -> Vec<ProblemFileRow> {
        if self.view_context.problems.is_empty() {
            return Vec::new();
        }
        let own = dossier.customer.as_ref().map(|customer| customer.record.file);
        let mut rows: Vec<ProblemFileRow> = Vec::new();
        let mut seen = Vec::new();
        for record in dossier.records() {
            if Some(record.file) == own || seen.contains(&record.file) {
                continue;
            }
            let Some(problems) = self.view_context.problems.get(&record.file).filter(|problems| !problems.is_empty()) else {
                continue;
            };
            seen.push(record.file);
            let errors = problems.iter().filter(|problem| problem.severity == "error").count();
            let text = match self.view_context.directory.entry(&record.id) {
                Some(entry) => self.display_text(entry).text,
                None => record.path.0.clone(),
            };
            rows.push(ProblemFileRow {
                record: Link { text, href: self.href(&record.id) },
                errors,
                warnings: problems.len() - errors,
            });
        }
        rows
    }
}
