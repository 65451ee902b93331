//! Renders views to HTML with Tera templates, and provides the theme's assets.
//!
//! The entry point is [`Theme::render`]. The default theme (`themes/ink/`) is embedded in the binary; a company's own
//! files replace single files of it. Templates get a view, the interface words and the bodies of the page, and no
//! functions, so nothing in a template can reach the archive. This module does not depend on customers or any other
//! records.

mod builtin;
mod error;
mod filters;
mod interface_words;
mod load;
mod render;

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use crate::text::{Fingerprint, PatchedText};

pub use builtin::BUILTIN;
pub use error::TemplateError;
pub use render::{PageParts, RenderedHtml};

/// Templates and assets: the embedded default theme with a company's own files replacing single files.
pub struct Theme {
    /// Fingerprint of all files.
    pub fingerprint: Fingerprint,
    /// Compiled templates, and the interface words in one language.
    engine: tera::Tera,
    /// Every template by its path in the theme, for error messages.
    templates: BTreeMap<String, Template>,
    /// Cache of [`Theme::shared`], by template and fingerprint of the view.
    shared: RwLock<BTreeMap<(&'static str, Fingerprint), RenderedHtml>>,
    /// Assets by their path in the site.
    assets: BTreeMap<String, Arc<[u8]>>,
}

/// The source of a template.
struct Template {
    /// As written.
    text: String,
    /// With the interface words inserted, as compiled by the engine.
    worded: PatchedText<'static>,
}

impl Theme {
    /// Files copied into the site unchanged, by their path there: `assets/style.css`.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Names of the templates as [`Theme::render`] takes them.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().filter_map(|path| path.strip_prefix(load::TEMPLATES))
    }
}
