//! The incremental build pipeline: runs all stages in order and caches their results by fingerprint.
//!
//! [`Builder::read`] reads, joins and checks the archive; [`Builder::build`] also publishes the site. A [`Builder`]
//! lives as long as its process. Its caches affect speed only, never results. A build fails with one of the
//! [`BuildError`]s, none of which is caused by a single document. This module knows neither command line arguments nor
//! HTTP.

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

/// Caches of the pipeline: file numbers, and for one configuration and edition at a time everything that was read and
/// joined.
pub struct Builder {
    files: FileTable,
    /// Fingerprint of the configuration and edition that the caches belong to.
    fingerprint: Fingerprint,
    records: ingest::RecordCache,
    joins: join::JoinCache,
    routes: Option<read::RouteCache>,
    rendered_problems: problems::RenderedProblems,
    /// Diagnostics that need the whole archive.
    archive_diagnostics: Vec<Diagnostic>,
    /// The theme with the fingerprint of its files.
    theme: Option<(Fingerprint, Lang, Arc<Theme>)>,
    /// Whether the builder serves repeated builds of one site and keeps snapshot and page plan.
    incremental: bool,
    page_plan: Option<page_plan::PagePlan>,
    snapshot: Option<Arc<Snapshot>>,
    /// Whether the caches hold the result of the last build; false after a failed one.
    is_current: bool,
    dirty: dirty::DirtyPaths,
    /// Texts of the files of the current build, and how many bytes of them may be kept.
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
    /// A builder with empty caches, for a single build.
    pub fn new() -> Self {
        Self::default()
    }

    /// A builder for repeated builds of one site while it is being edited.
    pub fn incremental() -> Self {
        Builder { incremental: true, ..Self::default() }
    }

    /// The state of the last published site; only an incremental builder keeps it.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.clone()
    }

    /// Looks up source texts for rendering diagnostics.
    pub fn source_texts<'a>(&'a self, source: &'a dyn Source, config: Option<&'a Config>) -> SourceTexts<'a> {
        SourceTexts::new(&self.files, source, config)
    }
}
