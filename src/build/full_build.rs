//! The full build: from a listing of the archive to a published site.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use rayon::prelude::*;

use super::page_plan::{self, DossierPlan, PagePlan, SharedPagesPlan};
use super::page_writer::{LastText, PageWriter, WriteError};
use super::persisted::PersistedState;
use super::text_cache::TextCache;
use super::{BuildError, BuildOptions, BuildReport, Builder, Phase, ReadArchive, Snapshot, theme};
use crate::i18n::Catalog;
use crate::publish::{OutputFolder, Published, WriteCounts};
use crate::site;
use crate::source::Source;
use crate::text::Fingerprint;
use crate::theme::Theme;

/// How many times a build is attempted while its inputs keep changing.
const MAX_RESTARTS: usize = 5;

/// Inputs of a site.
#[derive(Clone, Copy)]
pub struct SiteSource<'a> {
    /// The archive.
    pub archive: &'a dyn Source,
    /// The folder of the company's own theme, if there is one.
    pub theme: Option<&'a dyn Source>,
}

impl Builder {
    /// Makes the output folder equal the site of this archive, edition and day. On failure the old site remains.
    pub fn build(
        &mut self,
        site: SiteSource<'_>,
        options: &BuildOptions<'_>,
        folder: &mut OutputFolder,
    ) -> Result<BuildReport> {
        let (own, theme_print) = theme::files(site.theme)?;
        self.texts = TextCache::new(self.text_cache_bytes);
        let built = self.build_with_theme(site, options, folder, &own, theme_print);
        self.texts = TextCache::default();
        built.map_err(|error| match error.downcast() {
            Ok(BuildError::Theme(faults)) => BuildError::Theme(theme::with_display_paths(faults, &own, site.theme)).into(),
            Ok(halt) => halt.into(),
            Err(error) => error,
        })
    }

    fn build_with_theme(
        &mut self,
        site: SiteSource<'_>,
        options: &BuildOptions<'_>,
        folder: &mut OutputFolder,
        own: &BTreeMap<String, Vec<u8>>,
        theme_print: Fingerprint,
    ) -> Result<BuildReport> {
        let fingerprint = PersistedState::print(options, theme_print);
        let mut restless: Arc<str> = "".into();
        for _ in 0..MAX_RESTARTS {
            let listing = Self::list(site.archive, options)?;
            options.check_cancelled()?;
            // An incremental builder needs the snapshot in memory to rebuild parts of the site later.
            if (!self.incremental || self.snapshot.is_some())
                && self.dirty.is_empty()
                && let Some(memory) = PersistedState::load(folder, fingerprint, &listing, site.archive)
            {
                return self.report_unchanged(&memory, folder);
            }
            let theme = self.load_theme(own, theme_print, Catalog::of(options.config.language))?;
            let read = self.read_listing(site.archive, options, &listing)?;
            let problems = self.problems_by_file(site.archive, options, &read.diagnostics);
            options.check_cancelled()?;
            let mut known = Snapshot::new(&read, problems, options);
            match self.write_pages(site.archive, options, &known, &read.linked, &theme, folder)? {
                PageResult::Done(made, published, laid) => {
                    self.dirty = Default::default();
                    let notices = known.notices.clone();
                    if options.edition.is_full() {
                        let memory =
                            PersistedState::new(fingerprint, read.inputs, &read.racy, read.counts, &notices, &self.files);
                        // The site is complete. If this cannot be written, the next build reads everything again.
                        let _ = memory.map(|memory| memory.save(folder));
                    }
                    let Published { counts: written, changed } = published;
                    let ReadArchive { counts, changed_paths: fresh, .. } = read;
                    if self.incremental {
                        known.standing = folder.standing();
                        (self.page_plan, self.snapshot, self.is_current) = (Some(*laid), Some(Arc::new(known)), true);
                    }
                    return Ok(BuildReport {
                        counts,
                        changed_paths: fresh,
                        written,
                        changed,
                        rendered: made,
                        notices,
                        unchanged: false,
                    });
                }
                PageResult::InputChanged(path) => restless = path,
            }
        }
        Err(BuildError::KeepsChanging(restless).into())
    }

    /// The theme, reloaded if its files changed.
    fn load_theme(
        &mut self,
        own: &BTreeMap<String, Vec<u8>>,
        fingerprint: Fingerprint,
        words: &Catalog,
    ) -> Result<Arc<Theme>, BuildError> {
        let lang = words.lang();
        match &self.theme {
            Some((known, of, theme)) if (*known, *of) == (fingerprint, lang) => Ok(theme.clone()),
            _ => {
                let theme = Arc::new(Theme::load(own, words).map_err(BuildError::Theme)?);
                self.theme = Some((fingerprint, lang, theme.clone()));
                Ok(theme)
            }
        }
    }

    fn report_unchanged(&mut self, memory: &PersistedState, folder: &OutputFolder) -> Result<BuildReport> {
        let counts = super::Counts { read: 0, assembled: 0, ..memory.counts };
        let written = WriteCounts { kept: folder.standing().count(), ..WriteCounts::default() };
        if memory.rested {
            let _ = memory.save(folder);
        }
        let notices = memory.notices(&mut self.files).into();
        Ok(BuildReport {
            counts,
            changed_paths: Vec::new(),
            written,
            changed: Vec::new(),
            rendered: 0,
            notices,
            unchanged: true,
        })
    }

    /// Plans, renders and stages all outputs, then publishes. Dossiers and shared pages that have not changed since the
    /// last plan are not planned again.
    fn write_pages(
        &self,
        archive: &dyn Source,
        options: &BuildOptions<'_>,
        known: &Snapshot,
        linked: &BTreeMap<Arc<str>, Fingerprint>,
        theme: &Theme,
        folder: &mut OutputFolder,
    ) -> Result<PageResult> {
        let context = options.rule_context();
        let site_context = known.site_context(&context, theme, options.pinned);
        let base = PagePlan::site_fingerprint(&site_context);
        let before = self.page_plan.as_ref().filter(|laid| laid.is_valid_for(base, &known.routes, folder));
        let stage = if before.is_some() { folder.stage_changes()? } else { folder.stage()? };
        let writer = PageWriter::new(archive, options, &site_context, &stage, &self.texts);
        let by_folder = page_plan::by_folder(&known.problems, &self.files);
        let dossiers: Vec<_> = known.archive.dossiers.values().collect();
        options.progress.begin(Phase::Rendering, dossiers.len() + 1);
        let make_dossiers = || -> Result<BTreeMap<Arc<str>, DossierPlan>, WriteError> {
            let laid: Vec<(Arc<str>, DossierPlan)> = dossiers
                .par_iter()
                .map(|dossier| {
                    let findings = known.findings.get(&dossier.id).cloned();
                    let mut laid = DossierPlan::new(dossier, findings, by_folder.get(&*dossier.id));
                    match before.and_then(|before| before.dossiers.get(&dossier.id)) {
                        Some(before) if before.is_same(&laid) => return Ok((dossier.id.clone(), before.clone())),
                        Some(before) => stage.mark_replanned(before.urls.iter()),
                        None => {}
                    }
                    let outputs = writer.plan(dossier);
                    let texts = LastText::default();
                    for output in &outputs {
                        writer.write_guarded(output, &texts)?;
                    }
                    options.progress.step();
                    if self.incremental {
                        laid.urls = outputs.into_iter().map(|output| output.url).collect();
                    }
                    Ok((dossier.id.clone(), laid))
                })
                .collect::<Result<_, WriteError>>()?;
            Ok(laid.into_iter().collect())
        };
        // Shared pages are planned by one thread while the others work on dossiers.
        let make_the_rest = || -> Result<SharedPagesPlan, WriteError> {
            let mut rest = SharedPagesPlan::new(&known.archive, &known.findings, &known.problems, linked);
            if let Some(before) = before {
                if before.rest.is_same(&rest) {
                    return Ok(before.rest.clone());
                }
                stage.mark_replanned(before.rest.urls.iter());
            }
            let keep_going = || !options.progress.is_cancelled();
            let fingerprint = |path: &str| linked.get(path).copied();
            let urls = Mutex::new(Vec::new());
            site::archive_outputs(&site_context, &fingerprint, &keep_going, &|output| -> Result<(), WriteError> {
                writer.write_guarded(&output, &LastText::default())?;
                if self.incremental {
                    urls.lock().unwrap_or_else(PoisonError::into_inner).push(output.url);
                }
                Ok(())
            })?;
            options.check_cancelled().map_err(WriteError::from)?;
            rest.urls = urls.into_inner().unwrap_or_else(PoisonError::into_inner).into();
            Ok(rest)
        };
        let (dossiers, rest) = rayon::join(make_dossiers, make_the_rest);
        let count = writer.written.into_inner();
        let (dossiers, rest) = match dossiers.and_then(|dossiers| Ok((dossiers, rest?))) {
            Ok(made) => made,
            Err(WriteError::InputChanged(path)) => return Ok(PageResult::InputChanged(path)),
            Err(WriteError::Error(error)) => return Err(error),
        };
        writer.panics.into_result()?;
        for (id, gone) in before.iter().flat_map(|before| &before.dossiers) {
            if !dossiers.contains_key(id) {
                stage.mark_replanned(gone.urls.iter());
            }
        }
        options.progress.step();
        options.check_cancelled()?;
        options.progress.begin(Phase::Publishing, 1);
        let published = folder.publish(stage)?;
        options.progress.step();
        let laid = PagePlan { state: folder.state(), base, routes: known.routes.clone(), dossiers, rest };
        Ok(PageResult::Done(count, published, Box::new(laid)))
    }
}

enum PageResult {
    /// Number of rendered outputs, what publishing did, and the new page plan.
    Done(usize, Published, Box<PagePlan>),
    /// This file changed between planning and rendering.
    InputChanged(Arc<str>),
}
