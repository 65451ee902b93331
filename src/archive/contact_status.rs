//! Queries that depend on the current day, which is a parameter.

use std::sync::Arc;

use super::{ContactPair, DirectoryEntry, StatedContact};
use crate::calendar::{AsOf, Date};

/// State of a due date relative to a day. Pages show state and date; a script counts the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueState {
    /// Past: 逾期.
    Overdue,
    /// Due within the notice period, today included: 即将到期.
    Soon,
    /// Later.
    Ahead,
}

impl DueState {
    /// State of `due` on `as_of`, with a notice period of `notice` days.
    pub fn of(due: Date, as_of: AsOf, notice: u32) -> DueState {
        let past = as_of.days_since(due);
        if past > 0 {
            DueState::Overdue
        } else if i64::from(-past) <= i64::from(notice) {
            DueState::Soon
        } else {
            DueState::Ahead
        }
    }
}

/// State of a pair on a day (`kinds.md` 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactStatus {
    /// Last contact on or before the day.
    pub last: Option<(Date, Arc<DirectoryEntry>)>,
    /// The next contact owed: the one stated and not settled, else last contact + cycle. `None` if no contact was
    /// stated or made, or no cycle applies.
    pub next: Option<Date>,
    /// The original day of `next`, if it was postponed because our person is away.
    pub postponed_from: Option<Date>,
    /// The statement behind `next`, if it was stated.
    pub stated: Option<StatedContact>,
}

impl ContactPair {
    /// State of the pair on `as_of`, with the contact cycle in days.
    pub fn contact_status(&self, as_of: AsOf, cycle: Option<u32>) -> ContactStatus {
        let seen = |day: &Date| *day <= as_of.0;
        let last = self.contacts_made.iter().find(|(day, _)| seen(day)).cloned();
        // The newest statement wins; of several dates it states, the first one not settled.
        let newest = self.stated_contacts.iter().filter(|stated| seen(&stated.on)).map(|stated| stated.on).max();
        let stated = self
            .stated_contacts
            .iter()
            .filter(|stated| Some(stated.on) == newest)
            .filter(|stated| !self.contacts_made.iter().any(|(day, _)| seen(day) && *day >= stated.date && *day > stated.on))
            .min_by_key(|stated| stated.date)
            .cloned();
        let by_cycle = || {
            let (day, _) = last.as_ref()?;
            day.checked_add(jiff::Span::new().days(i64::from(cycle?))).ok()
        };
        ContactStatus { next: stated.as_ref().map(|stated| stated.date).or_else(by_cycle), postponed_from: None, last, stated }
    }
}

impl super::Dossier {
    /// State of a pair of this dossier. The cycle of the customer's level applies only to maintained pairs, not to
    /// everybody who once attended a meeting.
    pub fn standing(&self, pair: &ContactPair, as_of: AsOf, config: &crate::config::Config) -> ContactStatus {
        pair.contact_status(as_of, if self.is_kept_up(pair, |begins| begins <= as_of.0) { self.cycle(config) } else { None })
    }

    /// State of a pair with the contact it owes: none if somebody left or the customer's duties are suspended.
    pub fn contact_owed(&self, pair: &ContactPair, as_of: AsOf, config: &crate::config::Config) -> ContactStatus {
        let mut standing = self.standing(pair, as_of, config);
        let has_left = |entry: &DirectoryEntry| entry.left.is_some_and(|day| day <= as_of.0);
        if self.is_resting() || has_left(&pair.theirs) || has_left(&pair.ours) {
            standing.next = None;
            standing.stated = None;
        }
        standing
    }

    /// Whether a pair is meaningful: maintained, or met more than once.
    pub fn is_regular(&self, pair: &ContactPair) -> bool {
        pair.contacts_made.len() > 1 || self.is_kept_up(pair, |_| true)
    }

    /// Whether a pair is maintained: planned, listed as 我方联系人, or with a next contact stated. Only plans and
    /// statements whose day is `seen` count, so next year's plan has no effect this year.
    fn is_kept_up(&self, pair: &ContactPair, seen: impl Fn(Date) -> bool) -> bool {
        let named = || {
            let person = self.person(&pair.theirs.id);
            person.is_some_and(|person| person.ours.iter().any(|(who, _)| who.is(&pair.ours.id)))
        };
        pair.planned.iter().any(|planned| seen(planned.period.first()))
            || pair.stated_contacts.iter().any(|stated| seen(stated.on))
            || named()
    }

    /// The contact cycle of the customer's level, in days.
    pub fn cycle(&self, config: &crate::config::Config) -> Option<u32> {
        let level = self.customer.as_ref()?.level.as_deref()?;
        config.level(level).map(|level| level.cycle)
    }

    /// Whether duties towards this customer are suspended (跟踪状态 暂停 or 停止).
    pub fn is_resting(&self) -> bool {
        self.customer.as_ref().is_some_and(|customer| customer.suspended.is_some())
    }

    /// 负责人 of the customer, if registered.
    pub fn owner(&self) -> Option<&Arc<DirectoryEntry>> {
        self.customer.as_ref()?.owner.as_ref()?.entry()
    }
}
