//! Where each link of a record leads (`decisions.md` 6, 21).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asker::Asker;
use super::fold::gist;
use super::resolve::{ambiguous, hidden};
use super::{Answer, Card, Question, Target};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Scope;
use crate::markdown::{Link, LinkKind};
use crate::record::Record;

/// Schemes that lead outside; every other one is refused where the text is read.
const OUTSIDE: &[&str] = &["http", "https", "mailto", "tel"];

/// Files of the archive that are read, not copied: a link must never carry one into a copy that hides it.
const READ: &[&str] = &["md", "markdown", "yaml", "yml"];

const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];

/// Folders in which `![[图.jpg]]` is looked for, from the record's own outwards.
const SHELVES: &[&str] = &["", "附件/", "attachments/"];

/// Where a link was found to lead, before anybody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To a record, and a place in it as written.
    Card(Arc<Card>, Option<String>),
    /// To a place in the same record, as written.
    Here(String),
    /// To a file.
    File(String),
    /// Outside.
    Outside,
    /// To several records.
    Several(Vec<Arc<Card>>),
    /// Nowhere; reported where the text was read.
    Refused,
    /// Nowhere.
    Nowhere,
}

/// Resolves every link of a record, by its target as written.
pub fn resolve_links(record: &Record, asker: &mut Asker<'_>, news: &mut Vec<Diagnostic>) -> BTreeMap<Arc<str>, Target> {
    let mut targets: BTreeMap<Arc<str>, Target> = BTreeMap::new();
    for leveled in &record.links {
        let link = &leveled.link;
        let target = target(record, link, asker, news);
        if let Target::Card(card, _) = &target {
            hidden(card, leveled.level.max(record.secrecy), link.span, news);
        }
        match targets.get_mut(link.target.as_str()) {
            // One address written as two sorts of link: the one that leads somewhere counts.
            Some(known) if *known == Target::Nothing => *known = target,
            Some(_) => {}
            None => drop(targets.insert(link.target.as_str().into(), target)),
        }
    }
    targets
}

fn target(record: &Record, link: &Link, asker: &mut Asker<'_>, news: &mut Vec<Diagnostic>) -> Target {
    let wrong = match follow(record, link, asker) {
        Way::Outside => return Target::Outside(link.target.as_str().into()),
        Way::File(path) => return Target::File(path.into()),
        Way::Refused => return Target::Nothing,
        Way::Here(written) => match anchor(&record.anchors, &written) {
            Some(id) => return Target::Here(id),
            None => Diagnostic::new(Code::BrokenAnchor, link.span).with("target", &link.target),
        },
        Way::Card(card, None) => return Target::Card(card, None),
        Way::Card(card, Some(written)) => {
            let id = anchor(&card.anchors, &written);
            // `[[2026-11-05#1]]` speaks of an open item: the record is meant.
            let is_item = written.chars().all(|c| c.is_ascii_digit()) && (card.is("visit") || card.is("contact"));
            if id.is_none() && !is_item {
                news.push(Diagnostic::new(Code::BrokenAnchor, link.span).with("target", &link.target));
            }
            return Target::Card(card, id);
        }
        Way::Several(cards) => ambiguous(apart(&link.target).0, &cards, link.span),
        Way::Nowhere => nowhere(record, link, asker),
    };
    news.push(wrong);
    Target::Nothing
}

/// Follows a link without telling anybody.
pub(super) fn follow(record: &Record, link: &Link, asker: &mut Asker<'_>) -> Way {
    let written = link.target.trim();
    if let Some(place) = written.strip_prefix('#') {
        return Way::Here(place.to_owned());
    }
    match link.kind {
        LinkKind::Wiki => by_name(record, link, asker),
        LinkKind::WikiEmbed => match embedded(record, written, asker) {
            Some(path) => Way::File(path),
            None => by_name(record, link, asker),
        },
        LinkKind::Link | LinkKind::Image => {
            if written.starts_with("//") {
                return Way::Refused;
            }
            match scheme(written) {
                Some(scheme) if OUTSIDE.iter().any(|known| scheme.eq_ignore_ascii_case(known)) => Way::Outside,
                Some(_) => Way::Refused,
                None => by_path(record, written, asker),
            }
        }
    }
}

fn by_name(record: &Record, link: &Link, asker: &mut Asker<'_>) -> Way {
    let (name, place) = apart(&link.target);
    match asker.name(Scope::Anyone, record.customer.as_ref(), &name.into()) {
        Answer::One(card) => Way::Card(card, place),
        Answer::Several(cards) => Way::Several(cards),
        // `[[../people/沈丽萍.md]]`, as some editors write it.
        Answer::File | Answer::Nobody if name.contains(['/', '.']) => by_path(record, &link.target, asker),
        Answer::File | Answer::Nobody => Way::Nowhere,
    }
}

fn by_path(record: &Record, written: &str, asker: &mut Asker<'_>) -> Way {
    let (path, place) = apart(written);
    let Some(path) = joined(record.path.folder(), path).filter(|path| !path.is_empty()) else { return Way::Nowhere };
    match asker.ask(Question::Path(path.as_str().into())) {
        Answer::One(card) => Way::Card(card, place),
        Answer::File if !is_read(&path) => Way::File(path),
        Answer::File | Answer::Several(_) | Answer::Nobody => Way::Nowhere,
    }
}

/// `![[图.jpg]]`: beside the record, in its customer's folder, at the top, and in 附件 of each.
fn embedded(record: &Record, written: &str, asker: &mut Asker<'_>) -> Option<String> {
    let (name, _) = apart(written);
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
        for shelf in SHELVES {
            if let Some(path) = joined(folder, &format!("{shelf}{name}"))
                && asker.ask(Question::Path(path.as_str().into())) == Answer::File
            {
                return Some(path);
            }
        }
    }
    None
}

/// What is written before the `#`, and what behind it.
fn apart(written: &str) -> (&str, Option<String>) {
    match written.split_once('#') {
        Some((path, place)) => (path.trim(), Some(place.trim().to_owned()).filter(|place| !place.is_empty())),
        None => (written.trim(), None),
    }
}

/// `https` of `https://…`; a colon behind a slash is part of a name.
fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

fn is_read(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| has(READ, end))
}

fn has(endings: &[&str], end: &str) -> bool {
    endings.iter().any(|known| end.eq_ignore_ascii_case(known))
}

/// A relative path seen from a folder; from the top of the archive with a leading `/`. `None` when it leads out of it.
/// Backslashes are slashes, as they are written on Windows.
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

/// A heading is named by its id or by its text.
fn anchor(anchors: &[String], written: &str) -> Option<String> {
    let gist = gist(written);
    anchors.iter().find(|id| *id == written || self::gist(id) == gist).cloned()
}

fn nowhere(record: &Record, link: &Link, asker: &mut Asker<'_>) -> Diagnostic {
    let (written, _) = apart(&link.target);
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
            wrong.help.extend(asker.near(Scope::Anyone, home, &written.into()));
        }
        LinkKind::Wiki | LinkKind::WikiEmbed => {}
        LinkKind::Link | LinkKind::Image => {
            if is_read(written) {
                let name = written.rsplit(['/', '\\']).next().unwrap_or(written);
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                wrong.help.extend(asker.near(Scope::Anyone, home, &stem.into()));
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
    fn paths_are_seen_from_the_record() {
        assert_eq!(joined("客户/东澜/拜访", "../关键人物/沈丽萍.md").as_deref(), Some("客户/东澜/关键人物/沈丽萍.md"));
        assert_eq!(joined("客户/东澜/拜访", "..\\现场.jpg").as_deref(), Some("客户/东澜/现场.jpg"));
        assert_eq!(joined("客户/东澜", "/pages/a.md").as_deref(), Some("pages/a.md"));
        assert_eq!(joined("pages", "../../etc/passwd"), None);
    }

    #[test]
    fn an_anchor_is_its_id_or_its_heading() {
        let ids = ["技术要求-二期".to_owned()];
        assert_eq!(anchor(&ids, "技术要求-二期").as_deref(), Some("技术要求-二期"));
        assert_eq!(anchor(&ids, "技术要求（二期）").as_deref(), Some("技术要求-二期"));
        assert_eq!(anchor(&ids, "技术"), None);
    }

    #[test]
    fn a_colon_alone_is_no_scheme() {
        assert_eq!(scheme("https://example.com"), Some("https"));
        assert_eq!(scheme("../图/a:b.png"), None);
        assert_eq!(scheme("沈主任:意见.md"), None);
    }
}
