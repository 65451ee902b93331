//! Reloads the configuration, for commands that keep running.

use anyhow::{Context, Result};

use super::archive_location::ArchiveLocation;
use super::failure::Failure;
use super::session::Session;
use crate::build::{Builder, CONFIG_FILES, LoadedConfig};
use crate::calendar::AsOf;
use crate::config::{self, Config};
use crate::i18n::{Catalog, Lang, Message};
use crate::rule::RULES;
use crate::source::{self, Disk, Source};
use crate::text::FileId;

impl Session {
    /// Reads the configuration again if its file changed; returns whether it is a different one. While it is invalid,
    /// `invalid_config` has the diagnostics and the last valid one remains. `asked`: the requested language.
    pub fn reload_config(&mut self, asked: Option<Lang>) -> Result<bool> {
        let bytes = config_bytes(&self.disk)?;
        if self.as_read.as_ref() == Some(&bytes) {
            return Ok(false);
        }
        let LoadedConfig { config, diagnostics, path } = load_config(&mut self.builder, &self.disk, self.as_of)?;
        if path.is_none() {
            self.as_read = None;
            return Err(config_missing(&self.place).into());
        }
        self.as_read = Some(bytes);
        let Some(config) = config else {
            self.invalid_config = Some(diagnostics);
            return Ok(false);
        };
        self.words = Catalog::of(asked.unwrap_or(config.language));
        (self.config, self.config_diagnostics, self.invalid_config) = (config, diagnostics, None);
        Ok(true)
    }

    /// Handles a new day: whether its year has a holiday table is a diagnostic of the configuration.
    pub fn set_as_of(&mut self, as_of: AsOf) {
        self.as_of = as_of;
        self.as_read = None;
    }

    /// After a panic: replaces the builder, whose state may be inconsistent.
    pub fn reset_builder(&mut self, builder: Builder) {
        self.builder = builder;
        self.as_read = None;
    }
}

/// Reads the configuration and checks what its text alone cannot tell: rule names and the current year.
pub(super) fn load_config(builder: &mut Builder, disk: &Disk, as_of: AsOf) -> Result<LoadedConfig, source::SourceError> {
    let LoadedConfig { mut config, mut diagnostics, path } = builder.load_config(disk)?;
    if let Some(read) = &config {
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        let unknown = read.unknown_rules(&rules);
        diagnostics.extend(read.unknown_holidays(as_of));
        if !unknown.is_empty() {
            diagnostics.extend(unknown);
            config = None;
        }
    }
    Ok(LoadedConfig { config, diagnostics, path })
}

/// The bytes of all files that may be the configuration.
pub(super) type ConfigBytes = Vec<Option<Vec<u8>>>;

/// Maximum size in bytes for detecting changes; a larger file is not a valid configuration.
const MAX_CONFIG_BYTES: usize = 1024 * 1024;

pub(super) fn config_bytes(disk: &Disk) -> Result<ConfigBytes, source::SourceError> {
    CONFIG_FILES.iter().map(|path| disk.read(path, MAX_CONFIG_BYTES)).collect()
}

/// An empty configuration.
pub(super) fn empty_config() -> Result<Config> {
    let (config, _) = config::read("company: \"-\"\n", FileId::default());
    config.context("an empty policy")
}

/// The failure if the configuration existed when the archive was searched, and now is missing or not a plain file.
pub(super) fn config_missing(place: &ArchiveLocation) -> Failure {
    let message = Message::new("cli.place.no-policy").with("path", place.archive.display());
    Failure::usage(message).help(Message::new("cli.place.nowhere-help"))
}
