//! Locks the output folder for one build at a time. The system holds the lock, so it ends with the process.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use super::{Operation, PublishError, Refusal};

/// Called ten times a second while another process holds the lock, with the number of earlier calls and the process id
/// of the holder. `false` gives up.
pub type OnWait<'a> = dyn FnMut(u32, Option<u32>) -> bool + 'a;

/// Acquires the lock of the output folder `out` with the state folder `own`.
pub(super) fn acquire(out: &Path, own: &Path, waiting: &mut OnWait<'_>) -> Result<File, Refusal> {
    let path = own.join("lock");
    let mut tries = 0;
    loop {
        let open = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
        let file = open.map_err(PublishError::at(&path, Operation::Lock))?;
        match file.try_lock() {
            // A folder deleted and created again has another lock file.
            Ok(()) if is_same_file(&file, &path) => {
                // Only for messages of other processes; the lock itself is the system's.
                let _ = fs::write(own.join("holder"), std::process::id().to_string());
                return Ok(file);
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(own.join("holder")).ok().and_then(|text| text.trim().parse().ok());
                if !waiting(tries, holder) {
                    return Err(Refusal::InUse { out: out.to_owned(), holder });
                }
                tries += 1;
                std::thread::sleep(Duration::from_millis(100));
            }
            Err(TryLockError::Error(cause)) => return Err(PublishError { path, doing: Operation::Lock, cause }.into()),
        }
    }
}

/// Whether the locked file is still the one at this path.
pub(super) fn is_same_file(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        match (file.metadata(), fs::symlink_metadata(path)) {
            (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
            _ => false,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        fs::symlink_metadata(path).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_acquire_retries_and_reports_holder() {
        let own = tempfile::tempdir().expect("a temporary folder");
        let first = acquire(own.path(), own.path(), &mut |_, _| false).expect("free");
        let mut asked = Vec::new();
        let second = acquire(own.path(), own.path(), &mut |tries, holder| {
            asked.push((tries, holder));
            tries < 1
        });
        assert!(matches!(second, Err(Refusal::InUse { holder: Some(pid), .. }) if pid == std::process::id()));
        assert_eq!(asked.len(), 2);
        drop(first);
        acquire(own.path(), own.path(), &mut |_, _| false).expect("free again");
    }
}
