//! A folder that a bell hangs on, and which paths in it count.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::source::Ignore;

/// A folder that a bell hangs on, and all below it.
#[derive(Clone, Debug)]
pub struct Hung {
    /// Absolute, without links in it.
    pub root: PathBuf,
    /// What does not ring: droppings of editors, and what the policy leaves out.
    pub leave_out: Ignore,
}

impl Hung {
    /// Whether a change at this path rings: it is the root or below it, and no part of it is left out. Whether what changed is
    /// a folder is not known of what is gone; then it does not ring when it would not as either, for droppings are deleted all
    /// day and nobody calls a folder `x.tmp`.
    pub(super) fn counts(&self, path: &Path, is_folder: Option<bool>) -> bool {
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let mut so_far = String::new();
        let mut parts = below.components().peekable();
        while let Some(part) = parts.next() {
            let name = part.as_os_str().to_string_lossy();
            if !so_far.is_empty() {
                so_far.push('/');
            }
            so_far.push_str(&name);
            let leaves_out = |is_folder| self.leave_out.is_ignored(&so_far, &name, is_folder);
            let left_out = match if parts.peek().is_some() { Some(true) } else { is_folder } {
                Some(is_folder) => leaves_out(is_folder),
                None => leaves_out(true) || leaves_out(false),
            };
            if left_out {
                return false;
            }
        }
        true
    }
}

/// Whether a change at this path rings for any of the folders.
pub(super) fn counts(folders: &[Hung], path: &Path, is_folder: Option<bool>) -> bool {
    folders.iter().any(|hung| hung.counts(path, is_folder))
}

/// The server and folder of a Windows path that leads to another machine, as `canonicalize` writes it for mapped drives, too.
pub(super) fn share(path: &Path) -> Option<String> {
    let text: Cow<str> = path.to_string_lossy();
    let rest =
        text.strip_prefix(r"\\?\UNC\").or_else(|| text.strip_prefix(r"\\").filter(|rest| !rest.starts_with(['?', '.'])))?;
    let mut parts = rest.split('\\').filter(|part| !part.is_empty());
    let (server, folder) = (parts.next()?, parts.next()?);
    Some(format!(r"\\{server}\{folder}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hung(globs: &[&str]) -> Hung {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        Hung { root: "/档案".into(), leave_out: Ignore::new(&globs) }
    }

    #[test]
    fn any_part_that_is_left_out_silences_what_is_below_it() {
        let hung = hung(&["草稿", "客户/*/旧"]);
        for quiet in [".git/objects/ab/cd", "客户/a/旧/报价.md", "草稿", "客户/草稿/x.md", "客户/a/~$报价.docx", "客户/a/4913"]
        {
            assert!(!hung.counts(&hung.root.join(quiet), Some(false)), "{quiet}");
            assert!(!hung.counts(&hung.root.join(quiet), None), "{quiet}");
        }
        for loud in ["客户/a/客户.md", "客户/旧", "archive.yaml", ""] {
            assert!(hung.counts(&hung.root.join(loud), Some(false)), "{loud}");
        }
        assert!(hung.counts(&hung.root.join("客户/a.tmp"), Some(true)), "a folder is no dropping");
        assert!(!hung.counts(Path::new("/别处/客户.md"), Some(false)));
    }

    #[test]
    fn shares_of_windows() {
        assert_eq!(share(Path::new(r"\\?\UNC\文件服务器\市场部\客档")).as_deref(), Some(r"\\文件服务器\市场部"));
        assert_eq!(share(Path::new(r"\\server\share")).as_deref(), Some(r"\\server\share"));
        for own in [r"\\?\C:\客档", r"C:\客档", r"\\.\pipe\x", "/客档"] {
            assert_eq!(share(Path::new(own)), None, "{own}");
        }
    }
}
