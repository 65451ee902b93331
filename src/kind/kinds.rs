//! The kinds of an archive: the shipped ones with the company's fields and codes merged in.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::name_index::NameIndex;
use super::normalize::normalize_name;
use super::path_match::PathPatterns;
use super::{ArchivePath, CodeList, Field, FieldIndex, FieldType, PathMatch};
use crate::diag::Diagnostic;
use crate::i18n::Message;
use crate::text::{BuildFastHasher, FileId, Fingerprint};

/// A record type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable name: `visit`.
    pub key: Arc<str>,
    /// `拜访日报`.
    pub label: Arc<str>,
    /// `Visit report`.
    pub english: Arc<str>,
    /// Path patterns of its files: `customers/*/visits/*.md`; `*` matches one path segment.
    pub files: Vec<Arc<str>>,
    /// Its fields, in display order.
    pub fields: Vec<Field>,
    /// Secrecy of the whole record unless its `密级` overrides it.
    pub secrecy: u8,
    /// Secrecy of the prose, which is the body without its fields (`decisions.md` 4).
    pub prose_secrecy: u8,
    /// Label of the prose, also accepted as a section heading for it: `面谈概要`.
    pub prose_label: Option<Arc<str>>,
    /// English label of the prose.
    pub prose_english: Option<Arc<str>>,
    /// Field filled by the first table without a heading.
    pub main_rows: Option<FieldIndex>,
    /// Whether lists without a heading fill that field too.
    pub main_lists: bool,
    /// Each row of this field is a record of that kind (month files): (field, kind key).
    pub expands: Option<(FieldIndex, Arc<str>)>,
    /// Fields for phone numbers given under one common name.
    pub phones: Option<Phones>,
    /// Normalized headings of prose sections: the prose labels and their synonyms.
    pub(super) prose_names: Vec<Arc<str>>,
    /// Fields by key.
    pub(super) keys: NameIndex,
    /// Fields by every normalized name.
    pub(super) names: NameIndex,
}

/// Names under which phone numbers are sorted by their form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phones {
    /// The names, normalized: `电话`.
    pub(super) called: Vec<Arc<str>>,
    /// Field for mobile numbers (eleven digits starting with 1).
    pub mobile: FieldIndex,
    /// Field for all other numbers.
    pub fixed: FieldIndex,
}

impl Kind {
    /// The field with this key.
    pub fn index_of(&self, key: &str) -> Option<FieldIndex> {
        self.keys.get(key)
    }

    /// The field with this name: key, label or synonym.
    pub fn names(&self, written: &str) -> Option<FieldIndex> {
        self.index_by_normalized_name(&normalize_name(written))
    }

    /// As [`Kind::called`], for an already normalized name.
    pub(super) fn index_by_normalized_name(&self, folded: &str) -> Option<FieldIndex> {
        self.names.get(folded)
    }

    /// Replaces the fields and rebuilds the indexes.
    pub(super) fn set_fields(&mut self, fields: Vec<Field>) {
        self.keys = NameIndex::of_keys(&fields);
        self.names = NameIndex::of_names(&fields);
        self.fields = fields;
    }

    /// Whether a one-line value of the field with this name is taken verbatim; true for unknown names.
    pub fn takes_line(&self, written: &str) -> bool {
        self.names(written).is_none_or(|index| self.field(index).takes_line())
    }

    /// The label of a field (`title`) or of a column (`units.place`); the path itself if there is none.
    pub fn label(&self, path: &str) -> Arc<str> {
        let (key, column) = path.split_once('.').map_or((path, None), |(key, column)| (key, Some(column)));
        let field = self.fields.iter().find(|field| &*field.key == key);
        let found = match (field, column) {
            (Some(Field { ty: FieldType::Rows(rows), .. }), Some(column)) => {
                rows.fields.iter().find(|field| &*field.key == column)
            }
            (field, _) => field,
        };
        found.map_or_else(|| path.into(), |field| field.label.clone())
    }

    /// The field at an index.
    pub fn field(&self, index: FieldIndex) -> &Field {
        &self.fields[usize::from(index.0)]
    }
}

/// The kinds and code lists of one archive.
#[derive(Clone, Debug)]
pub struct Kinds {
    pub(super) kinds: Vec<Arc<Kind>>,
    pub(super) codes: BTreeMap<Arc<str>, Arc<CodeList>>,
    pub(super) places: Arc<PathPatterns>,
    pub(super) secrecies: Secrecies,
    pub(super) fingerprint: Fingerprint,
}

/// Secrecy levels of all fields by path.
pub(super) type Secrecies = HashMap<String, u8, BuildFastHasher>;

/// Builds the secrecy levels by path: `visit.fees`, and `visit.prose` for the prose.
pub(super) fn secrecies(kinds: &[Arc<Kind>]) -> Secrecies {
    let of_kind = |kind: &Arc<Kind>| {
        let fields = kind.fields.iter().map(|field| (format!("{}.{}", kind.key, field.key), field.secrecy));
        let prose = (format!("{}.prose", kind.key), kind.prose_secrecy);
        fields.chain([prose]).collect::<Vec<_>>()
    };
    kinds.iter().flat_map(of_kind).collect()
}

impl Kinds {
    /// The shipped kinds. They are parsed once.
    pub fn official() -> Kinds {
        static OFFICIAL: LazyLock<Kinds> = LazyLock::new(super::load::official);
        OFFICIAL.clone()
    }

    /// Merges a company's fields and codes: `fields` by kind (`archive.yaml` `fields:`), `codes` by list (`codes:`, and
    /// `level` and `lifecycle` from `levels:` and `lifecycle:`), `secrecy` by field (`person.mobile`, or `mobile` for
    /// every kind that has it; `visit.fees.amount` for a column). Invalid settings are skipped; each yields the config
    /// key (`fields.customer.0`) and a message.
    pub fn with_company_settings(
        self,
        fields: &BTreeMap<String, serde_yaml::Value>,
        codes: &BTreeMap<String, serde_yaml::Value>,
        secrecy: &BTreeMap<String, u8>,
    ) -> (Kinds, Vec<(String, Message)>) {
        super::company_fields::merge_company_fields(self, fields, codes, secrecy)
    }

    /// All kinds in order.
    pub fn all(&self) -> &[Arc<Kind>] {
        &self.kinds
    }

    /// The kind with this key.
    pub fn get(&self, key: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| &*kind.key == key)
    }

    /// The secrecy level of a field (`visit.fees`), or of the prose (`visit.prose`) of a kind.
    pub fn secrecy(&self, path: &str) -> Option<u8> {
        self.secrecies.get(path).copied()
    }

    /// The code list with this name.
    pub fn codes(&self, name: &str) -> Option<&Arc<CodeList>> {
        self.codes.get(name)
    }

    /// All code lists, by name.
    pub fn code_lists(&self) -> impl Iterator<Item = &Arc<CodeList>> {
        self.codes.values()
    }

    /// The kind and id a path matches; `None` if it matches no kind.
    pub fn match_path(&self, path: &ArchivePath) -> Option<PathMatch> {
        self.places.match_path(path)
    }

    /// The diagnostic for a file that matches no kind; `None` for attachments (such as images) and the config file.
    pub fn unmatched_diagnostic(&self, path: &ArchivePath, file: FileId) -> Option<Diagnostic> {
        self.places.unmatched_reason(path, file)
    }

    /// The Chinese name of an English folder or fixed file (`visits`, `customer.md`).
    pub fn chinese_name(&self, english: &str) -> Option<&str> {
        self.places.twin(english)
    }

    /// A fingerprint of the shipped kinds, fields and lists. The company's settings are in that of the config.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}
