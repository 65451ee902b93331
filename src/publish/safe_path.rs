//! Which paths below the output folder may be written, and atomic writing of the state files.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::{Operation, PublishError};

/// The folder inside the output folder that is not part of the site.
pub(super) const STATE_FOLDER: &str = ".kedang";

/// Whether this is a relative path below the folder on every system, and not in the state folder.
pub(super) fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && !path.bytes().any(|byte| matches!(byte, b'\\' | b':' | b'\0' | b'\n' | b'\r'))
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && path.split('/').next() != Some(STATE_FOLDER)
}

/// Extension of a state file while it is being written.
const UNFINISHED: &str = "new";

/// Removes partly written state files of a killed process.
pub(super) fn remove_unfinished(own: &Path) -> Result<(), PublishError> {
    for entry in fs::read_dir(own).map_err(PublishError::at(own, Operation::Look))? {
        let path = entry.map_err(PublishError::at(own, Operation::Look))?.path();
        if path.extension().is_some_and(|ending| ending == UNFINISHED) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Writes a file under another name, syncs it to disk, and renames it: readers see the old or the new file.
pub(super) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let fresh = path.with_extension(UNFINISHED);
    let mut file = File::create(&fresh).map_err(PublishError::at(&fresh, Operation::Write))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_data()).map_err(PublishError::at(&fresh, Operation::Write));
    drop(file);
    written.and_then(|()| rename(&fresh, path)).inspect_err(|_| {
        // On a full disk half a file would only be in the way.
        let _ = fs::remove_file(&fresh);
    })
}

/// Renames, retrying while a virus scanner or an indexer holds the file or a network share fails.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), PublishError> {
    let mut tries = 0;
    loop {
        match fs::rename(from, to) {
            Ok(()) => return Ok(()),
            Err(_) if tries < 4 => {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(if cfg!(windows) { 50 } else { 1 }));
            }
            Err(cause) => return Err(PublishError { path: to.to_owned(), doing: Operation::Rename, cause }),
        }
    }
}

/// Removes a file that may not exist. Anything but a file is not ours and remains.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => match fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(PublishError { path: path.to_owned(), doing: Operation::Remove, cause: error })
            }
            _ => Ok(()),
        },
        Err(error) if is_absent(&error) => Ok(()),
        Err(cause) => Err(PublishError { path: path.to_owned(), doing: Operation::Look, cause }),
    }
}

/// Whether the error means that nothing is at the path: it is missing, or a file is in the place of one of its folders.
pub(super) fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_outside_folder_are_unsafe() {
        for path in ["index.html", "customers/hd/index.html", "assets/.x"] {
            assert!(is_safe(path), "{path}");
        }
        for path in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".kedang/lock", "c:/a", "a\\b", "./a"] {
            assert!(!is_safe(path), "{path}");
        }
    }
}
