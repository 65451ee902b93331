//! The site: the second half of `build`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use rayon::prelude::*;

use super::kept::Kept;
use super::mishap::{Mishaps, Over};
use super::remember::Memory;
use super::{Halt, Outcome, Phase, Read, Request, Workshop, problems, theme};
use crate::diag::Notice;
use crate::document::MAX_FILE;
use crate::publish::{Folder, Stage, Written};
use crate::record::Record;
use crate::site::{self, Make, Order, Output, Showing, Unmade};
use crate::text::{FileId, Fingerprint, decode};
use crate::theme::Theme;
use crate::words::Words;
use crate::world::{LeaveOut, World};

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
        let mut theme = None;
        let mut restless: Arc<str> = "".into();
        for _ in 0..PATIENCE {
            let listing = site.archive.list(&LeaveOut::new(&request.policy.ignore))?;
            if let Some(memory) = Memory::recall(folder, print, &listing, site.archive) {
                return self.unchanged(&memory, folder);
            }
            let theme = match &theme {
                Some(theme) => theme,
                None => theme.insert(Theme::load(own, Words::of(request.policy.language)).map_err(Halt::Theme)?),
            };
            let read = self.read_listing(site.archive, request, &listing)?;
            match self.make(site.archive, request, &read, theme, folder)? {
                Making::Done(made, written) => {
                    let notices: Vec<Notice> = read.news.iter().map(Notice::from).collect();
                    if request.edition.is_full() {
                        let memory = Memory::new(print, read.inputs, &read.racy, read.counts, &notices, &self.files);
                        // The site is complete. Where this cannot be written, the next build reads once more.
                        let _ = memory.map(|memory| memory.keep(folder));
                    }
                    return Ok(Outcome { counts: read.counts, written, made, notices, unchanged: false });
                }
                Making::Overtaken(path) => restless = path,
            }
        }
        Err(Halt::Restless(restless).into())
    }

    fn unchanged(&mut self, memory: &Memory, folder: &Folder) -> Result<Outcome> {
        let counts = super::Counts { read: 0, assembled: 0, ..memory.counts };
        let written = Written { kept: folder.standing(), ..Written::default() };
        if memory.rested {
            let _ = memory.keep(folder);
        }
        Ok(Outcome { counts, written, made: 0, notices: memory.notices(&mut self.files), unchanged: true })
    }

    /// Plans, makes and stages dossier by dossier, then publishes.
    fn make(
        &self,
        archive: &dyn World,
        request: &Request<'_>,
        read: &Read,
        theme: &Theme,
        folder: &mut Folder,
    ) -> Result<Making> {
        let words = Words::of(request.policy.language);
        let problems = if request.edition.is_full() {
            problems::problems(&read.news, &self.texts(archive, Some(request.policy)), words)
        } else {
            BTreeMap::new()
        };
        let bench = request.bench();
        let order = Order::of(&read.archive);
        let showing = Showing {
            archive: &read.archive,
            order: &order,
            findings: &read.findings,
            routes: &read.routes,
            problems: &problems,
            bench: &bench,
            theme,
            words,
            pinned: request.pinned,
        };
        let stage = folder.stage()?;
        let easel = Easel {
            archive,
            request,
            showing: &showing,
            stage: &stage,
            kept: &self.kept,
            made: AtomicUsize::new(0),
            mishaps: Mishaps::default(),
        };
        let dossiers: Vec<_> = read.archive.dossiers.values().collect();
        request.watch.begin(Phase::Making, dossiers.len() + 1);
        let make_dossiers = || {
            dossiers.par_iter().try_for_each(|dossier| {
                let plan = || site::dossier_outputs(&showing, dossier);
                let outputs = easel.mishaps.guard(|| Over::Pages(dossier.id.to_string()), plan).unwrap_or_default();
                let texts = Recent::default();
                for output in &outputs {
                    easel.guarded(output, &texts)?;
                }
                request.watch.step();
                Ok(())
            })
        };
        // Planned by one thread beside the dossiers, which keep the others busy.
        let make_the_rest = || {
            let outputs = site::archive_outputs(&showing, &|path| read.linked.get(path).copied());
            outputs.par_iter().try_for_each_init(Recent::default, |texts, output| easel.guarded(output, texts))
        };
        let (made, rest): (Result<(), Stop>, Result<(), Stop>) = rayon::join(make_dossiers, make_the_rest);
        let count = easel.made.into_inner();
        match made.and(rest) {
            Ok(()) => easel.mishaps.end()?,
            Err(Stop::Overtaken(path)) => return Ok(Making::Overtaken(path)),
            Err(Stop::Error(error)) => return Err(error),
        }
        request.watch.step();
        if request.watch.is_called_off() {
            return Err(Halt::CalledOff.into());
        }
        request.watch.begin(Phase::Publishing, 1);
        let written = folder.publish(stage)?;
        request.watch.step();
        Ok(Making::Done(count, written))
    }
}

enum Making {
    /// How many outputs were made, and what the publishing did.
    Done(usize, Written),
    /// This file changed between being planned with and being shown.
    Overtaken(Arc<str>),
}

enum Stop {
    Overtaken(Arc<str>),
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Error(error.into())
    }
}

/// Everything an output is made with.
struct Easel<'a> {
    archive: &'a dyn World,
    request: &'a Request<'a>,
    showing: &'a Showing<'a>,
    stage: &'a Stage,
    kept: &'a Kept,
    made: AtomicUsize,
    mishaps: Mishaps,
}

/// The text read last: records of a month share a file.
type Recent = Mutex<Option<(FileId, Fingerprint, Arc<str>)>>;

impl Easel<'_> {
    /// Makes an output. One that the program breaks down over does not take the others with it; the old site stays.
    fn guarded(&self, output: &Output, recent: &Recent) -> Result<(), Stop> {
        let over = || {
            let record = output.record().map(|record| self.archive.shown(record.path.as_str()));
            Over::Output(output.url.as_str().to_owned(), record)
        };
        self.mishaps.guard(over, || self.make(output, recent)).unwrap_or(Ok(()))
    }

    fn make(&self, output: &Output, recent: &Recent) -> Result<(), Stop> {
        if self.request.watch.is_called_off() {
            return Err(Halt::CalledOff.into());
        }
        if self.stage.keeps(&output.url, output.key)? {
            return Ok(());
        }
        self.made.fetch_add(1, Ordering::Relaxed);
        if let Make::Copy(path) = &output.make {
            let Some(mut file) = self.archive.open(path)? else { return Err(Stop::Overtaken(path.clone())) };
            let source = self.archive.shown(path);
            return Ok(self.stage.copy(&output.url, output.key, &mut file, Path::new(&source))?);
        }
        match site::make(output, self.showing, &|record| self.text(record, recent)) {
            Ok(bytes) => Ok(self.stage.put(&output.url, output.key, &bytes)?),
            Err(Unmade::Changed(path)) => Err(Stop::Overtaken(path)),
            Err(Unmade::TooLarge(url)) => Err(Halt::TooLarge(url).into()),
            Err(Unmade::Template(fault)) => Err(Halt::Theme(vec![*fault]).into()),
        }
    }

    /// The text of a record's file as it was planned with: kept since, or read again if its bytes are still the same
    /// (`decisions.md` 2).
    fn text(&self, record: &Record, recent: &Recent) -> Option<Arc<str>> {
        let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((file, content, text)) = &*recent
            && (*file, *content) == (record.file, record.content)
        {
            return Some(text.clone());
        }
        let text: Arc<str> = match self.kept.take(record.file, record.content) {
            Some(text) => text.into(),
            None => {
                let bytes = self.archive.read(record.path.as_str(), MAX_FILE).ok()??;
                if Fingerprint::of(&bytes) != record.content {
                    return None;
                }
                decode(&bytes, self.request.policy.pinned(record.path.as_str())).text.into()
            }
        };
        *recent = Some((record.file, record.content, text.clone()));
        Some(text)
    }
}
