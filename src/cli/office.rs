//! What every command that reads the archive begins with: the place, the policy, the edition.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::args::Args;
use super::failure::Failure;
use super::place::Place;
use super::{Exit, Outside};
use crate::calendar::{AsOf, Date};
use crate::diag::{Code, Diagnostic, Format, Notice, Severity, Sources, draw, nearest};
use crate::policy::{self, Edition, Policy};
use crate::rule::RULES;
use crate::text::FileId;
use crate::words::{Lang, Say, Words};
use crate::workshop::{POLICY_FILES, Read, Request, Ruling, Watch, Workshop};
use crate::world::{self, Disk, World};

/// An archive, opened.
pub(super) struct Office {
    /// Where it is.
    pub place: Place,
    /// Its files.
    pub disk: Disk,
    /// What the administrator decided.
    pub policy: Arc<Policy>,
    /// What is wrong with that, none of it an error.
    pub policy_news: Vec<Diagnostic>,
    /// What is wrong with the policy as it stands now, when nothing may be published for it.
    pub unruled: Option<Vec<Diagnostic>>,
    /// The bytes of its files as they were read; none when it must be read again whatever they are.
    pub(super) as_read: Option<PolicyBytes>,
    /// The pipeline.
    pub workshop: Workshop,
    /// The language of messages.
    pub words: &'static Words,
    /// Today.
    pub as_of: AsOf,
}

impl Office {
    /// Opens the archive that is asked for. `lang` becomes the policy's language unless one was asked for. A policy that cannot
    /// be read is drawn, and the command ends with 2, or with 4 where secrecy is at stake.
    pub fn open(
        args: &Args,
        day: Option<Date>,
        outside: &mut Outside,
        lang: &mut Option<Lang>,
    ) -> Result<Result<Office, Exit>> {
        let office = Office::open_anyway(args, day, Workshop::new(), outside, lang)?;
        let Some(news) = &office.unruled else { return Ok(Ok(office)) };
        let notices: Vec<Notice> = news.iter().map(Notice::from).collect();
        print(&notices, Format::Human, &office.workshop.texts(&office.disk, None), office.words, outside);
        let secret = news.iter().any(|news| news.code == Code::PolicySecrecy);
        Ok(Err(if secret { Exit::Secrecy } else { Exit::Usage }))
    }

    /// The same for who can wait for a policy that cannot be read: an office with an empty one, under which nothing may be
    /// published.
    pub fn open_anyway(
        args: &Args,
        day: Option<Date>,
        mut workshop: Workshop,
        outside: &mut Outside,
        lang: &mut Option<Lang>,
    ) -> Result<Office> {
        let place = Place::find(args.root.as_deref(), &outside.working)?;
        let disk = Disk::open(&place.archive, &outside.working)?;
        let as_of = AsOf(day.unwrap_or(outside.today));
        let as_read = Some(policy_bytes(&disk)?);
        let Ruling { policy, news, path } = ruling(&mut workshop, &disk, as_of)?;
        let (policy, policy_news, unruled) = match policy {
            Some(policy) => {
                lang.get_or_insert(policy.language);
                (policy, news, None)
            }
            None if path.is_none() => return Err(no_policy(&place).into()),
            None => (Arc::new(empty()?), Vec::new(), Some(news)),
        };
        let words = Words::of(lang.unwrap_or_default());
        if args.verbose && unruled.is_none() {
            outside.err.line(words.say(&Say::new("cli.verbose.archive").with("path", disk.root().display())));
        }
        Ok(Office { place, disk, policy, policy_news, unruled, as_read, workshop, words, as_of })
    }

    /// Reads the policy again if its file changed; whether it is another one now. While it cannot be read, `unruled` says why
    /// and the last one stays. `asked` is the language that was asked for.
    pub fn reread(&mut self, asked: Option<Lang>) -> Result<bool> {
        let bytes = policy_bytes(&self.disk)?;
        if self.as_read.as_ref() == Some(&bytes) {
            return Ok(false);
        }
        let Ruling { policy, news, path } = ruling(&mut self.workshop, &self.disk, self.as_of)?;
        if path.is_none() {
            self.as_read = None;
            return Err(no_policy(&self.place).into());
        }
        self.as_read = Some(bytes);
        let Some(policy) = policy else {
            self.unruled = Some(news);
            return Ok(false);
        };
        self.words = Words::of(asked.unwrap_or(policy.language));
        (self.policy, self.policy_news, self.unruled) = (policy, news, None);
        Ok(true)
    }

    /// It is another day. Whether its year has holidays is news of the policy.
    pub fn turn_to(&mut self, as_of: AsOf) {
        self.as_of = as_of;
        self.as_read = None;
    }

    /// The pipeline broke down: whatever it was busy with is not used again.
    pub fn begin_anew(&mut self, workshop: Workshop) {
        self.workshop = workshop;
        self.as_read = None;
    }

    /// The edition with this key or name; the full one when none is asked for.
    pub fn edition(&self, asked: Option<&str>) -> Result<Edition> {
        edition(&self.policy, asked)
    }

    /// Reads the archive as far as commands need that make no site.
    pub fn read(&mut self, edition: &Edition, watch: &dyn Watch) -> Result<Read> {
        let policy = self.policy.clone();
        let request = Request {
            policy: &policy,
            policy_news: &self.policy_news,
            edition,
            as_of: self.as_of,
            pinned: false,
            program: Default::default(),
            watch,
        };
        self.workshop.read(&self.disk, &request)
    }
}

/// The edition of this policy with this key or name; the full one when none is asked for.
pub(super) fn edition(policy: &Policy, asked: Option<&str>) -> Result<Edition> {
    let asked = asked.unwrap_or("full");
    if let Some(edition) = policy.edition(asked) {
        return Ok(edition.clone());
    }
    let keys: Vec<&str> = policy.editions.iter().map(|edition| edition.key.as_str()).collect();
    let message = Say::new("cli.edition.unknown").with("edition", asked);
    let mut failure = Failure { exit: Exit::Secrecy, ..Failure::usage(message) };
    if let Some(meant) = nearest(asked, keys.iter().copied()) {
        failure = failure.help(Say::new("cli.usage.meant").with("meant", meant));
    }
    Err(failure.help(Say::new("cli.usage.values").with("values", keys.join("、"))).into())
}

/// Reads the policy, and judges what its text alone cannot tell: which rules there are, and which year it is.
fn ruling(workshop: &mut Workshop, disk: &Disk, as_of: AsOf) -> Result<Ruling, world::Fault> {
    let Ruling { mut policy, mut news, path } = workshop.ruling(disk)?;
    if let Some(read) = &policy {
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        let unknown = read.unknown_rules(&rules);
        news.extend(read.unknown_holidays(as_of));
        if !unknown.is_empty() {
            news.extend(unknown);
            policy = None;
        }
    }
    Ok(Ruling { policy, news, path })
}

/// The bytes of the files that may be the policy.
type PolicyBytes = Vec<Option<Vec<u8>>>;

/// Whether a policy changed is seen in so much of it; a larger one is none.
const MOST_POLICY: usize = 1024 * 1024;

fn policy_bytes(disk: &Disk) -> Result<PolicyBytes, world::Fault> {
    POLICY_FILES.iter().map(|path| disk.read(path, MOST_POLICY)).collect()
}

/// A policy that decides nothing.
fn empty() -> Result<Policy> {
    let (policy, _) = policy::read("company: \"-\"\n", FileId::default());
    policy.context("an empty policy")
}

/// The policy was there when the place was looked for, and is no plain file or gone.
fn no_policy(place: &Place) -> Failure {
    let message = Say::new("cli.place.no-policy").with("path", place.archive.display());
    Failure::usage(message).help(Say::new("cli.place.nowhere-help"))
}

/// Draws notices on standard output; quietly, only the errors.
pub(super) fn print(notices: &[Notice], format: Format, sources: &dyn Sources, words: &Words, outside: &mut Outside) {
    let color = outside.out.is_colored();
    for notice in notices {
        if outside.out.is_broken() {
            break;
        }
        if !outside.quiet || notice.severity == Severity::Error {
            outside.out.write(draw(notice, format, sources, words, color));
        }
    }
    // The summary on standard error comes after what it sums up.
    outside.out.flush();
}

/// A single text, for news about a file that is not in the archive.
pub(super) struct OneText(pub String, pub Arc<str>);

impl Sources for OneText {
    fn source(&self, _: FileId) -> Option<(String, Arc<str>)> {
        Some((self.0.clone(), self.1.clone()))
    }
}
