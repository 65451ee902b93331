//! Link resolution (`decisions.md` 6, 21).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::disambiguate::{ambiguous, report_hidden_name};
use super::lookup_cache::LookupCache;
use super::normalize::normalized_text;
use super::{Answer, DirectoryEntry, Question, Target};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Scope;
use crate::markdown::{Link, LinkKind};
use crate::record::Record;

/// Schemes of external links; the markdown reader rejects all others.
const EXTERNAL_SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Files that are read as records, never copied: a link must not carry one into an edition that hides it.
const RECORD_EXTENSIONS: &[&str] = &["md", "markdown", "yaml", "yml"];

const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];

/// Subfolders in which `![[图.jpg]]` is searched for.
const RECORD_FOLDERS: &[&str] = &["", "附件/", "attachments/"];

/// Result of following a link, before anything is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LinkResolution {
    /// A record, and a heading in it as written.
    Record(Arc<DirectoryEntry>, Option<String>),
    /// A heading in the same record, as written.
    SameRecord(String),
    /// Path of a file.
    File(String),
    /// An external URL.
    External,
    /// Several records.
    Ambiguous(Vec<Arc<DirectoryEntry>>),
    /// Rejected; the markdown reader reported it.
    Rejected,
    /// No target.
    Unresolved,
}

/// Resolves every link of a record, by target as written.
pub fn resolve_links(
    record: &Record,
    lookups: &mut LookupCache<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Arc<str>, Target> {
    let mut targets: BTreeMap<Arc<str>, Target> = BTreeMap::new();
    for leveled in &record.links {
        let link = &leveled.link;
        let target = target(record, link, lookups, diagnostics);
        if let Target::Record(entry, _) = &target {
            report_hidden_name(entry, leveled.level.max(record.secrecy), link.span, diagnostics);
        }
        match targets.get_mut(link.target.as_str()) {
            // The same target as two kinds of link: the resolved one wins.
            Some(known) if *known == Target::Unresolved => *known = target,
            Some(_) => {}
            None => drop(targets.insert(link.target.as_str().into(), target)),
        }
    }
    targets
}

fn target(record: &Record, link: &Link, lookups: &mut LookupCache<'_>, diagnostics: &mut Vec<Diagnostic>) -> Target {
    let wrong = match resolve_target(record, link, lookups) {
        LinkResolution::External => return Target::External(link.target.as_str().into()),
        LinkResolution::File(path) => return Target::File(path.into()),
        LinkResolution::Rejected => return Target::Unresolved,
        LinkResolution::SameRecord(written) => match anchor(&record.anchors, &written) {
            Some(id) => return Target::SameRecord(id),
            None => Diagnostic::new(Code::BrokenAnchor, link.span).with("target", &link.target),
        },
        LinkResolution::Record(entry, None) => return Target::Record(entry, None),
        LinkResolution::Record(entry, Some(written)) => {
            let id = anchor(&entry.anchors, &written);
            // `[[2026-11-05#1]]` refers to an open item; the link leads to its record.
            let is_item = written.chars().all(|c| c.is_ascii_digit()) && (entry.is("visit") || entry.is("contact"));
            if id.is_none() && !is_item {
                diagnostics.push(Diagnostic::new(Code::BrokenAnchor, link.span).with("target", &link.target));
            }
            return Target::Record(entry, id);
        }
        LinkResolution::Ambiguous(entries) => ambiguous(split_anchor(&link.target).0, &entries, link.span),
        LinkResolution::Unresolved => report_broken_link(record, link, lookups),
    };
    diagnostics.push(wrong);
    Target::Unresolved
}

/// Follows a link without reporting anything.
pub(super) fn resolve_target(record: &Record, link: &Link, lookups: &mut LookupCache<'_>) -> LinkResolution {
    let written = link.target.trim();
    if let Some(place) = written.strip_prefix('#') {
        return LinkResolution::SameRecord(place.to_owned());
    }
    match link.kind {
        LinkKind::Wiki => by_name(record, link, lookups),
        LinkKind::WikiEmbed => match embedded(record, written, lookups) {
            Some(path) => LinkResolution::File(path),
            None => by_name(record, link, lookups),
        },
        LinkKind::Link | LinkKind::Image => {
            if written.starts_with("//") {
                return LinkResolution::Rejected;
            }
            match scheme(written) {
                Some(scheme) if EXTERNAL_SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
                    LinkResolution::External
                }
                Some(_) => LinkResolution::Rejected,
                None => by_path(record, written, lookups),
            }
        }
    }
}

fn by_name(record: &Record, link: &Link, lookups: &mut LookupCache<'_>) -> LinkResolution {
    let (name, place) = split_anchor(&link.target);
    match lookups.lookup_name(Scope::Anyone, record.customer.as_ref(), &name.into()) {
        Answer::One(entry) => LinkResolution::Record(entry, place),
        Answer::Several(entries) => LinkResolution::Ambiguous(entries),
        // `[[../people/沈丽萍.md]]`, as some editors write it.
        Answer::File | Answer::Nobody if name.contains(['/', '.']) => by_path(record, &link.target, lookups),
        Answer::File | Answer::Nobody => LinkResolution::Unresolved,
    }
}

fn by_path(record: &Record, written: &str, lookups: &mut LookupCache<'_>) -> LinkResolution {
    let (path, place) = split_anchor(written);
    let Some(path) = joined(record.path.folder(), path).filter(|path| !path.is_empty()) else {
        return LinkResolution::Unresolved;
    };
    match lookups.lookup(Question::Path(path.as_str().into())) {
        Answer::One(entry) => LinkResolution::Record(entry, place),
        Answer::File if !is_read(&path) => LinkResolution::File(path),
        Answer::File | Answer::Several(_) | Answer::Nobody => LinkResolution::Unresolved,
    }
}

/// Resolves `![[图.jpg]]`: beside the record, in its customer's folder, at the root, and in 附件 of each.
fn embedded(record: &Record, written: &str, lookups: &mut LookupCache<'_>) -> Option<String> {
    let (name, _) = split_anchor(written);
    if is_read(name) || !name.contains('.') {
        return None;
    }
    let path = record.path.as_str();
    let customer = match (&record.customer, path.match_indices('/').nth(1)) {
        (Some(_), Some((at, _))) => &path[..at],
        _ => "",
    };
    let mut folders = vec![record.path.folder(), customer, ""];
    folders.dedup();
    for folder in folders {
        for subfolder in RECORD_FOLDERS {
            if let Some(path) = joined(folder, &format!("{subfolder}{name}"))
                && lookups.lookup(Question::Path(path.as_str().into())) == Answer::File
            {
                return Some(path);
            }
        }
    }
    None
}

/// Splits a target at `#` into path and anchor.
fn split_anchor(written: &str) -> (&str, Option<String>) {
    match written.split_once('#') {
        Some((path, place)) => (path.trim(), Some(place.trim().to_owned()).filter(|place| !place.is_empty())),
        None => (written.trim(), None),
    }
}

/// `https` of `https://…`; a colon after a slash is part of a name.
fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

fn is_read(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| has(RECORD_EXTENSIONS, end))
}

fn has(endings: &[&str], end: &str) -> bool {
    endings.iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// Resolves a path relative to `folder`, or to the archive root if it starts with `/`. `None` if it leaves the archive.
/// Backslashes count as slashes, for targets written on Windows.
fn joined(folder: &str, written: &str) -> Option<String> {
    let written = written.replace('\\', "/");
    let start = if written.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Finds a heading by id or by text.
fn anchor(anchors: &[String], written: &str) -> Option<String> {
    let gist = normalized_text(written);
    anchors.iter().find(|id| *id == written || self::normalized_text(id) == gist).cloned()
}

fn report_broken_link(record: &Record, link: &Link, lookups: &mut LookupCache<'_>) -> Diagnostic {
    let (written, _) = split_anchor(&link.target);
    let is_picture = written.rsplit_once('.').is_some_and(|(_, end)| has(PICTURES, end));
    let code = match link.kind {
        LinkKind::Image => Code::BrokenImage,
        LinkKind::WikiEmbed if is_picture => Code::BrokenImage,
        LinkKind::Link => Code::BrokenLink,
        LinkKind::Wiki | LinkKind::WikiEmbed => Code::BrokenWikilink,
    };
    let mut wrong = Diagnostic::new(code, link.span).with("target", &link.target);
    let home = record.customer.as_ref();
    match link.kind {
        LinkKind::Wiki | LinkKind::WikiEmbed if code == Code::BrokenWikilink => {
            wrong.help.extend(lookups.suggest(Scope::Anyone, home, &written.into()));
        }
        LinkKind::Wiki | LinkKind::WikiEmbed => {}
        LinkKind::Link | LinkKind::Image => {
            if is_read(written) {
                let name = written.rsplit(['/', '\\']).next().unwrap_or(written);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                wrong.help.extend(lookups.suggest(Scope::Anyone, home, &stem.into()));
            }
            wrong.help.push(match joined(record.path.folder(), written) {
                Some(path) => Message::new("help.looked-for").with("path", path),
                None => Message::new("help.outside-archive"),
            });
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_paths_are_relative_to_the_record() {
        assert_eq!(joined("客户/东澜/拜访", "../关键人物/沈丽萍.md").as_deref(), Some("客户/东澜/关键人物/沈丽萍.md"));
        assert_eq!(joined("客户/东澜/拜访", "..\\现场.jpg").as_deref(), Some("客户/东澜/现场.jpg"));
        assert_eq!(joined("客户/东澜", "/pages/a.md").as_deref(), Some("pages/a.md"));
        assert_eq!(joined("pages", "../../etc/passwd"), None);
    }

    #[test]
    fn anchors_are_ids_or_headings() {
        let ids = ["技术要求-二期".to_owned()];
        assert_eq!(anchor(&ids, "技术要求-二期").as_deref(), Some("技术要求-二期"));
        assert_eq!(anchor(&ids, "技术要求（二期）").as_deref(), Some("技术要求-二期"));
        assert_eq!(anchor(&ids, "技术"), None);
    }

    #[test]
    fn colon_alone_is_no_url_scheme() {
        assert_eq!(scheme("https://example.com"), Some("https"));
        assert_eq!(scheme("../图/a:b.png"), None);
        assert_eq!(scheme("沈主任:意见.md"), None);
    }
}
