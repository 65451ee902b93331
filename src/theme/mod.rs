//! A named template and a view become HTML; assets. The room knows no customer.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::text::Fingerprint;

/// Templates and assets: the embedded default with a company's own files laid over it, file by file.
pub struct Theme {
    /// Changes whenever any file does.
    pub print: Fingerprint,
}

impl Theme {
    /// Loads a theme. `own` holds the files of the company's theme folder by path (`templates/person.html`); all faults of
    /// all templates are reported at once, each with its file's path and text so that it can be drawn.
    pub fn load(own: &BTreeMap<String, Vec<u8>>) -> Result<Theme, Vec<(String, String, Diagnostic)>> {
        let _ = own;
        todo!("helper: showing")
    }
}
