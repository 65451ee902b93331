//! Facts about the whole archive that list pages need, computed in one pass.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::dossier_summary::DossierSummary;
use super::{KeepGoing, ViewContext};
use crate::archive::{Archive, Directive, Event, EventKind, OpenItem, Party, Person, Suggestion};
use crate::calendar::Date;
use crate::record::RecordId;
use crate::rule::Finding;

/// All dossiers as of a day, in the order of the customers' list, and the work of each staff member.
pub(super) struct ArchiveSummary<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// Summaries of the dossiers.
    pub summaries: Vec<DossierSummary<'a>>,
    /// Findings about no customer: the department's own records and staff.
    department: Vec<&'a Finding>,
    /// Worklists by staff member.
    staff: BTreeMap<&'a RecordId, StaffWorklist<'a>>,
}

/// The work of a staff member. Numbers are indexes into [`ArchiveSummary::summaries`].
#[derive(Default)]
pub(super) struct StaffWorklist<'a> {
    /// Customers whose 负责人 this is.
    pub customers: Vec<usize>,
    /// Findings to act on.
    pub findings: Vec<&'a Finding>,
    /// Open suggestions of reviews and findings of inspections, assigned to this person.
    pub suggestions: Vec<Suggestion>,
    /// Open directives assigned to this person.
    pub directives: Vec<Directive>,
    /// Open items this person is responsible for: dossier, item, due date.
    pub items: Vec<(usize, &'a OpenItem, Option<Date>)>,
    /// Contacts due: dossier, index of the pair in it, day.
    pub contacts: Vec<(usize, usize, Date)>,
    /// Events with this person, up to the as-of date.
    pub events: Vec<(usize, &'a Event)>,
    /// Numbers of visits and of contacts in the year of the as-of date.
    pub made: (usize, usize),
}

impl<'a> ArchiveSummary<'a> {
    /// Computes the summary; `None` if cancelled.
    pub fn of(view_context: &ViewContext<'a>, archive: &'a Archive, keep_going: &KeepGoing<'_>) -> Option<Self> {
        let dossiers: Vec<_> = view_context.order.iter().filter_map(|(id, _)| archive.dossiers.get(id)).collect();
        let digests = dossiers.into_par_iter().map(|dossier| keep_going().then(|| DossierSummary::of(view_context, dossier)));
        let digests: Vec<DossierSummary<'a>> = digests.collect::<Option<_>>()?;
        let mut staff: BTreeMap<&RecordId, StaffWorklist<'_>> =
            archive.staff.iter().map(|member| (&member.entry.id, StaffWorklist::default())).collect();
        let year = view_context.rule_context.as_of.0.year();
        for (at, summary) in digests.iter().enumerate() {
            let dossier = summary.dossier;
            if let Some(worklist) = dossier.owner().and_then(|entry| staff.get_mut(&entry.id)) {
                worklist.customers.push(at);
            }
            for finding in summary.findings {
                for entry in &finding.staff {
                    if let Some(worklist) = staff.get_mut(&entry.id) {
                        worklist.findings.push(finding);
                    }
                }
            }
            for (item, due) in &summary.open {
                if let Some(worklist) = item.owner.as_ref().and_then(Party::entry).and_then(|entry| staff.get_mut(&entry.id)) {
                    worklist.items.push((at, item, *due));
                }
            }
            for (place, (pair, standing)) in summary.pairs().enumerate() {
                if let (Some(day), Some(worklist)) = (standing.next, staff.get_mut(&pair.ours.id)) {
                    worklist.contacts.push((at, place, day));
                }
            }
            for event in &dossier.events {
                let Some(date) = event.date.filter(|date| view_context.rule_context.has_happened(*date)) else { continue };
                for entry in event.ours.iter().filter_map(Party::entry) {
                    if let Some(worklist) = staff.get_mut(&entry.id) {
                        worklist.events.push((at, event));
                        if date.year() == year {
                            match event.sort {
                                EventKind::Visit => worklist.made.0 += 1,
                                EventKind::Contact | EventKind::Call => worklist.made.1 += 1,
                            }
                        }
                    }
                }
            }
        }
        let is_office = |(id, _): &(&Arc<str>, &Arc<[Finding]>)| !archive.dossiers.contains_key(*id);
        let department: Vec<&Finding> =
            view_context.findings.iter().filter(is_office).flat_map(|(_, found)| found.iter()).collect();
        for finding in &department {
            for entry in &finding.staff {
                if let Some(worklist) = staff.get_mut(&entry.id) {
                    worklist.findings.push(finding);
                }
            }
        }
        for one in archive.suggestions().into_iter().filter(|one| one.is_open(view_context.rule_context.as_of)) {
            if let Some(worklist) = one.owner.as_ref().and_then(Party::entry).and_then(|entry| staff.get_mut(&entry.id)) {
                worklist.suggestions.push(one);
            }
        }
        for one in archive.of_kind("directive").flat_map(|loose| archive.directives_of(loose)) {
            let owner = one.owner.as_ref().and_then(Party::entry).filter(|_| one.is_open(view_context.rule_context.as_of));
            if let Some(worklist) = owner.and_then(|entry| staff.get_mut(&entry.id)) {
                worklist.directives.push(one);
            }
        }
        Some(ArchiveSummary { archive, summaries: digests, department, staff })
    }

    /// The worklist of a staff member.
    pub fn worklist(&self, id: &RecordId) -> Option<&StaffWorklist<'a>> {
        self.staff.get(id)
    }

    /// All findings: by customer, then those without.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.summaries.iter().flat_map(|summary| summary.findings).chain(self.department.iter().copied())
    }

    /// All key persons with their dossiers.
    pub fn people(&self) -> impl Iterator<Item = (&DossierSummary<'a>, &'a Person)> {
        self.summaries.iter().flat_map(|summary| summary.dossier.people.iter().map(move |person| (summary, person)))
    }
}
