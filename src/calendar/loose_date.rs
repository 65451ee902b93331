//! Approximate dates: `2027年一季度`, `上半年`, `年底`.

use serde::{Deserialize, Serialize};

use super::period::{PeriodPart, fold_width, leading_year};
use super::{Date, DateError, Month, Period, YearContext, YearHint, parse_date, parse_period};

/// An approximate date: the range of days it may mean, and its source text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LooseDate {
    /// Earliest day meant.
    pub first: Date,
    /// Latest day meant.
    pub last: Date,
    /// The period, if the text names exactly one.
    pub period: Option<Period>,
    /// The trimmed source text.
    pub written: String,
}

/// Words around an approximate date that do not change its range; only [`LooseDate::written`] keeps them.
const PREFIXES: &[&str] = &["预计", "大约", "暂定", "约", "最迟", "最早"];
const SUFFIXES: &[&str] = &["左右", "前后", "之前", "以前", "之后", "以后", "前", "后", "内"];

/// Parses an approximate date: a day, a period, `2027年初`, `年底`, `3月底`, `月底`, `6月中旬`, `2027年3月至5月`, with
/// or without 预计 or 左右. Without a year it means the first such range that does not end before `near`; `月底` is that of
/// `near`'s month. Words relative to today (`明年`, `下月`) are rejected: the file outlives the day it was written on.
pub fn parse_loose_date(text: &str, near: Option<Date>) -> Result<LooseDate, DateError> {
    let written = text.trim();
    let folded = fold_width(written);
    let mut core = folded.as_str();
    while let Some(rest) = PREFIXES.iter().find_map(|word| core.strip_prefix(word)) {
        core = rest;
    }
    while let Some(rest) = SUFFIXES.iter().find_map(|word| core.strip_suffix(word)) {
        core = rest;
    }
    let (first, last, period) = range(core, near)?;
    Ok(LooseDate { first, last, period, written: written.to_owned() })
}

type DateRange = (Date, Date, Option<Period>);

/// Parses one range, or the range of two joined by 至.
fn range(text: &str, near: Option<Date>) -> Result<DateRange, DateError> {
    match text.split_once(['至', '到', '~']) {
        Some((from, to)) => {
            // A bare number before 至 is a month (`2027年3至5月`); the first part gives the second its year.
            let from = if to.ends_with('月') && from.ends_with(|c: char| c.is_ascii_digit()) && !from.contains('-') {
                format!("{from}月")
            } else {
                from.to_owned()
            };
            let (first, end, _) = date_range(&from, near)?;
            let (start, last, _) = date_range(to, Some(end))?;
            if start < first { Err(DateError::NoSuchDay) } else { Ok((first, last, None)) }
        }
        None => date_range(text, near),
    }
}

fn date_range(text: &str, near: Option<Date>) -> Result<DateRange, DateError> {
    match parse_date(text, near.map(|day| YearContext { day, year_hint: YearHint::OnOrAfter })) {
        Ok(day) => return Ok((day, day, None)),
        Err(DateError::NotADate) => {}
        Err(fault) => return Err(fault),
    }
    match parse_period(text) {
        Ok(period) => return Ok((period.first(), period.last(), Some(period))),
        Err(DateError::NotADate | DateError::NoYear) => {}
        Err(fault) => return Err(fault),
    }
    let (year, rest) = leading_year(text)?;
    let Some(shape) = PhraseShape::read(rest, year.is_some()) else { return Err(DateError::NotADate) };
    match (year, near) {
        (Some(year), _) => shape.of(Month { year, month: 1 }),
        (None, None) => Err(DateError::NoYear),
        (None, Some(near)) => {
            let this = shape.of(Month::of(near))?;
            if this.1 >= near { Ok(this) } else { shape.of(Month { year: near.year() + 1, month: near.month() }) }
        }
    }
}

/// The part of an approximate date that follows the year.
#[derive(Clone, Copy)]
enum PhraseShape {
    /// A part of the year with a name of its own.
    Part(PeriodPart),
    /// 年初, 年中, 年底: first and last month.
    Months(i8, i8),
    /// 月初, 3月底: the month (`None`: the reference month), first and last day.
    Days(Option<i8>, i8, i8),
}

impl PhraseShape {
    /// `dated`: a year (with its 年) precedes `text`.
    fn read(text: &str, dated: bool) -> Option<PhraseShape> {
        match if dated { Some(text) } else { text.strip_prefix('年') } {
            Some("初") => return Some(PhraseShape::Months(1, 3)),
            Some("中") => return Some(PhraseShape::Months(6, 7)),
            Some("底" | "末") => return Some(PhraseShape::Months(12, 12)),
            _ => {}
        }
        if let Some(part) = PeriodPart::read(text).filter(|part| *part != PeriodPart::Whole) {
            return Some(PhraseShape::Part(part));
        }
        let (month, third) = text.split_once('月')?;
        let (from, to) = match third {
            "初" | "上旬" => (1, 10),
            "中" | "中旬" => (11, 20),
            "底" | "末" | "下旬" => (21, 31),
            _ => return None,
        };
        match month {
            // 月底 after a year alone names no month.
            "" | "本" => (!dated).then_some(PhraseShape::Days(None, from, to)),
            _ => match PeriodPart::read(&format!("{month}月"))? {
                PeriodPart::Month(month) => Some(PhraseShape::Days(Some(month), from, to)),
                _ => None,
            },
        }
    }

    /// The range in the year of `known`; `Days(None, …)` takes the month of `known` too.
    fn of(self, known: Month) -> Result<DateRange, DateError> {
        let year = known.year;
        Ok(match self {
            PhraseShape::Part(part) => {
                let period = part.of(year);
                (period.first(), period.last(), Some(period))
            }
            PhraseShape::Months(from, to) => (Month { year, month: from }.first(), Month { year, month: to }.last(), None),
            PhraseShape::Days(month, from, to) => {
                let month = Month { year, month: month.unwrap_or(known.month) };
                let last = month.last();
                let day = |day: i8| jiff::civil::date(month.year, month.month, day.min(last.day()));
                (day(from), day(to), None)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn stretch_of(text: &str) -> Result<(String, String), DateError> {
        parse_loose_date(text, Some(date(2026, 11, 20))).map(|loose| (loose.first.to_string(), loose.last.to_string()))
    }

    #[test]
    fn approximate_dates_are_ranges() {
        for (text, first, last) in [
            ("2027年一季度", "2027-01-01", "2027-03-31"),
            ("一季度", "2027-01-01", "2027-03-31"),
            ("四季度", "2026-10-01", "2026-12-31"),
            ("Q1", "2027-01-01", "2027-03-31"),
            ("上半年", "2027-01-01", "2027-06-30"),
            ("下半年", "2026-07-01", "2026-12-31"),
            ("2027上半年", "2027-01-01", "2027-06-30"),
            ("年底", "2026-12-01", "2026-12-31"),
            ("2027年底", "2027-12-01", "2027-12-31"),
            ("2027年末", "2027-12-01", "2027-12-31"),
            ("2027年初", "2027-01-01", "2027-03-31"),
            ("2027年中", "2027-06-01", "2027-07-31"),
            ("年初", "2027-01-01", "2027-03-31"),
            ("3月底", "2027-03-21", "2027-03-31"),
            ("2027年2月底", "2027-02-21", "2027-02-28"),
            ("月底", "2026-11-21", "2026-11-30"),
            ("12月中旬", "2026-12-11", "2026-12-20"),
            ("2027年6月上旬", "2027-06-01", "2027-06-10"),
            ("3月", "2027-03-01", "2027-03-31"),
            ("11月", "2026-11-01", "2026-11-30"),
            ("2027", "2027-01-01", "2027-12-31"),
            ("2027年", "2027-01-01", "2027-12-31"),
            ("2027-03", "2027-03-01", "2027-03-31"),
            ("2027-03-15", "2027-03-15", "2027-03-15"),
            ("3-15", "2027-03-15", "2027-03-15"),
            ("预计2027年一季度", "2027-01-01", "2027-03-31"),
            ("2027年一季度左右", "2027-01-01", "2027-03-31"),
            ("约2027年6月底前", "2027-06-21", "2027-06-30"),
            ("2027年3月至5月", "2027-03-01", "2027-05-31"),
            ("2027年3至5月", "2027-03-01", "2027-05-31"),
            ("2027年10月～2028年3月", "2027-10-01", "2028-03-31"),
            ("12月至3月", "2026-12-01", "2027-03-31"),
            ("２０２７年一季度", "2027-01-01", "2027-03-31"),
        ] {
            assert_eq!(stretch_of(text), Ok((first.to_owned(), last.to_owned())), "{text}");
        }
    }

    #[test]
    fn relative_words_are_rejected() {
        for text in ["明年", "下月", "下月初", "近期", "待定", "", "底", "2027年月底", "尽快", "前", "年", "13月底"]
        {
            assert!(matches!(stretch_of(text), Err(DateError::NotADate)), "{text}");
        }
        assert_eq!(parse_loose_date("年底", None), Err(DateError::NoYear));
        assert_eq!(parse_loose_date("一季度", None), Err(DateError::NoYear));
        assert_eq!(stretch_of("2027-02-30"), Err(DateError::NoSuchDay));
        assert_eq!(stretch_of("2027年5月至2027年3月"), Err(DateError::NoSuchDay));
    }

    #[test]
    fn written_text_is_kept() {
        let loose = parse_loose_date(" 预计2027年一季度 ", None).expect("a quarter");
        assert_eq!(loose.written, "预计2027年一季度");
        assert_eq!(loose.period, Some(Period::Quarter(2027, 1)));
        assert_eq!(parse_loose_date("2027年底", None).expect("a range").period, None);
    }
}
