//! Exit codes (`trust.md`).

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Nothing worse than warnings and findings.
    Fine = 0,
    /// Errors in the archive; with `--strict`, any warning or finding.
    Content = 1,
    /// Wrong usage, policy or theme.
    Usage = 2,
    /// The machine: disk, permission, lock; or the program itself broke down.
    Machine = 3,
    /// Secrecy: nothing was published.
    Secrecy = 4,
    /// Called off by SIGINT or SIGTERM.
    CalledOff = 130,
}
