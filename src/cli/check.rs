//! `kedang check`: prints diagnostics and findings. Writes nothing.

use anyhow::Result;

use super::args::{Args, Check};
use super::progress::TerminalProgress;
use super::session::{Session, print};
use super::{Environment, Exit, check_watch};
use crate::build::{Counts, ReadArchive, notices};
use crate::calendar::AsOf;
use crate::i18n::{Lang, Message};

pub(super) fn run(task: &Check, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    if task.watch {
        return check_watch::run(task, args, env, lang);
    }
    let mut session = match Session::open(args, task.as_of, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let read = check_and_print(task, &mut session, env)?;
    if !env.quiet {
        env.err.line(session.words.format(&summary(&read.counts, session.as_of)));
    }
    Ok(exit_code(&read.counts, args.strict))
}

/// Reads the archive and prints diagnostics and findings.
pub(super) fn check_and_print(task: &Check, session: &mut Session, env: &mut Environment) -> Result<ReadArchive> {
    let edition = session.edition(None)?;
    let progress = TerminalProgress::new(env, session.words);
    let read = session.read(&edition, &progress)?;
    drop(progress);
    let texts = session.builder.source_texts(&session.disk, Some(&session.config));
    print(&notices(&read, &texts), task.format.into(), &texts, session.words, env);
    Ok(read)
}

/// Summary of the counts.
pub(super) fn summary(counts: &Counts, as_of: AsOf) -> Message {
    Message::new("cli.check.summary")
        .with("documents", counts.documents)
        .with("customers", counts.dossiers)
        .with("errors", counts.errors)
        .with("warnings", counts.warnings)
        .with("infos", counts.infos)
        .with("findings", counts.findings)
        .with("as_of", as_of.0)
}

/// Errors in the archive give exit code 1; with `--strict`, so do warnings and findings (`decisions.md` 11).
pub(super) fn exit_code(counts: &Counts, strict: bool) -> Exit {
    if counts.errors > 0 || (strict && counts.warnings + counts.findings > 0) { Exit::ArchiveErrors } else { Exit::Success }
}
