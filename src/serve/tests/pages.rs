//! Pages, and status pages in their place.

use std::fs;

use super::*;

#[test]
fn script_is_added_to_served_pages_only() {
    let server = TestServer::open();
    let page = HOME.replace("首页", "东澜水务");
    server.put("客户/东澜水务/index.html", page.as_bytes());
    for path in ["/%E5%AE%A2%E6%88%B7/%E4%B8%9C%E6%BE%9C%E6%B0%B4%E5%8A%A1/", "/客户/东澜水务/index.html"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
        let own = server.internal_address("");
        let lines = format!(
            "<link rel=\"stylesheet\" href=\"{own}panel.css\"><script src=\"{own}page.js\" data-generation=\"1\" \
             data-page=\"客户/东澜水务/index.html\" defer></script></head>"
        );
        assert_eq!(answer.text(), page.replace("</head>", &lines));
    }
    let on_disk = fs::read_to_string(server.folder.path().join("客户/东澜水务/index.html")).expect("read");
    assert_eq!(on_disk, page);
    server.publish(&["客户/东澜水务/index.html"]);
    assert!(server.get("/").text().contains("data-generation=\"2\" data-page=\"index.html\""));
}

#[test]
fn missing_page_is_awaited() {
    let server = TestServer::open();
    let answer = server.get("/%E5%AE%A2%E6%88%B7/x.html");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("「客户/x.html」") && answer.text().contains("data-page=\"客户/x.html\""));
    assert_eq!(server.request("GET /abc", &[("Accept", "text/html,*/*")]).header("content-type"), "text/html; charset=utf-8");
    assert_eq!(server.request("GET /a.css", &[("Accept", "text/css,*/*")]).header("content-type"), "text/plain; charset=utf-8");
    // On disk, but not part of the site.
    fs::write(server.folder.path().join("x.txt"), "x").expect("written");
    assert_eq!(server.get("/x.txt").status, 404);
    // Part of the site, but no longer on disk.
    server.put("b.html", b"");
    fs::remove_file(server.folder.path().join("b.html")).expect("removed");
    assert_eq!(server.get("/b.html").status, 404);
}

#[test]
fn without_site_every_page_gives_the_reason() {
    let server = TestServer::open();
    server.status.paths.lock().expect("held").clear();
    let answer = server.get("/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("网站正在生成") && answer.text().contains("data-generation=\"1\""));
    let trouble = vec![PageNote { severity: "error", message: "policy 有误：<b>".to_owned(), ..PageNote::default() }];
    server.window.publish_update(SiteUpdate { trouble, ..no_update(&server.status) });
    let answer = server.get("/%E5%AE%A2%E6%88%B7/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("policy 有误：&lt;b&gt;") && answer.text().contains("data-page=\"客户/index.html\""));
}

#[test]
fn pages_of_other_themes_are_served() {
    let server = TestServer::open();
    server.put("a.html", "<p>甲".as_bytes());
    let page = server.get("/a.html");
    assert!(page.text().starts_with("<link rel=\"stylesheet\"") && page.text().ends_with("defer></script><p>甲"));
    server.put("leer.html", b"");
    assert!(server.get("/leer.html").text().ends_with("defer></script>"));
    // Larger than any page of a site: sent unchanged.
    let large = vec![b'x'; (8 << 20) + 1];
    server.put("large.html", &large);
    assert!(server.get("/large.html").body == large);
}

#[test]
fn cached_page_is_not_modified_until_update() {
    let server = TestServer::open();
    let first = server.get("/");
    let tag = first.header("etag").to_owned();
    assert_eq!((first.header("last-modified"), first.header("accept-ranges")), ("", ""));
    let again = server.request("GET /", &[("If-None-Match", &tag)]);
    assert_eq!((again.status, again.header("etag"), again.body.len()), (304, &*tag, 0));
    // Ranges do not apply to generated pages.
    assert_eq!(server.request("GET /", &[("Range", "bytes=0-9")]).body, first.body);
    server.publish(&[]);
    let later = server.request("GET /", &[("If-None-Match", &tag)]);
    assert_eq!(later.status, 200);
    assert!(later.text().contains("data-generation=\"2\""));
    // Another start of the program counts from 1 again.
    let other = TestServer::open();
    assert_ne!(other.get("/").header("etag").split('-').next(), tag.split('-').next());
    assert_ne!(other.window.hub.token, server.window.hub.token);
}

#[test]
fn head_request_has_no_body() {
    let server = TestServer::open();
    server.put("a.css", b"p{}");
    for (path, kind) in
        [("/", "text/html; charset=utf-8"), ("/a.css", "text/css; charset=utf-8"), ("/x.html", "text/html; charset=utf-8")]
    {
        let (head, whole) = (server.request(&format!("HEAD {path}"), &[]), server.get(path));
        assert_eq!((head.status, head.header("content-type")), (whole.status, kind), "{path}");
        assert_eq!(head.header("content-length"), whole.body.len().to_string(), "{path}");
        assert_eq!(head.header("etag"), whole.header("etag"), "{path}");
    }
    let events = server.request(&format!("HEAD {}", server.internal_address("events")), &[]);
    assert_eq!((events.status, events.header("content-type")), (200, "text/event-stream"));
    assert_eq!(server.window.hub.listening(), 0);
}

#[test]
fn panic_in_status_breaks_one_response() {
    let server = TestServer::open();
    assert_eq!(server.get(&server.internal_address("notes?page=panic")).status, 500);
    assert_eq!(server.get(&server.internal_address("notes?page=a")).status, 200);
}
