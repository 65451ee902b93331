//! Answers requests. Files are read and the status is queried here, in synchronous code that may block.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::time::SystemTime;

use hyper::body::Bytes;
use hyper::header::{
    ACCEPT, ACCEPT_RANGES, ALLOW, CONNECTION, CONTENT_LENGTH, CONTENT_RANGE, ETAG, LAST_MODIFIED, RANGE, RETRY_AFTER,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::conditional::Validators;
use super::event_hub::EventHub;
use super::folder::{self, Opened};
use super::guard::{self, Refusal};
use super::headers::{self, Policy};
use super::range::{self, ByteRange};
use super::reply::{Content, plain, whole, with, with_type};
use super::status_page::{self, StatusPage};
use super::{INTERNAL_PREFIX, client_script, html_head, media, request};
use crate::i18n::Message;

/// Maximum length of a request target.
const ADDRESS: usize = 8 << 10;

/// Maximum size of a page for inserting the script; no page of a site is larger.
const PAGE: u64 = 8 << 20;

/// Files up to this size are read at once.
const AT_ONCE: u64 = 256 << 10;

/// Answers a request.
pub(super) fn respond(hub: &EventHub, asked: &Parts) -> Response<Content> {
    let own = asked
        .uri
        .path()
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(INTERNAL_PREFIX))
        .and_then(|path| path.strip_prefix('/'));
    let (mut config, mut response) = match guard::refusal(&asked.method, &asked.uri, &asked.headers, hub.port, own.is_some()) {
        Some(refusal) => (Policy::Page, refused(hub, refusal)),
        None if asked.uri.path_and_query().is_some_and(|address| address.as_str().len() > ADDRESS) => {
            (Policy::Page, plain(StatusCode::URI_TOO_LONG, ""))
        }
        None => match own.map(|own| own.split_once('/').unwrap_or((own, ""))) {
            Some((token, what)) if token == hub.token => (Policy::Page, internal_page(hub, asked, what)),
            // A token of an earlier start. The worker takes the 404 as a restart of the program.
            Some(_) => (Policy::Page, plain(StatusCode::NOT_FOUND, "gone")),
            None => (Policy::Page, site(hub, asked)),
        },
    };
    if own.is_some_and(|own| own.ends_with("/worker.js")) {
        config = Policy::Worker;
    }
    headers::add_headers(response.headers_mut(), config);
    let length = match response.body() {
        Content::Whole(bytes) => Some(bytes.len() as u64),
        Content::File(_, length) => Some(*length),
        Content::Events(_) => None,
    };
    if let Some(length) = length.filter(|_| response.status() != StatusCode::NOT_MODIFIED) {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    if asked.method == Method::HEAD {
        *response.body_mut() = Content::Whole(Bytes::new());
    }
    response
}

fn refused(hub: &EventHub, refusal: Refusal) -> Response<Content> {
    match refusal {
        Refusal::Host => {
            let address = format!("http://127.0.0.1:{}/", hub.port);
            let text = hub.words.format(&Message::new("serve.small.host").with("address", address));
            plain(StatusCode::FORBIDDEN, &text)
        }
        Refusal::Stranger => plain(StatusCode::FORBIDDEN, ""),
        Refusal::Method => {
            let response = with(plain(StatusCode::METHOD_NOT_ALLOWED, ""), ALLOW, "GET, HEAD");
            // A request body is not read.
            with(response, CONNECTION, "close")
        }
    }
}

/// Resources of the client script.
fn internal_page(hub: &EventHub, asked: &Parts, what: &str) -> Response<Content> {
    let value = |name| request::value(asked.uri.query(), name);
    let page = || value("page").unwrap_or_default();
    // A reconnecting browser sends the last event id; the address still has that of the page load.
    let heard = asked.headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let seen: Option<u64> = value("seen").and_then(|seen| seen.parse().ok()).max(heard);
    match what {
        "page.js" => whole(media::media(what), hub.script.clone()),
        "worker.js" => whole(media::media(what), Bytes::from_static(include_bytes!("client/worker.js"))),
        "panel.css" => whole(media::media(what), Bytes::from_static(include_bytes!("client/panel.css"))),
        "notes" => whole("application/json", hub.current().page_messages(&page()).into()),
        "poll.js" => {
            let (diagnostics, state) = hub.since(seen);
            whole(media::media(what), client_script::event_data(&state.page_messages(&page()), &diagnostics).into())
        }
        "events" if asked.method == Method::HEAD => with_type("text/event-stream", Content::Whole(Bytes::new())),
        "events" => match hub.listen(seen) {
            Some(listener) => with_type("text/event-stream", Content::Events(listener)),
            None => service_unavailable(hub),
        },
        _ => plain(StatusCode::NOT_FOUND, ""),
    }
}

/// A file of the site.
fn site(hub: &EventHub, asked: &Parts) -> Response<Content> {
    let Some(path) = request::path(asked.uri.path()) else { return plain(StatusCode::NOT_FOUND, "") };
    // The generation is read before the file is opened: a page may be newer than its label, and is then reloaded once
    // more, but never older.
    let state = hub.current();
    let opened = if state.status.has(&path) { folder::open(&hub.folder, &path) } else { Ok(None) };
    let answered = match opened {
        Ok(Some(opened)) if media::is_page(&path) && opened.size <= PAGE => {
            send_page(hub, asked, &path, state.generation, opened)
        }
        Ok(Some(opened)) => send(asked, &path, opened),
        Ok(None) if media::is_page(&path) || wants_page(asked) => {
            let has_site = state.status.has("index.html");
            let (status, instead) = match &*state.trouble {
                _ if has_site => (StatusCode::NOT_FOUND, StatusPage::Missing(&path)),
                [] => (StatusCode::SERVICE_UNAVAILABLE, StatusPage::FirstBuild),
                trouble => (StatusCode::SERVICE_UNAVAILABLE, StatusPage::NoSite(trouble)),
            };
            let lines = html_head::lines(&hub.token, state.generation, &path);
            let mut response =
                whole("text/html; charset=utf-8", status_page::render_status_page(instead, hub.words, &lines).into());
            *response.status_mut() = status;
            Ok(response)
        }
        Ok(None) => Ok(plain(StatusCode::NOT_FOUND, "")),
        Err(cause) => Err(cause),
    };
    answered.unwrap_or_else(|_| {
        let response = plain(StatusCode::SERVICE_UNAVAILABLE, hub.words.get("serve.small.unread"));
        with(response, RETRY_AFTER, "1")
    })
}

/// Whether a page is requested, not an image or script.
fn wants_page(asked: &Parts) -> bool {
    asked.headers.get(ACCEPT).and_then(|kinds| kinds.to_str().ok()).is_some_and(|kinds| kinds.contains("text/html"))
}

/// A page with the script inserted.
fn send_page(hub: &EventHub, asked: &Parts, path: &str, generation: u64, opened: Opened) -> io::Result<Response<Content>> {
    let known = validators(&opened).of_version(&format!("{}-{generation}", hub.start));
    if known.is_known(&asked.headers) {
        return Ok(unchanged(&known));
    }
    let page = read(opened.file, opened.size)?;
    let page = html_head::put(&page, &html_head::lines(&hub.token, generation, path));
    Ok(with_validators(whole(media::media(path), page.into()), &known))
}

/// A file or a part of it.
fn send(asked: &Parts, path: &str, opened: Opened) -> io::Result<Response<Content>> {
    let known = validators(&opened);
    if known.is_known(&asked.headers) {
        return Ok(unchanged(&known));
    }
    let Opened { mut file, size, .. } = opened;
    let header = asked.headers.get(RANGE).filter(|_| asked.method == Method::GET && known.allows_range(&asked.headers));
    let (status, start, length) = match range::byte_range(header.and_then(|header| header.to_str().ok()), size) {
        ByteRange::Whole => (StatusCode::OK, 0, size),
        ByteRange::Slice { start, length } => (StatusCode::PARTIAL_CONTENT, start, length),
        ByteRange::Outside => {
            let response = plain(StatusCode::RANGE_NOT_SATISFIABLE, "");
            return Ok(with(response, CONTENT_RANGE, &format!("bytes */{size}")));
        }
    };
    if start > 0 {
        file.seek(SeekFrom::Start(start))?;
    }
    let content = match length {
        ..=AT_ONCE => Content::Whole(read(file, length)?.into()),
        _ => Content::File(file, length),
    };
    let mut response = with(with_validators(with_type(media::media(path), content), &known), ACCEPT_RANGES, "bytes");
    *response.status_mut() = status;
    if status == StatusCode::PARTIAL_CONTENT {
        response = with(response, CONTENT_RANGE, &format!("bytes {start}-{}/{size}", start + length - 1));
    }
    Ok(response)
}

/// Reads so many bytes of a file. Files of a site are replaced, never truncated, so a shorter one is an error.
fn read(mut file: File, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn validators(opened: &Opened) -> Validators {
    Validators::of_file(opened.size, opened.modified, opened.number, SystemTime::now())
}

fn with_validators(response: Response<Content>, known: &Validators) -> Response<Content> {
    let response = with(response, ETAG, &known.tag);
    match &known.date {
        Some(date) => with(response, LAST_MODIFIED, date),
        None => response,
    }
}

fn unchanged(known: &Validators) -> Response<Content> {
    let mut response = with_validators(Response::new(Content::Whole(Bytes::new())), known);
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response
}

/// Response if there are too many subscribers.
fn service_unavailable(hub: &EventHub) -> Response<Content> {
    with(plain(StatusCode::SERVICE_UNAVAILABLE, hub.words.get("serve.small.busy")), RETRY_AFTER, "1")
}
