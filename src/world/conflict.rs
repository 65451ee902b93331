//! Copies that synchronising programs leave when two people saved the same file.

use std::collections::BTreeSet;

use super::{Listing, Odd};

/// Moves the conflict copies among the listed Markdown and YAML files to the odd ones. The order of paths is kept.
pub(super) fn set_aside(listing: &mut Listing) {
    let suspects: Vec<usize> = (0..listing.files.len()).filter(|&at| original(&listing.files[at].path).is_some()).collect();
    if suspects.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = listing.files.iter().map(|stamp| &*stamp.path).collect();
    let conflicts: BTreeSet<usize> = suspects
        .into_iter()
        .filter(|&at| match original(&listing.files[at].path) {
            Some(Suspect::Surely) => true,
            Some(Suspect::Beside(path)) => known.contains(&*path),
            None => false,
        })
        .collect();
    let mut at = 0;
    listing.files.retain(|stamp| {
        let conflict = conflicts.contains(&at);
        if conflict {
            listing.odd.push(Odd { path: stamp.path.clone(), what: "conflict" });
        }
        at += 1;
        !conflict
    });
    listing.odd.sort_unstable();
}

enum Suspect {
    /// The name says so.
    Surely,
    /// A copy, if this file exists: `邱志远 (1).md` is one beside `邱志远.md`, and a name of its own without it.
    Beside(String),
}

fn original(path: &str) -> Option<Suspect> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    let (stem, extension) = name.rsplit_once('.')?;
    if !matches!(extension, "md" | "yaml" | "yml" | "MD") {
        return None;
    }
    if stem.contains(".sync-conflict-")
        || stem.contains("conflicted copy")
        || stem.contains("冲突副本")
        || stem.contains("冲突的副本")
    {
        return Some(Suspect::Surely);
    }
    let beside = |stem: &str| Some(Suspect::Beside(format!("{folder}{}.{extension}", stem.trim_end())));
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
    use crate::world::Stamp;

    fn odd_of(paths: &[&str]) -> Vec<String> {
        let files = paths.iter().map(|path| Stamp { path: (*path).into(), size: 1, mtime: 0 }).collect();
        let mut listing = Listing { files, odd: Vec::new(), at: 0 };
        set_aside(&mut listing);
        assert_eq!(listing.files.len() + listing.odd.len(), paths.len());
        listing.odd.iter().map(|odd| odd.path.to_string()).collect()
    }

    #[test]
    fn copies_beside_their_original_are_set_aside() {
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
    fn names_that_only_look_like_copies_are_files() {
        let none: Vec<String> = Vec::new();
        assert_eq!(odd_of(&["people/陈晨（处长）.md", "people/陈晨.md"]), none);
        assert_eq!(odd_of(&["visits/2026-11-20 (2).md", "visits/2026-11-21 工期冲突.md"]), none);
        assert_eq!(odd_of(&["图/厂区 (1).jpg", "图/厂区.jpg"]), none);
    }
}
