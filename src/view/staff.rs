//! The page of a staff member: the worklist.

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::{ArchiveSummary, StaffWorklist};
use super::home::{coming_contact, is_promise, within};
use super::planned_visits::PlanComparison;
use super::record::HeadingLevels;
use super::{
    Breadcrumbs, CustomerRow, Duty, EventRow, Figure, Frame, Item, Link, Linker, PlanLine, PlanRow, PlannedPage, RecordPart,
    UpcomingRow, ViewContext,
};
use crate::archive::{self, Archive, Directive, DueState, ItemKind, Party, Suggestion};
use crate::calendar::Date;
use crate::route::{self, Url};
use crate::rule::{Finding, visit_plan_late};

/// A staff member: the worklist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Staff {
    /// The page frame.
    pub page: Frame,
    /// Name of the staff member.
    pub name: Arc<str>,
    /// 职务, possibly empty.
    pub post: Arc<str>,
    /// Posts this person covers as a deputy (代行职责), joined by 、; possibly empty.
    pub stands_in: String,
    /// 部门, possibly empty.
    pub department: Arc<str>,
    /// 上级.
    pub manager: Option<Link>,
    /// 在职.
    pub active: bool,
    /// Counts, each linked to its section.
    pub figures: Vec<Figure>,
    /// Overdue duties, the most urgent first.
    pub overdue: Vec<Duty>,
    /// Duties due within the notice period, and those without a date.
    pub soon: Vec<Duty>,
    /// Open promises, problems and opinions of this person, with 建议, 检查发现 and 批示 assigned to this person.
    pub items: Vec<Item>,
    /// Visit plans of this month and the next; empty if none is required.
    pub plans: Vec<PlanLine>,
    /// Planned visits from today on, the nearest first.
    pub planned: Vec<PlanRow>,
    /// Contacts due within 30 days, in order of day.
    pub coming: Vec<UpcomingRow>,
    /// Customers whose 负责人 is this person.
    pub customers: Vec<CustomerRow>,
    /// Whether this edition shows the relation light.
    pub shows_light: bool,
    /// The latest visits and contacts, newest first.
    pub timeline: Vec<EventRow>,
    /// Links to the months of daily reports (附表7), newest first.
    pub forms: Vec<Link>,
    /// The rest of the record.
    pub record: RecordPart,
}

/// Fields shown in the page header.
const SHOWN: &[&str] = &["name", "department", "manager", "verified"];
/// Most timeline rows shown.
const TIMELINE: usize = 20;

impl Staff {
    /// The page of a staff member.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        sight: &PlanComparison<'_>,
        member: &archive::Staff,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::for_shared_record(view_context, here, archive_summary.archive);
        let nothing = StaffWorklist::default();
        let worklist = archive_summary.worklist(&member.entry.id).unwrap_or(&nothing);
        let mut page = linker.list_frame(&*member.entry.name, "staff");
        page = linker.dated_frame(page, &member.record);
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_staff"), &route::Page::Staff),
            Link::plain(member.entry.name.clone()),
        ]);
        let sorted = |state: Option<DueState>| {
            let mut found: Vec<&Finding> = worklist.findings.iter().copied().filter(|finding| finding.state == state).collect();
            found.sort_by_key(|finding| (!is_promise(finding), finding.due.is_none(), finding.due));
            found
        };
        let overdue = sorted(Some(DueState::Overdue));
        let mut soon = sorted(Some(DueState::Soon));
        soon.extend(sorted(None));
        let mut items: Vec<_> = worklist.items.iter().collect();
        items.sort_by_key(|(at, item, due)| (due.is_none(), *due, *at, &item.number));
        let mut waiting: Vec<(Option<Date>, Item)> = items
            .iter()
            .map(|(at, item, due)| (*due, linker.item(item, archive_summary.summaries[*at].dossier, true)))
            .chain(worklist.suggestions.iter().map(|one| (one.due, linker.suggestion_item(one))))
            .chain(worklist.directives.iter().map(|one| (one.due, linker.directive_item(one, archive_summary.archive))))
            .collect();
        waiting.sort_by_key(|(due, _)| (due.is_none(), *due));
        let mut contacts: Vec<_> = worklist.contacts.iter().filter(|(.., day)| within(&linker, *day)).collect();
        contacts.sort_by_key(|(at, place, day)| (*day, *at, *place));
        let mut events: Vec<_> = worklist.events.iter().collect();
        events.sort_by(|a, b| (b.1.date, a.0).cmp(&(a.1.date, b.0)));
        let record = linker.record(&member.record, "", SHOWN, HeadingLevels::SECTIONS);
        let archive = archive_summary.archive;
        let of_month = visit_plan_late::months(view_context.rule_context)
            .map(|month| (month, archive.visit_plan(&member.entry.id, month)));
        let is_asked = |month| {
            visit_plan_late::applies_from(archive, view_context.config()) && visit_plan_late::owes(archive, member, month)
        };
        let asked = of_month.iter().filter(|(month, plan)| plan.is_some() || is_asked(*month));
        let plans = asked.map(|(month, plan)| linker.plan_line(archive_summary, sight, member, *plan, *month)).collect();
        let rows = of_month.iter().filter_map(|(_, plan)| *plan).flat_map(|plan| &plan.rows);
        let mut ahead: Vec<_> =
            rows.filter(|row| row.day().is_some_and(|day| day >= view_context.rule_context.as_of.0)).collect();
        ahead.sort_by_key(|row| (row.day(), row.row));
        let stands_in = archive.deputies.posts_of(&member.entry).map(|post| &**post).collect::<Vec<_>>().join(linker.comma);
        let view = Staff {
            page,
            name: member.entry.name.clone(),
            post: member.post.clone().unwrap_or_default(),
            stands_in,
            department: member.department.clone().unwrap_or_default(),
            manager: member.manager.as_ref().map(|who| linker.party_name(who)),
            active: member.active,
            figures: figures(&linker, worklist, overdue.len()),
            overdue: overdue.iter().map(|finding| linker.duty_row(finding)).collect(),
            soon: soon.iter().map(|finding| linker.duty_row(finding)).collect(),
            items: waiting.into_iter().map(|(_, item)| item).collect(),
            plans,
            planned: ahead.into_iter().map(|row| linker.planned_row(row, sight)).collect(),
            coming: contacts
                .iter()
                .map(|(at, place, day)| coming_contact(&linker, &archive_summary.summaries[*at], *place, *day))
                .collect(),
            customers: worklist.customers.iter().map(|at| linker.customer_row(&archive_summary.summaries[*at])).collect(),
            shows_light: view_context.shows_light(),
            timeline: events
                .iter()
                .take(TIMELINE)
                .map(|(at, event)| linker.event_row(event, Some(archive_summary.summaries[*at].dossier)))
                .collect(),
            forms: linker.months(&member.entry.id, &view_context.months_of(&member.entry.id, worklist)),
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl Linker<'_> {
    /// A directive of the head of the department as an open item.
    fn directive_item(&self, one: &Directive, archive: &Archive) -> Item {
        let about = one.about();
        let dossier = about.and_then(|entry| archive.dossiers.get(entry.customer.as_ref()?));
        Item {
            number: format!("{}#{}", one.record.name, one.row + 1),
            sort: "directive",
            word: self.interface_word("item_directive"),
            text: match (&one.text, about) {
                (Some(text), _) => self.text(&one.record.id, text),
                (None, about) => about.map(|entry| self.mention_name(entry)).into_iter().collect(),
            },
            customer: dossier.map(|dossier| self.customer_name(&dossier.entry)),
            owner: one.owner.as_ref().map(|who| self.party_name(who)),
            due: one.due.map(|due| self.due(due)),
            opened: self.entry_name(&one.record),
            ..Item::default()
        }
    }

    /// A suggestion of a review or a finding of an inspection as an open item.
    fn suggestion_item(&self, one: &Suggestion) -> Item {
        let (sort, word) = if one.record.is("review") { ("suggestion", "item_suggestion") } else { ("found", "item_found") };
        Item {
            number: format!("{}#{}", one.record.name, one.field.1 + 1),
            sort,
            word: self.interface_word(word),
            text: self.text(&one.record.id, &one.what),
            customer: one.customer.as_ref().map(|who| match who {
                Party::Registered(entry) if entry.is("customer") => self.customer_name(entry),
                who => self.party_name(who),
            }),
            owner: one.owner.as_ref().map(|who| self.party_name(who)),
            due: one.due.map(|due| self.due(due)),
            opened: self.entry_name(&one.record),
            ..Item::default()
        }
    }
}

fn figures(linker: &Linker<'_>, worklist: &StaffWorklist<'_>, overdue: usize) -> Vec<Figure> {
    let promises = worklist.items.iter().filter(|(_, item, _)| item.sort == ItemKind::Promise).count();
    let figure = |key: &'static str, value: usize, href: Option<&str>| Figure {
        key,
        value,
        label: linker.word_of("figure", key),
        note: String::new(),
        href: href.map(Arc::from),
        tone: if key == "overdue" && value > 0 { "alarm" } else { "" },
    };
    vec![
        figure("overdue", overdue, Some("#overdue")),
        figure("promises", promises, Some("#items")),
        figure("owned", worklist.customers.len(), Some("#customers")),
        figure("visits", worklist.made.0, Some("#timeline")),
        figure("contacts", worklist.made.1, Some("#timeline")),
    ]
}
