//! In tests: a machine that fails, or a process that dies, at a step that was chosen.

use std::cell::Cell;

/// What happens, and after how many steps.
#[derive(Debug, Default)]
pub(super) struct InjectedFault(Cell<Option<(Kind, u32)>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Killed,
    Once,
    From,
}

impl InjectedFault {
    /// The process does nothing after so many steps.
    pub fn killed(after: u32) -> InjectedFault {
        InjectedFault(Cell::new(Some((Kind::Killed, after))))
    }

    /// The machine fails once, after so many steps.
    pub fn once(after: u32) -> InjectedFault {
        InjectedFault(Cell::new(Some((Kind::Once, after))))
    }

    /// The machine fails after so many steps and goes on failing.
    pub fn from(after: u32) -> InjectedFault {
        InjectedFault(Cell::new(Some((Kind::From, after))))
    }

    /// Takes a step; whether it fails.
    pub fn triggers(&self) -> bool {
        let Some((kind, left)) = self.0.get() else { return false };
        match left.checked_sub(1) {
            Some(left) => self.0.set(Some((kind, left))),
            None if kind == Kind::Once => self.0.set(None),
            None => {}
        }
        left == 0
    }

    /// Whether the process is dead.
    pub fn is_kill(&self) -> bool {
        self.0.get() == Some((Kind::Killed, 0))
    }
}
