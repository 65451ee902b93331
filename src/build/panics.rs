//! Catches panics, so that a bug triggered by one file, customer or page does not affect the others.
//!
//! The site is not published if anything panicked: the build continues to report all such places in one run, and then
//! fails.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::BuildError;

/// What the program was working on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PanicScope {
    /// Reading a file of the archive, by path.
    File(String),
    /// Assembling or checking a customer, by folder.
    Customer(String),
    /// Planning the pages of a customer, by folder.
    Pages(String),
    /// Rendering an output, by address, and the file of its record if it has one.
    Output(String, Option<String>),
}

/// A caught panic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaughtPanic {
    /// What the program was working on.
    pub over: PanicScope,
    /// Panic message and source location, if known. May contain text of the archive, so it is not for every reader.
    pub said: String,
}

/// Collects the panics of one phase from all threads.
#[derive(Debug, Default)]
pub(super) struct PanicCollector(Mutex<Vec<CaughtPanic>>);

impl PanicCollector {
    /// Runs a piece of work; `None` if it panicked, which is recorded.
    pub fn catch<T>(&self, over: impl FnOnce() -> PanicScope, work: impl FnOnce() -> T) -> Option<T> {
        let said = match catch_panic(work) {
            Ok(done) => return Some(done),
            Err(said) => said,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(CaughtPanic { over: over(), said });
        None
    }

    /// Fails if there were panics, in an order that does not depend on threads.
    pub fn into_result(self) -> Result<(), BuildError> {
        let mut panics = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        panics.sort();
        if panics.is_empty() { Ok(()) } else { Err(BuildError::Panicked(panics)) }
    }
}

/// Runs `work`; the error is the panic message. Values that `work` modified must not be used afterwards.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    PANIC_LOCATION.take();
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let said = panic_message(&*payload);
        match PANIC_LOCATION.take() {
            Some(place) => format!("{said} ({place})"),
            None => said.to_owned(),
        }
    })
}

thread_local! {
    /// Location of the panic being caught; only the panic hook knows it.
    static PANIC_LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Panic hook: prints nothing and stores the location, so that [`catch_panic`] can report it in the user's language.
pub fn install_panic_hook(panic: &PanicHookInfo<'_>) {
    PANIC_LOCATION.replace(panic.location().map(Location::to_string));
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_collected_and_other_work_continues() {
        let panics = PanicCollector::default();
        let over = |path: &str| PanicScope::File(path.to_owned());
        assert_eq!(panics.catch(|| over("甲.md"), || 1), Some(1));
        for path in ["乙.md", "丙.md"] {
            assert_eq!(panics.catch(|| over(path), || -> u8 { panic!("{path}") }), None);
        }
        let Err(BuildError::Panicked(told)) = panics.into_result() else { panic!("two were told") };
        let told: Vec<_> = told.into_iter().map(|panic| (panic.over, panic.said)).collect();
        assert_eq!(told, [(over("丙.md"), "丙.md".to_owned()), (over("乙.md"), "乙.md".to_owned())]);
        assert!(PanicCollector::default().into_result().is_ok());
    }
}
