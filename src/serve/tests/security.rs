//! Attacks, and that they are refused.

use super::*;

/// A status to which every path belongs: what is refused is refused by the server itself.
struct Everything;

impl SiteStatus for Everything {
    fn has(&self, _path: &str) -> bool {
        true
    }

    fn notes(&self, _page: &str) -> PageNotes {
        PageNotes::default()
    }
}

#[test]
fn every_response_has_isolation_headers() {
    let server = TestServer::open();
    server.put("a.css", b"p{}");
    server.put("a.pdf", b"%PDF");
    let own = |what: &str| server.internal_address(what);
    let paths = ["/", "/a.css", "/a.pdf", "/x.html", "/x.css", "/..", "/_kedang/x/notes"].map(str::to_owned);
    let ours = ["page.js", "worker.js", "panel.css", "notes?page=a", "poll.js?page=a", "x"].map(own);
    let mut answers: Vec<HttpResponse> = paths.iter().chain(&ours).map(|path| server.get(path)).collect();
    answers.push(server.request("POST /", &[]));
    answers.push(server.request("GET /", &[("If-None-Match", "*")]));
    answers.push(server.request("GET /a.css", &[("Range", "bytes=9-")]));
    answers.push(server.request(&format!("HEAD {}", own("events")), &[]));
    answers.push(server.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
    for answer in &answers {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{answer:?}");
        }
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{answer:?}");
        assert!(!answer.headers.keys().any(|name| name.starts_with("access-control") || name == "location"), "{answer:?}");
    }
    let config = |path: &str| server.get(path).header("content-security-policy").to_owned();
    assert!(config("/").contains("script-src 'self'") && !config("/").contains("connect-src"));
    assert!(config(&own("worker.js")).contains("connect-src 'self'"));
    // Only the worker itself gets the worker's policy.
    assert!(!config("/worker.js").contains("connect-src") && !config(&own("notes?/worker.js")).contains("connect-src"));
    assert!(!config("/a.pdf").contains("default-src"));
}

#[test]
fn dns_rebinding_is_rejected() {
    let server = TestServer::open();
    let port = server.window.port;
    let with = |host: &str, path: &str| server.send(&format!("GET {path} HTTP/1.1\r\n{host}\r\n")).status;
    for host in ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"] {
        assert_eq!(with(&format!("Host: {host}:{port}\r\n"), "/"), 200, "{host}");
    }
    let other = port.wrapping_add(1);
    for host in
        ["evil.example", "127.0.0.1", "localhost.", "127.1", "0.0.0.0", "127.0.0.1.nip.io", "localhost@evil.example", "", "::1"]
    {
        for host in [host.to_owned(), format!("{host}:{port}"), format!("{host}:{other}")] {
            let is_ours = ["127.0.0.1", "localhost"].iter().any(|ours| host == format!("{ours}:{port}"));
            if !is_ours {
                assert_eq!(with(&format!("Host: {host}\r\n"), "/"), 403, "{host}");
                assert_eq!(with(&format!("Host: {host}\r\n"), &server.internal_address("notes?page=a")), 403, "{host}");
            }
        }
    }
    assert_eq!(with("", "/"), 403);
    assert_eq!(with(&format!("Host: localhost:{port}\r\nHost: evil.example\r\n"), "/"), 403);
    assert_eq!(with(&format!("Host: localhost:{port}\r\n"), "http://evil.example/"), 403);
    let refused = server.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert!(refused.text().contains(&server.window.address()) && !refused.text().contains("_kedang"));
}

#[test]
fn foreign_pages_get_no_events() {
    let server = TestServer::open();
    let own = format!("http://{}", server.host());
    for what in ["events", "notes?page=a", "poll.js?page=a", "page.js", "worker.js", "panel.css"] {
        let line = format!("GET {}", server.internal_address(what));
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Origin", "http://localhost:1"),
        ] {
            assert_eq!(server.request(&line, &[(name, value)]).status, 403, "{what} {name}: {value}");
        }
        if what != "events" {
            assert_eq!(server.request(&line, &[("Sec-Fetch-Site", "same-origin"), ("Origin", &own)]).status, 200, "{what}");
        }
    }
    assert_eq!(server.window.hub.listening(), 0);
    let token = &server.window.hub.token;
    for guess in ["", "x", &token[1..], &format!("{token}0"), &token.to_uppercase().replace('0', "O")] {
        let answer = server.get(&format!("/_kedang/{guess}/notes?page=a"));
        assert_eq!((answer.status, answer.text()), (404, "gone"), "{guess}");
    }
}

#[test]
fn no_path_leaves_the_site() {
    let server = TestServer::open();
    let outside = server.folder.path().parent().expect("has one").join(format!("secret-{}", server.window.port));
    fs::create_dir_all(&outside).expect("made");
    fs::write(outside.join("secret.html"), "SECRET").expect("written");
    server.put("a/index.html", b"<p>");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&outside, server.folder.path().join("link")).expect("linked");
        std::os::unix::fs::symlink(outside.join("secret.html"), server.folder.path().join("link.html")).expect("linked");
        rustix::fs::mkfifoat(rustix::fs::CWD, server.folder.path().join("pipe.html"), rustix::fs::Mode::RWXU).expect("made");
    }
    server.window.publish_update(SiteUpdate { status: Arc::new(Everything), ..no_update(&server.status) });
    let name = outside.file_name().and_then(|name| name.to_str()).expect("text");
    let ups = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "%252e%252e",
        "..;",
        "...",
        "%c0%ae%c0%ae",
        "%u002e%u002e",
        ".%00.",
        "a/..",
        "a/../..",
        "./..",
        "link",
        "%e2%80%a5",
    ];
    let mut tried: Vec<String> = ups.iter().map(|up| format!("/{up}/{name}/secret.html")).collect();
    tried.extend(ups.iter().map(|up| format!("/{up}{name}/secret.html")));
    tried.extend([
        format!("/{}/secret.html", outside.display()),
        format!("/{}", outside.join("secret.html").display()).replace('/', "%2f"),
        format!("//{name}/secret.html"),
        "/link/secret.html".to_owned(),
        "/link.html".to_owned(),
        "/pipe.html".to_owned(),
        "/a".to_owned(),
        "/a.html/".to_owned(),
        "/a//index.html".to_owned(),
        "/a/./index.html".to_owned(),
        "/a/index.html%00.css".to_owned(),
        "/a/index.html:$DATA".to_owned(),
        "/C:/a/index.html".to_owned(),
        "/%".to_owned(),
        "/%ff".to_owned(),
    ]);
    for path in &tried {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("SECRET"), "{path}");
    }
    assert_eq!(server.get("/a/").status, 200);
    fs::remove_dir_all(outside).expect("removed");
}

#[test]
fn only_get_and_head_are_allowed() {
    let server = TestServer::open();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"] {
        let answer = server.request(&format!("{method} /"), &[]);
        assert_eq!(
            (answer.status, answer.header("allow"), answer.header("connection")),
            (405, "GET, HEAD", "close"),
            "{method}"
        );
    }
}

#[test]
fn request_body_is_not_read() {
    let server = TestServer::open();
    let host = format!("Host: {}\r\n", server.host());
    for (method, status) in [("POST", 405), ("GET", 200)] {
        for length in
            ["Content-Length: 99999999999999999", "Transfer-Encoding: chunked", "Content-Length: 9\r\nExpect: 100-continue"]
        {
            let mut client = HttpClient::new(&server);
            client.send_raw(&format!("{method} / HTTP/1.1\r\n{host}{length}\r\n\r\n"));
            assert_eq!(client.read_response().status, status, "{method} {length}");
            assert!(client.is_closed(), "{method} {length}");
        }
        // A client still sending then must get the response: some systems would discard it.
        let mut client = HttpClient::new(&server);
        client.send_raw(&format!("{method} / HTTP/1.1\r\n{host}Content-Length: 50000\r\n\r\nx"));
        assert_eq!(client.read_response().status, status, "{method}");
        assert!(client.is_closed(), "{method}");
        for _ in 0..50 {
            client.send_raw(&"x".repeat(1000));
        }
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn request_head_is_limited() {
    let server = TestServer::open();
    let host = format!("Host: {}\r\n", server.host());
    let with = |path: &str, headers: &str| server.send(&format!("GET {path} HTTP/1.1\r\n{host}{headers}\r\n")).status;
    // The request target.
    let path = |length: usize| format!("/{}.html", "x".repeat(length - 6));
    assert_eq!((with(&path(8 << 10), ""), with(&path((8 << 10) + 1), "")), (404, 414));
    // The whole head: request line and the other header.
    let rest = format!("GET / HTTP/1.1\r\n{host}X: \r\n\r\n").len();
    let filled = |length: usize| format!("X: {}\r\n", "x".repeat(length - rest));
    assert_eq!((with("/", &filled(16 << 10)), with("/", &filled((16 << 10) + 1))), (200, 431));
    assert_eq!(with("/", &filled(60 << 10)), 431);
    // The number of headers.
    assert_eq!((with("/", &"X: 1\r\n".repeat(63)), with("/", &"X: 1\r\n".repeat(64))), (200, 431));
    for broken in ["GET\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n"] {
        assert_eq!(server.send(broken).status, 400, "{broken}");
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn server_listens_on_loopback_only() {
    let server = TestServer::open();
    assert_eq!(server.window.address(), format!("http://127.0.0.1:{}/", server.window.port));
    // Another address of the machine: bound to all of them, the server would answer here too.
    if cfg!(target_os = "linux") {
        assert!(TcpStream::connect(("127.0.0.2", server.window.port)).is_err());
    }
}

#[test]
fn used_port_is_skipped() {
    let first = TestServer::open();
    let port = first.window.port;
    let open = |port| {
        let folder = first.folder.path().to_owned();
        PreviewServer::open(folder, port, Catalog::of(Lang::Zh), no_update(&first.status))
    };
    assert_eq!(open(Port::Exactly(port)).expect_err("taken").kind(), std::io::ErrorKind::AddrInUse);
    let next = open(Port::From(port)).expect("one is free");
    assert!(next.port > port && next.port <= port.saturating_add(100), "{} after {port}", next.port);
    assert_eq!(first.get("/").status, 200);
}
