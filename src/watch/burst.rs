//! Events that belong together: an editor that saves makes a handful, a branch switch thousands.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// So long nothing more must come.
pub(super) const QUIET: Duration = Duration::from_millis(25);
/// So long after the first event at most.
pub(super) const LONGEST: Duration = Duration::from_millis(500);
/// More names than this are not worth keeping: whoever answers looks at everything.
const MOST: usize = 2_000;

/// The events since the last ring. It knows no clock: times are handed in.
#[derive(Debug, Default)]
pub(super) struct Burst {
    span: Option<(Instant, Instant)>,
    named: BTreeSet<PathBuf>,
    many: bool,
}

impl Burst {
    /// An event; whether it is the first.
    pub(super) fn hear(&mut self, path: PathBuf, now: Instant) -> bool {
        let first = self.span.is_none();
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
        if self.named.len() < MOST {
            self.named.insert(path);
        } else if !self.named.contains(&path) {
            self.many = true;
        }
        first
    }

    /// When it has settled, if nothing more comes.
    pub(super) fn due(&self) -> Option<Instant> {
        self.span.map(|(first, last)| (last + QUIET).min(first + LONGEST))
    }

    /// What was named, and whether that is not all.
    pub(super) fn take(&mut self) -> (BTreeSet<PathBuf>, bool) {
        let Burst { named, many, .. } = std::mem::take(self);
        (named, many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn it_settles_after_the_last_event_and_not_later_than_so_long_after_the_first() {
        let start = Instant::now();
        let mut burst = Burst::default();
        assert_eq!(burst.due(), None);
        assert!(burst.hear("a".into(), start));
        assert_eq!(burst.due(), Some(start + QUIET));
        assert!(!burst.hear("b".into(), start + after(20)));
        assert_eq!(burst.due(), Some(start + after(20) + QUIET));
        for at in (20..2_000).step_by(20) {
            burst.hear("b".into(), start + after(at));
        }
        assert_eq!(burst.due(), Some(start + LONGEST));
        assert_eq!(burst.take(), (BTreeSet::from(["a".into(), "b".into()]), false));
        assert_eq!(burst.due(), None);
        assert!(burst.hear("c".into(), start), "the next is a first one again");
    }

    #[test]
    fn too_many_names_are_not_kept() {
        let now = Instant::now();
        let mut burst = Burst::default();
        for number in 0..MOST {
            burst.hear(number.to_string().into(), now);
        }
        burst.hear("0".into(), now);
        assert!(!burst.many);
        burst.hear("one more".into(), now);
        let (named, many) = burst.take();
        assert!(named.len() == MOST && many);
    }
}
