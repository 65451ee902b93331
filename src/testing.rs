//! Configuration shared by property tests.

use proptest::test_runner::{Config, FileFailurePersistence};

/// A property test of so many cases. Inputs that failed are kept in `tests/proptest-regressions/` and tried first.
pub(crate) fn cases(cases: u32) -> Config {
    let persistence = FileFailurePersistence::SourceParallel("tests/proptest-regressions");
    Config { cases, failure_persistence: Some(Box::new(persistence)), ..Config::default() }
}
