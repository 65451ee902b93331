//! From records to the archive: enrol, assemble, shelve; and the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::mishap::{Mishaps, Over};
use super::{Phase, Request, Workshop};
use crate::archive::{
    Archive, Directory, Dossier, FilesThere, Mentions, Question, Slice, assemble, enrol, is_unmoved, namesakes, shelve, slices,
};
use crate::calendar::AsOf;
use crate::diag::Diagnostic;
use crate::record::Record;
use crate::report::Findings;
use crate::rule::{Finding, judge, judge_archive};
use crate::text::{FileId, Fingerprint};

/// A dossier with everything it was made from, to see whether it must be made again.
struct Joint {
    records: Vec<Arc<Record>>,
    slice: Slice,
    questions: Vec<Question>,
    answers: Fingerprint,
    dossier: Arc<Dossier>,
    news: Arc<[Diagnostic]>,
}

/// A dossier, judged.
#[derive(Clone)]
struct Judged {
    joint: Arc<Joint>,
    day: AsOf,
    findings: Arc<[Finding]>,
}

/// A dossier to be laid out, or to be found unchanged.
struct Job {
    id: Arc<str>,
    records: Vec<Arc<Record>>,
    slice: Slice,
    known: Option<Judged>,
}

/// The dossiers of last time, by folder, and who there was.
#[derive(Clone, Default)]
pub(super) struct Joints {
    by_folder: BTreeMap<Arc<str>, Judged>,
    cast: Option<Arc<Cast>>,
}

/// A record before and now.
pub(super) type Changed<'a> = (&'a Arc<Record>, &'a Arc<Record>);

/// A dossier that was laid out anew while the cast stands.
pub(super) struct Relaid {
    pub id: Arc<str>,
    before: Judged,
    now: Judged,
    changed: Vec<(Arc<Record>, Arc<Record>)>,
}

impl Relaid {
    /// The dossier.
    pub fn dossier(&self) -> &Arc<Dossier> {
        &self.now.joint.dossier
    }

    /// Its own findings.
    pub fn judged(&self) -> &[Finding] {
        &self.now.findings
    }

    /// Those it had before.
    pub fn before_findings(&self) -> &[Finding] {
        &self.before.findings
    }

    /// What was found to be wrong when it was laid out.
    pub fn news(&self) -> &[Diagnostic] {
        &self.now.joint.news
    }

    /// Its files, each once.
    pub fn files(&self) -> BTreeSet<FileId> {
        self.now.joint.records.iter().map(|record| record.file).collect()
    }
}

impl Joints {
    /// Whether there was something at this path, a file or a folder with files.
    pub fn knows(&self, path: &str) -> bool {
        let is_there = |found: Option<&str>| {
            found.and_then(|found| found.strip_prefix(path)).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let Some(cast) = &self.cast else { return false };
        // What is inside a folder comes after `folder.md` and `folder-2`, which come after `folder`.
        let inside = format!("{path}/");
        [path, &inside].into_iter().any(|from| {
            let record = cast.records.partition_point(|record| &*record.path.0 < from);
            let plain = cast.plain.range::<str, _>((Bound::Included(from), Bound::Unbounded)).next();
            is_there(cast.records.get(record).map(|record| &*record.path.0)) || is_there(plain.map(|plain| &**plain))
        })
    }

    /// Lays a dossier out anew with records (before, now) that are to all others what they were.
    pub fn relay(&self, id: Arc<str>, changed: &[Changed<'_>], request: &Request<'_>) -> Option<Relaid> {
        let (cast, before) = (self.cast.as_ref()?, self.by_folder.get(&id)?.clone());
        let mut records = before.joint.records.clone();
        for (old, new) in changed {
            let at = records.iter().position(|record| Arc::ptr_eq(record, old))?;
            records[at] = Arc::clone(new);
        }
        let exists = |path: &str| cast.plain.contains(path);
        let joint = lay_out(&id, records, before.joint.slice.clone(), &cast.directory, &exists, request);
        let changed = changed.iter().map(|(old, new)| (Arc::clone(old), Arc::clone(new))).collect();
        Some(Relaid { now: Judged::of(Arc::new(joint), request), id, before, changed })
    }

    /// Remembers dossiers that were laid out anew.
    pub fn take(&mut self, dossiers: Vec<Relaid>) {
        // Nobody else has the cast between two builds; if somebody had, the next build would find out who there is anew.
        let mut cast = self.cast.take().and_then(Arc::into_inner);
        for Relaid { id, now, changed, .. } in dossiers {
            self.by_folder.insert(id, now);
            for (old, new) in changed {
                let records = cast.iter_mut().flat_map(|cast| {
                    let start = cast.records.partition_point(|record| record.path < old.path);
                    cast.records[start..].iter_mut().take_while(|record| record.path == old.path)
                });
                records.filter(|record| Arc::ptr_eq(record, &old)).for_each(|record| *record = new.clone());
            }
        }
        self.cast = cast.map(Arc::new);
    }
}

/// Who there is. It stands as long as records only change in what concerns nobody else.
struct Cast {
    /// All records, in order of path.
    records: Vec<Arc<Record>>,
    /// The files that are no documents.
    pub plain: BTreeSet<Arc<str>>,
    directory: Arc<Directory>,
    /// Two records of one identity.
    collisions: Vec<Diagnostic>,
    /// Who mentions records outside customer folders.
    mentions: Mentions,
}

impl Cast {
    /// The same with records that have changed in nothing that concerns others.
    fn with(&self, records: Vec<Arc<Record>>) -> Cast {
        let Cast { plain, directory, collisions, mentions, .. } = self;
        let (plain, directory) = (plain.clone(), directory.clone());
        Cast { records, plain, directory, collisions: collisions.clone(), mentions: mentions.clone() }
    }

    fn stands(&self, records: &[Arc<Record>], plain: &BTreeSet<Arc<str>>) -> bool {
        let same = |(old, new): (&Arc<Record>, &Arc<Record>)| Arc::ptr_eq(old, new) || is_unmoved(old, new);
        self.plain == *plain && self.records.len() == records.len() && self.records.iter().zip(records).all(same)
    }
}

/// What this edition knows, and how much work it was.
pub(super) struct Joined {
    pub archive: Archive,
    pub findings: Findings,
    /// What is wrong with dossiers, each looked at alone.
    pub news: Vec<Diagnostic>,
    /// What only the whole archive tells.
    pub whole: Vec<Diagnostic>,
    pub assembled: usize,
    /// Whether everybody is who they were last time, so that everything has the address it had.
    pub stands: bool,
}

impl Workshop {
    /// Joins the records (in order of path); `plain` are the files of the archive that are no documents.
    pub(super) fn join(
        &mut self,
        request: &Request<'_>,
        records: Vec<Arc<Record>>,
        plain: BTreeSet<Arc<str>>,
    ) -> Result<Joined> {
        // What is remembered stays until there is something better: this may be called off.
        let Joints { by_folder: mut known, cast } = self.joined.clone();
        let (groups, outer) = by_customer(&records);
        // While the cast stands, what it addresses to each dossier is what it was.
        let standing = cast.filter(|cast| cast.stands(&records, &plain));
        let stands = standing.is_some();
        let (cast, mut slices) = match standing {
            Some(cast) => (cast.with(records), BTreeMap::new()),
            None => self::cast(records, plain),
        };
        let (directory, exists) = (&*cast.directory, &|path: &str| cast.plain.contains(path));
        let mut whole = cast.collisions.clone();
        whole.extend(namesakes(cast.records.iter().map(|record| &**record)));
        request.watch.begin(Phase::Joining, groups.len());

        let jobs: Vec<Job> = groups
            .into_iter()
            .map(|(id, records)| {
                let known = known.remove(&id);
                let slice = match &known {
                    Some(known) if stands => known.joint.slice.clone(),
                    _ => slices.remove(&id).unwrap_or_default(),
                };
                Job { id, records, slice, known }
            })
            .collect();
        let mishaps = Mishaps::default();
        let judged: Vec<Option<(Arc<str>, Judged, bool)>> = jobs
            .into_par_iter()
            .map(|Job { id, records, slice, known }| {
                request.go_on()?;
                let join = || {
                    let known = known.filter(|known| known.joint.holds(&records, stands, &slice, directory, exists));
                    match known {
                        Some(known) if known.day == request.as_of => (id.clone(), known, false),
                        Some(known) => (id.clone(), Judged::of(known.joint, request), false),
                        None => {
                            let joint = lay_out(&id, records, slice, directory, exists, request);
                            (id.clone(), Judged::of(Arc::new(joint), request), true)
                        }
                    }
                };
                let joined = mishaps.guard(|| Over::Customer(id.to_string()), join);
                request.watch.step();
                Ok(joined)
            })
            .collect::<Result<_>>()?;
        mishaps.end()?;

        let (mut dossiers, mut findings, mut assembled) = (BTreeMap::new(), Findings::new(), 0);
        let (mut by_folder, mut news) = (BTreeMap::new(), Vec::new());
        for (id, judged, fresh) in judged.into_iter().flatten() {
            assembled += usize::from(fresh);
            news.extend(judged.joint.news.iter().cloned());
            dossiers.insert(id.clone(), judged.joint.dossier.clone());
            findings.insert(id.clone(), judged.findings.clone());
            by_folder.insert(id, judged);
        }
        let (archive, shelved) =
            shelve(cast.directory.clone(), dossiers, &outer, cast.mentions.clone(), exists, request.policy);
        self.joined = Joints { by_folder, cast: Some(Arc::new(cast)) };
        whole.extend(shelved);
        for finding in judge_archive(&archive, &request.bench()) {
            let folder = finding.customer.customer.clone().unwrap_or_else(|| finding.customer.id.0.clone());
            let found = findings.entry(folder).or_insert_with(|| Arc::from([]));
            *found = found.iter().cloned().chain([finding]).collect();
        }
        Ok(Joined { archive, findings, news, whole, assembled, stands })
    }
}

impl Judged {
    fn of(joint: Arc<Joint>, request: &Request<'_>) -> Judged {
        let findings = judge(&joint.dossier, &request.bench()).into();
        Judged { joint, day: request.as_of, findings }
    }
}

impl Joint {
    /// Whether nothing it depends on has changed: the very same readings of its files, what others address to it, which
    /// files exist, and what the directory answers.
    fn holds(
        &self,
        records: &[Arc<Record>],
        cast_stands: bool,
        slice: &Slice,
        directory: &Directory,
        exists: &FilesThere<'_>,
    ) -> bool {
        self.records.len() == records.len()
            && self.records.iter().zip(records).all(|(old, new)| Arc::ptr_eq(old, new))
            && (cast_stands || (self.slice == *slice && self.answers == directory.answers(&self.questions, exists)))
    }
}

/// Who there is, and what each dossier is addressed.
fn cast(records: Vec<Arc<Record>>, plain: BTreeSet<Arc<str>>) -> (Cast, BTreeMap<Arc<str>, Slice>) {
    let enrolled = enrol(records.iter().map(|record| &**record));
    let (slices, mentions) = slices(&records, &enrolled.directory, &|path| plain.contains(path));
    let directory = Arc::new(enrolled.directory);
    (Cast { records, plain, directory, collisions: enrolled.news, mentions }, slices)
}

fn lay_out(
    id: &str,
    records: Vec<Arc<Record>>,
    slice: Slice,
    directory: &Directory,
    exists: &FilesThere<'_>,
    request: &Request<'_>,
) -> Joint {
    let assembled = assemble(id, &records, &slice, directory, exists, request.policy);
    Joint {
        records,
        slice,
        questions: assembled.questions,
        answers: assembled.answers,
        dossier: Arc::new(assembled.dossier),
        news: assembled.news.into(),
    }
}

/// The records of each customer folder, and those of none.
type Groups = (BTreeMap<Arc<str>, Vec<Arc<Record>>>, Vec<Arc<Record>>);

fn by_customer(records: &[Arc<Record>]) -> Groups {
    let mut groups = Groups::default();
    // In order of path those of a customer stand together.
    for together in records.chunk_by(|one, next| one.customer == next.customer) {
        match together.first().and_then(|record| record.customer.as_ref()) {
            Some(folder) => groups.0.entry(folder.clone()).or_default().extend_from_slice(together),
            None => groups.1.extend_from_slice(together),
        }
    }
    groups
}
