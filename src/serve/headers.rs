//! Security headers of all responses.

use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// For pages and their resources: the policy in the pages themselves, and no framing.
const PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data:; style-src 'self'; \
                    font-src 'self'; script-src 'self'; frame-ancestors 'none'";

/// For the worker that subscribes for all tabs: it may only connect.
const WORKER: &str = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// For documents shown by the browser's own viewers, which a stricter policy would break.
const FILE_POLICY: &str = "frame-ancestors 'none'";

/// Content security policy of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// A page or its resources.
    Page,
    /// The worker.
    Worker,
}

/// Adds the headers of every response; `headers` already has the content type.
pub(super) fn add_headers(headers: &mut HeaderMap, config: Policy) {
    let is_document = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    let config = match config {
        Policy::Worker => WORKER,
        Policy::Page if is_document => FILE_POLICY,
        Policy::Page => PAGE,
    };
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, config),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn directives(config: &str) -> BTreeMap<&str, Vec<&str>> {
        let parts = config.split(';').map(|part| part.split_whitespace().collect::<Vec<_>>());
        parts.filter_map(|words| words.split_first().map(|(name, sources)| (*name, sources.to_vec()))).collect()
    }

    /// Both policies apply; that of the page on disk must also work for `file:`.
    #[test]
    fn header_csp_is_as_strict_as_the_page() {
        let base = include_str!("../../themes/ink/templates/base.html");
        let meta = base.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let (meta, sent) = (directives(meta.expect("the theme has a policy")), directives(PAGE));
        for (name, sources) in &sent {
            let theirs = meta.get(name).cloned().unwrap_or_else(|| vec!["'none'"]);
            let strange: Vec<_> = sources.iter().filter(|source| **source != "'none'" && !theirs.contains(source)).collect();
            assert!(strange.is_empty(), "{name}: {strange:?}");
        }
        for name in meta.keys() {
            assert!(sent.contains_key(name), "{name} is not sent");
        }
        assert_eq!(sent["frame-ancestors"], ["'none'"]);
    }
}
