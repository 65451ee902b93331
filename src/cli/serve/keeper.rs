//! Who keeps the site up to date: one ring after the other.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::board::Nothing;
use super::hurry::Hurry;
use super::saved;
use super::told::Told;
use super::trouble::Trouble;
use crate::bell::Ring;
use crate::calendar::AsOf;
use crate::cli::args::Serve;
use crate::cli::failure::{self, Failure};
use crate::cli::office::{Office, edition};
use crate::cli::onlooker::Onlooker;
use crate::cli::site::{guarded, has_theme, out_of, theme_of};
use crate::cli::watchman::{Watchman, heard};
use crate::cli::{Exit, Outside};
use crate::policy::Edition;
use crate::publish::{Folder, Opening};
use crate::serve::{Board, Note, Sums, Window};
use crate::text::Fingerprint;
use crate::words::{Lang, Say};
use crate::workshop::{self, Halt, Outcome, Quiet, Request, Watch, Workshop};
use crate::world::Disk;

/// Another build is waited for this long in the beginning: ten times a second.
const PATIENCE: u32 = 100;

/// A look at everything is put off by new rings no longer than this: who saves again and again sees each save at once, and the
/// lists at the latest after it.
const PUT_OFF: Duration = Duration::from_secs(10);

/// What the machine refused is tried again after so long, and less and less often.
const SOON: Duration = Duration::from_millis(500);
const LATE: Duration = Duration::from_secs(30);

/// Who keeps the site.
pub(super) struct Keeper<'o> {
    pub outside: &'o mut Outside,
    pub task: &'o Serve,
    /// The language that was asked for; else that of the policy is spoken.
    asked: Option<Lang>,
    pub office: Office,
    program: Fingerprint,
    edition: Option<Edition>,
    pub out: Option<PathBuf>,
    /// The output folder, ours as long as we live, and for which program and edition.
    pub folder: Option<(Folder, Fingerprint)>,
    pub theme: Option<Disk>,
    pub watchman: Watchman,
    /// The window and the folder it shows.
    pub window: Option<(Window, PathBuf)>,
    pub board: Arc<dyn Board>,
    pub told: Told,
    pub sums: Sums,
    /// Why there is no newer site, as it was told.
    pub trouble: Vec<Note>,
    /// What was written since the last line on the terminal, how many files were read for it and outputs made.
    pub changed: BTreeSet<Arc<str>>,
    pub done: (usize, usize),
    /// The file of the archive that was saved last, until a browser was told of its page.
    pub saved: Option<String>,
    /// Whether part of the site was published of which the rest must follow.
    pub ahead: bool,
    /// Since when a look at everything is owed.
    pub owing: Option<Instant>,
    /// When to try again what the machine refused, and how long was waited for it.
    again: Option<(Instant, Duration)>,
}

impl<'o> Keeper<'o> {
    /// Opens the output folder and builds for the first time. What is wrong with texts, policy or theme does not end it.
    pub fn open(task: &'o Serve, asked: Option<Lang>, office: Office, outside: &'o mut Outside) -> Result<Keeper<'o>> {
        let mut keeper = Keeper {
            asked,
            program: outside.print(),
            edition: None,
            out: None,
            folder: None,
            theme: None,
            watchman: Watchman::new(hung(&office, None), task.poll),
            window: None,
            board: Arc::new(Nothing),
            told: Told::default(),
            sums: Sums::default(),
            trouble: Vec::new(),
            changed: BTreeSet::new(),
            done: (0, 0),
            saved: None,
            ahead: false,
            owing: None,
            again: None,
            outside,
            task,
            office,
        };
        if keeper.office.unruled.is_none() {
            keeper.settle(PATIENCE)?;
        }
        let onlooker = Onlooker::new(keeper.outside, keeper.office.words);
        keeper.look(&Ring { anything: true, ..Ring::default() }, Some(onlooker));
        Ok(keeper)
    }

    /// Answers rings until it is called off.
    pub fn keep(&mut self) -> Result<Exit> {
        while !self.is_called_off() {
            let ring = self.watchman.wait();
            if let Some(ring) = self.reason(ring) {
                self.look(&ring, None);
            }
            self.say_mode();
        }
        self.leave()
    }

    /// The process ends: giving hundreds of megabytes back piece by piece would only make people wait.
    pub fn forget(self) {
        drop(self.window);
        drop(self.folder);
        std::mem::forget((self.office, self.told, self.board));
    }

    /// A whole site is left behind.
    fn leave(&mut self) -> Result<Exit> {
        if self.ahead {
            let outcome = self.build(&Hurry(Vec::new()))?;
            self.tell_built(outcome, false);
        }
        if self.office.workshop.known().is_some() {
            self.say(&Say::new("cli.serve.left"));
        }
        Ok(Exit::Fine)
    }

    /// Whether somebody pressed Ctrl-C.
    pub fn is_called_off(&self) -> bool {
        self.outside.called_off.load(Ordering::Relaxed)
    }

    /// The ring, or another reason to look: a new day, a theme that came or went, a site that is gone, work that was put
    /// off or refused.
    fn reason(&mut self, ring: Option<Ring>) -> Option<Ring> {
        let today = AsOf((self.outside.clock)());
        let new_day = self.task.as_of.is_none() && today != self.office.as_of;
        if new_day {
            self.office.turn_to(today);
        }
        let theme = self.office.unruled.is_none() && has_theme(&self.office) != self.theme.is_some();
        let gone = self.folder.take_if(|(folder, _)| !folder.is_there()).is_some();
        let again = self.again.is_some_and(|(at, _)| at <= Instant::now());
        if new_day || theme || gone || again || self.owing.is_some() {
            let named = ring.map(|ring| ring.named).unwrap_or_default();
            return Some(Ring { named, anything: true });
        }
        ring
    }

    /// Looks again, and tells what came of it. A breakdown of the program is told like anything else.
    fn look(&mut self, ring: &Ring, onlooker: Option<Onlooker>) {
        let trouble = match workshop::guarded(|| self.try_look(ring, onlooker)) {
            Ok(Ok(())) => {
                self.again = None;
                return;
            }
            Ok(Err(trouble)) => trouble,
            Err(said) => {
                self.office.begin_anew(Workshop::staying());
                self.told = Told::default();
                self.folder = None;
                let failure = Failure { exit: Exit::Machine, ..Failure::usage(Say::new("cli.mishap").with("said", said)) };
                failure.help(failure::please_tell()).into()
            }
        };
        self.owing = None;
        self.again = (!trouble.waits_for_a_ring()).then(|| {
            let waited = self.again.map_or(SOON, |(_, waited)| (waited * 2).min(LATE));
            (Instant::now() + waited, waited)
        });
        self.tell_trouble(&trouble);
    }

    fn try_look(&mut self, ring: &Ring, onlooker: Option<Onlooker>) -> Result<(), Trouble> {
        let began = Instant::now();
        let since = *self.owing.get_or_insert(began);
        let first = onlooker.is_some();
        let named = heard(ring, self.office.disk.root());
        self.office.workshop.distrust(&named);
        let mut anew = self.read_policy()?;
        self.settle(0)?;
        let theme = theme_of(&self.office, &self.outside.working)?;
        let root = |theme: &Option<Disk>| theme.as_ref().map(|disk| disk.root().to_owned());
        anew |= root(&theme) != root(&self.theme);
        self.theme = theme;
        self.watchman.listen(hung(&self.office, self.theme.as_ref()));

        if let Some(path) = saved::last(&ring.named, self.office.disk.root()) {
            self.saved = Some(path);
        }
        if !anew && !first {
            self.glance(ring, &named)?;
        }
        let built = match onlooker {
            Some(onlooker) => self.build(&onlooker),
            None => {
                // What was begun must be brought to an end; what was not can wait for the next time.
                let calls = (!self.ahead).then(|| self.outside.called_off.clone());
                let rings = (since.elapsed() < PUT_OFF).then(|| self.watchman.pressed());
                self.build(&Hurry(calls.into_iter().chain(rings).collect()))
            }
        };
        let fresh = match built {
            Ok(mut outcome) => {
                let fresh = std::mem::take(&mut outcome.fresh);
                self.tell_built(outcome, first);
                fresh
            }
            Err(error) if matches!(error.downcast_ref(), Some(Halt::CalledOff)) => return Ok(()),
            Err(error) => {
                if !error.is::<Halt>() {
                    // The machine failed, and nobody knows how the folder was left: it is looked at anew.
                    self.folder = None;
                }
                return Err(error.into());
            }
        };
        self.owing = None;
        let root = self.office.disk.root();
        let found = fresh.iter().filter(|_| !first).map(|path| root.join(&**path));
        self.watchman.answered(began.elapsed(), ring.named.iter().cloned().chain(found));
        Ok(())
    }

    /// Looks at what the ring named before everything else.
    fn glance(&mut self, ring: &Ring, named: &[String]) -> Result<()> {
        let is_theme = |path: &PathBuf| self.theme.as_ref().is_some_and(|theme| path.starts_with(theme.root()));
        if named.is_empty() || ring.named.iter().any(is_theme) {
            return Ok(());
        }
        let glanced =
            self.with_request(&Quiet, |workshop, site, request, folder| workshop.glance(site, request, folder, named))?;
        if let Some(outcome) = glanced {
            self.ahead = true;
            self.tell_glanced(outcome);
        }
        Ok(())
    }

    fn build(&mut self, watch: &dyn Watch) -> Result<Outcome> {
        self.with_request(watch, |workshop, site, request, folder| workshop.build(site, request, folder))
    }

    fn with_request<T>(
        &mut self,
        watch: &dyn Watch,
        work: impl FnOnce(&mut Workshop, workshop::Site<'_>, &Request<'_>, &mut Folder) -> Result<T>,
    ) -> Result<T> {
        // Both are there: `settle` comes before every look.
        let (Some(edition), Some((folder, _))) = (&self.edition, &mut self.folder) else {
            return Err(Halt::CalledOff.into());
        };
        let Office { policy, policy_news, as_of, workshop, disk, .. } = &mut self.office;
        let request = Request {
            policy,
            policy_news,
            edition,
            as_of: *as_of,
            pinned: self.task.as_of.is_some(),
            program: self.program,
            watch,
        };
        let site = workshop::Site { archive: disk, theme: self.theme.as_ref().map(|disk| disk as _) };
        work(workshop, site, &request, folder)
    }

    /// Reads the policy if its file changed, or the day; whether it did.
    fn read_policy(&mut self) -> Result<bool, Trouble> {
        let anew = self.office.reread(self.asked)?;
        if anew {
            self.edition = None;
        }
        match &self.office.unruled {
            Some(news) => Err(Trouble::Policy(news.clone())),
            None => Ok(anew),
        }
    }

    /// The edition, the place of the site and its lock, where they are not settled yet.
    fn settle(&mut self, patience: u32) -> Result<()> {
        let policy = &self.office.policy;
        let edition = match &self.edition {
            Some(edition) => edition,
            None => self.edition.insert(edition(policy, self.task.edition.as_deref())?),
        };
        let out = match &self.out {
            Some(out) => out,
            None => {
                let out = out_of(&self.office, edition, self.task.out.as_deref(), &self.outside.working)?;
                self.out.insert(out)
            }
        };
        let print = Request {
            policy,
            policy_news: &[],
            edition,
            as_of: self.office.as_of,
            pinned: false,
            program: self.program,
            watch: &Quiet,
        }
        .folder_print();
        if self.folder.as_ref().is_some_and(|(_, of)| *of == print) {
            return Ok(());
        }
        // What lies in it may be of an edition that was another under the last policy.
        self.folder = None;
        let guarded = guarded(&self.office);
        let (words, err, called_off) = (self.office.words, &mut self.outside.err, &self.outside.called_off);
        let opening = Opening { out, guarded: &guarded, home: self.outside.home.as_deref(), print };
        let folder = Folder::open(&opening, &mut |tries, holder| {
            if tries == 0 && patience > 0 {
                let say = match holder {
                    Some(pid) => Say::new("cli.build.waiting").with("pid", pid),
                    None => Say::new("cli.build.waiting-unknown"),
                };
                err.line(words.say(&say));
            }
            tries < patience && !called_off.load(Ordering::Relaxed)
        })?;
        self.folder = Some((folder, print));
        Ok(())
    }
}

/// What the bell hangs on: the archive and the company's own theme.
fn hung(office: &Office, theme: Option<&Disk>) -> Vec<(PathBuf, Vec<String>)> {
    let archive = (office.disk.root().to_owned(), office.policy.ignore.clone());
    [archive].into_iter().chain(theme.map(|theme| (theme.root().to_owned(), Vec::new()))).collect()
}
