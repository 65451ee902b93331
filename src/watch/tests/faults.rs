//! An ear that is at fault: events lost, overflow, no more watches, a storm of errors.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use super::*;

/// An ear that hears what the test says, and the cords it was given.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) cords: Arc<Mutex<Vec<Cord>>>,
    /// What it says of itself as soon as it listens.
    pub(super) at_once: Option<fn(&Cord)>,
}

impl Ear for Told {
    fn listen(&mut self, _: &Arc<[Hung]>, cord: Cord) {
        if let Some(say) = self.at_once {
            say(&cord);
        }
        self.cords.lock().expect("no panic").push(cord);
    }
}

impl Told {
    pub(super) fn cord(&self) -> Cord {
        self.cords.lock().expect("no panic").last().expect("it listens").clone()
    }

    fn listened(&self) -> usize {
        self.cords.lock().expect("no panic").len()
    }

    fn hang(&self, manner: Manner) -> Bell {
        Bell::with(vec![hung(THERE.into())], None, Box::new(self.clone()), manner)
    }
}

/// A folder that is there; nobody listens to it.
const THERE: &str = env!("CARGO_MANIFEST_DIR");
pub(super) const ALWAYS_READY: Option<fn(&Cord)> = Some(|cord| cord.ready());
const QUIET: Manner = Manner { hearing: NEVER, looking: NEVER, patience: GENEROUS };

#[test]
fn whoever_is_busy_is_told_before_it_has_settled() {
    let ear = Told { at_once: ALWAYS_READY, ..Told::default() };
    let mut bell = ear.hang(QUIET);
    let pressed = bell.pressed();
    assert!(!pressed.load(Ordering::Acquire));
    ear.cord().hear("/客档/客户.md".into());
    assert!(pressed.load(Ordering::Acquire));
    let ring = bell.wait(GENEROUS).expect("rings");
    assert_eq!(ring, Ring { named: BTreeSet::from(["/客档/客户.md".into()]), anything: false });
    assert!(!pressed.load(Ordering::Acquire));
    assert_eq!(bell.wait(Duration::ZERO), None);
}

#[test]
fn what_nobody_heard_is_looked_for_now_and_then() {
    let ear = Told { at_once: ALWAYS_READY, ..Told::default() };
    let often = Pace { least: Duration::from_millis(20), share: 2, untold: Duration::from_millis(20), ..NEVER };
    let mut bell = ear.hang(Manner { hearing: often, ..QUIET });
    for _ in 0..3 {
        assert_eq!(bell.wait(GENEROUS), Some(Ring { anything: true, ..Ring::default() }));
        bell.answered(Duration::from_millis(1), &[]);
    }
    assert_eq!(bell.mode(), Mode::Events);
}

#[test]
fn after_an_overflow_everything_is_looked_at_and_the_ear_listens_afresh() {
    let ear = Told { at_once: ALWAYS_READY, ..Told::default() };
    let mut bell = ear.hang(QUIET);
    let old = ear.cord();
    old.lost();
    rings_until(&mut bell, |ring| ring.anything);
    rings_until(&mut bell, |ring| ring.anything);
    assert_eq!((ear.listened(), bell.mode()), (2, Mode::Events));
    // What an ear says that was told to stop does not count.
    old.deaf(Why::TooMany);
    old.hear(THERE.into());
    assert_eq!(bell.wait(burst::QUIET * 2), None);
    assert_eq!(bell.mode(), Mode::Events);
}

#[test]
fn an_ear_that_needs_long_misses_nothing() {
    let ear = Told::default();
    let mut bell = ear.hang(Manner { patience: Duration::ZERO, ..QUIET });
    assert_eq!(bell.wait(burst::QUIET), None);
    ear.cord().ready();
    assert_eq!(bell.wait(GENEROUS), Some(Ring { anything: true, ..Ring::default() }));
}

#[test]
fn no_more_watches_from_the_beginning_or_later() {
    let full: Option<fn(&Cord)> = Some(|cord| cord.deaf(Why::TooMany));
    let bell = Told { at_once: full, ..Told::default() }.hang(QUIET);
    assert_eq!(bell.mode(), Mode::Looking(active::EVERY, Why::TooMany));

    let ear = Told { at_once: ALWAYS_READY, ..Told::default() };
    let (_folder, root) = folder();
    let mut bell = Bell::with(vec![hung(root.clone())], None, Box::new(ear.clone()), QUIET);
    assert_eq!(bell.mode(), Mode::Events);
    ear.cord().deaf(Why::TooMany);
    assert_eq!(bell.wait(GENEROUS), Some(Ring { anything: true, ..Ring::default() }));
    assert_eq!(bell.mode(), Mode::Looking(active::EVERY, Why::TooMany));
    // What changes where somebody works is seen soon, though nobody tells.
    bell.answered(Duration::ZERO, &[root.join("客户/东澜水务")]);
    let file = root.join("客户/东澜水务/客户.md");
    std::fs::write(&file, "x").expect("written");
    assert_eq!(bell.wait(GENEROUS), Some(Ring { named: BTreeSet::from([file]), anything: false }));
}

#[test]
fn a_storm_of_errors_is_looked_into_seldom_and_then_no_more_listened_to() {
    let storm: Option<fn(&Cord)> = Some(|cord| {
        cord.ready();
        cord.fault("I/O error".to_owned());
    });
    let ear = Told { at_once: storm, ..Told::default() };
    let mut bell = ear.hang(QUIET);
    bell.answered(GENEROUS, &[]);
    let until = Instant::now() + GENEROUS;
    while bell.mode() == Mode::Events {
        assert!(Instant::now() < until);
        // A look that costs a minute is not taken again for a fault that comes in the next.
        assert_eq!(bell.wait(burst::QUIET), None);
    }
    assert_eq!(bell.mode(), Mode::Looking(active::EVERY, Why::Refused("I/O error".to_owned())));
    assert!(ear.listened() >= FAULTS as usize - 1);
}

#[test]
fn asked_to_look_it_does_not_listen() {
    let ear = Told::default();
    let every = Duration::from_millis(20);
    let mut bell = Bell::with(vec![hung(THERE.into())], Some(every), Box::new(ear.clone()), MANNER);
    assert_eq!((bell.mode(), ear.listened()), (Mode::Looking(every, Why::Asked), 0));
    for _ in 0..3 {
        assert_eq!(bell.wait(GENEROUS), Some(Ring { anything: true, ..Ring::default() }));
    }
}

#[test]
fn an_idle_bell_sleeps() {
    let ear = Told { at_once: ALWAYS_READY, ..Told::default() };
    let mut bell = ear.hang(MANNER);
    let before = bell.turns;
    assert_eq!(bell.wait(Duration::from_millis(300)), None);
    // One to fall asleep, one to wake up, and what the system wakes for nothing.
    assert!(bell.turns - before <= 4, "{}", bell.turns - before);
}
