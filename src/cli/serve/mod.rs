//! `kedang serve`: the site while it is being written.
//!
//! It is `build`, done again whenever the bell rings, and a window beside it. Nothing that is written in the archive, the
//! policy or the theme ends it, nor what the machine refuses: the last good site stays, the window and the terminal say why,
//! and the next ring is another try.

mod console;
mod failure;
mod inputs;
mod last_saved;
mod output;
mod priority;
mod rebuild;
mod reported;
mod server;
mod status;

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::args::{Args, Serve};
use super::session::Session;
use super::{Environment, Exit};
use crate::build::Builder;
use crate::i18n::Lang;
use output::OutputKeeper;

pub(super) fn run(task: &Serve, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let asked = *lang;
    let session = Session::open_with_errors(args, task.as_of, Builder::incremental(), env, lang)?;
    let called_off = env.called_off.clone();
    let mut holder = match OutputKeeper::open(task, args.verbose, asked, session, env) {
        // Who waited for another one to end had enough of it.
        Err(_) if called_off.load(Ordering::Relaxed) => return Ok(Exit::Fine),
        opened => opened?,
    };
    if !holder.is_called_off() {
        holder.start_server()?;
    }
    let exit = holder.hold();
    // The process ends here: giving hundreds of megabytes back piece by piece would only make people wait.
    holder.release();
    exit
}
