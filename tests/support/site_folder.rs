//! A folder with an archive and its site, and the program run on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use super::{SiteSnapshot, root, state_files, write_files};

/// The files of an archive: bytes, and when they were saved.
pub type Files = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// When the files of [`sample`] were saved.
const SAVED: SystemTime = SystemTime::UNIX_EPOCH;

/// What the program keeps for itself beside a site that is done.
pub const KEPT: [&str; 5] = ["holder", "lock", "manifest", "memory", "owned"];

/// A folder that is gone when this value is.
pub struct SiteFolder {
    folder: tempfile::TempDir,
    /// Where the site goes.
    pub out: PathBuf,
}

impl SiteFolder {
    /// An empty one; the site goes to `public`.
    pub fn new() -> SiteFolder {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("public");
        SiteFolder { folder, out }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Makes the archive hold these files.
    pub fn write_archive(&self, files: &Files) {
        let files = files.iter().map(|(path, (bytes, time))| (path.as_str(), bytes.as_slice(), Some(*time)));
        write_files(&self.folder.path().join("content"), files);
    }

    /// `program` with the arguments of a build of the site on a day that stays.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>, before: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).args(before);
        command.args(["build", "--lang", "zh", "--as-of", "2026-11-24", "--root"]).arg(self.folder.path());
        command.arg("--out").arg(&self.out);
        command
    }

    /// Builds; exit code and what was said on standard error.
    pub fn build(&self) -> (Option<i32>, String) {
        run(self.command(env!("CARGO_BIN_EXE_kedang"), &[]))
    }

    /// Builds and looks whether the site is this one and nothing is left lying about.
    pub fn assert_builds(&self, clean: &SiteSnapshot, when: &str) {
        let (code, said) = self.build();
        assert!(matches!(code, Some(0 | 1)), "{when}: {code:?} {said}");
        let wrong = self.site().diff(clean);
        assert!(wrong.is_empty(), "{when}: another site than from nothing:\n{wrong}");
        assert_eq!(state_files(&self.out), KEPT, "{when}");
    }

    /// The site as it stands.
    pub fn site(&self) -> SiteSnapshot {
        SiteSnapshot::read(&self.out)
    }
}

/// Runs a command to its end; exit code and what was said on standard error.
pub fn run(mut command: Command) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command.output().expect("can be run");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

/// The sample archive, saved long ago.
pub fn sample_files() -> Files {
    let content = root().join("content");
    let walk = walkdir::WalkDir::new(&content).into_iter().map(|entry| entry.expect("a readable folder"));
    let files = walk.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&content).expect("below it").to_string_lossy().replace('\\', "/");
        (path, (std::fs::read(entry.path()).expect("a readable file"), SAVED))
    });
    files.collect()
}

/// The same archive after a busy day: every page has another title, a customer went, another came, records changed.
pub fn after_many_edits(before: &Files) -> Files {
    let later = SAVED + Duration::from_secs(86_400);
    let mut after = Files::new();
    let mut gone = None;
    for (path, (bytes, time)) in before {
        let parts: Vec<&str> = path.split('/').collect();
        let is_customer = parts.len() > 2 && matches!(parts[0], "customers" | "客户");
        if is_customer && *gone.get_or_insert(parts[1].to_owned()) == parts[1] {
            let moved = format!("客户/搬家了/{}", parts[2..].join("/"));
            if bytes.len() % 3 > 0 {
                after.insert(moved, (bytes.clone(), *time));
            }
        } else if path == "archive.yaml" {
            let text = String::from_utf8_lossy(bytes).replace("title:", "title: 新的");
            after.insert(path.clone(), (text.into_bytes(), later));
        } else if is_customer && path.ends_with(".md") && bytes.len() % 4 == 0 {
            after.insert(path.clone(), ([bytes, "\n又去了一次。\n".as_bytes()].concat(), later));
        } else {
            after.insert(path.clone(), (bytes.clone(), *time));
        }
    }
    after
}
