//! Cutting a document down to a ceiling.

use super::Visible;
use crate::document::Document;
use crate::policy::Edition;

/// What `edition` shows of `document`; `None` when the record is hidden whole.
pub fn redact(document: &Document, edition: &Edition) -> Option<Visible> {
    let _ = (document, edition);
    todo!("helper: edition")
}
