//! 首页: what needs a decision today.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::digest::Digest;
use super::survey::Survey;
use super::{Due, Duty, Figure, Frame, Link, Pen, Planned, Runs, Scene, Touch};
use crate::archive::{self, Card, EventSort, OpenItem, State};
use crate::calendar::Date;
use crate::record::RecordId;
use crate::report::reports;
use crate::route::{self, Url};
use crate::rule::Finding;

/// 首页: what needs a decision today. A statement as of a date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Home {
    /// What is around it.
    pub page: Frame,
    /// `2026-11-24`.
    pub as_of: String,
    /// 星期二.
    pub weekday: Arc<str>,
    /// Counts, each with the list behind it.
    pub figures: Vec<Figure>,
    /// Overdue, promises to customers first.
    pub overdue: Vec<Duty>,
    /// How many more are overdue.
    pub overdue_more: usize,
    /// Overdue by person.
    pub by_person: Vec<Load>,
    /// The report with all of it.
    pub due_href: Option<Arc<str>>,
    /// What comes within 30 days, in order of day.
    pub coming: Vec<Coming>,
    /// How many more.
    pub coming_more: usize,
    /// Records since the last working day.
    pub fresh: Vec<Touch>,
    /// How many more.
    pub fresh_more: usize,
    /// Since when: `2026-11-20`.
    pub fresh_since: String,
    /// 重大信息 of the last 30 days.
    pub major: Vec<MajorRow>,
    /// Pages of the archive.
    pub pages: Vec<Link>,
    /// Reports.
    pub reports: Vec<Link>,
    /// Errors in the archive (full edition).
    pub errors: usize,
    /// Warnings in the archive (full edition).
    pub warnings: usize,
    /// The page of problems (full edition).
    pub problems_href: Option<Arc<str>>,
}

/// One of ours and what is late there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Load {
    /// Who.
    pub staff: Link,
    /// How many duties are overdue.
    pub overdue: usize,
    /// Of them, promises.
    pub promises: usize,
    /// The oldest.
    pub oldest: Option<String>,
}

/// Something that comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coming {
    /// When.
    pub due: Due,
    /// 下次联系, 承诺, 问题.
    pub what: Arc<str>,
    /// More about it, possibly empty.
    pub text: Runs,
    /// The customer.
    pub customer: Link,
    /// Whom it is about.
    pub theirs: Option<Link>,
    /// Who does it.
    pub ours: Option<Link>,
    /// 见面前看一眼, before a contact.
    pub brief: Option<Link>,
}

/// A piece of major news.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MajorRow {
    /// When.
    pub date: String,
    /// The customer.
    pub customer: Link,
    /// What.
    pub fact: Runs,
    /// What it means, possibly empty.
    pub meaning: Runs,
    /// The record.
    pub said: Link,
}

/// So many duties stand on the page, so many things to come, so many new records.
const OVERDUE: usize = 15;
const COMING: usize = 14;
const FRESH: usize = 12;
/// How far ahead is looked, and how far back for major news, in days.
const DAYS: i32 = 30;

impl Home {
    /// 首页.
    pub(super) fn plan(scene: Scene<'_>, survey: &Survey<'_>, here: Url) -> Planned {
        let pen = Pen::new(scene, here, None);
        let today = scene.bench.as_of;
        let mut overdue: Vec<&Finding> = survey.findings().filter(|finding| finding.state == Some(State::Overdue)).collect();
        // Promises to customers first, then what is late longest.
        let place = |finding: &Finding| (!is_promise(finding), finding.due.is_none(), finding.due);
        overdue.sort_by(|a, b| {
            let by_whom = || (&a.customer.id, &a.subject.id).cmp(&(&b.customer.id, &b.subject.id));
            place(a).cmp(&place(b)).then_with(by_whom)
        });
        let soon = survey.digests.iter().map(|digest| soon(&pen, digest)).sum();
        let mut coming = coming_of_all(&pen, survey);
        let coming_more = coming.len().saturating_sub(COMING);
        coming.truncate(COMING);
        let since = last_workday(&scene, today.0);
        let (fresh, fresh_more) = fresh(&pen, survey, since);
        let (errors, warnings) = counts(&scene);
        let page = pen.list_frame(&*pen.word("home"), "home");
        let promises = overdue.iter().filter(|finding| is_promise(finding)).count();
        let view = Home {
            page,
            as_of: pen.date(today.0),
            weekday: pen.word_of("weekday", today.0.weekday().to_monday_one_offset()),
            figures: figures(&pen, survey, overdue.len(), promises, soon),
            overdue_more: overdue.len().saturating_sub(OVERDUE),
            by_person: by_person(&pen, &overdue),
            overdue: overdue.iter().take(OVERDUE).map(|finding| pen.duty(finding)).collect(),
            due_href: reports(scene.bench)
                .find(|report| report.name == "due")
                .and_then(|report| pen.page("", &route::Page::Report(report.name, 0)).href),
            coming,
            coming_more,
            fresh,
            fresh_more,
            fresh_since: pen.date(since),
            major: major(&pen, survey),
            pages: survey.archive.pages.iter().map(|page| pen.card(&page.card)).collect(),
            reports: reports(scene.bench)
                .map(|report| {
                    let title: Arc<str> = Arc::from(scene.words.get(&format!("report.{}", report.name)));
                    pen.page(title, &route::Page::Report(report.name, 0))
                })
                .collect(),
            errors,
            warnings,
            problems_href: scene.bench.edition.is_full().then(|| pen.page("", &route::Page::Problems(0)).href).flatten(),
        };
        Planned { view: view.into(), slots: pen.slots, papers: pen.papers }
    }
}

/// Whether a duty is a promise to a customer.
pub(super) fn is_promise(finding: &Finding) -> bool {
    finding.rule.code == "promise-overdue"
}

fn figures(pen: &Pen<'_>, survey: &Survey<'_>, overdue: usize, promises: usize, soon: usize) -> Vec<Figure> {
    let scene = pen.scene;
    let key = survey
        .digests
        .iter()
        .filter_map(|digest| digest.dossier.customer.as_ref()?.level.as_deref())
        .filter(|level| scene.policy().level(level).is_some_and(|level| level.key))
        .count();
    let year = scene.bench.as_of.0.year();
    let made = |sort: EventSort| {
        let in_year = |event: &&archive::Event| {
            event.sort == sort && event.date.is_some_and(|date| date.year() == year && scene.bench.sees(date))
        };
        survey.digests.iter().map(|digest| digest.dossier.events.iter().filter(in_year).count()).sum()
    };
    let figure = |key: &'static str, value: usize, note: String, page: Option<route::Page>| Figure {
        key,
        value,
        label: pen.word_of("figure", key),
        note,
        href: page.and_then(|page| pen.page("", &page).href),
        tone: if key == "overdue" && value > 0 { "alarm" } else { "" },
    };
    let due = reports(scene.bench).any(|report| report.name == "due").then_some(route::Page::Report("due", 0));
    let people = survey.digests.iter().map(|digest| digest.dossier.people.len()).sum();
    let note =
        |key: &str, count: usize| if count == 0 { String::new() } else { pen.say(key, &[("count", &count.to_string())]) };
    vec![
        figure("overdue", overdue, note("note_of_promises", promises), due.clone()),
        figure("soon", soon, String::new(), due),
        figure("promises", survey.digests.iter().map(Digest::promises).sum(), String::new(), None),
        figure("customers", survey.digests.len(), note("note_key_customers", key), Some(route::Page::Customers("all", 0))),
        figure("people", people, String::new(), Some(route::Page::People(0))),
        figure("visits", made(EventSort::Visit), String::new(), None),
        figure("contacts", made(EventSort::Contact), String::new(), None),
    ]
}

fn by_person(pen: &Pen<'_>, overdue: &[&Finding]) -> Vec<Load> {
    let mut staff: BTreeMap<&RecordId, (&Arc<Card>, Vec<&Finding>)> = BTreeMap::new();
    for finding in overdue {
        for card in &finding.staff {
            staff.entry(&card.id).or_insert_with(|| (card, Vec::new())).1.push(finding);
        }
    }
    let mut loads: Vec<_> = staff.into_values().collect();
    loads.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
    let load = |(card, found): &(&Arc<Card>, Vec<&Finding>)| Load {
        staff: pen.card(card),
        overdue: found.len(),
        promises: found.iter().filter(|finding| is_promise(finding)).count(),
        oldest: found.iter().filter_map(|finding| finding.due).min().map(|date| pen.date(date)),
    };
    loads.iter().map(load).collect()
}

/// Contacts and items due from today on, within 30 days, in order of day.
fn coming_of_all(pen: &Pen<'_>, survey: &Survey<'_>) -> Vec<Coming> {
    let mut rows: Vec<(Date, usize, Coming)> = Vec::new();
    for (at, digest) in survey.digests.iter().enumerate() {
        for (place, (_, standing)) in digest.pairs().enumerate() {
            if let Some(day) = standing.next.filter(|day| within(pen, *day)) {
                rows.push((day, at, coming_contact(pen, digest, place, day)));
            }
        }
        for (item, due) in &digest.open {
            if let Some(day) = due.filter(|day| within(pen, *day)) {
                rows.push((day, at, coming_item(pen, digest, item, day)));
            }
        }
    }
    rows.sort_by_key(|(day, at, _)| (*day, *at));
    rows.into_iter().map(|(.., row)| row).collect()
}

/// How many contacts and items of a dossier are due within the days of notice.
fn soon(pen: &Pen<'_>, digest: &Digest<'_>) -> usize {
    let notice = pen.notice();
    let is_soon = |day: &Date| State::of(*day, pen.scene.bench.as_of, notice) == State::Soon;
    digest.standings.iter().filter_map(|standing| standing.next).filter(is_soon).count()
        + digest.open.iter().filter_map(|(_, due)| *due).filter(is_soon).count()
}

/// Whether a day lies within the next 30, today included.
pub(super) fn within(pen: &Pen<'_>, day: Date) -> bool {
    let past = pen.scene.bench.as_of.days_since(day);
    (-DAYS..=0).contains(&past)
}

/// A contact owed.
pub(super) fn coming_contact(pen: &Pen<'_>, digest: &Digest<'_>, place: usize, day: Date) -> Coming {
    let pair = &digest.dossier.pairs[place];
    Coming {
        due: pen.put_off(pen.due(day), digest.standings[place].put_off_from, Some(&pair.ours)),
        what: pen.word("coming_contact"),
        text: Runs::default(),
        customer: pen.customer(&digest.dossier.card),
        theirs: Some(pen.card(&pair.theirs)),
        ours: Some(pen.card(&pair.ours)),
        brief: Some(pen.page(pen.word("brief"), &route::Page::Brief(Arc::clone(&digest.dossier.id)))),
    }
}

fn coming_item(pen: &Pen<'_>, digest: &Digest<'_>, item: &OpenItem, day: Date) -> Coming {
    let shown = pen.item(item, digest.dossier, true);
    Coming {
        due: shown.due.unwrap_or_else(|| pen.due(day)),
        what: shown.word,
        text: shown.text,
        customer: pen.customer(&digest.dossier.card),
        theirs: shown.to,
        ours: shown.owner,
        brief: None,
    }
}

/// The last working day before `day`.
fn last_workday(scene: &Scene<'_>, day: Date) -> Date {
    let workdays = &scene.policy().workdays;
    let mut day = day;
    // No run of days off is longer than this.
    for _ in 0..31 {
        let Ok(before) = day.yesterday() else { break };
        day = before;
        if workdays.is_workday(day) {
            break;
        }
    }
    day
}

/// Visits and contacts made or written since `since`, newest first, and how many found no room.
fn fresh(pen: &Pen<'_>, survey: &Survey<'_>, since: Date) -> (Vec<Touch>, usize) {
    let bench = pen.scene.bench;
    let mut found: Vec<(Date, usize, &archive::Event)> = Vec::new();
    for (at, digest) in survey.digests.iter().enumerate() {
        for event in &digest.dossier.events {
            let day = event.date.max(event.filled).filter(|day| *day >= since && bench.sees(*day));
            if let Some(day) = day {
                found.push((day, at, event));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let more = found.len().saturating_sub(FRESH);
    let touch = |(_, at, event): &(Date, usize, &archive::Event)| pen.touch(event, Some(survey.digests[*at].dossier));
    (found.iter().take(FRESH).map(touch).collect(), more)
}

/// 重大信息 of the last 30 days, newest first.
fn major(pen: &Pen<'_>, survey: &Survey<'_>) -> Vec<MajorRow> {
    let as_of = pen.scene.bench.as_of;
    let mut rows = Vec::new();
    for digest in &survey.digests {
        for row in digest.dossier.information.iter().filter(|row| row.major) {
            let Some(date) = row.date.filter(|date| (0..=DAYS).contains(&as_of.days_since(*date))) else { continue };
            let row = pen.information(row);
            rows.push((date, pen.customer(&digest.dossier.card), row));
        }
    }
    rows.sort_by_key(|(date, ..)| std::cmp::Reverse(*date));
    rows.into_iter()
        .map(|(date, customer, row)| MajorRow {
            date: pen.date(date),
            customer,
            fact: row.fact,
            meaning: row.meaning,
            said: row.said,
        })
        .collect()
}

/// How many errors and other problems there are.
fn counts(scene: &Scene<'_>) -> (usize, usize) {
    let all = || scene.problems.values().flat_map(|problems| problems.iter());
    let errors = all().filter(|problem| problem.severity == "error").count();
    (errors, all().count() - errors)
}
