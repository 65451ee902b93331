//! Many clients at once, and slow ones.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, MutexGuard, PoisonError};

use super::*;

/// Descriptors are per process, so these tests run one after the other.
static ONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn many_clients_are_answered() {
    let (_alone, server) = (alone(), TestServer::open());
    for crowd in [16, 64, 250] {
        let (gate, answered) = (Barrier::new(crowd), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for at in 0..crowd {
                let (server, gate, answered) = (&server, &gate, &answered);
                let visit = move || {
                    gate.wait();
                    let mut client = HttpClient::new(server);
                    for path in ["/", "/x.css"] {
                        client.ask(path);
                        let answer = client.read_response();
                        assert_eq!(answer.status, if path == "/" { 200 } else { 404 }, "{at} of {crowd}");
                    }
                    answered.fetch_add(1, Ordering::Relaxed);
                };
                std::thread::Builder::new().stack_size(256 << 10).spawn_scoped(scope, visit).expect("spawned");
            }
        });
        assert_eq!(answered.load(Ordering::Relaxed), crowd);
    }
}

#[test]
fn slow_client_delays_nobody() {
    let (_alone, server) = (alone(), TestServer::open());
    let mut slow: Vec<HttpClient> = (0..99).map(|_| HttpClient::new(&server)).collect();
    let host = server.host();
    for (at, client) in slow.iter_mut().enumerate() {
        match at % 3 {
            0 => {}
            1 => client.send_raw("GET / HTTP/1.1\r\nX-Slow: "),
            _ => client.send_raw(&format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\nx")),
        }
    }
    // Others are served while slow clients send one letter at a time.
    for round in 0..20 {
        for client in slow.iter_mut().skip(1).step_by(3) {
            client.send_raw("x");
        }
        assert_eq!(server.get("/").status, 200, "{round}");
    }
    for client in slow.iter_mut().skip(1).step_by(3) {
        client.send_raw(&format!("\r\nHost: {host}\r\n\r\n"));
        assert_eq!(client.read_response().status, 200);
    }
}

#[test]
fn incomplete_head_times_out() {
    let server = TestServer::open_with_limits(Limits { head: Duration::from_millis(300), ..Limits::default() });
    let mut talks = [HttpClient::new(&server), HttpClient::new(&server), HttpClient::new(&server)];
    talks[1].send_raw("GET / HTTP/1.1\r\nX-Slow: ");
    talks[2].ask("/");
    assert_eq!(talks[2].read_response().status, 200);
    assert!(talks.iter_mut().all(HttpClient::is_closed));
}

#[test]
fn client_that_reads_nothing_is_disconnected() {
    let server = TestServer::open_with_limits(Limits { write: Duration::from_millis(300), ..Limits::default() });
    let file = fs::File::create(server.folder.path().join("large.bin")).expect("made");
    file.set_len(1 << 30).expect("sparse");
    server.status.paths.lock().expect("held").insert("large.bin".to_owned());
    let mut client = HttpClient::new(&server);
    client.ask("/large.bin");
    assert_eq!(HttpResponse::head(&mut client.reader).header("content-length"), (1 << 30).to_string());
    // Nothing is read until the server has closed the connection; then only data in transit arrives.
    wait("the end of the connection", || server.connections() == 0);
    let mut rest = Vec::new();
    let _ = client.reader.read_to_end(&mut rest);
    assert!(rest.len() < 1 << 30);
}

#[test]
fn excess_connection_replaces_longest_idle() {
    let _alone = alone();
    let limits = Limits { connections: 8, quiet: Duration::from_millis(20), head: TIMEOUT, ..Limits::default() };
    let server = TestServer::open_with_limits(limits);
    let mut stream = server.listen("?seen=1");
    assert_eq!(next_message(&stream.read_messages()), [(1, "[]".to_owned())]);
    // More connections than allowed, one after the other: each is served, and the first are closed.
    let mut idle: Vec<HttpClient> = Vec::new();
    for at in 0..40 {
        let mut client = HttpClient::new(&server);
        client.ask("/");
        assert_eq!(client.read_response().status, 200, "{at}");
        idle.push(client);
    }
    assert!(idle[..32].iter_mut().all(HttpClient::is_closed));
    // A subscriber is not idle.
    server.publish(&["a.html"]);
    assert_eq!(next_message(&stream.read_messages()), [(2, "[\"a.html\"]".to_owned())]);
}

#[test]
fn connection_waits_when_all_slots_stream() {
    let _alone = alone();
    let server = TestServer::open_with_limits(Limits { connections: 4, ..Limits::default() });
    let mut ears: Vec<EventStream> = (0..4).map(|_| server.listen("?seen=1")).collect();
    assert!(ears.iter_mut().all(|stream| next_message(&stream.read_messages()) == [(1, "[]".to_owned())]));
    let mut client = HttpClient::new(&server);
    client.ask("/");
    drop(ears.pop());
    assert_eq!(client.read_response().status, 200);
}

#[test]
fn subscriber_limit() {
    let (_alone, server) = (alone(), TestServer::open());
    let mut ears: Vec<EventStream> = (0..event_hub::LISTENERS).map(|_| server.listen("?seen=1")).collect();
    let refused = server.get(&server.internal_address("events"));
    assert_eq!((refused.status, refused.header("retry-after")), (503, "1"));
    assert!(ears.iter_mut().all(|stream| stream.read_messages().len() == 1));
    server.publish(&["a.html"]);
    assert!(ears.iter_mut().all(|stream| next_message(&stream.read_messages()) == [(2, "[\"a.html\"]".to_owned())]));
    drop(ears.pop());
    wait("one to leave", || server.window.hub.listening() < event_hub::LISTENERS);
    server.listen("");
}

/// Connections opened and reset, in the middle of a request or before it. Their ports are free at once.
#[test]
fn connection_churn_is_harmless() {
    let (_alone, server) = (alone(), TestServer::open());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().expect("built");
    let _inside = runtime.enter();
    let host = server.host();
    for at in 0..20_000 {
        let stream = server.connect();
        stream.set_nonblocking(true).expect("set");
        let stream = tokio::net::TcpStream::from_std(stream).expect("made");
        stream.set_zero_linger().expect("set");
        let _ = match at % 4 {
            0 => Ok(0),
            1 => stream.try_write(b"GET / HT"),
            2 => stream.try_write(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()),
            _ => stream
                .try_write(format!("GET {} HTTP/1.1\r\nHost: {host}\r\n\r\n", server.internal_address("events")).as_bytes()),
        };
        drop(stream);
        if at % 1000 == 0 {
            assert_eq!(server.get("/").status, 200, "{at}");
        }
    }
    assert_eq!(server.get("/").status, 200);
    wait("everybody to have left", || server.connections() == 0 && server.window.hub.listening() == 0);
}

/// Runs in its own process with few descriptors.
#[cfg(unix)]
#[test]
fn server_recovers_from_descriptor_exhaustion() {
    const PLAY: &str = "serve::tests::load::few_descriptors";
    let program = std::env::current_exe().expect("known");
    let play = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 100 && exec \"$0\" --ignored --exact --nocapture \"$1\""])
        .arg(program)
        .arg(PLAY)
        .output()
        .expect("spawned");
    let said = String::from_utf8_lossy(&play.stdout);
    assert!(play.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&play.stderr));
}

#[cfg(unix)]
#[test]
#[ignore = "played by the test above, with few descriptors"]
fn few_descriptors() {
    let server = TestServer::open();
    // Both ends are in this process: at some point neither gets a descriptor.
    let mut talks = Vec::new();
    while let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, server.window.port)) {
        stream.set_read_timeout(Some(TIMEOUT)).expect("set");
        talks.push(HttpClient { reader: BufReader::new(stream), host: server.host() });
    }
    assert!(talks.len() > 20, "{}", talks.len());
    // The last one waits in the queue until another leaves.
    let mut last = talks.pop().expect("one");
    last.ask("/");
    talks.truncate(talks.len() / 2);
    // It may have got the last descriptor, so that none is left for the page.
    assert!(matches!(last.read_response().status, 200 | 503));
    drop(talks);
    wait("everybody to have left", || server.connections() <= 1);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn closed_server_stops_at_once() {
    let (_alone, server) = (alone(), TestServer::open());
    let mut stream = server.listen("?seen=1");
    assert_eq!(stream.read_messages().len(), 1);
    let mut idle = HttpClient::new(&server);
    idle.ask("/");
    assert_eq!(idle.read_response().status, 200);
    // A client in the middle of a request that takes as long as the test.
    let (_answer, question) = mpsc::channel();
    let mut asker = HttpClient::new(&server);
    *server.status.held_up.lock().expect("held") = Some(question);
    asker.ask(&server.internal_address("notes?page=a"));
    wait("the question to arrive", || server.status.held_up.lock().expect("held").is_none());
    let port = server.window.port;
    let begun = Instant::now();
    drop(server.window);
    assert!(begun.elapsed() < TIMEOUT);
    assert!(stream.piece().is_none() && idle.is_closed() && asker.is_closed());
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}
