//! Outputs that are no pages: the theme's files, the as-of date for scripts, files of the archive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::{Output, OutputKind, SiteContext, key};
use crate::archive::Target;
use crate::route::Url;
use crate::text::{Fingerprint, Fingerprinter};

/// What scripts know: the as-of date, how it is to be taken, and their words.
#[derive(Serialize)]
struct DayScript<'a> {
    #[serde(rename = "asOf")]
    as_of: String,
    pinned: bool,
    soon: u32,
    words: BTreeMap<&'a str, &'a str>,
}

/// An output of given bytes.
pub(super) fn bytes(url: Url, bytes: impl Into<Arc<[u8]>>) -> Output {
    let bytes = bytes.into();
    let key = Fingerprint::of(&bytes);
    Output { url, key, make: OutputKind::Bytes(bytes) }
}

/// The theme's files.
pub(super) fn theme(site_context: &SiteContext<'_>) -> impl Iterator<Item = Output> {
    site_context.theme.assets().map(|(path, content)| bytes(Url::from(path), Arc::clone(content)))
}

/// `asof.js`: the one file a new day rewrites though nothing changed its state (`decisions.md` 16).
pub(super) fn as_of(site_context: &SiteContext<'_>) -> Output {
    let script = DayScript {
        as_of: site_context.context.as_of.0.to_string(),
        pinned: site_context.pinned,
        soon: site_context.config().cadences.due_soon_days,
        words: site_context
            .words
            .entries()
            .filter_map(|(key, text)| key.strip_prefix("ui.script_").map(|word| (word, text)))
            .collect(),
    };
    // A struct of texts and numbers always can be written; a script without words would count no days, and say nothing wrong.
    let json = serde_json::to_string(&script).unwrap_or_default();
    bytes(Url::from("assets/asof.js"), format!("window.kedang = {json};\n").into_bytes())
}

/// Files of the archive that something links to, as they are. `print` gives the fingerprint of a file's bytes.
pub(super) fn files(site_context: &SiteContext<'_>, fingerprint: &dyn Fn(&str) -> Option<Fingerprint>) -> Vec<Output> {
    let inner = site_context.archive.dossiers.values().flat_map(|dossier| dossier.links.values());
    let linked: BTreeSet<&Arc<str>> = inner
        .chain(site_context.archive.links.values())
        .flat_map(|links| links.values())
        .filter_map(|target| match target {
            Target::File(path) => Some(path),
            _ => None,
        })
        .collect();
    let output = |path: &Arc<str>| {
        let url = site_context.routes.file(path)?.clone();
        let key = Fingerprinter::new().fingerprint(key::base(site_context)).text(path).fingerprint(fingerprint(path)?).finish();
        Some(Output { url, key, make: OutputKind::Copy(Arc::clone(path)) })
    };
    linked.into_iter().filter_map(output).collect()
}
