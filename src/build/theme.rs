//! Reads the company's own theme files.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::source::{Ignore, Source};
use crate::text::{Fingerprint, Fingerprinter};

/// Maximum size in bytes; a larger file is truncated and then refused by its reader.
const MAX_THEME_FILE: usize = 8 * 1024 * 1024;

/// An error in a theme: path, text and diagnostic of the file.
pub(super) type ThemeError = (String, String, Diagnostic);

/// The errors with display paths of the company's own files; those of the built-in theme are unchanged.
pub(super) fn with_display_paths(
    faults: Vec<ThemeError>,
    own: &BTreeMap<String, Vec<u8>>,
    source: Option<&dyn Source>,
) -> Vec<ThemeError> {
    let show = |path: String| match source {
        Some(source) if own.contains_key(&path) => source.display_path(&path),
        _ => path,
    };
    faults.into_iter().map(|(path, text, diagnostics)| (show(path), text, diagnostics)).collect()
}

/// The files of a theme folder by path, and their fingerprint.
pub(super) fn files(source: Option<&dyn Source>) -> Result<(BTreeMap<String, Vec<u8>>, Fingerprint)> {
    let mut files = BTreeMap::new();
    if let Some(source) = source {
        let listing = source.list(&Ignore::default())?;
        let read = listing.files.par_iter().map(|stamp| source.read(&stamp.path, MAX_THEME_FILE));
        for (stamp, bytes) in listing.files.iter().zip(read.collect::<Result<Vec<_>, _>>()?) {
            if let Some(bytes) = bytes {
                files.insert(stamp.path.to_string(), bytes);
            }
        }
    }
    let mut fingerprint = Fingerprinter::new();
    for (path, bytes) in &files {
        fingerprint.text(path).bytes(bytes);
    }
    Ok((files, fingerprint.finish()))
}
