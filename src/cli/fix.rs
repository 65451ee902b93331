//! `kedang fix`: shows and writes the certain corrections of `check`.

use std::fs;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::args::{Args, Fix};
use super::failure::Failure;
use super::session::Session;
use super::{Environment, Exit, write_file};
use crate::document::{self, FixedText, MAX_FILE, apply_fixes};
use crate::i18n::{Catalog, Lang, Message};
use crate::kind::ArchivePath;
use crate::source::{Ignore, Source};
use crate::text::{Encoding, FileId, decode};

/// A file with corrections.
struct FixableFile {
    path: PathBuf,
    shown: String,
    before: Vec<u8>,
    mended: FixedText,
}

pub(super) fn run(task: &Fix, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let session = match Session::open(args, None, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let words = session.words;
    let found = find_fixable(task, &session, env)?;
    if found.is_empty() {
        if !env.quiet {
            env.err.line(words.get("scaffold.fix.nothing"));
        }
        return Ok(Exit::Success);
    }
    for found in &found {
        print_diff(found, words, env);
    }
    let count: usize = found.iter().map(|found| found.mended.changes.len() + usize::from(found.mended.from.is_some())).sum();
    env.err.line(words.format(&Message::new("scaffold.fix.found").with("files", found.len()).with("count", count)));
    if !task.yes && !confirm(words, env)? {
        return Ok(Exit::Success);
    }
    let mut written = 0_usize;
    for found in &found {
        if write_file::replace(&found.path, &found.before, &found.mended.text)? {
            written += 1;
        } else {
            env.err.line(words.format(&Message::new("scaffold.fix.changed").with("path", &found.shown)));
        }
    }
    env.err.line(words.format(&Message::new("scaffold.fix.done").with("files", written)));
    Ok(Exit::Success)
}

/// Reads the requested files and returns those with corrections.
fn find_fixable(task: &Fix, session: &Session, env: &mut Environment) -> Result<Vec<FixableFile>> {
    let listing = session.disk.list(&Ignore::new(&session.config.ignore))?;
    let asked = requested_paths(task, &session.place.archive, &env.working)?;
    for (written, below) in &asked {
        let is_there = |path: &str| is_within(below, path);
        if !listing.files.iter().any(|stamp| is_there(&stamp.path)) {
            return Err(Failure::usage(Message::new("scaffold.fix.no-such-file").with("path", written)).into());
        }
    }
    let mut found = Vec::new();
    for stamp in &listing.files {
        if !asked.is_empty() && !asked.iter().any(|(_, below)| is_within(below, &stamp.path)) {
            continue;
        }
        let path = ArchivePath(stamp.path.clone());
        let Some(place) = session.config.kinds.match_path(&path) else { continue };
        let Some(before) = session.disk.read(path.as_str(), MAX_FILE)? else { continue };
        // A larger file is not read, so it has no corrections.
        if before.len() > MAX_FILE {
            continue;
        }
        let decoded = decode(&before, session.config.fixed_encoding(path.as_str()));
        let shown = session.disk.display_path(path.as_str());
        if !decoded.faults.is_empty() {
            env.err.line(session.words.format(&Message::new("scaffold.fix.undecodable").with("path", &shown)));
            continue;
        }
        let document = document::read(&path, place, FileId(0), &before, &session.config);
        if let Some(mended) = apply_fixes(&decoded, &document.diagnostics) {
            found.push(FixableFile { path: session.place.archive.join(path.as_str()), shown, before, mended });
        }
    }
    Ok(found)
}

/// The requested paths, as typed and relative to the archive.
fn requested_paths(task: &Fix, archive: &Path, working: &Path) -> Result<Vec<(String, String)>> {
    let root = fs::canonicalize(archive).unwrap_or_else(|_| archive.to_owned());
    let below = |written: &PathBuf| {
        let real = fs::canonicalize(working.join(written)).or_else(|_| fs::canonicalize(root.join(written))).ok()?;
        let parts: Option<Vec<&str>> = real.strip_prefix(&root).ok()?.iter().map(|part| part.to_str()).collect();
        Some((written.display().to_string(), parts?.join("/")))
    };
    let one = |written: &PathBuf| {
        let missing = || Failure::usage(Message::new("scaffold.fix.no-such-file").with("path", written.display())).into();
        below(written).ok_or_else(missing)
    };
    task.files.iter().map(one).collect()
}

/// Whether the file at `path` is `below` or inside that folder.
fn is_within(below: &str, path: &str) -> bool {
    below.is_empty() || path.strip_prefix(below).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn print_diff(found: &FixableFile, words: &Catalog, env: &mut Environment) {
    let (old, new, off) = if env.out.is_colored() { ("\u{1b}[31m", "\u{1b}[32m", "\u{1b}[0m") } else { ("", "", "") };
    env.out.line(&found.shown);
    if let Some(from) = found.mended.from {
        let line = words.format(&Message::new("scaffold.fix.encoding").with("from", encoding(from)));
        env.out.line(format!("       {line}"));
    }
    for change in &found.mended.changes {
        for (at, line) in change.old.iter().enumerate() {
            env.out.line(format!("{:>4} {old}- {line}{off}", change.line + at));
        }
        for line in &change.new {
            env.out.line(format!("     {new}+ {line}{off}"));
        }
    }
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8Bom => "UTF-8 BOM",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Gb18030 => "GB18030",
        Encoding::Big5 => "Big5",
    }
}

/// Asks at the terminal; without one, prints how to write without asking.
fn confirm(words: &Catalog, env: &mut Environment) -> Result<bool> {
    if !env.err.terminal || !io::stdin().is_terminal() {
        env.err.line(words.get("scaffold.fix.how"));
        return Ok(false);
    }
    env.err.write(words.get("scaffold.fix.ask"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是" | "好");
    if !yes {
        env.err.line(words.get("scaffold.fix.left"));
    }
    Ok(yes)
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn folder_covers_its_contents() {
        assert!(is_within("客户/东澜水务", "客户/东澜水务/客户.md"));
        assert!(is_within("客户/东澜水务/客户.md", "客户/东澜水务/客户.md"));
        assert!(!is_within("客户/东澜", "客户/东澜水务/客户.md"));
        assert!(is_within("", "客户/东澜水务/客户.md"));
    }
}
