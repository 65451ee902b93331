//! `kedang check --watch`: repeats the check after every change, for editors.
//!
//! Each round is enclosed in two lines whose beginnings are the same in every language: they tell an editor that
//! earlier output is outdated and that this output is complete (`.vscode/tasks.json`, written by `init`). In JSON they
//! are objects. They go to standard output with the diagnostics, which would be ambiguous without them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::Result;
use serde_json::json;

use super::args::{Args, Check, TextFormat};
use super::check::{check_and_print, summary};
use super::session::{Session, print};
use super::wait::{WatchLoop, changed_paths};
use super::{Environment, Exit, failure};
use crate::build::{BuildError, Builder, Counts, catch_panic};
use crate::calendar::AsOf;
use crate::diag::Notice;
use crate::i18n::Lang;
use crate::watch::Changes;

/// First and last line of a round.
const ROUND_BEGINS: &str = "kedang: check begins";
const ROUND_ENDS: &str = "kedang: check ends";

pub(super) fn run(task: &Check, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let asked = *lang;
    let mut session = Session::open_with_errors(args, task.as_of, Builder::new(), env, lang)?;
    let mut wait_loop = WatchLoop::new(watched_dirs(&session), task.poll);
    let mut changes = Some(Changes::default());
    while !env.cancelled.load(Ordering::Relaxed) {
        let today = AsOf((env.clock)());
        if task.as_of.is_none() && today != session.as_of {
            session.set_as_of(today);
            changes = Some(Changes::default());
        }
        if let Some(changes) = changes.take() {
            let began = Instant::now();
            session.builder.mark_dirty(&changed_paths(&changes, session.disk.root()));
            let fresh = round(task, &mut session, &mut wait_loop, asked, env);
            let found = fresh.iter().map(|path| session.disk.root().join(&**path));
            wait_loop.rebuilt(began.elapsed(), changes.paths.iter().cloned().chain(found));
        }
        if let Some(say) = wait_loop.mode_message().filter(|_| !env.quiet) {
            env.err.line(session.words.format(&say));
        }
        changes = wait_loop.wait();
    }
    Ok(Exit::Success)
}

fn watched_dirs(session: &Session) -> Vec<(PathBuf, Vec<String>)> {
    vec![(session.disk.root().to_owned(), session.config.ignore.clone())]
}

/// Runs one round; returns the documents whose content changed.
fn round(
    task: &Check,
    session: &mut Session,
    wait_loop: &mut WatchLoop,
    asked: Option<Lang>,
    env: &mut Environment,
) -> Vec<Arc<str>> {
    let is_json = task.format == TextFormat::Json;
    env.out.line(if is_json { json!({ "round": "begins" }).to_string() } else { ROUND_BEGINS.to_owned() });
    env.out.flush();
    let looked = match catch_panic(|| check_once(task, session, wait_loop, asked, env)) {
        Ok(Ok(looked)) => looked,
        Ok(Err(error)) if matches!(error.downcast_ref(), Some(BuildError::Cancelled)) => return Vec::new(),
        Ok(Err(error)) => {
            failure::report_error(&error, session.words, env);
            None
        }
        Err(said) => {
            session.reset_builder(Builder::new());
            failure::report_panic(&said, session.words, env);
            None
        }
    };
    let (counts, fresh) = looked.unzip();
    env.out.line(match counts {
        Some(counts) if is_json => json!({
            "round": "ends",
            "documents": counts.documents,
            "customers": counts.dossiers,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "infos": counts.infos,
            "findings": counts.findings,
            "as_of": session.as_of.0.to_string(),
        })
        .to_string(),
        None if is_json => json!({ "round": "ends" }).to_string(),
        Some(counts) => format!("{ROUND_ENDS} · {}", session.words.format(&summary(&counts, session.as_of))),
        None => ROUND_ENDS.to_owned(),
    });
    env.out.flush();
    fresh.unwrap_or_default()
}

/// Reads and prints; no counts if the configuration is invalid.
fn check_once(
    task: &Check,
    session: &mut Session,
    wait_loop: &mut WatchLoop,
    asked: Option<Lang>,
    env: &mut Environment,
) -> Result<Option<(Counts, Vec<Arc<str>>)>> {
    session.reload_config(asked)?;
    // Before reading, so that no later change is missed.
    wait_loop.set_dirs(watched_dirs(session));
    if let Some(diagnostics) = &session.invalid_config {
        let notices: Vec<Notice> = diagnostics.iter().map(Notice::from).collect();
        let texts = session.builder.source_texts(&session.disk, None);
        print(&notices, task.format.into(), &texts, session.words, env);
        return Ok(None);
    }
    let read = check_and_print(task, session, env)?;
    Ok(Some((read.counts, read.changed_paths)))
}
