//! From records to the archive: enrol, assemble, shelve; and the findings.

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

/// A dossier with everything it was made from, to see whether it must be made again.
struct AssembledCache {
    records: Vec<Arc<Record>>,
    slice: DossierInputs,
    questions: Vec<Question>,
    answers: Fingerprint,
    dossier: Arc<Dossier>,
    diagnostics: Arc<[Diagnostic]>,
}

/// A dossier, judged.
#[derive(Clone)]
struct CheckedDossier {
    joint: Arc<AssembledCache>,
    day: AsOf,
    findings: Arc<[Finding]>,
}

/// A dossier to be laid out, or to be found unchanged.
struct AssembleJob {
    id: Arc<str>,
    records: Vec<Arc<Record>>,
    slice: DossierInputs,
    known: Option<CheckedDossier>,
}

/// The dossiers of last time, by folder, and who there was.
#[derive(Clone, Default)]
pub(super) struct JoinCache {
    by_folder: BTreeMap<Arc<str>, CheckedDossier>,
    indexes: Option<Arc<ArchiveIndexes>>,
}

/// A record before and now.
pub(super) type RecordChange<'a> = (&'a Arc<Record>, &'a Arc<Record>);

/// A dossier that was laid out anew while the cast stands.
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

    /// Its own findings.
    pub fn findings(&self) -> &[Finding] {
        &self.now.findings
    }

    /// Those it had before.
    pub fn previous_findings(&self) -> &[Finding] {
        &self.before.findings
    }

    /// What was found to be wrong when it was laid out.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.now.joint.diagnostics
    }

    /// Its files, each once.
    pub fn files(&self) -> BTreeSet<FileId> {
        self.now.joint.records.iter().map(|record| record.file).collect()
    }
}

impl JoinCache {
    /// Whether there was something at this path, a file or a folder with files.
    pub fn has_path(&self, path: &str) -> bool {
        let is_there = |found: Option<&str>| {
            found.and_then(|found| found.strip_prefix(path)).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let Some(cast) = &self.indexes else { return false };
        // What is inside a folder comes after `folder.md` and `folder-2`, which come after `folder`.
        let inside = format!("{path}/");
        [path, &inside].into_iter().any(|from| {
            let record = cast.records.partition_point(|record| &*record.path.0 < from);
            let plain = cast.plain.range::<str, _>((Bound::Included(from), Bound::Unbounded)).next();
            is_there(cast.records.get(record).map(|record| &*record.path.0)) || is_there(plain.map(|plain| &**plain))
        })
    }

    /// Lays a dossier out anew with records (before, now) that are to all others what they were.
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

    /// Remembers dossiers that were laid out anew.
    pub fn store(&mut self, dossiers: Vec<ReassembledDossier>) {
        // Nobody else has the cast between two builds; if somebody had, the next build would find out who there is anew.
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

/// Who there is. It stands as long as records only change in what concerns nobody else.
struct ArchiveIndexes {
    /// All records, in order of path.
    records: Vec<Arc<Record>>,
    /// The files that are no documents.
    pub plain: BTreeSet<Arc<str>>,
    directory: Arc<Directory>,
    /// Two records of one identity.
    collisions: Vec<Diagnostic>,
    /// Who mentions records outside customer folders.
    mentions: MentionIndex,
}

impl ArchiveIndexes {
    /// The same with records that have changed in nothing that concerns others.
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

/// What this edition knows, and how much work it was.
pub(super) struct Joined {
    pub archive: Archive,
    pub findings: Findings,
    /// What is wrong with dossiers, each looked at alone.
    pub diagnostics: Vec<Diagnostic>,
    /// What only the whole archive tells.
    pub archive_diagnostics: Vec<Diagnostic>,
    pub assembled: usize,
    /// Whether everybody is who they were last time, so that everything has the address it had.
    pub indexes_unchanged: bool,
}

impl Builder {
    /// Joins the records (in order of path); `plain` are the files of the archive that are no documents.
    pub(super) fn join(
        &mut self,
        options: &BuildOptions<'_>,
        records: Vec<Arc<Record>>,
        plain: BTreeSet<Arc<str>>,
    ) -> Result<Joined> {
        // What is remembered stays until there is something better: this may be called off.
        let JoinCache { by_folder: mut known, indexes: cast } = self.joins.clone();
        let (groups, outer) = by_customer(&records);
        // While the cast stands, what it addresses to each dossier is what it was.
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
    fn of(joint: Arc<AssembledCache>, options: &BuildOptions<'_>) -> CheckedDossier {
        let findings = judge(&joint.dossier, &options.rule_context()).into();
        CheckedDossier { joint, day: options.as_of, findings }
    }
}

impl AssembledCache {
    /// Whether nothing it depends on has changed: the very same readings of its files, what others address to it, which
    /// files exist, and what the directory answers.
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

/// Who there is, and what each dossier is addressed.
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
) -> AssembledCache {
    let assembled = assemble(id, &records, &slice, directory, exists, options.config);
    AssembledCache {
        records,
        slice,
        questions: assembled.questions,
        answers: assembled.answers,
        dossier: Arc::new(assembled.dossier),
        diagnostics: assembled.diagnostics.into(),
    }
}

/// The records of each customer folder, and those of none.
type RecordsByCustomer = (BTreeMap<Arc<str>, Vec<Arc<Record>>>, Vec<Arc<Record>>);

fn by_customer(records: &[Arc<Record>]) -> RecordsByCustomer {
    let mut groups = RecordsByCustomer::default();
    // In order of path those of a customer stand together.
    for together in records.chunk_by(|one, next| one.customer == next.customer) {
        match together.first().and_then(|record| record.customer.as_ref()) {
            Some(folder) => groups.0.entry(folder.clone()).or_default().extend_from_slice(together),
            None => groups.1.extend_from_slice(together),
        }
    }
    groups
}
