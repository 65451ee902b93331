//! Detects the copies that synchronising programs and file managers leave beside a file.

use std::collections::BTreeSet;

use super::{Listing, SpecialFile};

/// Moves conflict copies among the listed Markdown and YAML files to the special files. Keeps the order of paths.
pub(super) fn detect_conflict_copies(listing: &mut Listing) {
    let suspects: Vec<usize> = (0..listing.files.len()).filter(|&at| original(&listing.files[at].path).is_some()).collect();
    if suspects.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = listing.files.iter().map(|stamp| &*stamp.path).collect();
    let conflicts: BTreeSet<usize> = suspects
        .into_iter()
        .filter(|&at| match original(&listing.files[at].path) {
            Some(CopyCandidate { surely, original }) => surely || known.contains(&*original),
            None => false,
        })
        .collect();
    let mut at = 0;
    listing.files.retain(|stamp| {
        let conflict = conflicts.contains(&at);
        if conflict {
            listing.odd.push(SpecialFile { path: stamp.path.clone(), what: "conflict" });
        }
        at += 1;
        !conflict
    });
    listing.odd.sort_unstable();
}

/// The original of a conflict copy, by its name.
pub fn copied_from(path: &str) -> Option<String> {
    original(path).map(|suspect| suspect.original)
}

/// A file that may be a copy.
struct CopyCandidate {
    /// Whether the name alone proves it. Otherwise it is a copy only if the original exists: `邱志远 (1).md` is one beside
    /// `邱志远.md`, and a file of its own without it.
    surely: bool,
    original: String,
}

/// What synchronising programs write into the names of copies, usually in brackets at the end.
const COPY_MARKERS: [&str; 4] = [".sync-conflict-", "conflicted copy", "冲突副本", "冲突的副本"];

fn original(path: &str) -> Option<CopyCandidate> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    let (stem, extension) = name.rsplit_once('.')?;
    if !matches!(extension, "md" | "yaml" | "yml" | "MD") {
        return None;
    }
    let suspect = |surely, stem: &str| {
        let stem = stem.trim_end_matches([' ', '-', '_']);
        (!stem.is_empty()).then(|| CopyCandidate { surely, original: format!("{folder}{stem}.{extension}") })
    };
    // Comparing lengths is cheaper than searching.
    if let Some(at) = COPY_MARKERS.iter().filter(|mark| mark.len() <= stem.len()).filter_map(|mark| stem.find(*mark)).min() {
        let before = &stem[..at];
        // A closed bracket belongs to the name: `陈晨（处长）.sync-conflict-…`.
        let closed = before.rfind([')', '）']);
        let bracket = before.rfind(['(', '（']).filter(|open| closed.is_none_or(|close| close < *open));
        return suspect(true, &before[..bracket.unwrap_or(at)]);
    }
    let beside = |stem| suspect(false, stem);
    if let Some(original) = stem.strip_suffix("副本").and_then(|rest| rest.trim_end().strip_suffix('-')) {
        return beside(original);
    }
    if let Some(original) = stem.strip_suffix(" - Copy") {
        return beside(original);
    }
    let (original, bracket) = stem
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .or_else(|| stem.strip_suffix('）').and_then(|rest| rest.rsplit_once('（')))?;
    let numbered = !bracket.is_empty() && bracket.len() <= 2 && bracket.bytes().all(|byte| byte.is_ascii_digit());
    let named = bracket.contains("冲突") || bracket.to_ascii_lowercase().contains("conflict");
    if numbered || named { beside(original) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileStamp;

    fn odd_of(paths: &[&str]) -> Vec<String> {
        let files = paths.iter().map(|path| FileStamp { path: (*path).into(), size: 1, mtime: 0 }).collect();
        let mut listing = Listing { files, odd: Vec::new(), at: 0 };
        detect_conflict_copies(&mut listing);
        assert_eq!(listing.files.len() + listing.odd.len(), paths.len());
        listing.odd.iter().map(|odd| odd.path.to_string()).collect()
    }

    #[test]
    fn conflict_copies_are_special_files() {
        let found = odd_of(&[
            "people/邱志远 (1).md",
            "people/邱志远 - 副本.md",
            "people/邱志远(周岚的冲突文件).md",
            "people/邱志远.md",
            "people/邱志远.sync-conflict-20261120-081512-ABCDEF.md",
            "people/王伟 (周岚's conflicted copy 2026-11-20).md",
        ]);
        assert_eq!(found.len(), 5);
        assert!(!found.contains(&"people/邱志远.md".to_owned()));
    }

    #[test]
    fn conflict_copy_names_its_original() {
        for (copy, original) in [
            ("people/邱志远 (1).md", "people/邱志远.md"),
            ("people/邱志远 - 副本.md", "people/邱志远.md"),
            ("邱志远(周岚的冲突文件).md", "邱志远.md"),
            ("王伟 (周岚's conflicted copy 2026-11-20).md", "王伟.md"),
            ("陈晨（处长）.sync-conflict-20261120-081512-ABCDEF.md", "陈晨（处长）.md"),
            ("拜访/2026-11-05_冲突副本_周岚.md", "拜访/2026-11-05.md"),
        ] {
            assert_eq!(copied_from(copy).as_deref(), Some(original));
        }
        for own in ["冲突副本.md", "(1).md", "邱志远.md"] {
            assert_eq!(copied_from(own), None, "{own}");
        }
    }

    #[test]
    fn similar_names_are_regular_files() {
        let none: Vec<String> = Vec::new();
        assert_eq!(odd_of(&["people/陈晨（处长）.md", "people/陈晨.md"]), none);
        assert_eq!(odd_of(&["visits/2026-11-20 (2).md", "visits/2026-11-21 工期冲突.md"]), none);
        assert_eq!(odd_of(&["图/厂区 (1).jpg", "图/厂区.jpg"]), none);
    }
}
