//! From records to the joined archive (register, assemble, index) and its findings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::panics::{PanicCollector, PanicScope};
use super::{BuildOptions, Builder, Phase};
use crate::archive::{
    Archive, Directory, Dossier, DossierInputs, IsFile, MentionIndex, Question, assemble, dossier_inputs, duplicate_names,
    index_archive, is_unchanged_for_others, register,
};
use crate::calendar::AsOf;
use crate::diag::Diagnostic;
use crate::record::Record;
use crate::report::Findings;
use crate::rule::{Finding, judge, judge_archive};
use crate::text::{FileId, Fingerprint};

/// A dossier with all inputs it was assembled from, to decide whether it is still current.
struct DossierWithInputs {
    records: Vec<Arc<Record>>,
    slice: DossierInputs,
    questions: Vec<Question>,
    answers: Fingerprint,
    dossier: Arc<Dossier>,
    diagnostics: Arc<[Diagnostic]>,
}

/// A dossier with its findings.
#[derive(Clone)]
struct CheckedDossier {
    joint: Arc<DossierWithInputs>,
    day: AsOf,
    findings: Arc<[Finding]>,
}

/// A dossier to be assembled or reused.
struct AssembleJob {
    id: Arc<str>,
    records: Vec<Arc<Record>>,
    slice: DossierInputs,
    known: Option<CheckedDossier>,
}

/// The dossiers of the last build by folder, and the archive's indexes.
#[derive(Clone, Default)]
pub(super) struct JoinCache {
    by_folder: BTreeMap<Arc<str>, CheckedDossier>,
    indexes: Option<Arc<ArchiveIndexes>>,
}

/// A record before and after a change.
pub(super) type RecordChange<'a> = (&'a Arc<Record>, &'a Arc<Record>);

/// A dossier assembled again while the indexes are unchanged.
pub(super) struct ReassembledDossier {
    pub id: Arc<str>,
    before: CheckedDossier,
    now: CheckedDossier,
    changed: Vec<(Arc<Record>, Arc<Record>)>,
}

impl ReassembledDossier {
    /// The dossier.
    pub fn dossier(&self) -> &Arc<Dossier> {
        &self.now.joint.dossier
    }

    /// Findings of the dossier itself.
    pub fn findings(&self) -> &[Finding] {
        &self.now.findings
    }

    /// Findings of the dossier before the change.
    pub fn previous_findings(&self) -> &[Finding] {
        &self.before.findings
    }

    /// Diagnostics from assembling it.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.now.joint.diagnostics
    }

    /// Its files, without duplicates.
    pub fn files(&self) -> BTreeSet<FileId> {
        self.now.joint.records.iter().map(|record| record.file).collect()
    }
}

impl JoinCache {
    /// Whether the last build had a file at this path or a folder with files.
    pub fn has_path(&self, path: &str) -> bool {
        let is_there = |found: Option<&str>| {
            found.and_then(|found| found.strip_prefix(path)).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let Some(cast) = &self.indexes else { return false };
        // In sort order, `folder.md` and `folder-2` stand between `folder` and what is inside it.
        let inside = format!("{path}/");
        [path, &inside].into_iter().any(|from| {
            let record = cast.records.partition_point(|record| &*record.path.0 < from);
            let plain = cast.plain.range::<str, _>((Bound::Included(from), Bound::Unbounded)).next();
            is_there(cast.records.get(record).map(|record| &*record.path.0)) || is_there(plain.map(|plain| &**plain))
        })
    }

    /// Reassembles a dossier after a change of records that is invisible to other dossiers.
    pub fn reassemble(
        &self,
        id: Arc<str>,
        changed: &[RecordChange<'_>],
        options: &BuildOptions<'_>,
    ) -> Option<ReassembledDossier> {
        let (cast, before) = (self.indexes.as_ref()?, self.by_folder.get(&id)?.clone());
        let mut records = before.joint.records.clone();
        for (old, new) in changed {
            let at = records.iter().position(|record| Arc::ptr_eq(record, old))?;
            records[at] = Arc::clone(new);
        }
        let exists = |path: &str| cast.plain.contains(path);
        let joint = assemble_dossier(&id, records, before.joint.slice.clone(), &cast.directory, &exists, options);
        let changed = changed.iter().map(|(old, new)| (Arc::clone(old), Arc::clone(new))).collect();
        Some(ReassembledDossier { now: CheckedDossier::of(Arc::new(joint), options), id, before, changed })
    }

    /// Stores reassembled dossiers.
    pub fn store(&mut self, dossiers: Vec<ReassembledDossier>) {
        // No other owner holds the indexes between two builds; if one did, the next build would create them again.
        let mut cast = self.indexes.take().and_then(Arc::into_inner);
        for ReassembledDossier { id, now, changed, .. } in dossiers {
            self.by_folder.insert(id, now);
            for (old, new) in changed {
                let records = cast.iter_mut().flat_map(|cast| {
                    let start = cast.records.partition_point(|record| record.path < old.path);
                    cast.records[start..].iter_mut().take_while(|record| record.path == old.path)
                });
                records.filter(|record| Arc::ptr_eq(record, &old)).for_each(|record| *record = new.clone());
            }
        }
        self.indexes = cast.map(Arc::new);
    }
}

/// Indexes over all records. They remain valid as long as records change only in ways that are invisible to others.
struct ArchiveIndexes {
    /// All records, in order of path.
    records: Vec<Arc<Record>>,
    /// Files that are not documents.
    pub plain: BTreeSet<Arc<str>>,
    directory: Arc<Directory>,
    /// Diagnostics about records with the same identity.
    collisions: Vec<Diagnostic>,
    /// Which records mention each record outside customer folders.
    mentions: MentionIndex,
}

impl ArchiveIndexes {
    /// The same indexes over records that changed only in ways invisible to others.
    fn with_records(&self, records: Vec<Arc<Record>>) -> ArchiveIndexes {
        let ArchiveIndexes { plain, directory, collisions, mentions, .. } = self;
        let (plain, directory) = (plain.clone(), directory.clone());
        ArchiveIndexes { records, plain, directory, collisions: collisions.clone(), mentions: mentions.clone() }
    }

    fn is_unchanged(&self, records: &[Arc<Record>], plain: &BTreeSet<Arc<str>>) -> bool {
        let same = |(old, new): (&Arc<Record>, &Arc<Record>)| Arc::ptr_eq(old, new) || is_unchanged_for_others(old, new);
        self.plain == *plain && self.records.len() == records.len() && self.records.iter().zip(records).all(same)
    }
}

/// The joined archive of this edition, and how much of it was assembled.
pub(super) struct Joined {
    pub archive: Archive,
    pub findings: Findings,
    /// Diagnostics of single dossiers.
    pub diagnostics: Vec<Diagnostic>,
    /// Diagnostics that need the whole archive.
    pub archive_diagnostics: Vec<Diagnostic>,
    pub assembled: usize,
    /// Whether the indexes are those of the last build, so that all addresses are unchanged.
    pub indexes_unchanged: bool,
}

impl Builder {
    /// Joins the records, given in order of path. `plain`: the files of the archive that are not documents.
    pub(super) fn join(
        &mut self,
        options: &BuildOptions<'_>,
        records: Vec<Arc<Record>>,
        plain: BTreeSet<Arc<str>>,
    ) -> Result<Joined> {
        // The cache is replaced only at the end, because the build may be cancelled.
        let JoinCache { by_folder: mut known, indexes: cast } = self.joins.clone();
        let (groups, outer) = by_customer(&records);
        // With unchanged indexes, the inputs that other records address to each dossier are unchanged too.
        let standing = cast.filter(|cast| cast.is_unchanged(&records, &plain));
        let stands = standing.is_some();
        let (cast, mut slices) = match standing {
            Some(cast) => (cast.with_records(records), BTreeMap::new()),
            None => self::index_records(records, plain),
        };
        let (directory, exists) = (&*cast.directory, &|path: &str| cast.plain.contains(path));
        let mut whole = cast.collisions.clone();
        whole.extend(duplicate_names(cast.records.iter().map(|record| &**record)));
        options.progress.begin(Phase::Joining, groups.len());

        let jobs: Vec<AssembleJob> = groups
            .into_iter()
            .map(|(id, records)| {
                let known = known.remove(&id);
                let slice = match &known {
                    Some(known) if stands => known.joint.slice.clone(),
                    _ => slices.remove(&id).unwrap_or_default(),
                };
                AssembleJob { id, records, slice, known }
            })
            .collect();
        let panics = PanicCollector::default();
        let judged: Vec<Option<(Arc<str>, CheckedDossier, bool)>> = jobs
            .into_par_iter()
            .map(|AssembleJob { id, records, slice, known }| {
                options.check_cancelled()?;
                let join = || {
                    let known = known.filter(|known| known.joint.is_current(&records, stands, &slice, directory, exists));
                    match known {
                        Some(known) if known.day == options.as_of => (id.clone(), known, false),
                        Some(known) => (id.clone(), CheckedDossier::of(known.joint, options), false),
                        None => {
                            let joint = assemble_dossier(&id, records, slice, directory, exists, options);
                            (id.clone(), CheckedDossier::of(Arc::new(joint), options), true)
                        }
                    }
                };
                let joined = panics.catch(|| PanicScope::Customer(id.to_string()), join);
                options.progress.step();
                Ok(joined)
            })
            .collect::<Result<_>>()?;
        panics.into_result()?;

        let (mut dossiers, mut findings, mut assembled) = (BTreeMap::new(), Findings::new(), 0);
        let (mut by_folder, mut diagnostics) = (BTreeMap::new(), Vec::new());
        for (id, judged, fresh) in judged.into_iter().flatten() {
            assembled += usize::from(fresh);
            diagnostics.extend(judged.joint.diagnostics.iter().cloned());
            dossiers.insert(id.clone(), judged.joint.dossier.clone());
            findings.insert(id.clone(), judged.findings.clone());
            by_folder.insert(id, judged);
        }
        let (archive, shelved) =
            index_archive(cast.directory.clone(), dossiers, &outer, cast.mentions.clone(), exists, options.config);
        self.joins = JoinCache { by_folder, indexes: Some(Arc::new(cast)) };
        whole.extend(shelved);
        for finding in judge_archive(&archive, &options.rule_context()) {
            let folder = finding.customer.customer.clone().unwrap_or_else(|| finding.customer.id.0.clone());
            let found = findings.entry(folder).or_insert_with(|| Arc::from([]));
            *found = found.iter().cloned().chain([finding]).collect();
        }
        Ok(Joined { archive, findings, diagnostics, archive_diagnostics: whole, assembled, indexes_unchanged: stands })
    }
}

impl CheckedDossier {
    fn of(joint: Arc<DossierWithInputs>, options: &BuildOptions<'_>) -> CheckedDossier {
        let findings = judge(&joint.dossier, &options.rule_context()).into();
        CheckedDossier { joint, day: options.as_of, findings }
    }
}

impl DossierWithInputs {
    /// Whether all inputs are unchanged: the parsed records, what other records address to the dossier, which files
    /// exist, and the directory's answers.
    fn is_current(
        &self,
        records: &[Arc<Record>],
        cast_stands: bool,
        slice: &DossierInputs,
        directory: &Directory,
        exists: &IsFile<'_>,
    ) -> bool {
        self.records.len() == records.len()
            && self.records.iter().zip(records).all(|(old, new)| Arc::ptr_eq(old, new))
            && (cast_stands || (self.slice == *slice && self.answers == directory.answers_fingerprint(&self.questions, exists)))
    }
}

/// Builds the indexes and the inputs addressed to each dossier.
fn index_records(records: Vec<Arc<Record>>, plain: BTreeSet<Arc<str>>) -> (ArchiveIndexes, BTreeMap<Arc<str>, DossierInputs>) {
    let enrolled = register(records.iter().map(|record| &**record));
    let (slices, mentions) = dossier_inputs(&records, &enrolled.directory, &|path| plain.contains(path));
    let directory = Arc::new(enrolled.directory);
    (ArchiveIndexes { records, plain, directory, collisions: enrolled.diagnostics, mentions }, slices)
}

fn assemble_dossier(
    id: &str,
    records: Vec<Arc<Record>>,
    slice: DossierInputs,
    directory: &Directory,
    exists: &IsFile<'_>,
    options: &BuildOptions<'_>,
) -> DossierWithInputs {
    let assembled = assemble(id, &records, &slice, directory, exists, options.config);
    DossierWithInputs {
        records,
        slice,
        questions: assembled.questions,
        answers: assembled.answers,
        dossier: Arc::new(assembled.dossier),
        diagnostics: assembled.diagnostics.into(),
    }
}

/// Records by customer folder, and records outside customer folders.
type RecordsByCustomer = (BTreeMap<Arc<str>, Vec<Arc<Record>>>, Vec<Arc<Record>>);

fn by_customer(records: &[Arc<Record>]) -> RecordsByCustomer {
    let mut groups = RecordsByCustomer::default();
    // In order of path, the records of one customer are adjacent.
    for together in records.chunk_by(|one, next| one.customer == next.customer) {
        match together.first().and_then(|record| record.customer.as_ref()) {
            Some(folder) => groups.0.entry(folder.clone()).or_default().extend_from_slice(together),
            None => groups.1.extend_from_slice(together),
        }
    }
    groups
}
