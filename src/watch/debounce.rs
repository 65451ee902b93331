//! Debouncing: an editor that saves causes a handful of events, a branch switch thousands.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Changes are reported when no event came for this long,
pub(super) const QUIET: Duration = Duration::from_millis(25);
/// and at the latest this long after the first event.
pub(super) const MAX_DELAY: Duration = Duration::from_millis(500);
/// Beyond this many paths a full scan is cheaper than a list.
const MAX_PATHS: usize = 2_000;

/// Collects events until they settle. Times are passed in.
#[derive(Debug, Default)]
pub(super) struct Debouncer {
    /// Times of the first and the last event.
    span: Option<(Instant, Instant)>,
    paths: BTreeSet<PathBuf>,
    overflowed: bool,
}

impl Debouncer {
    /// Adds an event; returns whether it is the first.
    pub(super) fn add(&mut self, path: PathBuf, now: Instant) -> bool {
        let is_first = self.span.is_none();
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
        if self.paths.len() < MAX_PATHS {
            self.paths.insert(path);
        } else if !self.paths.contains(&path) {
            self.overflowed = true;
        }
        is_first
    }

    /// When the events have settled, if no more come.
    pub(super) fn due(&self) -> Option<Instant> {
        self.span.map(|(first, last)| (last + QUIET).min(first + MAX_DELAY))
    }

    /// The changed paths, and whether some had to be dropped.
    pub(super) fn take(&mut self) -> (BTreeSet<PathBuf>, bool) {
        let Debouncer { paths, overflowed, .. } = std::mem::take(self);
        (paths, overflowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn settles_after_the_last_event_and_at_the_latest_after_the_maximum_delay() {
        let start = Instant::now();
        let mut debouncer = Debouncer::default();
        assert_eq!(debouncer.due(), None);
        assert!(debouncer.add("a".into(), start));
        assert_eq!(debouncer.due(), Some(start + QUIET));
        assert!(!debouncer.add("b".into(), start + ms(20)));
        assert_eq!(debouncer.due(), Some(start + ms(20) + QUIET));
        for at in (20..2_000).step_by(20) {
            debouncer.add("b".into(), start + ms(at));
        }
        assert_eq!(debouncer.due(), Some(start + MAX_DELAY));
        assert_eq!(debouncer.take(), (BTreeSet::from(["a".into(), "b".into()]), false));
        assert_eq!(debouncer.due(), None);
        assert!(debouncer.add("c".into(), start), "the next event is the first again");
    }

    #[test]
    fn surplus_paths_are_dropped() {
        let now = Instant::now();
        let mut debouncer = Debouncer::default();
        for number in 0..MAX_PATHS {
            debouncer.add(number.to_string().into(), now);
        }
        debouncer.add("0".into(), now);
        assert!(!debouncer.overflowed);
        debouncer.add("one more".into(), now);
        let (paths, overflowed) = debouncer.take();
        assert!(paths.len() == MAX_PATHS && overflowed);
    }
}
