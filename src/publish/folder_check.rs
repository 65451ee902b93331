//! Checks whether a folder may be written to (`decisions.md` 28, 35).

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::safe_path::STATE_FOLDER;
use super::{Operation, PublishError, Refusal};

/// An input folder that must not be overwritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedPath {
    /// Its role: `archive`, `themes`.
    pub role: &'static str,
    /// Its path.
    pub path: PathBuf,
}

/// The canonical path of the output folder, or why it is refused. Creates and changes nothing.
pub(super) fn check_output_folder(out: &Path, guarded: &[ProtectedPath], home: Option<&Path>) -> Result<PathBuf, Refusal> {
    match fs::symlink_metadata(out) {
        Ok(about) if about.is_symlink() => return Err(Refusal::Link(out.to_owned())),
        Ok(about) if !about.is_dir() => return Err(Refusal::NotAFolder(out.to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Refusal::NotAFolder(out.to_owned()));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(cause) => return Err(PublishError { path: out.to_owned(), doing: Operation::Look, cause }.into()),
    }
    let out = canonical(out)?;
    if out.parent().is_none() {
        return Err(Refusal::Root(out));
    }
    if let Some(home) = home
        && canonical(home)? == out
    {
        return Err(Refusal::Home(out));
    }
    for ProtectedPath { role, path } in guarded {
        let input = canonical(path)?;
        if out.starts_with(&input) || input.starts_with(&out) {
            return Err(Refusal::Overlaps { out, input, role });
        }
    }
    match first_foreign(&out)? {
        Some(example) => Err(Refusal::Foreign { out, example }),
        None => Ok(out),
    }
}

/// The first entry of the folder, in order, unless the folder is ours, empty or missing.
fn first_foreign(out: &Path) -> Result<Option<String>, PublishError> {
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(PublishError { path: out.to_owned(), doing: Operation::Read, cause }),
    };
    let mut first: Option<String> = None;
    for entry in entries {
        let entry = entry.map_err(PublishError::at(out, Operation::Read))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == STATE_FOLDER && entry.file_type().is_ok_and(|ty| ty.is_dir()) {
            return Ok(None);
        }
        if first.as_ref().is_none_or(|first| name < *first) {
            first = Some(name);
        }
    }
    Ok(first)
}

/// The canonical path of something that may not exist yet: that of its nearest existing ancestor, plus the rest as
/// written.
fn canonical(path: &Path) -> Result<PathBuf, PublishError> {
    let mut rest = Vec::new();
    let mut existing = path;
    loop {
        match fs::canonicalize(if existing.as_os_str().is_empty() { Path::new(".") } else { existing }) {
            Ok(found) => return Ok(rest.iter().rev().fold(found, |path, part| path.join(part))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => match existing.components().next_back() {
                Some(Component::Normal(part)) => {
                    rest.push(part);
                    existing = existing.parent().unwrap_or(Path::new(""));
                }
                _ => return Err(PublishError { path: path.to_owned(), doing: Operation::Look, cause: error }),
            },
            Err(cause) => return Err(PublishError { path: path.to_owned(), doing: Operation::Look, cause }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, Vec<ProtectedPath>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("content/customers")).expect("made");
        fs::create_dir_all(folder.path().join("themes/own")).expect("made");
        let guarded = [("archive", "content"), ("themes", "themes")];
        let guarded = guarded.map(|(role, path)| ProtectedPath { role, path: folder.path().join(path) }).into();
        (folder, guarded)
    }

    #[test]
    fn output_folder_beside_archive_is_accepted() {
        let (folder, guarded) = site();
        let out = check_output_folder(&folder.path().join("public"), &guarded, None).expect("fine");
        assert!(out.ends_with("public"));
        fs::create_dir(folder.path().join("public")).expect("made");
        check_output_folder(&folder.path().join("public"), &guarded, None).expect("fine when empty");
        check_output_folder(&folder.path().join("new/deep/public"), &guarded, None).expect("fine when its parents are missing");
    }

    #[test]
    fn output_folder_overlapping_input_is_refused() {
        let (folder, guarded) = site();
        for (out, role) in [
            ("content", "archive"),
            ("content/public", "archive"),
            ("content/new/public", "archive"),
            ("content/../content/x", "archive"),
            (".", "archive"),
            ("themes/own", "themes"),
        ] {
            match check_output_folder(&folder.path().join(out), &guarded, None) {
                Err(Refusal::Overlaps { role: found, .. }) => assert_eq!(found, role, "{out}"),
                other => panic!("{out}: {other:?}"),
            }
        }
    }

    #[test]
    fn root_home_and_foreign_folders_are_refused() {
        let (folder, guarded) = site();
        assert!(matches!(check_output_folder(Path::new("/"), &[], None), Err(Refusal::Root(_))));
        let home = folder.path().join("home");
        assert!(matches!(check_output_folder(&home, &guarded, Some(&home)), Err(Refusal::Home(_))));
        let out = folder.path().join("public");
        fs::create_dir(&out).expect("made");
        fs::write(out.join("报价.xlsx"), "x").expect("written");
        match check_output_folder(&out, &guarded, None) {
            Err(Refusal::Foreign { example, .. }) => assert_eq!(example, "报价.xlsx"),
            other => panic!("{other:?}"),
        }
        fs::create_dir(out.join(STATE_FOLDER)).expect("made");
        check_output_folder(&out, &guarded, None).expect("ours");
        assert!(matches!(check_output_folder(&out.join("报价.xlsx"), &guarded, None), Err(Refusal::NotAFolder(_))));
        assert!(matches!(check_output_folder(&out.join("报价.xlsx/public"), &guarded, None), Err(Refusal::NotAFolder(_))));
    }

    #[cfg(unix)]
    #[test]
    fn symlinks_do_not_bypass_check() {
        let (folder, guarded) = site();
        std::os::unix::fs::symlink(folder.path().join("content"), folder.path().join("door")).expect("linked");
        assert!(matches!(check_output_folder(&folder.path().join("door"), &guarded, None), Err(Refusal::Link(_))));
        assert!(matches!(
            check_output_folder(&folder.path().join("door/public"), &guarded, None),
            Err(Refusal::Overlaps { .. })
        ));
    }
}
