//! Access control. Pages of other sites in the same browser can send requests to this machine, too: they must neither
//! read the archive under a host name of their own that resolves to it, nor subscribe to updates.

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::{Method, Uri};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Wrong host name.
    Host,
    /// Method other than GET and HEAD.
    Method,
    /// Sent by a page of another origin.
    Stranger,
}

/// Host names of this machine that a local browser may use.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Why a request to the server at `port` is refused, if it is. `private`: the resource is for our own script only.
pub(super) fn refusal(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16, private: bool) -> Option<Refusal> {
    let Some(host) = host(headers).filter(|host| is_own_origin(host, port)) else { return Some(Refusal::Host) };
    // A host in the request target takes precedence over the header.
    if uri.authority().is_some_and(|authority| !authority.as_str().eq_ignore_ascii_case(host)) {
        return Some(Refusal::Host);
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Some(Refusal::Method);
    }
    (private && is_foreign_origin(headers, host)).then_some(Refusal::Stranger)
}

fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    hosts.next().is_none().then_some(host)
}

fn is_own_origin(host: &str, port: u16) -> bool {
    NAMES.iter().any(|name| {
        let rest = host.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name)).map(|_| &host[name.len()..]);
        match rest {
            // Browsers omit the default port.
            Some("") => port == 80,
            Some(rest) => rest.strip_prefix(':').is_some_and(|digits| digits == port.to_string()),
            None => false,
        }
    })
}

/// Whether a page of another origin sends the request. Browsers say so (`Sec-Fetch-Site`, `Origin`); other programs do
/// not, but they do not know the token. Another port is another origin.
fn is_foreign_origin(headers: &HeaderMap, host: &str) -> bool {
    let says = |name: &str| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).collect::<Vec<_>>();
    let from_elsewhere = says("sec-fetch-site").iter().any(|site| !matches!(*site, "same-origin" | "none"));
    let own = format!("http://{host}");
    from_elsewhere || says(ORIGIN.as_str()).iter().any(|origin| !origin.eq_ignore_ascii_case(&own))
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderName, HeaderValue};

    use super::*;

    fn asked(method: &str, uri: &str, said: &[(&str, &str)], private: bool) -> Option<Refusal> {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            let name: HeaderName = name.parse().expect("a name");
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        }
        refusal(&method.parse().expect("a method"), &uri.parse().expect("an address"), &headers, 8417, private)
    }

    #[test]
    fn only_loopback_hosts_are_answered() {
        for host in ["127.0.0.1:8417", "localhost:8417", "LocalHost:8417", "[::1]:8417"] {
            assert_eq!(asked("GET", "/", &[("host", host)], false), None, "{host}");
        }
        let strange = [
            "",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:84170",
            "127.0.0.1:08417",
            "evil.example:8417",
            "localhost.evil.example:8417",
            "127.0.0.1:8417.evil.example",
            "127.0.0.2:8417",
            "0.0.0.0:8417",
            "[::1]",
            "::1:8417",
            "localhost:8417@evil",
            "本机:8417",
        ];
        for host in strange {
            assert_eq!(asked("GET", "/", &[("host", host)], false), Some(Refusal::Host), "{host}");
        }
        assert_eq!(asked("GET", "/", &[], false), Some(Refusal::Host));
        let twice = [("host", "127.0.0.1:8417"), ("host", "127.0.0.1:8417")];
        assert_eq!(asked("GET", "/", &twice, false), Some(Refusal::Host));
        let ours = [("host", "127.0.0.1:8417")];
        assert_eq!(asked("GET", "http://127.0.0.1:8417/", &ours, false), None);
        assert_eq!(asked("GET", "http://evil.example/", &ours, false), Some(Refusal::Host));
        assert_eq!(asked("GET", "http://x@127.0.0.1:8417/", &ours, false), Some(Refusal::Host));
        assert_eq!(asked("CONNECT", "127.0.0.1:8417", &ours, false), Some(Refusal::Method));
    }

    #[test]
    fn default_port_may_be_omitted() {
        assert!(is_own_origin("localhost", 80) && is_own_origin("localhost:80", 80) && !is_own_origin("localhost", 8417));
    }

    #[test]
    fn only_get_and_head_are_allowed() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"] {
            assert_eq!(asked(method, "/", &[("host", "localhost:8417")], false), Some(Refusal::Method), "{method}");
        }
        assert_eq!(asked("HEAD", "/", &[("host", "localhost:8417")], false), None);
    }

    #[test]
    fn foreign_origins_get_no_data() {
        let host = ("host", "localhost:8417");
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://localhost:3000"),
            ("origin", "http://127.0.0.1:8417"),
        ] {
            assert_eq!(asked("GET", "/", &[host, (name, value)], true), Some(Refusal::Stranger), "{name}: {value}");
            // A link from elsewhere to a page is allowed.
            assert_eq!(asked("GET", "/", &[host, (name, value)], false), None, "{name}: {value}");
        }
        for (name, value) in [
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "none"),
            ("origin", "http://localhost:8417"),
            ("accept", "*/*"),
        ] {
            assert_eq!(asked("GET", "/", &[host, (name, value)], true), None, "{name}: {value}");
        }
    }
}
