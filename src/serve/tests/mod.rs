//! Tests with real connections to a server on a real port.

mod consistency;
mod files;
mod load;
mod pages;
mod security;
mod updates;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::*;
use crate::i18n::Lang;

/// Maximum wait for an event, on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A status with a few paths, which puts the page's name into its messages.
#[derive(Default)]
struct TestStatus {
    paths: Mutex<BTreeSet<String>>,
    /// The next query is answered when the other end is dropped.
    held_up: Mutex<Option<mpsc::Receiver<()>>>,
}

impl SiteStatus for TestStatus {
    fn has(&self, path: &str) -> bool {
        self.paths.lock().expect("held").contains(path)
    }

    fn notes(&self, page: &str) -> PageNotes {
        assert_ne!(page, "panic", "a page that brings the board down");
        let held_up = self.held_up.lock().expect("held").take();
        let _ = held_up.map(|held_up| held_up.recv());
        let fault = PageNote { severity: "warning", message: format!("{page}</script>\u{2028}"), ..PageNote::default() };
        PageNotes { faults: vec![fault], duties: Vec::new() }
    }
}

/// A status without messages.
pub(super) struct EmptyStatus;

impl SiteStatus for EmptyStatus {
    fn has(&self, _path: &str) -> bool {
        false
    }

    fn notes(&self, page: &str) -> PageNotes {
        PageNotes {
            faults: vec![PageNote { severity: "error", path: page.to_owned(), ..PageNote::default() }],
            duties: Vec::new(),
        }
    }
}

/// A site in a temporary folder with its server.
struct TestServer {
    folder: tempfile::TempDir,
    status: Arc<TestStatus>,
    window: PreviewServer,
}

const HOME: &str = "<!doctype html><html><head><title>甲公司</title></head><body>首页</body></html>";

impl TestServer {
    fn open() -> TestServer {
        TestServer::open_with_limits(Limits { head: TIMEOUT, write: TIMEOUT, parting: TIMEOUT, ..Limits::default() })
    }

    fn open_with_limits(limits: Limits) -> TestServer {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let status = Arc::new(TestStatus::default());
        let window = PreviewServer::open_within(
            folder.path().to_owned(),
            Port::Exactly(0),
            Catalog::of(Lang::Zh),
            no_update(&status),
            limits,
        );
        let server = TestServer { folder, status, window: window.expect("opens") };
        server.put("index.html", HOME.as_bytes());
        server
    }

    /// Writes an output as a build does: temporary file and rename.
    fn put(&self, path: &str, bytes: &[u8]) {
        let at = self.folder.path().join(path);
        fs::create_dir_all(at.parent().expect("has one")).expect("made");
        let beside = at.with_extension("new");
        fs::write(&beside, bytes).expect("written");
        fs::rename(beside, at).expect("renamed");
        self.status.paths.lock().expect("held").insert(path.to_owned());
    }

    fn publish(&self, changed: &[&str]) {
        self.window.publish_update(SiteUpdate {
            changed: Some(changed.iter().map(|path| Arc::from(*path)).collect()),
            ..no_update(&self.status)
        });
    }

    /// Number of connections: each holds a reference to the hub, as do the server and its thread.
    fn connections(&self) -> usize {
        Arc::strong_count(&self.window.hub) - 2
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.window.port)).expect("connects");
        stream.set_read_timeout(Some(TIMEOUT)).expect("set");
        stream
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.window.port)
    }

    /// Sends a request line with headers, and reads the response.
    fn request(&self, line: &str, headers: &[(&str, &str)]) -> HttpResponse {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(&format!("{line} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host()))
    }

    fn get(&self, path: &str) -> HttpResponse {
        self.request(&format!("GET {path}"), &[])
    }

    /// Sends raw bytes, and reads one response.
    fn send(&self, request: &str) -> HttpResponse {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        HttpResponse::read(&mut BufReader::new(stream), request.starts_with("HEAD"))
    }

    /// Address of an internal resource.
    fn internal_address(&self, what: &str) -> String {
        format!("/_kedang/{}/{what}", self.window.hub.token)
    }

    fn listen(&self, seen: &str) -> EventStream {
        let mut stream = self.connect();
        let request =
            format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", self.internal_address(&format!("events{seen}")), self.host());
        stream.write_all(request.as_bytes()).expect("sent");
        let mut reader = BufReader::new(stream);
        let head = HttpResponse::head(&mut reader);
        assert_eq!((head.status, head.header("content-type")), (200, "text/event-stream"));
        EventStream { reader }
    }
}

/// An update without content.
fn no_update(status: &Arc<TestStatus>) -> SiteUpdate {
    let status: Arc<dyn SiteStatus> = status.clone();
    SiteUpdate { changed: None, follow: None, trouble: Vec::new(), sums: MessageCounts::default(), all: None, status }
}

/// A persistent connection.
struct HttpClient {
    reader: BufReader<TcpStream>,
    host: String,
}

impl HttpClient {
    fn new(server: &TestServer) -> HttpClient {
        HttpClient { reader: BufReader::new(server.connect()), host: server.host() }
    }

    fn send_raw(&mut self, bytes: &str) {
        self.reader.get_mut().write_all(bytes.as_bytes()).expect("sent");
    }

    fn ask(&mut self, path: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.send_raw(&request);
    }

    fn read_response(&mut self) -> HttpResponse {
        HttpResponse::read(&mut self.reader, false)
    }

    /// Whether the server has closed it; blocks until it sends something.
    fn is_closed(&mut self) -> bool {
        match self.reader.read(&mut [0]) {
            Ok(read) => read == 0,
            Err(cause) => matches!(cause.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
        }
    }
}

/// A received response.
#[derive(Debug)]
struct HttpResponse {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl HttpResponse {
    fn head(reader: &mut impl BufRead) -> HttpResponse {
        let mut line = String::new();
        reader.read_line(&mut line).expect("an answer");
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no answer but {line:?}"));
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("a header");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            let before = headers.insert(name.to_ascii_lowercase(), value.to_owned());
            assert_eq!(before, None, "{name} twice");
        }
        HttpResponse { status, headers, body: Vec::new() }
    }

    fn read(reader: &mut impl BufRead, is_head: bool) -> HttpResponse {
        let mut answer = HttpResponse::head(reader);
        let length = answer.headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        answer.body = vec![0; if is_head { 0 } else { length }];
        reader.read_exact(&mut answer.body).expect("a whole body");
        answer
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

/// A subscriber.
struct EventStream {
    reader: BufReader<TcpStream>,
}

impl EventStream {
    /// The next chunk of a chunked body; `None` at its end.
    fn piece(&mut self) -> Option<String> {
        let mut size = String::new();
        self.reader.read_line(&mut size).ok().filter(|read| *read > 0)?;
        let size = usize::from_str_radix(size.trim_end(), 16).expect("a size");
        let mut piece = vec![0; size + 2];
        self.reader.read_exact(&mut piece).ok()?;
        (size > 0).then(|| String::from_utf8_lossy(&piece[..size]).into_owned())
    }

    /// The messages of the next chunk.
    fn read_messages(&mut self) -> Vec<Value> {
        let piece = self.piece().expect("a chunk");
        let data = piece.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|data| serde_json::from_str(data).expect("JSON")).collect()
    }
}

/// Waits until a condition holds.
fn wait(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < TIMEOUT, "waited for {what}");
        std::thread::yield_now();
    }
}

fn next_message(messages: &[Value]) -> Vec<(u64, String)> {
    messages.iter().map(|message| (message["generation"].as_u64().expect("one"), message["changed"].to_string())).collect()
}
