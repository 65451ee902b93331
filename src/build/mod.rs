//! The pipeline: calling the verbs of all rooms in order, and remembering by hash.
//!
//! The verbs are [`Workshop::read`] (what the archive says and what is wrong with it) and [`Workshop::build`] (the site). A
//! [`Workshop`] lives as long as its process; what it remembers costs time when it is lost and never truth. It may come to
//! nothing in five ways, none of which is the archive's fault: see [`Halt`]. The room never knows arguments or HTTP.

mod build_report;
mod config_file;
mod diagnostics;
mod dirty;
mod error;
mod fast_path;
mod full_build;
mod ingest;
mod join;
mod notices;
mod options;
mod page_plan;
mod page_writer;
mod panics;
mod persisted;
mod problems;
mod read;
mod snapshot;
mod source_texts;
#[cfg(test)]
mod tests;
mod text_cache;
mod theme;

pub use build_report::{BuildReport, Counts};
pub use config_file::{CONFIG_FILES, LoadedConfig};
pub use error::BuildError;
pub use full_build::SiteSource;
pub use notices::notices;
pub use options::{BuildOptions, NoProgress, Phase, Progress};
pub use panics::{CaughtPanic, PanicScope, catch_panic, install_panic_hook};
pub use read::ReadArchive;
pub use snapshot::{PageMessages, Snapshot};
pub use source_texts::SourceTexts;

use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::i18n::Lang;
use crate::source::{FileTable, Source};
use crate::text::Fingerprint;
use crate::theme::Theme;

/// The pipeline's memory: numbers of files, and for one policy and one edition at a time what was read and joined.
pub struct Builder {
    files: FileTable,
    /// Policy and edition that the rest belongs to.
    fingerprint: Fingerprint,
    records: ingest::RecordCache,
    joins: join::JoinCache,
    routes: Option<read::RouteCache>,
    rendered_problems: problems::RenderedProblems,
    /// What was found to be wrong by looking at the whole archive.
    archive_diagnostics: Vec<Diagnostic>,
    /// The theme, with the fingerprint of its files.
    theme: Option<(Fingerprint, Lang, Arc<Theme>)>,
    /// Whether it builds the same site again and again and remembers what that takes.
    incremental: bool,
    page_plan: Option<page_plan::PagePlan>,
    snapshot: Option<Arc<Snapshot>>,
    /// Whether what was read and joined last is what is known: not after a build that came to nothing.
    is_current: bool,
    dirty: dirty::DirtyPaths,
    /// What is kept of the files of the build at hand, and how many bytes of a build may be.
    texts: text_cache::TextCache,
    text_cache_bytes: usize,
}

impl Default for Builder {
    fn default() -> Self {
        Builder {
            files: FileTable::default(),
            fingerprint: Fingerprint::default(),
            records: ingest::RecordCache::default(),
            joins: join::JoinCache::default(),
            routes: None,
            rendered_problems: problems::RenderedProblems::new(),
            archive_diagnostics: Vec::new(),
            theme: None,
            incremental: false,
            page_plan: None,
            snapshot: None,
            is_current: false,
            dirty: dirty::DirtyPaths::default(),
            texts: text_cache::TextCache::default(),
            text_cache_bytes: text_cache::MAX_BYTES,
        }
    }
}

impl Builder {
    /// Nothing remembered yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for one that stays and builds a site again and again as it is being written.
    pub fn incremental() -> Self {
        Builder { incremental: true, ..Self::default() }
    }

    /// What was known when the site was last made; only one that stays knows.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.clone()
    }

    /// Where texts are looked up when news is drawn.
    pub fn source_texts<'a>(&'a self, world: &'a dyn Source, config: Option<&'a Config>) -> SourceTexts<'a> {
        SourceTexts::new(&self.files, world, config)
    }
}
