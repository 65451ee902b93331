//! Starts the preview server and sends it updates.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::failure::EditorLinks;
use super::serve_loop::ServeLoop;
use super::status::BuildStatus;
use crate::cli::failure::{self, Failure};
use crate::cli::site::output_folder;
use crate::cli::{Exit, browser};
use crate::i18n::{Catalog, Message};
use crate::serve::{MessageCounts, PageNote, Port, PreviewServer, SiteUpdate};

/// The first port tried if none is requested.
const FIRST_PORT: u16 = 8417;

impl ServeLoop<'_> {
    /// Starts the server and prints its address.
    pub fn start_server(&mut self) -> Result<()> {
        let address = self.listen_on(self.task.port.map_or(Port::From(FIRST_PORT), Port::Exactly))?;
        self.print(&Message::new("cli.serve.open").with("address", &address));
        self.print_watch_mode();
        if self.task.open {
            browser::open(address);
        }
        Ok(())
    }

    fn listen_on(&mut self, port: Port) -> Result<String> {
        let folder = match &self.folder {
            Some((folder, _)) => folder.path().to_owned(),
            // Nothing is served before there is a site, which will usually be published here.
            None => self.probable_output(),
        };
        let words = Catalog::of(self.session.config.language);
        let server = PreviewServer::open(folder.clone(), port, words, self.site_update(None, None)).map_err(|cause| {
            let (Port::From(port) | Port::Exactly(port)) = port;
            let cause = failure::cause_of(&cause, self.session.words);
            let message = Message::new("cli.serve.port").with("port", port).with("cause", cause);
            Failure { exit: Exit::SystemFailure, ..Failure::usage(message) }.help(Message::new("cli.serve.port-help"))
        })?;
        let address = server.address();
        self.server = Some((server, folder));
        Ok(address)
    }

    /// Serves the last published site; restarts the server on the same port if the output folder turned out to be
    /// another.
    pub(super) fn publish_site(&mut self, changed: Option<Vec<Arc<str>>>) {
        let mut follow = None;
        if let Some(known) = self.session.builder.snapshot() {
            let saved = self.saved.as_ref().filter(|_| std::mem::take(&mut self.follows));
            follow = saved.and_then(|path| known.page_of(path));
            let (disk, config, links) = (self.session.disk.clone(), self.session.config.clone(), self.links());
            self.status = Arc::new(BuildStatus { known, disk, config, links });
        }
        let there = self.folder.as_ref().map(|(folder, _)| folder.path());
        if let Some((server, shown)) = &self.server
            && there.is_some_and(|there| there != shown && std::fs::canonicalize(shown).ok().as_deref() != Some(there))
        {
            let port = server.address().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
            self.server = None;
            if let Err(error) = self.listen_on(Port::From(port.unwrap_or(FIRST_PORT))) {
                failure::report_error(&error, self.session.words, self.env);
            }
        }
        self.send_update(changed, follow);
    }

    /// The output folder, assuming that an invalid configuration does not change the default.
    fn probable_output(&self) -> PathBuf {
        let edition = self.session.edition(self.task.edition.as_deref());
        let out =
            edition.and_then(|edition| output_folder(&self.session, &edition, self.task.out.as_deref(), &self.env.working));
        out.unwrap_or_default()
    }

    /// Sends an update to the server.
    pub(super) fn send_update(&self, changed: Option<Vec<Arc<str>>>, follow: Option<Arc<str>>) {
        if let Some((server, _)) = &self.server {
            server.publish_update(self.site_update(changed, follow));
        }
    }

    fn site_update(&self, changed: Option<Vec<Arc<str>>>, follow: Option<Arc<str>>) -> SiteUpdate {
        let all = self.session.builder.snapshot().and_then(|known| known.problems_page());
        let status = self.status.clone();
        if self.is_full_edition() {
            return SiteUpdate { changed, follow, trouble: self.trouble.clone(), sums: self.sums, all, status };
        }
        // Readers of a lower edition must not see messages about what it hides (`decisions.md` 6).
        let words = Catalog::of(self.session.config.language);
        let note =
            || PageNote { severity: "error", message: words.get("cli.serve.elsewhere").to_owned(), ..PageNote::default() };
        let trouble = if self.trouble.is_empty() { Vec::new() } else { vec![note()] };
        SiteUpdate { changed, follow, trouble, sums: MessageCounts::default(), all, status }
    }

    fn is_full_edition(&self) -> bool {
        match &self.edition {
            Some(edition) => edition.is_full(),
            None => self.task.edition.is_none(),
        }
    }

    /// What editor links are made from.
    pub(super) fn links(&self) -> EditorLinks {
        EditorLinks { pattern: self.session.config.editor.as_str().into(), archive: self.session.disk.root().to_owned() }
    }
}
