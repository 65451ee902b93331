//! Files to ignore: temporary files of editors and systems, and what `archive.yaml` lists under `ignore`.

/// Decides which names a listing leaves out.
#[derive(Clone, Debug, Default)]
pub struct Ignore {
    globs: Vec<Vec<String>>,
}

/// Folders of version control, editors, synchronising programs and servers, and our own state folder.
const FOLDERS: &[&str] = &[
    ".git",
    ".kedang",
    ".obsidian",
    ".vscode",
    ".svn",
    ".hg",
    ".idea",
    ".trash",
    ".stfolder",
    ".stversions",
    ".sync",
    "$RECYCLE.BIN",
    "System Volume Information",
    "@eaDir",
    "#recycle",
    "lost+found",
];

/// Files that systems and editors leave; Vim writes `4913` to test whether it may write.
const FILES: &[&str] = &["4913", ".DS_Store", "Thumbs.db", "desktop.ini"];

impl Ignore {
    /// In addition to the built-in names, ignores what the globs match: `*` and `?` within a component, `**` for any
    /// number of components. A glob without `/` matches a name anywhere; one with `/` is a path from the root.
    pub fn new(globs: &[String]) -> Self {
        let globs = globs.iter().filter_map(|glob| {
            let glob = glob.trim().trim_start_matches("./");
            let anywhere = !glob.trim_end_matches('/').contains('/');
            let parts = glob.split('/').filter(|part| !part.is_empty()).map(str::to_owned);
            let parts: Vec<String> = anywhere.then(|| "**".to_owned()).into_iter().chain(parts).collect();
            (parts.len() > usize::from(anywhere)).then_some(parts)
        });
        Ignore { globs: globs.collect() }
    }

    /// Whether the file or folder `name` at `path` below the root is ignored, with everything inside.
    pub fn is_ignored(&self, path: &str, name: &str, is_folder: bool) -> bool {
        let usual = if is_folder { FOLDERS.contains(&name) } else { is_editor_temp_file(name) };
        usual
            || (!self.globs.is_empty() && {
                let parts: Vec<&str> = path.split('/').collect();
                self.globs.iter().any(|glob| matches_parts(glob, &parts))
            })
    }
}

fn is_editor_temp_file(name: &str) -> bool {
    let hidden = name.starts_with('.');
    name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || (hidden && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end)))
        || name.starts_with("._")
        || name.starts_with(".~lock.")
        || FILES.contains(&name)
}

fn matches_parts(glob: &[String], parts: &[&str]) -> bool {
    match glob.split_first() {
        None => parts.is_empty(),
        Some((first, rest)) if first == "**" => (0..=parts.len()).any(|skip| matches_parts(rest, &parts[skip..])),
        Some((first, rest)) => {
            parts.split_first().is_some_and(|(part, others)| matches_part(first, part) && matches_parts(rest, others))
        }
    }
}

/// Matches one component against one glob, in time linear in the product of their lengths: only the last `*` is
/// retried.
fn matches_part(glob: &str, part: &str) -> bool {
    let (glob, part): (Vec<char>, Vec<char>) = (glob.chars().collect(), part.chars().collect());
    let (mut g, mut p) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while p < part.len() {
        match glob.get(g) {
            Some('*') => {
                star = Some((g, p));
                g += 1;
            }
            Some(&wanted) if wanted == '?' || wanted == part[p] => {
                g += 1;
                p += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    g = at + 1;
                    p = from + 1;
                }
                None => return false,
            },
        }
    }
    glob[g..].iter().all(|&rest| rest == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(globs: &[&str], path: &str) -> bool {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        let name = path.rsplit('/').next().unwrap_or(path);
        Ignore::new(&globs).is_ignored(path, name, false)
    }

    #[test]
    fn temporary_files_are_ignored() {
        for name in ["~$报价.docx", ".2026-11-20.md.swp", "2026-11-20.md~", "a.tmp", "4913", ".DS_Store", "Thumbs.db"] {
            assert!(left_out(&[], &format!("客户/东澜水务/{name}")), "{name}");
        }
        assert!(!left_out(&[], "客户/东澜水务/49130.md"));
        assert!(Ignore::default().is_ignored(".git", ".git", true));
        assert!(!Ignore::default().is_ignored("客户/a.tmp", "a.tmp", true));
    }

    #[test]
    fn globs_of_the_config() {
        assert!(left_out(&["草稿*"], "客户/东澜水务/草稿 2.md"));
        assert!(left_out(&["客户/*/旧/**"], "客户/东澜水务/旧/2019/报价.md"));
        assert!(left_out(&["**/旧"], "客户/东澜水务/旧"));
        assert!(!left_out(&["客户/旧"], "客户/东澜水务/旧"));
        assert!(left_out(&["*.b?k"], "a/b.bak"));
        assert!(!left_out(&["", "/"], "a/b.bak"));
        assert!(left_out(&["*a*b*c"], "xxaxxbxxbxc"));
    }
}
