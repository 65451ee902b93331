//! Builds responses.

use std::fs::File;

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::event_hub::Subscriber;

/// Body of a response.
#[derive(Debug)]
pub(super) enum Content {
    /// Bytes in memory.
    Whole(Bytes),
    /// So many bytes of a file from its current position.
    File(File, u64),
    /// A stream of updates.
    Events(Subscriber),
}

/// A line of text; the name of the status if empty.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Content> {
    let text = if text.is_empty() { status.canonical_reason().unwrap_or_default() } else { text };
    let mut response = whole("text/plain; charset=utf-8", text.to_owned().into());
    *response.status_mut() = status;
    response
}

/// Bytes of a media type.
pub(super) fn whole(kind: &'static str, bytes: Bytes) -> Response<Content> {
    with_type(kind, Content::Whole(bytes))
}

/// A body of a media type.
pub(super) fn with_type(kind: &'static str, content: Content) -> Response<Content> {
    let mut response = Response::new(content);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Adds a header. Values are letters and digits; others are dropped.
pub(super) fn with(mut response: Response<Content>, name: HeaderName, value: &str) -> Response<Content> {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}
