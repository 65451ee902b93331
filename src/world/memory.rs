//! Memory, for tests.
/// An archive in memory.
#[derive(Debug)]
pub struct Memory;
