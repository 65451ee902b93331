//! Limits for connections.

use std::time::Duration;

/// Maximum number of connections, if the system allows so many open files. Half of the descriptors are left for builds.
const CONNECTIONS: usize = 512;

/// Limits for connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Maximum number of connections.
    pub connections: usize,
    /// Time for a request head to arrive, and for an idle connection to stay open.
    pub head: Duration,
    /// Time a client may take to accept data.
    pub write: Duration,
    /// Idle time after which a connection may be closed to make room.
    pub quiet: Duration,
    /// How long to read from a client after the response.
    pub parting: Duration,
    /// Interval of keep-alive messages to subscribers.
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

/// Maximum number of open files.
fn descriptors() -> usize {
    #[cfg(unix)]
    let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    #[cfg(not(unix))]
    let most = None::<u64>;
    most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX)
}
