//! The archive: directory, dossiers, and what lies outside customer folders.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Card, Directory, Dossier, Target, Who};
use crate::diag::Diagnostic;
use crate::policy::Policy;
use crate::record::{Record, RecordId};

/// One of ours.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// 职务 (code of list `post`).
    pub post: Option<Arc<str>>,
    /// 部门.
    pub department: Option<Arc<str>>,
    /// 上级.
    pub manager: Option<Who>,
    /// 在职.
    pub active: bool,
}

/// A record outside customer folders that is not staff: pages.
#[derive(Clone, Debug)]
pub struct Loose {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
}

/// All that an edition knows. Immutable; every order in it is fixed.
#[derive(Clone, Debug)]
pub struct Archive {
    /// Who exists.
    pub directory: Arc<Directory>,
    /// Dossiers by folder name.
    pub dossiers: BTreeMap<Arc<str>, Arc<Dossier>>,
    /// Our staff in order of name by pinyin.
    pub staff: Vec<Staff>,
    /// Pages by id.
    pub pages: Vec<Loose>,
    /// Where each link of those outer records leads.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
    /// Who mentions outer records, in order of id.
    pub mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
}

impl Archive {
    /// The staff member with this record.
    pub fn staff_member(&self, id: &RecordId) -> Option<&Staff> {
        self.staff.iter().find(|member| member.record.id == *id)
    }
}

/// Puts the dossiers and the outer records (`records` outside customer folders) on the shelf.
pub fn shelve(
    directory: Arc<Directory>,
    dossiers: BTreeMap<Arc<str>, Arc<Dossier>>,
    records: &[Arc<Record>],
    mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
    files: &dyn Fn(&str) -> bool,
    policy: &Policy,
) -> (Archive, Vec<Diagnostic>) {
    let _ = (directory, dossiers, records, mentions, files, policy);
    todo!("helper: archive")
}
