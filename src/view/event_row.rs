//! Visits, contacts and calls, as a timeline row or in full.

use std::sync::Arc;

use serde::Serialize;

use super::record::HeadingLevels;
use super::{EventRow, Field, Item, Link, Linker, Names, RecordPart, TextRuns};
use crate::archive::{self, Dossier, EventKind, OpenItem};
use crate::markdown::excerpt;
use crate::record::key;

/// A visit or contact in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventDetails {
    /// Its timeline row.
    pub row: EventRow,
    /// Promises, problems and opinions opened by it, with their states.
    pub items: Vec<Item>,
    /// 报告, as text.
    pub report: TextRuns,
    /// 改进, as text.
    pub improve: TextRuns,
    /// The visit plan with its row.
    pub plan: Option<Link>,
    /// Fields inherited from the plan row because the visit leaves them empty.
    pub inherited: Vec<Field>,
    /// Next contacts stated in it.
    pub next: Vec<StatedContact>,
    /// The page of the daily report (附表7) that contains it, if there is one.
    pub form: Option<Arc<str>>,
    /// All other fields, and the prose.
    pub record: RecordPart,
}

/// A next contact stated in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatedContact {
    /// The day: `2026-12-08`.
    pub date: String,
    /// With whom; empty if with everybody.
    pub theirs: Names,
}

/// Maximum length of an excerpt in characters: two lines of a timeline.
const SUMMARY_LENGTH: usize = 80;

/// Fields that the head or the table of items already shows.
const FIELDS_SHOWN_ELSEWHERE: &[&str] = &[
    "date",
    "visitor",
    "companions",
    "staff",
    "people",
    "channel",
    "plan",
    "result",
    "achieved",
    "improve",
    "next",
    "promises",
    "open",
    "verified",
];

impl Linker<'_> {
    /// An event as a row. `wide`: its dossier, if the row names the customer.
    pub fn event_row(&self, event: &archive::Event, wide: Option<&Dossier>) -> EventRow {
        let line = match self.view_context.links {
            Some(known) => known.line(event, || self.page_independent_row(event, wide)),
            None => self.page_independent_row(event, wide),
        };
        let subject = match event.sort {
            // The excerpt of a call is what was asked; it has no subject.
            EventKind::Call => Arc::default(),
            _ => event.project.clone().or_else(|| event.subject.clone()).unwrap_or_default(),
        };
        EventRow {
            customer: wide.map(|dossier| self.customer_name(&dossier.entry)),
            ours: self.party_names(&event.ours),
            theirs: self.party_names(&event.theirs),
            about: Link { text: subject, href: event.project_card.as_ref().and_then(|entry| self.href(&entry.id)) },
            href: self.href(&event.record.id),
            ..line
        }
    }

    /// The parts of a row that do not depend on the page.
    fn page_independent_row(&self, event: &archive::Event, dossier: Option<&Dossier>) -> EventRow {
        let (sort, what) = match event.sort {
            EventKind::Visit => ("visit", self.interface_word("visit")),
            EventKind::Contact => ("contact", event.channel.clone().unwrap_or_else(|| self.interface_word("contact"))),
            EventKind::Call => ("call", event.channel.clone().unwrap_or_else(|| self.interface_word("contact"))),
        };
        let hidden: &[&str] = match event.sort {
            EventKind::Visit => &["visit.prose"],
            EventKind::Contact => &["contact.prose", "contact.report"],
            EventKind::Call => &["inbound.what"],
        };
        let own = if event.sort == EventKind::Call { "what" } else { "report" };
        let report = match event.record.fields.text(own) {
            Some(report) if event.record.excerpt.is_empty() || event.sort == EventKind::Call => &report.value,
            _ => &event.record.excerpt,
        };
        EventRow {
            date: event.date.map(|date| self.date(date)),
            sort,
            what,
            plan: event.plan.as_ref().map(|code| Arc::from(code.shown())),
            result: event.result.as_ref().map(|code| self.result(code)),
            achieved: event.achieved.as_ref().map(|word| self.achieved(word)),
            excerpt: Arc::from(excerpt(&self.plain_text(dossier, &event.record.id, report), SUMMARY_LENGTH)),
            // Where reports may be hidden, a missing one cannot be reported.
            reported: event.reported || !self.view_context.rule_context.may_read(hidden),
            ..EventRow::default()
        }
    }

    /// A visit or contact in full. `anchor`: its id on a shared page, where each has a heading below the title.
    pub fn event_details(
        &mut self,
        event: &archive::Event,
        items: &[&OpenItem],
        dossier: &Dossier,
        anchor: &str,
    ) -> EventDetails {
        let record = &event.record;
        let mut without = FIELDS_SHOWN_ELSEWHERE.to_vec();
        // 报告 takes the place of missing prose; beside prose it stays among the fields.
        if record.prose.is_empty() {
            without.push("report");
        }
        // A page of its own has no heading that shows the 方式, so the field stays.
        if anchor.is_empty() {
            without.retain(|key| *key != "channel");
        }
        let fields = if anchor.is_empty() { 1 } else { 2 };
        let under = HeadingLevels { fields, prose: fields + u8::from(record.kind.prose_label.is_some()) };
        EventDetails {
            // The full report follows.
            row: EventRow { excerpt: Arc::default(), ..self.event_row(event, None) },
            items: items.iter().map(|item| Item { opened: Link::default(), ..self.item(item, dossier, false) }).collect(),
            report: record.fields.text(key::REPORT).map_or_else(TextRuns::default, |text| self.text(&record.id, &text.value)),
            improve: event.improve.as_ref().map_or_else(TextRuns::default, |text| self.text(&record.id, text)),
            plan: event.planned.as_ref().map(|row| self.entry_name(&row.plan)),
            inherited: self.inherited(event),
            next: event
                .next
                .iter()
                .map(|next| StatedContact { date: self.date(next.date), theirs: self.party_names(&next.theirs) })
                .collect(),
            form: self.daily_report(event),
            record: self.record(record, anchor, &without, under),
        }
    }
}
