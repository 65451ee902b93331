//! All kinds the program knows, with the company's own fields and codes laid over.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ArchivePath, CodeList, Field, FieldIndex, Place};
use crate::text::Fingerprint;

/// One sort of file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable name: `visit`.
    pub key: Arc<str>,
    /// `拜访日报`.
    pub label: Arc<str>,
    /// `Visit report`.
    pub english: Arc<str>,
    /// Where its files lie: `customers/*/visits/*.md`; `*` is one path part.
    pub files: Vec<Arc<str>>,
    /// Its fields, in the order of the page.
    pub fields: Vec<Field>,
    /// Secrecy level of the prose that is left when fields are taken out (`decisions.md` 4).
    pub prose_secrecy: u8,
    /// What the prose is called, and what a section may be headed to be it: `面谈概要`.
    pub prose_label: Option<Arc<str>>,
    /// English for the same.
    pub prose_english: Option<Arc<str>>,
    /// Field that a first table without a heading fills.
    pub main_rows: Option<FieldIndex>,
    /// Each row of this field is a record of that kind (month files): (field, kind key).
    pub expands: Option<(FieldIndex, Arc<str>)>,
}

impl Kind {
    /// The field with this key.
    pub fn index_of(&self, key: &str) -> Option<FieldIndex> {
        self.fields.iter().position(|field| &*field.key == key).map(|at| FieldIndex(at as u16))
    }

    /// The field people call that.
    pub fn called(&self, written: &str) -> Option<FieldIndex> {
        self.fields.iter().position(|field| field.is_called(written)).map(|at| FieldIndex(at as u16))
    }

    /// The field at an index.
    pub fn field(&self, index: FieldIndex) -> &Field {
        &self.fields[usize::from(index.0)]
    }
}

/// The kinds and code lists of one archive.
#[derive(Clone, Debug)]
pub struct Kinds {
    kinds: Vec<Arc<Kind>>,
    codes: BTreeMap<Arc<str>, Arc<CodeList>>,
    print: Fingerprint,
}

impl Kinds {
    /// The kinds the program ships.
    pub fn official() -> Kinds {
        todo!("helper: kind")
    }

    /// Lays a company's own fields and codes over (`archive.yaml` `fields:`, `codes:`, `levels:`, `lifecycle:`, `secrecy:`).
    /// Errors are sentences about the policy, with the key they are about.
    pub fn with(
        self,
        fields: &BTreeMap<String, serde_yaml::Value>,
        codes: &BTreeMap<String, serde_yaml::Value>,
        secrecy: &BTreeMap<String, u8>,
    ) -> (Kinds, Vec<(String, crate::words::Say)>) {
        let _ = (fields, codes, secrecy);
        todo!("helper: kind")
    }

    /// All kinds in order.
    pub fn all(&self) -> &[Arc<Kind>] {
        &self.kinds
    }

    /// The kind with this key.
    pub fn get(&self, key: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| &*kind.key == key)
    }

    /// The list with this name.
    pub fn codes(&self, name: &str) -> Option<&Arc<CodeList>> {
        self.codes.get(name)
    }

    /// What a path makes of its file; `None` when no kind lies there.
    pub fn place(&self, path: &ArchivePath) -> Option<Place> {
        let _ = path;
        todo!("helper: kind")
    }

    /// Changes whenever any kind, field or list does.
    pub fn fingerprint(&self) -> Fingerprint {
        self.print
    }
}
