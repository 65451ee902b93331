//! Who keeps the site up to date: one ring after the other.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::board::{Nothing, Standing};
use super::hurry::Hurry;
use super::told::Told;
use super::trouble::{Links, Trouble};
use crate::bell::Ring;
use crate::calendar::AsOf;
use crate::cli::args::Serve;
use crate::cli::failure::Failure;
use crate::cli::office::{Office, edition, print};
use crate::cli::onlooker::Onlooker;
use crate::cli::site::{guarded, has_theme, out_of, theme_of};
use crate::cli::watchman::Watchman;
use crate::cli::{Exit, Outside, browser, failure};
use crate::diag::{Format, Notice};
use crate::policy::Edition;
use crate::publish::{Folder, Opening};
use crate::serve::{Board, News, Note, Port, Sums, Window};
use crate::text::Fingerprint;
use crate::words::{Lang, Say, Words};
use crate::workshop::{self, Halt, Outcome, Request, Watch};
use crate::world::Disk;

/// The first door that is tried when none is asked for.
const FIRST_PORT: u16 = 8417;

/// Another build is waited for this long in the beginning: ten times a second.
const PATIENCE: u32 = 100;

/// A look at everything is put off by new rings no longer than this.
const PUT_OFF: Duration = Duration::from_secs(2);

/// So much is told at once; the rest stands in the browser.
const MOST_TOLD: usize = 20;

/// Who keeps the site.
pub(super) struct Keeper<'o> {
    outside: &'o mut Outside,
    task: &'o Serve,
    /// The language that was asked for; else that of the policy is spoken.
    asked: Option<Lang>,
    office: Office,
    program: Fingerprint,
    edition: Option<Edition>,
    out: Option<PathBuf>,
    folder: Option<Folder>,
    theme: Option<Disk>,
    watchman: Watchman,
    window: Option<(Window, PathBuf)>,
    board: Arc<dyn Board>,
    told: Told,
    sums: Sums,
    /// Why there is no newer site, as it was told.
    trouble: Vec<Note>,
    /// Whether part of the site was published of which the rest must follow.
    ahead: bool,
    /// Since when a look at everything is owed.
    owing: Option<Instant>,
}

impl<'o> Keeper<'o> {
    /// Opens the output folder and builds for the first time. What is wrong with texts or theme does not end it.
    pub fn open(task: &'o Serve, asked: Option<Lang>, office: Office, outside: &'o mut Outside) -> Result<Keeper<'o>> {
        let watchman = Watchman::new(hung(&office, None), task.poll);
        let mut keeper = Keeper {
            asked,
            program: outside.print(),
            edition: None,
            out: None,
            folder: None,
            theme: None,
            watchman,
            window: None,
            board: Arc::new(Nothing),
            told: Told::default(),
            sums: Sums::default(),
            trouble: Vec::new(),
            ahead: false,
            owing: None,
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

    /// Opens the window and says where it is.
    pub fn open_window(&mut self) -> Result<()> {
        let port = self.task.port.map_or(Port::From(FIRST_PORT), Port::Exactly);
        let address = self.window_at(port)?;
        self.say(&Say::new("cli.serve.open").with("address", &address));
        self.say_mode();
        if self.task.open {
            browser::open(address);
        }
        Ok(())
    }

    fn window_at(&mut self, port: Port) -> Result<String> {
        let folder = match &self.folder {
            Some(folder) => folder.path().to_owned(),
            // Nothing of it is shown before there is a site.
            None => self.out.clone().unwrap_or_else(|| self.office.disk.root().join("public")),
        };
        let words = Words::of(self.office.policy.language);
        let news = self.news(None, None);
        let window = Window::open(folder.clone(), port, words, news).map_err(|cause| {
            let (Port::From(port) | Port::Exactly(port)) = port;
            let message =
                Say::new("cli.serve.port").with("port", port).with("cause", failure::cause_of(&cause, self.office.words));
            Failure { exit: Exit::Machine, ..Failure::usage(message) }.help(Say::new("cli.serve.port-help"))
        })?;
        let address = window.address();
        self.window = Some((window, folder));
        Ok(address)
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

    /// What is left goes with the process.
    pub fn forget(self) {
        drop(self.window);
        drop(self.folder);
        std::mem::forget((self.office, self.told, self.board));
    }

    /// A whole site is left behind.
    fn leave(&mut self) -> Result<Exit> {
        if self.ahead {
            let built = self.build(&Hurry(Vec::new()))?;
            self.tell_built(built, None);
        }
        self.say(&Say::new("cli.serve.left"));
        Ok(Exit::Fine)
    }

    fn is_called_off(&self) -> bool {
        self.outside.called_off.load(Ordering::Relaxed)
    }

    /// The ring, or another reason to look: a new day, the theme that came or went, a site that is gone, work put off.
    fn reason(&mut self, ring: Option<Ring>) -> Option<Ring> {
        let today = AsOf((self.outside.clock)());
        let new_day = self.task.as_of.is_none() && today != self.office.as_of;
        if new_day {
            self.office.turn_to(today);
        }
        let theme = self.office.unruled.is_none() && has_theme(&self.office) != self.theme.is_some();
        let gone = self.folder.as_ref().is_some_and(|folder| !folder.is_there());
        if gone {
            self.folder = None;
        }
        if new_day || theme || gone || self.owing.is_some() {
            let named = ring.map(|ring| ring.named).unwrap_or_default();
            return Some(Ring { named, anything: true });
        }
        ring
    }

    /// Looks again, and tells what came of it. A breakdown of the program is told like anything else.
    fn look(&mut self, ring: &Ring, onlooker: Option<Onlooker>) {
        let came = workshop::guarded(|| self.try_look(ring, onlooker));
        let trouble = match came {
            Ok(Ok(())) => return,
            Ok(Err(trouble)) => trouble,
            Err(said) => {
                // What it was busy with must not be used again.
                self.office.begin_anew();
                self.told = Told::default();
                self.folder = None;
                let failure = Failure { exit: Exit::Machine, ..Failure::usage(Say::new("cli.mishap").with("said", said)) };
                failure.help(failure::please_tell()).into()
            }
        };
        self.tell_trouble(trouble);
    }

    fn try_look(&mut self, ring: &Ring, onlooker: Option<Onlooker>) -> Result<(), Trouble> {
        let began = Instant::now();
        let since = *self.owing.get_or_insert(began);
        self.read_policy()?;
        self.settle(0)?;
        self.theme = theme_of(&self.office, &self.outside.working)?;
        self.watchman.listen(hung(&self.office, self.theme.as_ref()));
        let called_off = self.outside.called_off.clone();
        let built = match onlooker {
            Some(onlooker) => self.build(&onlooker),
            None => {
                let mut heeds = Vec::new();
                if !self.ahead {
                    heeds.push(called_off);
                }
                if since.elapsed() < PUT_OFF {
                    heeds.push(self.watchman.pressed());
                }
                self.build(&Hurry(heeds))
            }
        };
        let outcome = match built {
            Ok(outcome) => outcome,
            Err(error) if matches!(error.downcast_ref(), Some(Halt::CalledOff)) => return Ok(()),
            Err(error) => {
                // Whatever it was, the folder is looked at anew before it is written again.
                self.folder = self.folder.take().filter(|folder| folder.is_there() && !is_of_machine(&error));
                return Err(error.into());
            }
        };
        self.tell_built(outcome, None);
        let named: Vec<PathBuf> = ring.named.iter().cloned().collect();
        self.watchman.answered(began.elapsed(), &named);
        Ok(())
    }

    /// Reads the policy if its file changed, or the day.
    fn read_policy(&mut self) -> Result<(), Trouble> {
        if self.office.reread(self.asked)? {
            self.edition = None;
        }
        match &self.office.unruled {
            Some(news) => Err(Trouble::Policy(news.clone())),
            None => Ok(()),
        }
    }

    /// The edition, the place of the site and its lock, where they are not settled yet.
    fn settle(&mut self, patience: u32) -> Result<()> {
        let edition = match &self.edition {
            Some(edition) => edition,
            None => self.edition.insert(edition(&self.office.policy, self.task.edition.as_deref())?),
        };
        let out = match &self.out {
            Some(out) => out,
            None => {
                let asked = self.task.out.as_deref();
                self.out.insert(out_of(&self.office, edition, asked, &self.outside.working)?)
            }
        };
        if self.folder.is_none() {
            let guarded = guarded(&self.office);
            let request = request(&self.office, edition, self.task, self.program, &workshop::Quiet);
            let (words, err, called_off) = (self.office.words, &mut self.outside.err, &self.outside.called_off);
            let opening = Opening { out, guarded: &guarded, home: self.outside.home.as_deref(), print: request.folder_print() };
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
            self.folder = Some(folder);
        }
        Ok(())
    }

    fn build(&mut self, watch: &dyn Watch) -> Result<Outcome> {
        let (Some(edition), Some(folder)) = (&self.edition, &mut self.folder) else { return Err(Halt::CalledOff.into()) };
        let policy = self.office.policy.clone();
        let news = self.office.policy_news.clone();
        let request = Request {
            policy: &policy,
            policy_news: &news,
            edition,
            as_of: self.office.as_of,
            pinned: self.task.as_of.is_some(),
            program: self.program,
            watch,
        };
        let site = workshop::Site { archive: &self.office.disk, theme: self.theme.as_ref().map(|disk| disk as _) };
        self.office.workshop.build(site, &request, folder)
    }

    /// A site was built: the window shows it, the terminal says what is new.
    fn tell_built(&mut self, outcome: Outcome, follow: Option<Arc<str>>) {
        self.ahead = false;
        self.owing = None;
        let mended = !std::mem::take(&mut self.trouble).is_empty();
        let counts = outcome.counts;
        let before = self.sums;
        self.sums = Sums { errors: counts.errors, warnings: counts.warnings, infos: counts.infos, findings: counts.findings };
        if let Some(folder) = &self.folder {
            self.board = Arc::new(Standing(folder.path().to_owned()));
        }
        let _ = self.move_window();
        self.show(None, follow);

        let words = self.office.words;
        let (fresh, gone) = self.told.news(&outcome.notices);
        let (told, more) = (fresh.len().min(MOST_TOLD), fresh.len().saturating_sub(MOST_TOLD));
        let fresh: Vec<Notice> = fresh.into_iter().take(told).cloned().collect();
        let texts = self.office.workshop.texts(&self.office.disk, Some(&self.office.policy));
        print(&fresh, Format::Human, &texts, words, self.outside);
        drop(texts);
        if more > 0 {
            self.say(&Say::new("cli.serve.untold").with("count", more));
        }
        let _ = (gone, before, mended);
        if outcome.written.written + outcome.written.removed > 0 || gone > 0 || told > 0 || mended {
            self.say(&Say::new("cli.serve.updated").with("written", outcome.written.written));
        }
    }

    fn tell_trouble(&mut self, trouble: Trouble) {
        let links = Links { pattern: self.office.policy.editor.as_str().into(), archive: self.office.disk.root().to_owned() };
        let texts = self.office.workshop.texts(&self.office.disk, None);
        let theme = self.theme.as_ref().map(Disk::root);
        let spoken = Words::of(self.office.policy.language);
        let notes = trouble.notes(&texts, &links, theme, &self.outside.working, spoken);
        if notes != self.trouble {
            trouble.tell(&texts, self.office.words, self.outside);
            self.trouble = notes;
        }
        drop(texts);
        self.owing = None;
        self.show(Some(Vec::new()), None);
    }

    /// The window shows another folder once it is known where the site is.
    fn move_window(&mut self) -> Result<()> {
        let (Some((window, shown)), Some(folder)) = (&self.window, &self.folder) else { return Ok(()) };
        if shown == folder.path() {
            return Ok(());
        }
        let port = window.address().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        self.window = None;
        self.window_at(Port::From(port.unwrap_or(FIRST_PORT))).map(|_| ())
    }

    fn show(&mut self, changed: Option<Vec<Arc<str>>>, follow: Option<Arc<str>>) {
        let news = self.news(changed, follow);
        if let Some((window, _)) = &self.window {
            window.tell(news);
        }
    }

    fn news(&self, changed: Option<Vec<Arc<str>>>, follow: Option<Arc<str>>) -> News {
        let all = self.board.has(PROBLEMS).then(|| PROBLEMS.into());
        News { changed, follow, trouble: self.trouble.clone(), sums: self.sums, all, board: self.board.clone() }
    }

    fn say(&mut self, say: &Say) {
        if !self.outside.quiet {
            self.outside.err.line(self.office.words.say(say));
        }
    }

    fn say_mode(&mut self) {
        if let Some(say) = self.watchman.news() {
            self.say(&say);
        }
    }
}

/// The page of all problems.
const PROBLEMS: &str = "problems/index.html";

fn request<'a>(
    office: &'a Office,
    edition: &'a Edition,
    task: &Serve,
    program: Fingerprint,
    watch: &'a dyn Watch,
) -> Request<'a> {
    Request {
        policy: &office.policy,
        policy_news: &office.policy_news,
        edition,
        as_of: office.as_of,
        pinned: task.as_of.is_some(),
        program,
        watch,
    }
}

/// What the bell hangs on: the archive and the company's own theme.
fn hung(office: &Office, theme: Option<&Disk>) -> Vec<(PathBuf, Vec<String>)> {
    let archive = (office.disk.root().to_owned(), office.policy.ignore.clone());
    [archive].into_iter().chain(theme.map(|theme| (theme.root().to_owned(), Vec::new()))).collect()
}

/// Whether the machine failed: then nobody knows how the folder was left.
fn is_of_machine(error: &anyhow::Error) -> bool {
    !error.is::<Halt>()
}
