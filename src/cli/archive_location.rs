//! Finds the archive and its site folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::build::CONFIG_FILES;
use crate::i18n::Message;

/// Name of the archive's folder in a site folder.
const CONTENT: &str = "content";

/// An archive and its site folder, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArchiveLocation {
    /// The folder with `archive.yaml`.
    pub archive: PathBuf,
    /// The folder that contains it as `content`; `None` for an archive without site folder.
    pub site: Option<PathBuf>,
}

impl ArchiveLocation {
    /// The archive at `root` (an archive or a site folder), or the nearest one upwards from `working`.
    pub fn find(root: Option<&Path>, working: &Path) -> Result<ArchiveLocation, Failure> {
        match root {
            Some(root) => {
                let root = working.join(root);
                ArchiveLocation::at(&root).ok_or_else(|| {
                    Failure::usage(Message::new("cli.place.not-here").with("path", root.display()))
                        .help(Message::new("cli.place.not-here-help"))
                })
            }
            None => working.ancestors().find_map(ArchiveLocation::at).ok_or_else(|| {
                Failure::usage(Message::new("cli.place.nowhere").with("path", working.display()))
                    .help(Message::new("cli.place.nowhere-help"))
            }),
        }
    }

    fn at(folder: &Path) -> Option<ArchiveLocation> {
        if is_archive(folder) {
            let within_site = folder.file_name().is_some_and(|name| name == CONTENT);
            let site = if within_site { folder.parent().map(Path::to_owned) } else { None };
            return Some(ArchiveLocation { archive: folder.to_owned(), site });
        }
        let content = folder.join(CONTENT);
        is_archive(&content).then(|| ArchiveLocation { archive: content, site: Some(folder.to_owned()) })
    }
}

/// Whether the folder has an `archive.yaml`; its content is checked when it is read.
fn is_archive(folder: &Path) -> bool {
    CONFIG_FILES.iter().any(|name| fs::symlink_metadata(folder.join(name)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("content/客户/东澜水务")).expect("made");
        fs::write(folder.path().join("content/档案.yaml"), "公司名称: 甲公司\n").expect("written");
        folder
    }

    #[test]
    fn archive_is_found_from_inside_and_beside() {
        let folder = site();
        let place = ArchiveLocation { archive: folder.path().join("content"), site: Some(folder.path().to_owned()) };
        for working in ["", "content", "content/客户/东澜水务"] {
            assert_eq!(ArchiveLocation::find(None, &folder.path().join(working)).expect("found"), place, "{working}");
        }
        assert_eq!(ArchiveLocation::find(Some(Path::new("content")), folder.path()).expect("found"), place);
        assert_eq!(ArchiveLocation::find(Some(folder.path()), Path::new("/")).expect("found"), place);
    }

    #[test]
    fn archive_without_site_folder() {
        let folder = site();
        fs::rename(folder.path().join("content"), folder.path().join("档案库")).expect("renamed");
        let place = ArchiveLocation::find(None, &folder.path().join("档案库/客户")).expect("found");
        assert_eq!(place.site, None);
        assert_eq!(ArchiveLocation::find(None, folder.path()).expect_err("nothing here").exit, super::super::Exit::Usage);
        assert!(ArchiveLocation::find(Some(Path::new("客户")), &folder.path().join("档案库")).is_err());
    }
}
