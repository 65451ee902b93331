//! The page of one department record, or of all rows of a month's file.

use std::sync::Arc;

use super::{Department, LOANS, RecordSection, Section, SectionCell, SectionRow, index, known_kind};
use crate::archive::{Archive, Loan, Party, SharedRecord};
use crate::route::Url;
use crate::view::record::HeadingLevels;
use crate::view::{Linker, PlannedPage, StateTag, TextRuns, ViewContext};

/// Fields that are not repeated below the tables.
fn fields_in_tables(kind: &str) -> &'static [&'static str] {
    match kind {
        "inbound" => {
            &["date", "channel", "customer", "from", "what", "forwarded_to", "forwarded_on", "result", "clerk", "verified"]
        }
        "directive" => &["items", "verified"],
        "review" => &["suggestions", "exceptions", "verified"],
        "inspection" => &["findings", "verified"],
        "regulation" => &["reviews", "verified"],
        LOANS => &["loans", "verified"],
        _ => &["verified"],
    }
}

pub(super) fn plan(view_context: ViewContext<'_>, archive: &Archive, all: &[&SharedRecord], here: Url) -> PlannedPage {
    let mut linker = Linker::for_shared_record(view_context, here, archive);
    let kind = all.first().map_or("", |loose| known_kind(&loose.entry.kind));
    let shared = all.iter().any(|loose| loose.entry.id.as_str().contains('#'));
    let name = match all.first() {
        Some(first) if shared => linker.month_of(&first.entry),
        Some(first) => linker.entry_name(&first.entry).text,
        None => Arc::default(),
    };
    let level = all.iter().map(|loose| linker.secrecy_of(&loose.record)).max().unwrap_or(0);
    let mut page = linker.frame(&*name, "pages", level);
    page.updated = all.iter().filter_map(|loose| loose.record.latest()).max().map(|date| linker.date(date));
    if let [only] = all {
        page = linker.dated_frame(page, &only.record);
    }
    page.crumbs = linker.breadcrumbs(kind, Some(&name));
    let sections = sections(&linker, archive, kind, all);
    let state = match (kind, all) {
        ("market-report", [only]) => linker.punctuality_cell(&archive.market_report(only)).tag,
        ("regulation", [only])
            if archive
                .regulation_in_force(view_context.rule_context.as_of)
                .is_some_and(|now| now.entry.id == only.entry.id) =>
        {
            Some(StateTag { text: linker.interface_word("in_force"), tone: "good" })
        }
        _ => None,
    };
    let has_rows = sections.iter().flat_map(|section| &section.rows).any(|row| !row.anchor.is_empty());
    let records = all.iter().filter_map(|loose| linker.record_section(loose, kind, shared, has_rows)).collect();
    let view = Department { page, name, kind, state, sections, records };
    PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
}

fn sections(linker: &Linker<'_>, archive: &Archive, kind: &str, all: &[&SharedRecord]) -> Vec<Section> {
    match (kind, all) {
        ("inbound", all) => vec![inbound_table(linker, archive, all)],
        ("directive", [only]) => vec![directive(linker, archive, only)],
        ("review", [only]) => review(linker, archive, only),
        ("inspection", [only]) => vec![suggestions_table(linker, archive, only)],
        ("regulation", _) => index::regulation(linker, archive),
        (LOANS, _) => loans(linker, archive),
        _ => Vec::new(),
    }
}

/// 来电来函 as a table: one row per record, each with its HTML id.
fn inbound_table(linker: &Linker<'_>, archive: &Archive, all: &[&SharedRecord]) -> Section {
    let mut columns =
        linker.heads("inbound", &["date", "channel", "customer", "from", "what", "forwarded_to", "forwarded_on", "result"]);
    columns.push(linker.field_head("inbound", "clerk"));
    let mut section = Section::new("ledger", linker.interface_word("register"), columns);
    let mut calls: Vec<_> = all.iter().map(|loose| archive.call(loose)).collect();
    calls.sort_by(|a, b| (a.loose.record.date, &a.loose.entry.id).cmp(&(b.loose.record.date, &b.loose.entry.id)));
    for call in calls {
        let record = &call.loose.record;
        let text = |text: Option<&Arc<str>>| -> SectionCell {
            text.map_or_else(TextRuns::default, |text| linker.text(&record.id, text)).into()
        };
        let told = if call.is_passed_on(linker.view_context.rule_context.as_of) {
            linker.day_cell(call.on)
        } else {
            SectionCell { text: linker.day_cell(call.on).text, ..linker.tag_cell("bad", "not_passed_on") }
        };
        let anchor = linker.view_context.routes.record(&record.id).and_then(|(_, anchor)| anchor).unwrap_or_default();
        section.rows.push(SectionRow {
            anchor: anchor.into(),
            cells: vec![
                linker.day_cell(record.date),
                linker.text_cell(call.channel.as_ref()),
                linker.party_cell(call.unit.as_ref()),
                linker.party_cell(call.from.as_ref()),
                text(call.what.as_ref()),
                linker.people_cell(&call.to),
                told,
                text(call.result.as_ref()),
                linker.party_cell(call.clerk.as_ref()),
            ],
        });
    }
    section
}

fn directive(linker: &Linker<'_>, archive: &Archive, loose: &SharedRecord) -> Section {
    let columns = ["about", "what", "read", "owner", "due", "done", "note"];
    let columns = columns.map(|column| linker.field_head("directive", &format!("items.{column}"))).into();
    let mut section = Section::new("items", linker.field_head("directive", "items"), columns);
    for row in archive.directives_of(loose) {
        let about = match &row.about {
            Some(Party::Registered(entry)) => linker.mention_name(entry).into(),
            other => linker.party_cell(other.as_ref()),
        };
        let what: SectionCell =
            row.text.as_ref().map_or_else(TextRuns::default, |text| linker.text(&loose.record.id, text)).into();
        let read = if row.read { linker.tag_cell("good", "yes") } else { SectionCell::default() };
        let due = SectionCell {
            due: row.due.filter(|_| !row.done).map(|due| linker.due(due)),
            ..linker.day_cell(row.due.filter(|_| row.done))
        };
        let done = match (row.done, row.done_on) {
            (true, Some(day)) => linker.day_cell(Some(day)),
            (true, None) => linker.tag_cell("good", "carried_out"),
            (false, _) => SectionCell::default(),
        };
        section.push(vec![
            about,
            what,
            read,
            linker.party_cell(row.owner.as_ref()),
            due,
            done,
            linker.text_cell(row.note.as_ref()),
        ]);
    }
    section
}

fn suggestions_table(linker: &Linker<'_>, archive: &Archive, loose: &SharedRecord) -> Section {
    let (kind, field, remark) = match &*loose.entry.kind {
        "review" => ("review", "suggestions", "result"),
        _ => ("inspection", "findings", "note"),
    };
    let columns = ["what", "customer", "owner", "due", "done", remark];
    let columns = columns.map(|column| linker.field_head(kind, &format!("{field}.{column}"))).into();
    let mut section = Section::new(field, linker.field_head(kind, field), columns);
    for one in archive.suggestions_of(loose) {
        section.push(linker.suggestion_cells(&one));
    }
    section
}

/// The suggestions, the general exceptions, and the customers covered with their exceptions.
fn review(linker: &Linker<'_>, archive: &Archive, loose: &SharedRecord) -> Vec<Section> {
    let mut reached = Section::new(
        "reached",
        linker.interface_word("reviewed_customers"),
        vec![linker.interface_word("customer"), linker.interface_word("owner"), linker.field_head("review", "exceptions")],
    );
    for dossier in archive.dossiers.values() {
        let Some(mark) = dossier.reviews.iter().find(|mark| mark.record.id == loose.entry.id) else { continue };
        let owner = dossier.customer.as_ref().and_then(|customer| customer.owner.as_ref());
        let wrong = mark.exceptions.iter().map(|text| &**text).collect::<Vec<_>>().join("；");
        reached.push(vec![
            linker.customer_name(&dossier.entry).into(),
            linker.party_cell(owner),
            linker.text(&loose.record.id, &wrong).into(),
        ]);
    }
    let mut general = Section::new(
        "exceptions",
        linker.field_head("review", "exceptions"),
        vec![linker.field_head("review", "exceptions.what"), linker.field_head("review", "exceptions.customer")],
    );
    for (what, customer) in archive.exceptions_of(loose) {
        general.push(vec![linker.text(&loose.record.id, &what).into(), linker.party_cell(customer.as_ref())]);
    }
    vec![suggestions_table(linker, archive, loose), general, reached]
}

/// Loans that are out, incidents, and returned loans.
fn loans(linker: &Linker<'_>, archive: &Archive) -> Vec<Section> {
    let keys = ["borrower", "date", "customer", "copy", "purpose", "due", "returned", "incident"];
    let heads: Vec<Arc<str>> = keys.iter().map(|key| linker.field_head(LOANS, &format!("loans.{key}"))).collect();
    let mut parts = [("out", "loans_out"), ("incidents", "loans_incidents"), ("returned", "loans_returned")]
        .map(|(id, word)| Section::new(id, linker.interface_word(word), heads.clone()));
    for loan in archive.loans() {
        let out = loan.is_out(linker.view_context.rule_context.as_of);
        let part = if loan.incident.is_some() { 1 } else { usize::from(!out) * 2 };
        parts[part].push(loan_cells(linker, &loan, out));
    }
    parts.into()
}

fn loan_cells(linker: &Linker<'_>, loan: &Loan, out: bool) -> Vec<SectionCell> {
    let due = match loan.due {
        Some(due) if out => SectionCell { due: Some(linker.due(due)), ..SectionCell::default() },
        due => linker.day_cell(due),
    };
    vec![
        linker.party_cell(loan.borrower.as_ref()),
        linker.day_cell(loan.date),
        linker.party_cell(loan.customer.as_ref()),
        linker.text_cell(loan.copy.as_ref()),
        linker.text_cell(loan.purpose.as_ref()),
        due,
        linker.day_cell(loan.returned),
        linker.text_cell(loan.incident.as_ref()),
    ]
}

impl Linker<'_> {
    /// The record outside the tables; `None` for a row of a register with nothing more to show.
    fn record_section(&mut self, loose: &SharedRecord, kind: &str, shared: bool, has_rows: bool) -> Option<RecordSection> {
        let anchor = self.view_context.routes.record(&loose.record.id).and_then(|(_, anchor)| anchor).unwrap_or_default();
        let mut record = self.record(&loose.record, anchor, fields_in_tables(kind), HeadingLevels::SECTIONS);
        if has_rows {
            // The table row already has the HTML id.
            record.anchor = Arc::default();
        }
        let says = !record.fields.is_empty() || !record.others.is_empty() || record.body.is_some();
        let is_spoken_of = !record.directives.is_empty() || !record.mentions.is_empty();
        let heading = if shared { self.entry_name(&loose.entry).text } else { Arc::default() };
        (!shared || !has_rows || says || is_spoken_of).then_some(RecordSection { heading, record })
    }
}
