//! Making outputs: each is asked of the stage, made if it must be, and staged.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::kept::Kept;
use super::mishap::{Mishaps, Over};
use super::{Halt, Request};
use crate::archive::Dossier;
use crate::document::MAX_FILE;
use crate::i18n::Message;
use crate::publish::Stage;
use crate::record::Record;
use crate::route::Page;
use crate::site::{self, Make, Output, Showing, Unmade};
use crate::source::World;
use crate::text::{FileId, Fingerprint, decode};

/// Why an output was not made.
pub(super) enum Stop {
    /// This file changed between being planned with and being shown.
    Overtaken(Arc<str>),
    /// Anything else.
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Error(error.into())
    }
}

/// Everything an output is made with.
pub(super) struct Easel<'a> {
    archive: &'a dyn World,
    request: &'a Request<'a>,
    showing: &'a Showing<'a>,
    stage: &'a Stage,
    kept: &'a Kept,
    /// How many outputs were made.
    pub made: AtomicUsize,
    /// What the program broke down over.
    pub mishaps: Mishaps,
}

/// The text read last: records of a month share a file.
pub(super) type Recent = Mutex<Option<(FileId, Fingerprint, Arc<String>)>>;

impl<'a> Easel<'a> {
    /// Nothing is made yet.
    pub fn new(
        archive: &'a dyn World,
        request: &'a Request<'a>,
        showing: &'a Showing<'a>,
        stage: &'a Stage,
        kept: &'a Kept,
    ) -> Self {
        Easel { archive, request, showing, stage, kept, made: AtomicUsize::new(0), mishaps: Mishaps::default() }
    }

    /// The outputs of a dossier, planned.
    pub fn plan(&self, dossier: &Dossier) -> Vec<Output> {
        let plan = || site::dossier_outputs(self.showing, dossier);
        self.mishaps.guard(|| Over::Pages(dossier.id.to_string()), plan).unwrap_or_default()
    }

    /// Makes an output. One that the program breaks down over does not take the others with it; the old site stays.
    pub fn guarded(&self, output: &Output, recent: &Recent) -> Result<(), Stop> {
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
            Err(Unmade::Template(fault)) => {
                let (path, text, mut news) = *fault;
                // The page is named already; whoever mends the template looks for what is strange about its record.
                if let Some(record) = output.record().or_else(|| self.at_home(output)) {
                    let shown = self.archive.shown(record.path.as_str());
                    news = news.help(Message::new("help.template-record").with("path", shown));
                }
                Err(Halt::Theme(vec![(path, text, news)]).into())
            }
        }
    }

    /// The record of the customer whose first page this is.
    fn at_home(&self, output: &Output) -> Option<&Record> {
        let home = |dossier: &&Arc<Dossier>| self.showing.routes.page(&Page::Dossier(dossier.id.clone())) == output.url;
        self.showing.archive.dossiers.values().find(home)?.records().next().map(|record| &**record)
    }

    /// The text of a record's file as it was planned with: kept since, or read again if its bytes are still the same
    /// (`decisions.md` 2).
    fn text(&self, record: &Record, recent: &Recent) -> Option<Arc<String>> {
        let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((file, content, text)) = &*recent
            && (*file, *content) == (record.file, record.content)
        {
            return Some(text.clone());
        }
        let text = match self.kept.get(record.file, record.content) {
            Some(text) => text,
            None => {
                let bytes = self.archive.read(record.path.as_str(), MAX_FILE).ok()??;
                if Fingerprint::of(&bytes) != record.content {
                    return None;
                }
                Arc::new(decode(&bytes, self.request.policy.pinned(record.path.as_str())).text)
            }
        };
        *recent = Some((record.file, record.content, text.clone()));
        Some(text)
    }
}
