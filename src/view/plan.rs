//! Plans the pages of the site: all pages of a dossier, and all pages outside dossiers.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::archive_summary::ArchiveSummary;
use super::competitor_index::CompetitorIndex;
use super::customers::ORDERS;
use super::department;
use super::dossier_summary::DossierSummary;
use super::events::{ItemsByRecord, YearPart};
use super::planned_visits::PlanComparison;
use super::{
    Brief, Competitor, Competitors, ContactPlan, Customer, Customers, DevelopmentPlan, Events, FormList, Forms, Home,
    Information, KeepGoing, LinkCache, Page, Pages, People, Person, PlanSummary, PlannedPage, Problems, Project, Projects,
    Report, Reports, Staff, StaffList, ViewContext, VisitPlan, VisitPlans,
};
use crate::archive::{Archive, Dossier, Event, EventKind, SharedRecord};
use crate::config::PageChoice;
use crate::form::FORMS;
use crate::route::{self, Url};
use crate::table::Table;

/// Records per page of a year (`decisions.md` 26).
const RECORDS_PER_PART: usize = route::RECORDS_PER_PAGE as usize;

/// The pages of one dossier, each with its address.
pub fn dossier_pages(view_context: ViewContext<'_>, dossier: &Dossier) -> Vec<(Url, PlannedPage)> {
    let known = LinkCache::default();
    let view_context = ViewContext { links: Some(&known), ..view_context };
    let summary = DossierSummary::of(&view_context, dossier);
    let items = ItemsByRecord::dossier(dossier);
    let mut pages = Vec::with_capacity(8 + dossier.people.len());
    let url = view_context.routes.page(&route::Page::Dossier(Arc::clone(&dossier.id)));
    pages.push((url.clone(), Customer::plan(view_context, &summary, url)));
    let url = view_context.routes.page(&route::Page::FormSet(Arc::clone(&dossier.id)));
    pages.push((url.clone(), Forms::customer(view_context, dossier, url)));
    let url = view_context.routes.page(&route::Page::Brief(Arc::clone(&dossier.id)));
    pages.push((url.clone(), Brief::plan(view_context, &summary, url)));
    if let Some(record) = &dossier.information_record
        && let Some((url, _)) = view_context.routes.record(&record.id)
    {
        pages.push((url.clone(), Information::plan(view_context, dossier, record, url.clone())));
    }
    for person in &dossier.people {
        if let Some((url, _)) = view_context.routes.record(&person.record.id) {
            pages.push((url.clone(), Person::plan(view_context, &summary, person, url.clone())));
        }
    }
    for plan in &dossier.plans {
        if let Some((url, _)) = view_context.routes.record(&plan.record.id) {
            pages.push((url.clone(), ContactPlan::plan(view_context, &summary, plan, url.clone())));
        }
    }
    for project in &dossier.projects {
        if let Some((url, _)) = view_context.routes.record(&project.record.id) {
            pages.push((url.clone(), Project::plan(view_context, &summary, project, url.clone())));
        }
    }
    for plan in &dossier.development_plans {
        if let Some((url, _)) = view_context.routes.record(&plan.record.id) {
            pages.push((url.clone(), DevelopmentPlan::plan(view_context, &summary, plan, url.clone())));
            let url = view_context.routes.page(&route::Page::PlanSummary(plan.record.id.clone()));
            pages.push((url.clone(), PlanSummary::plan(view_context, dossier, plan, url)));
        }
    }
    for (sort, choice) in
        [(EventKind::Visit, view_context.config().visits), (EventKind::Contact, view_context.config().contacts)]
    {
        let events: Vec<&Event> = dossier.events.iter().filter(|event| event.sort == sort).collect();
        match choice {
            PageChoice::Each => event_pages_each(view_context, dossier, &items, &events, &mut pages),
            PageChoice::ByYear => event_pages_by_year(view_context, dossier, &items, sort, &events, &mut pages),
        }
    }
    pages
}

fn event_pages_each(
    view_context: ViewContext<'_>,
    dossier: &Dossier,
    items: &ItemsByRecord<'_>,
    events: &[&Event],
    pages: &mut Vec<(Url, PlannedPage)>,
) {
    for (at, event) in events.iter().enumerate() {
        let Some((url, _)) = view_context.routes.record(&event.record.id) else { continue };
        // Events are sorted newest first, so the earlier one follows.
        let (before, after) = (events.get(at + 1).copied(), at.checked_sub(1).map(|at| events[at]));
        pages.push((url.clone(), Events::plan_one(view_context, dossier, items, event, before, after, url.clone())));
    }
}

fn event_pages_by_year(
    view_context: ViewContext<'_>,
    dossier: &Dossier,
    items: &ItemsByRecord<'_>,
    sort: EventKind,
    events: &[&Event],
    pages: &mut Vec<(Url, PlannedPage)>,
) {
    let mut years: BTreeMap<Option<i16>, Vec<&Event>> = BTreeMap::new();
    for event in events {
        years.entry(event.date.map(|date| date.year())).or_default().push(event);
    }
    let order: Vec<Option<i16>> = years.keys().copied().collect();
    let place = |event: Option<&&Event>| Some(view_context.routes.record(&event?.record.id)?.0.clone());
    for (at, (year, events)) in years.iter().enumerate() {
        // The route of a record names its part; the parts of a year are the pages of its records.
        let mut parts: BTreeMap<Url, Vec<&Event>> = BTreeMap::new();
        for event in events {
            if let Some((url, _)) = view_context.routes.record(&event.record.id) {
                parts.entry(url.clone()).or_default().push(event);
            }
        }
        let count = events.len().div_ceil(RECORDS_PER_PART).max(parts.len()) as u32;
        let spans: Vec<String> = if count < 2 {
            Vec::new()
        } else {
            (0..count)
                .map(|part| view_context.routes.page(&route::Page::Year(Arc::clone(&dossier.id), sort, *year, part)))
                .map(|url| span(parts.get(&url).map_or(&[][..], Vec::as_slice)))
                .collect()
        };
        for part in 0..count {
            let url = view_context.routes.page(&route::Page::Year(Arc::clone(&dossier.id), sort, *year, part));
            let here = parts.get(&url).map_or(&[][..], Vec::as_slice);
            let place = YearPart {
                sort,
                year: *year,
                part,
                parts: count,
                // Links lead back to the newest record of the year before, and on to the oldest of the year after.
                before: at.checked_sub(1).and_then(|at| Some((order[at], place(years[&order[at]].first())?))),
                after: order.get(at + 1).and_then(|year| Some((*year, place(years[year].last())?))),
                spans: &spans,
            };
            pages.push((url.clone(), Events::plan_year(view_context, dossier, items, here, place, url)));
        }
    }
}

/// First and last day of the records on a part of a year: `01-01 – 08-10`.
fn span(events: &[&Event]) -> String {
    let days = || events.iter().filter_map(|event| event.date);
    match (days().min(), days().max()) {
        (Some(first), Some(last)) => format!("{} – {}", first.strftime("%m-%d"), last.strftime("%m-%d")),
        _ => String::new(),
    }
}

/// Pages with their addresses.
type PlannedPages = Vec<(Url, PlannedPage)>;

/// Plans all pages outside dossiers on several threads. Each page goes to `each` as soon as it is planned, because the
/// forms of all customers at once would take too much memory. `tables` are the reports of this edition with the
/// addresses of their CSV. Returns early when `go_on` returns false, and with the first error of `each`.
pub fn archive_pages<E: Send>(
    view_context: ViewContext<'_>,
    archive: &Archive,
    tables: &[(Table, Url)],
    keep_going: &KeepGoing<'_>,
    each: &(dyn Fn(Url, PlannedPage) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let Some(archive_summary) = &ArchiveSummary::of(&view_context, archive, keep_going) else { return Ok(()) };
    let reports = archive.market_reports();
    let rivals = &CompetitorIndex::of(&view_context, archive, archive_summary, &reports);
    let sight = &PlanComparison::of(archive);
    let page = |page: route::Page| view_context.routes.page(&page);
    let one = |url: Url, plan: &dyn Fn(Url) -> PlannedPage| -> PlannedPages { vec![(url.clone(), plan(url))] };
    // Rows of a month's file share one page.
    let mut department: BTreeMap<&Url, Vec<&SharedRecord>> = BTreeMap::new();
    let own_pages = ["competitor", "visit-plan"];
    for loose in archive.shared_records.iter().filter(|loose| !own_pages.contains(&&*loose.entry.kind)) {
        if let Some((url, _)) = view_context.routes.record(&loose.record.id) {
            department.entry(url).or_default().push(loose);
        }
    }
    let mut parts: Vec<Box<dyn Fn() -> PlannedPages + Sync + '_>> = Vec::new();
    parts.push(Box::new(|| one(page(route::Page::Home), &|url| Home::plan(view_context, archive_summary, url))));
    for (order, _) in ORDERS {
        parts.push(Box::new(move || Customers::plan(view_context, archive_summary, order)));
    }
    parts.push(Box::new(|| People::plan(view_context, archive_summary)));
    parts.push(Box::new(|| Projects::plan(view_context, archive_summary)));
    if view_context.rule_context.may_read(&["competitor.name"]) {
        parts.push(Box::new(|| {
            one(page(route::Page::Competitors), &|url| Competitors::plan(view_context, archive_summary, rivals, url))
        }));
    }
    for loose in archive.of_kind("competitor") {
        parts.push(Box::new(move || match view_context.routes.record(&loose.record.id) {
            Some((url, _)) => one(url.clone(), &|url| Competitor::plan(view_context, archive_summary, rivals, loose, url)),
            None => PlannedPages::new(),
        }));
    }
    parts.push(Box::new(|| one(page(route::Page::Staff), &|url| StaffList::plan(view_context, archive_summary, url))));
    for member in &archive.staff {
        parts.push(Box::new(move || match view_context.routes.record(&member.record.id) {
            Some((url, _)) => one(url.clone(), &|url| Staff::plan(view_context, archive_summary, sight, member, url)),
            None => PlannedPages::new(),
        }));
        for month in Forms::months(view_context, archive_summary, member) {
            let url = page(route::Page::FormDays(member.entry.id.clone(), month));
            parts.push(Box::new(move || {
                one(url.clone(), &|url| Forms::days(view_context, archive_summary, member, month, url))
            }));
        }
    }
    parts.push(Box::new(|| {
        one(page(route::Page::VisitPlans), &|url| VisitPlans::plan(view_context, archive_summary, sight, url))
    }));
    for plan in &archive.visit_plans {
        parts.push(Box::new(move || match view_context.routes.record(&plan.record.id) {
            Some((url, _)) => one(url.clone(), &|url| VisitPlan::plan(view_context, archive_summary, sight, plan, url)),
            None => PlannedPages::new(),
        }));
    }
    parts.push(Box::new(|| {
        one(page(route::Page::Forms), &|url| FormList::plan(view_context, archive_summary, url, keep_going))
    }));
    parts.push(Box::new(|| one(page(route::Page::BlankForm(None)), &|url| Forms::blank(view_context, None, url))));
    for form in FORMS.iter() {
        let blank = page(route::Page::BlankForm(Some(form.form)));
        parts.push(Box::new(move || one(blank.clone(), &|url| Forms::blank(view_context, Some(form), url))));
        let subjects = Arc::new(Forms::subjects(view_context, archive_summary, form));
        for part in 0..Forms::parts_of_all(subjects.len()) {
            let (url, subjects) = (page(route::Page::AllForms(form.form, part)), Arc::clone(&subjects));
            parts
                .push(Box::new(move || one(url.clone(), &|url| Forms::all(view_context, archive, form, &subjects, part, url))));
        }
    }
    parts.push(Box::new(|| one(page(route::Page::Reports), &|url| Reports::plan(view_context, tables, url))));
    for (table, csv) in tables {
        parts.push(Box::new(move || Report::plan(view_context, table, csv)));
    }
    parts.push(Box::new(|| one(page(route::Page::Pages), &|url| Pages::plan(view_context, archive, url))));
    for loose in &archive.pages {
        parts.push(Box::new(move || match view_context.routes.record(&loose.record.id) {
            Some((url, _)) => one(url.clone(), &|url| Page::plan(view_context, archive, loose, url)),
            None => PlannedPages::new(),
        }));
    }
    for (url, all) in &department {
        parts.push(Box::new(move || one((*url).clone(), &|url| department::page_of(view_context, archive, all, url))));
    }
    for (kind, folder) in department::INDEXED {
        if archive.of_kind(kind).next().is_some() {
            parts.push(Box::new(move || {
                one(view_context.routes.page(&route::Page::DepartmentIndex(folder)), &|url| {
                    department::index_of(view_context, archive, kind, url)
                })
            }));
        }
    }
    if view_context.rule_context.edition.is_full() {
        parts.push(Box::new(|| Problems::plan(view_context, archive)));
    }
    parts.par_iter().with_max_len(1).try_for_each(|plan| {
        let planned = if keep_going() { plan() } else { PlannedPages::new() };
        planned.into_iter().try_for_each(|(url, planned)| each(url, planned))
    })
}
