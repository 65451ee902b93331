//! Who keeps the site up to date: one ring after the other.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::priority::PriorityProgress;
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
use crate::watch::Ring;

/// Another build is waited for this long in the beginning: ten times a second.
const LOCK_NOTICE_AFTER: u32 = 100;

/// Who keeps the site.
pub(super) struct OutputKeeper<'o> {
    pub env: &'o mut Environment,
    pub task: &'o Serve,
    /// Whether more is said about what is done.
    pub verbose: bool,
    /// The language that was asked for; else that of the policy is spoken.
    pub asked: Option<Lang>,
    pub session: Session,
    pub program: Fingerprint,
    pub edition: Option<Edition>,
    pub out: Option<PathBuf>,
    /// The output folder, ours as long as we live, and for which program and edition.
    pub folder: Option<(OutputFolder, Fingerprint)>,
    pub theme: Option<Disk>,
    /// Whether there was a theme of the company's own at the last look.
    pub themed: bool,
    pub watchman: WatchLoop,
    /// The window and the folder it shows.
    pub window: Option<(PreviewServer, PathBuf)>,
    pub status: Arc<dyn SiteStatus>,
    pub told: ReportedNotices,
    pub sums: MessageCounts,
    /// Why there is no newer site, as it was told.
    pub trouble: Vec<PageNote>,
    /// What was written since the last line on the terminal, how many files were read for it and outputs made.
    pub changed: BTreeSet<Arc<str>>,
    pub done: (usize, usize),
    /// The file of the archive that was saved last, until the line is on the terminal.
    pub saved: Option<String>,
    /// Whether browsers are still to be told of its page.
    pub follows: bool,
    /// Whether part of the site was published of which the rest must follow.
    pub ahead: bool,
    /// Since when a look at everything is owed.
    pub owing: Option<Instant>,
    /// How long the last look at everything took.
    pub took: Duration,
    /// When to try again what the machine refused, and how long was waited for it.
    pub again: Option<(Instant, Duration)>,
}

impl<'o> OutputKeeper<'o> {
    /// Opens the output folder and builds for the first time. What is wrong with texts, policy or theme does not end it.
    pub fn open(
        task: &'o Serve,
        verbose: bool,
        asked: Option<Lang>,
        session: Session,
        env: &'o mut Environment,
    ) -> Result<OutputKeeper<'o>> {
        let mut holder = OutputKeeper {
            verbose,
            asked,
            program: env.print(),
            edition: None,
            out: None,
            folder: None,
            theme: None,
            themed: false,
            watchman: WatchLoop::new(hung(&session, None), task.poll),
            window: None,
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
        if holder.session.unruled.is_none() {
            holder.load_inputs(LOCK_NOTICE_AFTER)?;
        }
        let progress = TerminalProgress::new(holder.env, holder.session.words);
        holder.rebuild(&Ring { anything: true, ..Ring::default() }, Some(progress));
        Ok(holder)
    }

    /// Answers rings until it is called off.
    pub fn hold(&mut self) -> Result<Exit> {
        while !self.is_called_off() {
            let ring = self.watchman.wait();
            if let Some(ring) = self.reason(ring) {
                self.rebuild(&ring, None);
            }
            self.print_watch_mode();
        }
        self.leave()
    }

    /// The process ends: giving hundreds of megabytes back piece by piece would only make people wait.
    pub fn release(self) {
        drop(self.window);
        drop(self.folder);
        std::mem::forget((self.session, self.told, self.status));
    }

    /// A whole site is left behind.
    fn leave(&mut self) -> Result<Exit> {
        if self.ahead {
            self.load_inputs(0)?;
            let outcome = self.build(&PriorityProgress(Vec::new()))?;
            self.print_build(outcome, false);
        }
        if self.session.builder.snapshot().is_some() {
            self.print(&Message::new("cli.serve.left"));
        }
        Ok(Exit::Fine)
    }

    /// Whether somebody pressed Ctrl-C.
    pub fn is_called_off(&self) -> bool {
        self.env.called_off.load(Ordering::Relaxed)
    }

    /// The ring, or another reason to look: a new day, a theme that came or went, a site that is gone, work that was put
    /// off or refused.
    fn reason(&mut self, ring: Option<Ring>) -> Option<Ring> {
        let today = AsOf((self.env.clock)());
        let new_day = self.task.as_of.is_none() && today != self.session.as_of;
        if new_day {
            self.session.switch_config(today);
        }
        let theme = self.session.unruled.is_none() && has_theme(&self.session) != self.themed;
        let gone = self.folder.take_if(|(folder, _)| !folder.is_there()).is_some();
        let again = self.again.is_some_and(|(at, _)| at <= Instant::now());
        if new_day || theme || gone || again || self.owing.is_some() {
            let named = ring.map(|ring| ring.named).unwrap_or_default();
            return Some(Ring { named, anything: true });
        }
        ring
    }
}

/// What the bell hangs on: the archive and the company's own theme.
pub(super) fn hung(session: &Session, theme: Option<&Disk>) -> Vec<(PathBuf, Vec<String>)> {
    let archive = (session.disk.root().to_owned(), session.config.ignore.clone());
    [archive].into_iter().chain(theme.map(|theme| (theme.root().to_owned(), Vec::new()))).collect()
}
