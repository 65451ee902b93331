//! Addresses inside the site.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A path from the site's root: parts joined by `/`, ASCII, legal on Windows, without fragment. It is also the path of
/// the file below the output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Url(pub Arc<str>);

impl Url {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file name without its extension: `2026` of `customers/hd/visits/2026.html`.
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The address of `to` (with `#fragment`) as written in the page `self`: relative and percent-encoded. This is the
    /// only place that encodes. A fragment of the page itself is `#…` alone.
    pub fn relative(&self, to: &Url, fragment: Option<&str>) -> String {
        let mut written = String::with_capacity(to.0.len() + fragment.map_or(0, |f| f.len() + 1) + 6);
        self.write_relative(to, fragment, &mut written);
        written
    }

    /// Appends [`Url::relative`] to `written`.
    pub fn write_relative(&self, to: &Url, fragment: Option<&str>, written: &mut String) {
        if self != to || fragment.is_none() {
            let folder = memchr::memrchr(b'/', self.0.as_bytes()).map_or("", |at| &self.0[..=at]);
            // The longest common prefix of whole folders.
            let same = folder.bytes().zip(to.0.bytes()).take_while(|(ours, theirs)| ours == theirs).count();
            let shared = folder.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
            for _ in folder[shared..].bytes().filter(|byte| *byte == b'/') {
                written.push_str("../");
            }
            encode(written, &to.0[shared..], b"/");
        }
        if let Some(fragment) = fragment {
            written.push('#');
            encode(written, fragment, b"");
        }
    }

    /// The relative path from the page `self` to the site's root: empty or `../../`.
    pub fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// Appends `text` with every byte except the unreserved ones (RFC 3986) and `keep` as `%XX`.
fn encode(written: &mut String, text: &str, keep: &[u8]) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || keep.contains(&byte);
    // Slugs need no encoding.
    if text.bytes().all(plain) {
        return written.push_str(text);
    }
    for byte in text.bytes() {
        if plain(byte) {
            written.push(char::from(byte));
        } else {
            written.push('%');
            written.push(char::from(HEX[usize::from(byte >> 4)]));
            written.push(char::from(HEX[usize::from(byte & 15)]));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn relative(from: &str, to: &str, fragment: Option<&str>) -> String {
        Url::from(from).relative(&Url::from(to), fragment)
    }

    #[test]
    fn urls_are_relative_to_page() {
        assert_eq!(relative("index.html", "customers/hd/index.html", None), "customers/hd/index.html");
        assert_eq!(relative("customers/hd/index.html", "index.html", None), "../../index.html");
        assert_eq!(relative("customers/hd/visits/2026.html", "customers/hd/index.html", None), "../index.html");
        assert_eq!(relative("customers/hd/index.html", "customers/hdy/index.html", None), "../hdy/index.html");
        assert_eq!(relative("customers/hd/index.html", "customers/hd/information.html", None), "information.html");
        assert_eq!(relative("a/b.html", "a/b.html", None), "b.html");
        assert_eq!(Url::from("customers/hd/index.html").root(), "../../");
    }

    #[test]
    fn fragments_are_encoded() {
        assert_eq!(relative("a/b.html", "a/b.html", Some("v-2026-11-20")), "#v-2026-11-20");
        assert_eq!(relative("a/b.html", "a/c.html", Some("承诺")), "c.html#%E6%89%BF%E8%AF%BA");
        assert_eq!(relative("a/b.html", "a/c.html", Some("a b\"<")), "c.html#a%20b%22%3C");
    }

    /// Resolves a relative address as a browser does.
    fn join(page: &str, written: &str) -> String {
        let mut parts: Vec<&str> = page.split('/').collect();
        parts.pop();
        for part in written.split('/') {
            match part {
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]
        #[test]
        fn relative_url_round_trips(
            from in proptest::collection::vec("[a-c]{1,2}", 1..5),
            to in proptest::collection::vec("[a-c]{1,2}", 1..5),
        ) {
            let (from, to) = (from.join("/"), to.join("/"));
            prop_assert_eq!(join(&from, &relative(&from, &to, None)), to);
        }
    }
}
