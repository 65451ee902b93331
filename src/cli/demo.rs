//! `kedang demo`: creates a large fictional archive.

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::args::Demo;
use super::failure::Failure;
use super::{Environment, Exit, write_file};
use crate::i18n::{Catalog, Message};
use crate::scaffold::demo;

/// Maximum number of customers; names begin to repeat beyond it.
const MOST: u32 = 100_000;

pub(super) fn run(task: &Demo, words: &Catalog, env: &mut Environment) -> Result<Exit> {
    if task.customers > MOST {
        return Err(Failure::usage(Message::new("scaffold.demo.too-many").with("most", MOST)).into());
    }
    let folder = env.working.join(&task.dir);
    write_file::ensure_empty(&folder)?;
    let content = folder.join("content");
    let mut count = 0_usize;
    for (path, text) in demo(task.customers) {
        if env.cancelled.load(Ordering::Relaxed) {
            return Ok(Exit::Cancelled);
        }
        write_file::new_file(&content, &path, &text)?;
        count += 1;
    }
    if !env.quiet {
        let done = Message::new("scaffold.demo.done").with("path", task.dir.display());
        env.err.line(words.format(&done.with("customers", task.customers).with("count", count)));
    }
    Ok(Exit::Success)
}
