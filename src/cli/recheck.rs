//! `kedang check --watch`: the same again whenever something changes, for an editor that reads along.
//!
//! Every round stands between two lines whose beginnings never change, whatever the language: an editor knows by them that
//! what it was told before is out of date, and that it has been told all (`.vscode/tasks.json`, written by `init`). In JSON
//! the two are objects. They stand with the diagnostics on standard output, for without them a round means nothing.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::Result;
use serde_json::json;

use super::args::{Args, Check, Drawing};
use super::check::{say, summary};
use super::office::{Office, print};
use super::watchman::{Watchman, heard};
use super::{Exit, Outside, failure};
use crate::build::{Counts, Halt, Workshop, guarded};
use crate::calendar::AsOf;
use crate::diag::Notice;
use crate::i18n::Lang;
use crate::watch::Ring;

/// What a round begins and ends with.
const BEGINS: &str = "kedang: check begins";
const ENDS: &str = "kedang: check ends";

pub(super) fn run(task: &Check, args: &Args, outside: &mut Outside, lang: &mut Option<Lang>) -> Result<Exit> {
    let asked = *lang;
    let mut office = Office::open_anyway(args, task.as_of, Workshop::new(), outside, lang)?;
    let mut watchman = Watchman::new(hung(&office), task.poll);
    let mut ring = Some(Ring::default());
    while !outside.called_off.load(Ordering::Relaxed) {
        let today = AsOf((outside.clock)());
        if task.as_of.is_none() && today != office.as_of {
            office.turn_to(today);
            ring = Some(Ring::default());
        }
        if let Some(ring) = ring.take() {
            let began = Instant::now();
            office.workshop.distrust(&heard(&ring, office.disk.root()));
            let fresh = round(task, &mut office, &mut watchman, asked, outside);
            let found = fresh.iter().map(|path| office.disk.root().join(&**path));
            watchman.answered(began.elapsed(), ring.named.iter().cloned().chain(found));
        }
        if let Some(say) = watchman.news().filter(|_| !outside.quiet) {
            outside.err.line(office.words.format(&say));
        }
        ring = watchman.wait();
    }
    Ok(Exit::Fine)
}

fn hung(office: &Office) -> Vec<(PathBuf, Vec<String>)> {
    vec![(office.disk.root().to_owned(), office.policy.ignore.clone())]
}

/// Says everything once; which documents said something else than before.
fn round(
    task: &Check,
    office: &mut Office,
    watchman: &mut Watchman,
    asked: Option<Lang>,
    outside: &mut Outside,
) -> Vec<Arc<str>> {
    let is_json = task.format == Drawing::Json;
    outside.out.line(if is_json { json!({ "round": "begins" }).to_string() } else { BEGINS.to_owned() });
    outside.out.flush();
    let looked = match guarded(|| look(task, office, watchman, asked, outside)) {
        Ok(Ok(looked)) => looked,
        Ok(Err(error)) if matches!(error.downcast_ref(), Some(Halt::CalledOff)) => return Vec::new(),
        Ok(Err(error)) => {
            failure::answer(&error, office.words, outside);
            None
        }
        Err(said) => {
            office.begin_anew(Workshop::new());
            failure::broken(&said, office.words, outside);
            None
        }
    };
    let (counts, fresh) = looked.unzip();
    outside.out.line(match counts {
        Some(counts) if is_json => json!({
            "round": "ends",
            "documents": counts.documents,
            "customers": counts.dossiers,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "infos": counts.infos,
            "findings": counts.findings,
            "as_of": office.as_of.0.to_string(),
        })
        .to_string(),
        None if is_json => json!({ "round": "ends" }).to_string(),
        Some(counts) => format!("{ENDS} · {}", office.words.format(&summary(&counts, office.as_of))),
        None => ENDS.to_owned(),
    });
    outside.out.flush();
    fresh.unwrap_or_default()
}

/// Reads and prints; nothing to count when the policy cannot be read.
fn look(
    task: &Check,
    office: &mut Office,
    watchman: &mut Watchman,
    asked: Option<Lang>,
    outside: &mut Outside,
) -> Result<Option<(Counts, Vec<Arc<str>>)>> {
    office.reread(asked)?;
    // Before the look, so that nothing that changes from then on is missed.
    watchman.listen(hung(office));
    if let Some(news) = &office.unruled {
        let notices: Vec<Notice> = news.iter().map(Notice::from).collect();
        let texts = office.workshop.texts(&office.disk, None);
        print(&notices, task.format.into(), &texts, office.words, outside);
        return Ok(None);
    }
    let read = say(task, office, outside)?;
    Ok(Some((read.counts, read.fresh)))
}
