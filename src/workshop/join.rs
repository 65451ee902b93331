//! From records to the archive: enrol, assemble, shelve; and the findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::mishap::{Mishaps, Over};
use super::{Halt, Phase, Request, Workshop};
use crate::archive::{Archive, Directory, Dossier, FilesThere, Question, Slice, assemble, enrol, shelve, slices};
use crate::calendar::AsOf;
use crate::diag::Diagnostic;
use crate::record::Record;
use crate::report::Findings;
use crate::rule::{Finding, judge, judge_archive};
use crate::text::Fingerprint;

/// A dossier with everything it was made from, to see whether it must be made again.
struct Joint {
    records: Vec<Arc<Record>>,
    slice: Slice,
    questions: Vec<Question>,
    answers: Fingerprint,
    dossier: Arc<Dossier>,
    news: Arc<[Diagnostic]>,
    judged: Option<(AsOf, Arc<[Finding]>)>,
}

/// A dossier to be laid out, or to be found unchanged.
struct Job {
    id: Arc<str>,
    records: Vec<Arc<Record>>,
    slice: Slice,
    known: Option<Joint>,
}

/// The dossiers of last time, by folder.
#[derive(Default)]
pub(super) struct Joints(BTreeMap<Arc<str>, Joint>);

/// What this edition knows, and how much work it was.
pub(super) struct Joined {
    pub archive: Archive,
    pub findings: Findings,
    pub news: Vec<Diagnostic>,
    pub assembled: usize,
}

impl Workshop {
    /// Joins the records (in order of path). `exists` says whether a path of the archive is a file that is no document.
    pub(super) fn join(&mut self, request: &Request<'_>, records: &[Arc<Record>], exists: &FilesThere<'_>) -> Result<Joined> {
        let enrolled = enrol(records.iter().map(|record| &**record));
        let mut news = enrolled.news;
        let directory = Arc::new(enrolled.directory);
        let (groups, outer) = by_customer(records);
        let (slices, outer_mentions) = slices(records, &directory, exists);
        request.watch.begin(Phase::Joining, groups.len());

        let mut known = std::mem::take(&mut self.joined.0);
        let jobs: Vec<Job> = groups
            .into_iter()
            .map(|(id, records)| {
                let (slice, known) = (slices.get(&id).cloned().unwrap_or_default(), known.remove(&id));
                Job { id, records, slice, known }
            })
            .collect();
        let mishaps = Mishaps::default();
        let joints: Vec<Option<(Arc<str>, Joint, bool)>> = jobs
            .into_par_iter()
            .map(|Job { id, records, slice, known }| {
                if request.watch.is_called_off() {
                    return Err(Halt::CalledOff.into());
                }
                let join = || {
                    let (mut joint, fresh) = match known {
                        Some(joint) if joint.holds(&records, &slice, &directory, exists) => (joint, false),
                        _ => (lay_out(&id, records, slice, &directory, exists, request), true),
                    };
                    if joint.judged.as_ref().is_none_or(|(day, _)| *day != request.as_of) {
                        joint.judged = Some((request.as_of, judge(&joint.dossier, &request.bench()).into()));
                    }
                    (id.clone(), joint, fresh)
                };
                let joined = mishaps.guard(|| Over::Customer(id.to_string()), join);
                request.watch.step();
                Ok(joined)
            })
            .collect::<Result<_>>()?;
        mishaps.end()?;

        let (mut dossiers, mut findings, mut assembled) = (BTreeMap::new(), Findings::new(), 0);
        for (id, joint, fresh) in joints.into_iter().flatten() {
            assembled += usize::from(fresh);
            news.extend(joint.news.iter().cloned());
            dossiers.insert(id.clone(), joint.dossier.clone());
            if let Some((_, found)) = &joint.judged {
                findings.insert(id.clone(), found.clone());
            }
            self.joined.0.insert(id, joint);
        }
        let (archive, shelved) = shelve(directory, dossiers, &outer, outer_mentions, exists);
        news.extend(shelved);
        for finding in judge_archive(&archive, &request.bench()) {
            let folder = finding.customer.customer.clone().unwrap_or_else(|| finding.customer.id.0.clone());
            let found = findings.entry(folder).or_insert_with(|| Arc::from([]));
            *found = found.iter().cloned().chain([finding]).collect();
        }
        Ok(Joined { archive, findings, news, assembled })
    }
}

impl Joint {
    /// Whether nothing it depends on has changed: the very same readings of its files, what others address to it, which
    /// files exist, and what the directory answers.
    fn holds(&self, records: &[Arc<Record>], slice: &Slice, directory: &Directory, exists: &FilesThere<'_>) -> bool {
        self.records.len() == records.len()
            && self.records.iter().zip(records).all(|(old, new)| Arc::ptr_eq(old, new))
            && self.slice == *slice
            && self.answers == directory.answers(&self.questions, exists)
    }
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
        judged: None,
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
