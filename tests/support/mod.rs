//! The test bench: what tests of the whole house share.

mod case;
mod file_spec;
mod forms_archive;
mod oversized;
mod pipeline;
mod rng;
mod sample_site;
mod site_folder;
mod snapshot;

use std::path::{Path, PathBuf};

pub use case::{Block, Case, Step};
pub use forms_archive::forms_archive;
pub use oversized::oversized_archive;
pub use pipeline::{PipelineRun, ReportedMessage, load_config};
pub use rng::Rng;
pub use sample_site::SampleSite;
pub use site_folder::{Files, KEPT, SiteFolder, after_many_edits, run, sample_files};
pub use snapshot::{SiteSnapshot, copy_all, state_files, write_files};

/// The folder of the program's own sources.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of ours.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder with that extension, in order of path.
pub fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let paths = walk.into_iter().map(|entry| entry.expect("a readable folder").into_path());
    paths.filter(|path| path.is_file() && path.extension().is_some_and(|found| found == extension)).collect()
}

/// Whether expectations are to be rewritten by what came out: `UPDATE=1`.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// How often a test of chance is to play, when it is to take its time: `KEDANG_LONG=1000`.
pub fn long_run_count() -> Option<usize> {
    std::env::var("KEDANG_LONG").ok()?.parse().ok()
}
