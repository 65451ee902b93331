//! What records of the department address to customers through [`DossierInputs`] (`decisions.md` 1): rows of visit
//! plans (S-17.1a), calls and letters (S-05.2), market news (S-11.1), directives (S-06.9), quarterly reviews (S-11.5).

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::lookup_cache::LookupCache;
use super::name_resolver::NameResolver;
use super::planned_visits::planned_visits;
use super::resolve::resolve;
use super::{Directory, DirectoryEntry, Event, EventKind, Information, Party, PlannedVisit, Target, rows};
use crate::calendar::{AsOf, Date, Period};
use crate::kind::{Name, Row, Value};
use crate::record::{Record, RecordId, key};

/// Kinds whose fields speak about other records.
const KINDS_ADDRESSING_OTHERS: [&str; 5] = ["visit-plan", "inbound", "market-report", "directive", "review"];

/// Whether a change of the record's facts affects others, because its fields speak about them.
pub(super) fn addresses_others(record: &Record) -> bool {
    record.customer.is_none() && KINDS_ADDRESSING_OTHERS.contains(&&*record.kind.key)
}

/// A call or letter as an event of its customer. Equality and hash cover its facts, directory entry and people.
#[derive(Clone, Debug)]
pub struct IncomingCall(pub Event);

impl IncomingCall {
    fn facts(&self) -> impl PartialEq + Hash {
        let Event { entry, ours, theirs, record, .. } = &self.0;
        (record.facts, entry.clone(), ours.clone(), theirs.clone())
    }
}

impl Directive {
    /// The record the directive is about, if it was resolved.
    pub fn about(&self) -> Option<&Arc<DirectoryEntry>> {
        self.about.as_ref()?.entry()
    }

    /// Whether something remains to be done about it on `as_of`.
    pub fn is_open(&self, as_of: AsOf) -> bool {
        !self.read && (!self.done || self.done_on.is_some_and(|day| day > as_of.0))
    }
}

impl PartialEq for IncomingCall {
    fn eq(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl Eq for IncomingCall {}

impl Hash for IncomingCall {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.facts().hash(state);
    }
}

/// An item of a directive (批示), the head's remark on a record, which stays as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Directive {
    /// The record that contains the directive.
    pub record: Arc<DirectoryEntry>,
    /// Row in its field `items`, from 0.
    pub row: u32,
    /// 批示人.
    pub by: Option<Party>,
    /// Day of the directive.
    pub date: Option<Date>,
    /// 所指.
    pub about: Option<Party>,
    /// 内容; `None` if it was only marked as read.
    pub text: Option<Arc<str>>,
    /// 已阅.
    pub read: bool,
    /// 责任人.
    pub owner: Option<Party>,
    /// 期限.
    pub due: Option<Date>,
    /// Whether it was carried out.
    pub done: bool,
    /// Day on which it was carried out, if stated.
    pub done_on: Option<Date>,
    /// 说明.
    pub note: Option<Arc<str>>,
}

/// A quarterly review that covered a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Review {
    /// The review record.
    pub record: Arc<DirectoryEntry>,
    /// 季度.
    pub quarter: Period,
    /// 审核人.
    pub by: Option<Party>,
    /// 日期.
    pub date: Option<Date>,
    /// Limits the review to customers of these owners; empty: no limit.
    pub owners: Vec<RecordId>,
    /// Faults found at this customer (例外).
    pub exceptions: Vec<Arc<str>>,
}

/// What other records address to one dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DossierInputs {
    /// By record of this dossier: the records that mention it, in order.
    pub mentions: BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>>,
    /// Customers that name this one as their 上级单位, in order of id.
    pub branches: Vec<Arc<DirectoryEntry>>,
    /// Rows of visit plans about this customer, in order of plan and row.
    pub planned_visits: Vec<Arc<PlannedVisit>>,
    /// What records of the department say about it.
    pub inbox: Inbox,
}

/// What the department's records address to one dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Inbox {
    /// Calls and letters of the customer, in order of id.
    pub calls: Vec<IncomingCall>,
    /// Market news about the customer, in order of report and row.
    pub information: Vec<Information>,
    /// Directives by the record they are about, in order of record and row.
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Reviews that may cover the dossier, in order of id.
    pub reviews: Vec<Arc<Review>>,
    /// The first quarter for which any dossier was reviewed.
    pub reviewed_since: Option<Period>,
    /// Link targets of the news and directives.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
}

/// Adds what `record` says to the inputs of dossiers.
pub(super) fn deliver(
    record: &Arc<Record>,
    from: &Arc<DirectoryEntry>,
    lookups: &mut LookupCache<'_>,
    directory: &Directory,
    inputs: &mut BTreeMap<Arc<str>, DossierInputs>,
) {
    // `index_archive` reports the diagnostics of these names.
    let resolved = resolve(record, &[], lookups, &mut Vec::new());
    let names = BTreeMap::from([(record.id.clone(), resolved.names)]);
    let resolver = NameResolver::new(&names, directory);
    match &*record.kind.key {
        // Of two plans with one id only the registered one counts.
        "visit-plan" if directory.is_registered(record) => {
            for row in planned_visits(record, from, &resolver) {
                let customer = row.customer.as_ref().and_then(Party::entry).filter(|entry| entry.is("customer"));
                if let Some(folder) = customer.and_then(|entry| entry.customer.clone()) {
                    inputs.entry(folder).or_default().planned_visits.push(row);
                }
            }
        }
        "inbound" => {
            if let Some(folder) = folder(&resolver, record, record.fields.names(key::CUSTOMER)) {
                let call = IncomingCall(call(&resolver, record, from));
                inputs.entry(folder).or_default().inbox.calls.push(call);
            }
        }
        "market-report" => {
            let rows = record.fields.rows(key::INFORMATION);
            for (row, information) in rows.iter().zip(resolver.information_rows(record)) {
                let Some(folder) = folder(&resolver, record, rows::names(record, key::INFORMATION, row, key::CUSTOMER)) else {
                    continue;
                };
                let addressed = &mut inputs.entry(folder).or_default().inbox;
                addressed.information.push(information);
                if !resolved.links.is_empty() {
                    addressed.links.insert(record.id.clone(), resolved.links.clone());
                }
            }
        }
        "directive" => {
            for directive in directives(&resolver, record, from) {
                let Some(about) = directive.about().cloned() else { continue };
                let Some(folder) = about.customer.clone() else { continue };
                let addressed = &mut inputs.entry(folder).or_default().inbox;
                if !resolved.links.is_empty() {
                    addressed.links.insert(record.id.clone(), resolved.links.clone());
                }
                addressed.directives.entry(about.id.clone()).or_default().push(directive);
            }
        }
        "review" => review(&resolver, record, from, directory, inputs),
        _ => {}
    }
}

/// Folder of the customer in `names`.
fn folder(resolver: &NameResolver<'_>, record: &Record, names: &[Name]) -> Option<Arc<str>> {
    let who = resolver.party(record, names.first()?);
    who.entry().filter(|entry| entry.is("customer"))?.customer.clone()
}

fn call(resolver: &NameResolver<'_>, record: &Arc<Record>, entry: &Arc<DirectoryEntry>) -> Event {
    let fields = &record.fields;
    Event {
        entry: entry.clone(),
        sort: EventKind::Call,
        date: record.date,
        ours: resolver.all(record, fields.names(key::CLERK)),
        theirs: resolver.all(record, fields.names(key::FROM)),
        channel: fields.code(key::CHANNEL).map(|code| code.word.clone()),
        subject: fields.text(key::WHAT).map(|text| text.value.clone()),
        // The register entry is the report.
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
pub(super) fn directives(resolver: &NameResolver<'_>, record: &Arc<Record>, from: &Arc<DirectoryEntry>) -> Vec<Directive> {
    const FIELD: &str = key::ITEMS;
    let by = record.fields.names(key::BY).first().map(|name| resolver.party(record, name));
    let read = |(row, at): (&Row, u32)| {
        let done_on = rows::date(record, FIELD, row, key::DONE);
        Directive {
            record: from.clone(),
            row: at,
            by: by.clone(),
            date: record.date,
            about: rows::names(record, FIELD, row, key::ABOUT).first().map(|name| resolver.party(record, name)),
            text: rows::text(record, FIELD, row, key::WHAT),
            read: matches!(rows::cell(record, FIELD, row, key::READ), Some(Value::YesNo(read)) if read.value),
            owner: resolver.of_row(record, FIELD, row, "owner", "staff"),
            due: rows::date(record, FIELD, row, key::DUE),
            done: row.tick == Some(true) || done_on.is_some(),
            done_on,
            note: rows::text(record, FIELD, row, key::NOTE),
        }
    };
    record.fields.rows(FIELD).iter().zip(0..).map(read).collect()
}

/// Adds a review to the customers in its 审核范围 (all, if there is none) and to those it names under 例外.
fn review(
    resolver: &NameResolver<'_>,
    record: &Arc<Record>,
    from: &Arc<DirectoryEntry>,
    directory: &Directory,
    inputs: &mut BTreeMap<Arc<str>, DossierInputs>,
) {
    let Some(quarter) = quarter(record) else { return };
    let scope = record.fields.rows(key::SCOPE);
    let mut all = scope.is_empty();
    let mut owners: Vec<RecordId> = Vec::new();
    // Customers named one by one, with exceptions.
    let mut single: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
    for row in scope {
        all |= rows::cell(record, key::SCOPE, row, key::ALL).is_some();
        owners.extend(rows::names(record, key::SCOPE, row, key::OWNER).iter().filter_map(|name| {
            let who = resolver.party(record, name);
            who.entry().map(|entry| entry.id.clone())
        }));
        for name in rows::names(record, key::SCOPE, row, key::CUSTOMER) {
            single.extend(folder(resolver, record, std::slice::from_ref(name)).map(|folder| (folder, Vec::new())));
        }
    }
    for row in record.fields.rows(key::EXCEPTIONS) {
        let said = rows::text(record, key::EXCEPTIONS, row, key::WHAT);
        let firm = resolver.firm_of_row(record, "exceptions", row, "customer");
        let customer = firm.as_ref().and_then(Party::entry).filter(|entry| entry.is("customer"));
        if let (Some(folder), Some(said)) = (customer.and_then(|entry| entry.customer.clone()), said) {
            single.entry(folder).or_default().push(said);
        }
    }
    let fields = &record.fields;
    let mark = |owners: Vec<RecordId>, exceptions: Vec<Arc<str>>| Review {
        record: from.clone(),
        quarter,
        by: fields.names(key::BY).first().map(|name| resolver.party(record, name)),
        date: fields.date(key::DATE).map(|date| date.value),
        owners,
        exceptions,
    };
    if all || !owners.is_empty() {
        let shared = Arc::new(mark(if all { Vec::new() } else { owners }, Vec::new()));
        for folder in directory.customer_folders().filter(|folder| !single.contains_key(*folder)) {
            inputs.entry(folder.clone()).or_default().inbox.reviews.push(shared.clone());
        }
    }
    for (folder, exceptions) in single {
        inputs.entry(folder).or_default().inbox.reviews.push(Arc::new(mark(Vec::new(), exceptions)));
    }
}

/// The quarter of a review; `None` for other kinds.
pub(super) fn quarter(record: &Record) -> Option<Period> {
    match record.fields.get(key::QUARTER) {
        Some(Value::Period(quarter)) if &*record.kind.key == "review" => Some(quarter.value),
        _ => None,
    }
}

impl Inbox {
    /// Sorts all lists; of two entries with one id the first is kept.
    pub(super) fn sort(&mut self) {
        self.calls.sort_by(|a, b| a.0.entry.id.cmp(&b.0.entry.id));
        self.calls.dedup_by(|a, b| a.0.entry.id == b.0.entry.id);
        self.information.sort_by(|a, b| (&a.record.id, a.row).cmp(&(&b.record.id, b.row)));
        self.information.dedup_by(|a, b| (&a.record.id, a.row) == (&b.record.id, b.row));
        for list in self.directives.values_mut() {
            sort_directives(list);
        }
        self.reviews.sort_by(|a, b| a.record.id.cmp(&b.record.id));
        self.reviews.dedup_by(|a, b| a.record.id == b.record.id);
    }
}

/// Sorts by record, then row, and removes duplicates.
pub(super) fn sort_directives(list: &mut Vec<Directive>) {
    list.sort_by(|a, b| (&a.record.id, a.row).cmp(&(&b.record.id, b.row)));
    list.dedup_by(|a, b| (&a.record.id, a.row) == (&b.record.id, b.row));
}
