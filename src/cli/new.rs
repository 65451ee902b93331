//! `kedang new`: creates a record, prefilled from arguments and archive.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::args::{Args, New};
use super::failure::Failure;
use super::progress::TerminalProgress;
use super::session::Session;
use super::{Environment, Exit, write_file};
use crate::i18n::{Catalog, Lang, Message};
use crate::scaffold::{Request, creatable_kinds, draft};
use crate::source::Source;

pub(super) fn run(task: &New, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let mut session = match Session::open(args, None, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let words = session.words;
    let Some(kind) = &task.kind else {
        for kind in creatable_kinds(&session.config.kinds) {
            let label = if words.lang() == Lang::En { &kind.english } else { &kind.label };
            let about = words.format(&Message::new(format!("scaffold.new.about.{}", kind.key)));
            env.out.line(format!("{:<16} {label}：{about}", kind.key));
        }
        return Ok(Exit::Success);
    };
    let edition = session.edition(None)?;
    let progress = TerminalProgress::new(env, words);
    let read = session.read(&edition, &progress)?;
    drop(progress);

    let request = Request {
        kind: kind.clone(),
        target: task.target.clone().unwrap_or_default(),
        date: task.date,
        staff: names(&task.staff),
        with: names(&task.with),
        name: task.name.clone(),
        channel: task.channel.clone(),
    };
    let draft = draft(&request, &read.archive, &session.config, session.as_of).map_err(Failure::usage)?;
    let shown = session.disk.display_path(draft.path.as_str());
    let is_added = draft.adds && write_file::append(&session.place.archive.join(draft.path.as_str()), &draft.text)?;
    if !is_added && !write_file::new_file(&session.place.archive, draft.path.as_str(), &draft.text)? {
        return Err(Failure::usage(Message::new("scaffold.new.is-there").with("path", shown)).into());
    }
    // Only the path on standard output, for scripts.
    env.out.line(&shown);
    if !env.quiet {
        env.err.line(
            words.format(&Message::new(if is_added { "scaffold.new.added" } else { "scaffold.new.done" }).with("path", &shown)),
        );
        if !draft.still.is_empty() {
            env.err.line(words.format(&Message::new("scaffold.new.still").with("labels", draft.still.join("、"))));
        }
        if !draft.left_out.is_empty() {
            env.err.line(words.format(&Message::new("scaffold.new.left-out").with("names", draft.left_out.join("、"))));
        }
    }
    edit(task.edit, &session.place.archive.join(draft.path.as_str()), words, env)
}

/// Splits several names in one argument. A bracket belongs to its name.
fn names(written: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    for written in written {
        let (mut depth, mut name) = (0_i32, String::new());
        for c in written.chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth -= 1,
                _ => {}
            }
            if depth <= 0 && matches!(c, ',' | '，' | '、' | ';' | '；') {
                names.push(std::mem::take(&mut name));
            } else {
                name.push(c);
            }
        }
        names.push(name);
    }
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Opens the editor if requested, or if the terminal is interactive and an editor is set.
fn edit(asked: bool, path: &Path, words: &Catalog, env: &mut Environment) -> Result<Exit> {
    let set = |name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    let at_terminal = env.err.terminal && env.out.terminal && io::stdin().is_terminal();
    if !asked && !at_terminal {
        return Ok(Exit::Success);
    }
    let Some(editor) = set("VISUAL").or_else(|| set("EDITOR")) else {
        if asked {
            env.err.line(words.get("scaffold.new.no-editor"));
        }
        return Ok(Exit::Success);
    };
    // `code --wait` is a program with an argument.
    let mut parts = editor.split_whitespace();
    let mut command = Command::new(parts.next().unwrap_or_default());
    if let Err(error) = command.args(parts).arg(path).status() {
        let message = Message::new("scaffold.new.editor-failed").with("editor", &editor).with("text", error);
        return Err(Failure { exit: Exit::SystemFailure, ..Failure::usage(message) }.into());
    }
    Ok(Exit::Success)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn name_lists_are_split() {
        let written = ["沈丽萍,邱志远、郑国平（班长，代主任）".to_owned(), " 徐海波 ".to_owned(), "，".to_owned()];
        assert_eq!(names(&written), ["沈丽萍", "邱志远", "郑国平（班长，代主任）", "徐海波"]);
    }
}
