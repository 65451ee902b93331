//! Visits or contacts in full: a page of those of a customer and year, or one on its own page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{EventDetails, Frame, Link, Linker, PageLink, PlannedPage, ViewContext};
use crate::archive::{self, Dossier, EventKind, OpenItem};
use crate::record::RecordId;
use crate::route::{self, Url};

/// Visits or contacts of a customer and year, in full; or one of them on a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Events {
    /// The page frame.
    pub page: Frame,
    /// `visit` or `contact`.
    pub sort: &'static str,
    /// Heading: `2026 年拜访`.
    pub heading: String,
    /// The customer.
    pub customer: Link,
    /// Whether it is a page of one record.
    pub single: bool,
    /// The records.
    pub events: Vec<EventDetails>,
    /// All pages of the year, if there are several.
    pub parts: Vec<PageLink>,
}

impl Events {
    /// A page of visits or contacts of a year; `events`: those on this page.
    pub(super) fn plan_year(
        view_context: ViewContext<'_>,
        dossier: &Dossier,
        items: &ItemsByRecord<'_>,
        events: &[&archive::Event],
        place: YearPart<'_>,
        here: Url,
    ) -> PlannedPage {
        let YearPart { sort, year, part, parts, before, after, spans } = place;
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let (name, dated, undated) = interface_keys(sort);
        let heading = |linker: &Linker<'_>, year: Option<i16>| match year {
            Some(year) => linker.interface_sentence(dated, &[("year", &year.to_string())]),
            None => linker.interface_word(undated).to_string(),
        };
        let this = heading(&linker, year);
        let customer = linker.dossier_link(dossier);
        let level = events.iter().map(|event| linker.secrecy_of(&event.record)).max().unwrap_or(1);
        let mut page = linker.frame(format!("{} {}", customer.text, linker.part_title(&this, part)), "customers", level);
        page.crumbs = linker.crumbs_below(dossier, this.clone());
        page.updated = events.iter().filter_map(|event| event.record.latest()).max().map(|date| linker.date(date));
        let link = |(year, url): (Option<i16>, Url)| Link::to(heading(&linker, year), linker.here.relative(&url, None));
        page.previous = before.map(|before| link(before).into());
        page.next = after.map(|after| link(after).into());
        let whole = events
            .iter()
            .map(|event| {
                let anchor = view_context.routes.record(&event.record.id).and_then(|(_, anchor)| anchor).unwrap_or_default();
                linker.event_details(event, items.of(&event.record.id), dossier, anchor)
            })
            .collect();
        let mut parts = linker.parts(parts, |part| route::Page::Year(Arc::clone(&dossier.id), sort, year, part));
        for (part, span) in parts.iter_mut().zip(spans) {
            part.holds.clone_from(span);
        }
        let heading = linker.part_title(&this, part);
        let view = Events { page, sort: name, heading, customer, single: false, events: whole, parts };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }

    /// The page of one visit or contact; `before` and `after`: its neighbours in time.
    pub(super) fn plan_one(
        view_context: ViewContext<'_>,
        dossier: &Dossier,
        items: &ItemsByRecord<'_>,
        event: &archive::Event,
        before: Option<&archive::Event>,
        after: Option<&archive::Event>,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let (name, ..) = interface_keys(event.sort);
        let customer = linker.dossier_link(dossier);
        let heading = linker.display_text(&event.entry).text;
        let mut page = linker.frame(format!("{} {heading}", customer.text), "customers", linker.secrecy_of(&event.record));
        page = linker.dated_frame(page, &event.record);
        page.crumbs = linker.crumbs_below(dossier, heading.clone());
        page.previous = before.map(|event| linker.display_text(&event.entry).into());
        page.next = after.map(|event| linker.display_text(&event.entry).into());
        let whole = linker.event_details(event, items.of(&event.record.id), dossier, "");
        let view = Events {
            page,
            sort: name,
            heading: heading.to_string(),
            customer,
            single: true,
            events: vec![whole],
            parts: Vec::new(),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

/// A part of a year.
pub(super) struct YearPart<'a> {
    /// Visits or contacts.
    pub sort: EventKind,
    /// The year; `None` for records without a date.
    pub year: Option<i16>,
    /// The part, from 0.
    pub part: u32,
    /// Number of parts of the year.
    pub parts: u32,
    /// The previous year with records, and its page.
    pub before: Option<(Option<i16>, Url)>,
    /// The next year with records, and its page.
    pub after: Option<(Option<i16>, Url)>,
    /// Range of each part, if there are several.
    pub spans: &'a [String],
}

/// Open items by the record that opened them.
pub(super) struct ItemsByRecord<'a>(BTreeMap<&'a RecordId, Vec<&'a OpenItem>>);

impl<'a> ItemsByRecord<'a> {
    /// Groups the items of a dossier by record.
    pub fn dossier(dossier: &'a Dossier) -> Self {
        let mut items: BTreeMap<&RecordId, Vec<&OpenItem>> = BTreeMap::new();
        for item in &dossier.items {
            items.entry(&item.record.id).or_default().push(item);
        }
        ItemsByRecord(items)
    }

    /// The items a record opened.
    pub fn of(&self, id: &RecordId) -> &[&'a OpenItem] {
        self.0.get(id).map_or(&[], Vec::as_slice)
    }
}

fn interface_keys(sort: EventKind) -> (&'static str, &'static str, &'static str) {
    match sort {
        EventKind::Visit => ("visit", "year_visits", "undated_visits"),
        EventKind::Contact | EventKind::Call => ("contact", "year_contacts", "undated_contacts"),
    }
}
