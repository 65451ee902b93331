//! Outputs that are not pages: the theme's assets, `asof.js`, files of the archive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::{Output, OutputKind, SiteContext, key};
use crate::archive::Target;
use crate::route::Url;
use crate::text::{Fingerprint, Fingerprinter};

/// Data for the scripts: the as-of date, whether it is pinned, the notice period in days, and the interface words.
#[derive(Serialize)]
struct DayScript<'a> {
    #[serde(rename = "asOf")]
    as_of: String,
    pinned: bool,
    soon: u32,
    words: BTreeMap<&'a str, &'a str>,
}

/// An output with fixed bytes.
pub(super) fn bytes(url: Url, bytes: impl Into<Arc<[u8]>>) -> Output {
    let bytes = bytes.into();
    let key = Fingerprint::of(&bytes);
    Output { url, key, make: OutputKind::Bytes(bytes) }
}

/// The theme's assets.
pub(super) fn theme(site_context: &SiteContext<'_>) -> impl Iterator<Item = Output> {
    site_context.theme.assets().map(|(path, content)| bytes(Url::from(path), Arc::clone(content)))
}

/// `asof.js`: the only output that changes with the day even if no state does (`decisions.md` 16).
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
    // Serializing a struct of texts and numbers cannot fail. Without data the scripts count no days but show nothing
    // wrong.
    let json = serde_json::to_string(&script).unwrap_or_default();
    bytes(Url::from("assets/asof.js"), format!("window.kedang = {json};\n").into_bytes())
}

/// Copies of archive files that something links to. `fingerprint` gives the content fingerprint of a file.
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
        let key =
            Fingerprinter::new().fingerprint(key::base_key(site_context)).text(path).fingerprint(fingerprint(path)?).finish();
        Some(Output { url, key, make: OutputKind::Copy(Arc::clone(path)) })
    };
    linked.into_iter().filter_map(output).collect()
}
