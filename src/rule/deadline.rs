//! The day on which something is due, and the one it waited from.

use std::fmt;

use crate::calendar::Date;

/// The day on which something is due. Who is away when it falls due has until his return, and then it is told from which day
/// it was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline {
    /// The day.
    pub day: Date,
    /// The day it would have been, had nobody been away.
    pub put_off_from: Option<Date>,
}

impl From<Date> for Deadline {
    fn from(day: Date) -> Self {
        Deadline { day, put_off_from: None }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)
    }
}
