//! What was laid out last time, so that what is the same need not be planned again.
//!
//! A dossier's pages depend on the dossier, its findings, what is wrong with its texts, where everything is, and on what every
//! page depends on; `view` hands them nothing more. The lists depend on everything.

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

/// A site, laid out and published.
pub(super) struct PagePlan {
    /// The state of the folder that it was published to.
    pub state: FolderState,
    /// What every page depends on.
    pub base: Fingerprint,
    /// Where everything is; the same as long as everybody is who they were.
    pub routes: Arc<Routes>,
    /// By folder.
    pub dossiers: BTreeMap<Arc<str>, DossierPlan>,
    /// Everything else.
    pub rest: SharedPagesPlan,
}

/// What is wrong with the files of one folder.
pub(super) type ProblemsByFolder = Vec<(FileId, Arc<[Problem]>)>;

/// The pages of one dossier.
#[derive(Clone)]
pub(super) struct DossierPlan {
    dossier: Arc<archive::Dossier>,
    findings: Option<Arc<[Finding]>>,
    wrong: ProblemsByFolder,
    /// Where they are.
    pub urls: Arc<[Url]>,
}

/// All other outputs.
#[derive(Clone)]
pub(super) struct SharedPagesPlan {
    /// None: they are not what the dossiers are now.
    of: Option<DossierInputs>,
    /// Where they are.
    pub urls: Arc<[Url]>,
}

/// All that they are made of.
#[derive(Clone)]
struct DossierInputs {
    dossiers: Vec<Arc<archive::Dossier>>,
    outer: Vec<Arc<Record>>,
    findings: Findings,
    problems: ProblemsByFile,
    linked: BTreeMap<Arc<str>, Fingerprint>,
}

impl PagePlan {
    /// What every page depends on.
    pub fn site_fingerprint(site_context: &SiteContext<'_>) -> Fingerprint {
        let context = site_context.context;
        Fingerprinter::new()
            .fingerprint(site::base(site_context))
            .fingerprint(context.config.fingerprint)
            .value(context.edition)
            .value(&(context.as_of, site_context.pinned))
            .finish()
    }

    /// Whether this is what stands in the folder, made of the same and with the same addresses.
    pub fn is_valid_for(&self, base: Fingerprint, routes: &Arc<Routes>, folder: &OutputFolder) -> bool {
        self.state == folder.state() && self.base == base && Arc::ptr_eq(&self.routes, routes)
    }
}

impl DossierPlan {
    /// A dossier whose pages are not laid out yet.
    pub fn new(
        dossier: &Arc<archive::Dossier>,
        findings: Option<Arc<[Finding]>>,
        wrong: Option<&ProblemsByFolder>,
    ) -> DossierPlan {
        let wrong = wrong.cloned().unwrap_or_default();
        DossierPlan { dossier: dossier.clone(), findings, wrong, urls: Arc::new([]) }
    }

    /// Whether the pages of the one are the pages of the other.
    pub fn is_same(&self, other: &DossierPlan) -> bool {
        Arc::ptr_eq(&self.dossier, &other.dossier) && self.findings == other.findings && self.wrong == other.wrong
    }
}

impl SharedPagesPlan {
    /// Outputs that are not laid out yet.
    pub fn new(
        archive: &Archive,
        findings: &Findings,
        problems: &ProblemsByFile,
        linked: &BTreeMap<Arc<str>, Fingerprint>,
    ) -> SharedPagesPlan {
        let of = DossierInputs {
            dossiers: archive.dossiers.values().cloned().collect(),
            outer: archive.shared_and_staff_records().cloned().collect(),
            findings: findings.clone(),
            problems: problems.clone(),
            linked: linked.clone(),
        };
        SharedPagesPlan { of: Some(of), urls: Arc::new([]) }
    }

    /// Whether they are the same.
    pub fn is_same(&self, other: &SharedPagesPlan) -> bool {
        let (Some(one), Some(other)) = (&self.of, &other.of) else { return false };
        same_arcs(&one.dossiers, &other.dossiers)
            && same_arcs(&one.outer, &other.outer)
            && one.linked == other.linked
            && one.findings == other.findings
            && one.problems == other.problems
    }

    /// A dossier was published without them.
    pub fn has_changed(&mut self) {
        self.of = None;
    }
}

fn same_arcs<T>(ones: &[Arc<T>], others: &[Arc<T>]) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// What is wrong, by customer folder: the second part of a path, whatever the first is called.
pub(super) fn by_folder(problems: &ProblemsByFile, files: &FileTable) -> BTreeMap<Arc<str>, ProblemsByFolder> {
    let mut by_folder: BTreeMap<Arc<str>, ProblemsByFolder> = BTreeMap::new();
    for (file, problems) in problems {
        if let Some(folder) = files.path(*file).and_then(|path| path.split('/').nth(1)) {
            by_folder.entry(folder.into()).or_default().push((*file, problems.clone()));
        }
    }
    by_folder
}
