//! `kedang man`: prints the manual page for `man -l -`.

use anyhow::Result;

use super::args::Man;
use super::failure::Failure;
use super::{Environment, Exit, help};
use crate::diag::nearest;
use crate::i18n::{Catalog, Message};

pub(super) fn run(task: &Man, words: &Catalog, env: &mut Environment) -> Result<Exit> {
    let mut command = help::command(words);
    command.build();
    let command = match &task.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => {
                let page = format!("kedang-{name}");
                found.clone().name(page)
            }
            None => {
                let failure = Failure::usage(Message::new("cli.usage.unknown-command").with("arg", name));
                let known = command.get_subcommands().map(clap::Command::get_name);
                return Err(match nearest(name, known) {
                    Some(meant) => failure.help(Message::new("cli.usage.meant").with("meant", meant)).into(),
                    None => failure.help(Message::new("cli.usage.help")).into(),
                });
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    env.out.write(page);
    Ok(Exit::Success)
}
