//! Unambiguous spellings of names.

use std::sync::Arc;

use super::DirectoryEntry;
use super::normalize::normalize;

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
