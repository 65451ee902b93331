//! Backends that fail: lost events, overflow, the watch limit, repeated errors.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use super::*;
use crate::watch::signal::{Event, EventSender};

/// A backend through which the test sends events.
#[derive(Clone, Debug, Default)]
pub(super) struct FakeBackend {
    /// One for each start.
    pub(super) senders: Arc<Mutex<Vec<EventSender>>>,
    pub(super) on_start: Option<fn(&EventSender)>,
}

impl Backend for FakeBackend {
    fn start(&mut self, _: &Arc<[WatchedDir]>, events: EventSender) {
        if let Some(on_start) = self.on_start {
            on_start(&events);
        }
        self.senders.lock().expect("no panic").push(events);
    }
}

impl FakeBackend {
    pub(super) fn sender(&self) -> EventSender {
        self.senders.lock().expect("no panic").last().expect("was started").clone()
    }

    fn send(&self, event: Event) {
        self.sender().send(event);
    }

    fn starts(&self) -> usize {
        self.senders.lock().expect("no panic").len()
    }

    fn watcher(&self, timing: Timing) -> Watcher {
        Watcher::with(vec![watched(EXISTING_DIR.into())], None, Box::new(self.clone()), timing)
    }
}

const EXISTING_DIR: &str = env!("CARGO_MANIFEST_DIR");
pub(super) const ALWAYS_READY: Option<fn(&EventSender)> = Some(|events| events.send(Event::Ready));
const NO_RESCANS: Timing = Timing { events: NEVER, polling: NEVER, startup: TIMEOUT };

fn ready_backend() -> FakeBackend {
    FakeBackend { on_start: ALWAYS_READY, ..FakeBackend::default() }
}

fn rescan() -> Changes {
    Changes { rescan: true, ..Changes::default() }
}

fn changed(path: impl Into<PathBuf>) -> Changes {
    Changes { paths: BTreeSet::from([path.into()]), rescan: false }
}

#[test]
fn pending_is_set_before_the_changes_settle() {
    let backend = ready_backend();
    let mut watcher = backend.watcher(NO_RESCANS);
    let pending = watcher.pending();
    assert!(!pending.load(Ordering::Acquire));
    backend.send(Event::Changed("/客档/客户.md".into()));
    assert!(pending.load(Ordering::Acquire));
    assert_eq!(watcher.wait(TIMEOUT), Some(changed("/客档/客户.md")));
    assert!(!pending.load(Ordering::Acquire));
    assert_eq!(watcher.wait(Duration::ZERO), None);
}

#[test]
fn rescans_run_without_events() {
    let interval =
        RescanInterval { min: Duration::from_millis(20), cost_factor: 2, initial: Duration::from_millis(20), ..NEVER };
    let mut watcher = ready_backend().watcher(Timing { events: interval, ..NO_RESCANS });
    for _ in 0..3 {
        assert_eq!(watcher.wait(TIMEOUT), Some(rescan()));
        watcher.answered(Duration::from_millis(1), &[]);
    }
    assert_eq!(watcher.mode(), Mode::Events);
}

#[test]
fn an_overflow_causes_a_rescan_and_a_restart_of_the_backend() {
    let backend = ready_backend();
    let mut watcher = backend.watcher(NO_RESCANS);
    let old = backend.sender();
    old.send(Event::Lost);
    changes_until(&mut watcher, |changes| changes.rescan);
    changes_until(&mut watcher, |changes| changes.rescan);
    assert_eq!((backend.starts(), watcher.mode()), (2, Mode::Events));
    // Events of the stopped backend are ignored.
    old.send(Event::Unavailable(PollReason::WatchLimit));
    old.send(Event::Changed(EXISTING_DIR.into()));
    assert_eq!(watcher.wait(debounce::QUIET * 2), None);
    assert_eq!(watcher.mode(), Mode::Events);
}

#[test]
fn a_slow_backend_causes_a_rescan_when_it_is_ready() {
    let backend = FakeBackend::default();
    let mut watcher = backend.watcher(Timing { startup: Duration::ZERO, ..NO_RESCANS });
    assert_eq!(watcher.wait(debounce::QUIET), None);
    backend.send(Event::Ready);
    assert_eq!(watcher.wait(TIMEOUT), Some(rescan()));
}

#[test]
fn the_watch_limit_at_the_start_and_later() {
    let limited: Option<fn(&EventSender)> = Some(|events| events.send(Event::Unavailable(PollReason::WatchLimit)));
    let watcher = FakeBackend { on_start: limited, ..FakeBackend::default() }.watcher(NO_RESCANS);
    assert_eq!(watcher.mode(), Mode::Polling(poll::INTERVAL, PollReason::WatchLimit));

    let backend = ready_backend();
    let (_temp, root) = temp_archive();
    let mut watcher = Watcher::with(vec![watched(root.clone())], None, Box::new(backend.clone()), NO_RESCANS);
    assert_eq!(watcher.mode(), Mode::Events);
    backend.send(Event::Unavailable(PollReason::WatchLimit));
    assert_eq!(watcher.wait(TIMEOUT), Some(rescan()));
    assert_eq!(watcher.mode(), Mode::Polling(poll::INTERVAL, PollReason::WatchLimit));
    // The directory being edited is polled.
    watcher.answered(Duration::ZERO, &[root.join("客户/东澜水务")]);
    let file = root.join("客户/东澜水务/客户.md");
    std::fs::write(&file, "x").expect("written");
    assert_eq!(watcher.wait(TIMEOUT), Some(changed(file)));
}

#[test]
fn repeated_errors_cause_few_rescans_and_end_in_polling() {
    let failing: Option<fn(&EventSender)> = Some(|events| {
        events.send(Event::Ready);
        events.send(Event::Fault("I/O error".to_owned()));
    });
    let backend = FakeBackend { on_start: failing, ..FakeBackend::default() };
    let mut watcher = backend.watcher(NO_RESCANS);
    watcher.answered(TIMEOUT, &[]);
    let until = Instant::now() + TIMEOUT;
    while watcher.mode() == Mode::Events {
        assert!(Instant::now() < until);
        // A scan that takes a minute is not repeated for an error in the next minute.
        assert_eq!(watcher.wait(debounce::QUIET), None);
    }
    assert_eq!(watcher.mode(), Mode::Polling(poll::INTERVAL, PollReason::Refused("I/O error".to_owned())));
    assert!(backend.starts() >= MAX_FAULTS as usize - 1);
}

#[test]
fn with_a_requested_interval_no_backend_is_started() {
    let backend = FakeBackend::default();
    let interval = Duration::from_millis(20);
    let mut watcher = Watcher::with(vec![watched(EXISTING_DIR.into())], Some(interval), Box::new(backend.clone()), TIMING);
    assert_eq!((watcher.mode(), backend.starts()), (Mode::Polling(interval, PollReason::Requested), 0));
    for _ in 0..3 {
        assert_eq!(watcher.wait(TIMEOUT), Some(rescan()));
    }
}

#[test]
fn an_idle_watcher_sleeps() {
    let mut watcher = ready_backend().watcher(TIMING);
    let before = watcher.wakeups;
    assert_eq!(watcher.wait(Duration::from_millis(300)), None);
    // One to fall asleep, one to wake up, and spurious wake-ups.
    assert!(watcher.wakeups - before <= 4, "{}", watcher.wakeups - before);
}
