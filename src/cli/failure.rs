//! Failures of commands and their messages.

use std::fmt;
use std::io;
use std::path::Path;

use super::{Environment, Exit};
use crate::build::{BuildError, CaughtPanic, PanicScope};
use crate::i18n::{Catalog, Message};
use crate::publish::{self, Refusal};
use crate::source;

/// A failure that a command detects itself; those of other modules are converted by [`clap_message`].
#[derive(Debug)]
pub(super) struct Failure {
    pub exit: Exit,
    pub message: Message,
    pub help: Vec<Message>,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(message: Message) -> Failure {
        Failure { exit: Exit::Usage, message, help: Vec::new() }
    }

    /// Adds a line of help.
    pub fn help(mut self, say: Message) -> Failure {
        self.help.push(say);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.message)
    }
}

impl std::error::Error for Failure {}

/// Prints the failure; returns the exit code.
pub(super) fn report_error(error: &anyhow::Error, words: &Catalog, env: &mut Environment) -> Exit {
    let (exit, message, help) = describe_error(error, words);
    print(&message, &help, words, env);
    exit
}

/// Reports that standard output could not be written.
pub(super) fn output_failed(cause: &io::Error, words: &Catalog, env: &mut Environment) -> Exit {
    print(&Message::new("cli.fault.output").with("cause", cause_of(cause, words)), &[], words, env);
    Exit::SystemFailure
}

/// Reports a panic that no build step caught.
pub(super) fn report_panic(said: &str, words: &Catalog, env: &mut Environment) -> Exit {
    print(&Message::new("cli.panic").with("said", said), &[bug_report_request()], words, env);
    Exit::SystemFailure
}

/// Prints an error and its help.
pub(super) fn print(message: &Message, help: &[Message], words: &Catalog, env: &mut Environment) {
    let (on, off) = if env.err.is_colored() { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    env.err.line(format!("{on}{}{off}{}", words.get("cli.error"), words.format(message)));
    for help in help {
        env.err.line(format!("  {}", words.format(help)));
    }
}

/// Exit code, message and help for an error.
pub(super) fn describe_error(error: &anyhow::Error, words: &Catalog) -> (Exit, Message, Vec<Message>) {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        (failure.exit, failure.message.clone(), failure.help.clone())
    } else if let Some(fault) = error.downcast_ref::<source::SourceError>() {
        let (message, help) = io_failure(&source_error_key(fault.doing), &fault.path, &fault.cause, words);
        (Exit::SystemFailure, message, help)
    } else if let Some(fault) = error.downcast_ref::<publish::PublishError>() {
        let (message, help) = io_failure(&publish_key(fault.doing), &fault.path, &fault.cause, words);
        (Exit::SystemFailure, message, help)
    } else if let Some(refusal) = error.downcast_ref::<Refusal>() {
        publish_refused(refusal, words)
    } else if let Some(halt) = error.downcast_ref::<BuildError>() {
        build_failed(halt)
    } else {
        let text: Vec<String> = error.chain().map(ToString::to_string).collect();
        (Exit::SystemFailure, Message::new("cli.fault.other").with("text", text.join(": ")), Vec::new())
    }
}

fn source_error_key(doing: source::Operation) -> String {
    let word = match doing {
        source::Operation::List => "list",
        source::Operation::Look => "look",
        source::Operation::Read => "read",
        source::Operation::Settle => "settle",
    };
    format!("cli.fault.{word}")
}

fn publish_key(doing: publish::Operation) -> String {
    let word = match doing {
        publish::Operation::MakeFolder => "make-folder",
        publish::Operation::Look => "look",
        publish::Operation::Read => "read",
        publish::Operation::Write => "write",
        publish::Operation::Rename => "rename",
        publish::Operation::Remove => "remove",
        publish::Operation::Lock => "lock",
    };
    format!("cli.fault.{word}")
}

fn io_failure(key: &str, path: &Path, cause: &io::Error, words: &Catalog) -> (Message, Vec<Message>) {
    let message = Message::new(key).with("path", path.display()).with("cause", cause_of(cause, words));
    (message, vec![Message::new("cli.fault.old-site")])
}

/// The system's error from the catalogue, with its number; errors that the catalogue lacks in the system's own words.
pub(super) fn cause_of(cause: &io::Error, words: &Catalog) -> String {
    let word = match cause.kind() {
        io::ErrorKind::NotFound => "not-found",
        io::ErrorKind::PermissionDenied => "permission-denied",
        io::ErrorKind::StorageFull => "storage-full",
        io::ErrorKind::QuotaExceeded => "quota-exceeded",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::FileTooLarge => "file-too-large",
        io::ErrorKind::InvalidFilename => "invalid-filename",
        io::ErrorKind::StaleNetworkFileHandle => "stale",
        io::ErrorKind::NotADirectory => "not-a-directory",
        io::ErrorKind::ResourceBusy => "busy",
        _ => "",
    };
    match (word, cause.raw_os_error()) {
        ("", _) => cause.to_string(),
        (word, Some(number)) => format!("{} (os error {number})", words.get(&format!("cli.cause.{word}"))),
        (word, None) => words.get(&format!("cli.cause.{word}")).to_owned(),
    }
}

fn publish_refused(refusal: &Refusal, words: &Catalog) -> (Exit, Message, Vec<Message>) {
    let said = |key: &str| Message::new(format!("cli.refusal.{key}"));
    let (message, help) = match refusal {
        Refusal::Root(out) => (said("root").with("out", out.display()), "choose"),
        Refusal::Home(out) => (said("home").with("out", out.display()), "choose"),
        Refusal::Link(out) => (said("link").with("out", out.display()), "link-help"),
        Refusal::NotAFolder(out) => (said("not-a-folder").with("out", out.display()), "choose"),
        Refusal::Overlaps { out, input, role } => {
            let role = words.get(&format!("cli.refusal.role.{role}")).to_owned();
            (said("overlaps").with("out", out.display()).with("input", input.display()).with("role", role), "choose")
        }
        Refusal::Foreign { out, example } => {
            (said("foreign").with("out", out.display()).with("example", example), "foreign-help")
        }
        Refusal::InTheWay { path } => (said("in-the-way").with("path", path.display()), "in-the-way-help"),
        Refusal::Twice(url) => (said("twice").with("url", url), "bug"),
        Refusal::Unsafe(url) => (said("unsafe").with("url", url), "bug"),
        Refusal::InUse { out, holder } => {
            let message = match holder {
                Some(pid) => said("in-use").with("out", out.display()).with("pid", pid),
                None => said("in-use-unknown").with("out", out.display()),
            };
            return (Exit::SystemFailure, message, vec![said("in-use-help")]);
        }
        Refusal::Fault(fault) => {
            let (message, help) = io_failure(&publish_key(fault.doing), &fault.path, &fault.cause, words);
            return (Exit::SystemFailure, message, help);
        }
    };
    (Exit::Usage, message, vec![said(help)])
}

fn build_failed(halt: &BuildError) -> (Exit, Message, Vec<Message>) {
    match halt {
        BuildError::Cancelled => (Exit::Cancelled, Message::new("cli.halt.called-off"), Vec::new()),
        BuildError::KeepsChanging(path) => {
            (Exit::SystemFailure, Message::new("cli.halt.restless").with("path", path), Vec::new())
        }
        BuildError::Theme(faults) => (Exit::Usage, Message::new("cli.halt.theme").with("count", faults.len()), Vec::new()),
        BuildError::TooLarge(url) => (Exit::Usage, Message::new("cli.halt.too-large").with("url", url), Vec::new()),
        BuildError::Panicked(panics) => {
            let mut said = panics.iter().take(MAX_PANICS_SHOWN).map(panic_failed);
            let first = said.next().unwrap_or_else(|| Message::new("cli.panic").with("said", ""));
            let mut help: Vec<Message> = said.collect();
            if let more @ 1.. = panics.len().saturating_sub(MAX_PANICS_SHOWN) {
                help.push(Message::new("cli.panic.more").with("count", more));
            }
            help.push(bug_report_request());
            (Exit::SystemFailure, first, help)
        }
    }
}

/// Maximum number of panics printed; they usually have one cause.
const MAX_PANICS_SHOWN: usize = 10;

fn panic_failed(panic: &CaughtPanic) -> Message {
    let say = match &panic.over {
        PanicScope::File(path) => Message::new("cli.panic.file").with("path", path),
        PanicScope::Customer(id) => Message::new("cli.panic.customer").with("id", id),
        PanicScope::Pages(id) => Message::new("cli.panic.pages").with("id", id),
        PanicScope::Output(url, Some(path)) => Message::new("cli.panic.page").with("url", url).with("path", path),
        PanicScope::Output(url, None) => Message::new("cli.panic.output").with("url", url),
    };
    say.with("said", &panic.said)
}

/// Asks the user to report a bug.
pub(super) fn bug_report_request() -> Message {
    Message::new("cli.panic.help").with("version", env!("CARGO_PKG_VERSION"))
}
