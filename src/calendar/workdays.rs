//! Working days: the official schedules of known years with the company's changes.

use std::collections::BTreeSet;

use jiff::civil::Weekday;

use super::official_holidays::{OFFICIAL_YEARS, OfficialYear};
use super::{Date, Month};

/// The company's changes to the official schedule (`archive.yaml` `holidays`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Holidays {
    /// Additional days off.
    pub off: BTreeSet<Date>,
    /// Working days although a holiday or a weekend; these win over `off`.
    pub work: BTreeSet<Date>,
}

/// Tells working days from days off and counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Workdays {
    company_holidays: Holidays,
}

impl Workdays {
    /// The official schedule, overridden by the company's changes.
    pub fn new(company_holidays: Holidays) -> Self {
        Workdays { company_holidays }
    }

    /// Whether the year has an official schedule; without one, Monday to Friday are working days.
    pub fn has_table(&self, year: i16) -> bool {
        official(year).is_some()
    }

    /// Whether `day` is a working day.
    pub fn is_workday(&self, day: Date) -> bool {
        if self.company_holidays.work.contains(&day) {
            return true;
        }
        if self.company_holidays.off.contains(&day) {
            return false;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let Some(table) = official(day.year()) else { return !weekend };
        let name = day.month() as u16 * 100 + day.day() as u16;
        if weekend { table.work.binary_search(&name).is_ok() } else { table.off.binary_search(&name).is_err() }
    }

    /// The first working day after `day`.
    pub fn next(&self, day: Date) -> Date {
        self.after(day, 1)
    }

    /// The `count`-th working day after `day`. For 0: `day` itself if it is a working day, else the next one.
    pub fn after(&self, day: Date, count: u32) -> Date {
        if count == 0 {
            return self.at_or_after(day);
        }
        let mut day = day;
        for _ in 0..count {
            let Ok(tomorrow) = day.tomorrow() else { return Date::MAX };
            day = self.at_or_after(tomorrow);
        }
        day
    }

    /// Number of working days after `from`, up to and including `to`; 0 when `to` is not later. A duty due on `from`
    /// and done on `to` is that many days late.
    pub fn between(&self, from: Date, to: Date) -> u32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            let Ok(tomorrow) = day.tomorrow() else { break };
            day = tomorrow;
            count += u32::from(self.is_workday(day));
        }
        count
    }

    /// The first Monday of the month, or the next working day if it is a day off (S-11.1a).
    pub fn first_monday(&self, month: Month) -> Date {
        let first = month.first();
        let days = (7 - i32::from(first.weekday().to_monday_zero_offset())) % 7;
        self.at_or_after(jiff::civil::date(month.year, month.month, 1 + days as i8))
    }

    /// The first working day of the month (S-17.1c).
    pub fn first_workday(&self, month: Month) -> Date {
        self.at_or_after(month.first())
    }

    /// The last working day of the month (S-17.1a), or its last day if the month has no working day.
    pub fn last_workday(&self, month: Month) -> Date {
        let mut day = month.last();
        while !self.is_workday(day) {
            match day.yesterday() {
                Ok(yesterday) if yesterday >= month.first() => day = yesterday,
                _ => return month.last(),
            }
        }
        day
    }

    fn at_or_after(&self, day: Date) -> Date {
        let mut day = day;
        while !self.is_workday(day) {
            let Ok(tomorrow) = day.tomorrow() else { return Date::MAX };
            day = tomorrow;
        }
        day
    }
}

fn official(year: i16) -> Option<&'static OfficialYear> {
    OFFICIAL_YEARS.iter().find(|table| table.year == year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn official_calendar_of_2026() {
        let days = Workdays::default();
        assert!(days.is_workday(date(2026, 11, 24)));
        assert!(!days.is_workday(date(2026, 11, 22)), "a Sunday");
        assert!(!days.is_workday(date(2026, 2, 17)), "春节");
        assert!(days.is_workday(date(2026, 2, 14)), "a Saturday worked for 春节");
        assert_eq!(days.next(date(2026, 2, 14)), date(2026, 2, 24));
        assert_eq!(days.next(date(2026, 9, 30)), date(2026, 10, 8));
        assert_eq!(days.after(date(2026, 9, 30), 3), date(2026, 10, 10), "the worked Saturday counts");
        assert_eq!(days.after(date(2026, 10, 1), 0), date(2026, 10, 8));
        assert_eq!(days.after(date(2026, 10, 8), 0), date(2026, 10, 8));
        assert_eq!(days.between(date(2026, 9, 30), date(2026, 10, 10)), 3);
        assert_eq!(days.between(date(2026, 10, 10), date(2026, 9, 30)), 0);
    }

    #[test]
    fn regulation_examples_of_workdays() {
        let days = Workdays::default();
        let month = |month| Month { year: 2026, month };
        assert_eq!(days.first_monday(month(11)), date(2026, 11, 2));
        assert_eq!(days.first_monday(month(6)), date(2026, 6, 1));
        assert_eq!(days.first_monday(month(10)), date(2026, 10, 8), "5 October is a holiday");
        assert_eq!(days.first_monday(Month { year: 2025, month: 2 }), date(2025, 2, 5), "3 February is 春节");
        assert_eq!(days.last_workday(month(10)), date(2026, 10, 30));
        assert_eq!(days.last_workday(month(2)), date(2026, 2, 28), "a worked Saturday");
        assert_eq!(days.first_workday(month(1)), date(2026, 1, 4), "a worked Sunday");
    }

    #[test]
    fn unknown_year_is_monday_to_friday() {
        let days = Workdays::default();
        assert!(days.has_table(2026) && !days.has_table(2031));
        assert!(days.is_workday(date(2031, 10, 1)));
        assert!(!days.is_workday(date(2031, 10, 4)));
    }

    #[test]
    fn company_holidays_override() {
        let own = Holidays { off: [date(2026, 11, 24)].into(), work: [date(2026, 11, 22), date(2026, 10, 1)].into() };
        let days = Workdays::new(own);
        assert!(!days.is_workday(date(2026, 11, 24)));
        assert!(days.is_workday(date(2026, 11, 22)));
        assert!(days.is_workday(date(2026, 10, 1)));
    }

    #[test]
    fn holiday_tables_are_sorted_and_minimal() {
        for table in OFFICIAL_YEARS {
            for (names, weekend) in [(table.off, false), (table.work, true)] {
                assert!(names.is_sorted(), "{}", table.year);
                for name in names {
                    let day = date(table.year, (name / 100) as i8, (name % 100) as i8);
                    assert_eq!(matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), weekend, "{day}");
                }
            }
        }
    }
}
