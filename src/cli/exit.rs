//! Exit codes (`trust.md`).

/// Exit code of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Nothing worse than warnings and findings.
    Success = 0,
    /// Errors in the archive; with `--strict`, any warning or finding.
    ArchiveErrors = 1,
    /// Wrong usage, configuration or theme.
    Usage = 2,
    /// The machine failed (disk, permission, lock), or the program panicked.
    SystemFailure = 3,
    /// Secrecy: nothing was published.
    Secrecy = 4,
    /// Cancelled by SIGINT or SIGTERM.
    Cancelled = 130,
}
