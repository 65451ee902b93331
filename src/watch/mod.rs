//! File watching: reports which files and directories may have changed, debounced.
//!
//! The entry point is [`Watcher::wait`]. A report ([`Changes`]) is a hint: it names paths to read first, or says that anything
//! may have changed. No system reports every change reliably, so the caller compares files itself. A superfluous report costs
//! one scan; a lost event delays a change until the next rescan, which the watcher requests on its own timer. This module does
//! not know what files mean; the caller tells it what a scan costs ([`Watcher::answered`]).
//!
//! A [`backend::Backend`] runs in threads of its own and sends [`signal::Event`]s. The watcher collects them in a [`debounce`],
//! schedules full scans ([`rescan`]), polls directories that are being edited where the system sends no events ([`poll`]), and
//! checks whether the watched roots are still the same directories ([`roots`]).
#![expect(clippy::disallowed_methods, reason = "the watcher sleeps, and reads directories of the disk")]

mod backend;
mod debounce;
mod network_fs;
mod notify;
mod poll;
mod rescan;
mod roots;
mod signal;
#[cfg(test)]
mod tests;
mod watched_dir;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use backend::Backend;
use notify::NotifyBackend;
use poll::PollSet;
use rescan::{RescanInterval, RescanTimer};
use roots::Roots;
use signal::{BackendStatus, EventReceiver};
pub use watched_dir::WatchedDir;

/// How changes are detected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The system sends events.
    Events,
    /// By polling at this interval. With `--poll` that is a full scan; otherwise it is the interval for directories that are
    /// being edited, and a full scan runs at least every 30 seconds.
    Polling(Duration, PollReason),
}

/// Why events of the system are not used, or not relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollReason {
    /// The user asked for it (`--poll`).
    Requested,
    /// The directory is on a network or foreign file system of this name: the system reports no changes by other machines.
    NetworkFs(String),
    /// The limit on watched directories is reached (`fs.inotify.max_user_watches`).
    WatchLimit,
    /// The system returned this error.
    Refused(String),
}

/// What may have changed since the last report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Absolute paths of changed files and directories; a directory stands for everything below it.
    pub paths: BTreeSet<PathBuf>,
    /// Anything else may have changed as well: after a queue overflow, an error, or when a full scan is due.
    pub rescan: bool,
}

/// How long the watcher waits, and how often it requests full scans.
#[derive(Clone, Copy, Debug)]
struct Timing {
    /// How long [`Watcher::new`] waits for the backend: enough for an archive of thousands of directories.
    startup: Duration,
    /// Full scans while the system sends events,
    events: RescanInterval,
    /// and while it does not.
    polling: RescanInterval,
}

const TIMING: Timing = Timing { startup: Duration::from_millis(300), events: rescan::EVENTS, polling: rescan::POLLING };

/// After this many errors, each within [`FAULT_WINDOW`] of the one before, the backend is not used any more.
const MAX_FAULTS: u32 = 5;
const FAULT_WINDOW: Duration = Duration::from_secs(60);
/// Before a restart of the backend the watcher waits this many times as long as the last start took, but at least
/// `MIN_RESTART_DELAY`.
const RESTART_FACTOR: u32 = 10;
const MIN_RESTART_DELAY: Duration = Duration::from_millis(100);

/// Watches directories.
#[derive(Debug)]
pub struct Watcher {
    dirs: Arc<[WatchedDir]>,
    timing: Timing,
    events: Arc<EventReceiver>,
    backend: Option<Box<dyn Backend>>,
    roots: Roots,
    rescan: RescanTimer,
    poll: PollSet,
    requested_interval: Option<Duration>,
    network_fs: Option<String>,
    /// Why the backend does not work.
    unavailable: Option<PollReason>,
    /// When the backend was started last, and when it was ready.
    started: (Instant, Instant),
    /// When the backend is to be restarted.
    restart_at: Option<Instant>,
    faults: (u32, Instant),
    #[cfg(test)]
    wakeups: usize,
}

impl Watcher {
    /// Watches these directories. This never fails: without events it polls, every `poll` or at an interval of its own. Create
    /// it before the first scan: every later change is reported.
    pub fn new(dirs: Vec<WatchedDir>, poll: Option<Duration>) -> Watcher {
        Watcher::with(dirs, poll, Box::new(NotifyBackend::new()), TIMING)
    }

    fn with(dirs: Vec<WatchedDir>, poll: Option<Duration>, backend: Box<dyn Backend>, timing: Timing) -> Watcher {
        let now = Instant::now();
        let mut watcher = Watcher {
            roots: Roots::new(&dirs, now),
            dirs: dirs.into(),
            timing,
            events: Arc::default(),
            // Who asks for polling knows that events do not work.
            backend: poll.is_none().then_some(backend),
            rescan: RescanTimer::new(timing.polling, poll, now),
            poll: PollSet::new(now),
            requested_interval: poll,
            network_fs: None,
            unavailable: None,
            started: (now, now),
            restart_at: None,
            faults: (0, now),
            #[cfg(test)]
            wakeups: 0,
        };
        watcher.start_before_scan(now);
        watcher
    }

    /// Watches these directories instead of the present ones. As after [`Watcher::new`], the caller must scan everything next.
    pub fn set_dirs(&mut self, dirs: Vec<WatchedDir>) {
        let now = Instant::now();
        self.roots = Roots::new(&dirs, now);
        self.dirs = dirs.into();
        self.start_before_scan(now);
    }

    fn start_before_scan(&mut self, now: Instant) {
        self.start_backend(now);
        if self.backend.is_some() {
            self.events.wait_for_status(self.timing.startup);
        }
        // The scan that follows sees earlier changes: a backend that is ready by now has missed nothing.
        self.update(Instant::now(), true);
    }

    /// How changes are detected at present.
    pub fn mode(&self) -> Mode {
        let reason = match (self.requested_interval, &self.network_fs, &self.unavailable) {
            (Some(interval), ..) => return Mode::Polling(interval, PollReason::Requested),
            (None, Some(name), _) => PollReason::NetworkFs(name.clone()),
            (None, None, Some(reason)) => reason.clone(),
            (None, None, None) => return Mode::Events,
        };
        Mode::Polling(poll::INTERVAL, reason)
    }

    /// Set while changes wait to be collected: less urgent work may stop.
    pub fn pending(&self) -> Arc<AtomicBool> {
        self.events.pending.clone()
    }

    /// The next changes, debounced: 25 ms after the last event, at most 500 ms after the first. `None` after `timeout`.
    pub fn wait(&mut self, timeout: Duration) -> Option<Changes> {
        let start = Instant::now();
        // Adding an endless timeout to an instant would overflow; the caller asks again after a day.
        let until = start + timeout.min(Duration::from_secs(86_400));
        loop {
            #[cfg(test)]
            {
                self.wakeups += 1;
            }
            let now = Instant::now();
            self.update(now, false);
            if self.rescan.due() <= now {
                let paths = self.events.take_settled(now).map(|(paths, _)| paths).unwrap_or_default();
                self.check_roots(now);
                self.rescan.started(now);
                return Some(Changes { paths, rescan: true });
            }
            if let Some((paths, rescan)) = self.events.take_settled(now) {
                return Some(Changes { paths, rescan });
            }
            let poll_due = self.poll.due().filter(|_| self.polls_active_dirs());
            if poll_due.is_some_and(|at| at <= now) {
                let paths = self.poll.scan(&self.dirs, now);
                if !paths.is_empty() {
                    return Some(Changes { paths: paths.into_iter().collect(), rescan: false });
                }
                continue;
            }
            if until <= now {
                return None;
            }
            let timers = [poll_due, Some(self.roots.due()), self.restart_at];
            let next = timers.into_iter().flatten().fold(self.rescan.due().min(until), Instant::min);
            self.events.sleep(now, next);
        }
    }

    /// Tells the watcher what a full scan cost and in which directories it found changes. Full scans are scheduled so that they
    /// take less than a hundredth of a core; the directories are polled more often.
    pub fn answered(&mut self, cost: Duration, changed: &[PathBuf]) {
        let now = Instant::now();
        self.rescan.finished(now, cost);
        if self.polls_active_dirs() {
            self.poll.add(changed, now);
        }
    }

    /// Whether directories that are being edited are polled: without events, unless the user set an interval.
    fn polls_active_dirs(&self) -> bool {
        matches!(self.mode(), Mode::Polling(_, reason) if reason != PollReason::Requested)
    }

    /// Processes the status of the backend and the timers. `scan_follows`: the caller is about to scan everything.
    fn update(&mut self, now: Instant, scan_follows: bool) {
        let BackendStatus { ready, lost, fault, unavailable } = self.events.take_status();
        if ready {
            self.started.1 = now;
            if !scan_follows {
                self.rescan.request(now);
            }
        }
        if let Some(text) = &fault {
            let (count, last) = self.faults;
            let count = if now < last + FAULT_WINDOW { count + 1 } else { 1 };
            self.faults = (count, now);
            if count >= MAX_FAULTS {
                self.give_up(PollReason::Refused(text.clone()), now);
            }
        }
        if (lost || fault.is_some()) && self.unavailable.is_none() {
            self.rescan.request(now);
            let (start, ready) = self.started;
            let delay = ready.saturating_duration_since(start).saturating_mul(RESTART_FACTOR).max(MIN_RESTART_DELAY);
            self.restart_at.get_or_insert(ready.max(start) + delay);
        }
        if let Some(reason) = unavailable {
            self.give_up(reason, now);
        }
        if self.roots.due() <= now {
            self.check_roots(now);
        }
        if self.restart_at.is_some_and(|at| at <= now) {
            self.start_backend(now);
        }
    }

    /// From now on there are no events.
    fn give_up(&mut self, reason: PollReason, now: Instant) {
        self.unavailable = Some(reason);
        self.restart_at = None;
        self.rescan.set_interval(self.timing.polling);
        self.rescan.request(now);
    }

    /// Starts afresh when a root was replaced: another file system may lie there now.
    fn check_roots(&mut self, now: Instant) {
        if self.roots.have_changed(&self.dirs, now) {
            self.rescan.request(now);
            self.start_backend(now);
        }
    }

    fn start_backend(&mut self, now: Instant) {
        (self.restart_at, self.unavailable, self.started) = (None, None, (now, now));
        self.roots.have_changed(&self.dirs, now);
        self.network_fs = self.dirs.iter().find_map(|dir| network_fs::network_fs(&dir.root));
        let has_events = self.requested_interval.is_none() && self.network_fs.is_none();
        self.rescan.set_interval(if has_events { self.timing.events } else { self.timing.polling });
        // Most changes by this machine are reported on a network file system, too.
        let sender = self.events.new_sender();
        if let Some(backend) = &mut self.backend {
            backend.start(&self.dirs, sender);
        }
    }
}
