//! Writes user files: new files never overwrite others, and a replaced file is whole at any moment.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::failure::Failure;
use crate::i18n::Message;
use crate::publish::{Operation, PublishError};

/// Refuses a folder that is not empty; a missing one, or one with only `.git`, is accepted.
pub(super) fn ensure_empty(folder: &Path) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Failure::usage(Message::new("scaffold.not-a-folder").with("path", folder.display())).into());
        }
        Err(cause) => return Err(fault(folder, Operation::Read, cause).into()),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(|cause| fault(folder, Operation::Read, cause))?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| name != ".git");
    names.sort_unstable();
    match names.first() {
        None => Ok(()),
        Some(example) => {
            let message = Message::new("scaffold.not-empty").with("path", folder.display()).with("example", example);
            Err(Failure::usage(message).help(Message::new("scaffold.not-empty-help")).into())
        }
    }
}

/// Writes a new file below `folder`, creating folders. `false` if it exists.
pub(super) fn new_file(folder: &Path, below: &str, text: &str) -> Result<bool> {
    let path = folder.join(below);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|cause| fault(parent, Operation::MakeFolder, cause))?;
    }
    let mut file = match File::create_new(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(cause) => return Err(fault(&path, Operation::Write, cause).into()),
    };
    file.write_all(text.as_bytes()).map_err(|cause| fault(&path, Operation::Write, cause))?;
    Ok(true)
}

/// Writes a generated file, replacing an existing one atomically.
pub(super) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.kedang.tmp"));
    let written = fs::write(&beside, bytes).map_err(|cause| fault(&beside, Operation::Write, cause));
    let renamed = written.and_then(|()| fs::rename(&beside, path).map_err(|cause| fault(path, Operation::Rename, cause)));
    if renamed.is_err() {
        // A temporary file of ours; the error returned is the relevant one.
        let _ = fs::remove_file(&beside);
    }
    Ok(renamed?)
}

/// Appends text to a file. `false`, without change, if the file is not UTF-8 or was modified meanwhile.
pub(super) fn append(path: &Path, text: &str) -> Result<bool> {
    let before = fs::read(path).map_err(|cause| fault(path, Operation::Read, cause))?;
    let Ok(stands) = std::str::from_utf8(&before) else { return Ok(false) };
    replace(path, &before, &format!("{}\n{text}", stands.trim_end_matches(['\n', '\r', ' '])))
}

/// Replaces a file that still contains `before`; `false` if it was modified meanwhile.
pub(super) fn replace(path: &Path, before: &[u8], text: &str) -> Result<bool> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A name that listings ignore, should the process die in between.
    let beside = path.with_file_name(format!(".{name}.kedang.tmp"));
    let written = write_beside(path, &beside, text).and_then(|()| {
        let now = fs::read(path).map_err(|cause| fault(path, Operation::Read, cause))?;
        if now != before {
            return Ok(false);
        }
        fs::rename(&beside, path).map_err(|cause| fault(path, Operation::Rename, cause))?;
        Ok(true)
    });
    if !matches!(written, Ok(true)) {
        // A temporary file of ours; the error returned is the relevant one.
        let _ = fs::remove_file(&beside);
    }
    Ok(written?)
}

fn write_beside(path: &Path, beside: &Path, text: &str) -> Result<(), PublishError> {
    let permissions = fs::metadata(path).map_err(|cause| fault(path, Operation::Look, cause))?.permissions();
    let write = || {
        let mut file = File::create(beside)?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_all()
    };
    write().map_err(|cause| fault(beside, Operation::Write, cause))
}

fn fault(path: impl Into<PathBuf>, doing: Operation, cause: io::Error) -> PublishError {
    PublishError { path: path.into(), doing, cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn existing_files_are_not_overwritten() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(ensure_empty(&folder.path().join("新档案")).is_ok());
        fs::create_dir(folder.path().join(".git")).expect("made");
        assert!(ensure_empty(folder.path()).is_ok());
        assert!(new_file(folder.path(), "客户/东澜水务/客户.md", "甲").expect("written"));
        assert!(!new_file(folder.path(), "客户/东澜水务/客户.md", "乙").expect("looked at"));
        assert!(ensure_empty(folder.path()).is_err());
        assert!(ensure_empty(&folder.path().join("客户/东澜水务/客户.md")).is_err());
        assert_eq!(fs::read_to_string(folder.path().join("客户/东澜水务/客户.md")).expect("there"), "甲");
    }

    #[test]
    fn concurrently_changed_file_is_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("拜访.md");
        fs::write(&path, "成果：C").expect("written");
        assert!(!replace(&path, "成果：B".as_bytes(), "成果: B").expect("looked at"));
        assert!(replace(&path, "成果：C".as_bytes(), "成果: C").expect("replaced"));
        assert_eq!(fs::read_to_string(&path).expect("there"), "成果: C");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
