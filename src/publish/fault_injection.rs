//! For tests: fails a chosen step, or stops there like a killed process.

use std::cell::Cell;

/// The fault, and after how many steps it occurs.
#[derive(Debug, Default)]
pub(super) struct InjectedFault(Cell<Option<(FaultKind, u32)>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FaultKind {
    Killed,
    Once,
    From,
}

impl InjectedFault {
    /// The process is killed after so many steps.
    pub fn killed(after: u32) -> InjectedFault {
        InjectedFault(Cell::new(Some((FaultKind::Killed, after))))
    }

    /// One step fails, after so many steps.
    pub fn once(after: u32) -> InjectedFault {
        InjectedFault(Cell::new(Some((FaultKind::Once, after))))
    }

    /// All steps fail after so many steps.
    pub fn always_after(after: u32) -> InjectedFault {
        InjectedFault(Cell::new(Some((FaultKind::From, after))))
    }

    /// Counts a step; returns whether it fails.
    pub fn triggers(&self) -> bool {
        let Some((kind, left)) = self.0.get() else { return false };
        match left.checked_sub(1) {
            Some(left) => self.0.set(Some((kind, left))),
            None if kind == FaultKind::Once => self.0.set(None),
            None => {}
        }
        left == 0
    }

    /// Whether the process counts as killed.
    pub fn is_kill(&self) -> bool {
        self.0.get() == Some((FaultKind::Killed, 0))
    }
}
