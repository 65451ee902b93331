//! Unambiguous spellings of names.

use std::sync::Arc;

use super::DirectoryEntry;
use super::normalize::normalize;

/// The name of an entry, with the title of a person.
pub fn name_with_title(card: &DirectoryEntry) -> String {
    match &card.title {
        Some(title) if card.is("person") => format!("{}（{title}）", card.name),
        _ => card.name.to_string(),
    }
}

/// The spelling that tells `card` apart from the other `cards` matching `written`: its full name, its 职务, its file
/// name, or its path.
pub fn distinguishing_name(written: &str, card: &DirectoryEntry, cards: &[Arc<DirectoryEntry>]) -> String {
    if let Some((customer, name)) = written.split_once('/')
        && !name.contains('/')
    {
        let own = distinguishing_name(name, card, cards);
        return if own == card.id.as_str() { own } else { format!("{customer}/{own}") };
    }
    let others = || cards.iter().filter(|other| other.id != card.id);
    if *normalize(written) != *normalize(&card.name) && others().all(|other| other.name != card.name) {
        return card.name.to_string();
    }
    if let Some(title) = &card.title
        && others().all(|other| other.title.as_ref() != Some(title))
    {
        return format!("{}（{title}）", card.name);
    }
    let stem = match (&*card.kind, &card.customer) {
        ("customer", Some(folder)) => &**folder,
        _ => card.id.stem(),
    };
    let fits = |name: &Arc<str>| *normalize(name) == *normalize(stem);
    let own = |other: &Arc<DirectoryEntry>| !fits(&other.name) && !other.aliases.iter().any(fits) && other.id.stem() != stem;
    if *normalize(stem) != *normalize(written) && others().all(own) { stem.to_owned() } else { card.id.to_string() }
}
