//! Assembly of one customer's dossier.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::contact_pairs::PairCollector;
use super::directory::IsFile;
use super::lookup_cache::LookupCache;
use super::name_resolver::NameResolver;
use super::resolve::resolve;
use super::{
    ContactPlan, Customer, Deputies, DevelopmentPlan, Directory, DirectoryEntry, Dossier, DossierInputs, Event, EventKind,
    Information, NextContact, Party, Person, PlannedContacts, Project, Question, Relation, Review, Role, StatedContact, Unit,
    UnregisteredPeople, rows,
};
use crate::calendar::{Frequency, Period, parse_frequency, parse_period};
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{Name, Row, Value};
use crate::record::{Record, RecordId, key};
use crate::text::{Fingerprint, Fingerprinter};

/// A dossier with its diagnostics and directory lookups.
#[derive(Clone, Debug)]
pub struct AssembledDossier {
    /// The dossier.
    pub dossier: Dossier,
    /// Diagnostics found while joining.
    pub diagnostics: Vec<Diagnostic>,
    /// Questions asked of the directory, in order.
    pub questions: Vec<Question>,
    /// Fingerprint of the answers: while it stays the same, the dossier can be reused.
    pub answers: Fingerprint,
}

/// Buying roles in page order.
const ROLES: [&str; 5] = ["决策者", "顾问人员", "使用者", "阻拦者", "支持者"];

/// Assembles the dossier of folder `id` from its records. `files` tells which paths of the archive are files but not
/// records (images, attachments).
pub fn assemble(
    id: &str,
    records: &[Arc<Record>],
    inputs: &DossierInputs,
    directory: &Directory,
    files: &IsFile<'_>,
    config: &Config,
) -> AssembledDossier {
    let mut diagnostics = Vec::new();
    let mut lookups = LookupCache::new(directory, files);
    let mut names = BTreeMap::new();
    let mut links = BTreeMap::new();
    // Of two records with one id only the registered one counts; `register` reported the other.
    let mut seen: BTreeMap<&RecordId, &Arc<Record>> = BTreeMap::new();
    for record in records {
        let kept = seen.entry(&record.id).or_insert(record);
        if record.path < kept.path {
            *kept = record;
        }
    }
    let own = |kind: &str| seen.values().copied().find(|record| &*record.kind.key == kind);
    let units: Vec<Arc<str>> = own("customer").map_or(Vec::new(), |record| {
        record.fields.rows(key::UNITS).iter().filter_map(|row| rows::text(record, key::UNITS, row, key::NAME)).collect()
    });
    for record in seen.values() {
        let resolved = resolve(record, &units, &mut lookups, &mut diagnostics);
        names.insert(record.id.clone(), resolved.names);
        links.insert(record.id.clone(), resolved.links);
    }
    let mut resolver = NameResolver::new(&names, directory);
    let customer_record = own("customer").cloned();
    let entry = customer_record.as_ref().and_then(|record| directory.entry(&record.id)).cloned();
    let entry = entry.unwrap_or_else(|| Arc::new(unnamed_customer(id)));
    let mut events: Vec<Event> = seen.values().filter_map(|record| resolver.event(record)).collect();
    let first = events.iter().filter_map(|event| event.date).min();
    events.extend(inputs.inbox.calls.iter().map(|call| call.0.clone()));
    // Dossiers live as long as the archive.
    events.shrink_to_fit();
    events.sort_by(|a, b| (b.date, &b.record.id).cmp(&(a.date, &a.record.id)));
    let foreseen = super::planned_visits::match_visits(&inputs.planned_visits, &mut events);
    if customer_record.is_none()
        && let Some(record) = records.first()
    {
        let at = super::register::head_span(record);
        diagnostics.push(
            Diagnostic::new(Code::UnknownCustomer, at)
                .variant("no-file")
                .with("name", id)
                .help(Message::new("help.customer-file")),
        );
    }
    let mut customer = customer_record.map(|record| resolver.customer(&record, inputs));
    if let Some(customer) = &mut customer {
        customer.created = customer.created.or(first);
    }
    let core = customer.as_ref().and_then(|customer| customer.level.as_deref()).and_then(|level| config.level(level));
    let core = core.is_some_and(|level| level.core);
    let listed: Vec<(RecordId, Role)> = seen.values().flat_map(|record| resolver.listed(record)).collect();
    let mut people: Vec<Person> = seen.values().filter_map(|record| resolver.person(record, core, &listed)).collect();
    people.sort_by_cached_key(|person| {
        let rank = |role: &Role| ROLES.iter().position(|one| *one == &*role.role).unwrap_or(ROLES.len());
        (person.left.is_some(), person.roles.iter().map(rank).min().unwrap_or(ROLES.len()), person.record.id.clone())
    });
    let mut plans: Vec<ContactPlan> = seen.values().filter_map(|record| resolver.plan(record)).collect();
    plans.sort_by(|a, b| (b.period.map(Period::first), &b.record.id).cmp(&(a.period.map(Period::first), &a.record.id)));
    let projects: Vec<Project> = seen.values().filter_map(|record| resolver.project(record, &people, &events)).collect();
    let mut development_plans: Vec<DevelopmentPlan> =
        seen.values().filter_map(|record| resolver.development_plan(record)).collect();
    development_plans.sort_by(|a, b| (b.year.map(Period::first), &b.record.id).cmp(&(a.year.map(Period::first), &a.record.id)));
    let mut information: Vec<Information> = seen.values().flat_map(|record| resolver.information_rows(record)).collect();
    information.extend(inputs.inbox.information.iter().cloned());
    information.sort_by(|a, b| (b.date, &b.record.id, a.row).cmp(&(a.date, &a.record.id, b.row)));
    let reviews = reviews(inputs, customer.as_ref());
    links.extend(inputs.inbox.links.iter().map(|(id, targets)| (id.clone(), targets.clone())));
    let mut items = super::open_items::collect_items(&events, &mut resolver, &mut diagnostics);
    items.shrink_to_fit();
    let pairs = pairs(&plans, &events, &people, &mut resolver);
    let unfiled = unregistered_people(&events);
    let information_record = own("information").cloned();
    let stand_ins = Deputies::of(config, &mut lookups);
    let (questions, answers) = lookups.finish();
    let mut key = Fingerprinter::new();
    key.text(id);
    for record in seen.values() {
        key.fingerprint(record.facts);
    }
    key.fingerprint(Fingerprint::of_hash(inputs)).fingerprint(answers).fingerprint(config.fingerprint);
    let key = key.finish();
    let dossier = Dossier {
        id: id.into(),
        entry,
        customer,
        people,
        plans,
        projects,
        development_plans,
        events,
        planned_visits: foreseen,
        information,
        information_record,
        items,
        pairs,
        unregistered: unfiled,
        names,
        links,
        mentions: inputs.mentions.clone(),
        directives: inputs.inbox.directives.clone(),
        reviews,
        reviewed_since: inputs.inbox.reviewed_since,
        deputies: stand_ins,
        key,
    };
    AssembledDossier { dossier, diagnostics, questions, answers }
}

/// Entry for a folder without a readable `customer.md`.
fn unnamed_customer(id: &str) -> DirectoryEntry {
    DirectoryEntry {
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
        absences: Vec::new(),
        secrecy: 0,
        anchors: Arc::new([]),
    }
}

impl NameResolver<'_> {
    fn event(&self, record: &Arc<Record>) -> Option<Event> {
        let sort = match &*record.kind.key {
            "visit" => EventKind::Visit,
            "contact" => EventKind::Contact,
            _ => return None,
        };
        let fields = &record.fields;
        let text = |key: &str| fields.text(key).map(|text| text.value.clone());
        let first = |key: &str| fields.names(key).first().map(|name| name.text.clone());
        let mut ours = self.all(record, fields.names(if sort == EventKind::Visit { key::VISITOR } else { key::STAFF }));
        for companion in self.all(record, fields.names(key::COMPANIONS)) {
            if !ours.contains(&companion) {
                ours.push(companion);
            }
        }
        let next = fields.rows(key::NEXT).iter().filter_map(|row| {
            Some(NextContact {
                date: rows::date(record, key::NEXT, row, key::DATE)?,
                theirs: self.all_of_row(record, "next", row, "people", "person"),
                ours: self.named_of_row(record, "next", row, "people", "staff"),
            })
        });
        Some(Event {
            entry: self.entry(record)?,
            sort,
            date: record.date,
            ours,
            theirs: self.all(record, fields.names(key::PEOPLE)),
            unit: first("unit"),
            channel: fields.code(key::CHANNEL).map(|code| code.word.clone()),
            purpose: fields.codes(key::PURPOSE).iter().map(|code| code.value.clone()).collect(),
            plan: fields.code(key::PLAN).cloned(),
            result: fields.code(key::RESULT).cloned(),
            achieved: fields.code(key::ACHIEVED).map(|code| code.word.clone()),
            improve: text(key::IMPROVE),
            project: fields.names(key::PROJECT).first().map(display_text),
            project_card: fields.names(key::PROJECT).first().and_then(|name| self.party(record, name).entry().cloned()),
            subject: text(key::SUBJECT),
            reported: !record.excerpt.trim().is_empty() || fields.get(key::REPORT).is_some(),
            filled: fields.date(key::FILLED).map(|day| day.value),
            next: next.collect(),
            satisfaction: fields.number(key::SATISFACTION),
            planned: None,
            record: record.clone(),
        })
    }

    fn customer(&self, record: &Arc<Record>, inputs: &DossierInputs) -> Customer {
        let fields = &record.fields;
        let code = |key: &str| fields.code(key).map(|code| code.word.clone());
        let text = |key: &str| fields.text(key).map(|text| text.value.clone());
        let first = |key: &str| fields.names(key).first().map(|name| self.party(record, name));
        let history = rows::latest(record, key::OWNER_HISTORY, fields.rows(key::OWNER_HISTORY), key::FROM);
        let owner = history
            .and_then(|row| rows::names(record, key::OWNER_HISTORY, row, key::STAFF).first())
            .map(|name| self.party(record, name))
            .or_else(|| first("owner"));
        let unit = |row: &Row| Unit {
            name: rows::text(record, key::UNITS, row, key::NAME).unwrap_or_default(),
            class: rows::text(record, key::UNITS, row, key::CLASS),
            place: rows::text(record, key::UNITS, row, key::PLACE),
            contacts: self.all(record, rows::names(record, key::UNITS, row, key::CONTACTS)),
            owner: rows::names(record, key::UNITS, row, key::OWNER).first().map(|name| self.party(record, name)),
        };
        Customer {
            class: fields.code(key::CLASS).cloned(),
            suspended: code("state").filter(|state| ["暂停", "停止"].contains(&&**state)),
            level: code("level"),
            industry: text(key::INDUSTRY),
            region: text(key::REGION),
            owner,
            archivist: first("archivist"),
            parent: first("parent").and_then(|who| who.entry().cloned()),
            branches: inputs.branches.clone(),
            units: fields.rows(key::UNITS).iter().map(unit).collect(),
            created: fields.date(key::FILED).map(|day| day.value),
            record: record.clone(),
        }
    }

    /// `listed`: roles stated by projects, by person.
    fn person(&self, record: &Arc<Record>, core_customer: bool, listed: &[(RecordId, Role)]) -> Option<Person> {
        if &*record.kind.key != "person" {
            return None;
        }
        let fields = &record.fields;
        let first = |key: &str| fields.names(key).first().map(|name| self.party(record, name));
        let mut roles: Vec<Role> = fields
            .codes(key::ROLES)
            .iter()
            .map(|code| Role { role: code.value.word.clone(), project: None, project_entry: None })
            .collect();
        for row in fields.rows(key::ROLES) {
            let project = rows::names(record, key::ROLES, row, key::PROJECT).first();
            let project_card = project.and_then(|name| self.party(record, name).entry().cloned());
            let project = project.map(display_text);
            if let Some(Value::Codes(codes)) = rows::cell(record, key::ROLES, row, key::ROLE) {
                roles.extend(codes.iter().map(|code| Role {
                    role: code.value.word.clone(),
                    project: project.clone(),
                    project_entry: project_card.clone(),
                }));
            }
        }
        // Within a project, its own role list wins.
        let listed = || listed.iter().filter(|(person, _)| *person == record.id).map(|(_, role)| role);
        let is_listed =
            |entry: &DirectoryEntry| listed().any(|role| role.project_entry.as_ref().is_some_and(|one| one.id == entry.id));
        roles.retain(|role| !role.project_entry.as_deref().is_some_and(is_listed));
        let everywhere: Vec<Arc<str>> =
            roles.iter().filter(|role| role.project.is_none()).map(|role| role.role.clone()).collect();
        roles.extend(listed().filter(|role| !everywhere.contains(&role.role)).cloned());
        let stated = |row: &Row| {
            Some(Relation {
                state: rows::text(record, key::RELATION_HISTORY, row, key::RELATION)?,
                date: rows::date(record, key::RELATION_HISTORY, row, key::DATE),
                by: self.of_row(record, "relation_history", row, "by", "staff"),
                why: rows::text(record, key::RELATION_HISTORY, row, key::WHY),
            })
        };
        let mut history: Vec<Relation> = fields.rows(key::RELATION_HISTORY).iter().filter_map(stated).collect();
        history.sort_by_key(|relation| relation.date);
        let said =
            fields.code(key::RELATION).map(|code| Relation { state: code.word.clone(), date: None, by: None, why: None });
        let mut ours: Vec<(Party, Option<Arc<str>>)> =
            self.all(record, fields.names(key::LINKS)).into_iter().map(|who| (who, None)).collect();
        for row in fields.rows(key::LINKS) {
            let note = rows::text(record, key::LINKS, row, key::NOTE);
            ours.extend(
                rows::names(record, key::LINKS, row, key::STAFF).iter().map(|name| (self.party(record, name), note.clone())),
            );
        }
        let mut phones = Vec::new();
        for key in ["mobile", "office", "home"] {
            phones.extend(fields.texts(key).iter().map(|number| (Arc::from(key), number.value.clone())));
        }
        let decides = roles.iter().any(|role| &*role.role == ROLES[0]);
        Some(Person {
            entry: self.entry(record)?,
            title: super::register::title(record),
            unit: fields.names(key::UNIT).first().map(|name| name.text.clone()),
            relation: history.last().cloned().or(said),
            history,
            concerns: fields.texts(key::CONCERNS).iter().map(|text| text.value.clone()).collect(),
            ours,
            reports_to: first("reports_to").and_then(|who| who.entry().cloned()),
            core: fields.yes_no(key::CORE).unwrap_or(core_customer && decides),
            favours: first("favours"),
            left: fields.date(key::LEFT).map(|day| day.value),
            phones,
            roles,
            record: record.clone(),
        })
    }

    fn plan(&self, record: &Arc<Record>) -> Option<ContactPlan> {
        if &*record.kind.key != "contact-plan" {
            return None;
        }
        let period = match record.fields.get(key::PERIOD) {
            Some(Value::Period(period)) => Some(period.value),
            _ => parse_period(record.id.stem()).ok(),
        };
        let goal = record.fields.text(key::GOAL).map(|text| text.value.clone());
        Some(ContactPlan { entry: self.entry(record)?, period, goal, record: record.clone() })
    }
}

/// The reviews that cover this customer, newest first.
fn reviews(inputs: &DossierInputs, customer: Option<&Customer>) -> Vec<Arc<Review>> {
    let owner = customer.and_then(|customer| customer.owner.as_ref()).and_then(Party::entry);
    let reached =
        |review: &&Arc<Review>| review.owners.is_empty() || owner.is_some_and(|owner| review.owners.contains(&owner.id));
    let mut reviews: Vec<Arc<Review>> = inputs.inbox.reviews.iter().filter(reached).cloned().collect();
    reviews.sort_by(|a, b| (b.quarter.first(), &b.record.id).cmp(&(a.quarter.first(), &a.record.id)));
    reviews
}

fn pairs(
    plans: &[ContactPlan],
    events: &[Event],
    people: &[Person],
    resolver: &mut NameResolver<'_>,
) -> Vec<super::ContactPair> {
    const FIELD: &str = key::PAIRS;
    let mut pairs = PairCollector::default();
    for plan in plans {
        let Some(period) = plan.period else { continue };
        let record = &plan.record;
        for (row, at) in record.fields.rows(FIELD).iter().zip(0..) {
            let staff = resolver.all_of_row(record, FIELD, row, "staff", "staff");
            let note = rows::text(record, FIELD, row, key::NOTE);
            let counted = rows::number(record, FIELD, row, key::TIMES).and_then(|times| u32::try_from(times).ok());
            let times = counted.or_else(|| contact_rate(note.as_deref()?)?.times_in(period));
            for theirs in resolver.all_of_row(record, FIELD, row, "people", "person") {
                for ours in &staff {
                    let Some(pair) = pairs.of(ours, &theirs) else { continue };
                    pair.planned.push(PlannedContacts {
                        period,
                        times,
                        record: plan.entry.clone(),
                        row: at,
                        note: note.clone(),
                    });
                    // A plan row counts as stated at the start of its period (`decisions.md` 17).
                    if let Some(date) = rows::date(record, FIELD, row, key::NEXT) {
                        pair.stated_contacts.push(StatedContact { date, on: period.first(), record: plan.entry.clone() });
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
            pairs.of(ours, &Party::Registered(person.entry.clone()));
        }
    }
    pairs.finish()
}

/// A name with its bracket: `二期（自控标段）`.
fn display_text(name: &Name) -> Arc<str> {
    match &name.note {
        Some(note) => format!("{}（{note}）", name.text).into(),
        None => name.text.clone(),
    }
}

/// The contact rate in a note, if it states exactly one: `每月一次，六到九月少去`.
fn contact_rate(note: &str) -> Option<Frequency> {
    let mut rates = note.split(['，', ',', '、', '；', ';', '。']).filter_map(parse_frequency);
    rates.next().filter(|_| rates.next().is_none())
}

/// People met who are not registered, in order of name.
fn unregistered_people(events: &[Event]) -> Vec<UnregisteredPeople> {
    let mut met: BTreeMap<Arc<str>, UnregisteredPeople> = BTreeMap::new();
    for event in events {
        for who in &event.theirs {
            let Party::Unregistered { name, note } = who else { continue };
            let entry = met.entry(name.clone()).or_insert_with(|| (name.clone(), None, Vec::new()));
            entry.1 = entry.1.take().or_else(|| note.clone());
            entry.2.push(event.entry.clone());
        }
    }
    met.into_values().collect()
}
