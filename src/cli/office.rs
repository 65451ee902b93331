//! What every command that reads the archive begins with: the place, the policy, the edition.

use std::sync::Arc;

use anyhow::Result;

use super::args::Args;
use super::failure::Failure;
use super::place::Place;
use super::{Exit, Outside};
use crate::calendar::{AsOf, Date};
use crate::diag::{Code, Format, Notice, Severity, Sources, draw, nearest};
use crate::policy::{Edition, Policy};
use crate::rule::RULES;
use crate::text::FileId;
use crate::words::{Lang, Say, Words};
use crate::workshop::{Read, Request, Ruling, Watch, Workshop};
use crate::world::Disk;

/// An archive, opened.
pub(super) struct Office {
    /// Where it is.
    pub place: Place,
    /// Its files.
    pub disk: Disk,
    /// What the administrator decided.
    pub policy: Arc<Policy>,
    /// What is wrong with that, none of it an error.
    pub policy_news: Vec<crate::diag::Diagnostic>,
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
        let place = Place::find(args.root.as_deref(), &outside.working)?;
        let disk = Disk::open(&place.archive, &outside.working)?;
        let mut workshop = Workshop::new();
        let Ruling { mut policy, mut news, path } = workshop.ruling(&disk)?;
        if let Some(read) = &policy {
            // What the text alone cannot tell: which rules there are, and which year it is.
            let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
            let unknown = read.unknown_rules(&rules);
            news.extend(read.unknown_holidays(AsOf(day.unwrap_or(outside.today))));
            if !unknown.is_empty() {
                news.extend(unknown);
                policy = None;
            }
        }
        let Some(policy) = policy else {
            let words = Words::of(lang.unwrap_or_default());
            if path.is_none() {
                // It was there when the place was looked for, and is no plain file or gone.
                let message = Say::new("cli.place.no-policy").with("path", place.archive.display());
                return Err(Failure::usage(message).help(Say::new("cli.place.nowhere-help")).into());
            }
            let notices: Vec<Notice> = news.iter().map(Notice::from).collect();
            print(&notices, Format::Human, &workshop.texts(&disk, None), words, outside);
            let secret = news.iter().any(|news| news.code == Code::PolicySecrecy);
            return Ok(Err(if secret { Exit::Secrecy } else { Exit::Usage }));
        };
        let spoken = *lang.get_or_insert(policy.language);
        let as_of = AsOf(day.unwrap_or(outside.today));
        let words = Words::of(spoken);
        if args.verbose {
            outside.err.line(words.say(&Say::new("cli.verbose.archive").with("path", disk.root().display())));
        }
        Ok(Ok(Office { place, disk, policy, policy_news: news, workshop, words, as_of }))
    }

    /// The edition with this key or name; the full one when none is asked for.
    pub fn edition(&self, asked: Option<&str>) -> Result<Edition> {
        let asked = asked.unwrap_or("full");
        if let Some(edition) = self.policy.edition(asked) {
            return Ok(edition.clone());
        }
        let keys: Vec<&str> = self.policy.editions.iter().map(|edition| edition.key.as_str()).collect();
        let message = Say::new("cli.edition.unknown").with("edition", asked);
        let mut failure = Failure { exit: Exit::Secrecy, ..Failure::usage(message) };
        if let Some(meant) = nearest(asked, keys.iter().copied()) {
            failure = failure.help(Say::new("cli.usage.meant").with("meant", meant));
        }
        Err(failure.help(Say::new("cli.usage.values").with("values", keys.join("、"))).into())
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
