//! The real program, while it stays.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// What must happen is waited for this long; a machine may be busy.
const GENEROUS: Duration = Duration::from_secs(120);
/// Between two looks at what the program did.
const BLINK: Duration = Duration::from_millis(20);

/// A program that was started, and what it says.
pub struct WatchingProcess {
    child: Child,
    said: tempfile::TempDir,
}

impl WatchingProcess {
    /// Starts it in a folder.
    pub fn start(folder: &Path, arguments: &[&str]) -> WatchingProcess {
        let said = tempfile::tempdir().expect("a temporary folder");
        let file = |name: &str| File::create(said.path().join(name)).expect("a file can be made");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
        command.current_dir(folder).args(arguments).stdin(Stdio::null());
        let child = command.stdout(file("out")).stderr(file("err")).spawn().expect("kedang runs");
        WatchingProcess { child, said }
    }

    /// What it said on standard output.
    pub fn out(&self) -> String {
        self.file("out")
    }

    /// What it said on standard error.
    pub fn err(&self) -> String {
        self.file("err")
    }

    fn file(&self, name: &str) -> String {
        let path: PathBuf = self.said.path().join(name);
        String::from_utf8_lossy(&fs::read(path).expect("can be read")).into_owned()
    }

    /// Waits until this gives something, and gives that.
    pub fn wait_for<T>(&mut self, what: &str, mut so: impl FnMut(&mut WatchingProcess) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            // Asked before: what it said last is seen even if it ended with it.
            let ended = self.child.try_wait().expect("is a child");
            if let Some(it) = so(self) {
                return it;
            }
            let said = format!("{}\n{}", self.out(), self.err());
            assert!(ended.is_none(), "waiting until {what}: it ended with {ended:?} and said\n{said}");
            assert!(start.elapsed() < GENEROUS, "it never came about that {what}; it said\n{said}");
            std::thread::sleep(BLINK);
        }
    }

    /// Waits until standard error says this so often.
    pub fn wait_for_output(&mut self, words: &str, times: usize) {
        self.wait_for(&format!("it says {words} ×{times}"), |it| (it.err().matches(words).count() >= times).then_some(()));
    }

    /// The address it serves at, as soon as it says so: `127.0.0.1:8417`.
    pub fn host(&mut self) -> String {
        self.wait_for("it says where it serves", |it| {
            let err = it.err();
            let (host, _) = err.split_once("http://")?.1.split_once('/')?;
            Some(host.to_owned())
        })
    }

    /// Asks it to stop, as Ctrl-C does.
    pub fn interrupt(&self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).expect("is a child");
    }

    /// Takes its life.
    pub fn kill(&mut self) {
        self.child.kill().expect("is a child");
        self.child.wait().expect("is a child");
    }

    /// Waits until it has ended; how.
    pub fn ended(&mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("is a child") {
                return status.code();
            }
            assert!(start.elapsed() < GENEROUS, "it does not end; it said\n{}", self.err());
            std::thread::sleep(BLINK);
        }
    }
}

impl Drop for WatchingProcess {
    fn drop(&mut self) {
        // When a test failed; otherwise it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks for a page; status and body.
pub fn get(host: &str, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(host).expect("the window is open");
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    (head[9..12].parse().expect("a status"), body.to_owned())
}

/// What is said beside a page, as the panel asks for it; `page` is one that is there.
pub fn panel_messages(host: &str, page: &str) -> serde_json::Value {
    let (_, html) = get(host, page);
    let (token, _) = html.split_once("/_kedang/").and_then(|(_, rest)| rest.split_once('/')).expect("a page has the script");
    let (status, notes) = get(host, &format!("_kedang/{token}/notes?page={page}"));
    assert_eq!(status, 200, "{notes}");
    serde_json::from_str(&notes).expect("JSON")
}
