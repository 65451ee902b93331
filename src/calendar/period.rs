//! Months, quarters, halves and years.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::numerals::parse_numeral;
use super::tokens::{self, Number};
use super::{Date, DateError, Month, parse_month};

/// A calendar period as plans and projects use it.
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
    /// The quarter a day lies in.
    pub fn quarter_of(day: Date) -> Self {
        Period::Quarter(day.year(), (day.month() as u8 - 1) / 3 + 1)
    }

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

    /// Number of months.
    pub fn months(self) -> u32 {
        match self {
            Period::Year(_) => 12,
            Period::Half(..) => 6,
            Period::Quarter(..) => 3,
            Period::Month(_) => 1,
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

/// Parses a period: a year (`2026`, `2026年`, `2026年度`), a half (`2026上半年`, `2026-H1`), a quarter (`2026-Q3`,
/// `2026年三季度`, `2026年第3季度`), or a month. Without a year the error is [`DateError::NoYear`].
pub fn parse_period(text: &str) -> Result<Period, DateError> {
    if let month @ (Ok(_) | Err(DateError::NoSuchDay)) = parse_month(text) {
        return month.map(Period::Month);
    }
    let text = fold_width(text);
    let (year, rest) = leading_year(&text)?;
    let Some(part) = PeriodPart::read(rest) else { return Err(DateError::NotADate) };
    match (year, part) {
        (None, PeriodPart::Whole) => Err(DateError::NotADate),
        (None, _) => Err(DateError::NoYear),
        (Some(year), part) => Ok(part.of(year)),
    }
}

/// The part of a period that follows the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PeriodPart {
    Whole,
    Half(u8),
    Quarter(u8),
    Month(i8),
}

impl PeriodPart {
    pub fn of(self, year: i16) -> Period {
        match self {
            PeriodPart::Whole => Period::Year(year),
            PeriodPart::Half(half) => Period::Half(year, half),
            PeriodPart::Quarter(quarter) => Period::Quarter(year, quarter),
            PeriodPart::Month(month) => Period::Month(Month { year, month }),
        }
    }

    /// Parses folded text without its year: nothing, `上半年`, `H1`, `三季度`, `第3季度`, `Q3`, `3月`.
    pub fn read(text: &str) -> Option<PeriodPart> {
        let text = text.strip_prefix('-').unwrap_or(text);
        match text {
            "" | "度" | "全年" => return Some(PeriodPart::Whole),
            "上半年" => return Some(PeriodPart::Half(1)),
            "下半年" => return Some(PeriodPart::Half(2)),
            _ => {}
        }
        let upper = |letter: char| text.strip_prefix([letter, letter.to_ascii_lowercase()]);
        if let Some(half) = upper('H') {
            return parse_digit(half, 2).map(PeriodPart::Half);
        }
        if let Some(quarter) = upper('Q').or_else(|| text.strip_suffix("季度")).or_else(|| text.strip_suffix('季')) {
            return parse_digit(quarter.strip_prefix('第').unwrap_or(quarter), 4).map(PeriodPart::Quarter);
        }
        let month = text.strip_suffix("月份").or_else(|| text.strip_suffix('月'))?;
        let month = month.parse::<i8>().ok().filter(|_| month.len() <= 2)?;
        (1..=12).contains(&month).then_some(PeriodPart::Month(month))
    }
}

/// Parses one digit, Arabic or Chinese, from 1 to `most`.
fn parse_digit(text: &str, most: u8) -> Option<u8> {
    let single = || text.parse().ok().filter(|_| text.len() == 1);
    parse_numeral(text).or_else(single).and_then(|digit| u8::try_from(digit).ok()).filter(|digit| (1..=most).contains(digit))
}

/// `text` without blanks and with full-width forms folded.
pub(super) fn fold_width(text: &str) -> String {
    text.chars().map(tokens::fold_char).filter(|&c| c != ' ').collect()
}

/// Splits a leading year (and its 年) off folded text.
pub(super) fn leading_year(text: &str) -> Result<(Option<i16>, &str), DateError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let (mark, rest) = rest.strip_prefix('年').map_or(('\0', rest), |rest| ('年', rest));
    if digits == 4 || (digits == 2 && mark == '年') {
        let value = number.parse().map_err(|_| DateError::NotADate)?;
        tokens::year(Number { value, digits: digits as u8 }, mark).map(|year| (Some(year), rest))
    } else {
        Ok((None, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn period_notations() {
        let month = Period::Month(Month { year: 2026, month: 9 });
        for (period, texts) in [
            (Period::Year(2026), &["2026", "2026年", "2026年度", "26年", "２０２６"][..]),
            (Period::Half(2026, 1), &["2026上半年", "2026年上半年", "2026-H1", "2026H1", "2026h1"]),
            (Period::Half(2026, 2), &["2026年下半年", "2026-H2"]),
            (
                Period::Quarter(2026, 3),
                &[
                    "2026-Q3",
                    "2026Q3",
                    "2026 Q3",
                    "2026-q3",
                    "2026年Q3",
                    "2026年三季度",
                    "2026年第三季度",
                    "2026年3季度",
                    "2026年第3季度",
                    "2026三季度",
                    "２０２６－Ｑ３",
                    "26年三季度",
                ],
            ),
            (month, &["2026-09", "2026年9月", "2026.9", "202609", "2026年9月份"]),
        ] {
            for text in texts {
                assert_eq!(parse_period(text), Ok(period), "{text}");
            }
        }
    }

    #[test]
    fn invalid_period_reasons() {
        for (text, fault) in [
            ("三季度", DateError::NoYear),
            ("上半年", DateError::NoYear),
            ("9月", DateError::NoYear),
            ("2026-Q5", DateError::NotADate),
            ("2026年五季度", DateError::NotADate),
            ("2026-13", DateError::NoSuchDay),
            ("", DateError::NotADate),
            ("26", DateError::NotADate),
            ("今年", DateError::NotADate),
            ("2026-09-05", DateError::NotADate),
            ("1066", DateError::NoSuchDay),
        ] {
            assert_eq!(parse_period(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn period_first_and_last_day() {
        let quarter = parse_period("2026年三季度").expect("a quarter");
        assert_eq!((quarter.first().to_string(), quarter.last().to_string()), ("2026-07-01".into(), "2026-09-30".into()));
        assert_eq!(Period::quarter_of(jiff::civil::date(2026, 9, 30)), quarter);
        assert_eq!(quarter.to_string(), "2026-Q3");
        let december = Month { year: 2026, month: 12 };
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.next().previous(), december);
    }
}
