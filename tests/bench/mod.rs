//! The test bench: what tests of the whole house share.

mod built;
mod case;
mod crowd;
mod dice;
mod formed;
mod home;
mod run;
mod spell;
mod tree;

use std::path::{Path, PathBuf};

pub use built::Built;
pub use case::{Case, Piece, Scene};
pub use crowd::crowded;
pub use dice::Dice;
pub use formed::formed;
pub use home::{Files, Home, KEPT, busy_day, finished, sample};
pub use run::{Run, Said, ruled};
pub use tree::{Tree, copy_all, lay, own};

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
pub fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// How often a test of chance is to play, when it is to take its time: `KEDANG_LONG=1000`.
pub fn long() -> Option<usize> {
    std::env::var("KEDANG_LONG").ok()?.parse().ok()
}
