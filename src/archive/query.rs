//! Questions with a day in them. The day is handed in.

use std::sync::Arc;

use super::{Card, Pair, Stated};
use crate::calendar::{AsOf, Date};

/// How a date stands to today, in one word. Pages show the word and the date; a script counts the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Past: 逾期.
    Overdue,
    /// Within the days of notice: 即将到期. Today included.
    Soon,
    /// Later.
    Ahead,
}

impl State {
    /// How `due` stands on `as_of` with `notice` days of warning.
    pub fn of(due: Date, as_of: AsOf, notice: u32) -> State {
        let past = as_of.days_since(due);
        if past > 0 {
            State::Overdue
        } else if i64::from(-past) <= i64::from(notice) {
            State::Soon
        } else {
            State::Ahead
        }
    }
}

/// How a pair stands on a day (`kinds.md` 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Last contact on or before the day.
    pub last: Option<(Date, Arc<Card>)>,
    /// The next contact that is owed: stated and not settled, else last contact + cycle; `None` when nothing was ever
    /// stated or made, or no cycle applies.
    pub next: Option<Date>,
    /// The day that was before ours turned out to be away.
    pub put_off_from: Option<Date>,
    /// The statement behind it, when it was stated.
    pub stated: Option<Stated>,
}

impl Pair {
    /// How the pair stands on `as_of`, with the contact cycle of the customer's level in days.
    pub fn standing(&self, as_of: AsOf, cycle: Option<u32>) -> Standing {
        let seen = |day: &Date| *day <= as_of.0;
        let last = self.made.iter().find(|(day, _)| seen(day)).cloned();
        // The newest statement wins; of several dates stated at once, the first that is not settled.
        let newest = self.stated.iter().filter(|stated| seen(&stated.on)).map(|stated| stated.on).max();
        let stated = self
            .stated
            .iter()
            .filter(|stated| Some(stated.on) == newest)
            .filter(|stated| !self.made.iter().any(|(day, _)| seen(day) && *day >= stated.date && *day > stated.on))
            .min_by_key(|stated| stated.date)
            .cloned();
        let by_cycle = || {
            let (day, _) = last.as_ref()?;
            day.checked_add(jiff::Span::new().days(i64::from(cycle?))).ok()
        };
        Standing { next: stated.as_ref().map(|stated| stated.date).or_else(by_cycle), put_off_from: None, last, stated }
    }
}

impl super::Dossier {
    /// How a pair of this dossier stands, with the cycle of the customer's level where it applies: to pairs that somebody
    /// keeps up, not to everybody who once sat at the table.
    pub fn standing(&self, pair: &Pair, as_of: AsOf, policy: &crate::config::Policy) -> Standing {
        pair.standing(as_of, if self.is_kept_up(pair, |begins| begins <= as_of.0) { self.cycle(policy) } else { None })
    }

    /// How a pair stands, and what it owes: nothing next where somebody left or the customer's duties rest.
    pub fn owed(&self, pair: &Pair, as_of: AsOf, policy: &crate::config::Policy) -> Standing {
        let mut standing = self.standing(pair, as_of, policy);
        let has_left = |card: &Card| card.left.is_some_and(|day| day <= as_of.0);
        if self.rests() || has_left(&pair.theirs) || has_left(&pair.ours) {
            standing.next = None;
            standing.stated = None;
        }
        standing
    }

    /// Whether a pair says something of the relation: somebody keeps it up, or the two met more than once.
    pub fn is_regular(&self, pair: &Pair) -> bool {
        pair.made.len() > 1 || self.is_kept_up(pair, |_| true)
    }

    /// Whether somebody keeps a pair up: planned, named as 我方联系人, or with a next contact stated. Of plans and statements
    /// those count whose day is `seen`: the plan of next year asks nothing of this one.
    fn is_kept_up(&self, pair: &Pair, seen: impl Fn(Date) -> bool) -> bool {
        let named = || {
            let person = self.person(&pair.theirs.id);
            person.is_some_and(|person| person.ours.iter().any(|(who, _)| who.is(&pair.ours.id)))
        };
        pair.planned.iter().any(|planned| seen(planned.period.first()))
            || pair.stated.iter().any(|stated| seen(stated.on))
            || named()
    }

    /// The contact cycle of the customer's level, in days.
    pub fn cycle(&self, policy: &crate::config::Policy) -> Option<u32> {
        let level = self.customer.as_ref()?.level.as_deref()?;
        policy.level(level).map(|level| level.cycle)
    }

    /// Whether duties towards this customer rest (跟踪状态 暂停 or 停止).
    pub fn rests(&self) -> bool {
        self.customer.as_ref().is_some_and(|customer| customer.resting.is_some())
    }

    /// Who answers for the customer, as a card.
    pub fn owner(&self) -> Option<&Arc<Card>> {
        self.customer.as_ref()?.owner.as_ref()?.card()
    }
}
