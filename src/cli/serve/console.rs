//! Terminal output of `serve`: what is new in each build, without repetition.

use std::sync::Arc;

use super::failure::ServeFailure;
use super::serve_loop::ServeLoop;
use crate::build::{BuildReport, Counts};
use crate::cli::build;
use crate::cli::session::print;
use crate::diag::{Format, Notice};
use crate::i18n::{Catalog, Message};
use crate::serve::{MessageCounts, PageNote};
use crate::source::Disk;

/// Maximum number of notices printed per build; the browser shows all.
const MAX_PRINTED: usize = 20;

/// Maximum number of pages named.
const MAX_NAMED: usize = 2;

impl ServeLoop<'_> {
    /// A fast build was published: notifies browsers at once; the terminal output follows the full build.
    pub(super) fn print_fast_build(&mut self, outcome: BuildReport) {
        self.add_counts(&outcome);
        self.publish_site(Some(outcome.changed));
    }

    /// A full build was published: notifies browsers and prints what is new.
    pub(super) fn print_build(&mut self, outcome: BuildReport, first: bool) {
        self.ahead = false;
        let mended = !std::mem::take(&mut self.trouble).is_empty();
        let before = std::mem::replace(&mut self.sums, count_messages(&outcome.counts));
        self.add_counts(&outcome);
        self.publish_site(Some(outcome.changed.clone()));
        let example = self.saved.take().and_then(|path| self.session.builder.snapshot()?.page_of(&path));

        let (fresh, gone) = self.told.new_notices(&outcome.notices);
        let rest = fresh.len().saturating_sub(MAX_PRINTED);
        let fresh: Vec<Notice> = fresh.into_iter().take(MAX_PRINTED).cloned().collect();
        let texts = self.session.builder.source_texts(&self.session.disk, Some(&self.session.config));
        print(&fresh, Format::Human, &texts, self.session.words, self.env);
        drop(texts);
        if rest > 0 {
            self.print(&Message::new("cli.serve.untold").with("count", rest));
        }
        if mended {
            self.print(&Message::new("cli.serve.mended"));
        }
        let (changed, done) = (std::mem::take(&mut self.changed), std::mem::take(&mut self.done));
        if first {
            self.print(&build::summary(&outcome).with("as_of", self.session.as_of.0));
        } else if !changed.is_empty() || gone > 0 || !fresh.is_empty() {
            let line = self.summary(done, changed.iter(), example.as_ref(), before);
            self.print(&line);
        }
    }

    fn add_counts(&mut self, outcome: &BuildReport) {
        self.changed.extend(outcome.changed.iter().cloned());
        self.done = (self.done.0 + outcome.counts.read, self.done.1 + outcome.rendered);
    }

    fn summary<'a>(
        &self,
        (read, made): (usize, usize),
        changed: impl Iterator<Item = &'a Arc<str>> + Clone,
        example: Option<&'a Arc<str>>,
        before: MessageCounts,
    ) -> Message {
        let words = self.session.words;
        let pages = changed.clone().filter(|path| path.ends_with(".html"));
        let count = pages.clone().count();
        let first = example.filter(|example| changed.clone().any(|path| path == *example));
        let named = first.into_iter().chain(pages.filter(|path| Some(*path) != first)).take(MAX_NAMED);
        let named: Vec<&str> = named.map(|path| &**path).collect();
        let what = match count {
            0 => Message::new("cli.serve.files").with("count", changed.count()),
            1..=MAX_NAMED => Message::new("cli.serve.pages").with("count", count),
            _ => Message::new("cli.serve.pages-and-more").with("count", count),
        };
        let what = what.with("pages", named.join(words.get("cli.serve.between")));
        let sum = |of: MessageCounts| of.errors + of.warnings + of.infos;
        Message::new("cli.serve.summary")
            .with("what", words.format(&what))
            .with("read", read)
            .with("made", made)
            .with("news", sum(self.sums))
            .with("errors", self.sums.errors)
            .with("news_more", more(sum(before), sum(self.sums), words))
            .with("findings", self.sums.findings)
            .with("findings_more", more(before.findings, self.sums.findings, words))
            .with("as_of", self.session.as_of.0)
    }

    /// A build failed: reports why in browser and terminal, once.
    pub(super) fn print_failure(&mut self, trouble: &ServeFailure) {
        let texts = self.session.builder.source_texts(&self.session.disk, None);
        let theme = self.theme.as_ref().map(Disk::root);
        let spoken = Catalog::of(self.session.config.language);
        let notes = trouble.notes(&texts, &self.links(), theme, &self.env.working, spoken);
        if !is_same(&notes, &self.trouble) {
            trouble.describe(&texts, self.session.words, self.env);
            drop(texts);
            self.print(&Message::new("cli.serve.stays"));
            self.trouble = notes;
            self.send_update(Some(Vec::new()), None);
        }
    }

    /// Prints a message unless only errors are wanted.
    pub(super) fn print(&mut self, say: &Message) {
        if !self.env.quiet {
            self.env.err.line(self.session.words.format(say));
        }
    }

    /// Prints how changes are detected, if that changed.
    pub(super) fn print_watch_mode(&mut self) {
        if let Some(say) = self.wait_loop.mode_message() {
            self.print(&say);
        }
    }
}

fn count_messages(counts: &Counts) -> MessageCounts {
    MessageCounts { errors: counts.errors, warnings: counts.warnings, infos: counts.infos, findings: counts.findings }
}

/// Whether this was already reported: a template fails on whichever page comes first, which is still the same error.
fn is_same(notes: &[PageNote], told: &[PageNote]) -> bool {
    let gist = |note: &PageNote| {
        let message = note.path.is_empty().then(|| note.message.clone());
        (note.code.clone(), note.path.clone(), note.line, note.column, note.source.clone(), message)
    };
    notes.iter().map(gist).eq(told.iter().map(gist))
}

/// The difference of a count in brackets; empty if there is none.
fn more(before: usize, now: usize, words: &Catalog) -> String {
    let key = match now.cmp(&before) {
        std::cmp::Ordering::Equal => return String::new(),
        std::cmp::Ordering::Greater => "cli.serve.risen",
        std::cmp::Ordering::Less => "cli.serve.fallen",
    };
    words.format(&Message::new(key).with("count", now.abs_diff(before)))
}
