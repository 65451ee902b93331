//! Inputs of every rebuild: current configuration, edition, output folder.

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::failure::ServeFailure;
use super::serve_loop::ServeLoop;
use crate::build::{BuildOptions, NoProgress};
use crate::cli::session::edition;
use crate::cli::site::{output_folder, protected_paths};
use crate::i18n::Message;
use crate::publish::{OpenOptions, OutputFolder};

impl ServeLoop<'_> {
    /// Reads the configuration if its file or the day changed; returns whether it did.
    pub(super) fn read_config(&mut self) -> Result<bool, ServeFailure> {
        let anew = self.session.reload_config(self.asked)?;
        if anew {
            self.edition = None;
        }
        match &self.session.invalid_config {
            Some(diagnostics) => Err(ServeFailure::Policy(diagnostics.clone())),
            None => Ok(anew),
        }
    }

    /// Determines the edition and opens the output folder, if that is not done yet. `patience`: number of attempts to
    /// lock the folder, ten a second, besides the first.
    pub(super) fn load_inputs(&mut self, patience: u32) -> Result<()> {
        let config = &self.session.config;
        let edition = match &self.edition {
            Some(edition) => edition,
            None => self.edition.insert(edition(config, self.task.edition.as_deref())?),
        };
        let out = match &self.out {
            Some(out) => out,
            None => {
                let out = output_folder(&self.session, edition, self.task.out.as_deref(), &self.env.working)?;
                self.out.insert(out)
            }
        };
        let fingerprint = BuildOptions {
            config,
            config_diagnostics: &[],
            edition,
            as_of: self.session.as_of,
            pinned: false,
            program: self.program,
            progress: &NoProgress,
        }
        .folder_fingerprint();
        if self.folder.as_ref().is_some_and(|(_, of)| *of == fingerprint) {
            return Ok(());
        }
        // Its content may belong to an edition that the last configuration defined differently.
        self.folder = None;
        let guarded = protected_paths(&self.session);
        let (words, err, cancelled) = (self.session.words, &mut self.env.err, &self.env.cancelled);
        let opening = OpenOptions { out, guarded: &guarded, home: self.env.home.as_deref(), fingerprint };
        let folder = OutputFolder::open(&opening, &mut |tries, holder| {
            if tries == 0 && patience > 0 {
                let say = match holder {
                    Some(pid) => Message::new("cli.build.waiting").with("pid", pid),
                    None => Message::new("cli.build.waiting-unknown"),
                };
                err.line(words.format(&say));
            }
            tries < patience && !cancelled.load(Ordering::Relaxed)
        })?;
        self.folder = Some((folder, fingerprint));
        Ok(())
    }
}
