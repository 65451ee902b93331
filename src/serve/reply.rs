//! Replies, put together piece by piece.

use std::fs::File;

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::event_hub::Subscriber;

/// What an answer holds.
#[derive(Debug)]
pub(super) enum Content {
    /// So many bytes.
    Whole(Bytes),
    /// Bytes of a file from where it stands, so many.
    File(File, u64),
    /// What there is to tell, as it comes.
    Events(Subscriber),
}

/// A line of text; the name of the status where nothing is said.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Content> {
    let text = if text.is_empty() { status.canonical_reason().unwrap_or_default() } else { text };
    let mut response = whole("text/plain; charset=utf-8", text.to_owned().into());
    *response.status_mut() = status;
    response
}

/// Bytes of a kind.
pub(super) fn whole(kind: &'static str, bytes: Bytes) -> Response<Content> {
    with_type(kind, Content::Whole(bytes))
}

/// Something of a kind.
pub(super) fn with_type(kind: &'static str, content: Content) -> Response<Content> {
    let mut response = Response::new(content);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// The response with one more header. What is put in is made of letters and digits here; anything else is left out.
pub(super) fn with(mut response: Response<Content>, name: HeaderName, value: &str) -> Response<Content> {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}
