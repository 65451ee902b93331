//! What records of the department say of others: rows of visit plans (S-17.1a), calls and letters (S-05.2), market news
//! (S-11.1), directives (S-06.9) and quarterly reviews (S-11.5). What they say of a customer reaches its dossier with the slice (`decisions.md` 1).

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::asker::Asker;
use super::assemble::Hand;
use super::foreseen::planned_visits;
use super::resolve::resolve;
use super::shelf::customers;
use super::{Card, Directory, Event, EventSort, Information, Slice, Target, Who, rows};
use crate::calendar::{AsOf, Date, Period};
use crate::kind::{Name, Row, Value};
use crate::record::{Record, RecordId};

/// Kinds whose records speak of others in their fields.
const SPEAKING: [&str; 5] = ["visit-plan", "inbound", "market-report", "directive", "review"];

/// Whether a record speaks of others in its fields: a change of its facts concerns more than itself.
pub(super) fn is_speaking(record: &Record) -> bool {
    record.customer.is_none() && SPEAKING.contains(&&*record.kind.key)
}

/// A call or letter as an event of its customer. Equal when the record says the same and everybody in it is who he was.
#[derive(Clone, Debug)]
pub struct Call(pub Event);

impl Call {
    fn facts(&self) -> impl PartialEq + Hash {
        let Event { card, ours, theirs, record, .. } = &self.0;
        (record.facts, card.clone(), ours.clone(), theirs.clone())
    }
}

impl Directive {
    /// The record it speaks of, where that is known.
    pub fn about(&self) -> Option<&Arc<Card>> {
        self.about.as_ref()?.card()
    }

    /// Whether something is still to be done about it on that day.
    pub fn is_open(&self, as_of: AsOf) -> bool {
        !self.read && (!self.done || self.done_on.is_some_and(|day| day > as_of.0))
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl Eq for Call {}

impl Hash for Call {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.facts().hash(state);
    }
}

/// An item of a directive (批示): what the head wrote on a record, which stays as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Directive {
    /// The record with the directive.
    pub record: Arc<Card>,
    /// Row in its field `items`, from 0.
    pub row: u32,
    /// 批示人.
    pub by: Option<Who>,
    /// Its day.
    pub date: Option<Date>,
    /// 所指.
    pub about: Option<Who>,
    /// 内容; none where it was only read.
    pub text: Option<Arc<str>>,
    /// 已阅.
    pub read: bool,
    /// 责任人.
    pub owner: Option<Who>,
    /// 期限.
    pub due: Option<Date>,
    /// Whether it was carried out.
    pub done: bool,
    /// On which day.
    pub done_on: Option<Date>,
    /// 说明.
    pub note: Option<Arc<str>>,
}

/// That a dossier was gone through in a quarterly review.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Review {
    /// The review.
    pub record: Arc<Card>,
    /// 季度.
    pub quarter: Period,
    /// 审核人.
    pub by: Option<Who>,
    /// 日期.
    pub date: Option<Date>,
    /// Only customers of these owners; empty for all it reaches.
    pub owners: Vec<RecordId>,
    /// What it found wrong with this customer (例外).
    pub exceptions: Vec<Arc<str>>,
}

/// What records of the department address to one dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Addressed {
    /// Calls and letters of the customer, in order of id.
    pub calls: Vec<Call>,
    /// Market news about it, in order of report and row.
    pub information: Vec<Information>,
    /// Directives by the record they speak of, in order of record and row.
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Reviews that may have reached it, in order of id.
    pub reviews: Vec<Arc<Review>>,
    /// The first quarter any dossier was reviewed for.
    pub reviewed_since: Option<Period>,
    /// Where the links in that news lead.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
}

/// Writes what a record addresses to dossiers into their slices.
pub(super) fn address(
    record: &Arc<Record>,
    from: &Arc<Card>,
    asker: &mut Asker<'_>,
    directory: &Directory,
    slices: &mut BTreeMap<Arc<str>, Slice>,
) {
    // Faults of its names are reported where the record itself is shelved.
    let resolved = resolve(record, &[], asker, &mut Vec::new());
    let names = BTreeMap::from([(record.id.clone(), resolved.names)]);
    let hand = Hand::new(&names, directory);
    match &*record.kind.key {
        // Of two plans with one identity only the enrolled one counts.
        "visit-plan" if directory.is_enrolled(record) => {
            for row in planned_visits(record, from, &hand) {
                let customer = row.customer.as_ref().and_then(Who::card).filter(|card| card.is("customer"));
                if let Some(folder) = customer.and_then(|card| card.customer.clone()) {
                    slices.entry(folder).or_default().planned.push(row);
                }
            }
        }
        "inbound" => {
            if let Some(folder) = folder(&hand, record, record.sheet.names("customer")) {
                let call = Call(call(&hand, record, from));
                slices.entry(folder).or_default().addressed.calls.push(call);
            }
        }
        "market-report" => {
            let rows = record.sheet.rows("information");
            for (row, information) in rows.iter().zip(hand.information(record)) {
                let Some(folder) = folder(&hand, record, rows::names(record, "information", row, "customer")) else { continue };
                let addressed = &mut slices.entry(folder).or_default().addressed;
                addressed.information.push(information);
                if !resolved.links.is_empty() {
                    addressed.links.insert(record.id.clone(), resolved.links.clone());
                }
            }
        }
        "directive" => {
            for directive in directives(&hand, record, from) {
                let Some(about) = directive.about().cloned() else { continue };
                let Some(folder) = about.customer.clone() else { continue };
                let addressed = &mut slices.entry(folder).or_default().addressed;
                if !resolved.links.is_empty() {
                    addressed.links.insert(record.id.clone(), resolved.links.clone());
                }
                addressed.directives.entry(about.id.clone()).or_default().push(directive);
            }
        }
        "review" => review(&hand, record, from, directory, slices),
        _ => {}
    }
}

/// The folder of the customer that names speak of.
fn folder(hand: &Hand<'_>, record: &Record, names: &[Name]) -> Option<Arc<str>> {
    let who = hand.who(record, names.first()?);
    who.card().filter(|card| card.is("customer"))?.customer.clone()
}

fn call(hand: &Hand<'_>, record: &Arc<Record>, card: &Arc<Card>) -> Event {
    let sheet = &record.sheet;
    Event {
        card: card.clone(),
        sort: EventSort::Call,
        date: record.date,
        ours: hand.all(record, sheet.names("clerk")),
        theirs: hand.all(record, sheet.names("from")),
        channel: sheet.code("channel").map(|code| code.word.clone()),
        subject: sheet.text("what").map(|text| text.value.clone()),
        // What came in is its own report.
        reported: true,
        unit: None,
        purpose: Vec::new(),
        plan: None,
        result: None,
        achieved: None,
        improve: None,
        project: None,
        project_card: None,
        planned: None,
        filled: None,
        next: Vec::new(),
        satisfaction: None,
        record: record.clone(),
    }
}

/// The items of a directive.
pub(super) fn directives(hand: &Hand<'_>, record: &Arc<Record>, from: &Arc<Card>) -> Vec<Directive> {
    const FIELD: &str = "items";
    let by = record.sheet.names("by").first().map(|name| hand.who(record, name));
    let read = |(row, at): (&Row, u32)| {
        let done_on = rows::date(record, FIELD, row, "done");
        Directive {
            record: from.clone(),
            row: at,
            by: by.clone(),
            date: record.date,
            about: rows::names(record, FIELD, row, "about").first().map(|name| hand.who(record, name)),
            text: rows::text(record, FIELD, row, "what"),
            read: matches!(rows::cell(record, FIELD, row, "read"), Some(Value::YesNo(read)) if read.value),
            owner: hand.of_row(record, FIELD, row, "owner", "staff"),
            due: rows::date(record, FIELD, row, "due"),
            done: row.tick == Some(true) || done_on.is_some(),
            done_on,
            note: rows::text(record, FIELD, row, "note"),
        }
    };
    record.sheet.rows(FIELD).iter().zip(0..).map(read).collect()
}

/// A review reaches the customers of its 审核范围 (all, where none is written) and those it names under 例外.
fn review(
    hand: &Hand<'_>,
    record: &Arc<Record>,
    from: &Arc<Card>,
    directory: &Directory,
    slices: &mut BTreeMap<Arc<str>, Slice>,
) {
    let Some(quarter) = quarter(record) else { return };
    let scope = record.sheet.rows("scope");
    let mut all = scope.is_empty();
    let mut owners: Vec<RecordId> = Vec::new();
    // What is said of single customers.
    let mut single: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
    for row in scope {
        all |= rows::cell(record, "scope", row, "all").is_some();
        owners.extend(rows::names(record, "scope", row, "owner").iter().filter_map(|name| {
            let who = hand.who(record, name);
            who.card().map(|card| card.id.clone())
        }));
        for name in rows::names(record, "scope", row, "customer") {
            single.extend(folder(hand, record, std::slice::from_ref(name)).map(|folder| (folder, Vec::new())));
        }
    }
    for row in record.sheet.rows("exceptions") {
        let said = rows::text(record, "exceptions", row, "what");
        let firm = hand.firm_of_row(record, "exceptions", row, "customer");
        let customer = firm.as_ref().and_then(Who::card).filter(|card| card.is("customer"));
        if let (Some(folder), Some(said)) = (customer.and_then(|card| card.customer.clone()), said) {
            single.entry(folder).or_default().push(said);
        }
    }
    let sheet = &record.sheet;
    let mark = |owners: Vec<RecordId>, exceptions: Vec<Arc<str>>| Review {
        record: from.clone(),
        quarter,
        by: sheet.names("by").first().map(|name| hand.who(record, name)),
        date: sheet.date("date").map(|date| date.value),
        owners,
        exceptions,
    };
    if all || !owners.is_empty() {
        let shared = Arc::new(mark(if all { Vec::new() } else { owners }, Vec::new()));
        for folder in customers(directory).filter(|folder| !single.contains_key(*folder)) {
            slices.entry(folder.clone()).or_default().addressed.reviews.push(shared.clone());
        }
    }
    for (folder, exceptions) in single {
        slices.entry(folder).or_default().addressed.reviews.push(Arc::new(mark(Vec::new(), exceptions)));
    }
}

/// The quarter of a review.
pub(super) fn quarter(record: &Record) -> Option<Period> {
    match record.sheet.get("quarter") {
        Some(Value::Period(quarter)) if &*record.kind.key == "review" => Some(quarter.value),
        _ => None,
    }
}

impl Addressed {
    /// Puts everything in order; of two records with one identity the first counts.
    pub(super) fn tidy(&mut self) {
        self.calls.sort_by(|a, b| a.0.card.id.cmp(&b.0.card.id));
        self.calls.dedup_by(|a, b| a.0.card.id == b.0.card.id);
        self.information.sort_by(|a, b| (&a.record.id, a.row).cmp(&(&b.record.id, b.row)));
        self.information.dedup_by(|a, b| (&a.record.id, a.row) == (&b.record.id, b.row));
        for list in self.directives.values_mut() {
            sort_directives(list);
        }
        self.reviews.sort_by(|a, b| a.record.id.cmp(&b.record.id));
        self.reviews.dedup_by(|a, b| a.record.id == b.record.id);
    }
}

/// In order of the record with the directive, then of its rows.
pub(super) fn sort_directives(list: &mut Vec<Directive>) {
    list.sort_by(|a, b| (&a.record.id, a.row).cmp(&(&b.record.id, b.row)));
    list.dedup_by(|a, b| (&a.record.id, a.row) == (&b.record.id, b.row));
}
