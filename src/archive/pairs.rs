//! Our person and theirs: what was planned, what was made, what is next (附表6).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Card, Event, Who};
use crate::calendar::{AsOf, Date, Period};
use crate::record::RecordId;

/// A next contact as it was stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// For which day.
    pub date: Date,
    /// When it was stated: the record's day; a plan row counts as stated at the start of its period.
    pub on: Date,
    /// In which record.
    pub record: Arc<Card>,
}

/// A planned count for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The plan's period.
    pub period: Period,
    /// 联系次数; where none is written, what `每月一次` in 说明 comes to.
    pub times: Option<u32>,
    /// The plan.
    pub record: Arc<Card>,
    /// Row of 接触安排, from 0.
    pub row: u32,
    /// 说明.
    pub note: Option<Arc<str>>,
}

/// Two people, one of ours and one of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Our staff member.
    pub ours: Arc<Card>,
    /// The key person.
    pub theirs: Arc<Card>,
    /// Rows of contact plans, newest period first.
    pub planned: Vec<Planned>,
    /// Days on which they were in touch, with the record, newest first.
    pub made: Vec<(Date, Arc<Card>)>,
    /// Next contacts stated, in order of `on` (then of the day itself); see `kinds.md` 7.
    pub stated: Vec<Stated>,
}

impl Pair {
    /// How often they were in touch in a period, up to a day.
    pub fn made_in(&self, period: Period, day: AsOf) -> usize {
        self.made.iter().filter(|(on, _)| period.contains(*on) && *on <= day.0).count()
    }
}

/// All pairs of a dossier, by our person and theirs.
#[derive(Default)]
pub(super) struct Pairs(BTreeMap<(RecordId, RecordId), Pair>);

impl Pairs {
    /// The pair of two cards; `None` unless they are one of ours and one of theirs.
    pub fn of(&mut self, ours: &Who, theirs: &Who) -> Option<&mut Pair> {
        let (ours, theirs) = (ours.card()?, theirs.card()?);
        if !ours.is("staff") || !theirs.is("person") {
            return None;
        }
        let key = (ours.id.clone(), theirs.id.clone());
        Some(self.0.entry(key).or_insert_with(|| Pair {
            ours: ours.clone(),
            theirs: theirs.clone(),
            planned: Vec::new(),
            made: Vec::new(),
            stated: Vec::new(),
        }))
    }

    /// What an event did and stated.
    pub fn add_event(&mut self, event: &Event) {
        let Some(day) = event.date else { return };
        for ours in &event.ours {
            for theirs in &event.theirs {
                if let Some(pair) = self.of(ours, theirs) {
                    pair.made.push((day, event.card.clone()));
                }
            }
        }
        for next in &event.next {
            // Who writes the report keeps up the contact, unless it says who will.
            let ours = if next.ours.is_empty() { event.ours.get(..1).unwrap_or_default() } else { &next.ours };
            for ours in ours {
                for theirs in if next.theirs.is_empty() { &event.theirs } else { &next.theirs } {
                    if let Some(pair) = self.of(ours, theirs) {
                        pair.stated.push(Stated { date: next.date, on: day, record: event.card.clone() });
                    }
                }
            }
        }
    }

    /// The pairs in order of our person, then theirs; within each, planned and made newest first, stated oldest first.
    pub fn finish(self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self.0.into_values().collect();
        for pair in &mut pairs {
            pair.planned.sort_by(|a, b| (b.period.first(), &b.record.id, b.row).cmp(&(a.period.first(), &a.record.id, a.row)));
            pair.made.sort_by(|a, b| (b.0, &b.1.id).cmp(&(a.0, &a.1.id)));
            pair.made.dedup_by(|a, b| a.1.id == b.1.id);
            pair.stated.sort_by(|a, b| (a.on, a.date, &a.record.id).cmp(&(b.on, b.date, &b.record.id)));
        }
        pairs
    }
}
