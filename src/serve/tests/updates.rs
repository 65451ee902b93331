//! Updates sent to browsers.

use super::*;

#[test]
fn updates_reach_subscribers() {
    let server = TestServer::open();
    let (mut stream, mut other) = (server.listen("?seen=1"), server.listen(""));
    assert_eq!(next_message(&stream.read_messages()), [(1, "[]".to_owned())]);
    // A client that does not say what it has seen may have seen anything.
    assert_eq!(next_message(&other.read_messages()), [(1, "null".to_owned())]);
    server.publish(&["客户/a.html"]);
    for stream in [&mut stream, &mut other] {
        assert_eq!(next_message(&stream.read_messages()), [(2, "[\"客户/a.html\"]".to_owned())]);
    }
    server.publish(&["b.html"]);
    assert_eq!(next_message(&stream.read_messages()), [(3, "[\"b.html\"]".to_owned())]);
    assert_eq!(next_message(&server.listen("?seen=1").read_messages()).len(), 2);
    assert_eq!(next_message(&server.listen("?seen=9").read_messages()), [(3, "null".to_owned())]);
}

#[test]
fn page_queries_are_answered() {
    let server = TestServer::open();
    let notes = server.get(&server.internal_address("notes?page=%E5%AE%A2%E6%88%B7%2Findex.html"));
    let told: Value = serde_json::from_slice(&notes.body).expect("JSON");
    assert_eq!(told["notes"]["faults"][0]["message"], "客户/index.html</script>\u{2028}");
    assert_eq!((&told["generation"], &told["sums"]["errors"], &told["all"]), (&1.into(), &0.into(), &Value::Null));
    server.publish(&["a.html"]);
    let poll = server.get(&server.internal_address("poll.js?page=a.html&seen=1"));
    assert_eq!(poll.header("content-type"), "text/javascript; charset=utf-8");
    let json = poll.text().strip_prefix("kedangHear(").and_then(|rest| rest.strip_suffix(");")).expect("a call");
    assert!(!json.contains(['<', '\u{2028}']));
    let told: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!((&told["generation"], &told["news"][0]["changed"][0]), (&2.into(), &"a.html".into()));
    assert_eq!(told["notes"]["faults"][0]["message"], "a.html</script>\u{2028}");
    for (name, kind) in [("page.js", "text/javascript"), ("worker.js", "text/javascript"), ("panel.css", "text/css")] {
        let answer = server.get(&server.internal_address(name));
        assert_eq!((answer.status, answer.header("content-type")), (200, &*format!("{kind}; charset=utf-8")), "{name}");
    }
    assert!(server.get(&server.internal_address("page.js")).text().starts_with("const KEDANG_TEXTS={\"serve."));
    let other = server.get("/_kedang/0123/notes?page=a.html");
    assert_eq!((other.status, other.text()), (404, "gone"));
}

#[test]
fn reconnect_resumes_from_last_event() {
    let server = TestServer::open();
    server.publish(&["a.html"]);
    let mut stream = server.listen("?seen=1");
    let first = stream.piece().expect("something to hear");
    assert!(first.starts_with("retry: 500\n\nid: 2\ndata: {\"generation\":2,"), "{first}");
    server.publish(&["b.html"]);
    // The address is still that of the page; the header is newer.
    let again = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nLast-Event-ID: 2\r\n\r\n",
        server.internal_address("events?seen=1"),
        server.host()
    );
    let mut client = HttpClient::new(&server);
    client.send_raw(&again);
    assert_eq!(HttpResponse::head(&mut client.reader).status, 200);
    let mut stream = EventStream { reader: client.reader };
    assert_eq!(next_message(&stream.read_messages()), [(3, "[\"b.html\"]".to_owned())]);
}

#[test]
fn keep_alive_is_sent_when_idle() {
    let server = TestServer::open_with_limits(Limits { ping: Duration::from_millis(20), ..Limits::default() });
    let mut stream = server.listen("?seen=1");
    assert_eq!(stream.read_messages().len(), 1);
    assert_eq!(stream.piece().as_deref(), Some(":\n\n"));
    assert_eq!(stream.piece().as_deref(), Some(":\n\n"));
    server.publish(&["a.html"]);
    // Keep-alive messages may have been sent before.
    let diagnostics = std::iter::from_fn(|| stream.piece()).find(|piece| piece != ":\n\n").expect("something to hear");
    assert!(diagnostics.starts_with("id: 2\ndata: "), "{diagnostics}");
}
