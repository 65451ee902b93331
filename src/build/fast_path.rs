//! The fast path: renders and publishes the dossiers of just-saved files before the full build runs.
//!
//! It gives up (`None`) where a change may affect anything beyond the dossier of the file. A full build always follows
//! and finds the published pages up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::ingest::{CachedFile, read_into_cache};
use super::join::{ReassembledDossier, RecordChange};
use super::page_plan::{self, DossierPlan, PagePlan};
use super::page_writer::{LastText, PageWriter, WriteError};
use super::problems::render;
use super::text_cache::TextCache;
use super::{BuildError, BuildOptions, BuildReport, Builder, Counts, SiteSource, Snapshot, diagnostics};
use crate::archive::is_unchanged_for_others;
use crate::diag::{Diagnostic, Notice, Severity};
use crate::document::MAX_FILE;
use crate::i18n::Catalog;
use crate::kind::ArchivePath;
use crate::publish::{OutputFolder, Published};
use crate::record::Record;
use crate::report::Findings;
use crate::site::ProblemsByFile;
use crate::source::Source;
use crate::text::{BytePos, FileId};

/// A file whose content changed, before and after.
struct ReparsedFile {
    file: FileId,
    before: Arc<CachedFile>,
    now: Arc<CachedFile>,
}

/// The new state, before anything is rendered.
struct FastPathResult {
    reread: Vec<ReparsedFile>,
    dossiers: Vec<ReassembledDossier>,
    known: Snapshot,
}

impl Builder {
    /// Reads only these files of the archive. Returns `None` and publishes nothing if only a full build can determine
    /// the result.
    pub fn build_changed_files(
        &mut self,
        site: SiteSource<'_>,
        options: &BuildOptions<'_>,
        folder: &mut OutputFolder,
        named: &[String],
    ) -> Result<Option<BuildReport>> {
        self.texts = TextCache::new(self.text_cache_bytes);
        let seen = self.prepare_fast_path(site.archive, options, named);
        let outcome = match seen {
            Some(sight) => self.publish_fast_path(site.archive, options, folder, sight),
            None => Ok(None),
        };
        self.texts = TextCache::default();
        outcome
    }

    /// Reads the files again and reassembles their dossiers.
    fn prepare_fast_path(&self, archive: &dyn Source, options: &BuildOptions<'_>, named: &[String]) -> Option<FastPathResult> {
        let known = self.snapshot.as_ref().filter(|_| self.is_current && self.fingerprint == options.fingerprint())?;
        let mut reread = Vec::new();
        for path in named.iter().collect::<BTreeSet<_>>() {
            reread.extend(self.reread(archive, options, path)?);
        }
        let dossiers = self.reassemble(options, &reread)?;
        let mut archive_now = known.archive.as_ref().clone();
        let mut findings = Findings::clone(&known.findings);
        for relaid in &dossiers {
            let (judged, found) = (relaid.findings(), findings.get(&relaid.id));
            // Findings of the dossier itself come first; those of archive-wide rules follow.
            let before = relaid.previous_findings().len();
            let others = found.map_or(&[][..], |found| found.get(before..).unwrap_or_default());
            let all = judged.iter().chain(others).cloned().collect();
            archive_now.dossiers.insert(relaid.id.clone(), relaid.dossier().clone());
            findings.insert(relaid.id.clone(), all);
        }
        let diagnostics = self.diagnostics_of(options, &reread, &dossiers);
        let problems = self.problems_of(archive, options, &known.problems, &diagnostics, &dossiers);
        let files: BTreeSet<FileId> = dossiers.iter().flat_map(ReassembledDossier::files).collect();
        let fresh: Vec<Notice> = diagnostics.iter().map(Notice::from).collect();
        let is_of = |notice: &&Notice| notice.span.is_some_and(|span| files.contains(&span.file));
        let counts = count(known.counts, known.notices.iter().filter(is_of), &fresh, &known.findings, &findings, &dossiers);
        let mut notices: Vec<Notice> = known.notices.iter().filter(|notice| !is_of(notice)).cloned().chain(fresh).collect();
        // Notices of one file stay together in order of position; the files of these dossiers have only new notices.
        notices.sort_by_cached_key(|notice| notice.span.and_then(|span| self.files.path(span.file).cloned()));
        let known = Snapshot {
            archive: Arc::new(archive_now),
            findings: Arc::new(findings),
            problems: Arc::new(problems),
            notices: notices.into(),
            counts,
            ..known.as_ref().clone()
        };
        Some(FastPathResult { reread, dossiers, known })
    }

    /// Reads one file again. `Some(None)` if its content is unchanged, `None` if only a full build can determine the
    /// result.
    fn reread(&self, archive: &dyn Source, options: &BuildOptions<'_>, path: &str) -> Option<Option<ReparsedFile>> {
        let file = self.files.lookup(path);
        let before = file.and_then(|file| Some((file, self.records.get(file)?.clone())));
        let stamp = archive.stamp(path).ok()?;
        let (file, before, stamp) = match (before, stamp) {
            // Created and deleted again: editors write a temporary file and rename it. Images and folders that
            // disappear are noticed by the full build.
            (None, None) if file.is_none() && !self.joins.has_path(path) => return Some(None),
            (Some((file, before)), Some(stamp)) => (file, before, stamp),
            _ => return None,
        };
        let place_path = ArchivePath(stamp.path.clone());
        let place = options.config.kinds.match_path(&place_path)?;
        let bytes = archive.read(path, MAX_FILE).ok()??;
        let read = || read_into_cache(Some(&before), &stamp, false, file, &place_path, place, &bytes, options, &self.texts);
        // The full build reports panics.
        let (now, is_new) = super::catch_panic(read).ok()?;
        let now = now?;
        if !is_new {
            return Some(None);
        }
        let same = |(old, new): (&Arc<Record>, &Arc<Record>)| {
            old.customer.is_some() && old.id == new.id && is_unchanged_for_others(old, new)
        };
        // An archive-wide diagnostic that points into this text would now point to another position.
        if self.archive_diagnostics.iter().any(|diagnostics| diagnostics.span.file == file && diagnostics.span.end > BytePos(0))
        {
            return None;
        }
        let stands = before.records.len() == now.records.len()
            && !now.records.is_empty()
            && before.hidden_customer == now.hidden_customer
            && before.records.iter().zip(now.records.iter()).all(same);
        stands.then_some(Some(ReparsedFile { file, before, now }))
    }

    fn reassemble(&self, options: &BuildOptions<'_>, reread: &[ReparsedFile]) -> Option<Vec<ReassembledDossier>> {
        let mut by_folder: BTreeMap<Arc<str>, Vec<RecordChange<'_>>> = BTreeMap::new();
        for again in reread {
            for (old, new) in again.before.records.iter().zip(again.now.records.iter()) {
                by_folder.entry(old.customer.clone()?).or_default().push((old, new));
            }
        }
        by_folder
            .into_iter()
            .map(|(id, changed)| super::catch_panic(|| self.joins.reassemble(id, &changed, options)).ok()?)
            .collect()
    }

    /// Diagnostics after the change. Archive-wide diagnostics remain as they were.
    fn diagnostics_of(
        &self,
        options: &BuildOptions<'_>,
        reread: &[ReparsedFile],
        dossiers: &[ReassembledDossier],
    ) -> Vec<Diagnostic> {
        let files: BTreeSet<FileId> = dossiers.iter().flat_map(ReassembledDossier::files).collect();
        let again: BTreeMap<FileId, &ReparsedFile> = reread.iter().map(|again| (again.file, again)).collect();
        let mut diagnostics = Vec::new();
        for file in &files {
            let filed = again.get(file).map(|again| &again.now).or_else(|| self.records.get(*file));
            diagnostics.extend(filed.iter().flat_map(|filed| filed.diagnostics.iter().cloned()));
        }
        if options.edition.is_full() {
            diagnostics.extend(dossiers.iter().flat_map(|relaid| relaid.diagnostics().iter().cloned()));
        }
        diagnostics
            .extend(self.archive_diagnostics.iter().filter(|diagnostics| files.contains(&diagnostics.span.file)).cloned());
        diagnostics::sort_and_filter(&mut diagnostics, options.config, &self.files);
        diagnostics
    }

    fn problems_of(
        &self,
        archive: &dyn Source,
        options: &BuildOptions<'_>,
        before: &ProblemsByFile,
        diagnostics: &[Diagnostic],
        dossiers: &[ReassembledDossier],
    ) -> ProblemsByFile {
        let mut problems = before.clone();
        if !options.edition.is_full() {
            return problems;
        }
        for file in dossiers.iter().flat_map(ReassembledDossier::files) {
            problems.remove(&file);
        }
        let texts = self.source_texts(archive, Some(options.config));
        for diagnostics in diagnostics.chunk_by(|one, next| one.span.file == next.span.file) {
            let Some(first) = diagnostics.first() else { continue };
            problems
                .insert(first.span.file, render(first.span.file, diagnostics, &texts, Catalog::of(options.config.language)));
        }
        problems
    }

    /// Renders and publishes the dossiers and stores them in the cache.
    fn publish_fast_path(
        &mut self,
        archive: &dyn Source,
        options: &BuildOptions<'_>,
        folder: &mut OutputFolder,
        sight: FastPathResult,
    ) -> Result<Option<BuildReport>> {
        let FastPathResult { reread, dossiers, mut known } = sight;
        let (Some(laid), Some((.., theme))) = (&self.page_plan, &self.theme) else { return Ok(None) };
        let context = options.rule_context();
        let site_context = known.site_context(&context, theme, options.pinned);
        if !laid.is_valid_for(PagePlan::site_fingerprint(&site_context), &known.routes, folder) {
            return Ok(None);
        }
        let stage = folder.stage_changes()?;
        let writer = PageWriter::new(archive, options, &site_context, &stage, &self.texts);
        let wrong = page_plan::by_folder(&known.problems, &self.files);
        let mut pages = Vec::new();
        for relaid in &dossiers {
            let outputs = writer.plan(relaid.dossier());
            let Some(before) = laid.dossiers.get(&relaid.id) else { return Ok(None) };
            // A page that is added or removed also changes lists on other pages.
            if !before.urls.iter().eq(outputs.iter().map(|output| &output.url)) {
                return Ok(None);
            }
            match outputs.par_iter().try_for_each_init(LastText::default, |texts, output| writer.write_guarded(output, texts)) {
                Ok(()) => {}
                Err(WriteError::InputChanged(_)) => return Ok(None),
                // The full build reports template errors and pages that are too large.
                Err(WriteError::Error(error)) if error.is::<BuildError>() => return Ok(None),
                Err(WriteError::Error(error)) => return Err(error),
            }
            let findings = known.findings.get(&relaid.id).cloned();
            let mut page = DossierPlan::new(relaid.dossier(), findings, wrong.get(&*relaid.id));
            page.urls = before.urls.clone();
            pages.push((relaid.id.clone(), page));
        }
        let made = writer.written.into_inner();
        if writer.panics.into_result().is_err() {
            return Ok(None);
        }
        let Published { counts: written, changed } = folder.publish_ahead(stage)?;
        known.standing = folder.standing();
        let counts = Counts { read: reread.len(), assembled: dossiers.len(), ..known.counts };
        let fresh = reread.iter().filter_map(|again| self.files.path(again.file).cloned()).collect();
        let (notices, unchanged) = (known.notices.clone(), reread.is_empty());
        let outcome = BuildReport { counts, changed_paths: fresh, written, changed, rendered: made, notices, unchanged };
        if let Some(laid) = &mut self.page_plan {
            laid.state = folder.state();
            laid.dossiers.extend(pages);
            if !reread.is_empty() {
                laid.rest.mark_outdated();
            }
        }
        for again in reread {
            self.records.insert(again.file, again.now);
        }
        self.joins.store(dossiers);
        self.snapshot = Some(Arc::new(known));
        Ok(Some(outcome))
    }
}

/// The counts with the old numbers of these dossiers replaced by the new ones.
fn count<'a>(
    mut counts: Counts,
    before: impl Iterator<Item = &'a Notice>,
    now: &[Notice],
    findings_before: &Findings,
    findings: &Findings,
    dossiers: &[ReassembledDossier],
) -> Counts {
    before.for_each(|notice| *counts.of(notice.severity) -= 1);
    now.iter().for_each(|notice| *counts.of(notice.severity) += 1);
    for relaid in dossiers {
        let of = |findings: &Findings| {
            let found = findings.get(&relaid.id).map_or(&[][..], |found| found);
            (found.len(), found.iter().filter(|finding| finding.severity == Severity::Error).count())
        };
        let ((all_before, grave_before), (all, grave)) = (of(findings_before), of(findings));
        counts.findings = counts.findings - all_before + all;
        counts.grave = counts.grave - grave_before + grave;
    }
    counts
}
