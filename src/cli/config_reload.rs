//! The policy, read again and again by the commands that stay.

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
    /// Reads the policy again if its file changed; whether it is another one now. While it cannot be read, `unruled` says why
    /// and the last one stays. `asked` is the language that was asked for.
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
            self.unruled = Some(diagnostics);
            return Ok(false);
        };
        self.words = Catalog::of(asked.unwrap_or(config.language));
        (self.config, self.config_diagnostics, self.unruled) = (config, diagnostics, None);
        Ok(true)
    }

    /// It is another day. Whether its year has holidays is news of the policy.
    pub fn switch_config(&mut self, as_of: AsOf) {
        self.as_of = as_of;
        self.as_read = None;
    }

    /// The pipeline broke down: whatever it was busy with is not used again.
    pub fn reset_builder(&mut self, builder: Builder) {
        self.builder = builder;
        self.as_read = None;
    }
}

/// Reads the policy, and judges what its text alone cannot tell: which rules there are, and which year it is.
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

/// The bytes of the files that may be the policy.
pub(super) type ConfigBytes = Vec<Option<Vec<u8>>>;

/// Whether a policy changed is seen in so much of it; a larger one is none.
const MAX_CONFIG_BYTES: usize = 1024 * 1024;

pub(super) fn config_bytes(disk: &Disk) -> Result<ConfigBytes, source::SourceError> {
    CONFIG_FILES.iter().map(|path| disk.read(path, MAX_CONFIG_BYTES)).collect()
}

/// A policy that decides nothing.
pub(super) fn without_config() -> Result<Config> {
    let (config, _) = config::read("company: \"-\"\n", FileId::default());
    config.context("an empty policy")
}

/// The policy was there when the place was looked for, and is no plain file or gone.
pub(super) fn config_missing(place: &ArchiveLocation) -> Failure {
    let message = Message::new("cli.place.no-policy").with("path", place.archive.display());
    Failure::usage(message).help(Message::new("cli.place.nowhere-help"))
}
