//! Deadlines, which absence may postpone.

use std::fmt;

use crate::calendar::Date;

/// A due date. If the responsible person is absent on it, it is postponed to the return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline {
    /// The due date.
    pub day: Date,
    /// The original due date, if it was postponed.
    pub postponed_from: Option<Date>,
}

impl From<Date> for Deadline {
    fn from(day: Date) -> Self {
        Deadline { day, postponed_from: None }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)
    }
}
