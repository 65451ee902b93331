//! How much those who are connected may cost.

use std::time::Duration;

/// How many may be connected, if the system lets so many files be open. Half of them are left to builds, which go on meanwhile.
const CONNECTIONS: usize = 512;

/// What those who are connected may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How many may be connected.
    pub connections: usize,
    /// How long a head may take to come, and how long a connection stays open in between.
    pub head: Duration,
    /// How long nothing need be taken of what is sent.
    pub write: Duration,
    /// For how long nothing must have come from a connection before it has to make room for another.
    pub quiet: Duration,
    /// For how long is read from somebody who was answered already.
    pub parting: Duration,
    /// How often those who listen are told that nothing happens.
    pub ping: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: CONNECTIONS.min(descriptors() / 2),
            head: Duration::from_secs(10),
            write: Duration::from_secs(30),
            quiet: Duration::from_millis(200),
            parting: Duration::from_secs(1),
            ping: Duration::from_secs(15),
        }
    }
}

/// How many files may be open.
fn descriptors() -> usize {
    #[cfg(unix)]
    let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    #[cfg(not(unix))]
    let most = None::<u64>;
    most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX)
}
