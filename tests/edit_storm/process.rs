//! The real program, serving.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{SiteFolder, SiteSnapshot, run};

/// What must happen is waited for this long; a machine may be busy.
pub const TIMEOUT: Duration = Duration::from_secs(120);
/// Between two looks at what the program did.
const POLL_INTERVAL: Duration = Duration::from_millis(25);

/// The program, and what it said.
pub struct ServeProcess {
    child: Child,
    said: PathBuf,
    /// `127.0.0.1:8417`.
    host: String,
}

impl ServeProcess {
    /// Starts it on an archive, through this command, with these arguments more, and waits until the site can be seen.
    pub fn start(home: &SiteFolder, through: &[&str], more: &[&str]) -> ServeProcess {
        let said = home.path().join("said.txt");
        let err = File::create(&said).expect("a file can be made");
        let program = [through, &[env!("CARGO_BIN_EXE_kedang")]].concat();
        let mut command = Command::new(program[0]);
        command.current_dir(home.path()).args(&program[1..]);
        command.args(["serve", "--lang", "zh", "--as-of", "2026-11-24", "--root"]).arg(home.path());
        command.arg("--out").arg(&home.out).args(more);
        let out = err.try_clone().expect("a file can be shared");
        let child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().expect("can be run");
        let mut serving = ServeProcess { child, said, host: String::new() };
        serving.wait_until("it opens its window", |serving| {
            let said = serving.output();
            let address = said.split("http://").nth(1).and_then(|rest| rest.split('/').next());
            serving.host = address.unwrap_or_default().to_owned();
            !serving.host.is_empty()
        });
        serving
    }

    /// All that was said so far.
    pub fn output(&self) -> String {
        fs::read_to_string(&self.said).expect("can be read")
    }

    /// Waits until this is so.
    pub fn wait_until(&mut self, what: &str, mut so: impl FnMut(&mut ServeProcess) -> bool) {
        let start = Instant::now();
        while !so(self) {
            let ended = self.child.try_wait().expect("is a child");
            assert!(ended.is_none(), "waiting until {what}: it ended with {ended:?} and said\n{}", self.output());
            assert!(start.elapsed() < TIMEOUT, "it never came about that {what}; it said\n{}", self.output());
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Waits until the site is what a clean build makes of the same files, and returns after how long it was, from `quiet` on.
    pub fn assert_becomes_clean(&mut self, home: &SiteFolder, quiet: SystemTime, when: &str) -> Duration {
        let clean = clean_build(home, when);
        let mut wrong = String::new();
        let start = Instant::now();
        loop {
            wrong.clear();
            match SiteSnapshot::try_read(&home.out) {
                Some(site) => wrong.push_str(&site.diff(&clean)),
                None => wrong.push_str("a file went while the site was looked at\n"),
            }
            let ended = self.child.try_wait().expect("is a child");
            let about = format!("{when}: {ended:?}\n{wrong}\nit said\n{}", self.output());
            assert!(ended.is_none(), "{about}");
            if wrong.is_empty() {
                break;
            }
            assert!(start.elapsed() < TIMEOUT, "{about}");
            std::thread::sleep(POLL_INTERVAL);
        }
        // It is done when it has written down what it did.
        let manifest = fs::metadata(home.out.join(".kedang/manifest")).and_then(|about| about.modified());
        manifest.expect("it wrote it down").duration_since(quiet).unwrap_or_default()
    }

    /// Every page is served, and what is gone is not.
    pub fn assert_serves(&self, site: &SiteSnapshot, gone: &[String]) {
        for path in site.0.keys().filter(|path| path.ends_with(".html")) {
            assert_eq!(self.get(path), 200, "{path}");
        }
        for path in gone {
            assert_eq!(self.get(path), 404, "{path}");
        }
    }

    /// Asks for a path; the status.
    fn get(&self, path: &str) -> u16 {
        let encoded = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC).to_string();
        let mut stream = TcpStream::connect(&self.host).expect("the window is open");
        let path = encoded.replace("%2F", "/");
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host).expect("asked");
        let mut head = [0; 12];
        stream.read_exact(&mut head).expect("answered");
        String::from_utf8_lossy(&head[9..]).parse().expect("a status")
    }

    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, signal).expect("is a child");
    }

    /// Seconds that a processor has worked for it, and its memory in bytes.
    #[cfg(target_os = "linux")]
    pub fn cpu_seconds_and_memory(&self) -> (f64, usize) {
        let about = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("it lives");
        let stat = about("stat");
        let ticks = stat.rsplit(')').next().expect("after its name").split_whitespace().skip(11).take(2);
        let ticks: f64 = ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
        let pages = about("statm").split_whitespace().nth(1).and_then(|pages| pages.parse::<usize>().ok());
        (ticks / 100.0, pages.expect("has some") * 4096)
    }

    /// Ctrl-C: it ends well and leaves a whole site.
    pub fn stop(mut self, home: &SiteFolder) {
        self.signal(Signal::INT);
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("is a child") {
                break status;
            }
            assert!(start.elapsed() < TIMEOUT, "it does not stop");
            std::thread::sleep(POLL_INTERVAL);
        };
        assert_eq!(status.code(), Some(0), "{}", self.output());
        let wrong = SiteSnapshot::read(&home.out).diff(&clean_build(home, "in the end"));
        assert!(wrong.is_empty(), "it left\n{wrong}");
    }
}

impl Drop for ServeProcess {
    fn drop(&mut self) {
        // When a test failed; otherwise it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The site as it is built from nothing.
pub fn clean_build(home: &SiteFolder, when: &str) -> SiteSnapshot {
    let out = home.path().join("clean");
    if out.exists() {
        fs::remove_dir_all(&out).expect("can be removed");
    }
    let (code, said) = run(build_into(home, &out));
    assert!(matches!(code, Some(0 | 1)), "{when}: {said}");
    SiteSnapshot::read(&out)
}

/// A build into another folder; what it says.
fn build_into(home: &SiteFolder, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
    command.current_dir(home.path()).args(["build", "--lang", "zh", "--as-of", "2026-11-24", "--root"]).arg(home.path());
    command.arg("--out").arg(out);
    command
}
