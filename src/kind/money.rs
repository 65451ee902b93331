//! Amounts of money, exact to the fen.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::normalize::to_half_width;

/// An amount in yuan, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Hundredths of a yuan.
    pub fen: i64,
    /// Whether it is approximate (`约`).
    pub approximate: bool,
}

impl Money {
    /// Parses `1200`, `1,200.50`, `¥1200`, `1200元`, `1.2万`, `约2.3亿`, folding full-width digits and marks. `None` if it
    /// is not an amount or is finer than a fen.
    pub fn read(text: &str) -> Option<Money> {
        // Fast path for whole yuan, the common case. With at most 15 digits, yuan × 100 cannot overflow.
        let digits = (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<i64>() {
            Ok(yuan) if digits => Some(Money { fen: yuan * 100, approximate: false }),
            _ => Money::parse_notation(text),
        }
    }

    /// Parses every other notation.
    fn parse_notation(text: &str) -> Option<Money> {
        let folded: String = text.trim().chars().map(to_half_width).collect();
        let mut rest = folded.trim();
        let mut about = false;
        for word in ["大约", "约", "~", "近"] {
            if let Some(after) = rest.strip_prefix(word) {
                (rest, about) = (after.trim_start(), true);
                break;
            }
        }
        for word in ["左右", "上下"] {
            if let Some(before) = rest.strip_suffix(word) {
                (rest, about) = (before.trim_end(), true);
            }
        }
        let (negative, after) = rest.strip_prefix('-').map_or((false, rest), |after| (true, after));
        rest = ["人民币", "RMB", "CNY", "¥"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after).trim_start();
        rest = rest
            .strip_suffix("元整")
            .or_else(|| rest.strip_suffix("块钱"))
            .or_else(|| rest.strip_suffix(['元', '块']))
            .unwrap_or(rest);
        rest = rest.trim_end();
        // The power of ten that the last digit before the decimal point counts.
        let mut power = 0;
        for (word, of) in [("亿", 8), ("千万", 7), ("百万", 6), ("万", 4), ("千", 3)] {
            if let Some(before) = rest.strip_suffix(word) {
                (rest, power) = (before.trim_end(), of);
                break;
            }
        }
        let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
        let part = part.trim_end_matches('0');
        if whole.is_empty() || rest.ends_with('.') || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let scale = 2 + power - part.len() as i32;
        let digits = without_grouping(whole)? + part;
        if scale < 0 || digits.len() > 18 {
            return None;
        }
        let fen = digits.parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(scale.unsigned_abs())?)?;
        Some(Money { fen: if negative { -fen } else { fen }, approximate: about })
    }
}

/// Removes digit grouping; `None` unless the groups have three digits.
fn without_grouping(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let mut all = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        grouped = true;
        all.push_str(group);
    }
    (digits(first) && (!grouped || first.len() <= 3)).then_some(all)
}

impl fmt::Display for Money {
    /// `1,200.50`: grouped, two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = (self.fen.unsigned_abs() / 100).to_string();
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.fen < 0 { "-" } else { "" };
        let about = if self.approximate { "约" } else { "" };
        write!(f, "{about}{sign}{grouped}.{:02}", self.fen.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn integer_fast_path_matches_full_parser() {
        for text in
            ["0", "7", "007", "1200", "999999999999999", "1000000000000000", "99999999999999999", "", "1,200", "12.5", "１２"]
        {
            assert_eq!(Money::read(text), Money::parse_notation(text), "{text}");
        }
    }

    #[test]
    fn amount_notations_are_parsed() {
        for (text, shown) in [
            ("186", "186.00"),
            ("1,200.50", "1,200.50"),
            ("¥1200", "1,200.00"),
            ("￥１２００", "1,200.00"),
            ("5,000元", "5,000.00"),
            ("1.2万", "12,000.00"),
            ("约2.3亿", "约230,000,000.00"),
            ("1280万元左右", "约12,800,000.00"),
            ("3千", "3,000.00"),
            ("-88", "-88.00"),
            ("0.5", "0.50"),
            ("12.500", "12.50"),
        ] {
            assert_eq!(Money::read(text).map(|money| money.to_string()).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn invalid_amounts_are_rejected() {
        for text in
            ["", "一千二", "12,00", "1200,000", "1.005", "12.", ".5", "1-2", "3人", "1.2.3", "99999999999999999999", "万"]
        {
            assert_eq!(Money::read(text), None, "{text}");
        }
    }
}
