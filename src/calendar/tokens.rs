//! Splits a text into up to three numbers and the marks after them, folding full-width forms, without allocating.

use super::{Date, DateError};

/// A run of digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    /// The value.
    pub value: u32,
    /// Number of digits, 1–8.
    pub digits: u8,
}

/// The tokens of a date: `2026年3月5日` is the numbers 2026, 3, 5 and the marks 年, 月, 日.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateTokens {
    /// The numbers; entries from `count` on are unused.
    pub numbers: [Number; 3],
    /// The mark after each number, `\0` at the end of the text.
    pub marks: [char; 3],
    /// How many numbers there are, 1–3.
    pub count: usize,
}

/// Folds a full-width digit, letter, mark or blank to its ASCII form, and 号 to 日; other characters stay.
pub(super) fn fold_char(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '～' => char::from((u32::from(c) - 0xFF01 + 0x21) as u8),
        '－' | '‐' | '‑' | '–' | '—' | '−' => '-',
        '／' => '/',
        '．' => '.',
        '号' => '日',
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        c => c,
    }
}

impl DateTokens {
    /// Tokenizes `text`; `None` unless it is numbers each followed by at most one mark. Blanks may surround marks.
    pub fn of(text: &str) -> Option<DateTokens> {
        let mut parts = DateTokens::default();
        let mut chars = text.chars().map(fold_char).filter(|&c| c != ' ').peekable();
        // Two numbers with only a blank between them are no date; the filter above would join them.
        if joined_by_blank(text) {
            return None;
        }
        while chars.peek().is_some() {
            if parts.count == 3 {
                return None;
            }
            let mut number = Number::default();
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                if number.digits == 8 {
                    return None;
                }
                number = Number { value: number.value * 10 + digit, digits: number.digits + 1 };
                chars.next();
            }
            if number.digits == 0 {
                return None;
            }
            let mark = chars.next().unwrap_or('\0');
            if !matches!(mark, '\0' | '-' | '/' | '.' | '年' | '月' | '日') {
                return None;
            }
            parts.numbers[parts.count] = number;
            parts.marks[parts.count] = mark;
            parts.count += 1;
        }
        (parts.count > 0).then_some(parts)
    }

    /// The marks in use.
    pub fn marks(&self) -> &[char] {
        &self.marks[..self.count]
    }
}

fn joined_by_blank(text: &str) -> bool {
    let mut after_digit = false;
    let mut blank = false;
    for c in text.chars().map(fold_char) {
        if c == ' ' {
            blank = true;
            continue;
        }
        let digit = c.is_ascii_digit();
        if digit && after_digit && blank {
            return true;
        }
        after_digit = digit;
        blank = false;
    }
    false
}

/// A year as written: four digits, or two before 年 (`26年3月5日`), which mean 2000–2099.
pub(super) fn year(number: Number, mark: char) -> Result<i16, DateError> {
    match number.digits {
        4 if (1900..=2199).contains(&number.value) => Ok(number.value as i16),
        4 => Err(DateError::NoSuchDay),
        2 if mark == '年' => Ok(2000 + number.value as i16),
        _ => Err(DateError::NotADate),
    }
}

/// The day, or [`DateError::NoSuchDay`].
pub(super) fn day(year: i16, month: u32, day: u32) -> Result<Date, DateError> {
    if (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month) {
        Ok(jiff::civil::date(year, month as i8, day as i8))
    } else {
        Err(DateError::NoSuchDay)
    }
}

/// Number of days in a month; 0 when `month` is not 1–12.
pub(super) fn days_in(year: i16, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_separators_are_tokenized() {
        let parts = DateTokens::of(" ２０２６ 年3月 5号 ").expect("numbers and marks");
        assert_eq!(parts.numbers.map(|number| number.value), [2026, 3, 5]);
        assert_eq!(parts.marks(), ['年', '月', '日']);
        assert_eq!(DateTokens::of("2026-03").expect("two numbers").marks(), ['-', '\0']);
    }

    #[test]
    fn other_characters_are_rejected() {
        for text in ["", "2026 3 5", "3月上旬", "1-2-3-4", "123456789", "-3-5", "2026--3", "周五"] {
            assert_eq!(DateTokens::of(text), None, "{text}");
        }
    }
}
