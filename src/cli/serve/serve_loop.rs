//! Keeps the published site up to date: the main loop of `serve`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::priority::CancelFlags;
use super::reported::ReportedNotices;
use super::status::NoStatus;
use crate::calendar::AsOf;
use crate::cli::args::Serve;
use crate::cli::progress::TerminalProgress;
use crate::cli::session::Session;
use crate::cli::site::has_theme;
use crate::cli::wait::WatchLoop;
use crate::cli::{Environment, Exit};
use crate::config::Edition;
use crate::i18n::{Lang, Message};
use crate::publish::OutputFolder;
use crate::serve::{MessageCounts, PageNote, PreviewServer, SiteStatus};
use crate::source::Disk;
use crate::text::Fingerprint;
use crate::watch::Changes;

/// Number of attempts to lock the output folder at the start, ten a second, before giving up.
const MAX_LOCK_ATTEMPTS: u32 = 100;

/// State of the main loop.
pub(super) struct ServeLoop<'o> {
    pub env: &'o mut Environment,
    pub task: &'o Serve,
    /// Whether to print more.
    pub verbose: bool,
    /// The requested language; `None` for the configured one.
    pub asked: Option<Lang>,
    pub session: Session,
    pub program: Fingerprint,
    pub edition: Option<Edition>,
    pub out: Option<PathBuf>,
    /// The output folder, locked, with the fingerprint of program and edition.
    pub folder: Option<(OutputFolder, Fingerprint)>,
    pub theme: Option<Disk>,
    /// Whether the company's own theme existed at the last rebuild.
    pub themed: bool,
    pub wait_loop: WatchLoop,
    /// The server and the folder it serves.
    pub server: Option<(PreviewServer, PathBuf)>,
    pub status: Arc<dyn SiteStatus>,
    pub told: ReportedNotices,
    pub sums: MessageCounts,
    /// Why there is no newer site, as last reported.
    pub trouble: Vec<PageNote>,
    /// Outputs written since the last terminal output, with the number of files read and outputs rendered.
    pub changed: BTreeSet<Arc<str>>,
    pub done: (usize, usize),
    /// The last saved file of the archive, until it is printed.
    pub saved: Option<String>,
    /// Whether browsers have still to follow to its page.
    pub follows: bool,
    /// Whether a fast build was published whose full build must follow.
    pub ahead: bool,
    /// Since when a full rebuild is due.
    pub owing: Option<Instant>,
    /// Duration of the last full rebuild.
    pub took: Duration,
    /// When to retry after a failure of the machine, and the current delay.
    pub again: Option<(Instant, Duration)>,
}

impl<'o> ServeLoop<'o> {
    /// Opens the output folder and builds for the first time. Errors in texts, configuration or theme do not end it.
    pub fn open(
        task: &'o Serve,
        verbose: bool,
        asked: Option<Lang>,
        session: Session,
        env: &'o mut Environment,
    ) -> Result<ServeLoop<'o>> {
        let mut holder = ServeLoop {
            verbose,
            asked,
            program: env.print(),
            edition: None,
            out: None,
            folder: None,
            theme: None,
            themed: false,
            wait_loop: WatchLoop::new(watched(&session, None), task.poll),
            server: None,
            status: Arc::new(NoStatus),
            told: ReportedNotices::default(),
            sums: MessageCounts::default(),
            trouble: Vec::new(),
            changed: BTreeSet::new(),
            done: (0, 0),
            saved: None,
            follows: false,
            ahead: false,
            owing: None,
            took: Duration::ZERO,
            again: None,
            env,
            task,
            session,
        };
        if holder.session.invalid_config.is_none() {
            holder.load_inputs(MAX_LOCK_ATTEMPTS)?;
        }
        let progress = TerminalProgress::new(holder.env, holder.session.words);
        holder.rebuild(&Changes { rescan: true, ..Changes::default() }, Some(progress));
        Ok(holder)
    }

    /// Handles events until cancelled.
    pub fn run(&mut self) -> Result<Exit> {
        while !self.is_cancelled() {
            let changes = self.wait_loop.wait();
            if let Some(changes) = self.next_changes(changes) {
                self.rebuild(&changes, None);
            }
            self.print_watch_mode();
        }
        self.finish()
    }

    /// Stops the server and unlocks the folder. The rest is leaked, because the process ends: freeing hundreds of
    /// megabytes piece by piece would only take time.
    pub fn shut_down(self) {
        drop(self.server);
        drop(self.folder);
        std::mem::forget((self.session, self.told, self.status));
    }

    /// Finishes an outstanding full build before leaving.
    fn finish(&mut self) -> Result<Exit> {
        if self.ahead {
            self.load_inputs(0)?;
            let outcome = self.build(&CancelFlags(Vec::new()))?;
            self.print_build(outcome, false);
        }
        if self.session.builder.snapshot().is_some() {
            self.print(&Message::new("cli.serve.left"));
        }
        Ok(Exit::Success)
    }

    /// Whether Ctrl-C was pressed.
    pub fn is_cancelled(&self) -> bool {
        self.env.cancelled.load(Ordering::Relaxed)
    }

    /// The changes, or another reason to rebuild: a new day, a theme added or removed, a deleted site, deferred or
    /// failed work.
    fn next_changes(&mut self, changes: Option<Changes>) -> Option<Changes> {
        let today = AsOf((self.env.clock)());
        let new_day = self.task.as_of.is_none() && today != self.session.as_of;
        if new_day {
            self.session.set_as_of(today);
        }
        let theme = self.session.invalid_config.is_none() && has_theme(&self.session) != self.themed;
        let gone = self.folder.take_if(|(folder, _)| !folder.is_there()).is_some();
        let again = self.again.is_some_and(|(at, _)| at <= Instant::now());
        if new_day || theme || gone || again || self.owing.is_some() {
            let paths = changes.map(|changes| changes.paths).unwrap_or_default();
            return Some(Changes { paths, rescan: true });
        }
        changes
    }
}

/// The watched folders: the archive and the company's own theme.
pub(super) fn watched(session: &Session, theme: Option<&Disk>) -> Vec<(PathBuf, Vec<String>)> {
    let archive = (session.disk.root().to_owned(), session.config.ignore.clone());
    [archive].into_iter().chain(theme.map(|theme| (theme.root().to_owned(), Vec::new()))).collect()
}
