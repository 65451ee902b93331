//! The order customers are listed in: A–Z by reading. Made once a build, because every dossier asks it for its neighbours.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::Archive;
use crate::route::{initial, sort_key};

/// All customers, A–Z.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    ids: Vec<Arc<str>>,
    letters: Vec<char>,
    places: BTreeMap<Arc<str>, usize>,
}

impl Order {
    /// Puts the customers of `archive` in order of reading; equal names by folder.
    pub fn of(archive: &Archive) -> Order {
        let mut rows: Vec<(String, &Arc<str>, char)> = archive
            .dossiers
            .iter()
            .map(|(id, dossier)| {
                let given = dossier.card.pinyin.as_deref();
                (sort_key(&dossier.card.name, given), id, initial(&dossier.card.name, given))
            })
            .collect();
        rows.sort();
        let places = rows.iter().enumerate().map(|(at, (_, id, _))| (Arc::clone(id), at)).collect();
        let (ids, letters) = rows.into_iter().map(|(_, id, letter)| (Arc::clone(id), letter)).unzip();
        Order { ids, letters, places }
    }

    /// Folder names in order, each with the letter it stands under.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, char)> {
        self.ids.iter().zip(self.letters.iter().copied())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Where a customer stands, from 0.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The customer before and the one after.
    pub fn neighbours(&self, id: &str) -> (Option<&Arc<str>>, Option<&Arc<str>>) {
        let Some(at) = self.place(id) else { return (None, None) };
        (at.checked_sub(1).and_then(|at| self.ids.get(at)), self.ids.get(at + 1))
    }
}
