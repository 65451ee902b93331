//! Cache keys of outputs: the fingerprint of everything their bytes depend on.

use super::SiteContext;
use crate::text::{Fingerprint, Fingerprinter};
use crate::view::PlannedPage;

/// The common part of all keys: program version, theme, config, edition and language (`decisions.md` 34).
///
/// Keys are stored beside the site, and a fingerprint can confirm a guess. The keys of a lower edition are therefore
/// made only from what its readers can see; the config, which they see only as far as it reaches a view, is left out.
pub fn base_key(site_context: &SiteContext<'_>) -> Fingerprint {
    let edition = site_context.context.edition;
    let mut fingerprint = Fingerprinter::new();
    fingerprint
        .text(env!("CARGO_PKG_VERSION"))
        .fingerprint(site_context.theme.fingerprint)
        .text(&edition.key)
        .number(edition.ceiling.into())
        .text(site_context.words.lang().tag());
    if edition.is_full() {
        fingerprint.fingerprint(site_context.config().fingerprint);
    }
    fingerprint.finish()
}

/// The key of a page: template, view, bodies with their link targets, official forms.
pub(super) fn page(base: Fingerprint, planned: &PlannedPage) -> Fingerprint {
    let mut fingerprint = Fingerprinter::new();
    fingerprint.fingerprint(base).text(planned.view.template()).value(&planned.view).number(planned.slots.len() as u64);
    for slot in &planned.slots {
        slot.add_to_fingerprint(&mut fingerprint);
    }
    // Pages without forms keep the keys they had before forms existed.
    if !planned.papers.is_empty() {
        fingerprint.value(&planned.papers);
    }
    fingerprint.finish()
}
