//! The dossier: everything about one customer, joined.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::planned_visit::MAX_DAYS_APART;
use super::{
    ContactPair, Customer, Deputies, DevelopmentPlan, Directive, DirectoryEntry, Event, EventKind, Information, OpenItem,
    Party, Person, PlannedVisit, PlannedVisitOutcome, Project, ResolvedNames, Review, Target,
};
use crate::calendar::{AsOf, Date, Period};
use crate::config::Config;
use crate::kind::Name;
use crate::record::{Record, RecordId};
use crate::text::Fingerprint;

/// 客户接触计划 (附表6).
#[derive(Clone, Debug)]
pub struct ContactPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// 计划期.
    pub period: Option<Period>,
    /// 目标描述.
    pub goal: Option<Arc<str>>,
}

/// An unregistered person met: name, note, events, newest first.
pub type UnregisteredPeople = (Arc<str>, Option<Arc<str>>, Vec<Arc<DirectoryEntry>>);

/// Everything about one customer; references to outside are directory entries.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Folder name.
    pub id: Arc<str>,
    /// The customer's entry. A folder without a readable `customer.md` has a dossier too, named after the folder.
    pub entry: Arc<DirectoryEntry>,
    /// The customer's record; `None` if the file is missing (reported).
    pub customer: Option<Customer>,
    /// Key persons in order of roles (决策者 first), then name; those who left come last.
    pub people: Vec<Person>,
    /// Contact plans, newest first.
    pub plans: Vec<ContactPlan>,
    /// Projects in order of id.
    pub projects: Vec<Project>,
    /// Development plans, newest first.
    pub development_plans: Vec<DevelopmentPlan>,
    /// Visits, contacts, calls and letters, newest first.
    pub events: Vec<Event>,
    /// Rows of visit plans about this customer, in order of day.
    pub planned_visits: Vec<PlannedVisitOutcome>,
    /// 信息 rows of the dossier and of market reports, newest first.
    pub information: Vec<Information>,
    /// The record `information.md`, if it exists.
    pub information_record: Option<Arc<Record>>,
    /// Promises, problems and opinions, in order of opening.
    pub items: Vec<OpenItem>,
    /// Contact pairs: planned, made, stated.
    pub pairs: Vec<ContactPair>,
    /// Unregistered people that were met.
    pub unregistered: Vec<UnregisteredPeople>,
    /// The resolved name tokens of each record.
    pub names: BTreeMap<RecordId, ResolvedNames>,
    /// The link targets of each record, by target as written.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
    /// By record of this dossier: who mentions it, in order of id.
    pub mentions: BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>>,
    /// Directives by the record they are about (S-06.9).
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Quarterly reviews that covered this dossier, newest first (S-11.5).
    pub reviews: Vec<Arc<Review>>,
    /// The first quarter for which any dossier of the archive was reviewed.
    pub reviewed_since: Option<Period>,
    /// Deputies by post.
    pub deputies: Deputies,
    /// Fingerprint of all inputs of this dossier.
    pub key: Fingerprint,
}

impl Dossier {
    /// The party that a name token of a record refers to.
    pub fn who(&self, record: &RecordId, name: &Name) -> Party {
        self.names
            .get(record)
            .and_then(|names| names.get(&name.id))
            .cloned()
            .unwrap_or_else(|| Party::Unregistered { name: name.text.clone(), note: name.note.clone() })
    }

    /// The target of a link, by its target as written in a record.
    pub fn target(&self, record: &RecordId, written: &str) -> &Target {
        self.links.get(record).and_then(|links| links.get(written)).unwrap_or(&Target::Unresolved)
    }

    /// The key person with this record id.
    pub fn person(&self, id: &RecordId) -> Option<&Person> {
        self.people.iter().find(|person| person.record.id == *id)
    }

    /// The events a person took part in, newest first.
    pub fn events_with<'a>(&'a self, person: &'a RecordId) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| event.theirs.iter().any(|who| who.is(person)))
    }

    /// Visits and contacts of the folder, newest first: events without those of the department's register.
    pub fn own_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.sort != EventKind::Call)
    }

    /// All records of the dossier: customer, information, people, projects, plans, events.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.customer
            .iter()
            .map(|customer| &customer.record)
            .chain(self.information_record.iter())
            .chain(self.people.iter().map(|person| &person.record))
            .chain(self.projects.iter().map(|project| &project.record))
            .chain(self.development_plans.iter().map(|plan| &plan.record))
            .chain(self.plans.iter().map(|plan| &plan.record))
            .chain(self.own_events().map(|event| &event.record))
    }

    /// The latest day written in any of its records (`decisions.md` 15).
    pub fn latest(&self) -> Option<Date> {
        self.records().filter_map(|record| record.latest()).max()
    }

    /// Years with events of a kind, newest first.
    pub fn years(&self, sort: EventKind) -> Vec<i16> {
        let mut years: Vec<i16> =
            self.events.iter().filter(|event| event.sort == sort).filter_map(|event| event.date).map(Date::year).collect();
        years.dedup();
        years
    }

    /// The project with this record id.
    pub fn project(&self, id: &RecordId) -> Option<&Project> {
        self.projects.iter().find(|project| project.record.id == *id)
    }

    /// Visits and contacts about a project, newest first.
    pub fn events_about<'a>(&'a self, project: &'a RecordId) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(|event| event.project_card.as_ref().is_some_and(|entry| entry.id == *project))
    }

    /// Live projects, the next tender first.
    pub fn live_projects(&self) -> Vec<&Project> {
        let mut live: Vec<&Project> = self.projects.iter().filter(|project| project.is_live()).collect();
        live.sort_by_key(|project| (project.tender.is_none(), project.tender));
        live
    }

    /// Visits made for a project up to `day`, within its quota period.
    pub fn visits_made(&self, project: &Project, day: AsOf) -> u32 {
        let period = project.period(day);
        let counts = |event: &&Event| {
            event.sort == EventKind::Visit
                && event.date.is_some_and(|date| date <= day.0 && period.is_none_or(|period| period.contains(date)))
        };
        self.events_about(&project.record.id).filter(counts).count() as u32
    }

    /// Whether this is a 重点客户 (S-13.1).
    pub fn is_key_customer(&self, config: &Config) -> bool {
        let level = self.customer.as_ref().and_then(|customer| customer.level.as_deref());
        level.and_then(|level| config.level(level)).is_some_and(|level| level.key)
    }

    /// The plan in force on `as_of`: the newest whose period has begun.
    pub fn plan_in_force(&self, as_of: AsOf) -> Option<&DevelopmentPlan> {
        self.development_plans.iter().find(|plan| plan.year.is_some_and(|year| year.first() <= as_of.0))
    }

    /// The plan in force on `as_of` and those of later years; older ones are history.
    pub fn current_and_future_plans(&self, as_of: AsOf) -> impl Iterator<Item = &DevelopmentPlan> {
        let since = self.plan_in_force(as_of).and_then(DevelopmentPlan::year);
        self.development_plans.iter().filter(move |plan| plan.year().is_some() && plan.year() >= since)
    }

    /// The row that a visit on `day` would carry out, made by the staff to whom `rank` gives a position. Picks the
    /// first of them who has a row, and of his rows the nearest one not carried out by a visit at least as near.
    pub fn matching_row(&self, rank: impl Fn(&Arc<DirectoryEntry>) -> Option<usize>, day: Date) -> Option<&PlannedVisit> {
        let near = |foreseen: &PlannedVisitOutcome| {
            let row = &foreseen.row;
            let planned = row.day().filter(|_| !row.is_cancelled())?;
            let apart = |date: Date| AsOf(date).days_since(planned).abs();
            let taken = foreseen.visit.as_ref().and_then(|visit| visit.date).is_some_and(|made| apart(made) <= apart(day));
            (!taken && apart(day) <= MAX_DAYS_APART).then_some((rank(row.staff.as_ref()?)?, apart(day)))
        };
        let rows = self.planned_visits.iter().filter_map(|foreseen| Some((near(foreseen)?, &*foreseen.row)));
        rows.min_by_key(|(near, _)| *near).map(|(_, row)| row)
    }
}
