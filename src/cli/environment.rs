//! The environment of a command: arguments, folders, date, streams, signals.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::Color;
use super::exit::Exit;
use crate::calendar::Date;
use crate::text::{Fingerprint, Fingerprinter};

/// Chunk size for reading the program file.
const CHUNK_SIZE: usize = 1 << 20;

/// Everything a command gets from outside.
pub struct Environment {
    /// Arguments, the program name first.
    pub args: Vec<OsString>,
    /// Working directory.
    pub working: PathBuf,
    /// The user's home, if there is one.
    pub home: Option<PathBuf>,
    /// The date at the start.
    pub today: Date,
    /// The current date: some commands run for more than a day.
    pub clock: Arc<dyn Fn() -> Date + Send + Sync>,
    /// Path of the program file.
    pub program: Option<PathBuf>,
    /// Standard output.
    pub out: Output,
    /// Standard error.
    pub err: Output,
    /// `-q`: print only errors.
    pub quiet: bool,
    /// Set by SIGINT and SIGTERM.
    pub cancelled: Arc<AtomicBool>,
}

impl Environment {
    /// The environment of the process.
    pub fn real() -> Environment {
        let cancelled = Arc::new(AtomicBool::new(false));
        let flag = cancelled.clone();
        // Without a handler the system ends the process at once; the next build repairs that too.
        let _ = ctrlc::set_handler(move || {
            // A second signal ends the process without waiting.
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(Exit::Cancelled as i32);
            }
        });
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Environment {
            args: std::env::args_os().collect(),
            working: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            home: std::env::home_dir().filter(|home| !home.as_os_str().is_empty()),
            today: today(),
            clock: Arc::new(today),
            program: std::env::current_exe().ok(),
            out: Output::new(Box::new(BufWriter::with_capacity(64 * 1024, io::stdout())), io::stdout().is_terminal(), plain),
            err: Output::new(Box::new(io::stderr()), io::stderr().is_terminal(), plain),
            quiet: false,
            cancelled,
        }
    }

    /// Fingerprint of the program file, so that another build of the same version counts as another program.
    pub fn print(&self) -> Fingerprint {
        let mut fingerprint = Fingerprinter::new();
        fingerprint.text(env!("CARGO_PKG_VERSION"));
        if let Some(file) = self.program.as_ref().and_then(|path| File::open(path).ok()) {
            let mut piece = Vec::with_capacity(CHUNK_SIZE);
            while matches!((&file).take(CHUNK_SIZE as u64).read_to_end(&mut piece), Ok(1..)) {
                fingerprint.fingerprint(Fingerprint::of(&piece));
                piece.clear();
            }
        }
        fingerprint.finish()
    }

    /// Flushes the streams. A closed pipe is not an error; a full disk is, and is reported.
    pub fn close(&mut self, exit: Exit) -> Result<Exit, io::Error> {
        self.out.flush();
        self.err.flush();
        match self.out.broken.take() {
            Some(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(cause),
            _ => Ok(exit),
        }
    }
}

fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// An output stream. After an error, further output is dropped and the command continues.
pub struct Output {
    to: Box<dyn Write + Send>,
    /// Whether it is a terminal.
    pub terminal: bool,
    plain: bool,
    colored: bool,
    broken: Option<io::Error>,
}

impl Output {
    /// A stream; `plain` turns colours off even on a terminal.
    pub fn new(to: Box<dyn Write + Send>, terminal: bool, plain: bool) -> Output {
        Output { to, terminal, plain, colored: terminal && !plain, broken: None }
    }

    /// Sets whether to use colours.
    pub(super) fn color(&mut self, asked: Color) {
        self.colored = match asked {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => self.terminal && !self.plain,
        };
    }

    /// Whether to use colours.
    pub fn is_colored(&self) -> bool {
        self.colored
    }

    /// Whether a write failed, for instance because the reader closed the pipe.
    pub fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Writes text.
    pub fn write(&mut self, text: impl AsRef<[u8]>) {
        if self.broken.is_none()
            && let Err(error) = self.to.write_all(text.as_ref())
        {
            self.broken = Some(error);
        }
    }

    /// Writes a line.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.write(text.as_ref());
        self.write("\n");
    }

    /// Flushes the buffer.
    pub(super) fn flush(&mut self) {
        if self.broken.is_none()
            && let Err(error) = self.to.flush()
        {
            self.broken = Some(error);
        }
    }
}
