//! Chinese numerals for days and months.

/// Parses 一 to 三十一, also 廿三 and 卅.
pub(super) fn parse_numeral(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u32 + 1);
    let mut chars = text.chars();
    let (mut value, rest) = match (chars.next()?, chars.as_str()) {
        ('十', rest) => (10, rest),
        ('廿', rest) => (20, rest.strip_prefix('十').unwrap_or(rest)),
        ('卅', rest) => (30, rest.strip_prefix('十').unwrap_or(rest)),
        (first, "") => return digit(first),
        (first, rest) => (digit(first)? * 10, rest.strip_prefix('十')?),
    };
    let mut rest = rest.chars();
    if let Some(last) = rest.next() {
        value += digit(last)?;
    }
    rest.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_of_days_and_months() {
        for (text, value) in [("一", 1), ("十", 10), ("十二", 12), ("廿三", 23), ("三十一", 31), ("卅", 30)] {
            assert_eq!(parse_numeral(text), Some(value), "{text}");
        }
        for text in ["", "两", "一二", "十十", "百", "3"] {
            assert_eq!(parse_numeral(text), None, "{text}");
        }
    }
}
