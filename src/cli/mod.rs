//! The command line: one file per command.
//!
//! [`run`] executes a command. Everything from outside (arguments, folders, date, streams) is in an [`Environment`], so
//! that tests run commands as users do. All texts come from the catalogues. Diagnostics and tables go to standard
//! output, everything else to standard error.
#![expect(clippy::disallowed_methods, reason = "the command line reads arguments, environment and the current date")]

mod archive_location;
mod args;
mod browser;
mod build;
mod check;
mod check_watch;
mod completions;
mod config_reload;
mod demo;
mod editor;
mod environment;
mod exit;
mod explain;
mod failure;
mod fix;
mod form;
mod help;
mod init;
mod list;
mod man;
mod new;
mod progress;
mod report;
mod serve;
mod session;
mod site;
#[cfg(test)]
mod tests;
mod usage;
mod value_text;
mod wait;
mod write_file;

use std::process::ExitCode;

use anyhow::Result;
use clap::FromArgMatches;

pub use environment::{Environment, Output};
pub use exit::Exit;

use crate::build::{catch_panic, install_panic_hook};
use crate::i18n::{Catalog, Lang};
use crate::kind::Kinds;
use archive_location::ArchiveLocation;
use args::{Args, Command, Serve};

/// Entry point of the program.
pub fn main() -> ExitCode {
    let mut env = Environment::real();
    std::panic::set_hook(Box::new(install_panic_hook));
    let exit = run(&mut env);
    let exit = env.close(exit).unwrap_or_else(|cause| {
        let lang = help::requested_language(&env.args).unwrap_or_default();
        failure::output_failed(&cause, Catalog::of(lang), &mut env)
    });
    ExitCode::from(exit as u8)
}

/// Runs one command.
pub fn run(env: &mut Environment) -> Exit {
    // Loaded in parallel with the catalogues: most commands need both first.
    std::thread::spawn(Kinds::official);
    let lang = help::requested_language(&env.args);
    let words = Catalog::of(lang.unwrap_or_default());
    let matches = match help::command(words).try_get_matches_from(&env.args) {
        Ok(matches) => matches,
        Err(error) => return usage::answer(&error, words, env),
    };
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => return usage::answer(&error, words, env),
    };
    env.err.color(args.color);
    env.out.color(args.color);
    env.quiet = args.quiet;
    start_thread_pool(args.threads);
    let mut speaker = lang;
    let performed = catch_panic(|| perform(&args, env, &mut speaker));
    let words = Catalog::of(speaker.unwrap_or_default());
    match performed {
        Ok(Ok(exit)) => exit,
        Ok(Err(error)) => failure::report_error(&error, words, env),
        Err(said) => failure::report_panic(&said, words, env),
    }
}

/// Dispatches the command. `lang`: the requested language; if there is none, a command that reads the configuration
/// sets the configured one.
fn perform(args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let words = Catalog::of(lang.unwrap_or_default());
    match &args.task {
        None if ArchiveLocation::find(args.root.as_deref(), &env.working).is_ok() => {
            serve::run(&Serve { open: true, ..Serve::default() }, args, env, lang)
        }
        None => help::print(words, env),
        Some(Command::Init(task)) => init::run(task, words, env),
        Some(Command::New(task)) => new::run(task, args, env, lang),
        Some(Command::Build(task)) => build::run(task, args, env, lang),
        Some(Command::Serve(task)) => serve::run(task, args, env, lang),
        Some(Command::Check(task)) => check::run(task, args, env, lang),
        Some(Command::Fix(task)) => fix::run(task, args, env, lang),
        Some(Command::Report(task)) => report::run(task, args, env, lang),
        Some(Command::Form(task)) => form::run(task, args, env, lang),
        Some(Command::List(task)) => list::run(task, args, env, lang),
        Some(Command::Explain(task)) => explain::run(task, words, env),
        Some(Command::Demo(task)) => demo::run(task, words, env),
        Some(Command::Completions(task)) => completions::run(task, words, env),
        Some(Command::Man(task)) => man::run(task, words, env),
    }
}

/// Starts the global thread pool with the requested number of threads, by default one per core; with the current thread
/// alone if the system starts no more.
fn start_thread_pool(asked: Option<usize>) {
    let pool = |count: usize| rayon::ThreadPoolBuilder::new().num_threads(count);
    // An existing pool (in tests) is kept.
    if let Err(error) = pool(asked.unwrap_or(0)).build_global()
        && std::error::Error::source(&error).is_some()
    {
        let _ = pool(1).use_current_thread().build_global();
    }
}
