//! 首页: what needs a decision on the as-of date.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::dossier_summary::DossierSummary;
use super::{Due, Duty, EventRow, Figure, Frame, Link, Linker, PlannedPage, TextRuns, ViewContext};
use crate::archive::{self, DirectoryEntry, DueState, EventKind, OpenItem};
use crate::calendar::Date;
use crate::record::RecordId;
use crate::report::reports;
use crate::route::{self, Url};
use crate::rule::Finding;

/// 首页: what needs a decision on the as-of date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Home {
    /// The page frame.
    pub page: Frame,
    /// `2026-11-24`.
    pub as_of: String,
    /// The day of the week: 星期二.
    pub weekday: Arc<str>,
    /// Counts, each linked to its list.
    pub figures: Vec<Figure>,
    /// Overdue duties: promises to customers first, then the longest overdue.
    pub overdue: Vec<Duty>,
    /// How many more are overdue.
    pub overdue_more: usize,
    /// Overdue duties by staff member, the most first.
    pub by_person: Vec<StaffOverdue>,
    /// Address of the report of due duties.
    pub due_href: Option<Arc<str>>,
    /// Contacts and open items due within 30 days, in order of day.
    pub coming: Vec<UpcomingRow>,
    /// How many more are due.
    pub coming_more: usize,
    /// Visits and contacts since the last working day, newest first.
    pub recent: Vec<EventRow>,
    /// How many more there are.
    pub recent_more: usize,
    /// The last working day before the as-of date: `2026-11-20`.
    pub recent_since: String,
    /// 重大信息 of the last 30 days.
    pub major: Vec<MajorNewsRow>,
    /// Links to the archive's own pages.
    pub pages: Vec<Link>,
    /// Links to the reports.
    pub reports: Vec<Link>,
    /// Errors in the archive (full edition).
    pub errors: usize,
    /// Warnings in the archive (full edition).
    pub warnings: usize,
    /// Address of the page of problems (full edition).
    pub problems_href: Option<Arc<str>>,
}

/// A staff member and the duties overdue there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StaffOverdue {
    /// The staff member.
    pub staff: Link,
    /// How many duties are overdue.
    pub overdue: usize,
    /// How many of them are promises.
    pub promises: usize,
    /// The earliest due date: `2026-11-05`.
    pub oldest: Option<String>,
}

/// A contact or open item that is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UpcomingRow {
    /// The due date.
    pub due: Due,
    /// Its kind: 下次联系, 承诺, 问题.
    pub what: Arc<str>,
    /// Its text, possibly empty.
    pub text: TextRuns,
    /// The customer.
    pub customer: Link,
    /// The key person it is about.
    pub theirs: Option<Link>,
    /// The staff member who acts.
    pub ours: Option<Link>,
    /// 见面前看一眼; only for contacts.
    pub brief: Option<Link>,
}

/// A row of 重大信息.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MajorNewsRow {
    /// 日期: `2026-11-20`.
    pub date: String,
    /// The customer.
    pub customer: Link,
    /// 信息.
    pub fact: TextRuns,
    /// 含义, possibly empty.
    pub meaning: TextRuns,
    /// The record it is written in.
    pub record: Link,
}

/// Most rows on the page: duties, things to come, new records.
const OVERDUE_LIMIT: usize = 15;
const COMING_LIMIT: usize = 14;
const RECENT_LIMIT: usize = 12;
/// Days to look ahead, and back for 重大信息.
const COMING_DAYS: i32 = 30;

impl Home {
    /// 首页.
    pub(super) fn plan(view_context: ViewContext<'_>, archive_summary: &ArchiveSummary<'_>, here: Url) -> PlannedPage {
        let linker = Linker::new(view_context, here, None);
        let today = view_context.rule_context.as_of;
        let mut overdue: Vec<&Finding> =
            archive_summary.findings().filter(|finding| finding.state == Some(DueState::Overdue)).collect();
        // Promises to customers first, then the longest overdue.
        let place = |finding: &Finding| (!is_promise(finding), finding.due.is_none(), finding.due);
        overdue.sort_by(|a, b| {
            let by_whom = || (&a.customer.id, &a.subject.id).cmp(&(&b.customer.id, &b.subject.id));
            place(a).cmp(&place(b)).then_with(by_whom)
        });
        let soon = archive_summary.summaries.iter().map(|summary| is_soon(&linker, summary)).sum();
        let mut coming = coming_of_all(&linker, archive_summary);
        let coming_more = coming.len().saturating_sub(COMING_LIMIT);
        coming.truncate(COMING_LIMIT);
        let since = last_workday(&view_context, today.0);
        let (fresh, fresh_more) = recent(&linker, archive_summary, since);
        let (errors, warnings) = counts(&view_context);
        let page = linker.list_frame(&*linker.interface_word("home"), "home");
        let promises = overdue.iter().filter(|finding| is_promise(finding)).count();
        let view = Home {
            page,
            as_of: linker.date(today.0),
            weekday: linker.word_of("weekday", today.0.weekday().to_monday_one_offset()),
            figures: figures(&linker, archive_summary, overdue.len(), promises, soon),
            overdue_more: overdue.len().saturating_sub(OVERDUE_LIMIT),
            by_person: by_person(&linker, &overdue),
            overdue: overdue.iter().take(OVERDUE_LIMIT).map(|finding| linker.duty_row(finding)).collect(),
            due_href: reports(view_context.rule_context)
                .find(|report| report.name == "due")
                .and_then(|report| linker.page("", &route::Page::Report(report.name, 0)).href),
            coming,
            coming_more,
            recent: fresh,
            recent_more: fresh_more,
            recent_since: linker.date(since),
            major: major_news(&linker, archive_summary),
            pages: archive_summary.archive.pages.iter().map(|page| linker.entry_name(&page.entry)).collect(),
            reports: reports(view_context.rule_context)
                .map(|report| {
                    let title: Arc<str> = Arc::from(view_context.words.get(&format!("report.{}", report.name)));
                    linker.page(title, &route::Page::Report(report.name, 0))
                })
                .collect(),
            errors,
            warnings,
            problems_href: view_context
                .rule_context
                .edition
                .is_full()
                .then(|| linker.page("", &route::Page::Problems(0)).href)
                .flatten(),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

/// Whether a finding is an overdue promise to a customer.
pub(super) fn is_promise(finding: &Finding) -> bool {
    finding.rule.code == "promise-overdue"
}

fn figures(
    linker: &Linker<'_>,
    archive_summary: &ArchiveSummary<'_>,
    overdue: usize,
    promises: usize,
    soon: usize,
) -> Vec<Figure> {
    let view_context = linker.view_context;
    let key = archive_summary
        .summaries
        .iter()
        .filter_map(|summary| summary.dossier.customer.as_ref()?.level.as_deref())
        .filter(|level| view_context.config().level(level).is_some_and(|level| level.key))
        .count();
    let year = view_context.rule_context.as_of.0.year();
    let made = |sort: EventKind| {
        let in_year = |event: &&archive::Event| {
            event.sort == sort
                && event.date.is_some_and(|date| date.year() == year && view_context.rule_context.has_happened(date))
        };
        archive_summary.summaries.iter().map(|summary| summary.dossier.events.iter().filter(in_year).count()).sum()
    };
    let figure = |key: &'static str, value: usize, note: String, page: Option<route::Page>| Figure {
        key,
        value,
        label: linker.word_of("figure", key),
        note,
        href: page.and_then(|page| linker.page("", &page).href),
        tone: if key == "overdue" && value > 0 { "alarm" } else { "" },
    };
    let due = reports(view_context.rule_context).any(|report| report.name == "due").then_some(route::Page::Report("due", 0));
    let people = archive_summary.summaries.iter().map(|summary| summary.dossier.people.len()).sum();
    let note = |key: &str, count: usize| {
        if count == 0 { String::new() } else { linker.interface_sentence(key, &[("count", &count.to_string())]) }
    };
    vec![
        figure("overdue", overdue, note("note_of_promises", promises), due.clone()),
        figure("soon", soon, String::new(), due),
        figure("promises", archive_summary.summaries.iter().map(DossierSummary::promises).sum(), String::new(), None),
        figure(
            "customers",
            archive_summary.summaries.len(),
            note("note_key_customers", key),
            Some(route::Page::Customers("all", 0)),
        ),
        figure("people", people, String::new(), Some(route::Page::People(0))),
        figure("visits", made(EventKind::Visit), String::new(), None),
        figure("contacts", made(EventKind::Contact), String::new(), None),
    ]
}

fn by_person(linker: &Linker<'_>, overdue: &[&Finding]) -> Vec<StaffOverdue> {
    let mut staff: BTreeMap<&RecordId, (&Arc<DirectoryEntry>, Vec<&Finding>)> = BTreeMap::new();
    for finding in overdue {
        for entry in &finding.staff {
            staff.entry(&entry.id).or_insert_with(|| (entry, Vec::new())).1.push(finding);
        }
    }
    let mut loads: Vec<_> = staff.into_values().collect();
    loads.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
    let load = |(entry, found): &(&Arc<DirectoryEntry>, Vec<&Finding>)| StaffOverdue {
        staff: linker.entry_name(entry),
        overdue: found.len(),
        promises: found.iter().filter(|finding| is_promise(finding)).count(),
        oldest: found.iter().filter_map(|finding| finding.due).min().map(|date| linker.date(date)),
    };
    loads.iter().map(load).collect()
}

/// Contacts and open items due within 30 days from today, in order of day.
fn coming_of_all(linker: &Linker<'_>, archive_summary: &ArchiveSummary<'_>) -> Vec<UpcomingRow> {
    let mut rows: Vec<(Date, usize, UpcomingRow)> = Vec::new();
    for (at, summary) in archive_summary.summaries.iter().enumerate() {
        for (place, (_, standing)) in summary.pairs().enumerate() {
            if let Some(day) = standing.next.filter(|day| within(linker, *day)) {
                rows.push((day, at, coming_contact(linker, summary, place, day)));
            }
        }
        for (item, due) in &summary.open {
            if let Some(day) = due.filter(|day| within(linker, *day)) {
                rows.push((day, at, coming_item(linker, summary, item, day)));
            }
        }
    }
    rows.sort_by_key(|(day, at, _)| (*day, *at));
    rows.into_iter().map(|(.., row)| row).collect()
}

/// Number of contacts and open items of a dossier due within the notice period.
fn is_soon(linker: &Linker<'_>, summary: &DossierSummary<'_>) -> usize {
    let notice = linker.notice_days();
    let is_soon = |day: &Date| DueState::of(*day, linker.view_context.rule_context.as_of, notice) == DueState::Soon;
    summary.standings.iter().filter_map(|standing| standing.next).filter(is_soon).count()
        + summary.open.iter().filter_map(|(_, due)| *due).filter(is_soon).count()
}

/// Whether a day lies within the next 30 days, today included.
pub(super) fn within(linker: &Linker<'_>, day: Date) -> bool {
    let past = linker.view_context.rule_context.as_of.days_since(day);
    (-COMING_DAYS..=0).contains(&past)
}

/// The row of a contact due.
pub(super) fn coming_contact(linker: &Linker<'_>, summary: &DossierSummary<'_>, place: usize, day: Date) -> UpcomingRow {
    let pair = &summary.dossier.pairs[place];
    UpcomingRow {
        due: linker.postponed_from(linker.due(day), summary.standings[place].postponed_from, Some(&pair.ours)),
        what: linker.interface_word("coming_contact"),
        text: TextRuns::default(),
        customer: linker.customer_name(&summary.dossier.entry),
        theirs: Some(linker.entry_name(&pair.theirs)),
        ours: Some(linker.entry_name(&pair.ours)),
        brief: Some(linker.page(linker.interface_word("brief"), &route::Page::Brief(Arc::clone(&summary.dossier.id)))),
    }
}

fn coming_item(linker: &Linker<'_>, summary: &DossierSummary<'_>, item: &OpenItem, day: Date) -> UpcomingRow {
    let shown = linker.item(item, summary.dossier, true);
    UpcomingRow {
        due: shown.due.unwrap_or_else(|| linker.due(day)),
        what: shown.word,
        text: shown.text,
        customer: linker.customer_name(&summary.dossier.entry),
        theirs: shown.to,
        ours: shown.owner,
        brief: None,
    }
}

/// The last working day before `day`.
fn last_workday(view_context: &ViewContext<'_>, day: Date) -> Date {
    let workdays = &view_context.config().workdays;
    let mut day = day;
    // Longer than any run of days off.
    for _ in 0..31 {
        let Ok(before) = day.yesterday() else { break };
        day = before;
        if workdays.is_workday(day) {
            break;
        }
    }
    day
}

/// Visits and contacts made or filled in since `since`, newest first, and how many are left out.
fn recent(linker: &Linker<'_>, archive_summary: &ArchiveSummary<'_>, since: Date) -> (Vec<EventRow>, usize) {
    let context = linker.view_context.rule_context;
    let mut found: Vec<(Date, usize, &archive::Event)> = Vec::new();
    for (at, summary) in archive_summary.summaries.iter().enumerate() {
        for event in &summary.dossier.events {
            let day = event.date.max(event.filled).filter(|day| *day >= since && context.has_happened(*day));
            if let Some(day) = day {
                found.push((day, at, event));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let more = found.len().saturating_sub(RECENT_LIMIT);
    let touch =
        |(_, at, event): &(Date, usize, &archive::Event)| linker.event_row(event, Some(archive_summary.summaries[*at].dossier));
    (found.iter().take(RECENT_LIMIT).map(touch).collect(), more)
}

/// 重大信息 of the last 30 days, newest first.
fn major_news(linker: &Linker<'_>, archive_summary: &ArchiveSummary<'_>) -> Vec<MajorNewsRow> {
    let as_of = linker.view_context.rule_context.as_of;
    let mut rows = Vec::new();
    for summary in &archive_summary.summaries {
        for row in summary.dossier.information.iter().filter(|row| row.major) {
            let Some(date) = row.date.filter(|date| (0..=COMING_DAYS).contains(&as_of.days_since(*date))) else { continue };
            let row = linker.information(row);
            rows.push((date, linker.customer_name(&summary.dossier.entry), row));
        }
    }
    rows.sort_by_key(|(date, ..)| std::cmp::Reverse(*date));
    rows.into_iter()
        .map(|(date, customer, row)| MajorNewsRow {
            date: linker.date(date),
            customer,
            fact: row.fact,
            meaning: row.meaning,
            record: row.record,
        })
        .collect()
}

/// Number of errors, and of all other problems.
fn counts(view_context: &ViewContext<'_>) -> (usize, usize) {
    let all = || view_context.problems.values().flat_map(|problems| problems.iter());
    let errors = all().filter(|problem| problem.severity == "error").count();
    (errors, all().count() - errors)
}
