//! Faults of the program itself: one that breaks down over a file, a customer or a page breaks down over nothing else.
//!
//! Whatever it was, the site is not published with a hole in it: the work goes on so that one run tells every such place, and
//! then it is given up.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

use super::BuildError;

/// What the program was busy with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PanicScope {
    /// Reading a file of the archive, by its path.
    File(String),
    /// Joining or judging what is said of a customer, by its folder.
    Customer(String),
    /// Laying out the pages of a customer, by its folder.
    Pages(String),
    /// Making one output, by its address, from the file of a record, if it is of one.
    Output(String, Option<String>),
}

/// A breakdown of the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaughtPanic {
    /// Over what.
    pub over: PanicScope,
    /// What it said, and where in its sources, if that is known. Not for everybody's ears: it may hold words of the archive.
    pub said: String,
}

/// Those of one stretch of work, from all threads.
#[derive(Debug, Default)]
pub(super) struct PanicCollector(Mutex<Vec<CaughtPanic>>);

impl PanicCollector {
    /// Does a piece of the work; `None` when it broke down, which is written down.
    pub fn catch<T>(&self, over: impl FnOnce() -> PanicScope, work: impl FnOnce() -> T) -> Option<T> {
        let said = match catch_panic(work) {
            Ok(done) => return Some(done),
            Err(said) => said,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(CaughtPanic { over: over(), said });
        None
    }

    /// Gives up if there were any, in an order that does not depend on threads.
    pub fn into_result(self) -> Result<(), BuildError> {
        let mut panics = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        panics.sort();
        if panics.is_empty() { Ok(()) } else { Err(BuildError::Mishap(panics)) }
    }
}

/// Does something; in its place what a panic said. What the work was changing must not be used after it.
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
    /// Where the panic that is being caught began: only the hook is told.
    static PANIC_LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps quiet about a panic and remembers where it was, for [`guarded`] to tell in the user's language.
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
    fn work_that_breaks_down_is_told_and_the_rest_is_done() {
        let panics = PanicCollector::default();
        let over = |path: &str| PanicScope::File(path.to_owned());
        assert_eq!(panics.catch(|| over("甲.md"), || 1), Some(1));
        for path in ["乙.md", "丙.md"] {
            assert_eq!(panics.catch(|| over(path), || -> u8 { panic!("{path}") }), None);
        }
        let Err(BuildError::Mishap(told)) = panics.into_result() else { panic!("two were told") };
        let told: Vec<_> = told.into_iter().map(|mishap| (mishap.over, mishap.said)).collect();
        assert_eq!(told, [(over("丙.md"), "丙.md".to_owned()), (over("乙.md"), "乙.md".to_owned())]);
        assert!(PanicCollector::default().into_result().is_ok());
    }
}
