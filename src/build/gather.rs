//! From the listing to records: read → redact → lower, file by file, in parallel, by content.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::kept::Kept;
use super::mishap::{Mishaps, Over};
use super::{Phase, Request, Workshop};
use crate::diag::Diagnostic;
use crate::document::{self, MAX_FILE};
use crate::edition::redact;
use crate::kind::{ArchivePath, PathMatch};
use crate::record::{Record, lower};
use crate::source::{Listing, Stamp, World};
use crate::text::{FileId, Fingerprint};

/// What is remembered of a file.
pub(super) struct Filed {
    stamp: Stamp,
    /// Whether the same stamp means the same bytes.
    trusted: bool,
    content: Fingerprint,
    /// What is wrong with it; shared, because most have nothing.
    pub news: Arc<[Diagnostic]>,
    /// What this edition sees of it.
    pub records: Arc<[Arc<Record>]>,
    /// The customer folder that this edition may not know: its customer's own file is hidden.
    pub hides: Option<Arc<str>>,
}

/// What is remembered of all files, by number.
#[derive(Default)]
pub(super) struct Cabinet(Vec<Option<Arc<Filed>>>);

impl Cabinet {
    /// What is remembered of a file.
    pub fn get(&self, file: FileId) -> Option<&Arc<Filed>> {
        self.0.get(file.0 as usize)?.as_ref()
    }

    /// Remembers something else of a file that is remembered.
    pub fn put(&mut self, file: FileId, filed: Arc<Filed>) {
        if let Some(known) = self.0.get_mut(file.0 as usize) {
            *known = Some(filed);
        }
    }

    /// The fingerprint of a document's bytes.
    pub fn content(&self, file: FileId) -> Option<Fingerprint> {
        Some(self.get(file)?.content)
    }
}

/// The documents of a listing.
pub(super) struct Gathered {
    /// In order of path.
    pub filed: Vec<Arc<Filed>>,
    /// Those that were new or said something else than before.
    pub fresh: Vec<Arc<str>>,
    /// The documents and the other files of the listing, by their index in it.
    pub is_document: Vec<bool>,
    /// Whether there are the same documents as before, and they say the same.
    pub is_as_before: bool,
}

impl Gathered {
    /// What this edition sees, in order of path. Where a customer is hidden its whole folder is: everything in it would be
    /// shown under the name of the folder, and most of it tells whose it is.
    pub fn records(&self) -> Vec<Arc<Record>> {
        let hidden: BTreeSet<&Arc<str>> = self.filed.iter().filter_map(|filed| filed.hides.as_ref()).collect();
        let seen = |record: &&Arc<Record>| record.customer.as_ref().is_none_or(|folder| !hidden.contains(folder));
        self.filed.iter().flat_map(|filed| filed.records.iter().filter(seen).cloned()).collect()
    }

    /// The documents whose stamps do not prove their bytes, with those.
    pub fn racy(&self) -> Vec<(Arc<str>, Fingerprint)> {
        let racy = self.filed.iter().filter(|filed| !filed.trusted);
        racy.map(|filed| (filed.stamp.path.clone(), filed.content)).collect()
    }
}

impl Workshop {
    /// Reads what is new or changed among the documents of the listing.
    pub(super) fn gather(&mut self, world: &dyn World, request: &Request<'_>, listing: &Listing) -> Result<Gathered> {
        let kinds = &request.policy.kinds;
        let places: Vec<Option<(ArchivePath, PathMatch)>> = listing
            .files
            .par_iter()
            .with_min_len(256)
            .map(|stamp| {
                let path = ArchivePath(stamp.path.clone());
                kinds.place(&path).map(|place| (path, place))
            })
            .collect();
        request.go_on()?;
        self.files.make_room(listing.files.len());
        let is_document = places.iter().map(Option::is_some).collect();
        let jobs: Vec<(&Stamp, FileId, ArchivePath, PathMatch)> = listing
            .files
            .iter()
            .zip(places)
            .filter_map(|(stamp, place)| place.map(|(path, place)| (stamp, self.files.id_of(&stamp.path), path, place)))
            .collect();
        request.go_on()?;
        request.watch.begin(Phase::Reading, jobs.len());
        let (cabinet, kept, doubts) = (&self.filed, &self.kept, &self.doubts);
        let mishaps = Mishaps::default();
        let filed: Vec<Option<(FileId, Arc<Filed>, bool)>> = jobs
            .into_par_iter()
            .with_min_len(16)
            .map(|(stamp, file, path, place)| {
                request.go_on()?;
                let known = cabinet.get(file);
                let trusted = !stamp.is_racy(listing.at);
                let (filed, fresh) = match known {
                    Some(known) if known.trusted && known.stamp == *stamp && !doubts.cover(&stamp.path) => {
                        (Some(known.clone()), false)
                    }
                    _ => {
                        let read = || {
                            let Some(bytes) = world.read(&stamp.path, MAX_FILE)? else {
                                // Gone since it was listed.
                                return Ok((None, false));
                            };
                            Ok(file_away(known, stamp, trusted, file, &path, place, &bytes, request, kept))
                        };
                        let over = || Over::File(world.shown(&stamp.path));
                        mishaps.guard(over, read).unwrap_or_else(|| anyhow::Ok((None, false)))?
                    }
                };
                request.watch.step();
                Ok(filed.map(|filed| (file, filed, fresh)))
            })
            .collect::<Result<_>>()?;
        mishaps.end()?;

        let mut gathered =
            Gathered { filed: Vec::with_capacity(filed.len()), fresh: Vec::new(), is_document, is_as_before: false };
        let mut cabinet = Vec::new();
        for (file, filed, fresh) in filed.into_iter().flatten() {
            let at = file.0 as usize;
            if cabinet.len() <= at {
                cabinet.resize(at + 1, None);
            }
            cabinet[at] = Some(filed.clone());
            if fresh {
                gathered.fresh.push(filed.stamp.path.clone());
            }
            gathered.filed.push(filed);
        }
        let before = self.filed.0.iter().flatten().count();
        gathered.is_as_before = gathered.fresh.is_empty() && gathered.filed.len() == before;
        self.filed = Cabinet(cabinet);
        Ok(gathered)
    }
}

#[expect(clippy::too_many_arguments, reason = "everything that is known of one file")]
pub(super) fn file_away(
    known: Option<&Arc<Filed>>,
    stamp: &Stamp,
    trusted: bool,
    file: FileId,
    path: &ArchivePath,
    place: PathMatch,
    bytes: &[u8],
    request: &Request<'_>,
    kept: &Kept,
) -> (Option<Arc<Filed>>, bool) {
    if let Some(known) = known
        && known.content == Fingerprint::of(bytes)
    {
        let content = known.content;
        let (news, records, hides) = (known.news.clone(), known.records.clone(), known.hides.clone());
        return (Some(Arc::new(Filed { stamp: stamp.clone(), trusted, content, news, records, hides })), false);
    }
    let mut document = document::read(path, place, file, bytes, request.policy);
    let content = document.content;
    let news = std::mem::take(&mut document.news).into();
    let text = std::mem::take(&mut document.text);
    let customer = document.place.customer.clone().filter(|_| &*document.place.kind == "customer");
    let visible = redact(document, request.edition);
    if visible.is_some() {
        kept.put(file, content, text);
    }
    let hides = if visible.is_none() { customer } else { None };
    let records =
        visible.map(|visible| lower(visible, &request.policy.kinds).into_iter().map(Arc::new).collect()).unwrap_or_default();
    (Some(Arc::new(Filed { stamp: stamp.clone(), trusted, content, news, records, hides })), true)
}
