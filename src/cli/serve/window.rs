//! What the window is told.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::board::Standing;
use super::keeper::Keeper;
use super::trouble::Links;
use crate::cli::failure::{self, Failure};
use crate::cli::site::out_of;
use crate::cli::{Exit, browser};
use crate::i18n::{Catalog, Message};
use crate::serve::{News, Note, Port, Sums, Window};

/// The first door that is tried when none is asked for.
const FIRST_PORT: u16 = 8417;

impl Keeper<'_> {
    /// Opens the window and says where it is.
    pub fn open_window(&mut self) -> Result<()> {
        let address = self.window_at(self.task.port.map_or(Port::From(FIRST_PORT), Port::Exactly))?;
        self.say(&Message::new("cli.serve.open").with("address", &address));
        self.say_mode();
        if self.task.open {
            browser::open(address);
        }
        Ok(())
    }

    fn window_at(&mut self, port: Port) -> Result<String> {
        let folder = match &self.folder {
            Some((folder, _)) => folder.path().to_owned(),
            // Nothing of it is shown before there is a site, and mostly it will be there.
            None => self.likely_out(),
        };
        let words = Catalog::of(self.office.policy.language);
        let window = Window::open(folder.clone(), port, words, self.news(None, None)).map_err(|cause| {
            let (Port::From(port) | Port::Exactly(port)) = port;
            let cause = failure::cause_of(&cause, self.office.words);
            let message = Message::new("cli.serve.port").with("port", port).with("cause", cause);
            Failure { exit: Exit::Machine, ..Failure::usage(message) }.help(Message::new("cli.serve.port-help"))
        })?;
        let address = window.address();
        self.window = Some((window, folder));
        Ok(address)
    }

    /// The window shows the site that was published last, at the same address even if only now it is known where that is.
    pub(super) fn show_site(&mut self, changed: Option<Vec<Arc<str>>>) {
        let mut follow = None;
        if let Some(known) = self.office.workshop.known() {
            let saved = self.saved.as_ref().filter(|_| std::mem::take(&mut self.follows));
            follow = saved.and_then(|path| known.page_of(path));
            let (disk, policy, links) = (self.office.disk.clone(), self.office.policy.clone(), self.links());
            self.board = Arc::new(Standing { known, disk, policy, links });
        }
        let there = self.folder.as_ref().map(|(folder, _)| folder.path());
        if let Some((window, shown)) = &self.window
            && there.is_some_and(|there| there != shown && std::fs::canonicalize(shown).ok().as_deref() != Some(there))
        {
            let port = window.address().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
            self.window = None;
            if let Err(error) = self.window_at(Port::From(port.unwrap_or(FIRST_PORT))) {
                failure::answer(&error, self.office.words, self.outside);
            }
        }
        self.show(changed, follow);
    }

    /// Where the site goes if the policy, which cannot be read, says nothing unusual about it.
    fn likely_out(&self) -> PathBuf {
        let edition = self.office.edition(self.task.edition.as_deref());
        let out = edition.and_then(|edition| out_of(&self.office, &edition, self.task.out.as_deref(), &self.outside.working));
        out.unwrap_or_default()
    }

    /// The window is told the news.
    pub(super) fn show(&self, changed: Option<Vec<Arc<str>>>, follow: Option<Arc<str>>) {
        if let Some((window, _)) = &self.window {
            window.tell(self.news(changed, follow));
        }
    }

    fn news(&self, changed: Option<Vec<Arc<str>>>, follow: Option<Arc<str>>) -> News {
        let all = self.office.workshop.known().and_then(|known| known.problems_page());
        let board = self.board.clone();
        if self.is_full() {
            return News { changed, follow, trouble: self.trouble.clone(), sums: self.sums, all, board };
        }
        // Who is shown a lower edition must not read in its panel what it does not hold (`decisions.md` 6).
        let words = Catalog::of(self.office.policy.language);
        let note = || Note { severity: "error", message: words.get("cli.serve.elsewhere").to_owned(), ..Note::default() };
        let trouble = if self.trouble.is_empty() { Vec::new() } else { vec![note()] };
        News { changed, follow, trouble, sums: Sums::default(), all, board }
    }

    fn is_full(&self) -> bool {
        match &self.edition {
            Some(edition) => edition.is_full(),
            None => self.task.edition.is_none(),
        }
    }

    /// What links into the editor are made with.
    pub(super) fn links(&self) -> Links {
        Links { pattern: self.office.policy.editor.as_str().into(), archive: self.office.disk.root().to_owned() }
    }
}
