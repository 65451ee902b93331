//! The part of a planned number that is due by today (D-11, D-16).

use super::RuleContext;
use crate::calendar::{AsOf, Date};

/// Of `times` in a range of days, the number due by today: planned × elapsed share, minus the configured tolerance,
/// rounded down.
pub fn owed_by_now(times: u32, stretch: (Date, Date), context: &RuleContext<'_>) -> u32 {
    elapsed_share(times, stretch, context.as_of, context.config.cadences.behind_tolerance_percent)
}

fn elapsed_share(times: u32, (first, last): (Date, Date), as_of: AsOf, tolerance_percent: u32) -> u32 {
    let whole = AsOf(last).days_since(first) + 1;
    let gone = (as_of.days_since(first) + 1).clamp(0, whole);
    let asked = u64::from(100u32.saturating_sub(tolerance_percent));
    (u64::from(times) * gone as u64 * asked / (whole.max(1) as u64 * 100)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Period;

    #[test]
    fn elapsed_share_rounds_down() {
        let year = (Period::Year(2026).first(), Period::Year(2026).last());
        let on = |month, day| elapsed_share(7, year, AsOf(jiff::civil::date(2026, month, day)), 0);
        assert_eq!((on(1, 1), on(7, 2), on(12, 31)), (0, 3, 7));
        assert_eq!(elapsed_share(10, year, AsOf(jiff::civil::date(2026, 12, 31)), 15), 8);
    }
}
