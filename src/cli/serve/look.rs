//! One look: at what was just saved first, and then at everything.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::hurry::Hurry;
use super::keeper::{Keeper, hung};
use super::saved;
use super::told::Told;
use super::trouble::Trouble;
use crate::build::{self, Halt, Outcome, Quiet, Request, Watch, Workshop};
use crate::cli::Exit;
use crate::cli::failure::{self, Failure};
use crate::cli::office::Office;
use crate::cli::onlooker::Onlooker;
use crate::cli::site::{has_theme, theme_of};
use crate::cli::watchman::heard;
use crate::i18n::Message;
use crate::publish::{self, Folder, Refusal};
use crate::source::Disk;
use crate::watch::Ring;

/// A look at everything is put off by new rings no longer than this: who saves again and again sees each save at once, and the
/// lists at the latest after it.
const PUT_OFF: Duration = Duration::from_secs(10);

/// After a save a look at everything waits for a quarter of what the last one took, at most so long: who corrects a word in the
/// next moment does not wait for lists that nobody has opened yet.
const BREATH: Duration = Duration::from_secs(1);
/// What the machine refused is tried again after so long, and less and less often.
const SOON: Duration = Duration::from_millis(500);
const LATE: Duration = Duration::from_secs(30);

impl Keeper<'_> {
    /// Looks again, and tells what came of it. A breakdown of the program is told like anything else.
    pub(super) fn look(&mut self, ring: &Ring, onlooker: Option<Onlooker>) {
        let trouble = match build::guarded(|| self.try_look(ring, onlooker)) {
            Ok(Ok(())) => {
                self.again = None;
                return;
            }
            Ok(Err(trouble)) => trouble,
            Err(said) => {
                self.office.begin_anew(Workshop::staying());
                self.told = Told::default();
                self.folder = None;
                let failure = Failure { exit: Exit::Machine, ..Failure::usage(Message::new("cli.mishap").with("said", said)) };
                failure.help(failure::please_tell()).into()
            }
        };
        if let Trouble::Error(error) = &trouble
            && (error.is::<publish::Fault>() || error.is::<Refusal>())
        {
            // Nobody knows how the folder was left: it is looked at anew.
            self.folder = None;
        }
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
        self.themed = has_theme(&self.office);
        let theme = theme_of(&self.office, &self.outside.working)?;
        let root = |theme: &Option<Disk>| theme.as_ref().map(|disk| disk.root().to_owned());
        let dressed = root(&theme) != root(&self.theme);
        anew |= dressed;
        self.theme = theme;
        if self.verbose && (first || dressed) {
            self.say_where();
        }
        self.watchman.listen(hung(&self.office, self.theme.as_ref()));

        if let Some(path) = saved::last(&ring.named, self.office.disk.root()) {
            self.saved = Some(path);
            self.follows = self.task.follow;
        }
        let glanced = !anew && !first && self.glance(ring, &named)?;
        if glanced {
            self.say_took("cli.verbose.glanced", began);
        }
        let built = match onlooker {
            Some(onlooker) => self.build(&onlooker),
            None => {
                // What was begun must be brought to an end; what was not can wait for the next time.
                let calls = (!self.ahead).then(|| self.outside.called_off.clone());
                let rings = (since.elapsed() < PUT_OFF).then(|| self.watchman.pressed());
                let hurry = Hurry(calls.into_iter().chain(rings).collect());
                if glanced {
                    hurry.wait((self.took / 4).min(BREATH));
                }
                self.build(&hurry)
            }
        };
        let fresh = match built {
            Ok(mut outcome) => {
                let fresh = std::mem::take(&mut outcome.fresh);
                self.tell_built(outcome, first);
                fresh
            }
            Err(error) if matches!(error.downcast_ref(), Some(Halt::CalledOff)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        self.owing = None;
        let root = self.office.disk.root();
        let found = fresh.iter().filter(|_| !first).map(|path| root.join(&**path));
        self.watchman.answered(began.elapsed(), ring.named.iter().cloned().chain(found));
        self.say_took("cli.verbose.looked", began);
        Ok(())
    }

    fn say_where(&mut self) {
        if let (Some((folder, _)), Some(edition)) = (&self.folder, &self.edition) {
            let out = Message::new("cli.verbose.out").with("path", folder.path().display()).with("edition", &edition.label);
            self.say(&out);
        }
        if let Some(theme) = &self.theme {
            self.say(&Message::new("cli.verbose.theme").with("path", theme.root().display()));
        }
    }

    fn say_took(&mut self, key: &str, began: Instant) {
        if self.verbose {
            self.say(&Message::new(key).with("ms", began.elapsed().as_millis()));
        }
    }

    /// Looks at what the ring named before everything else; whether that could be done.
    fn glance(&mut self, ring: &Ring, named: &[String]) -> Result<bool> {
        let is_theme = |path: &PathBuf| self.theme.as_ref().is_some_and(|theme| path.starts_with(theme.root()));
        if named.is_empty() || ring.named.iter().any(is_theme) {
            return Ok(false);
        }
        let glanced =
            self.with_request(&Quiet, |workshop, site, request, folder| workshop.glance(site, request, folder, named))?;
        let Some(outcome) = glanced else { return Ok(false) };
        self.ahead = true;
        self.tell_glanced(outcome);
        Ok(true)
    }

    pub(super) fn build(&mut self, watch: &dyn Watch) -> Result<Outcome> {
        let began = Instant::now();
        let built = self.with_request(watch, |workshop, site, request, folder| workshop.build(site, request, folder));
        if built.is_ok() {
            self.took = began.elapsed();
        }
        built
    }

    fn with_request<T>(
        &mut self,
        watch: &dyn Watch,
        work: impl FnOnce(&mut Workshop, build::Site<'_>, &Request<'_>, &mut Folder) -> Result<T>,
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
        let site = build::Site { archive: disk, theme: self.theme.as_ref().map(|disk| disk as _) };
        work(workshop, site, &request, folder)
    }
}
