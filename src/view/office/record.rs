//! One record of the department, or the rows of a month's file.

use std::sync::Arc;

use super::{LOANS, Office, ProseSection, Section, SectionCell, SectionRow, index, named};
use crate::archive::{Archive, Loan, Party, SharedRecord};
use crate::route::Url;
use crate::view::record::Under;
use crate::view::{Linker, PlannedPage, StateTag, TextRuns, ViewContext};

/// Fields that the tables show.
fn shown(kind: &str) -> &'static [&'static str] {
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

pub(super) fn plan(scene: ViewContext<'_>, archive: &Archive, all: &[&SharedRecord], here: Url) -> PlannedPage {
    let mut pen = Linker::outside(scene, here, archive);
    let kind = all.first().map_or("", |loose| named(&loose.card.kind));
    let shared = all.iter().any(|loose| loose.card.id.as_str().contains('#'));
    let name = match all.first() {
        Some(first) if shared => pen.month_of(&first.card),
        Some(first) => pen.entry_name(&first.card).text,
        None => Arc::default(),
    };
    let level = all.iter().map(|loose| pen.level_of(&loose.record)).max().unwrap_or(0);
    let mut page = pen.frame(&*name, "pages", level);
    page.updated = all.iter().filter_map(|loose| loose.record.latest()).max().map(|date| pen.date(date));
    if let [only] = all {
        page = pen.dated_frame(page, &only.record);
    }
    page.crumbs = pen.breadcrumbs(kind, Some(&name));
    let sections = sections(&pen, archive, kind, all);
    let state = match (kind, all) {
        ("market-report", [only]) => pen.punctual(&archive.market_report(only)).tag,
        ("regulation", [only])
            if archive.regulation_in_force(scene.rule_context.as_of).is_some_and(|now| now.card.id == only.card.id) =>
        {
            Some(StateTag { text: pen.word("in_force"), tone: "good" })
        }
        _ => None,
    };
    let has_rows = sections.iter().flat_map(|section| &section.rows).any(|row| !row.anchor.is_empty());
    let records = all.iter().filter_map(|loose| pen.related(loose, kind, shared, has_rows)).collect();
    let view = Office { page, name, kind, state, sections, records };
    PlannedPage { view: view.into(), slots: pen.slots, papers: pen.papers }
}

fn sections(pen: &Linker<'_>, archive: &Archive, kind: &str, all: &[&SharedRecord]) -> Vec<Section> {
    match (kind, all) {
        ("inbound", all) => vec![ledger(pen, archive, all)],
        ("directive", [only]) => vec![directive(pen, archive, only)],
        ("review", [only]) => review(pen, archive, only),
        ("inspection", [only]) => vec![proposed(pen, archive, only)],
        ("regulation", _) => index::regulation(pen, archive),
        (LOANS, _) => loans(pen, archive),
        _ => Vec::new(),
    }
}

/// 来电来函 as a ledger: one a row, each with its anchor.
fn ledger(pen: &Linker<'_>, archive: &Archive, all: &[&SharedRecord]) -> Section {
    let mut columns =
        pen.heads("inbound", &["date", "channel", "customer", "from", "what", "forwarded_to", "forwarded_on", "result"]);
    columns.push(pen.field_head("inbound", "clerk"));
    let mut section = Section::new("ledger", pen.word("register"), columns);
    let mut calls: Vec<_> = all.iter().map(|loose| archive.call(loose)).collect();
    calls.sort_by(|a, b| (a.loose.record.date, &a.loose.card.id).cmp(&(b.loose.record.date, &b.loose.card.id)));
    for call in calls {
        let record = &call.loose.record;
        let text = |text: Option<&Arc<str>>| -> SectionCell {
            text.map_or_else(TextRuns::default, |text| pen.text(&record.id, text)).into()
        };
        let told = if call.is_passed_on(pen.scene.rule_context.as_of) {
            pen.day_cell(call.on)
        } else {
            SectionCell { text: pen.day_cell(call.on).text, ..pen.tag_cell("bad", "not_passed_on") }
        };
        let anchor = pen.scene.routes.record(&record.id).and_then(|(_, anchor)| anchor).unwrap_or_default();
        section.rows.push(SectionRow {
            anchor: anchor.into(),
            cells: vec![
                pen.day_cell(record.date),
                pen.words_cell(call.channel.as_ref()),
                pen.party_cell(call.unit.as_ref()),
                pen.party_cell(call.from.as_ref()),
                text(call.what.as_ref()),
                pen.people_cell(&call.to),
                told,
                text(call.result.as_ref()),
                pen.party_cell(call.clerk.as_ref()),
            ],
        });
    }
    section
}

fn directive(pen: &Linker<'_>, archive: &Archive, loose: &SharedRecord) -> Section {
    let columns = ["about", "what", "read", "owner", "due", "done", "note"];
    let columns = columns.map(|column| pen.field_head("directive", &format!("items.{column}"))).into();
    let mut section = Section::new("items", pen.field_head("directive", "items"), columns);
    for row in archive.directives_of(loose) {
        let about = match &row.about {
            Some(Party::Registered(card)) => pen.mention_name(card).into(),
            other => pen.party_cell(other.as_ref()),
        };
        let what: SectionCell =
            row.text.as_ref().map_or_else(TextRuns::default, |text| pen.text(&loose.record.id, text)).into();
        let read = if row.read { pen.tag_cell("good", "yes") } else { SectionCell::default() };
        let due = SectionCell {
            due: row.due.filter(|_| !row.done).map(|due| pen.due(due)),
            ..pen.day_cell(row.due.filter(|_| row.done))
        };
        let done = match (row.done, row.done_on) {
            (true, Some(day)) => pen.day_cell(Some(day)),
            (true, None) => pen.tag_cell("good", "carried_out"),
            (false, _) => SectionCell::default(),
        };
        section.push(vec![about, what, read, pen.party_cell(row.owner.as_ref()), due, done, pen.words_cell(row.note.as_ref())]);
    }
    section
}

fn proposed(pen: &Linker<'_>, archive: &Archive, loose: &SharedRecord) -> Section {
    let (kind, field, remark) = match &*loose.card.kind {
        "review" => ("review", "suggestions", "result"),
        _ => ("inspection", "findings", "note"),
    };
    let columns = ["what", "customer", "owner", "due", "done", remark];
    let columns = columns.map(|column| pen.field_head(kind, &format!("{field}.{column}"))).into();
    let mut section = Section::new(field, pen.field_head(kind, field), columns);
    for one in archive.suggestions_of(loose) {
        section.push(pen.suggestion_cells(&one));
    }
    section
}

/// The suggestions, and the customers gone through with what was found wrong.
fn review(pen: &Linker<'_>, archive: &Archive, loose: &SharedRecord) -> Vec<Section> {
    let mut reached = Section::new(
        "reached",
        pen.word("reviewed_customers"),
        vec![pen.word("customer"), pen.word("owner"), pen.field_head("review", "exceptions")],
    );
    for dossier in archive.dossiers.values() {
        let Some(mark) = dossier.reviews.iter().find(|mark| mark.record.id == loose.card.id) else { continue };
        let owner = dossier.customer.as_ref().and_then(|customer| customer.owner.as_ref());
        let wrong = mark.exceptions.iter().map(|text| &**text).collect::<Vec<_>>().join("；");
        reached.push(vec![
            pen.customer_name(&dossier.card).into(),
            pen.party_cell(owner),
            pen.text(&loose.record.id, &wrong).into(),
        ]);
    }
    let mut general = Section::new(
        "exceptions",
        pen.field_head("review", "exceptions"),
        vec![pen.field_head("review", "exceptions.what"), pen.field_head("review", "exceptions.customer")],
    );
    for (what, customer) in archive.exceptions_of(loose) {
        general.push(vec![pen.text(&loose.record.id, &what).into(), pen.party_cell(customer.as_ref())]);
    }
    vec![proposed(pen, archive, loose), general, reached]
}

/// Who holds what, what came back, what was lost.
fn loans(pen: &Linker<'_>, archive: &Archive) -> Vec<Section> {
    let keys = ["borrower", "date", "customer", "copy", "purpose", "due", "returned", "incident"];
    let heads: Vec<Arc<str>> = keys.iter().map(|key| pen.field_head(LOANS, &format!("loans.{key}"))).collect();
    let mut parts = [("out", "loans_out"), ("incidents", "loans_incidents"), ("returned", "loans_returned")]
        .map(|(id, word)| Section::new(id, pen.word(word), heads.clone()));
    for loan in archive.loans() {
        let out = loan.is_out(pen.scene.rule_context.as_of);
        let part = if loan.incident.is_some() { 1 } else { usize::from(!out) * 2 };
        parts[part].push(loan_cells(pen, &loan, out));
    }
    parts.into()
}

fn loan_cells(pen: &Linker<'_>, loan: &Loan, out: bool) -> Vec<SectionCell> {
    let due = match loan.due {
        Some(due) if out => SectionCell { due: Some(pen.due(due)), ..SectionCell::default() },
        due => pen.day_cell(due),
    };
    vec![
        pen.party_cell(loan.borrower.as_ref()),
        pen.day_cell(loan.date),
        pen.party_cell(loan.customer.as_ref()),
        pen.words_cell(loan.copy.as_ref()),
        pen.words_cell(loan.purpose.as_ref()),
        due,
        pen.day_cell(loan.returned),
        pen.words_cell(loan.incident.as_ref()),
    ]
}

impl Linker<'_> {
    /// What a record says beside the tables; none for a row of a register that says no more.
    fn related(&mut self, loose: &SharedRecord, kind: &str, shared: bool, has_rows: bool) -> Option<ProseSection> {
        let anchor = self.scene.routes.record(&loose.record.id).and_then(|(_, anchor)| anchor).unwrap_or_default();
        let mut record = self.record(&loose.record, anchor, shown(kind), Under::SECTIONS);
        if has_rows {
            // The id stands on the row.
            record.anchor = Arc::default();
        }
        let says = !record.fields.is_empty() || !record.others.is_empty() || record.body.is_some();
        let is_spoken_of = !record.directives.is_empty() || !record.mentions.is_empty();
        let heading = if shared { self.entry_name(&loose.card).text } else { Arc::default() };
        (!shared || !has_rows || says || is_spoken_of).then_some(ProseSection { heading, record })
    }
}
