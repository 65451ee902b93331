//! From a listing to records: reads, redacts and lowers each file, in parallel, cached by content.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::panics::{PanicCollector, PanicScope};
use super::text_cache::TextCache;
use super::{BuildOptions, Builder, Phase};
use crate::diag::Diagnostic;
use crate::document::{self, MAX_FILE};
use crate::edition::redact;
use crate::kind::{ArchivePath, PathMatch};
use crate::record::{Record, lower};
use crate::source::{FileStamp, Listing, Source};
use crate::text::{FileId, Fingerprint};

/// The cached result of reading a file.
pub(super) struct CachedFile {
    stamp: FileStamp,
    /// Whether an equal stamp proves equal bytes.
    trusted: bool,
    content: Fingerprint,
    /// Diagnostics of the file; shared because most files have none.
    pub diagnostics: Arc<[Diagnostic]>,
    /// The file's records as this edition may see them.
    pub records: Arc<[Arc<Record>]>,
    /// The customer folder that this edition must hide, because the customer's own file is hidden.
    pub hidden_customer: Option<Arc<str>>,
}

/// Cached results of all files, by file number.
#[derive(Default)]
pub(super) struct RecordCache(Vec<Option<Arc<CachedFile>>>);

impl RecordCache {
    /// The cached result of a file.
    pub fn get(&self, file: FileId) -> Option<&Arc<CachedFile>> {
        self.0.get(file.0 as usize)?.as_ref()
    }

    /// Replaces the cached result of a file that is in the cache.
    pub fn insert(&mut self, file: FileId, filed: Arc<CachedFile>) {
        if let Some(known) = self.0.get_mut(file.0 as usize) {
            *known = Some(filed);
        }
    }

    /// Fingerprint of a document's bytes.
    pub fn content(&self, file: FileId) -> Option<Fingerprint> {
        Some(self.get(file)?.content)
    }
}

/// All documents of a listing, read.
pub(super) struct Ingested {
    /// In order of path.
    pub files: Vec<Arc<CachedFile>>,
    /// Paths of documents that are new or whose content changed.
    pub changed_paths: Vec<Arc<str>>,
    /// For each file of the listing, by index: whether it is a document.
    pub is_document: Vec<bool>,
    /// Whether the documents and their content are the same as in the last build.
    pub is_as_before: bool,
}

impl Ingested {
    /// All visible records, in order of path. If a customer is hidden, its whole folder is: its pages would carry the
    /// folder's name, and most of its records identify the customer.
    pub fn records(&self) -> Vec<Arc<Record>> {
        let hidden: BTreeSet<&Arc<str>> = self.files.iter().filter_map(|filed| filed.hidden_customer.as_ref()).collect();
        let seen = |record: &&Arc<Record>| record.customer.as_ref().is_none_or(|folder| !hidden.contains(folder));
        self.files.iter().flat_map(|filed| filed.records.iter().filter(seen).cloned()).collect()
    }

    /// Documents whose stamps do not prove their bytes, with the fingerprints of these.
    pub fn unproven_files(&self) -> Vec<(Arc<str>, Fingerprint)> {
        let racy = self.files.iter().filter(|filed| !filed.trusted);
        racy.map(|filed| (filed.stamp.path.clone(), filed.content)).collect()
    }
}

impl Builder {
    /// Reads the new and changed documents of a listing.
    pub(super) fn ingest(&mut self, source: &dyn Source, options: &BuildOptions<'_>, listing: &Listing) -> Result<Ingested> {
        let kinds = &options.config.kinds;
        let places: Vec<Option<(ArchivePath, PathMatch)>> = listing
            .files
            .par_iter()
            .with_min_len(256)
            .map(|stamp| {
                let path = ArchivePath(stamp.path.clone());
                kinds.match_path(&path).map(|place| (path, place))
            })
            .collect();
        options.check_cancelled()?;
        self.files.reserve(listing.files.len());
        let is_document = places.iter().map(Option::is_some).collect();
        let jobs: Vec<(&FileStamp, FileId, ArchivePath, PathMatch)> = listing
            .files
            .iter()
            .zip(places)
            .filter_map(|(stamp, place)| place.map(|(path, place)| (stamp, self.files.id_of(&stamp.path), path, place)))
            .collect();
        options.check_cancelled()?;
        options.progress.begin(Phase::Reading, jobs.len());
        let (cache, kept, dirty) = (&self.records, &self.texts, &self.dirty);
        let panics = PanicCollector::default();
        let filed: Vec<Option<(FileId, Arc<CachedFile>, bool)>> = jobs
            .into_par_iter()
            .with_min_len(16)
            .map(|(stamp, file, path, place)| {
                options.check_cancelled()?;
                let known = cache.get(file);
                let trusted = !stamp.is_racy(listing.at);
                let (filed, fresh) = match known {
                    Some(known) if known.trusted && known.stamp == *stamp && !dirty.covers(&stamp.path) => {
                        (Some(known.clone()), false)
                    }
                    _ => {
                        let read = || {
                            let Some(bytes) = source.read(&stamp.path, MAX_FILE)? else {
                                // Deleted after it was listed.
                                return Ok((None, false));
                            };
                            Ok(read_into_cache(known, stamp, trusted, file, &path, place, &bytes, options, kept))
                        };
                        let over = || PanicScope::File(source.display_path(&stamp.path));
                        panics.catch(over, read).unwrap_or_else(|| anyhow::Ok((None, false)))?
                    }
                };
                options.progress.step();
                Ok(filed.map(|filed| (file, filed, fresh)))
            })
            .collect::<Result<_>>()?;
        panics.into_result()?;

        let mut gathered =
            Ingested { files: Vec::with_capacity(filed.len()), changed_paths: Vec::new(), is_document, is_as_before: false };
        let mut cache = Vec::new();
        for (file, filed, fresh) in filed.into_iter().flatten() {
            let at = file.0 as usize;
            if cache.len() <= at {
                cache.resize(at + 1, None);
            }
            cache[at] = Some(filed.clone());
            if fresh {
                gathered.changed_paths.push(filed.stamp.path.clone());
            }
            gathered.files.push(filed);
        }
        let before = self.records.0.iter().flatten().count();
        gathered.is_as_before = gathered.changed_paths.is_empty() && gathered.files.len() == before;
        self.records = RecordCache(cache);
        Ok(gathered)
    }
}

#[expect(clippy::too_many_arguments, reason = "everything that is known of one file")]
pub(super) fn read_into_cache(
    known: Option<&Arc<CachedFile>>,
    stamp: &FileStamp,
    trusted: bool,
    file: FileId,
    path: &ArchivePath,
    place: PathMatch,
    bytes: &[u8],
    options: &BuildOptions<'_>,
    kept: &TextCache,
) -> (Option<Arc<CachedFile>>, bool) {
    if let Some(known) = known
        && known.content == Fingerprint::of(bytes)
    {
        let content = known.content;
        let (diagnostics, records, hides) = (known.diagnostics.clone(), known.records.clone(), known.hidden_customer.clone());
        return (
            Some(Arc::new(CachedFile { stamp: stamp.clone(), trusted, content, diagnostics, records, hidden_customer: hides })),
            false,
        );
    }
    let mut document = document::read(path, place, file, bytes, options.config);
    let content = document.content;
    let diagnostics = std::mem::take(&mut document.diagnostics).into();
    let text = std::mem::take(&mut document.text);
    let customer = document.place.customer.clone().filter(|_| &*document.place.kind == "customer");
    let visible = redact(document, options.edition);
    if visible.is_some() {
        kept.insert(file, content, text);
    }
    let hides = if visible.is_none() { customer } else { None };
    let records =
        visible.map(|visible| lower(visible, &options.config.kinds).into_iter().map(Arc::new).collect()).unwrap_or_default();
    (Some(Arc::new(CachedFile { stamp: stamp.clone(), trusted, content, diagnostics, records, hidden_customer: hides })), true)
}
