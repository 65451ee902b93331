//! One rebuild: the saved files first, then everything.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::failure::ServeFailure;
use super::last_saved;
use super::priority::CancelFlags;
use super::reported::ReportedNotices;
use super::serve_loop::{ServeLoop, watched};
use crate::build::{self, BuildError, BuildOptions, BuildReport, Builder, NoProgress, Progress};
use crate::cli::Exit;
use crate::cli::failure::{self, Failure};
use crate::cli::progress::TerminalProgress;
use crate::cli::session::Session;
use crate::cli::site::{has_theme, theme_of};
use crate::cli::wait::changed_paths;
use crate::i18n::Message;
use crate::publish::{self, OutputFolder, Refusal};
use crate::source::Disk;
use crate::watch::Changes;

/// Maximum time that further saves defer the full rebuild. The saved page is shown at once, lists at the latest after
/// this.
const MAX_DEFER: Duration = Duration::from_secs(10);

/// After a save the full rebuild waits for a quarter of the last one's duration, at most this long, so that a second
/// save does not wait for lists that nobody has opened.
const MAX_YIELD: Duration = Duration::from_secs(1);
/// First and last delay between attempts after a failure of the machine.
const SOON_DELAY: Duration = Duration::from_millis(500);
const LATE_DELAY: Duration = Duration::from_secs(30);

impl ServeLoop<'_> {
    /// Rebuilds and reports the result, also of a panic.
    pub(super) fn rebuild(&mut self, changes: &Changes, progress: Option<TerminalProgress>) {
        let trouble = match build::catch_panic(|| self.try_rebuild(changes, progress)) {
            Ok(Ok(())) => {
                self.again = None;
                return;
            }
            Ok(Err(trouble)) => trouble,
            Err(said) => {
                self.session.reset_builder(Builder::incremental());
                self.told = ReportedNotices::default();
                self.folder = None;
                let failure =
                    Failure { exit: Exit::SystemFailure, ..Failure::usage(Message::new("cli.panic").with("said", said)) };
                failure.help(failure::bug_report_request()).into()
            }
        };
        if let ServeFailure::Error(error) = &trouble
            && (error.is::<publish::PublishError>() || error.is::<Refusal>())
        {
            // The state of the folder is unknown: it is opened again.
            self.folder = None;
        }
        self.owing = None;
        self.again = (!trouble.waits_for_event()).then(|| {
            let waited = self.again.map_or(SOON_DELAY, |(_, waited)| (waited * 2).min(LATE_DELAY));
            (Instant::now() + waited, waited)
        });
        self.print_failure(&trouble);
    }

    fn try_rebuild(&mut self, changes: &Changes, progress: Option<TerminalProgress>) -> Result<(), ServeFailure> {
        let began = Instant::now();
        let since = *self.owing.get_or_insert(began);
        let first = progress.is_some();
        let named = changed_paths(changes, self.session.disk.root());
        self.session.builder.mark_dirty(&named);
        let mut anew = self.read_config()?;
        self.load_inputs(0)?;
        self.themed = has_theme(&self.session);
        let theme = theme_of(&self.session, &self.env.working)?;
        let root = |theme: &Option<Disk>| theme.as_ref().map(|disk| disk.root().to_owned());
        let dressed = root(&theme) != root(&self.theme);
        anew |= dressed;
        self.theme = theme;
        if self.verbose && (first || dressed) {
            self.print_folders();
        }
        self.wait_loop.set_dirs(watched(&self.session, self.theme.as_ref()));

        if let Some(path) = last_saved::last_saved(&changes.paths, self.session.disk.root()) {
            self.saved = Some(path);
            self.follows = self.task.follow;
        }
        let glanced = !anew && !first && self.fast_rebuild(changes, &named)?;
        if glanced {
            self.print_duration("cli.verbose.glanced", began);
        }
        let built = match progress {
            Some(progress) => self.build(&progress),
            None => {
                // A build published in part must be completed; others can be cancelled.
                let calls = (!self.ahead).then(|| self.env.cancelled.clone());
                let rings = (since.elapsed() < MAX_DEFER).then(|| self.wait_loop.interrupted());
                let hurry = CancelFlags(calls.into_iter().chain(rings).collect());
                if glanced {
                    hurry.wait((self.took / 4).min(MAX_YIELD));
                }
                self.build(&hurry)
            }
        };
        let fresh = match built {
            Ok(mut outcome) => {
                let fresh = std::mem::take(&mut outcome.changed_paths);
                self.print_build(outcome, first);
                fresh
            }
            Err(error) if matches!(error.downcast_ref(), Some(BuildError::Cancelled)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        self.owing = None;
        let root = self.session.disk.root();
        let found = fresh.iter().filter(|_| !first).map(|path| root.join(&**path));
        self.wait_loop.rebuilt(began.elapsed(), changes.paths.iter().cloned().chain(found));
        self.print_duration("cli.verbose.looked", began);
        Ok(())
    }

    fn print_folders(&mut self) {
        if let (Some((folder, _)), Some(edition)) = (&self.folder, &self.edition) {
            let out = Message::new("cli.verbose.out").with("path", folder.path().display()).with("edition", &edition.label);
            self.print(&out);
        }
        if let Some(theme) = &self.theme {
            self.print(&Message::new("cli.verbose.theme").with("path", theme.root().display()));
        }
    }

    fn print_duration(&mut self, key: &str, began: Instant) {
        if self.verbose {
            self.print(&Message::new(key).with("ms", began.elapsed().as_millis()));
        }
    }

    /// Rebuilds only what the event named; returns whether that was possible.
    fn fast_rebuild(&mut self, changes: &Changes, named: &[String]) -> Result<bool> {
        let is_theme = |path: &PathBuf| self.theme.as_ref().is_some_and(|theme| path.starts_with(theme.root()));
        if named.is_empty() || changes.paths.iter().any(is_theme) {
            return Ok(false);
        }
        let glanced = self.with_options(&NoProgress, |builder, site, request, folder| {
            builder.build_changed_files(site, request, folder, named)
        })?;
        let Some(outcome) = glanced else { return Ok(false) };
        self.ahead = true;
        self.print_fast_build(outcome);
        Ok(true)
    }

    pub(super) fn build(&mut self, watch: &dyn Progress) -> Result<BuildReport> {
        let began = Instant::now();
        let built = self.with_options(watch, |builder, site, request, folder| builder.build(site, request, folder));
        if built.is_ok() {
            self.took = began.elapsed();
        }
        built
    }

    fn with_options<T>(
        &mut self,
        watch: &dyn Progress,
        work: impl FnOnce(&mut Builder, build::SiteSource<'_>, &BuildOptions<'_>, &mut OutputFolder) -> Result<T>,
    ) -> Result<T> {
        // Both exist: `load_inputs` runs before every rebuild.
        let (Some(edition), Some((folder, _))) = (&self.edition, &mut self.folder) else {
            return Err(BuildError::Cancelled.into());
        };
        let Session { config, config_diagnostics, as_of, builder, disk, .. } = &mut self.session;
        let request = BuildOptions {
            config,
            config_diagnostics,
            edition,
            as_of: *as_of,
            pinned: self.task.as_of.is_some(),
            program: self.program,
            progress: watch,
        };
        let site = build::SiteSource { archive: disk, theme: self.theme.as_ref().map(|disk| disk as _) };
        work(builder, site, &request, folder)
    }
}
