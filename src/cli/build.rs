//! `kedang build`: builds the site.

use anyhow::Result;

use super::args::{Args, Build};
use super::check::exit_code;
use super::progress::TerminalProgress;
use super::session::{Session, SingleSource, print};
use super::site::Site;
use super::{Environment, Exit};
use crate::build::{self, BuildError, BuildOptions, BuildReport, Progress};
use crate::diag::{Format, Notice};
use crate::i18n::{Lang, Message};
use crate::publish::{OpenOptions, OutputFolder};

/// Number of attempts to lock the output folder, ten a second, before giving up.
const MAX_LOCK_ATTEMPTS: u32 = 100;

pub(super) fn run(task: &Build, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let mut session = match Session::open(args, task.as_of, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let (words, config) = (session.words, session.config.clone());
    let edition = session.edition(task.edition.as_deref())?;
    let site = Site::of(&session, &edition, task.out.as_deref(), &env.working)?;
    if args.verbose {
        let line = Message::new("cli.verbose.out").with("path", site.out.display()).with("edition", &edition.label);
        env.err.line(words.format(&line));
        if let Some(theme) = &site.theme {
            env.err.line(words.format(&Message::new("cli.verbose.theme").with("path", theme.root().display())));
        }
    }
    let progress = TerminalProgress::new(env, words);
    let request = BuildOptions {
        config: &config,
        config_diagnostics: &session.config_diagnostics,
        edition: &edition,
        as_of: session.as_of,
        pinned: task.as_of.is_some(),
        program: env.print(),
        progress: &progress,
    };
    let opening = OpenOptions {
        out: &site.out,
        guarded: &site.guarded,
        home: env.home.as_deref(),
        fingerprint: request.folder_fingerprint(),
    };
    let err = &mut env.err;
    let mut folder = OutputFolder::open(&opening, &mut |tries, holder| {
        if tries == 0 {
            let say = match holder {
                Some(pid) => Message::new("cli.build.waiting").with("pid", pid),
                None => Message::new("cli.build.waiting-unknown"),
            };
            err.line(words.format(&say));
        }
        tries < MAX_LOCK_ATTEMPTS && !progress.is_cancelled()
    })?;
    let theme = site.theme.as_ref().map(|disk| disk as _);
    let built = session.builder.build(build::SiteSource { archive: &session.disk, theme }, &request, &mut folder);
    drop(progress);
    let outcome = match built {
        Ok(outcome) => outcome,
        Err(error) => {
            if let Some(BuildError::Theme(faults)) = error.downcast_ref() {
                for (path, text, fault) in faults {
                    let source = SingleSource(path.clone(), text.as_str().into());
                    print(&[Notice::from(fault)], Format::Human, &source, words, env);
                }
            }
            return Err(error);
        }
    };
    let texts = session.builder.source_texts(&session.disk, Some(&config));
    print(&outcome.notices, Format::Human, &texts, words, env);
    drop(texts);
    if !env.quiet {
        env.err.line(words.format(&summary(&outcome).with("as_of", session.as_of.0)));
    }
    let exit = exit_code(&outcome.counts, args.strict);
    // The process ends here: freeing hundreds of megabytes piece by piece would only take time.
    std::mem::forget((session, outcome));
    Ok(exit)
}

/// Summary of a build, without the date.
pub(super) fn summary(outcome: &BuildReport) -> Message {
    let BuildReport { counts, written, rendered: made, unchanged, .. } = outcome;
    let key = if *unchanged { "cli.build.unchanged" } else { "cli.build.summary" };
    Message::new(key)
        .with("read", counts.read)
        .with("assembled", counts.assembled)
        .with("made", made)
        .with("written", written.written)
        .with("kept", written.kept)
        .with("removed", written.removed)
        .with("news", counts.errors + counts.warnings + counts.infos)
        .with("errors", counts.errors)
        .with("findings", counts.findings)
}
