//! The shop window: the site as a browser on this machine sees it while it is being written, with what is wrong beside it.
//!
//! The verb is [`Window::open`]; whoever builds tells the window what is new ([`Window::tell`]), and the window tells the
//! browsers. Only what the [`Board`] says is of the site is served. The script that reloads and the panel of problems are put
//! into the answer, never into the files. The room never knows how a site is built.
//!
//! Connections are kept by `server`, which alone is asynchronous; `answer` answers one request in plain code; everything else is
//! a small question with a small answer. What is not of the site lies below `/_kedang/TOKEN/`:
//!
//! | address | answers |
//! |---|---|
//! | `page.js`, `worker.js`, `panel.css` | the side of the browser (`client/`) |
//! | `events?seen=41` | what is newer than that generation, and then the news as they come |
//! | `notes?page=…` | what is to be said beside a page |
//! | `poll.js?page=…&seen=41` | both, once, for browsers that cannot listen for all tabs at once |
#![expect(clippy::disallowed_methods, reason = "files of the site are opened here, and their age is told to browsers")]

mod client_script;
mod conditional;
mod connections;
mod event_hub;
mod folder;
mod generations;
mod guard;
mod headers;
mod html_head;
mod limits;
mod markup;
mod media;
mod range;
mod reply;
mod request;
mod respond;
mod server;
mod status_page;
#[cfg(test)]
mod tests;

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use event_hub::EventHub;
use limits::Limits;
use server::{Listener, Server};

use crate::i18n::Catalog;

/// What the window asks whoever builds.
pub trait SiteStatus: Send + Sync {
    /// Whether this path (parts joined by `/`, decoded) is of the site.
    fn has(&self, path: &str) -> bool;

    /// What is to be said beside a page of the site.
    fn notes(&self, page: &str) -> PageNotes;
}

/// What is said beside a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PageNotes {
    /// Faults of the texts the page shows.
    pub faults: Vec<PageNote>,
    /// Duties not kept or coming due, of whom the page is about.
    pub duties: Vec<PageNote>,
}

/// A fault or a duty, as the panel shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PageNote {
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// Public code.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// What would be right, a line each.
    pub help: Vec<String>,
    /// The file as people see it; empty when it is about no file.
    pub path: String,
    /// Line from 1; 0 when it is about no place.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// The source line.
    pub source: String,
    /// Link that opens the file at the place in the editor.
    pub open: Option<String>,
}

/// How much is wrong in the whole archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct MessageCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub infos: usize,
    /// Duties.
    pub findings: usize,
}

/// What is new.
#[derive(Clone)]
pub struct SiteUpdate {
    /// Outputs written or removed since the last news, in order; `None`: nobody knows, it may be all.
    pub changed: Option<Vec<Arc<str>>>,
    /// The page of the file that was just saved, if browsers are to follow.
    pub follow: Option<Arc<str>>,
    /// Why there is no newer site, if so: a broken template or policy, a full disk. The last good one stays.
    pub trouble: Vec<PageNote>,
    /// Figures.
    pub sums: MessageCounts,
    /// The page of all problems, if the edition has one.
    pub all: Option<Arc<str>>,
    /// What is asked from now on.
    pub status: Arc<dyn SiteStatus>,
}

/// Which door the window has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The first free one from this on.
    From(u16),
    /// This and no other.
    Exactly(u16),
}

/// Where everything lies that is not of the site.
const INTERNAL_PREFIX: &str = "_kedang";

/// A window, open until dropped.
pub struct PreviewServer {
    port: u16,
    hub: Arc<EventHub>,
    attendant: Server,
}

impl PreviewServer {
    /// Opens a window on the site in `folder`, on the loopback only.
    pub fn open(
        folder: PathBuf,
        port: Port,
        words: &'static Catalog,
        diagnostics: SiteUpdate,
    ) -> std::io::Result<PreviewServer> {
        PreviewServer::open_within(folder, port, words, diagnostics, Limits::default())
    }

    fn open_within(
        folder: PathBuf,
        port: Port,
        words: &'static Catalog,
        diagnostics: SiteUpdate,
        limits: Limits,
    ) -> std::io::Result<PreviewServer> {
        let door = Listener::open(port)?;
        let port = door.port()?;
        let hub = Arc::new(EventHub::new(folder, port, words, diagnostics)?);
        let attendant = door.run(hub.clone(), limits)?;
        Ok(PreviewServer { port, hub, attendant })
    }

    /// Where it is: `http://127.0.0.1:8417/`.
    pub fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Tells all browsers what is new.
    pub fn publish_update(&self, diagnostics: SiteUpdate) {
        let before = self.hub.tell(diagnostics);
        self.attendant.discard(before);
    }
}

impl std::fmt::Debug for PreviewServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Window").field("port", &self.port).finish_non_exhaustive()
    }
}
