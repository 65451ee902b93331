//! Reads, joins and checks the archive: the first half of every command.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context, Result};

use super::{BuildError, BuildOptions, Builder, Counts, diagnostics};
use crate::archive::{Archive, Target};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::report::Findings;
use crate::route::{Routes, assign_routes};
use crate::site::Order;
use crate::source::{FileStamp, Ignore, Listing, Source};
use crate::text::{Fingerprint, Fingerprinter};

/// The archive, read, joined and checked.
pub struct ReadArchive {
    /// The joined archive of this edition.
    pub archive: Arc<Archive>,
    /// Findings by customer folder.
    pub findings: Arc<Findings>,
    /// Addresses of all pages.
    pub routes: Arc<Routes>,
    /// Customers A–Z.
    pub order: Arc<Order>,
    /// Diagnostics in order of path and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Counts.
    pub counts: Counts,
    /// Documents that are new or whose content changed, in order of path.
    pub changed_paths: Vec<Arc<str>>,
    /// Fingerprint of the listing.
    pub(super) inputs: Fingerprint,
    /// Documents and linked files whose stamps do not prove their bytes, with the fingerprints of the bytes that were
    /// read.
    pub(super) racy: Vec<(Arc<str>, Fingerprint)>,
    /// Fingerprints of files that records link to, by path; copies depend on them.
    pub(super) linked: BTreeMap<Arc<str>, Fingerprint>,
}

/// Addresses, valid as long as the indexes are unchanged and the same files are linked.
pub(super) struct RouteCache {
    files: BTreeSet<Arc<str>>,
    routes: Arc<Routes>,
    order: Arc<Order>,
    diagnostics: Vec<Diagnostic>,
}

impl RouteCache {
    fn of(archive: &Archive, files: BTreeSet<Arc<str>>, config: &Config) -> RouteCache {
        let linked: Vec<Arc<str>> = files.iter().cloned().collect();
        let ((routes, diagnostics), order) = rayon::join(|| assign_routes(archive, &linked, config), || Order::of(archive));
        RouteCache { files, routes: Arc::new(routes), order: Arc::new(order), diagnostics }
    }
}

impl Builder {
    /// Lists the archive, reads what changed, joins and checks it.
    pub fn read(&mut self, source: &dyn Source, options: &BuildOptions<'_>) -> Result<ReadArchive> {
        let listing = Self::list(source, options)?;
        let read = self.read_listing(source, options, &listing)?;
        self.dirty = Default::default();
        Ok(read)
    }

    /// Lists the archive, unless cancelled.
    pub(super) fn list(source: &dyn Source, options: &BuildOptions<'_>) -> Result<Listing> {
        let listing = source.list_while(&Ignore::new(&options.config.ignore), &|| !options.progress.is_cancelled())?;
        Ok(listing.ok_or(BuildError::Cancelled)?)
    }

    pub(super) fn read_listing(
        &mut self,
        source: &dyn Source,
        options: &BuildOptions<'_>,
        listing: &Listing,
    ) -> Result<ReadArchive> {
        if self.fingerprint != options.fingerprint() {
            self.fingerprint = options.fingerprint();
            self.records = Default::default();
            self.joins = Default::default();
            self.routes = None;
            self.rendered_problems = Default::default();
        }
        let gathered = self.ingest(source, options, listing)?;
        // From here on the caches may be newer than those filled later, should the build be cancelled.
        self.is_current &= gathered.is_as_before;
        options.check_cancelled()?;
        let records = gathered.records();
        let plain: BTreeMap<&str, &FileStamp> = listing
            .files
            .iter()
            .zip(&gathered.is_document)
            .filter(|(_, is_document)| !**is_document)
            .map(|(stamp, _)| (&*stamp.path, stamp))
            .collect();
        let joined = self.join(options, records, plain.values().map(|stamp| stamp.path.clone()).collect())?;
        self.is_current &= joined.indexes_unchanged && joined.assembled == 0;
        if !joined.indexes_unchanged {
            self.routes = None;
        }
        options.check_cancelled()?;
        let targets = linked_files(&joined.archive);
        let known = self.routes.take().filter(|addressed| addressed.files == targets);
        let files = &mut self.files;
        // Independent of each other.
        let (addressed, of_listing) = rayon::join(
            || known.unwrap_or_else(|| RouteCache::of(&joined.archive, targets.clone(), options.config)),
            || diagnostics::listing_diagnostics(listing, &gathered.is_document, options.config, files),
        );
        let (routes, order, routed) = (addressed.routes.clone(), addressed.order.clone(), addressed.diagnostics.clone());
        self.routes = Some(addressed);
        let mut racy = gathered.unproven_files();
        let mut linked = BTreeMap::new();
        for path in targets {
            let Some(stamp) = plain.get(&*path) else { continue };
            let doubted = stamp.is_racy(listing.at) || self.dirty.covers(&path);
            let fingerprint = if doubted || !options.edition.is_full() {
                let Some(content) = content(source, &path)? else { continue };
                racy.push((path.clone(), content));
                content
            } else {
                // Photographs and drawings are large, and a reliable stamp proves their bytes. Not in a lower edition:
                // its readers must not see when a file was saved, so its keys depend on what they see.
                Fingerprint::of_value(stamp)
            };
            linked.insert(path, fingerprint);
        }

        options.check_cancelled()?;
        let mut whole = options.config_diagnostics.to_vec();
        whole.extend(of_listing);
        let mut diagnostics: Vec<Diagnostic> =
            gathered.files.iter().flat_map(|filed| filed.diagnostics.iter().cloned()).collect();
        if options.edition.is_full() {
            // In a lower edition a name that cannot be resolved may be hidden, which is not an error in the text.
            whole.extend(joined.archive_diagnostics);
            whole.extend(routed);
            diagnostics.extend(joined.diagnostics);
        }
        diagnostics.extend(whole.iter().cloned());
        self.archive_diagnostics = whole;
        diagnostics::sort_and_filter(&mut diagnostics, options.config, &self.files);

        let mut counts = Counts {
            documents: gathered.files.len(),
            read: gathered.changed_paths.len(),
            dossiers: joined.archive.dossiers.len(),
            assembled: joined.assembled,
            findings: joined.findings.values().map(|found| found.len()).sum(),
            grave: joined.findings.values().flat_map(|found| found.iter()).filter(|f| f.severity == Severity::Error).count(),
            ..Counts::default()
        };
        diagnostics.iter().for_each(|diagnostics| counts.add(diagnostics.severity));
        Ok(ReadArchive {
            archive: Arc::new(joined.archive),
            findings: Arc::new(joined.findings),
            routes,
            order,
            diagnostics,
            counts,
            changed_paths: gathered.changed_paths,
            inputs: inputs(listing),
            racy,
            linked,
        })
    }
}

/// Fingerprint of everything a listing shows about the inputs.
pub(super) fn inputs(listing: &Listing) -> Fingerprint {
    let mut fingerprint = Fingerprinter::new();
    fingerprint.number(listing.files.len() as u64);
    for FileStamp { path, size, mtime } in &listing.files {
        fingerprint.text(path).number(*size).bytes(&mtime.to_le_bytes());
    }
    for odd in &listing.odd {
        fingerprint.text(&odd.path).text(odd.what);
    }
    fingerprint.finish()
}

/// Fingerprint of a file of any size; `None` if it was deleted.
pub(super) fn content(source: &dyn Source, path: &str) -> Result<Option<Fingerprint>> {
    let Some(mut file) = source.open(path)? else { return Ok(None) };
    let mut bytes = Fingerprinter::new();
    std::io::copy(&mut file, &mut bytes).with_context(|| path.to_owned())?;
    Ok(Some(bytes.finish()))
}

fn linked_files(archive: &Archive) -> BTreeSet<Arc<str>> {
    let inner = archive.dossiers.values().flat_map(|dossier| dossier.links.values());
    inner
        .chain(archive.links.values())
        .flat_map(BTreeMap::values)
        .filter_map(|target| match target {
            Target::File(path) => Some(path.clone()),
            _ => None,
        })
        .collect()
}
