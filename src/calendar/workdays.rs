//! Which days are worked: the official tables of known years, and the company's own changes.

use std::collections::BTreeSet;

use super::{Date, Month};

/// The company's own changes to the official calendar (`archive.yaml` `holidays`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Holidays {
    /// Days off besides the official ones.
    pub off: BTreeSet<Date>,
    /// Days worked although they are a holiday or a weekend.
    pub work: BTreeSet<Date>,
}

/// Answers questions about working days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Workdays {
    own: Holidays,
}

impl Workdays {
    /// The official tables with the company's changes laid over.
    pub fn new(own: Holidays) -> Self {
        Workdays { own }
    }

    /// Whether there is an official table for the year; without one, Monday to Friday are worked.
    pub fn knows(&self, year: i16) -> bool {
        let _ = (year, &self.own);
        todo!("helper: calendar")
    }

    /// Whether the day is worked.
    pub fn is_workday(&self, day: Date) -> bool {
        let _ = day;
        todo!("helper: calendar")
    }

    /// The first working day after `day`.
    pub fn next(&self, day: Date) -> Date {
        self.after(day, 1)
    }

    /// The `count`-th working day after `day`; 0 is `day` itself when worked, else the next.
    pub fn after(&self, day: Date, count: u32) -> Date {
        let _ = (day, count);
        todo!("helper: calendar")
    }

    /// The first Monday of the month, or the next working day when it is a holiday (S-11.1a).
    pub fn first_monday(&self, month: Month) -> Date {
        let _ = month;
        todo!("helper: calendar")
    }

    /// The last working day of the month (S-17.1a).
    pub fn last_workday(&self, month: Month) -> Date {
        let _ = month;
        todo!("helper: calendar")
    }
}
