//! Output folder and theme of a site.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::failure::Failure;
use super::session::Session;
use crate::config::Edition;
use crate::diag::nearest;
use crate::i18n::Message;
use crate::publish::ProtectedPath;
use crate::source::Disk;

/// Name of the built-in theme.
const OWN_THEME: &str = "ink";

/// The folders of one site.
pub(super) struct Site {
    /// Output folder.
    pub out: PathBuf,
    /// The company's own theme.
    pub theme: Option<Disk>,
    /// Folders that must not be overwritten.
    pub guarded: Vec<ProtectedPath>,
}

impl Site {
    /// The folders for this edition. `out`: the requested output folder.
    pub fn of(session: &Session, edition: &Edition, out: Option<&Path>, working: &Path) -> Result<Site> {
        let out = output_folder(session, edition, out, working)?;
        Ok(Site { out, theme: theme_of(session, working)?, guarded: protected_paths(session) })
    }
}

/// The output folder for this edition. `out`: the requested one.
pub(super) fn output_folder(session: &Session, edition: &Edition, out: Option<&Path>, working: &Path) -> Result<PathBuf> {
    match out {
        Some(out) => Ok(working.join(out)),
        None => default_out(session, edition),
    }
}

/// The company's own theme, if it has one.
pub(super) fn theme_of(session: &Session, working: &Path) -> Result<Option<Disk>> {
    match themes_folder(session) {
        Some(themes) => theme(&themes, &session.config.theme, working),
        None if session.config.theme == OWN_THEME => Ok(None),
        None => Err(no_theme(&session.config.theme, &[]).into()),
    }
}

/// Whether the company's own theme exists; errors are reported when it is opened.
pub(super) fn has_theme(session: &Session) -> bool {
    themes_folder(session).is_some_and(|themes| is_folder(&themes.join(&session.config.theme)))
}

/// Folders that must not be overwritten.
pub(super) fn protected_paths(session: &Session) -> Vec<ProtectedPath> {
    let archive = ProtectedPath { role: "archive", path: session.disk.root().to_owned() };
    [archive].into_iter().chain(themes_folder(session).map(|path| ProtectedPath { role: "themes", path })).collect()
}

/// The configured `out`, else `public` beside `content`; with the key of the edition appended unless it is the full one
/// (`decisions.md` 8, 35).
fn default_out(session: &Session, edition: &Edition) -> Result<PathBuf> {
    let out = match (&session.config.out, &session.place.site) {
        (Some(out), _) => session.disk.root().join(out),
        (None, Some(site)) => site.join("public"),
        (None, None) => {
            let failure = Failure::usage(Message::new("cli.out.missing").with("path", session.disk.root().display()));
            return Err(failure.help(Message::new("cli.out.missing-help")).into());
        }
    };
    if edition.key == "full" {
        return Ok(out);
    }
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push("-");
    name.push(&edition.key);
    Ok(out.with_file_name(name))
}

/// The folder of themes: the configured one, else `themes` beside `content` if it exists.
fn themes_folder(session: &Session) -> Option<PathBuf> {
    match (&session.config.themes, &session.place.site) {
        (Some(themes), _) => Some(session.disk.root().join(themes)),
        (None, Some(site)) => Some(site.join("themes")).filter(|themes| is_folder(themes)),
        (None, None) => None,
    }
}

fn theme(themes: &Path, name: &str, working: &Path) -> Result<Option<Disk>> {
    let folder = themes.join(name);
    if is_folder(&folder) {
        return Ok(Some(Disk::open(&folder, working)?));
    }
    if name == OWN_THEME {
        return Ok(None);
    }
    let entries = fs::read_dir(themes).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let mut names: Vec<String> = entries
        .iter()
        .filter(|entry| is_folder(&entry.path()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Err(no_theme(name, &names).into())
}

fn no_theme(name: &str, others: &[String]) -> Failure {
    let failure = Failure::usage(Message::new("cli.theme.unknown").with("theme", name));
    let known = others.iter().map(String::as_str).chain([OWN_THEME]);
    match nearest(name, known) {
        Some(meant) => failure.help(Message::new("cli.usage.meant").with("meant", meant)),
        None => failure.help(Message::new("cli.theme.unknown-help")),
    }
}

fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_dir())
}
