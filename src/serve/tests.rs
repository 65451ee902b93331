//! The window as it stands open: real connections to a real port, before a site in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use super::*;
use crate::words::Lang;

/// So long may take what must happen, on a machine that is busy with everything else.
const GENEROUS: Duration = Duration::from_secs(60);

/// A board that knows a few paths, and puts the name of the page into its notes.
#[derive(Default)]
struct Sheet {
    paths: Mutex<BTreeSet<String>>,
}

impl Board for Sheet {
    fn has(&self, path: &str) -> bool {
        self.paths.lock().expect("held").contains(path)
    }

    fn notes(&self, page: &str) -> Notes {
        assert_ne!(page, "panic", "a page that brings the board down");
        let fault = Note { severity: "warning", message: format!("{page}</script>\u{2028}"), ..Note::default() };
        Notes { faults: vec![fault], duties: Vec::new() }
    }
}

/// A site in a folder, with a window before it.
struct Shop {
    folder: tempfile::TempDir,
    sheet: Arc<Sheet>,
    window: Window,
}

const HOME: &str = "<!doctype html><html><head><title>甲公司</title></head><body>首页</body></html>";

impl Shop {
    fn open() -> Shop {
        Shop::within(Limits::default())
    }

    fn within(limits: Limits) -> Shop {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let sheet = Arc::new(Sheet::default());
        let window = Window::open_within(folder.path().to_owned(), Port::Exactly(0), Words::of(Lang::Zh), news(&sheet), limits);
        let shop = Shop { folder, sheet, window: window.expect("opens") };
        shop.put("index.html", HOME.as_bytes());
        shop
    }

    /// Writes an output as a build does: beside, and then in its place.
    fn put(&self, path: &str, bytes: &[u8]) {
        let at = self.folder.path().join(path);
        fs::create_dir_all(at.parent().expect("has one")).expect("made");
        let beside = at.with_extension("new");
        fs::write(&beside, bytes).expect("written");
        fs::rename(beside, at).expect("renamed");
        self.sheet.paths.lock().expect("held").insert(path.to_owned());
    }

    fn tell(&self, changed: &[&str]) {
        self.window.tell(News { changed: Some(changed.iter().map(|path| Arc::from(*path)).collect()), ..news(&self.sheet) });
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.window.port)).expect("connects");
        stream.set_read_timeout(Some(GENEROUS)).expect("set");
        stream
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.window.port)
    }

    /// Sends a request of one line and more headers, and reads the answer.
    fn ask(&self, line: &str, headers: &[(&str, &str)]) -> Answer {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(&format!("{line} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host()))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[])
    }

    /// Sends bytes as they are, and reads one answer.
    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("sent");
        Answer::read(&mut BufReader::new(stream), request.starts_with("HEAD"))
    }

    /// Something of ours, by its name.
    fn own(&self, what: &str) -> String {
        format!("/_kedang/{}/{what}", self.window.desk.token)
    }

    fn listen(&self, seen: &str) -> Ear {
        let mut stream = self.connect();
        let request = format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", self.own(&format!("events{seen}")), self.host());
        stream.write_all(request.as_bytes()).expect("sent");
        let mut reader = BufReader::new(stream);
        let head = Answer::head(&mut reader);
        assert_eq!((head.status, head.header("content-type")), (200, "text/event-stream"));
        Ear { reader }
    }
}

fn news(sheet: &Arc<Sheet>) -> News {
    let board: Arc<dyn Board> = sheet.clone();
    News { changed: None, follow: None, trouble: Vec::new(), sums: Sums::default(), all: None, board }
}

/// An answer as it came.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn head(reader: &mut impl BufRead) -> Answer {
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
        Answer { status, headers, body: Vec::new() }
    }

    fn read(reader: &mut impl BufRead, is_head: bool) -> Answer {
        let mut answer = Answer::head(reader);
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

/// Somebody who listens.
struct Ear {
    reader: BufReader<TcpStream>,
}

impl Ear {
    /// The next piece of a chunked body; `None` at its end.
    fn piece(&mut self) -> Option<String> {
        let mut size = String::new();
        self.reader.read_line(&mut size).ok().filter(|read| *read > 0)?;
        let size = usize::from_str_radix(size.trim_end(), 16).expect("a size");
        let mut piece = vec![0; size + 2];
        self.reader.read_exact(&mut piece).ok()?;
        (size > 0).then(|| String::from_utf8_lossy(&piece[..size]).into_owned())
    }

    /// The messages of the next piece.
    fn hear(&mut self) -> Vec<Value> {
        let piece = self.piece().expect("something to hear");
        let data = piece.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|data| serde_json::from_str(data).expect("JSON")).collect()
    }
}

fn told(messages: &[Value]) -> Vec<(u64, String)> {
    messages.iter().map(|message| (message["generation"].as_u64().expect("one"), message["changed"].to_string())).collect()
}

#[test]
fn a_page_comes_with_the_script_in_its_head_and_the_file_does_not_hold_it() {
    let shop = Shop::open();
    let page = HOME.replace("首页", "东澜水务");
    shop.put("客户/东澜水务/index.html", page.as_bytes());
    for path in ["/%E5%AE%A2%E6%88%B7/%E4%B8%9C%E6%BE%9C%E6%B0%B4%E5%8A%A1/", "/客户/东澜水务/index.html"] {
        let answer = shop.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
        let own = shop.own("");
        let lines = format!(
            "<link rel=\"stylesheet\" href=\"{own}panel.css\"><script src=\"{own}page.js\" data-generation=\"1\" \
             data-page=\"客户/东澜水务/index.html\" defer></script></head>"
        );
        assert_eq!(answer.text(), page.replace("</head>", &lines));
    }
    let on_disk = fs::read_to_string(shop.folder.path().join("客户/东澜水务/index.html")).expect("read");
    assert_eq!(on_disk, page);
    shop.tell(&["客户/东澜水务/index.html"]);
    assert!(shop.get("/").text().contains("data-generation=\"2\" data-page=\"index.html\""));
}

#[test]
fn news_reach_whoever_listens() {
    let shop = Shop::open();
    let (mut ear, mut other) = (shop.listen("?seen=1"), shop.listen(""));
    assert_eq!(told(&ear.hear()), [(1, "[]".to_owned())]);
    // Who does not say what he saw may have seen anything.
    assert_eq!(told(&other.hear()), [(1, "null".to_owned())]);
    shop.tell(&["客户/a.html"]);
    for ear in [&mut ear, &mut other] {
        assert_eq!(told(&ear.hear()), [(2, "[\"客户/a.html\"]".to_owned())]);
    }
    shop.tell(&["b.html"]);
    assert_eq!(told(&ear.hear()), [(3, "[\"b.html\"]".to_owned())]);
    assert_eq!(told(&shop.listen("?seen=1").hear()).len(), 2);
    assert_eq!(told(&shop.listen("?seen=9").hear()), [(3, "null".to_owned())]);
}

#[test]
fn what_is_asked_beside_a_page_is_answered() {
    let shop = Shop::open();
    let notes = shop.get(&shop.own("notes?page=%E5%AE%A2%E6%88%B7%2Findex.html"));
    let told: Value = serde_json::from_slice(&notes.body).expect("JSON");
    assert_eq!(told["notes"]["faults"][0]["message"], "客户/index.html</script>\u{2028}");
    assert_eq!((&told["generation"], &told["sums"]["errors"], &told["all"]), (&1.into(), &0.into(), &Value::Null));
    shop.tell(&["a.html"]);
    let poll = shop.get(&shop.own("poll.js?page=a.html&seen=1"));
    assert_eq!(poll.header("content-type"), "text/javascript; charset=utf-8");
    let json = poll.text().strip_prefix("kedangHear(").and_then(|rest| rest.strip_suffix(");")).expect("a call");
    assert!(!json.contains(['<', '\u{2028}']));
    let told: Value = serde_json::from_str(json).expect("JSON");
    assert_eq!((&told["generation"], &told["news"][0]["changed"][0]), (&2.into(), &"a.html".into()));
    assert_eq!(told["notes"]["faults"][0]["message"], "a.html</script>\u{2028}");
    for (name, kind) in [("page.js", "text/javascript"), ("worker.js", "text/javascript"), ("panel.css", "text/css")] {
        let answer = shop.get(&shop.own(name));
        assert_eq!((answer.status, answer.header("content-type")), (200, &*format!("{kind}; charset=utf-8")), "{name}");
    }
    assert!(shop.get(&shop.own("page.js")).text().starts_with("const KEDANG_WORDS={\"serve."));
    let other = shop.get("/_kedang/0123/notes?page=a.html");
    assert_eq!((other.status, other.text()), (404, "gone"));
}

#[test]
fn where_there_is_no_page_a_small_one_waits_for_it() {
    let shop = Shop::open();
    let answer = shop.get("/%E5%AE%A2%E6%88%B7/x.html");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("「客户/x.html」") && answer.text().contains("data-page=\"客户/x.html\""));
    assert_eq!(shop.ask("GET /abc", &[("Accept", "text/html,*/*")]).header("content-type"), "text/html; charset=utf-8");
    assert_eq!(shop.ask("GET /a.css", &[("Accept", "text/css,*/*")]).header("content-type"), "text/plain; charset=utf-8");
    // On disk, and not of the site.
    fs::write(shop.folder.path().join("x.txt"), "x").expect("written");
    assert_eq!(shop.get("/x.txt").status, 404);
    // Of the site, and not on disk any more.
    shop.put("b.html", b"");
    fs::remove_file(shop.folder.path().join("b.html")).expect("removed");
    assert_eq!(shop.get("/b.html").status, 404);
}

#[test]
fn as_long_as_there_is_no_site_every_page_says_why() {
    let shop = Shop::open();
    shop.sheet.paths.lock().expect("held").clear();
    let answer = shop.get("/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("网站正在生成") && answer.text().contains("data-generation=\"1\""));
    let trouble = vec![Note { severity: "error", message: "policy 有误：<b>".to_owned(), ..Note::default() }];
    shop.window.tell(News { trouble, ..news(&shop.sheet) });
    let answer = shop.get("/%E5%AE%A2%E6%88%B7/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("policy 有误：&lt;b&gt;") && answer.text().contains("data-page=\"客户/index.html\""));
}
