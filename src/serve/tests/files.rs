//! Files, ranges, and conditional requests.

use super::*;

/// A file large enough to be sent in chunks, with bytes that depend on their offset.
fn large() -> Vec<u8> {
    (0..(1_u32 << 20) + 12_345).map(|at| (at % 251) as u8).collect()
}

/// Makes a file old enough to have a date.
fn age(server: &TestServer, path: &str) -> String {
    let modified = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::OpenOptions::new().write(true).open(server.folder.path().join(path)).expect("opens");
    file.set_modified(modified).expect("set");
    httpdate::fmt_http_date(modified)
}

#[test]
fn partial_content_is_sent() {
    let server = TestServer::open();
    let bytes = large();
    let size = bytes.len();
    server.put("附件/film.mp4", &bytes);
    let path = "/%E9%99%84%E4%BB%B6/film.mp4";
    let whole = server.get(path);
    assert_eq!((whole.status, whole.header("accept-ranges"), whole.header("content-type")), (200, "bytes", "video/mp4"));
    assert!(whole.body == bytes);
    let cases = [
        ("bytes=0-0", 0, 1),
        ("bytes=5-104", 5, 100),
        ("bytes=1000-", 1000, size - 1000),
        ("bytes=-300000", size - 300_000, 300_000),
        ("bytes=7-99999999", 7, size - 7),
    ];
    for (range, start, length) in cases {
        let part = server.request(&format!("GET {path}"), &[("Range", range)]);
        assert_eq!((part.status, part.header("content-length")), (206, &*length.to_string()), "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {start}-{}/{size}", start + length - 1));
        assert!(part.body == bytes[start..start + length], "{range}");
    }
    let outside = server.request(&format!("GET {path}"), &[("Range", &format!("bytes={size}-"))]);
    assert_eq!((outside.status, outside.header("content-range")), (416, &*format!("bytes */{size}")));
    for range in ["bytes=0-1,5-6", "bytes=5-4", "lines=1-2"] {
        assert_eq!(server.request(&format!("GET {path}"), &[("Range", range)]).status, 200, "{range}");
    }
    let head = server.request(&format!("HEAD {path}"), &[("Range", "bytes=0-0")]);
    assert_eq!((head.status, head.header("content-length")), (200, &*size.to_string()));
}

#[test]
fn cached_file_is_not_modified() {
    let server = TestServer::open();
    server.put("a.css", b"p{}");
    // Just written: its date does not distinguish it from a write in the same second.
    assert_eq!(server.get("/a.css").header("last-modified"), "");
    let date = age(&server, "a.css");
    let first = server.get("/a.css");
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("last-modified"), date);
    for (name, value) in [("If-None-Match", &*tag), ("If-None-Match", "*"), ("If-Modified-Since", &date)] {
        let again = server.request("GET /a.css", &[(name, value)]);
        assert_eq!((again.status, again.header("etag"), again.body.len()), (304, &*tag, 0), "{name}: {value}");
        assert_eq!(server.request("HEAD /a.css", &[(name, value)]).status, 304);
    }
    for (range, expected) in [(&*tag, 206), (&date, 206), ("\"other\"", 200), ("Sun, 09 Sep 2001 01:46:41 GMT", 200)] {
        let answer = server.request("GET /a.css", &[("Range", "bytes=0-0"), ("If-Range", range)]);
        assert_eq!(answer.status, expected, "{range}");
    }
    // Replaced by one with the same size and date.
    server.put("a.css", b"q{}");
    age(&server, "a.css");
    let other = server.request("GET /a.css", &[("If-None-Match", &tag)]);
    assert_eq!((other.status, other.text()), (200, "q{}"));
    assert_eq!(server.request("GET /a.css", &[("Range", "bytes=0-0"), ("If-Range", &tag)]).text(), "q{}");
}

#[test]
fn empty_file_is_sent() {
    let server = TestServer::open();
    server.put("a.js", b"");
    let answer = server.get("/a.js");
    assert_eq!((answer.status, answer.header("content-length")), (200, "0"));
    assert_eq!(server.request("GET /a.js", &[("Range", "bytes=0-")]).status, 416);
}

/// A file truncated while it is sent must not look complete.
#[test]
fn truncated_file_closes_the_connection() {
    let server = TestServer::open();
    let file = fs::File::create(server.folder.path().join("large.bin")).expect("made");
    file.set_len(64 << 20).expect("sparse");
    server.status.paths.lock().expect("held").insert("large.bin".to_owned());
    let mut client = HttpClient::new(&server);
    client.ask("/large.bin");
    let head = HttpResponse::head(&mut client.reader);
    assert_eq!(head.header("content-length"), (64 << 20).to_string());
    file.set_len(1 << 20).expect("cut");
    let mut body = Vec::new();
    let _ = client.reader.read_to_end(&mut body);
    assert!(body.len() < 64 << 20);
    assert_eq!(server.get("/").status, 200);
}
