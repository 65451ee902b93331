//! The list of paths made by kedang, as plain text. Later versions may remove these and nothing else.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use super::safe_path::is_safe;
use crate::text::Fingerprint;

const HEADER: &str = "kedang paths 1";

/// Files and folders, by path below the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnedPaths {
    pub files: BTreeSet<Arc<str>>,
    pub folders: BTreeSet<Arc<str>>,
}

impl OwnedPaths {
    /// Serialises the list: one path a line, folders with a trailing `/`; a fingerprint of these in the last line.
    pub fn write(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for path in &self.folders {
            text.extend([path, "/\n"]);
        }
        for path in &self.files {
            text.extend([path, "\n"]);
        }
        let fingerprint = Fingerprint::of(text.as_bytes());
        let _ = writeln!(text, "end {fingerprint}");
        text
    }

    /// Parses the list. In a damaged list, complete lines that are safe paths still count: such a path was made by us
    /// or does not exist. The second value tells whether the list was undamaged.
    pub fn read(bytes: &[u8]) -> (OwnedPaths, bool) {
        let text = String::from_utf8_lossy(bytes);
        let whole = text.rsplit_once("end ").is_some_and(|(body, fingerprint)| {
            body.starts_with(HEADER) && fingerprint.trim_end() == Fingerprint::of(body.as_bytes()).to_string()
        });
        let mut owned = OwnedPaths::default();
        for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
            if line == HEADER || line.starts_with("end ") {
                continue;
            }
            match line.strip_suffix('/') {
                Some(folder) if is_safe(folder) => drop(owned.folders.insert(folder.into())),
                None if is_safe(line) => drop(owned.files.insert(line.into())),
                _ => {}
            }
        }
        (owned, whole)
    }

    /// Adds all paths of another list.
    pub fn add(&mut self, mut other: OwnedPaths) {
        self.files.append(&mut other.files);
        self.folders.append(&mut other.folders);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned() -> OwnedPaths {
        OwnedPaths {
            files: ["index.html", "customers/hd/index.html"].map(Arc::from).into(),
            folders: ["customers", "customers/hd"].map(Arc::from).into(),
        }
    }

    #[test]
    fn owned_paths_round_trip() {
        assert_eq!(OwnedPaths::read(owned().write().as_bytes()), (owned(), true));
    }

    #[test]
    fn damaged_list_is_detected_and_stays_inside() {
        let text = owned().write();
        let (cut, whole) = OwnedPaths::read(&text.as_bytes()[..text.len() - 50]);
        assert!(!whole);
        assert!(cut.files.len() < 2 && cut.files.is_subset(&owned().files));
        let (evil, whole) = OwnedPaths::read(b"kedang paths 1\n../../etc/passwd\n/etc/passwd\n.kedang/lock\nend 0\n");
        assert!(!whole);
        assert_eq!(evil, OwnedPaths::default());
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 0x10;
            assert!(!OwnedPaths::read(&bytes).1, "byte {at}");
        }
    }
}
