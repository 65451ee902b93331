//! Unambiguous spellings of names.

use std::sync::Arc;

use super::DirectoryEntry;
use super::normalize::normalize;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::Span;

/// The name of an entry, with the title of a person.
pub fn name_with_title(entry: &DirectoryEntry) -> String {
    match &entry.title {
        Some(title) if entry.is("person") => format!("{}（{title}）", entry.name),
        _ => entry.name.to_string(),
    }
}

/// The spelling that tells `card` apart from the other `cards` matching `written`: its full name, its 职务, its file
/// name, or its path.
pub fn distinguishing_name(written: &str, entry: &DirectoryEntry, entries: &[Arc<DirectoryEntry>]) -> String {
    if let Some((customer, name)) = written.split_once('/')
        && !name.contains('/')
    {
        let own = distinguishing_name(name, entry, entries);
        return if own == entry.id.as_str() { own } else { format!("{customer}/{own}") };
    }
    let others = || entries.iter().filter(|other| other.id != entry.id);
    if *normalize(written) != *normalize(&entry.name) && others().all(|other| other.name != entry.name) {
        return entry.name.to_string();
    }
    if let Some(title) = &entry.title
        && others().all(|other| other.title.as_ref() != Some(title))
    {
        return format!("{}（{title}）", entry.name);
    }
    let stem = match (&*entry.kind, &entry.customer) {
        ("customer", Some(folder)) => &**folder,
        _ => entry.id.stem(),
    };
    let fits = |name: &Arc<str>| *normalize(name) == *normalize(stem);
    let own = |other: &Arc<DirectoryEntry>| !fits(&other.name) && !other.aliases.iter().any(fits) && other.id.stem() != stem;
    if *normalize(stem) != *normalize(written) && others().all(own) { stem.to_owned() } else { entry.id.to_string() }
}

/// Diagnostic for an ambiguous name, with the spellings that tell the matches apart.
pub(super) fn ambiguous(written: &str, entries: &[Arc<DirectoryEntry>], span: Span) -> Diagnostic {
    let spellings: Vec<String> = entries.iter().map(|entry| distinguishing_name(written, entry, entries)).collect();
    Diagnostic::new(Code::AmbiguousName, span)
        .with("name", written)
        .with("count", entries.len())
        .help(Message::new("help.ambiguous").with("names", spellings.join("、")))
}

/// Reports a record with a higher secrecy level than the text that names it. The name stays visible (`decisions.md` 5).
pub(super) fn report_hidden_name(entry: &DirectoryEntry, level: u8, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    if entry.secrecy > level {
        diagnostics.push(
            Diagnostic::new(Code::HiddenNameInVisibleText, span)
                .with("name", &entry.name)
                .with("level", entry.secrecy)
                .with("here", level),
        );
    }
}
