//! The plan of the last published site, so that unchanged parts need not be planned again.
//!
//! A dossier's pages depend on the dossier, its findings, the problems of its files, the routes, and what every page
//! depends on; `view` receives nothing else. Shared pages depend on everything.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::{self, Archive};
use crate::publish::{FolderState, OutputFolder};
use crate::record::Record;
use crate::report::Findings;
use crate::route::{Routes, Url};
use crate::rule::Finding;
use crate::site::{self, Problem, ProblemsByFile, SiteContext};
use crate::source::FileTable;
use crate::text::{FileId, Fingerprint, Fingerprinter};

/// The plan of a published site.
pub(super) struct PagePlan {
    /// State of the output folder after publishing.
    pub state: FolderState,
    /// Fingerprint of what every page depends on.
    pub base: Fingerprint,
    /// Addresses; the same object as long as the indexes are unchanged.
    pub routes: Arc<Routes>,
    /// Plans of dossiers by customer folder.
    pub dossiers: BTreeMap<Arc<str>, DossierPlan>,
    /// Plan of all other outputs.
    pub rest: SharedPagesPlan,
}

/// Problems of the files of one folder.
pub(super) type ProblemsByFolder = Vec<(FileId, Arc<[Problem]>)>;

/// Plan of the pages of one dossier.
#[derive(Clone)]
pub(super) struct DossierPlan {
    dossier: Arc<archive::Dossier>,
    findings: Option<Arc<[Finding]>>,
    wrong: ProblemsByFolder,
    /// Addresses of the outputs.
    pub urls: Arc<[Url]>,
}

/// Plan of all outputs that belong to no dossier.
#[derive(Clone)]
pub(super) struct SharedPagesPlan {
    /// `None`: outdated, because a dossier was published without them.
    of: Option<SharedPagesInputs>,
    /// Addresses of the outputs.
    pub urls: Arc<[Url]>,
}

/// Everything these outputs depend on.
#[derive(Clone)]
struct SharedPagesInputs {
    dossiers: Vec<Arc<archive::Dossier>>,
    outer: Vec<Arc<Record>>,
    findings: Findings,
    problems: ProblemsByFile,
    linked: BTreeMap<Arc<str>, Fingerprint>,
}

impl PagePlan {
    /// Fingerprint of what every page depends on.
    pub fn site_fingerprint(site_context: &SiteContext<'_>) -> Fingerprint {
        let context = site_context.context;
        Fingerprinter::new()
            .fingerprint(site::base_key(site_context))
            .fingerprint(context.config.fingerprint)
            .value(context.edition)
            .value(&(context.as_of, site_context.pinned))
            .finish()
    }

    /// Whether this plan describes the folder's current content and has the same dependencies and addresses.
    pub fn is_valid_for(&self, base: Fingerprint, routes: &Arc<Routes>, folder: &OutputFolder) -> bool {
        self.state == folder.state() && self.base == base && Arc::ptr_eq(&self.routes, routes)
    }
}

impl DossierPlan {
    /// A dossier not planned yet.
    pub fn new(
        dossier: &Arc<archive::Dossier>,
        findings: Option<Arc<[Finding]>>,
        wrong: Option<&ProblemsByFolder>,
    ) -> DossierPlan {
        let wrong = wrong.cloned().unwrap_or_default();
        DossierPlan { dossier: dossier.clone(), findings, wrong, urls: Arc::new([]) }
    }

    /// Whether both have the same inputs and so the same pages.
    pub fn is_same(&self, other: &DossierPlan) -> bool {
        Arc::ptr_eq(&self.dossier, &other.dossier) && self.findings == other.findings && self.wrong == other.wrong
    }
}

impl SharedPagesPlan {
    /// Shared pages not planned yet.
    pub fn new(
        archive: &Archive,
        findings: &Findings,
        problems: &ProblemsByFile,
        linked: &BTreeMap<Arc<str>, Fingerprint>,
    ) -> SharedPagesPlan {
        let of = SharedPagesInputs {
            dossiers: archive.dossiers.values().cloned().collect(),
            outer: archive.shared_and_staff_records().cloned().collect(),
            findings: findings.clone(),
            problems: problems.clone(),
            linked: linked.clone(),
        };
        SharedPagesPlan { of: Some(of), urls: Arc::new([]) }
    }

    /// Whether both have the same inputs and so the same pages.
    pub fn is_same(&self, other: &SharedPagesPlan) -> bool {
        let (Some(one), Some(other)) = (&self.of, &other.of) else { return false };
        same_arcs(&one.dossiers, &other.dossiers)
            && same_arcs(&one.outer, &other.outer)
            && one.linked == other.linked
            && one.findings == other.findings
            && one.problems == other.problems
    }

    /// Marks the plan as outdated: a dossier was published without these pages.
    pub fn mark_outdated(&mut self) {
        self.of = None;
    }
}

fn same_arcs<T>(ones: &[Arc<T>], others: &[Arc<T>]) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Problems by customer folder, the second component of a path whatever the first is called.
pub(super) fn by_folder(problems: &ProblemsByFile, files: &FileTable) -> BTreeMap<Arc<str>, ProblemsByFolder> {
    let mut by_folder: BTreeMap<Arc<str>, ProblemsByFolder> = BTreeMap::new();
    for (file, problems) in problems {
        if let Some(folder) = files.path(*file).and_then(|path| path.split('/').nth(1)) {
            by_folder.entry(folder.into()).or_default().push((*file, problems.clone()));
        }
    }
    by_folder
}
