//! The site: the second half of `build`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use rayon::prelude::*;

use super::easel::{Easel, Recent, Stop};
use super::kept::Kept;
use super::laid::{self, Dossier, Laid, Rest};
use super::remember::Memory;
use super::{Halt, Known, Outcome, Phase, Read, Request, Workshop, theme};
use crate::i18n::Catalog;
use crate::publish::{Folder, Published, Written};
use crate::site;
use crate::source::World;
use crate::text::Fingerprint;
use crate::theme::Theme;

/// A build that was overtaken by an edit starts over; this often.
const PATIENCE: usize = 5;

/// Where a site is made from and where it goes.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The archive.
    pub archive: &'a dyn World,
    /// The folder of the company's own theme, if it has one.
    pub theme: Option<&'a dyn World>,
}

impl Workshop {
    /// Makes the folder equal the site of this archive, edition and day. Whatever comes to nothing leaves the old site.
    pub fn build(&mut self, site: Site<'_>, request: &Request<'_>, folder: &mut Folder) -> Result<Outcome> {
        let (own, theme_print) = theme::files(site.theme)?;
        self.kept = Kept::new(self.keeps);
        let built = self.build_dressed(site, request, folder, &own, theme_print);
        self.kept = Kept::default();
        built.map_err(|error| match error.downcast() {
            Ok(Halt::Theme(faults)) => Halt::Theme(theme::shown(faults, &own, site.theme)).into(),
            Ok(halt) => halt.into(),
            Err(error) => error,
        })
    }

    fn build_dressed(
        &mut self,
        site: Site<'_>,
        request: &Request<'_>,
        folder: &mut Folder,
        own: &BTreeMap<String, Vec<u8>>,
        theme_print: Fingerprint,
    ) -> Result<Outcome> {
        let print = Memory::print(request, theme_print);
        let mut restless: Arc<str> = "".into();
        for _ in 0..PATIENCE {
            let listing = Self::list(site.archive, request)?;
            request.go_on()?;
            // Who stays must know what the site is made of, so that a part of it can be made again.
            if (!self.stays || self.known.is_some())
                && self.doubts.are_none()
                && let Some(memory) = Memory::recall(folder, print, &listing, site.archive)
            {
                return self.unchanged(&memory, folder);
            }
            let theme = self.dress(own, theme_print, Catalog::of(request.policy.language))?;
            let read = self.read_listing(site.archive, request, &listing)?;
            let troubles = self.troubles(site.archive, request, &read.news);
            request.go_on()?;
            let mut known = Known::new(&read, troubles, request);
            match self.make(site.archive, request, &known, &read.linked, &theme, folder)? {
                Making::Done(made, published, laid) => {
                    self.doubts = Default::default();
                    let notices = known.notices.clone();
                    if request.edition.is_full() {
                        let memory = Memory::new(print, read.inputs, &read.racy, read.counts, &notices, &self.files);
                        // The site is complete. Where this cannot be written, the next build reads once more.
                        let _ = memory.map(|memory| memory.keep(folder));
                    }
                    let Published { counts: written, changed } = published;
                    let Read { counts, fresh, .. } = read;
                    if self.stays {
                        known.standing = folder.standing();
                        (self.laid, self.known, self.in_step) = (Some(*laid), Some(Arc::new(known)), true);
                    }
                    return Ok(Outcome { counts, fresh, written, changed, made, notices, unchanged: false });
                }
                Making::Overtaken(path) => restless = path,
            }
        }
        Err(Halt::Restless(restless).into())
    }

    /// The theme, read again when its files have changed.
    fn dress(&mut self, own: &BTreeMap<String, Vec<u8>>, print: Fingerprint, words: &Catalog) -> Result<Arc<Theme>, Halt> {
        let lang = words.lang();
        match &self.dress {
            Some((known, of, theme)) if (*known, *of) == (print, lang) => Ok(theme.clone()),
            _ => {
                let theme = Arc::new(Theme::load(own, words).map_err(Halt::Theme)?);
                self.dress = Some((print, lang, theme.clone()));
                Ok(theme)
            }
        }
    }

    fn unchanged(&mut self, memory: &Memory, folder: &Folder) -> Result<Outcome> {
        let counts = super::Counts { read: 0, assembled: 0, ..memory.counts };
        let written = Written { kept: folder.standing().count(), ..Written::default() };
        if memory.rested {
            let _ = memory.keep(folder);
        }
        let notices = memory.notices(&mut self.files).into();
        Ok(Outcome { counts, fresh: Vec::new(), written, changed: Vec::new(), made: 0, notices, unchanged: true })
    }

    /// Plans, makes and stages dossier by dossier, then publishes. Dossiers and lists that are as they were laid out last time
    /// are not planned again.
    fn make(
        &self,
        archive: &dyn World,
        request: &Request<'_>,
        known: &Known,
        linked: &BTreeMap<Arc<str>, Fingerprint>,
        theme: &Theme,
        folder: &mut Folder,
    ) -> Result<Making> {
        let bench = request.bench();
        let showing = known.showing(&bench, theme, request.pinned);
        let base = Laid::base(&showing);
        let before = self.laid.as_ref().filter(|laid| laid.fits(base, &known.routes, folder));
        let stage = if before.is_some() { folder.patch()? } else { folder.stage()? };
        let easel = Easel::new(archive, request, &showing, &stage, &self.kept);
        let by_folder = laid::by_folder(&known.problems, &self.files);
        let dossiers: Vec<_> = known.archive.dossiers.values().collect();
        request.watch.begin(Phase::Making, dossiers.len() + 1);
        let make_dossiers = || -> Result<BTreeMap<Arc<str>, Dossier>, Stop> {
            let laid: Vec<(Arc<str>, Dossier)> = dossiers
                .par_iter()
                .map(|dossier| {
                    let findings = known.findings.get(&dossier.id).cloned();
                    let mut laid = Dossier::new(dossier, findings, by_folder.get(&*dossier.id));
                    match before.and_then(|before| before.dossiers.get(&dossier.id)) {
                        Some(before) if before.is_same(&laid) => return Ok((dossier.id.clone(), before.clone())),
                        Some(before) => stage.forget(before.urls.iter()),
                        None => {}
                    }
                    let outputs = easel.plan(dossier);
                    let texts = Recent::default();
                    for output in &outputs {
                        easel.guarded(output, &texts)?;
                    }
                    request.watch.step();
                    if self.stays {
                        laid.urls = outputs.into_iter().map(|output| output.url).collect();
                    }
                    Ok((dossier.id.clone(), laid))
                })
                .collect::<Result<_, Stop>>()?;
            Ok(laid.into_iter().collect())
        };
        // Planned by one thread beside the dossiers, which keep the others busy.
        let make_the_rest = || -> Result<Rest, Stop> {
            let mut rest = Rest::new(&known.archive, &known.findings, &known.problems, linked);
            if let Some(before) = before {
                if before.rest.is_same(&rest) {
                    return Ok(before.rest.clone());
                }
                stage.forget(before.rest.urls.iter());
            }
            let go_on = || !request.watch.is_called_off();
            let print = |path: &str| linked.get(path).copied();
            let urls = Mutex::new(Vec::new());
            site::archive_outputs(&showing, &print, &go_on, &|output| -> Result<(), Stop> {
                easel.guarded(&output, &Recent::default())?;
                if self.stays {
                    urls.lock().unwrap_or_else(PoisonError::into_inner).push(output.url);
                }
                Ok(())
            })?;
            request.go_on().map_err(Stop::from)?;
            rest.urls = urls.into_inner().unwrap_or_else(PoisonError::into_inner).into();
            Ok(rest)
        };
        let (dossiers, rest) = rayon::join(make_dossiers, make_the_rest);
        let count = easel.made.into_inner();
        let (dossiers, rest) = match dossiers.and_then(|dossiers| Ok((dossiers, rest?))) {
            Ok(made) => made,
            Err(Stop::Overtaken(path)) => return Ok(Making::Overtaken(path)),
            Err(Stop::Error(error)) => return Err(error),
        };
        easel.mishaps.end()?;
        for (id, gone) in before.iter().flat_map(|before| &before.dossiers) {
            if !dossiers.contains_key(id) {
                stage.forget(gone.urls.iter());
            }
        }
        request.watch.step();
        request.go_on()?;
        request.watch.begin(Phase::Publishing, 1);
        let published = folder.publish(stage)?;
        request.watch.step();
        let laid = Laid { state: folder.state(), base, routes: known.routes.clone(), dossiers, rest };
        Ok(Making::Done(count, published, Box::new(laid)))
    }
}

enum Making {
    /// How many outputs were made, what the publishing did, and what was laid out.
    Done(usize, Published, Box<Laid>),
    /// This file changed between being planned with and being shown.
    Overtaken(Arc<str>),
}
