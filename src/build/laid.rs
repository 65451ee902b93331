//! What was laid out last time, so that what is the same need not be planned again.
//!
//! A dossier's pages depend on the dossier, its findings, what is wrong with its texts, where everything is, and on what every
//! page depends on; `view` hands them nothing more. The lists depend on everything.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::{self, Archive};
use crate::publish::{Folder, State};
use crate::record::Record;
use crate::report::Findings;
use crate::route::{Routes, Url};
use crate::rule::Finding;
use crate::site::{self, Problem, Showing, Troubles};
use crate::source::Files;
use crate::text::{FileId, Fingerprint, Fingerprinter};

/// A site, laid out and published.
pub(super) struct Laid {
    /// The state of the folder that it was published to.
    pub state: State,
    /// What every page depends on.
    pub base: Fingerprint,
    /// Where everything is; the same as long as everybody is who they were.
    pub routes: Arc<Routes>,
    /// By folder.
    pub dossiers: BTreeMap<Arc<str>, Dossier>,
    /// Everything else.
    pub rest: Rest,
}

/// What is wrong with the files of one folder.
pub(super) type Wrong = Vec<(FileId, Arc<[Problem]>)>;

/// The pages of one dossier.
#[derive(Clone)]
pub(super) struct Dossier {
    dossier: Arc<archive::Dossier>,
    findings: Option<Arc<[Finding]>>,
    wrong: Wrong,
    /// Where they are.
    pub urls: Arc<[Url]>,
}

/// All other outputs.
#[derive(Clone)]
pub(super) struct Rest {
    /// None: they are not what the dossiers are now.
    of: Option<Of>,
    /// Where they are.
    pub urls: Arc<[Url]>,
}

/// All that they are made of.
#[derive(Clone)]
struct Of {
    dossiers: Vec<Arc<archive::Dossier>>,
    outer: Vec<Arc<Record>>,
    findings: Findings,
    troubles: Troubles,
    linked: BTreeMap<Arc<str>, Fingerprint>,
}

impl Laid {
    /// What every page depends on.
    pub fn base(showing: &Showing<'_>) -> Fingerprint {
        let bench = showing.bench;
        Fingerprinter::new()
            .fingerprint(site::base(showing))
            .fingerprint(bench.policy.print)
            .value(bench.edition)
            .value(&(bench.as_of, showing.pinned))
            .finish()
    }

    /// Whether this is what stands in the folder, made of the same and with the same addresses.
    pub fn fits(&self, base: Fingerprint, routes: &Arc<Routes>, folder: &Folder) -> bool {
        self.state == folder.state() && self.base == base && Arc::ptr_eq(&self.routes, routes)
    }
}

impl Dossier {
    /// A dossier whose pages are not laid out yet.
    pub fn new(dossier: &Arc<archive::Dossier>, findings: Option<Arc<[Finding]>>, wrong: Option<&Wrong>) -> Dossier {
        let wrong = wrong.cloned().unwrap_or_default();
        Dossier { dossier: dossier.clone(), findings, wrong, urls: Arc::new([]) }
    }

    /// Whether the pages of the one are the pages of the other.
    pub fn is_same(&self, other: &Dossier) -> bool {
        Arc::ptr_eq(&self.dossier, &other.dossier) && self.findings == other.findings && self.wrong == other.wrong
    }
}

impl Rest {
    /// Outputs that are not laid out yet.
    pub fn new(archive: &Archive, findings: &Findings, troubles: &Troubles, linked: &BTreeMap<Arc<str>, Fingerprint>) -> Rest {
        let of = Of {
            dossiers: archive.dossiers.values().cloned().collect(),
            outer: archive.outer().cloned().collect(),
            findings: findings.clone(),
            troubles: troubles.clone(),
            linked: linked.clone(),
        };
        Rest { of: Some(of), urls: Arc::new([]) }
    }

    /// Whether they are the same.
    pub fn is_same(&self, other: &Rest) -> bool {
        let (Some(one), Some(other)) = (&self.of, &other.of) else { return false };
        are_same(&one.dossiers, &other.dossiers)
            && are_same(&one.outer, &other.outer)
            && one.linked == other.linked
            && one.findings == other.findings
            && one.troubles == other.troubles
    }

    /// A dossier was published without them.
    pub fn is_behind(&mut self) {
        self.of = None;
    }
}

fn are_same<T>(ones: &[Arc<T>], others: &[Arc<T>]) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// What is wrong, by customer folder: the second part of a path, whatever the first is called.
pub(super) fn by_folder(troubles: &Troubles, files: &Files) -> BTreeMap<Arc<str>, Wrong> {
    let mut by_folder: BTreeMap<Arc<str>, Wrong> = BTreeMap::new();
    for (file, problems) in troubles {
        if let Some(folder) = files.path(*file).and_then(|path| path.split('/').nth(1)) {
            by_folder.entry(folder.into()).or_default().push((*file, problems.clone()));
        }
    }
    by_folder
}
