//! Renders outputs and stages them, unless the stage already has them.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::panics::{PanicCollector, PanicScope};
use super::text_cache::TextCache;
use super::{BuildError, BuildOptions};
use crate::archive::Dossier;
use crate::document::MAX_FILE;
use crate::i18n::Message;
use crate::publish::Stage;
use crate::record::Record;
use crate::route::Page;
use crate::site::{self, Output, OutputKind, RenderError, SiteContext};
use crate::source::Source;
use crate::text::{FileId, Fingerprint, decode};

/// Why an output was not written.
pub(super) enum WriteError {
    /// This file changed between planning and rendering.
    InputChanged(Arc<str>),
    /// Anything else.
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for WriteError {
    fn from(error: E) -> Self {
        WriteError::Error(error.into())
    }
}

/// Everything needed to render an output.
pub(super) struct PageWriter<'a> {
    archive: &'a dyn Source,
    options: &'a BuildOptions<'a>,
    site: &'a SiteContext<'a>,
    stage: &'a Stage,
    kept: &'a TextCache,
    /// Number of outputs rendered.
    pub written: AtomicUsize,
    /// Panics caught while planning and rendering.
    pub panics: PanicCollector,
}

/// The text read last: the records of a month share a file.
pub(super) type LastText = Mutex<Option<(FileId, Fingerprint, Arc<String>)>>;

impl<'a> PageWriter<'a> {
    /// A writer that has rendered nothing yet.
    pub fn new(
        archive: &'a dyn Source,
        options: &'a BuildOptions<'a>,
        site: &'a SiteContext<'a>,
        stage: &'a Stage,
        kept: &'a TextCache,
    ) -> Self {
        PageWriter { archive, options, site, stage, kept, written: AtomicUsize::new(0), panics: PanicCollector::default() }
    }

    /// Plans the outputs of a dossier.
    pub fn plan(&self, dossier: &Dossier) -> Vec<Output> {
        let plan = || site::dossier_outputs(self.site, dossier);
        self.panics.catch(|| PanicScope::Pages(dossier.id.to_string()), plan).unwrap_or_default()
    }

    /// Renders an output. A panic does not affect other outputs; the old site remains.
    pub fn write_guarded(&self, output: &Output, recent: &LastText) -> Result<(), WriteError> {
        let over = || {
            let record = output.record().map(|record| self.archive.display_path(record.path.as_str()));
            PanicScope::Output(output.url.as_str().to_owned(), record)
        };
        self.panics.catch(over, || self.write(output, recent)).unwrap_or(Ok(()))
    }

    fn write(&self, output: &Output, recent: &LastText) -> Result<(), WriteError> {
        if self.options.progress.is_cancelled() {
            return Err(BuildError::Cancelled.into());
        }
        if self.stage.keep_if_current(&output.url, output.key)? {
            return Ok(());
        }
        self.written.fetch_add(1, Ordering::Relaxed);
        if let OutputKind::Copy(path) = &output.make {
            let Some(mut file) = self.archive.open(path)? else { return Err(WriteError::InputChanged(path.clone())) };
            let source = self.archive.display_path(path);
            return Ok(self.stage.copy(&output.url, output.key, &mut file, Path::new(&source))?);
        }
        match site::render_output(output, self.site, &|record| self.text(record, recent)) {
            Ok(bytes) => Ok(self.stage.put(&output.url, output.key, &bytes)?),
            Err(RenderError::Changed(path)) => Err(WriteError::InputChanged(path)),
            Err(RenderError::TooLarge(url)) => Err(BuildError::TooLarge(url).into()),
            Err(RenderError::Template(fault)) => {
                let (path, text, mut diagnostics) = *fault;
                // The page is already named; who fixes the template needs to know what is special about its record.
                if let Some(record) = output.record().or_else(|| self.customer_record(output)) {
                    let shown = self.archive.display_path(record.path.as_str());
                    diagnostics = diagnostics.help(Message::new("help.template-record").with("path", shown));
                }
                Err(BuildError::Theme(vec![(path, text, diagnostics)]).into())
            }
        }
    }

    /// The first record of the customer whose main page this is.
    fn customer_record(&self, output: &Output) -> Option<&Record> {
        let home = |dossier: &&Arc<Dossier>| self.site.routes.page(&Page::Dossier(dossier.id.clone())) == output.url;
        self.site.archive.dossiers.values().find(home)?.records().next().map(|record| &**record)
    }

    /// The text of a record's file as it was when planned: from the cache, or read again if its bytes are unchanged
    /// (`decisions.md` 2).
    fn text(&self, record: &Record, recent: &LastText) -> Option<Arc<String>> {
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
                Arc::new(decode(&bytes, self.options.config.fixed_encoding(record.path.as_str())).text)
            }
        };
        *recent = Some((record.file, record.content, text.clone()));
        Some(text)
    }
}
