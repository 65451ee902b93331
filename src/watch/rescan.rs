//! The timer for full scans, which find changes that no event reported.

use std::time::{Duration, Instant};

/// The interval of full scans as a function of the cost of a scan.
#[derive(Clone, Copy, Debug)]
pub(super) struct RescanInterval {
    /// The shortest interval.
    pub(super) min: Duration,
    /// The interval is the cost of a scan times this, within `min` and `max`.
    pub(super) cost_factor: u32,
    pub(super) max: Duration,
    /// While the cost is unknown.
    pub(super) initial: Duration,
}

/// While the system sends events. A scan uses all threads, so this is less than a hundredth of a core.
pub(super) const EVENTS: RescanInterval =
    RescanInterval { min: seconds(10), cost_factor: 200, max: seconds(300), initial: seconds(30) };

/// Without events: a twentieth of a core.
pub(super) const POLLING: RescanInterval =
    RescanInterval { min: seconds(2), cost_factor: 20, max: seconds(30), initial: seconds(5) };

/// However often scans are requested, they are this many times their cost apart.
const REQUEST_FACTOR: u32 = 20;
/// A requested scan waits this long, since errors seldom come alone.
const REQUEST_DELAY: Duration = super::debounce::QUIET;
/// `--poll 0` must not keep the program busy.
const MIN_POLL: Duration = Duration::from_millis(10);

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// When the next full scan is due. Times are passed in.
#[derive(Debug)]
pub(super) struct RescanTimer {
    interval: RescanInterval,
    /// The interval that the user set.
    fixed: Option<Duration>,
    cost: Option<Duration>,
    /// When the last full scan was started or finished.
    last: Instant,
    /// A full scan is requested for this time.
    requested: Option<Instant>,
}

impl RescanTimer {
    /// Starts now.
    pub(super) fn new(interval: RescanInterval, fixed: Option<Duration>, now: Instant) -> RescanTimer {
        let fixed = fixed.map(|every| every.max(MIN_POLL));
        RescanTimer { interval, fixed, cost: None, last: now, requested: None }
    }

    pub(super) fn set_interval(&mut self, interval: RescanInterval) {
        self.interval = interval;
    }

    /// Requests a full scan ahead of time.
    pub(super) fn request(&mut self, now: Instant) {
        self.requested.get_or_insert(now + REQUEST_DELAY);
    }

    /// A full scan is done and had this cost.
    pub(super) fn finished(&mut self, now: Instant, cost: Duration) {
        self.cost = Some(cost);
        if self.fixed.is_none() {
            self.last = now;
        }
    }

    /// When the next full scan is due.
    pub(super) fn due(&self) -> Instant {
        if let Some(every) = self.fixed {
            return self.last + every;
        }
        let RescanInterval { min, cost_factor, max, initial } = self.interval;
        let every = self.cost.map_or(initial, |cost| cost.saturating_mul(cost_factor).clamp(min, max));
        let earliest = self.last + self.cost.unwrap_or_default().saturating_mul(REQUEST_FACTOR).min(every);
        self.requested.map_or(self.last + every, |requested| requested.max(earliest).min(self.last + every))
    }

    /// A full scan starts now.
    pub(super) fn started(&mut self, now: Instant) {
        (self.last, self.requested) = (now, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_grows_with_the_cost_within_bounds() {
        let start = Instant::now();
        let mut timer = RescanTimer::new(EVENTS, None, start);
        assert_eq!(timer.due(), start + seconds(30));
        for (cost, every) in [(1, 10_000), (100, 20_000), (1_000, 200_000), (60_000, 300_000)] {
            timer.finished(start, Duration::from_millis(cost));
            assert_eq!(timer.due(), start + Duration::from_millis(every), "{cost}");
        }
        timer.set_interval(POLLING);
        for (cost, every) in [(1, 2_000), (200, 4_000), (60_000, 30_000)] {
            timer.finished(start, Duration::from_millis(cost));
            assert_eq!(timer.due(), start + Duration::from_millis(every), "{cost}");
        }
    }

    #[test]
    fn the_interval_of_the_user_is_kept() {
        let start = Instant::now();
        let mut timer = RescanTimer::new(POLLING, Some(seconds(7)), start);
        timer.finished(start + seconds(3), seconds(3));
        timer.request(start);
        assert_eq!(timer.due(), start + seconds(7));
    }

    #[test]
    fn one_request_is_served_at_once_and_many_are_limited() {
        let start = Instant::now();
        let mut timer = RescanTimer::new(EVENTS, None, start);
        timer.finished(start, seconds(1));
        let later = start + seconds(60);
        timer.request(later);
        assert_eq!(timer.due(), later + REQUEST_DELAY);
        timer.started(later + REQUEST_DELAY);
        assert_eq!(timer.due(), later + REQUEST_DELAY + seconds(200));
        timer.request(later + seconds(1));
        timer.request(later + seconds(2));
        assert_eq!(timer.due(), later + REQUEST_DELAY + seconds(20));
    }
}
