//! How people and records are written so that only one is meant.

use std::sync::Arc;

use super::Card;
use super::fold::fold;

/// How a card is written so that people know who it is.
pub fn spelled(card: &Card) -> String {
    match &card.title {
        Some(title) if card.is("person") => format!("{}（{title}）", card.name),
        _ => card.name.to_string(),
    }
}

/// The spelling by which `card` is told from the other `cards` that `written` fits, too: its full name, its 职务, its file's
/// name, or its path.
pub fn telling(written: &str, card: &Card, cards: &[Arc<Card>]) -> String {
    if let Some((customer, name)) = written.split_once('/')
        && !name.contains('/')
    {
        let own = telling(name, card, cards);
        return if own == card.id.as_str() { own } else { format!("{customer}/{own}") };
    }
    let others = || cards.iter().filter(|other| other.id != card.id);
    if *fold(written) != *fold(&card.name) && others().all(|other| other.name != card.name) {
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
    let fits = |name: &Arc<str>| *fold(name) == *fold(stem);
    let own = |other: &Arc<Card>| !fits(&other.name) && !other.aliases.iter().any(fits) && other.id.stem() != stem;
    if *fold(stem) != *fold(written) && others().all(own) { stem.to_owned() } else { card.id.to_string() }
}
