//! A watched directory tree, and which paths in it are reported.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::source::Ignore;

/// A directory to watch, with everything below it.
#[derive(Clone, Debug)]
pub struct WatchedDir {
    /// Absolute, without symbolic links.
    pub root: PathBuf,
    /// What is not reported: temporary files of editors, and what `archive.yaml` ignores.
    pub ignore: Ignore,
}

impl WatchedDir {
    /// Whether a change at `path` is reported: it is the root or below it, and no component is ignored. `is_dir` is `None` for
    /// a path that no longer exists; it is then ignored if it would be as a file or as a directory, because temporary files are
    /// deleted all day and nobody calls a directory `x.tmp`.
    pub(super) fn includes(&self, path: &Path, is_dir: Option<bool>) -> bool {
        let Ok(relative) = path.strip_prefix(&self.root) else { return false };
        let mut so_far = String::new();
        let mut parts = relative.components().peekable();
        while let Some(part) = parts.next() {
            let name = part.as_os_str().to_string_lossy();
            if !so_far.is_empty() {
                so_far.push('/');
            }
            so_far.push_str(&name);
            let ignored_as = |is_dir| self.ignore.is_ignored(&so_far, &name, is_dir);
            let ignored = match if parts.peek().is_some() { Some(true) } else { is_dir } {
                Some(is_dir) => ignored_as(is_dir),
                None => ignored_as(true) || ignored_as(false),
            };
            if ignored {
                return false;
            }
        }
        true
    }
}

/// Whether a change at `path` is reported for any of the directories.
pub(super) fn includes(dirs: &[WatchedDir], path: &Path, is_dir: Option<bool>) -> bool {
    dirs.iter().any(|dir| dir.includes(path, is_dir))
}

/// Server and share of a Windows UNC path. `canonicalize` returns UNC paths for mapped drives, too.
pub(super) fn unc_share(path: &Path) -> Option<String> {
    let text: Cow<str> = path.to_string_lossy();
    let rest =
        text.strip_prefix(r"\\?\UNC\").or_else(|| text.strip_prefix(r"\\").filter(|rest| !rest.starts_with(['?', '.'])))?;
    let mut parts = rest.split('\\').filter(|part| !part.is_empty());
    let (server, share) = (parts.next()?, parts.next()?);
    Some(format!(r"\\{server}\{share}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(globs: &[&str]) -> WatchedDir {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        WatchedDir { root: "/档案".into(), ignore: Ignore::new(&globs) }
    }

    #[test]
    fn everything_below_an_ignored_component_is_ignored() {
        let dir = watched(&["草稿", "客户/*/旧"]);
        for ignored in
            [".git/objects/ab/cd", "客户/a/旧/报价.md", "草稿", "客户/草稿/x.md", "客户/a/~$报价.docx", "客户/a/4913"]
        {
            assert!(!dir.includes(&dir.root.join(ignored), Some(false)), "{ignored}");
            assert!(!dir.includes(&dir.root.join(ignored), None), "{ignored}");
        }
        for included in ["客户/a/客户.md", "客户/旧", "archive.yaml", ""] {
            assert!(dir.includes(&dir.root.join(included), Some(false)), "{included}");
        }
        assert!(dir.includes(&dir.root.join("客户/a.tmp"), Some(true)), "a directory is no temporary file");
        assert!(!dir.includes(Path::new("/别处/客户.md"), Some(false)));
    }

    #[test]
    fn unc_shares() {
        assert_eq!(unc_share(Path::new(r"\\?\UNC\文件服务器\市场部\客档")).as_deref(), Some(r"\\文件服务器\市场部"));
        assert_eq!(unc_share(Path::new(r"\\server\share")).as_deref(), Some(r"\\server\share"));
        for local in [r"\\?\C:\客档", r"C:\客档", r"\\.\pipe\x", "/客档"] {
            assert_eq!(unc_share(Path::new(local)), None, "{local}");
        }
    }
}
