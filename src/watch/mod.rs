//! The doorbell: it says that somebody may have changed something, and where to look first.
//!
//! The verb is [`Bell::wait`]. A ring never says what happened, for no system can be trusted to: it says «look again», and
//! which folders to look at first. Whoever answers must find the truth by looking; a bell that rings in vain costs a look,
//! one that stays silent for a while (lost events, a network share) costs patience and never truth, because it rings by
//! itself now and then. The room never knows what files mean nor what a look costs unless it is told.
//!
//! An [`ear::Ear`] hears, in a thread of its own, and pulls the [`cord`]; the bell feels that, waits until a [`burst`] has
//! settled, keeps its own [`round`]s, and has an eye on the [`roots`].
#![expect(clippy::disallowed_methods, reason = "the bell waits, and hangs on folders of the disk")]

mod active;
mod burst;
mod cord;
mod ear;
mod foreign;
mod hung;
#[cfg(target_os = "linux")]
mod inotify;
#[cfg(target_os = "linux")]
mod posts;
mod roots;
mod round;
#[cfg(test)]
mod tests;
#[cfg(any(test, not(target_os = "linux")))]
mod watcher;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use active::Active;
use cord::{Cord, Felt};
use ear::Ear;
pub use hung::Hung;
use roots::Roots;
use round::{Pace, Round};

/// How changes are noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The system tells.
    Events,
    /// By looking, and why. Who asked for it said how often; else folders that are being worked in are looked at this often,
    /// and everything at least every half minute.
    Looking(Duration, Why),
}

/// Why the system is not asked to tell, or does not tell all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody said so (`--poll`).
    Asked,
    /// The folder is on a network or foreign file system of this name, where changes by others are not told.
    Foreign(String),
    /// The system watches no more folders (`fs.inotify.max_user_watches`).
    TooMany,
    /// The system refused, in its words.
    Refused(String),
}

/// A ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// Files and folders that changed as far as is known, absolute; of a folder all that is below it.
    pub named: BTreeSet<PathBuf>,
    /// Anything may have changed, also what is not named: an overflow, a fault, or the time for a look at everything.
    pub anything: bool,
}

/// What a bell does when nobody tells it otherwise.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// So long it waits for the ear when it is hung: long enough for an archive of thousands of folders.
    patience: Duration,
    /// When it rings by itself where the system tells,
    hearing: Pace,
    /// and where it does not.
    looking: Pace,
}

const MANNER: Manner = Manner { patience: Duration::from_millis(300), hearing: round::HEARING, looking: round::LOOKING };

/// After so many faults within a minute of each other the system is not trusted to tell any more.
const FAULTS: u32 = 5;
const FORGIVEN: Duration = Duration::from_secs(60);
/// Listening afresh takes no more than this share of the time, and a fault is not answered by another at once.
const FAIR: u32 = 10;
const BREATH: Duration = Duration::from_millis(100);

/// A bell, hung.
#[derive(Debug)]
pub struct Bell {
    folders: Arc<[Hung]>,
    manner: Manner,
    felt: Arc<Felt>,
    ear: Option<Box<dyn Ear>>,
    roots: Roots,
    round: Round,
    active: Active,
    asked: Option<Duration>,
    foreign: Option<String>,
    deaf: Option<Why>,
    /// When it listened afresh, until it was ready for the last time.
    listened: (Instant, Instant),
    /// When it is to listen afresh.
    again: Option<Instant>,
    faults: (u32, Instant),
    #[cfg(test)]
    turns: usize,
}

impl Bell {
    /// Hangs a bell on these folders. It cannot fail: where the system does not help, it looks every `poll`, or as often as it
    /// deems right. It is hung before the first look; what changes from then on rings.
    pub fn hang(folders: Vec<Hung>, poll: Option<Duration>) -> Bell {
        Bell::with(folders, poll, ear::of_this_system(), MANNER)
    }

    fn with(folders: Vec<Hung>, poll: Option<Duration>, ear: Box<dyn Ear>, manner: Manner) -> Bell {
        let now = Instant::now();
        let mut bell = Bell {
            roots: Roots::new(&folders, now),
            folders: folders.into(),
            manner,
            felt: Arc::default(),
            // Who asks for looking has seen that hearing does not help.
            ear: poll.is_none().then_some(ear),
            round: Round::new(manner.looking, poll, now),
            active: Active::new(now),
            asked: poll,
            foreign: None,
            deaf: None,
            listened: (now, now),
            again: None,
            faults: (0, now),
            #[cfg(test)]
            turns: 0,
        };
        bell.listen_before_a_look(now);
        bell
    }

    /// Hangs on these folders from now on, and no more on those that it hung on. As when it was hung first, a look at
    /// everything is to follow.
    pub fn hang_on(&mut self, folders: Vec<Hung>) {
        let now = Instant::now();
        self.roots = Roots::new(&folders, now);
        self.folders = folders.into();
        self.listen_before_a_look(now);
    }

    fn listen_before_a_look(&mut self, now: Instant) {
        self.listen(now);
        if self.ear.is_some() {
            self.felt.rest_for_tidings(self.manner.patience);
        }
        // What changed before is seen by that look: an ear that is ready in time has missed nothing.
        self.attend(Instant::now(), true);
    }

    /// How changes are noticed; it may change while the bell hangs.
    pub fn mode(&self) -> Mode {
        let why = match (self.asked, &self.foreign, &self.deaf) {
            (Some(every), ..) => return Mode::Looking(every, Why::Asked),
            (None, Some(name), _) => Why::Foreign(name.clone()),
            (None, None, Some(deaf)) => deaf.clone(),
            (None, None, None) => return Mode::Events,
        };
        Mode::Looking(active::EVERY, why)
    }

    /// Set while a ring waits to be answered: whoever is busy with less urgent work may leave it.
    pub fn pressed(&self) -> Arc<AtomicBool> {
        self.felt.pressed.clone()
    }

    /// The next ring, when it has settled: 25 ms after the last event, at most 500 ms after the first. `None` when there was
    /// none for so long.
    pub fn wait(&mut self, patience: Duration) -> Option<Ring> {
        let start = Instant::now();
        // For ever is a day: whoever waits so long asks again.
        let until = start + patience.min(Duration::from_secs(86_400));
        loop {
            #[cfg(test)]
            {
                self.turns += 1;
            }
            let now = Instant::now();
            self.attend(now, false);
            if self.round.everything_at() <= now {
                let named = self.felt.settled(now).map(|(named, _)| named).unwrap_or_default();
                self.see_to_roots(now);
                self.round.look_at_everything(now);
                return Some(Ring { named, anything: true });
            }
            if let Some((named, anything)) = self.felt.settled(now) {
                return Some(Ring { named, anything });
            }
            let active = self.active.due().filter(|_| self.looks_at_active());
            if active.is_some_and(|at| at <= now) {
                let named = self.active.look(&self.folders, now);
                if !named.is_empty() {
                    return Some(Ring { named: named.into_iter().collect(), anything: false });
                }
                continue;
            }
            if until <= now {
                return None;
            }
            let own = [active, self.roots.due(), self.again];
            let next = own.into_iter().flatten().fold(self.round.everything_at().min(until), Instant::min);
            self.felt.rest(now, next);
        }
    }

    /// What a look at everything cost, and which folders had changed: the bell rings by itself so seldom that looking costs
    /// less than a hundredth of a core, and looks at folders that are being worked in more often.
    pub fn answered(&mut self, cost: Duration, changed: &[PathBuf]) {
        let now = Instant::now();
        self.round.answered(now, cost);
        if self.looks_at_active() {
            self.active.note(changed, now);
        }
    }

    /// Whether folders that are being worked in are looked at: where the system does not tell, and nobody said how often.
    fn looks_at_active(&self) -> bool {
        matches!(self.mode(), Mode::Looking(_, why) if why != Why::Asked)
    }

    /// Hears what the ear says of itself, and has an eye on the roots.
    fn attend(&mut self, now: Instant, nothing_seen: bool) {
        let cord::Tidings { ready, lost, fault, deaf } = self.felt.tidings();
        if ready {
            self.listened.1 = now;
            if !nothing_seen {
                self.round.want(now);
            }
        }
        if let Some(words) = &fault {
            let (count, last) = self.faults;
            let count = if now < last + FORGIVEN { count + 1 } else { 1 };
            self.faults = (count, now);
            if count >= FAULTS {
                self.silence(Why::Refused(words.clone()), now);
            }
        }
        if (lost || fault.is_some()) && self.deaf.is_none() {
            self.round.want(now);
            let (since, ready) = self.listened;
            let rest = ready.saturating_duration_since(since).saturating_mul(FAIR).max(BREATH);
            self.again.get_or_insert(ready.max(since) + rest);
        }
        if let Some(why) = deaf {
            self.silence(why, now);
        }
        if self.roots.due().is_some_and(|at| at <= now) {
            self.see_to_roots(now);
        }
        if self.again.is_some_and(|at| at <= now) {
            self.listen(now);
        }
    }

    /// Nothing is heard any more.
    fn silence(&mut self, why: Why, now: Instant) {
        self.deaf = Some(why);
        self.again = None;
        self.round.keep(self.manner.looking);
        self.round.want(now);
    }

    /// What was asked about a folder says nothing about another one that came in its place.
    fn see_to_roots(&mut self, now: Instant) {
        if self.roots.have_changed(&self.folders, now) {
            self.round.want(now);
            self.listen(now);
        }
    }

    /// Listens afresh.
    fn listen(&mut self, now: Instant) {
        (self.again, self.deaf, self.listened) = (None, None, (now, now));
        self.roots.have_changed(&self.folders, now);
        self.foreign = self.folders.iter().find_map(|hung| foreign::foreign(&hung.root));
        let hears = self.asked.is_none() && self.foreign.is_none();
        self.round.keep(if hears { self.manner.hearing } else { self.manner.looking });
        // What this machine changes on a foreign file system is mostly told.
        let cord = self.felt.cord();
        if let Some(ear) = &mut self.ear {
            ear.listen(&self.folders, cord);
        }
    }
}
