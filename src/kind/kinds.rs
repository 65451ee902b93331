//! All kinds the program knows, with the company's own fields and codes laid over.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::name_index::NameIndex;
use super::normalize::normalize_name;
use super::path_match::PathPatterns;
use super::{ArchivePath, CodeList, Field, FieldIndex, FieldType, PathMatch};
use crate::diag::Diagnostic;
use crate::i18n::Message;
use crate::text::{BuildFastHasher, FileId, Fingerprint};

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
    /// Secrecy level of the whole record unless its `密级` says another.
    pub secrecy: u8,
    /// Secrecy level of the prose that is left when fields are taken out (`decisions.md` 4).
    pub prose_secrecy: u8,
    /// What the prose is called, and what a section may be headed to be it: `面谈概要`.
    pub prose_label: Option<Arc<str>>,
    /// English for the same.
    pub prose_english: Option<Arc<str>>,
    /// Field that a first table without a heading fills.
    pub main_rows: Option<FieldIndex>,
    /// Whether a first list without a heading fills that field, too.
    pub main_lists: bool,
    /// Each row of this field is a record of that kind (month files): (field, kind key).
    pub expands: Option<(FieldIndex, Arc<str>)>,
    /// Numbers that sort themselves, for people's telephones.
    pub phones: Option<Phones>,
    /// What else a section may be headed to be the prose, and its label, folded.
    pub(super) prose_names: Vec<Arc<str>>,
    /// The fields by key.
    pub(super) keys: NameIndex,
    /// The fields by every name they have, folded.
    pub(super) names: NameIndex,
}

/// Names under which numbers are sorted by what they look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phones {
    /// `电话`, folded.
    pub(super) called: Vec<Arc<str>>,
    /// Where eleven digits beginning with 1 go.
    pub mobile: FieldIndex,
    /// Where all others go.
    pub fixed: FieldIndex,
}

impl Kind {
    /// The field with this key.
    pub fn index_of(&self, key: &str) -> Option<FieldIndex> {
        self.keys.get(key)
    }

    /// The field people call that.
    pub fn called(&self, written: &str) -> Option<FieldIndex> {
        self.named(&normalize_name(written))
    }

    /// The same for a name that is folded already.
    pub(super) fn named(&self, folded: &str) -> Option<FieldIndex> {
        self.names.get(folded)
    }

    /// Other fields in the place of those it has.
    pub(super) fn set_fields(&mut self, fields: Vec<Field>) {
        self.keys = NameIndex::of_keys(&fields);
        self.names = NameIndex::of_names(&fields);
        self.fields = fields;
    }

    /// Whether a one-line value of what is called that is taken literally; so are keys nobody knows.
    pub fn takes_line(&self, written: &str) -> bool {
        self.called(written).is_none_or(|index| self.field(index).takes_line())
    }

    /// What people call a field (`title`) or a column of one (`units.place`); the key itself where there is none.
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

/// The levels of `visit.fees`, and of the prose as `visit.prose`.
pub(super) fn secrecies(kinds: &[Arc<Kind>]) -> Secrecies {
    let of_kind = |kind: &Arc<Kind>| {
        let fields = kind.fields.iter().map(|field| (format!("{}.{}", kind.key, field.key), field.secrecy));
        let prose = (format!("{}.prose", kind.key), kind.prose_secrecy);
        fields.chain([prose]).collect::<Vec<_>>()
    };
    kinds.iter().flat_map(of_kind).collect()
}

impl Kinds {
    /// The kinds the program ships. They are read once.
    pub fn official() -> Kinds {
        static OFFICIAL: LazyLock<Kinds> = LazyLock::new(super::load::official);
        OFFICIAL.clone()
    }

    /// Lays a company's own fields and codes over: `fields` by kind (`archive.yaml` `fields:`), `codes` by list (`codes:`,
    /// and `level` and `lifecycle` from `levels:` and `lifecycle:`), `secrecy` by field (`person.mobile`, or `mobile` for
    /// every kind that has one; `visit.fees.amount` for a column). Errors are sentences about the policy, with the key they
    /// are about (`fields.customer.0`); what is wrong is left out.
    pub fn with(
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

    /// The list with this name.
    pub fn codes(&self, name: &str) -> Option<&Arc<CodeList>> {
        self.codes.get(name)
    }

    /// All lists by name.
    pub fn code_lists(&self) -> impl Iterator<Item = &Arc<CodeList>> {
        self.codes.values()
    }

    /// What a path makes of its file; `None` when no kind lies there.
    pub fn place(&self, path: &ArchivePath) -> Option<PathMatch> {
        self.places.match_path(path)
    }

    /// What is to be said of a file that has no place; nothing for files that are no text of ours (images, attachments) and
    /// for the policy.
    pub fn unplaced(&self, path: &ArchivePath, file: FileId) -> Option<Diagnostic> {
        self.places.unmatched_reason(path, file)
    }

    /// The Chinese name of an English folder or fixed file (`visits`, `customer.md`).
    pub fn twin(&self, english: &str) -> Option<&str> {
        self.places.twin(english)
    }

    /// Changes whenever a kind, field or list that the program ships does. What a company laid over them is in its policy, which has
    /// a fingerprint of its own.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}
