//! The preview server: serves the site on this machine while it is being edited, with diagnostics beside it.
//!
//! [`PreviewServer::open`] starts it; the caller reports each build with [`PreviewServer::publish_update`], and the
//! server notifies the browsers. Only paths that [`SiteStatus`] knows are served. Script and panel are inserted into
//! the responses, never into the files. This module does not know how a site is built.
//!
//! `server` handles connections and is the only asynchronous file; `respond` answers one request in synchronous code.
//! Resources that are not part of the site are below `/_kedang/TOKEN/`:
//!
//! | address | response |
//! |---|---|
//! | `page.js`, `worker.js`, `panel.css` | the client (`client/`) |
//! | `events?seen=41` | updates since that generation, then further ones as server-sent events |
//! | `notes?page=…` | messages for a page |
//! | `poll.js?page=…&seen=41` | both, once, for browsers without shared workers |
#![expect(clippy::disallowed_methods, reason = "opens files of the site and sends their modification times")]

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

/// What the server queries about the site.
pub trait SiteStatus: Send + Sync {
    /// Whether this path (components joined by `/`, decoded) belongs to the site.
    fn has(&self, path: &str) -> bool;

    /// Messages for a page of the site.
    fn notes(&self, page: &str) -> PageNotes;
}

/// Messages shown beside a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PageNotes {
    /// Problems in the texts the page shows.
    pub faults: Vec<PageNote>,
    /// Overdue and coming duties of the page's subject.
    pub duties: Vec<PageNote>,
}

/// A problem or duty, as the panel shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PageNote {
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// Code.
    pub code: String,
    /// The message.
    pub message: String,
    /// Lines of help: what would be right.
    pub help: Vec<String>,
    /// Displayed path; empty if it is about no file.
    pub path: String,
    /// Line from 1; 0 if it is about no position.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// The source line.
    pub source: String,
    /// Link that opens the file at the position in an editor.
    pub open: Option<String>,
}

/// Number of messages in the whole archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct MessageCounts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub infos: usize,
    /// Findings.
    pub findings: usize,
}

/// An update: the state after a build, failed or not.
#[derive(Clone)]
pub struct SiteUpdate {
    /// Outputs written or removed since the last update, in order; `None` if unknown.
    pub changed: Option<Vec<Arc<str>>>,
    /// The page of the file just saved, if browsers are to follow.
    pub follow: Option<Arc<str>>,
    /// Why there is no newer site: a broken template or configuration, a full disk. The last good one remains.
    pub trouble: Vec<PageNote>,
    /// Message counts.
    pub sums: MessageCounts,
    /// The page of all problems, if the edition has one.
    pub all: Option<Arc<str>>,
    /// Queried while responding to requests.
    pub status: Arc<dyn SiteStatus>,
}

/// Port to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The first free one from this on.
    From(u16),
    /// Exactly this one.
    Exactly(u16),
}

/// First path component of everything outside the site.
const INTERNAL_PREFIX: &str = "_kedang";

/// A running server; stops when dropped.
pub struct PreviewServer {
    port: u16,
    hub: Arc<EventHub>,
    attendant: Server,
}

impl PreviewServer {
    /// Starts a server for the site in `folder`, on the loopback interface only.
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

    /// Its address: `http://127.0.0.1:8417/`.
    pub fn address(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Notifies all browsers.
    pub fn publish_update(&self, diagnostics: SiteUpdate) {
        let before = self.hub.publish(diagnostics);
        self.attendant.discard(before);
    }
}

impl std::fmt::Debug for PreviewServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Window").field("port", &self.port).finish_non_exhaustive()
    }
}
