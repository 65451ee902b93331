//! Frequencies: `每月一次`, `每季度2次`.

use super::Period;
use super::numerals::parse_numeral;
use super::tokens::fold_char;

/// A number of times per interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// At least 1.
    times: u32,
    /// The interval.
    every: RatePeriod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RatePeriod {
    Weeks(u32),
    Months(u32),
}

impl Frequency {
    /// Times per `period`, rounded down; `None` when that is less than once.
    pub fn times_in(self, period: Period) -> Option<u32> {
        let times = match self.every {
            RatePeriod::Weeks(weeks) => {
                let days = (period.last() - period.first()).get_days() + 1;
                self.times.saturating_mul(u32::try_from(days).unwrap_or(0)) / (weeks * 7)
            }
            RatePeriod::Months(months) => self.times.saturating_mul(period.months()) / months,
        };
        (times > 0).then_some(times)
    }
}

/// Names of intervals. A name that is a prefix of another comes after it.
const PERIOD_WORDS: [(&str, RatePeriod); 14] = [
    ("半个月", RatePeriod::Weeks(2)),
    ("半月", RatePeriod::Weeks(2)),
    ("半年", RatePeriod::Months(6)),
    ("两个星期", RatePeriod::Weeks(2)),
    ("两周", RatePeriod::Weeks(2)),
    ("两个月", RatePeriod::Months(2)),
    ("两月", RatePeriod::Months(2)),
    ("三个月", RatePeriod::Months(3)),
    ("星期", RatePeriod::Weeks(1)),
    ("周", RatePeriod::Weeks(1)),
    ("月", RatePeriod::Months(1)),
    ("季度", RatePeriod::Months(3)),
    ("季", RatePeriod::Months(3)),
    ("年", RatePeriod::Months(12)),
];

/// Parses a frequency: `每月一次`, `每个月至少2次`, `每季度一次`, `每半年一次`, `每两周一次`, `每年3次`. `None` for anything else.
pub fn parse_frequency(text: &str) -> Option<Frequency> {
    let text: String = text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
    let rest = text.strip_prefix('每')?;
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    let (every, rest) = PERIOD_WORDS.iter().find_map(|(word, every)| Some((*every, rest.strip_prefix(word)?)))?;
    let rest = ["至少", "不少于", "各"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let count = ["次", "回", "趟"].iter().find_map(|word| rest.strip_suffix(word))?;
    let times = match count {
        "两" => 2,
        _ => parse_numeral(count).or_else(|| count.parse().ok()).filter(|times| (1..=99).contains(times))?,
    };
    Some(Frequency { times, every })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;

    fn times(text: &str, period: Period) -> Option<u32> {
        parse_frequency(text)?.times_in(period)
    }

    #[test]
    fn frequencies_are_counts_per_period() {
        let (year, half, quarter) = (Period::Year(2026), Period::Half(2026, 1), Period::Quarter(2026, 2));
        for (text, of_year, of_quarter) in [
            ("每月一次", 12, 3),
            ("每个月 2 次", 24, 6),
            ("每月至少１次", 12, 3),
            ("每周一次", 52, 13),
            ("每两周一次", 26, 6),
            ("每两个月一次", 6, 1),
            ("每季度一次", 4, 1),
            ("每季两次", 8, 2),
            ("每年十二次", 12, 3),
        ] {
            assert_eq!((times(text, year), times(text, quarter)), (Some(of_year), Some(of_quarter)), "{text}");
        }
        assert_eq!((times("每半年一次", half), times("每半年一次", quarter)), (Some(1), None));
        assert_eq!(times("每季度一次", Period::Month(Month { year: 2026, month: 3 })), None);
    }

    #[test]
    fn other_text_is_no_frequency() {
        for text in ["", "每月", "一次", "每月去一次", "每月1~2次", "每月0次", "六到九月少去", "每月一次。", "每日一次", "12次"]
        {
            assert_eq!(parse_frequency(text), None, "{text}");
        }
    }
}
