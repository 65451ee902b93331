//! `kedang init`: creates a site folder with an example of each kind.

use anyhow::Result;

use super::args::Init;
use super::{Environment, Exit, write_file};
use crate::calendar::AsOf;
use crate::i18n::{Catalog, Message};
use crate::scaffold::starter;

pub(super) fn run(task: &Init, words: &Catalog, env: &mut Environment) -> Result<Exit> {
    let folder = env.working.join(&task.dir);
    write_file::ensure_empty(&folder)?;
    let files = starter(task.company.as_deref(), AsOf(env.today));
    for (path, text) in &files {
        write_file::new_file(&folder, path, text)?;
    }
    if !env.quiet {
        let done = Message::new("scaffold.init.done").with("path", task.dir.display()).with("count", files.len());
        env.err.line(words.format(&done));
        if task.company.is_none() {
            env.err.line(words.get("scaffold.init.company"));
        }
        env.err.line(words.get("scaffold.init.next"));
    }
    Ok(Exit::Success)
}
