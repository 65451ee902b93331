//! An address inside the site.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A path from the site's root, parts joined by `/`, ASCII, legal on Windows, without fragment: also the path of the file
/// below the output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Url(pub Arc<str>);

impl Url {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of `to` (with `#fragment`) as written in a page at `self`: relative, percent-encoded here and nowhere
    /// else. A fragment of the page itself is `#…` alone.
    pub fn relative(&self, to: &Url, fragment: Option<&str>) -> String {
        let _ = (to, fragment);
        todo!("helper: route")
    }

    /// The way from a page at `self` to the site's root: `` or `../../`.
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

impl From<&str> for Url {
    fn from(path: &str) -> Self {
        Url(path.into())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
