//! Directory entries: what a record shows to others.

use std::sync::Arc;

use crate::calendar::Date;
use crate::kind::Kind;
use crate::record::RecordId;

/// All that a record may depend on of another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DirectoryEntry {
    /// Id of the record.
    pub id: RecordId,
    /// Key of its kind.
    pub kind: Arc<str>,
    /// Display name: a person's or customer's name, a visit's date.
    pub name: Arc<str>,
    /// A customer's first 简称 or a person's 称呼, for narrow columns.
    pub short: Option<Arc<str>>,
    /// 职务 of a person or staff member; tells two people of one name apart.
    pub title: Option<Arc<str>>,
    /// Other names under which it is found.
    pub aliases: Vec<Arc<str>>,
    /// Pronunciation given by the author (`拼音`).
    pub pinyin: Option<Arc<str>>,
    /// Customer folder it lies in.
    pub customer: Option<Arc<str>>,
    /// Its day, for records on year pages.
    pub date: Option<Date>,
    /// Position among the records of its customer, kind and year, by date and id, from 0: determines the part of a
    /// split year page.
    pub nth: u32,
    /// Day of leaving the company or the post.
    pub left: Option<Date>,
    /// 出勤 of our staff, in order; duties that fall due meanwhile are excused.
    pub absences: Vec<Absence>,
    /// Secrecy level of the whole record (`密级`); 0 unless raised.
    pub secrecy: u8,
    /// Ids of its headings that links may name.
    pub anchors: Arc<[String]>,
}

impl DirectoryEntry {
    /// Whether its kind has this key.
    pub fn is(&self, kind: &str) -> bool {
        &*self.kind == kind
    }

    /// Whether it is of `kind`.
    pub fn is_of(&self, kind: &Kind) -> bool {
        *self.kind == *kind.key
    }
}

/// Days on which a staff member is absent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Absence {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// 出差: visits take place meanwhile, but no desk work.
    pub travelling: bool,
}

/// Somebody named in a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// Has a record.
    Registered(Arc<DirectoryEntry>),
    /// Has none: name and bracket as written.
    Unregistered {
        /// The name.
        name: Arc<str>,
        /// Text of the bracket.
        note: Option<Arc<str>>,
    },
}

impl Party {
    /// The name to show.
    pub fn name(&self) -> &str {
        match self {
            Party::Registered(entry) => &entry.name,
            Party::Unregistered { name, .. } => name,
        }
    }

    /// The directory entry, if registered.
    pub fn entry(&self) -> Option<&Arc<DirectoryEntry>> {
        match self {
            Party::Registered(entry) => Some(entry),
            Party::Unregistered { .. } => None,
        }
    }

    /// Whether it is the record with this id.
    pub fn is(&self, id: &RecordId) -> bool {
        self.entry().is_some_and(|entry| entry.id == *id)
    }
}
