//! `kedang completions`: completion scripts for shells.

use anyhow::Result;

use super::args::Completions;
use super::{Environment, Exit, help};
use crate::i18n::Catalog;

pub(super) fn run(task: &Completions, words: &Catalog, env: &mut Environment) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(task.shell, &mut help::command(words), "kedang", &mut script);
    env.out.write(script);
    Ok(Exit::Success)
}
