//! Laying one customer's dossier out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asker::Asker;
use super::directory::FilesThere;
use super::pairs::Pairs;
use super::resolve::resolve;
use super::{
    Addressed, Card, ContactPlan, Customer, DevelopmentPlan, Directory, Dossier, Event, EventSort, Information, NextContact,
    Person, Placed, Planned, PlannedVisit, Project, Question, Relation, Review, Role, StandIns, Stated, Unfiled, Unit, Who,
    rows,
};
use crate::calendar::{Period, Rate, read_period, read_rate};
use crate::config::Policy;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{Name, Row, Value};
use crate::record::{Record, RecordId};
use crate::text::{Fingerprint, Fingerprinter};

/// What other records address to this dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Slice {
    /// (mentioned record of this dossier, who mentions it), in order.
    pub mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
    /// Customers that name this one as their 上级单位, in order of id.
    pub branches: Vec<Arc<Card>>,
    /// Rows of visit plans about this customer, in order of plan and row.
    pub planned: Vec<Arc<PlannedVisit>>,
    /// What records of the department say of it.
    pub addressed: Addressed,
}

/// A dossier with what was asked and found out on the way.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The dossier.
    pub dossier: Dossier,
    /// What is wrong in its joining.
    pub news: Vec<Diagnostic>,
    /// What the directory was asked, in order.
    pub questions: Vec<Question>,
    /// Fingerprint of the answers: ask again, compare, and reuse.
    pub answers: Fingerprint,
}

/// Buying roles in the order of the page.
const ROLES: [&str; 5] = ["决策者", "顾问人员", "使用者", "阻拦者", "支持者"];

/// Lays out the dossier of folder `id` from its records. `files` says which paths of the archive are files that are no
/// records (images, attachments).
pub fn assemble(
    id: &str,
    records: &[Arc<Record>],
    slice: &Slice,
    directory: &Directory,
    files: &FilesThere<'_>,
    policy: &Policy,
) -> Assembled {
    let mut news = Vec::new();
    let mut asker = Asker::new(directory, files);
    let mut names = BTreeMap::new();
    let mut links = BTreeMap::new();
    // Of two records with one identity only the enrolled one is laid out; `enrol` reported the other.
    let mut seen: BTreeMap<&RecordId, &Arc<Record>> = BTreeMap::new();
    for record in records {
        let kept = seen.entry(&record.id).or_insert(record);
        if record.path < kept.path {
            *kept = record;
        }
    }
    let own = |kind: &str| seen.values().copied().find(|record| &*record.kind.key == kind);
    let units: Vec<Arc<str>> = own("customer").map_or(Vec::new(), |record| {
        record.sheet.rows("units").iter().filter_map(|row| rows::text(record, "units", row, "name")).collect()
    });
    for record in seen.values() {
        let resolved = resolve(record, &units, &mut asker, &mut news);
        names.insert(record.id.clone(), resolved.names);
        links.insert(record.id.clone(), resolved.links);
    }
    let mut hand = Hand::new(&names, directory);
    let customer_record = own("customer").cloned();
    let card = customer_record.as_ref().and_then(|record| directory.card(&record.id)).cloned();
    let card = card.unwrap_or_else(|| Arc::new(nameless(id)));
    let mut events: Vec<Event> = seen.values().filter_map(|record| hand.event(record)).collect();
    let first = events.iter().filter_map(|event| event.date).min();
    events.extend(slice.addressed.calls.iter().map(|call| call.0.clone()));
    // A dossier is held for as long as the site is open.
    events.shrink_to_fit();
    events.sort_by(|a, b| (b.date, &b.record.id).cmp(&(a.date, &a.record.id)));
    let foreseen = super::foreseen::carry_out(&slice.planned, &mut events);
    if customer_record.is_none()
        && let Some(record) = records.first()
    {
        let at = super::enrol::head(record);
        news.push(
            Diagnostic::new(Code::UnknownCustomer, at)
                .variant("no-file")
                .with("name", id)
                .help(Message::new("help.customer-file")),
        );
    }
    let mut customer = customer_record.map(|record| hand.customer(&record, slice));
    if let Some(customer) = &mut customer {
        customer.filed = customer.filed.or(first);
    }
    let core = customer.as_ref().and_then(|customer| customer.level.as_deref()).and_then(|level| policy.level(level));
    let core = core.is_some_and(|level| level.core);
    let listed: Vec<(RecordId, Role)> = seen.values().flat_map(|record| hand.listed(record)).collect();
    let mut people: Vec<Person> = seen.values().filter_map(|record| hand.person(record, core, &listed)).collect();
    people.sort_by_cached_key(|person| {
        let rank = |role: &Role| ROLES.iter().position(|one| *one == &*role.role).unwrap_or(ROLES.len());
        (person.left.is_some(), person.roles.iter().map(rank).min().unwrap_or(ROLES.len()), person.record.id.clone())
    });
    let mut plans: Vec<ContactPlan> = seen.values().filter_map(|record| hand.plan(record)).collect();
    plans.sort_by(|a, b| (b.period.map(Period::first), &b.record.id).cmp(&(a.period.map(Period::first), &a.record.id)));
    let projects: Vec<Project> = seen.values().filter_map(|record| hand.project(record, &people, &events)).collect();
    let mut development_plans: Vec<DevelopmentPlan> =
        seen.values().filter_map(|record| hand.development_plan(record)).collect();
    development_plans.sort_by(|a, b| (b.year.map(Period::first), &b.record.id).cmp(&(a.year.map(Period::first), &a.record.id)));
    let mut information: Vec<Information> = seen.values().flat_map(|record| hand.information(record)).collect();
    information.extend(slice.addressed.information.iter().cloned());
    information.sort_by(|a, b| (b.date, &b.record.id, a.row).cmp(&(a.date, &a.record.id, b.row)));
    let reviews = reviews(slice, customer.as_ref());
    links.extend(slice.addressed.links.iter().map(|(id, targets)| (id.clone(), targets.clone())));
    let mut items = super::items::gather(&events, &mut hand, &mut news);
    items.shrink_to_fit();
    let pairs = pairs(&plans, &events, &people, &mut hand);
    let unfiled = unfiled(&events);
    let information_record = own("information").cloned();
    let stand_ins = StandIns::of(policy, &mut asker);
    let (questions, answers) = asker.finish();
    let mut key = Fingerprinter::new();
    key.text(id);
    for record in seen.values() {
        key.fingerprint(record.facts);
    }
    key.fingerprint(Fingerprint::of_hash(slice)).fingerprint(answers).fingerprint(policy.print);
    let key = key.finish();
    let dossier = Dossier {
        id: id.into(),
        card,
        customer,
        people,
        plans,
        projects,
        development_plans,
        events,
        foreseen,
        information,
        information_record,
        items,
        pairs,
        unfiled,
        names,
        links,
        mentions: slice.mentions.clone(),
        directives: slice.addressed.directives.clone(),
        reviews,
        reviewed_since: slice.addressed.reviewed_since,
        stand_ins,
        key,
    };
    Assembled { dossier, news, questions, answers }
}

/// The card of a folder without a readable `customer.md`.
fn nameless(id: &str) -> Card {
    Card {
        id: format!("customers/{id}/customer").as_str().into(),
        kind: "customer".into(),
        name: id.into(),
        short: None,
        title: None,
        aliases: Vec::new(),
        pinyin: None,
        customer: Some(id.into()),
        date: None,
        nth: 0,
        left: None,
        away: Vec::new(),
        secrecy: 0,
        anchors: Arc::new([]),
    }
}

/// What was resolved, at hand while facts are read out of sheets.
pub(super) struct Hand<'a> {
    names: &'a BTreeMap<RecordId, Placed>,
    directory: &'a Directory,
}

impl<'a> Hand<'a> {
    /// The hand for records whose names are resolved.
    pub fn new(names: &'a BTreeMap<RecordId, Placed>, directory: &'a Directory) -> Self {
        Hand { names, directory }
    }

    /// Who a name token of a record is.
    pub fn who(&self, record: &Record, name: &Name) -> Who {
        let found = self.names.get(&record.id).and_then(|names| names.get(&name.id));
        found.cloned().unwrap_or_else(|| Who::Unfiled { name: name.text.clone(), note: name.note.clone() })
    }

    /// Everybody named in a field, once each.
    pub fn all(&self, record: &Record, names: &[Name]) -> Vec<Who> {
        let mut all: Vec<Who> = Vec::with_capacity(names.len());
        for name in names {
            let who = self.who(record, name);
            if !all.contains(&who) {
                all.push(who);
            }
        }
        all
    }

    /// A name of a row: its own column, else the first of the tail that fits.
    pub fn of_row(&self, record: &Record, field: &str, row: &Row, key: &str, kind: &str) -> Option<Who> {
        if let Some(name) = rows::names(record, field, row, key).first() {
            return Some(self.who(record, name));
        }
        let tail = row.tail.iter().map(|name| self.who(record, name));
        tail.into_iter().find(|who| who.card().is_some_and(|card| card.is(kind)))
    }

    /// The firm of a row: its own column, else who of the tail is a customer or competitor, else who of it has no file.
    pub fn firm_of_row(&self, record: &Record, field: &str, row: &Row, key: &str) -> Option<Who> {
        if let Some(name) = rows::names(record, field, row, key).first() {
            return Some(self.who(record, name));
        }
        let tail: Vec<Who> = row.tail.iter().map(|name| self.who(record, name)).collect();
        let is_firm = |who: &&Who| who.card().is_some_and(|card| card.is("customer") || card.is("competitor"));
        tail.iter().find(is_firm).or_else(|| tail.iter().find(|who| who.card().is_none())).cloned()
    }

    /// Everybody of a row: the names of its column and those of the tail, as far as they are of that kind.
    pub fn all_of_row(&self, record: &Record, field: &str, row: &Row, key: &str, kind: &str) -> Vec<Who> {
        let mut all = self.all(record, rows::names(record, field, row, key));
        all.retain(|who| who.card().is_none_or(|card| card.is(kind)));
        for name in &row.tail {
            let who = self.who(record, name);
            if who.card().is_some_and(|card| card.is(kind)) && !all.contains(&who) {
                all.push(who);
            }
        }
        all
    }

    /// Those of one kind among the names of a row's column and tail.
    fn named_of_row(&self, record: &Record, field: &str, row: &Row, key: &str, kind: &str) -> Vec<Who> {
        let mut all = self.all_of_row(record, field, row, key, kind);
        all.retain(|who| who.card().is_some());
        all
    }

    /// The card of a record.
    pub fn card(&self, record: &Record) -> Option<Arc<Card>> {
        self.directory.card(&record.id).cloned()
    }

    fn event(&self, record: &Arc<Record>) -> Option<Event> {
        let sort = match &*record.kind.key {
            "visit" => EventSort::Visit,
            "contact" => EventSort::Contact,
            _ => return None,
        };
        let sheet = &record.sheet;
        let text = |key: &str| sheet.text(key).map(|text| text.value.clone());
        let first = |key: &str| sheet.names(key).first().map(|name| name.text.clone());
        let mut ours = self.all(record, sheet.names(if sort == EventSort::Visit { "visitor" } else { "staff" }));
        for companion in self.all(record, sheet.names("companions")) {
            if !ours.contains(&companion) {
                ours.push(companion);
            }
        }
        let next = sheet.rows("next").iter().filter_map(|row| {
            Some(NextContact {
                date: rows::date(record, "next", row, "date")?,
                theirs: self.all_of_row(record, "next", row, "people", "person"),
                ours: self.named_of_row(record, "next", row, "people", "staff"),
            })
        });
        Some(Event {
            card: self.card(record)?,
            sort,
            date: record.date,
            ours,
            theirs: self.all(record, sheet.names("people")),
            unit: first("unit"),
            channel: sheet.code("channel").map(|code| code.word.clone()),
            purpose: sheet.codes("purpose").iter().map(|code| code.value.clone()).collect(),
            plan: sheet.code("plan").cloned(),
            result: sheet.code("result").cloned(),
            achieved: sheet.code("achieved").map(|code| code.word.clone()),
            improve: text("improve"),
            project: sheet.names("project").first().map(as_written),
            project_card: sheet.names("project").first().and_then(|name| self.who(record, name).card().cloned()),
            subject: text("subject"),
            reported: !record.excerpt.trim().is_empty() || sheet.get("report").is_some(),
            filled: sheet.date("filled").map(|day| day.value),
            next: next.collect(),
            satisfaction: sheet.number("satisfaction"),
            planned: None,
            record: record.clone(),
        })
    }

    fn customer(&self, record: &Arc<Record>, slice: &Slice) -> Customer {
        let sheet = &record.sheet;
        let code = |key: &str| sheet.code(key).map(|code| code.word.clone());
        let text = |key: &str| sheet.text(key).map(|text| text.value.clone());
        let first = |key: &str| sheet.names(key).first().map(|name| self.who(record, name));
        let history = rows::latest(record, "owner_history", sheet.rows("owner_history"), "from");
        let owner = history
            .and_then(|row| rows::names(record, "owner_history", row, "staff").first())
            .map(|name| self.who(record, name))
            .or_else(|| first("owner"));
        let unit = |row: &Row| Unit {
            name: rows::text(record, "units", row, "name").unwrap_or_default(),
            class: rows::text(record, "units", row, "class"),
            place: rows::text(record, "units", row, "place"),
            contacts: self.all(record, rows::names(record, "units", row, "contacts")),
            owner: rows::names(record, "units", row, "owner").first().map(|name| self.who(record, name)),
        };
        Customer {
            class: sheet.code("class").cloned(),
            resting: code("state").filter(|state| ["暂停", "停止"].contains(&&**state)),
            level: code("level"),
            industry: text("industry"),
            region: text("region"),
            owner,
            archivist: first("archivist"),
            parent: first("parent").and_then(|who| who.card().cloned()),
            branches: slice.branches.clone(),
            units: sheet.rows("units").iter().map(unit).collect(),
            filed: sheet.date("filed").map(|day| day.value),
            record: record.clone(),
        }
    }

    /// `listed` are the roles that the lists of projects say, by person.
    fn person(&self, record: &Arc<Record>, core_customer: bool, listed: &[(RecordId, Role)]) -> Option<Person> {
        if &*record.kind.key != "person" {
            return None;
        }
        let sheet = &record.sheet;
        let first = |key: &str| sheet.names(key).first().map(|name| self.who(record, name));
        let mut roles: Vec<Role> = sheet
            .codes("roles")
            .iter()
            .map(|code| Role { role: code.value.word.clone(), project: None, project_card: None })
            .collect();
        for row in sheet.rows("roles") {
            let project = rows::names(record, "roles", row, "project").first();
            let project_card = project.and_then(|name| self.who(record, name).card().cloned());
            let project = project.map(as_written);
            if let Some(Value::Codes(codes)) = rows::cell(record, "roles", row, "role") {
                roles.extend(codes.iter().map(|code| Role {
                    role: code.value.word.clone(),
                    project: project.clone(),
                    project_card: project_card.clone(),
                }));
            }
        }
        // In its project the list of a project wins.
        let listed = || listed.iter().filter(|(person, _)| *person == record.id).map(|(_, role)| role);
        let is_listed = |card: &Card| listed().any(|role| role.project_card.as_ref().is_some_and(|one| one.id == card.id));
        roles.retain(|role| !role.project_card.as_deref().is_some_and(is_listed));
        let everywhere: Vec<Arc<str>> =
            roles.iter().filter(|role| role.project.is_none()).map(|role| role.role.clone()).collect();
        roles.extend(listed().filter(|role| !everywhere.contains(&role.role)).cloned());
        let stated = |row: &Row| {
            Some(Relation {
                state: rows::text(record, "relation_history", row, "relation")?,
                date: rows::date(record, "relation_history", row, "date"),
                by: self.of_row(record, "relation_history", row, "by", "staff"),
                why: rows::text(record, "relation_history", row, "why"),
            })
        };
        let mut history: Vec<Relation> = sheet.rows("relation_history").iter().filter_map(stated).collect();
        history.sort_by_key(|relation| relation.date);
        let said = sheet.code("relation").map(|code| Relation { state: code.word.clone(), date: None, by: None, why: None });
        let mut ours: Vec<(Who, Option<Arc<str>>)> =
            self.all(record, sheet.names("links")).into_iter().map(|who| (who, None)).collect();
        for row in sheet.rows("links") {
            let note = rows::text(record, "links", row, "note");
            ours.extend(rows::names(record, "links", row, "staff").iter().map(|name| (self.who(record, name), note.clone())));
        }
        let mut phones = Vec::new();
        for key in ["mobile", "office", "home"] {
            phones.extend(sheet.texts(key).iter().map(|number| (Arc::from(key), number.value.clone())));
        }
        let decides = roles.iter().any(|role| &*role.role == ROLES[0]);
        Some(Person {
            card: self.card(record)?,
            title: super::enrol::title(record),
            unit: sheet.names("unit").first().map(|name| name.text.clone()),
            relation: history.last().cloned().or(said),
            history,
            concerns: sheet.texts("concerns").iter().map(|text| text.value.clone()).collect(),
            ours,
            reports_to: first("reports_to").and_then(|who| who.card().cloned()),
            core: sheet.yes_no("core").unwrap_or(core_customer && decides),
            favours: first("favours"),
            left: sheet.date("left").map(|day| day.value),
            phones,
            roles,
            record: record.clone(),
        })
    }

    fn plan(&self, record: &Arc<Record>) -> Option<ContactPlan> {
        if &*record.kind.key != "contact-plan" {
            return None;
        }
        let period = match record.sheet.get("period") {
            Some(Value::Period(period)) => Some(period.value),
            _ => read_period(record.id.stem()).ok(),
        };
        let goal = record.sheet.text("goal").map(|text| text.value.clone());
        Some(ContactPlan { card: self.card(record)?, period, goal, record: record.clone() })
    }
}

/// The reviews that reached this customer, newest first.
fn reviews(slice: &Slice, customer: Option<&Customer>) -> Vec<Arc<Review>> {
    let owner = customer.and_then(|customer| customer.owner.as_ref()).and_then(Who::card);
    let reached =
        |review: &&Arc<Review>| review.owners.is_empty() || owner.is_some_and(|owner| review.owners.contains(&owner.id));
    let mut reviews: Vec<Arc<Review>> = slice.addressed.reviews.iter().filter(reached).cloned().collect();
    reviews.sort_by(|a, b| (b.quarter.first(), &b.record.id).cmp(&(a.quarter.first(), &a.record.id)));
    reviews
}

fn pairs(plans: &[ContactPlan], events: &[Event], people: &[Person], hand: &mut Hand<'_>) -> Vec<super::Pair> {
    const FIELD: &str = "pairs";
    let mut pairs = Pairs::default();
    for plan in plans {
        let Some(period) = plan.period else { continue };
        let record = &plan.record;
        for (row, at) in record.sheet.rows(FIELD).iter().zip(0..) {
            let staff = hand.all_of_row(record, FIELD, row, "staff", "staff");
            let note = rows::text(record, FIELD, row, "note");
            let counted = rows::number(record, FIELD, row, "times").and_then(|times| u32::try_from(times).ok());
            let times = counted.or_else(|| often(note.as_deref()?)?.times_in(period));
            for theirs in hand.all_of_row(record, FIELD, row, "people", "person") {
                for ours in &staff {
                    let Some(pair) = pairs.of(ours, &theirs) else { continue };
                    pair.planned.push(Planned { period, times, record: plan.card.clone(), row: at, note: note.clone() });
                    // A plan row counts as stated at the start of its period (`decisions.md` 17).
                    if let Some(date) = rows::date(record, FIELD, row, "next") {
                        pair.stated.push(Stated { date, on: period.first(), record: plan.card.clone() });
                    }
                }
            }
        }
    }
    for event in events {
        pairs.add_event(event);
    }
    for person in people {
        for (ours, _) in &person.ours {
            pairs.of(ours, &Who::Filed(person.card.clone()));
        }
    }
    pairs.finish()
}

/// A name with its bracket: `二期（自控标段）` says which part of it.
fn as_written(name: &Name) -> Arc<str> {
    match &name.note {
        Some(note) => format!("{}（{note}）", name.text).into(),
        None => name.text.clone(),
    }
}

/// How often a remark asks for a contact, if it says so once: `每月一次，六到九月少去`.
fn often(note: &str) -> Option<Rate> {
    let mut rates = note.split(['，', ',', '、', '；', ';', '。']).filter_map(read_rate);
    rates.next().filter(|_| rates.next().is_none())
}

/// People met who have no file, in order of name.
fn unfiled(events: &[Event]) -> Vec<Unfiled> {
    let mut met: BTreeMap<Arc<str>, Unfiled> = BTreeMap::new();
    for event in events {
        for who in &event.theirs {
            let Who::Unfiled { name, note } = who else { continue };
            let entry = met.entry(name.clone()).or_insert_with(|| (name.clone(), None, Vec::new()));
            entry.1 = entry.1.take().or_else(|| note.clone());
            entry.2.push(event.card.clone());
        }
    }
    met.into_values().collect()
}
