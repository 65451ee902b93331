//! `kedang report`: prints a report.

use std::sync::Arc;

use anyhow::Result;

use super::args::{Args, Report, ReportFormat};
use super::failure::Failure;
use super::progress::TerminalProgress;
use super::session::Session;
use super::{Environment, Exit, value_text};
use crate::archive::{Archive, DirectoryEntry};
use crate::build::{BuildOptions, NoProgress};
use crate::diag::{nearest, suggest};
use crate::i18n::{Catalog, Lang, Message};
use crate::report::REPORTS;
use crate::table;

pub(super) fn run(task: &Report, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let Some(name) = &task.name else { return names(Catalog::of(lang.unwrap_or_default()), env) };
    let Some(report) = REPORTS.iter().find(|report| report.name == name || is_titled(report.name, name)) else {
        let failure = Failure::usage(Message::new("cli.report.unknown").with("name", name));
        let known = REPORTS.iter().map(|report| report.name);
        let failure = match nearest(name, known.clone()) {
            Some(meant) => failure.help(Message::new("cli.usage.meant").with("meant", meant)),
            None => failure,
        };
        let all: Vec<&str> = known.collect();
        return Err(failure.help(Message::new("cli.usage.values").with("values", all.join("、"))).into());
    };
    let mut session = match Session::open(args, task.as_of, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let edition = session.edition(task.edition.as_deref())?;
    let progress = TerminalProgress::new(env, session.words);
    let read = session.read(&edition, &progress)?;
    drop(progress);
    let staff = find_entry(&read.archive, "staff", task.staff.as_deref())?;
    let customer = find_entry(&read.archive, "customer", task.customer.as_deref())?;
    let config = session.config.clone();
    let request = BuildOptions {
        config: &config,
        config_diagnostics: &[],
        edition: &edition,
        as_of: session.as_of,
        pinned: false,
        program: Default::default(),
        progress: &NoProgress,
    };
    let whole = (report.tabulate)(&read.archive, &read.findings, &request.rule_context());
    let cut = whole.filter(staff.as_ref().map(|entry| entry.id.as_str()), customer.as_ref().map(|entry| entry.id.as_str()));
    match task.format {
        ReportFormat::Table => env.out.write(table::to_terminal(&cut, session.as_of, session.words, value_text::width(env))),
        ReportFormat::Csv => env.out.write(table::to_csv(&cut, session.as_of, session.words)),
        ReportFormat::Json => env.out.write(table::to_json(&cut, session.as_of, session.words)),
    }
    Ok(Exit::Success)
}

fn names(words: &Catalog, env: &mut Environment) -> Result<Exit> {
    for report in REPORTS {
        env.out.line(format!("{:<12} {}", report.name, words.get(&format!("report.{}", report.name))));
    }
    Ok(Exit::Success)
}

fn is_titled(name: &str, asked: &str) -> bool {
    Lang::ALL.iter().any(|lang| Catalog::of(*lang).get(&format!("report.{name}")) == asked)
}

/// The record of this kind with a name, short name, alias, folder or file name.
pub(super) fn find_entry(archive: &Archive, kind: &str, asked: Option<&str>) -> Result<Option<Arc<DirectoryEntry>>> {
    let Some(asked) = asked.map(str::trim) else { return Ok(None) };
    let entries: Vec<&Arc<DirectoryEntry>> = archive.directory.entries().filter(|entry| entry.is(kind)).collect();
    let called = |entry: &DirectoryEntry| {
        &*entry.name == asked
            || entry.short.as_deref() == Some(asked)
            || entry.aliases.iter().any(|alias| &**alias == asked)
            || entry.id.as_str() == asked
            || if kind == "customer" { entry.customer.as_deref() == Some(asked) } else { entry.id.stem() == asked }
    };
    let found: Vec<&Arc<DirectoryEntry>> = entries.iter().copied().filter(|entry| called(entry)).collect();
    match found.as_slice() {
        [one] => Ok(Some((*one).clone())),
        [] => {
            let failure = Failure::usage(Message::new(format!("cli.report.no-{kind}")).with("name", asked));
            let near =
                suggest(asked, entries.iter().flat_map(|entry| [&*entry.name].into_iter().chain(entry.short.as_deref())));
            Err(match near.is_empty() {
                true => failure.into(),
                false => failure.help(Message::new("cli.usage.meant").with("meant", near.join("、"))).into(),
            })
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|entry| entry.id.as_str()).collect();
            let message = Message::new("cli.report.ambiguous").with("name", asked);
            Err(Failure::usage(message).help(Message::new("cli.usage.values").with("values", ids.join("、"))).into())
        }
    }
}
