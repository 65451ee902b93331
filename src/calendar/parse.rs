//! Parses days and months as people write them. Full-width digits and marks are folded first.

use super::tokens::{self, DateTokens, Number};
use super::{Date, DateError, Month};

/// How to choose the year of a date without one, given a reference day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearHint {
    /// The closest such date: dates of statements in typed tails.
    Nearest,
    /// The first on or after the reference day: due and next dates (`decisions.md` 17).
    OnOrAfter,
    /// The last on or before the reference day: dates of past events.
    OnOrBefore,
}

/// What resolves a date without a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearContext {
    /// The reference day: that of the record.
    pub day: Date,
    /// How to choose the year.
    pub year_hint: YearHint,
}

/// Parses a day: `2026-03-05`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `26年3月5日`, `20260305`, and, with `near`, `3-5`,
/// `3/5`, `3.5`, `3月5日`, `03-05`. Full-width digits and blanks around marks are allowed; weekdays and trailing text
/// are not.
///
/// `2-29` must lie within a year of the reference day: a leap day four years away is a typing error.
pub fn parse_date(text: &str, near: Option<YearContext>) -> Result<Date, DateError> {
    if let Some(date) = canonical(text.as_bytes()) {
        return date;
    }
    let parts = DateTokens::of(text).ok_or(DateError::NotADate)?;
    let [a, b, c] = parts.numbers;
    match parts.marks() {
        ['\0'] if a.digits == 8 => {
            let year = tokens::year(Number { value: a.value / 10_000, digits: 4 }, '\0')?;
            tokens::day(year, a.value / 100 % 100, a.value % 100)
        }
        ['-', '-', '\0'] | ['/', '/', '\0'] | ['.', '.', '\0' | '.'] => match (a.digits, b.digits, c.digits) {
            (4, 1..=2, 1..=2) => tokens::day(tokens::year(a, '-')?, b.value, c.value),
            (1..=2, 1..=2, 2 | 4) | (2, 1..=2, 1) => Err(DateError::Ambiguous),
            _ => Err(DateError::NotADate),
        },
        ['年', '月', '日' | '\0'] if b.digits <= 2 && c.digits <= 2 => tokens::day(tokens::year(a, '年')?, b.value, c.value),
        ['-' | '/' | '.', '\0'] | ['月', '日' | '\0'] if a.digits <= 2 && b.digits <= 2 => {
            without_year(a.value, b.value, near)
        }
        _ => Err(DateError::NotADate),
    }
}

/// Fast path for exactly `YYYY-MM-DD`.
fn canonical(text: &[u8]) -> Option<Result<Date, DateError>> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|digit| u32::from(digit - b'0'));
    let year = Number { value: y1 * 1000 + y2 * 100 + y3 * 10 + y4, digits: 4 };
    Some(tokens::year(year, '-').and_then(|year| tokens::day(year, m1 * 10 + m2, d1 * 10 + d2)))
}

fn without_year(month: u32, day: u32, near: Option<YearContext>) -> Result<Date, DateError> {
    // 2000 is a leap year: this rejects only days that no year has.
    tokens::day(2000, month, day)?;
    let YearContext { day: known, year_hint } = near.ok_or(DateError::NoYear)?;
    let around = (known.year() - 1..=known.year() + 1).filter_map(|year| tokens::day(year, month, day).ok());
    let distance = |date: &Date| (date.duration_since(known).as_hours() / 24).abs();
    let found = match year_hint {
        YearHint::OnOrAfter => around.filter(|date| *date >= known).min(),
        YearHint::OnOrBefore => around.filter(|date| *date <= known).max(),
        YearHint::Nearest => around.min_by_key(distance),
    };
    // 366 days: from one 3-1 to the next across a leap day.
    let reach = if year_hint == YearHint::Nearest { 183 } else { 366 };
    found.filter(|date| distance(date) <= reach).ok_or(DateError::NoSuchDay)
}

/// Parses a month: `2026-03`, `2026/3`, `2026.03`, `2026年3月`, `26年3月`, `202603`.
pub fn parse_month(text: &str) -> Result<Month, DateError> {
    let parts = DateTokens::of(text).ok_or(DateError::NotADate)?;
    let [a, b, _] = parts.numbers;
    let (year, month) = match parts.marks() {
        ['\0'] if a.digits == 6 => (tokens::year(Number { value: a.value / 100, digits: 4 }, '\0')?, a.value % 100),
        ['-' | '/' | '.', '\0'] if a.digits == 4 && b.digits <= 2 => (tokens::year(a, '-')?, b.value),
        ['年', '月' | '\0'] if b.digits <= 2 => (tokens::year(a, '年')?, b.value),
        ['月'] if a.digits <= 2 => return Err(DateError::NoYear),
        _ => return Err(DateError::NotADate),
    };
    if (1..=12).contains(&month) { Ok(Month { year, month: month as i8 }) } else { Err(DateError::NoSuchDay) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn near(text: &str, known: Date, year_hint: YearHint) -> Result<Date, DateError> {
        parse_date(text, Some(YearContext { day: known, year_hint }))
    }

    #[test]
    fn date_notations() {
        for text in [
            "2026-03-05",
            "2026-3-5",
            "2026/3/5",
            "2026/03/05",
            "2026.3.5",
            "2026.03.05.",
            "2026年3月5日",
            "2026年03月05日",
            "2026年3月5号",
            "2026年3月5",
            "26年3月5日",
            "20260305",
            "２０２６－０３－０５",
            "２０２６年３月５日",
            "２０２６／３／５",
            "　2026-03-05 ",
            "2026 年 3 月 5 日",
            "2026—3—5",
        ] {
            assert_eq!(parse_date(text, None), Ok(date(2026, 3, 5)), "{text}");
        }
    }

    #[test]
    fn invalid_date_reasons() {
        use DateError::*;
        for (text, fault) in [
            ("2026-02-30", NoSuchDay),
            ("2026年2月29日", NoSuchDay),
            ("20261301", NoSuchDay),
            ("2026-00-10", NoSuchDay),
            ("0206-03-05", NoSuchDay),
            ("2-30", NoSuchDay),
            ("13月5日", NoSuchDay),
            ("3/5/26", Ambiguous),
            ("26-3-5", Ambiguous),
            ("3/5/2026", Ambiguous),
            ("1.2.3", NotADate),
            ("3-5", NoYear),
            ("3月5日", NoYear),
            ("", NotADate),
            ("2026-03", NotADate),
            ("2026年3月", NotADate),
            ("202603", NotADate),
            ("2026", NotADate),
            ("2026-03-05 周四", NotADate),
            ("2026-03-05。", NotADate),
            ("2026 03 05", NotADate),
            ("2026.3-5", NotADate),
            ("明天", NotADate),
            ("月底", NotADate),
            ("客户", NotADate),
            ("年3月5日", NotADate),
            ("99999999999999999999", NotADate),
        ] {
            assert_eq!(parse_date(text, None), Err(fault), "{text}");
        }
    }

    #[test]
    fn missing_year_follows_the_year_hint() {
        let known = date(2026, 11, 20);
        for text in ["1-5", "01-05", "1/5", "1.5", "1月5日", "１月５号"] {
            assert_eq!(near(text, known, YearHint::OnOrAfter), Ok(date(2027, 1, 5)), "{text}");
            assert_eq!(near(text, known, YearHint::OnOrBefore), Ok(date(2026, 1, 5)), "{text}");
            assert_eq!(near(text, known, YearHint::Nearest), Ok(date(2027, 1, 5)), "{text}");
        }
        assert_eq!(near("12-28", date(2026, 1, 4), YearHint::OnOrBefore), Ok(date(2025, 12, 28)));
        assert_eq!(near("12-28", date(2026, 1, 4), YearHint::Nearest), Ok(date(2025, 12, 28)));
        assert_eq!(near("12-28", date(2026, 1, 4), YearHint::OnOrAfter), Ok(date(2026, 12, 28)));
        for year_hint in [YearHint::OnOrAfter, YearHint::OnOrBefore, YearHint::Nearest] {
            assert_eq!(near("11-20", known, year_hint), Ok(known), "the day itself");
        }
    }

    #[test]
    fn leap_day_without_year() {
        use DateError::NoSuchDay;
        assert_eq!(near("2-29", date(2026, 2, 20), YearHint::OnOrAfter), Err(NoSuchDay));
        assert_eq!(near("2-29", date(2026, 2, 20), YearHint::Nearest), Err(NoSuchDay));
        assert_eq!(near("2-29", date(2027, 11, 20), YearHint::OnOrAfter), Ok(date(2028, 2, 29)));
        assert_eq!(near("2-29", date(2028, 3, 3), YearHint::OnOrBefore), Ok(date(2028, 2, 29)));
        assert_eq!(near("2-29", date(2028, 12, 31), YearHint::OnOrBefore), Ok(date(2028, 2, 29)));
        assert_eq!(near("2-29", date(2027, 12, 1), YearHint::Nearest), Ok(date(2028, 2, 29)));
    }

    #[test]
    fn every_day_has_a_nearest_year() {
        // No day of any year may fail to resolve because the limit is a day short.
        let mut day = date(2027, 1, 1);
        while day < date(2029, 1, 1) {
            for year_hint in [YearHint::OnOrAfter, YearHint::OnOrBefore, YearHint::Nearest] {
                for text in ["1-1", "3-1", "6-30", "12-31"] {
                    assert!(near(text, day, year_hint).is_ok(), "{text} from {day}");
                }
            }
            day = day.tomorrow().expect("below the maximum date");
        }
    }

    #[test]
    fn month_notations() {
        for text in ["2026-03", "2026/3", "2026.03", "2026年3月", "2026年03月", "26年3月", "202603", "２０２６－３"]
        {
            assert_eq!(parse_month(text), Ok(Month { year: 2026, month: 3 }), "{text}");
        }
        assert_eq!(parse_month("2026-13"), Err(DateError::NoSuchDay));
        assert_eq!(parse_month("3月"), Err(DateError::NoYear));
        assert_eq!(parse_month("2026-03-05"), Err(DateError::NotADate));
        assert_eq!(parse_month("26-3"), Err(DateError::NotADate));
        assert_eq!(parse_month("三月"), Err(DateError::NotADate));
    }
}
