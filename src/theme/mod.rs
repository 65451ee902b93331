//! A named template and a view become HTML; assets.
//!
//! The verb is [`Theme::render`]. The default theme is part of the program (`themes/ink/`); a company's own files are laid
//! over it one by one. Templates get a view, the words of the interface and the bodies of the page, and have no functions:
//! nothing in a template can reach the archive. The room knows no customer.

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
pub use render::{PageParts, RenderedForms};

/// Templates and assets: the embedded default with a company's own files laid over it, file by file.
pub struct Theme {
    /// Changes whenever any file does.
    pub fingerprint: Fingerprint,
    /// Templates and the words of the interface in one language.
    engine: tera::Tera,
    /// Every template by its path in the theme, for drawing faults.
    templates: BTreeMap<String, Template>,
    /// What many pages have in common, drawn already: a memory of a pure function.
    shared: RwLock<BTreeMap<(&'static str, Fingerprint), RenderedForms>>,
    /// Assets by their path in the site.
    assets: BTreeMap<String, Arc<[u8]>>,
}

/// A template.
struct Template {
    /// As it was written.
    text: String,
    /// As the engine reads it.
    worded: PatchedText<'static>,
}

impl Theme {
    /// Files that are copied into the site as they are, by their path there: `assets/style.css`.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Names of templates, as [`Theme::render`] takes them.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().filter_map(|path| path.strip_prefix(load::TEMPLATES))
    }
}
