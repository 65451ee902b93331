//! What the lists ask of the whole archive, found out in one pass.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::digest::Digest;
use super::{GoOn, Scene};
use crate::archive::{Archive, Directive, Event, EventSort, OpenItem, Person, Suggestion, Who};
use crate::calendar::Date;
use crate::record::RecordId;
use crate::rule::Finding;

/// All dossiers as they stand on the day, in the order of the customers' list, and who answers for what.
pub(super) struct Survey<'a> {
    /// Where they stand.
    pub archive: &'a Archive,
    /// The dossiers.
    pub digests: Vec<Digest<'a>>,
    /// Duties about no customer: the office's own papers.
    office: Vec<&'a Finding>,
    /// By staff member.
    staff: BTreeMap<&'a RecordId, Desk<'a>>,
}

/// What is on the desk of one of ours. Numbers are places in [`Survey::digests`].
#[derive(Default)]
pub(super) struct Desk<'a> {
    /// Customers of whom this is 负责人.
    pub customers: Vec<usize>,
    /// Duties this person has to act on.
    pub findings: Vec<&'a Finding>,
    /// What reviews proposed and inspections found, open and for this person to do.
    pub suggestions: Vec<Suggestion>,
    /// Directives for this person to carry out.
    pub directives: Vec<Directive>,
    /// Open items this person answers for.
    pub items: Vec<(usize, &'a OpenItem, Option<Date>)>,
    /// Contacts owed: the dossier and the pair in it.
    pub contacts: Vec<(usize, usize, Date)>,
    /// Events this person took part in, up to today.
    pub events: Vec<(usize, &'a Event)>,
    /// Visits and contacts made in the year of today.
    pub made: (usize, usize),
}

impl<'a> Survey<'a> {
    /// Looks through the archive; `None` when it is not to go on.
    pub fn of(scene: &Scene<'a>, archive: &'a Archive, go_on: &GoOn<'_>) -> Option<Self> {
        let dossiers: Vec<_> = scene.order.iter().filter_map(|(id, _)| archive.dossiers.get(id)).collect();
        let digests = dossiers.into_par_iter().map(|dossier| go_on().then(|| Digest::of(scene, dossier)));
        let digests: Vec<Digest<'a>> = digests.collect::<Option<_>>()?;
        let mut staff: BTreeMap<&RecordId, Desk<'_>> =
            archive.staff.iter().map(|member| (&member.card.id, Desk::default())).collect();
        let year = scene.bench.as_of.0.year();
        for (at, digest) in digests.iter().enumerate() {
            let dossier = digest.dossier;
            if let Some(desk) = dossier.owner().and_then(|card| staff.get_mut(&card.id)) {
                desk.customers.push(at);
            }
            for finding in digest.findings {
                for card in &finding.staff {
                    if let Some(desk) = staff.get_mut(&card.id) {
                        desk.findings.push(finding);
                    }
                }
            }
            for (item, due) in &digest.open {
                if let Some(desk) = item.owner.as_ref().and_then(Who::card).and_then(|card| staff.get_mut(&card.id)) {
                    desk.items.push((at, item, *due));
                }
            }
            for (place, (pair, standing)) in digest.pairs().enumerate() {
                if let (Some(day), Some(desk)) = (standing.next, staff.get_mut(&pair.ours.id)) {
                    desk.contacts.push((at, place, day));
                }
            }
            for event in &dossier.events {
                let Some(date) = event.date.filter(|date| scene.bench.sees(*date)) else { continue };
                for card in event.ours.iter().filter_map(Who::card) {
                    if let Some(desk) = staff.get_mut(&card.id) {
                        desk.events.push((at, event));
                        if date.year() == year {
                            match event.sort {
                                EventSort::Visit => desk.made.0 += 1,
                                EventSort::Contact | EventSort::Call => desk.made.1 += 1,
                            }
                        }
                    }
                }
            }
        }
        let is_office = |(id, _): &(&Arc<str>, &Arc<[Finding]>)| !archive.dossiers.contains_key(*id);
        let office: Vec<&Finding> = scene.findings.iter().filter(is_office).flat_map(|(_, found)| found.iter()).collect();
        for finding in &office {
            for card in &finding.staff {
                if let Some(desk) = staff.get_mut(&card.id) {
                    desk.findings.push(finding);
                }
            }
        }
        for one in archive.suggestions().into_iter().filter(|one| one.is_open(scene.bench.as_of)) {
            if let Some(desk) = one.owner.as_ref().and_then(Who::card).and_then(|card| staff.get_mut(&card.id)) {
                desk.suggestions.push(one);
            }
        }
        for one in archive.of_kind("directive").flat_map(|loose| archive.directives_of(loose)) {
            let owner = one.owner.as_ref().and_then(Who::card).filter(|_| one.is_open(scene.bench.as_of));
            if let Some(desk) = owner.and_then(|card| staff.get_mut(&card.id)) {
                desk.directives.push(one);
            }
        }
        Some(Survey { archive, digests, office, staff })
    }

    /// What is on somebody's desk.
    pub fn desk(&self, id: &RecordId) -> Option<&Desk<'a>> {
        self.staff.get(id)
    }

    /// All duties, customer by customer, then those of the office.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.digests.iter().flat_map(|digest| digest.findings).chain(self.office.iter().copied())
    }

    /// All key persons with their dossier.
    pub fn people(&self) -> impl Iterator<Item = (&Digest<'a>, &'a Person)> {
        self.digests.iter().flat_map(|digest| digest.dossier.people.iter().map(move |person| (digest, person)))
    }
}
