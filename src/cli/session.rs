//! An opened archive: location, configuration, builder. The start of every command that reads the archive.

use std::sync::Arc;

use anyhow::Result;

use super::archive_location::ArchiveLocation;
use super::args::Args;
use super::config_reload::{ConfigBytes, config_bytes, config_missing, empty_config, load_config};
use super::failure::Failure;
use super::{Environment, Exit};
use crate::build::{BuildOptions, Builder, LoadedConfig, Progress, ReadArchive};
use crate::calendar::{AsOf, Date};
use crate::config::{Config, Edition};
use crate::diag::{Code, Diagnostic, Format, Notice, Severity, SourceLookup, nearest, render};
use crate::i18n::{Catalog, Lang, Message};
use crate::source::Disk;
use crate::text::FileId;

/// An opened archive.
pub(super) struct Session {
    /// Its location.
    pub place: ArchiveLocation,
    /// Its files.
    pub disk: Disk,
    /// Its configuration.
    pub config: Arc<Config>,
    /// Diagnostics of the configuration, none of them errors.
    pub config_diagnostics: Vec<Diagnostic>,
    /// Diagnostics of an invalid configuration; then nothing may be published.
    pub invalid_config: Option<Vec<Diagnostic>>,
    /// Bytes of the configuration files as read; `None` to read them again in any case.
    pub(super) as_read: Option<ConfigBytes>,
    /// The build pipeline.
    pub builder: Builder,
    /// Catalogue of messages.
    pub words: &'static Catalog,
    /// Today.
    pub as_of: AsOf,
}

impl Session {
    /// Opens the requested archive. `lang` becomes the configured language unless one was requested. An invalid
    /// configuration is reported, and the exit code is 2, or 4 if secrecy is concerned.
    pub fn open(
        args: &Args,
        day: Option<Date>,
        env: &mut Environment,
        lang: &mut Option<Lang>,
    ) -> Result<Result<Session, Exit>> {
        let session = Session::open_with_errors(args, day, Builder::new(), env, lang)?;
        let Some(diagnostics) = &session.invalid_config else { return Ok(Ok(session)) };
        let notices: Vec<Notice> = diagnostics.iter().map(Notice::from).collect();
        print(&notices, Format::Human, &session.builder.source_texts(&session.disk, None), session.words, env);
        let secret = diagnostics.iter().any(|diagnostics| diagnostics.code == Code::PolicySecrecy);
        Ok(Err(if secret { Exit::Secrecy } else { Exit::Usage }))
    }

    /// As [`open`](Self::open), for commands that can wait for a valid configuration: the session has an empty one,
    /// with which nothing may be published.
    pub fn open_with_errors(
        args: &Args,
        day: Option<Date>,
        mut builder: Builder,
        env: &mut Environment,
        lang: &mut Option<Lang>,
    ) -> Result<Session> {
        let place = ArchiveLocation::find(args.root.as_deref(), &env.working)?;
        let disk = Disk::open(&place.archive, &env.working)?;
        let as_of = AsOf(day.unwrap_or(env.today));
        let as_read = Some(config_bytes(&disk)?);
        let LoadedConfig { config, diagnostics, path } = load_config(&mut builder, &disk, as_of)?;
        let (config, config_diagnostics, invalid_config) = match config {
            Some(config) => {
                lang.get_or_insert(config.language);
                (config, diagnostics, None)
            }
            None if path.is_none() => return Err(config_missing(&place).into()),
            None => (Arc::new(empty_config()?), Vec::new(), Some(diagnostics)),
        };
        let words = Catalog::of(lang.unwrap_or_default());
        if args.verbose && invalid_config.is_none() {
            env.err.line(words.format(&Message::new("cli.verbose.archive").with("path", disk.root().display())));
        }
        Ok(Session { place, disk, config, config_diagnostics, invalid_config, as_read, builder, words, as_of })
    }

    /// The edition with this key or name; the full one by default.
    pub fn edition(&self, asked: Option<&str>) -> Result<Edition> {
        edition(&self.config, asked)
    }

    /// Reads the archive, for commands that build no site.
    pub fn read(&mut self, edition: &Edition, watch: &dyn Progress) -> Result<ReadArchive> {
        let config = self.config.clone();
        let request = BuildOptions {
            config: &config,
            config_diagnostics: &self.config_diagnostics,
            edition,
            as_of: self.as_of,
            pinned: false,
            program: Default::default(),
            progress: watch,
        };
        self.builder.read(&self.disk, &request)
    }
}

/// The configured edition with this key or name; the full one by default.
pub(super) fn edition(config: &Config, asked: Option<&str>) -> Result<Edition> {
    let asked = asked.unwrap_or("full");
    if let Some(edition) = config.edition(asked) {
        return Ok(edition.clone());
    }
    let keys: Vec<&str> = config.editions.iter().map(|edition| edition.key.as_str()).collect();
    let message = Message::new("cli.edition.unknown").with("edition", asked);
    let mut failure = Failure { exit: Exit::Secrecy, ..Failure::usage(message) };
    if let Some(meant) = nearest(asked, keys.iter().copied()) {
        failure = failure.help(Message::new("cli.usage.meant").with("meant", meant));
    }
    Err(failure.help(Message::new("cli.usage.values").with("values", keys.join("、"))).into())
}

/// Prints notices on standard output; with `-q` only errors.
pub(super) fn print(notices: &[Notice], format: Format, sources: &dyn SourceLookup, words: &Catalog, env: &mut Environment) {
    let color = env.out.is_colored();
    for notice in notices {
        if env.out.is_broken() {
            break;
        }
        if !env.quiet || notice.severity == Severity::Error {
            env.out.write(render(notice, format, sources, words, color));
        }
    }
    // The summary on standard error follows its details.
    env.out.flush();
}

/// A single text, for diagnostics about a file outside the archive.
pub(super) struct SingleSource(pub String, pub Arc<str>);

impl SourceLookup for SingleSource {
    fn source(&self, _: FileId) -> Option<(String, Arc<str>)> {
        Some((self.0.clone(), self.1.clone()))
    }
}
