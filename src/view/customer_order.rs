//! The order of customers: A–Z by pronunciation. Computed once per build, because every dossier links to its
//! neighbours.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::{Archive, DirectoryEntry};
use crate::route::{initial, sort_key};

/// All customers A–Z. A function of their directory entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    ids: Vec<Arc<str>>,
    letters: Vec<char>,
    entries: Vec<Arc<DirectoryEntry>>,
    places: BTreeMap<Arc<str>, usize>,
}

impl Order {
    /// Sorts the customers of `archive` by pronunciation, then by folder.
    pub fn of(archive: &Archive) -> Order {
        let mut rows: Vec<(String, &Arc<str>, char, &Arc<DirectoryEntry>)> = archive
            .dossiers
            .iter()
            .map(|(id, dossier)| {
                let given = dossier.entry.pinyin.as_deref();
                (sort_key(&dossier.entry.name, given), id, initial(&dossier.entry.name, given), &dossier.entry)
            })
            .collect();
        rows.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let places = rows.iter().enumerate().map(|(at, (_, id, ..))| (Arc::clone(id), at)).collect();
        let letters = rows.iter().map(|(.., letter, _)| *letter).collect();
        let entries = rows.iter().map(|(.., entry)| Arc::clone(entry)).collect();
        Order { ids: rows.into_iter().map(|(_, id, ..)| Arc::clone(id)).collect(), letters, entries, places }
    }

    /// Folder names in order, each with its initial.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, char)> {
        self.ids.iter().zip(self.letters.iter().copied())
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Index of a customer, from 0.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The directory entry of a customer by folder.
    pub fn entry(&self, id: &str) -> Option<&Arc<DirectoryEntry>> {
        self.entries.get(self.position(id)?)
    }

    /// The previous and the next customer.
    pub fn neighbours(&self, id: &str) -> (Option<&Arc<str>>, Option<&Arc<str>>) {
        let Some(at) = self.position(id) else { return (None, None) };
        (at.checked_sub(1).and_then(|at| self.ids.get(at)), self.ids.get(at + 1))
    }
}
