//! Name tokens of a record as the parties they refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Directory, DirectoryEntry, Party, ResolvedNames, rows};
use crate::kind::{Name, Row};
use crate::record::{Record, RecordId};

/// Lookup of resolved names.
pub(super) struct NameResolver<'a> {
    names: &'a BTreeMap<RecordId, ResolvedNames>,
    directory: &'a Directory,
}

impl<'a> NameResolver<'a> {
    /// A resolver over the resolved names of each record.
    pub fn new(names: &'a BTreeMap<RecordId, ResolvedNames>, directory: &'a Directory) -> Self {
        NameResolver { names, directory }
    }

    /// The party that a name token of a record refers to.
    pub fn party(&self, record: &Record, name: &Name) -> Party {
        let found = self.names.get(&record.id).and_then(|names| names.get(&name.id));
        found.cloned().unwrap_or_else(|| Party::Unregistered { name: name.text.clone(), note: name.note.clone() })
    }

    /// The parties of several names, without duplicates.
    pub fn all(&self, record: &Record, names: &[Name]) -> Vec<Party> {
        let mut all: Vec<Party> = Vec::with_capacity(names.len());
        for name in names {
            let who = self.party(record, name);
            if !all.contains(&who) {
                all.push(who);
            }
        }
        all
    }

    /// The party of a row: its own column, else the first name in the tail of that kind.
    pub fn of_row(&self, record: &Record, field: &str, row: &Row, key: &str, kind: &str) -> Option<Party> {
        if let Some(name) = rows::names(record, field, row, key).first() {
            return Some(self.party(record, name));
        }
        let tail = row.tail.iter().map(|name| self.party(record, name));
        tail.into_iter().find(|who| who.entry().is_some_and(|entry| entry.is(kind)))
    }

    /// The company of a row: its own column, else the tail's first customer or competitor, else its first unregistered
    /// name.
    pub fn firm_of_row(&self, record: &Record, field: &str, row: &Row, key: &str) -> Option<Party> {
        if let Some(name) = rows::names(record, field, row, key).first() {
            return Some(self.party(record, name));
        }
        let tail: Vec<Party> = row.tail.iter().map(|name| self.party(record, name)).collect();
        let is_firm = |who: &&Party| who.entry().is_some_and(|entry| entry.is("customer") || entry.is("competitor"));
        tail.iter().find(is_firm).or_else(|| tail.iter().find(|who| who.entry().is_none())).cloned()
    }

    /// Parties of `kind` in a row's column and tail, with the column's unregistered names.
    pub fn all_of_row(&self, record: &Record, field: &str, row: &Row, key: &str, kind: &str) -> Vec<Party> {
        let mut all = self.all(record, rows::names(record, field, row, key));
        all.retain(|who| who.entry().is_none_or(|entry| entry.is(kind)));
        for name in &row.tail {
            let who = self.party(record, name);
            if who.entry().is_some_and(|entry| entry.is(kind)) && !all.contains(&who) {
                all.push(who);
            }
        }
        all
    }

    /// As [`all_of_row`](Self::all_of_row), registered parties only.
    pub fn named_of_row(&self, record: &Record, field: &str, row: &Row, key: &str, kind: &str) -> Vec<Party> {
        let mut all = self.all_of_row(record, field, row, key, kind);
        all.retain(|who| who.entry().is_some());
        all
    }

    /// The directory entry of a record.
    pub fn entry(&self, record: &Record) -> Option<Arc<DirectoryEntry>> {
        self.directory.entry(&record.id).cloned()
    }
}
