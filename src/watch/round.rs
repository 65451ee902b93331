//! When the bell rings by itself: nobody may have heard what changed.

use std::time::{Duration, Instant};

/// How often the bell rings by itself, by what a look at everything costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Not more often than this,
    pub(super) least: Duration,
    /// nor than so many times what a look costs,
    pub(super) share: u32,
    /// but at least this often.
    pub(super) most: Duration,
    /// As long as nobody told what a look costs.
    pub(super) untold: Duration,
}

/// Where the system tells: a look takes all threads, so that this is less than a hundredth of a core.
pub(super) const HEARING: Pace = Pace { least: seconds(10), share: 200, most: seconds(300), untold: seconds(30) };

/// Where it does not: a twentieth of a core.
pub(super) const LOOKING: Pace = Pace { least: seconds(2), share: 20, most: seconds(30), untold: seconds(5) };

/// A look that a fault asks for takes no more than this share of the time, however often faults come.
const FAIR: u32 = 20;
/// A fault seldom comes alone.
const TOGETHER: Duration = super::burst::QUIET;
/// `--poll 0` is no reason to do nothing else.
const OFTENEST: Duration = Duration::from_millis(10);

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// When to look, without having been told to. It knows no clock: times are handed in.
#[derive(Debug)]
pub(super) struct Round {
    pace: Pace,
    exactly: Option<Duration>,
    cost: Option<Duration>,
    /// The last look at everything was asked for, or done, then.
    last: Instant,
    /// A look at everything is wanted from then on.
    wanted: Option<Instant>,
}

impl Round {
    /// Begins now.
    pub(super) fn new(pace: Pace, exactly: Option<Duration>, now: Instant) -> Round {
        let exactly = exactly.map(|every| every.max(OFTENEST));
        Round { pace, exactly, cost: None, last: now, wanted: None }
    }

    /// From now on it goes at this pace.
    pub(super) fn keep(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// A look at everything is wanted as soon as is fair.
    pub(super) fn want(&mut self, now: Instant) {
        self.wanted.get_or_insert(now + TOGETHER);
    }

    /// What a look at everything cost.
    pub(super) fn answered(&mut self, now: Instant, cost: Duration) {
        self.cost = Some(cost);
        if self.exactly.is_none() {
            self.last = now;
        }
    }

    /// When everything is to be looked at.
    pub(super) fn everything_at(&self) -> Instant {
        if let Some(every) = self.exactly {
            return self.last + every;
        }
        let Pace { least, share, most, untold } = self.pace;
        let every = self.cost.map_or(untold, |cost| cost.saturating_mul(share).clamp(least, most));
        let fair = self.last + self.cost.unwrap_or_default().saturating_mul(FAIR).min(every);
        self.wanted.map_or(self.last + every, |wanted| wanted.max(fair).min(self.last + every))
    }

    /// Everything is looked at from now on.
    pub(super) fn look_at_everything(&mut self, now: Instant) {
        (self.last, self.wanted) = (now, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dearer_look_is_taken_less_often_within_bounds() {
        let start = Instant::now();
        let mut round = Round::new(HEARING, None, start);
        assert_eq!(round.everything_at(), start + seconds(30));
        for (cost, every) in [(1, 10_000), (100, 20_000), (1_000, 200_000), (60_000, 300_000)] {
            round.answered(start, Duration::from_millis(cost));
            assert_eq!(round.everything_at(), start + Duration::from_millis(every), "{cost}");
        }
        round.keep(LOOKING);
        for (cost, every) in [(1, 2_000), (200, 4_000), (60_000, 30_000)] {
            round.answered(start, Duration::from_millis(cost));
            assert_eq!(round.everything_at(), start + Duration::from_millis(every), "{cost}");
        }
    }

    #[test]
    fn so_often_as_somebody_said() {
        let start = Instant::now();
        let mut round = Round::new(LOOKING, Some(seconds(7)), start);
        round.answered(start + seconds(3), seconds(3));
        round.want(start);
        assert_eq!(round.everything_at(), start + seconds(7));
    }

    #[test]
    fn faults_are_answered_at_once_and_a_storm_of_them_is_not() {
        let start = Instant::now();
        let mut round = Round::new(HEARING, None, start);
        round.answered(start, seconds(1));
        let later = start + seconds(60);
        round.want(later);
        assert_eq!(round.everything_at(), later + TOGETHER);
        round.look_at_everything(later + TOGETHER);
        assert_eq!(round.everything_at(), later + TOGETHER + seconds(200));
        round.want(later + seconds(1));
        round.want(later + seconds(2));
        assert_eq!(round.everything_at(), later + TOGETHER + seconds(20));
    }
}
