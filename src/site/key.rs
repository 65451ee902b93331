//! The fingerprint of everything the bytes of an output depend on.

use super::SiteContext;
use crate::text::{Fingerprint, Fingerprinter};
use crate::view::PlannedPage;

/// What every key begins with: program, theme, policy, edition and language (`decisions.md` 34).
///
/// Keys lie beside the site, and from a fingerprint a guess can be confirmed. So those of a lower edition are made from what its
/// readers see and nothing else: not from the policy, of which they see only what has reached a view.
pub fn base(site_context: &SiteContext<'_>) -> Fingerprint {
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

/// The key of a page: its template, its view, its bodies and where their links lead, its official forms.
pub(super) fn page(base: Fingerprint, planned: &PlannedPage) -> Fingerprint {
    let mut fingerprint = Fingerprinter::new();
    fingerprint.fingerprint(base).text(planned.view.template()).value(&planned.view).number(planned.slots.len() as u64);
    for slot in &planned.slots {
        slot.add_to_fingerprint(&mut fingerprint);
    }
    // A page without forms has the key it always had.
    if !planned.papers.is_empty() {
        fingerprint.value(&planned.papers);
    }
    fingerprint.finish()
}
