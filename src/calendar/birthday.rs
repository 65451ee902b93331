//! Dates of birth that may be incomplete (附表2 出生日期).

use serde::{Deserialize, Serialize};

use super::DateError;
use super::numerals::parse_numeral;
use super::period::{fold_width, leading_year};
use super::tokens::{self, DateTokens, Number};

/// A date of birth: `1970`, `1970-05`, `1970-05-12`, `05-12`, `农历八月十五`. Any part may be unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Birthday {
    /// Year, 1900–2099.
    pub year: Option<i16>,
    /// Month 1–12; of the lunar year when `lunar`.
    pub month: Option<i8>,
    /// Day 1–31.
    pub day: Option<i8>,
    /// Whether the date is lunar.
    pub lunar: bool,
    /// The trimmed source text, as shown.
    pub written: String,
}

/// Parses a date of birth: `1970`, `70年`, `1970-05`, `1970年5月`, `1970-05-12`, `05-12`, `5月12日`, `5月`, and in the
/// lunar calendar `农历八月十五`, `八月十五`, `五月初三`, `1970年腊月廿三`, `农历8月15`. A month and day in Chinese
/// numerals without 日 are lunar, as such days are written.
pub fn parse_birthday(text: &str) -> Result<Birthday, DateError> {
    let written = text.trim();
    let text = fold_width(written);
    let (text, said_lunar, said_solar) = strip_calendar(&text);
    let found = match parse_arabic(&text) {
        Err(DateError::NotADate) => parse_chinese(&text),
        found => found.map(|parts| (parts, false)),
    };
    let ((year, month, day), chinese_lunar) = found?;
    let lunar = (said_lunar || chinese_lunar) && !said_solar;
    let most = match (lunar, month) {
        // A lunar month has at most 30 days; its length varies by year.
        (true, _) => 30,
        (false, Some(month)) => tokens::days_in(year.unwrap_or(2000), month),
        (false, None) => 31,
    };
    if month.is_some_and(|month| !(1..=12).contains(&month)) || day.is_some_and(|day| day < 1 || day > most) {
        return Err(DateError::NoSuchDay);
    }
    let (month, day) = (month.map(|month| month as i8), day.map(|day| day as i8));
    Ok(Birthday { year, month, day, lunar, written: written.to_owned() })
}

/// Removes the calendar's name wherever it stands (`农历1970年八月十五`, `1970年农历八月十五`, `5月12日（公历）`).
/// The flags: lunar was named, solar was named.
fn strip_calendar(text: &str) -> (String, bool, bool) {
    let lunar = ["农历", "阴历", "旧历"].iter().any(|name| text.contains(name));
    let solar = ["公历", "阳历", "新历"].iter().any(|name| text.contains(name));
    if !lunar && !solar {
        return (text.to_owned(), false, false);
    }
    let mut text = text.to_owned();
    for name in ["（农历）", "（阴历）", "（公历）", "（阳历）", "(农历)", "(阴历)", "(公历)", "(阳历)"]
    {
        text = text.replacen(name, "", 1);
    }
    for name in ["农历", "阴历", "旧历", "公历", "阳历", "新历"] {
        text = text.replacen(name, "", 1);
    }
    (text, lunar, solar)
}

type KnownParts = (Option<i16>, Option<u32>, Option<u32>);

/// Parses month and day in Arabic numerals.
fn parse_arabic(text: &str) -> Result<KnownParts, DateError> {
    let parts = DateTokens::of(text).ok_or(DateError::NotADate)?;
    let [a, b, c] = parts.numbers;
    let short = |number: Number| number.digits <= 2;
    Ok(match parts.marks() {
        ['\0' | '年'] if a.digits == 4 => (Some(birth_year(a, '年')?), None, None),
        ['年'] => (Some(birth_year(a, '年')?), None, None),
        ['\0'] if a.digits == 8 => {
            let year = birth_year(Number { value: a.value / 10_000, digits: 4 }, '\0')?;
            (Some(year), Some(a.value / 100 % 100), Some(a.value % 100))
        }
        ['月'] if short(a) => (None, Some(a.value), None),
        ['-' | '/' | '.', '\0'] if a.digits == 4 && short(b) => (Some(birth_year(a, '-')?), Some(b.value), None),
        ['-' | '/' | '.', '\0'] | ['月', '日' | '\0'] if short(a) && short(b) => (None, Some(a.value), Some(b.value)),
        ['年', '月' | '\0'] if short(b) => (Some(birth_year(a, '年')?), Some(b.value), None),
        ['-', '-', '\0'] | ['/', '/', '\0'] | ['.', '.', '\0'] if short(b) => match (a.digits, c.digits) {
            (4, 1..=2) => (Some(birth_year(a, '-')?), Some(b.value), Some(c.value)),
            (1..=2, 2 | 4) | (2, 1) => return Err(DateError::Ambiguous),
            _ => return Err(DateError::NotADate),
        },
        ['年', '月', '日' | '\0'] if short(b) && short(c) => (Some(birth_year(a, '年')?), Some(b.value), Some(c.value)),
        _ => return Err(DateError::NotADate),
    })
}

/// `1970`, or `70` before 年. Two digits mean 1921–2020: birth years of people in a post today.
fn birth_year(number: Number, mark: char) -> Result<i16, DateError> {
    match number.digits {
        2 if mark == '年' => Ok(number.value as i16 + if number.value > 20 { 1900 } else { 2000 }),
        4 if number.value > 2099 => Err(DateError::NoSuchDay),
        _ => tokens::year(number, mark),
    }
}

/// Parses a month and day in Chinese numerals, with or without a year; the flag tells whether they are lunar.
fn parse_chinese(text: &str) -> Result<(KnownParts, bool), DateError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, rest) = match leading_year(text)? {
        (Some(_), rest) => {
            let value = text[..digits].parse().map_err(|_| DateError::NotADate)?;
            (Some(birth_year(Number { value, digits: digits as u8 }, '年')?), rest)
        }
        (None, rest) => (None, rest),
    };
    let (month, day) = rest.split_once('月').ok_or(DateError::NotADate)?;
    // 闰四月 is the leap month after the fourth; only `written` keeps 闰.
    let month = month.strip_prefix('闰').unwrap_or(month);
    let month = match month {
        "正" => 1,
        "冬" => 11,
        "腊" => 12,
        _ => parse_numeral(month).or_else(|| month.parse().ok()).ok_or(DateError::NotADate)?,
    };
    if day.is_empty() {
        // 八月 alone does not name a calendar; it counts as solar. 正月, 冬月 and 腊月 are lunar names.
        let lunar = ["正月", "冬月", "腊月"].iter().any(|name| rest.starts_with(name));
        return Ok(((year, Some(month), None), lunar));
    }
    let (number, by_day) = day.strip_suffix('日').map_or((day, false), |day| (day, true));
    let plain = number.strip_prefix('初').unwrap_or(number);
    let day = parse_numeral(plain).or_else(|| number.parse().ok()).ok_or(DateError::NotADate)?;
    Ok(((year, Some(month), Some(day)), !by_day || plain.len() < number.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Year, month, day, and whether the date is lunar.
    type Read = (Option<i16>, Option<i8>, Option<i8>, bool);

    fn read(text: &str) -> Result<Read, DateError> {
        parse_birthday(text).map(|day| (day.year, day.month, day.day, day.lunar))
    }

    #[test]
    fn partial_solar_birthdays() {
        for (text, year, month, day) in [
            ("1970", Some(1970), None, None),
            ("1970年", Some(1970), None, None),
            ("70年", Some(1970), None, None),
            ("05年", Some(2005), None, None),
            ("1970-05", Some(1970), Some(5), None),
            ("1970年5月", Some(1970), Some(5), None),
            ("70年5月", Some(1970), Some(5), None),
            ("1970-05-12", Some(1970), Some(5), Some(12)),
            ("1970.5.12", Some(1970), Some(5), Some(12)),
            ("1970年5月12日", Some(1970), Some(5), Some(12)),
            ("19700512", Some(1970), Some(5), Some(12)),
            ("05-12", None, Some(5), Some(12)),
            ("5.12", None, Some(5), Some(12)),
            ("5月12日", None, Some(5), Some(12)),
            ("５月１２号", None, Some(5), Some(12)),
            ("公历5月12日", None, Some(5), Some(12)),
            ("02-29", None, Some(2), Some(29)),
            ("5月", None, Some(5), None),
            ("五月十二日", None, Some(5), Some(12)),
        ] {
            assert_eq!(read(text), Ok((year, month, day, false)), "{text}");
        }
    }

    #[test]
    fn lunar_birthdays() {
        for (text, year, month, day) in [
            ("农历八月十五", None, Some(8), Some(15)),
            ("八月十五", None, Some(8), Some(15)),
            ("八月十五（农历）", None, Some(8), Some(15)),
            ("五月初三", None, Some(5), Some(3)),
            ("五月初十", None, Some(5), Some(10)),
            ("正月初一", None, Some(1), Some(1)),
            ("腊月廿三", None, Some(12), Some(23)),
            ("冬月二十", None, Some(11), Some(20)),
            ("十一月二十九", None, Some(11), Some(29)),
            ("十二月三十", None, Some(12), Some(30)),
            ("闰四月初八", None, Some(4), Some(8)),
            ("农历1970年八月十五", Some(1970), Some(8), Some(15)),
            ("1970年农历八月十五", Some(1970), Some(8), Some(15)),
            ("70年八月十五", Some(1970), Some(8), Some(15)),
            ("农历8月15", None, Some(8), Some(15)),
            ("农历8-15", None, Some(8), Some(15)),
            ("阴历八月十五日", None, Some(8), Some(15)),
            ("腊月", None, Some(12), None),
        ] {
            assert_eq!(read(text), Ok((year, month, day, true)), "{text}");
        }
    }

    #[test]
    fn invalid_birthday_reasons() {
        for (text, fault) in [
            ("1970-02-30", DateError::NoSuchDay),
            ("1971-02-29", DateError::NoSuchDay),
            ("02-30", DateError::NoSuchDay),
            ("农历八月三十一", DateError::NoSuchDay),
            ("十三月初一", DateError::NoSuchDay),
            ("2170", DateError::NoSuchDay),
            ("5/12/70", DateError::Ambiguous),
            ("70-5-12", DateError::Ambiguous),
            ("70", DateError::NotADate),
            ("属狗", DateError::NotADate),
            ("八月中秋", DateError::NotADate),
            ("农历", DateError::NotADate),
            ("", DateError::NotADate),
        ] {
            assert_eq!(read(text), Err(fault), "{text}");
        }
        assert_eq!(parse_birthday(" 农历八月十五 ").expect("a birthday").written, "农历八月十五");
    }
}
