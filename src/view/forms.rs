//! Pages of 附表1–7 ready to print: the set of a customer, the daily reports of a staff member, blank forms.

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::{ArchiveSummary, StaffWorklist};
use super::{Breadcrumbs, Frame, KeepGoing, Link, Linker, Names, PageLink, PlannedPage, SheetSlot, ViewContext};
use crate::archive::{self, Archive, Dossier, Event, EventKind, Party};
use crate::calendar::{Date, Month};
use crate::form::{self, Form, FormSubject, Sheet};
use crate::record::{RecordId, key};
use crate::route::{self, Url};

/// A page of official forms, one after the other, as they are printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Forms {
    /// The page frame.
    pub page: Frame,
    /// Heading of the page; it is not printed.
    pub heading: String,
    /// The customer, if this is the form set of one.
    pub customer: Option<Link>,
    /// The customer's name as `kedang form --customer` accepts it; possibly empty.
    pub customer_name: Arc<str>,
    /// The as-of date: `2026-11-24`; empty for blank forms.
    pub as_of: String,
    /// Whether the forms are blank.
    pub blank: bool,
    /// Whether there are two copies (S-11.2c): one for the files, one for the head of the department.
    pub copies: bool,
    /// 档案编号, the stem of the copies' 份号; possibly empty.
    pub number: Arc<str>,
    /// The forms of this page.
    pub sheets: Vec<SheetPart>,
    /// Links to the parts; empty if there is only one.
    pub parts: Vec<PageLink>,
}

/// One form on a page of forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SheetPart {
    /// HTML id on the page.
    pub id: String,
    /// `附表3`; empty if the sheet is no official form.
    pub name: String,
    /// Title.
    pub title: Arc<str>,
    /// The customer or person it is about, possibly empty.
    pub about: Arc<str>,
    /// Whether it belongs to the second copy only.
    pub second: bool,
    /// Whether this edition may hide a field of the form.
    pub limited: bool,
    /// Index of its finished HTML in `drawn`.
    pub sheet: usize,
}

/// The list of forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormList {
    /// The page frame.
    pub page: Frame,
    /// The seven forms.
    pub forms: Vec<FormRow>,
    /// Link to all blank forms on one page.
    pub blank: Option<Link>,
    /// Months of daily reports, by staff member.
    pub days: Vec<DayRow>,
}

/// A form in the list of forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormRow {
    /// `附表3`.
    pub name: String,
    /// Title, linked to the blank form.
    pub title: Link,
    /// Links to the parts of this form for all customers; empty if there are none.
    pub all: Names,
}

/// A staff member and the months with daily reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DayRow {
    /// The staff member.
    pub staff: Link,
    /// Links to the months, newest first.
    pub months: Names,
}

/// Daily reports cover this many months including the current one, so that the last quarter is always complete. Older
/// reports are signed and filed; `kedang form 7` prints them.
pub(super) const MONTHS: i32 = 4;
/// Sheets per page of one form for all customers.
const SHEETS_PER_PAGE: usize = 100;

/// Collects the sheets of a page.
struct SheetCollector<'p, 'a> {
    linker: &'p mut Linker<'a>,
    parts: Vec<SheetPart>,
    /// The form of the last sheet, and whether this edition may hide one of its fields: a cache for runs of one form.
    limited: (Option<u8>, bool),
}

impl<'p, 'a> SheetCollector<'p, 'a> {
    fn new(linker: &'p mut Linker<'a>) -> Self {
        SheetCollector { linker, parts: Vec::new(), limited: (None, false) }
    }

    /// Adds a sheet. `visits` gives the dossier of each of its visits if there are several dossiers.
    fn put(&mut self, id: String, sheet: Sheet, second: bool, visits: &[(&'a Dossier, &Event)]) {
        let own = self.linker.dossier;
        let mut slots = Vec::new();
        for passage in sheet.passages() {
            let home = visits.iter().find(|(_, event)| event.record.id == passage.record.id);
            self.linker.dossier = home.map(|(dossier, _)| *dossier).or(own);
            let record = &passage.record;
            let anchor = format!("{id}-{}", slots.len() + 1);
            slots.push(self.linker.body(record, &record.prose, record.body, &anchor, 2).unwrap_or(usize::MAX));
        }
        self.linker.dossier = own;
        if self.limited.0 != sheet.form {
            let form = sheet.form.and_then(Form::numbered);
            self.limited = (sheet.form, form.is_some_and(|form| !self.linker.shows_all(form)));
        }
        self.parts.push(SheetPart {
            id,
            name: sheet.number(),
            title: sheet.title.clone(),
            about: sheet.about.clone(),
            second,
            limited: self.limited.1,
            sheet: self.linker.papers.len(),
        });
        self.linker.papers.push(SheetSlot::new(&sheet, slots));
    }
}

impl Forms {
    /// All forms of a customer, in two copies.
    pub(super) fn customer(view_context: ViewContext<'_>, dossier: &Dossier, here: Url) -> PlannedPage {
        let form_context = view_context.form_context();
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let title = linker.interface_word("title_form_set");
        let customer = linker.dossier_link(dossier);
        let level = dossier.records().map(|record| linker.secrecy_of(record)).max().unwrap_or(1);
        let mut page = linker.frame(format!("{} {title}", customer.text), "customers", level);
        page.updated = dossier.latest().map(|date| linker.date(date));
        page.crumbs = linker.crumbs_below(dossier, title.clone());
        let mut tray = SheetCollector::new(&mut linker);
        let mut of_form = (0, 0);
        for whole in form::customer_set(dossier, form_context) {
            let number = whole.sheet.form.unwrap_or_default();
            of_form = if of_form.0 == number { (number, of_form.1 + 1) } else { (number, 1) };
            let id = match whole.person {
                Some(person) => view_context.person_anchor(&person.record.id),
                None if of_form.1 == 1 => format!("form-{number}"),
                None => format!("form-{number}-{}", of_form.1),
            };
            tray.put(id, whole.sheet, false, &[]);
        }
        for (at, sheet) in form::second_copy(dossier, form_context).into_iter().enumerate() {
            tray.put(format!("digest-{}", at + 1), sheet, true, &[]);
        }
        let sheets = tray.parts;
        let number = dossier.customer.as_ref().and_then(|customer| customer.record.fields.text(key::NUMBER));
        let view = Forms {
            page,
            heading: format!("{} {title}", customer.text),
            customer_name: customer.text.clone(),
            customer: Some(customer),
            as_of: linker.date(view_context.rule_context.as_of.0),
            blank: false,
            copies: true,
            number: number.map_or_else(Arc::default, |number| number.value.clone()),
            sheets,
            parts: Vec::new(),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }

    /// Blank forms: one, or all for `None`.
    pub(super) fn blank(view_context: ViewContext<'_>, form: Option<&'static Form>, here: Url) -> PlannedPage {
        let form_context = view_context.form_context();
        let mut linker = Linker::new(view_context, here, None);
        let heading = match form {
            Some(form) => format!("附表{} {}", form.form, linker.form_title(form)),
            None => linker.interface_word("title_blank_set").to_string(),
        };
        let mut page = linker.frame(heading.clone(), "forms", 0);
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_forms"), &route::Page::Forms),
            Link::plain(heading.as_str()),
        ]);
        let mut tray = SheetCollector::new(&mut linker);
        let sheets = match form {
            Some(form) => vec![form::fill(form, FormSubject::Nobody, form_context)],
            None => form::blank_set(form_context),
        };
        for sheet in sheets {
            // A blank form hides nothing.
            tray.put(format!("form-{}", sheet.form.unwrap_or_default()), sheet, false, &[]);
        }
        let mut sheets = tray.parts;
        sheets.iter_mut().for_each(|part| part.limited = false);
        let view = Forms { page, heading, blank: true, sheets, ..Forms::default() };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }

    /// The subjects of one form over all customers, in the order of the customers' list.
    pub(super) fn subjects<'a>(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'a>,
        form: &Form,
    ) -> Vec<(&'a Dossier, FormSubject<'a>)> {
        let of =
            |dossier| form::subjects(form, dossier, view_context.form_context()).into_iter().map(move |about| (dossier, about));
        archive_summary.summaries.iter().flat_map(|summary| of(summary.dossier)).collect()
    }

    /// Number of pages that `sheets` sheets of one form take.
    pub(super) fn parts_of_all(sheets: usize) -> u32 {
        sheets.div_ceil(SHEETS_PER_PAGE) as u32
    }

    /// One form for all customers: page `part`.
    pub(super) fn all(
        view_context: ViewContext<'_>,
        archive: &Archive,
        form: &'static Form,
        subjects: &[(&Dossier, FormSubject<'_>)],
        part: u32,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::for_shared_record(view_context, here, archive);
        let heading = format!("附表{} {} · {}", form.form, linker.form_title(form), linker.interface_word("all_customers"));
        let mut page = linker.list_frame(linker.part_title(&heading, part), "forms");
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_forms"), &route::Page::Forms),
            Link::plain(heading.as_str()),
        ]);
        let mut tray = SheetCollector::new(&mut linker);
        for (dossier, about) in subjects.iter().skip(part as usize * SHEETS_PER_PAGE).take(SHEETS_PER_PAGE) {
            let mut sheet = form::fill(form, *about, view_context.form_context());
            let customer = dossier.entry.short.clone().unwrap_or_else(|| dossier.entry.name.clone());
            let mut id = format!("f-{}", view_context.folder_stem(dossier));
            sheet.about = match about {
                FormSubject::Person(_, person) => {
                    id = format!("{id}-{}", view_context.person_anchor(&person.record.id));
                    [&*customer, " ", &*person.entry.name].concat().into()
                }
                _ => customer,
            };
            tray.put(id, sheet, false, &[]);
        }
        let sheets = tray.parts;
        let page_of = |part| route::Page::AllForms(form.form, part);
        let (as_of, parts) =
            (linker.date(view_context.rule_context.as_of.0), linker.parts(Forms::parts_of_all(subjects.len()), page_of));
        let view = Forms { page, heading, as_of, sheets, parts, ..Forms::default() };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }

    /// The months of a staff member's daily reports, newest first.
    pub(super) fn months(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        member: &archive::Staff,
    ) -> Vec<Month> {
        archive_summary
            .worklist(&member.entry.id)
            .map_or_else(Vec::new, |worklist| view_context.months_of(&member.entry.id, worklist))
    }

    /// The daily reports of a staff member in a month, one sheet per day.
    pub(super) fn days(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        member: &archive::Staff,
        month: Month,
        here: Url,
    ) -> PlannedPage {
        let who = Party::Registered(member.entry.clone());
        let mut linker = Linker::new(view_context, here, None);
        let heading =
            linker.interface_sentence("title_form_days", &[("name", &member.entry.name), ("month", &month.to_string())]);
        let mut page = linker.list_frame(heading.clone(), "staff");
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_staff"), &route::Page::Staff),
            linker.entry_name(&member.entry),
            Link::plain(heading.as_str()),
        ]);
        let reports = archive_summary
            .worklist(&member.entry.id)
            .into_iter()
            .flat_map(|worklist| view_context.reports_of(&member.entry.id, worklist));
        let mut days: Vec<(Date, usize, &Event)> = reports.filter(|(date, ..)| Month::of(*date) == month).collect();
        days.sort_by(|a, b| (a.0, a.1, &a.2.record.id).cmp(&(b.0, b.1, &b.2.record.id)));
        let mut tray = SheetCollector::new(&mut linker);
        for day in days.chunk_by(|one, next| one.0 == next.0) {
            let visits: Vec<(&Dossier, &Event)> =
                day.iter().map(|(_, at, event)| (archive_summary.summaries[*at].dossier, *event)).collect();
            if let Some(form) = Form::numbered(7) {
                let sheet = form::fill(form, FormSubject::Day(&who, day[0].0, &visits), view_context.form_context());
                tray.put(format!("d-{}", day[0].0), sheet, false, &visits);
            }
        }
        let sheets = tray.parts;
        let as_of = linker.date(view_context.rule_context.as_of.0);
        let view = Forms { page, heading, as_of, sheets, ..Forms::default() };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl FormList {
    /// The list of forms.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        here: Url,
        keep_going: &KeepGoing<'_>,
    ) -> PlannedPage {
        let linker = Linker::new(view_context, here, None);
        let title = linker.interface_word("title_forms");
        let all = |form: &Form| {
            (0..Forms::parts_of_all(Forms::subjects(view_context, archive_summary, form).len()))
                .map(|part| linker.page((part + 1).to_string(), &route::Page::AllForms(form.form, part)))
                .collect::<Vec<_>>()
        };
        let row = |form: &'static Form| FormRow {
            name: format!("附表{}", form.form),
            title: linker.page(linker.form_title(form), &route::Page::BlankForm(Some(form.form))),
            all: linker.join_links(all(form)),
        };
        let mut days = Vec::new();
        for member in archive_summary.archive.staff.iter().take_while(|_| keep_going()) {
            let months = Forms::months(view_context, archive_summary, member);
            if !months.is_empty() {
                days.push(DayRow {
                    staff: linker.entry_name(&member.entry),
                    months: linker.join_links(linker.months(&member.entry.id, &months)),
                });
            }
        }
        let view = FormList {
            page: linker.list_frame(&*title, "forms"),
            forms: form::FORMS.iter().map(row).collect(),
            blank: Some(linker.page(linker.interface_word("title_blank_set"), &route::Page::BlankForm(None))),
            days,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl<'a> ViewContext<'a> {
    /// The context for filling forms.
    pub(super) fn form_context(&self) -> form::FormContext<'a> {
        form::FormContext { as_of: self.rule_context.as_of, config: self.rule_context.config }
    }

    /// The visits this staff member reports (as first visitor) in the last [`MONTHS`] months.
    fn reports_of<'s, 'd: 's>(
        &self,
        id: &'s RecordId,
        worklist: &'s StaffWorklist<'d>,
    ) -> impl Iterator<Item = (Date, usize, &'d Event)> + 's {
        let view_context = *self;
        let visits = worklist.events.iter().filter(|(_, event)| event.sort == EventKind::Visit);
        let mine = visits.filter(|(_, event)| event.ours.first().is_some_and(|who| who.is(id)));
        let now = Month::of(view_context.rule_context.as_of.0);
        mine.filter_map(move |(at, event)| Some((event.date.filter(|date| is_recent(*date, now))?, *at, *event)))
    }

    /// The months of these visits, newest first.
    pub(super) fn months_of(&self, id: &RecordId, worklist: &StaffWorklist<'_>) -> Vec<Month> {
        let mut months: Vec<Month> = self.reports_of(id, worklist).map(|(date, ..)| Month::of(date)).collect();
        months.sort_unstable_by(|a, b| b.cmp(a));
        months.dedup();
        months
    }

    /// HTML id of a person's 附表2 in the form set: `form-2-wangjianguo-3f9a1c`.
    pub(super) fn person_anchor(&self, id: &RecordId) -> String {
        let stem = self.routes.record(id).map_or("", |(url, _)| url.stem());
        format!("form-2-{stem}")
    }

    fn folder_stem(&self, dossier: &Dossier) -> String {
        let url = self.routes.page(&route::Page::Dossier(Arc::clone(&dossier.id)));
        url.as_str().rsplit('/').nth(1).unwrap_or_default().to_owned()
    }
}

/// Whether the daily report of that day has a page.
fn is_recent(date: Date, now: Month) -> bool {
    let months = |month: Month| i32::from(month.year) * 12 + i32::from(month.month);
    let back = months(now) - months(Month::of(date));
    (0..MONTHS).contains(&back)
}

impl Linker<'_> {
    /// Title of a form in the language of the site.
    pub(super) fn form_title(&self, form: &Form) -> String {
        match self.view_context.words.lang() {
            crate::i18n::Lang::En => form.english.clone(),
            crate::i18n::Lang::Zh => form.title.clone(),
        }
    }

    /// Whether this edition may show every field of a form.
    pub(super) fn shows_all(&self, form: &Form) -> bool {
        form.reads.iter().all(|field| self.view_context.rule_context.may_read(&[field]))
    }

    /// Links to months of daily reports.
    pub(super) fn months(&self, id: &RecordId, months: &[Month]) -> Vec<Link> {
        months.iter().map(|month| self.page(month.to_string(), &route::Page::FormDays(id.clone(), *month))).collect()
    }

    /// Address of a person's 附表2; `None` if the person has left.
    pub(super) fn person_form(&self, dossier: &Dossier, person: &archive::Person) -> Option<Arc<str>> {
        let is_here = person.left.is_none_or(|left| left > self.view_context.rule_context.as_of.0);
        is_here.then(|| {
            let url = self.view_context.routes.page(&route::Page::FormSet(Arc::clone(&dossier.id)));
            Arc::from(self.here.relative(&url, Some(&self.view_context.person_anchor(&person.record.id))))
        })
    }

    /// Address of the daily report of a visit; `None` if it has no page.
    pub(super) fn daily_report(&self, event: &Event) -> Option<Arc<str>> {
        let date = event.date.filter(|date| {
            self.view_context.rule_context.has_happened(*date)
                && is_recent(*date, Month::of(self.view_context.rule_context.as_of.0))
        })?;
        let entry = event.ours.first()?.entry().filter(|entry| entry.is("staff"))?;
        if event.sort != EventKind::Visit {
            return None;
        }
        let url = self.view_context.routes.page(&route::Page::FormDays(entry.id.clone(), Month::of(date)));
        Some(Arc::from(self.here.relative(&url, Some(&format!("d-{date}")))))
    }
}
