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
    /// The statement behind it, when it was stated.
    pub stated: Option<Stated>,
}

impl Pair {
    /// How the pair stands on `as_of`, with the contact cycle of the customer's level in days.
    pub fn standing(&self, as_of: AsOf, cycle: Option<u32>) -> Standing {
        let _ = (as_of, cycle);
        todo!("helper: archive")
    }
}
