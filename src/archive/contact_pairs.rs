//! Contact pairs, one of our staff with one key person: planned, made, due (附表6).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DirectoryEntry, Event, Party};
use crate::calendar::{AsOf, Date, Period};
use crate::record::RecordId;

/// A next contact as a record states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedContact {
    /// The day of the contact.
    pub date: Date,
    /// When it was stated: the record's day; a plan row counts as stated at the start of its period.
    pub on: Date,
    /// The record that states it.
    pub record: Arc<DirectoryEntry>,
}

/// A planned number of contacts in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedContacts {
    /// The plan's period.
    pub period: Period,
    /// 联系次数; if absent, from a rate in 说明 (`每月一次`).
    pub times: Option<u32>,
    /// The plan.
    pub record: Arc<DirectoryEntry>,
    /// Row of 接触安排, from 0.
    pub row: u32,
    /// 说明.
    pub note: Option<Arc<str>>,
}

/// One of our staff and one key person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPair {
    /// Our staff member.
    pub ours: Arc<DirectoryEntry>,
    /// The key person.
    pub theirs: Arc<DirectoryEntry>,
    /// Rows of contact plans, newest period first.
    pub planned: Vec<PlannedContacts>,
    /// Days of contact with the record, newest first.
    pub contacts_made: Vec<(Date, Arc<DirectoryEntry>)>,
    /// Stated next contacts, in order of `on`, then of the day itself (`kinds.md` 7).
    pub stated_contacts: Vec<StatedContact>,
}

impl ContactPair {
    /// Number of contacts in `period`, up to and including `day`.
    pub fn made_in(&self, period: Period, day: AsOf) -> usize {
        self.contacts_made.iter().filter(|(on, _)| period.contains(*on) && *on <= day.0).count()
    }
}

/// Collects the pairs of a dossier, keyed by our person, then theirs.
#[derive(Default)]
pub(super) struct PairCollector(BTreeMap<(RecordId, RecordId), ContactPair>);

impl PairCollector {
    /// The pair of two parties; `None` unless a staff member and a key person.
    pub fn of(&mut self, ours: &Party, theirs: &Party) -> Option<&mut ContactPair> {
        let (ours, theirs) = (ours.entry()?, theirs.entry()?);
        if !ours.is("staff") || !theirs.is("person") {
            return None;
        }
        let key = (ours.id.clone(), theirs.id.clone());
        Some(self.0.entry(key).or_insert_with(|| ContactPair {
            ours: ours.clone(),
            theirs: theirs.clone(),
            planned: Vec::new(),
            contacts_made: Vec::new(),
            stated_contacts: Vec::new(),
        }))
    }

    /// Adds the contacts an event made and stated.
    pub fn add_event(&mut self, event: &Event) {
        let Some(day) = event.date else { return };
        for ours in &event.ours {
            for theirs in &event.theirs {
                if let Some(pair) = self.of(ours, theirs) {
                    pair.contacts_made.push((day, event.entry.clone()));
                }
            }
        }
        for next in &event.next {
            // The report's author owes the next contact, unless it names another.
            let ours = if next.ours.is_empty() { event.ours.get(..1).unwrap_or_default() } else { &next.ours };
            for ours in ours {
                for theirs in if next.theirs.is_empty() { &event.theirs } else { &next.theirs } {
                    if let Some(pair) = self.of(ours, theirs) {
                        pair.stated_contacts.push(StatedContact { date: next.date, on: day, record: event.entry.clone() });
                    }
                }
            }
        }
    }

    /// The pairs by our person, then theirs; `planned` and `contacts_made` newest first, `stated_contacts` oldest
    /// first.
    pub fn finish(self) -> Vec<ContactPair> {
        let mut pairs: Vec<ContactPair> = self.0.into_values().collect();
        for pair in &mut pairs {
            pair.planned.sort_by(|a, b| (b.period.first(), &b.record.id, b.row).cmp(&(a.period.first(), &a.record.id, a.row)));
            pair.contacts_made.sort_by(|a, b| (b.0, &b.1.id).cmp(&(a.0, &a.1.id)));
            pair.contacts_made.dedup_by(|a, b| a.1.id == b.1.id);
            pair.stated_contacts.sort_by(|a, b| (a.on, a.date, &a.record.id).cmp(&(b.on, b.date, &b.record.id)));
        }
        pairs
    }
}
