//! `kedang serve`: builds after every change, with a preview server.
//!
//! Neither errors in archive, configuration or theme nor a failing machine end it: the last good site remains, browser
//! and terminal show the reason, and the next event triggers another attempt (after a failure of the machine, a timer).

mod console;
mod failure;
mod inputs;
mod last_saved;
mod priority;
mod rebuild;
mod reported;
mod serve_loop;
mod server;
mod status;

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::args::{Args, Serve};
use super::session::Session;
use super::{Environment, Exit};
use crate::build::Builder;
use crate::i18n::Lang;
use serve_loop::ServeLoop;

pub(super) fn run(task: &Serve, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let asked = *lang;
    let session = Session::open_with_errors(args, task.as_of, Builder::incremental(), env, lang)?;
    let cancelled = env.cancelled.clone();
    let mut holder = match ServeLoop::open(task, args.verbose, asked, session, env) {
        // Cancelled while waiting for another process.
        Err(_) if cancelled.load(Ordering::Relaxed) => return Ok(Exit::Success),
        opened => opened?,
    };
    if !holder.is_cancelled() {
        holder.start_server()?;
    }
    let exit = holder.run();
    // The process ends here: freeing hundreds of megabytes piece by piece would only take time.
    holder.shut_down();
    exit
}
