//! Months, quarters, halves and years.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// Year.
    pub year: i16,
    /// 1–12.
    pub month: i8,
}

impl Month {
    /// The month a day lies in.
    pub fn of(date: Date) -> Self {
        Month { year: date.year(), month: date.month() }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        jiff::civil::date(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.first().last_of_month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A stretch of the calendar that plans and projects speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Period {
    /// A year.
    Year(i16),
    /// A half year: year, 1 or 2.
    Half(i16, u8),
    /// A quarter: year, 1–4.
    Quarter(i16, u8),
    /// A month.
    Month(Month),
}

impl Period {
    /// First day.
    pub fn first(self) -> Date {
        match self {
            Period::Year(year) => jiff::civil::date(year, 1, 1),
            Period::Half(year, half) => jiff::civil::date(year, if half <= 1 { 1 } else { 7 }, 1),
            Period::Quarter(year, quarter) => jiff::civil::date(year, (quarter.clamp(1, 4) as i8 - 1) * 3 + 1, 1),
            Period::Month(month) => month.first(),
        }
    }

    /// Last day.
    pub fn last(self) -> Date {
        match self {
            Period::Year(year) => jiff::civil::date(year, 12, 31),
            Period::Half(year, half) => Month { year, month: if half <= 1 { 6 } else { 12 } }.last(),
            Period::Quarter(year, quarter) => Month { year, month: quarter.clamp(1, 4) as i8 * 3 }.last(),
            Period::Month(month) => month.last(),
        }
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year:04}"),
            Period::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Period::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Period::Month(month) => month.fmt(f),
        }
    }
}
