//! The manifest: what is in the output folder, and the cache keys it was made with.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Fingerprint;

/// A published output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Fingerprint of everything its bytes depend on; `None` if another version of the program or another edition made
    /// it.
    pub key: Option<Fingerprint>,
    /// Fingerprint of its bytes.
    pub content: Fingerprint,
    /// Its size in bytes.
    pub size: u64,
}

/// All outputs by path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Program and edition that the keys belong to.
    pub fingerprint: Fingerprint,
    pub entries: BTreeMap<Arc<str>, Entry>,
}

/// Header of a sealed value: magic with the program version. The fingerprint of the body and the body in postcard
/// format follow.
const MAGIC: &[u8] = concat!("kedang ", env!("CARGO_PKG_VERSION"), " sealed\n").as_bytes();

/// Adds a header by which damage and other versions are detected.
pub(super) fn seal(body: &[u8]) -> Vec<u8> {
    [MAGIC, &Fingerprint::of(body).0, body].concat()
}

/// The body, if it is undamaged and of this version.
pub(super) fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (fingerprint, body) = bytes.strip_prefix(MAGIC)?.split_at_checked(16)?;
    (Fingerprint::of(body).0 == fingerprint).then_some(body)
}

impl Manifest {
    /// Serialises the manifest.
    pub fn write(&self) -> Vec<u8> {
        // Encoding maps, options, arrays and numbers into a vector cannot fail.
        seal(&postcard::to_stdvec(self).unwrap_or_default())
    }

    /// Deserialises a manifest; `None` if damaged or of another version.
    pub fn read(bytes: &[u8]) -> Option<Manifest> {
        postcard::from_bytes(unseal(bytes)?).ok()
    }

    /// The same outputs for another program or edition: keys that belong to a different one are dropped.
    pub fn for_fingerprint(mut self, fingerprint: Fingerprint) -> Manifest {
        if self.fingerprint != fingerprint {
            self.fingerprint = fingerprint;
            self.entries.values_mut().for_each(|entry| entry.key = None);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let entry = Entry { key: Some(Fingerprint::of(b"key")), content: Fingerprint::of(b"content"), size: 7 };
        Manifest { fingerprint: Fingerprint::of(b"full"), entries: [(Arc::from("index.html"), entry)].into() }
    }

    #[test]
    fn corrupt_manifest_is_rejected() {
        let bytes = manifest().write();
        assert_eq!(Manifest::read(&bytes), Some(manifest()));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(Manifest::read(&damaged), None, "byte {at}");
            assert_eq!(Manifest::read(&bytes[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn other_edition_drops_keys_but_keeps_content() {
        let other = manifest().for_fingerprint(Fingerprint::of(b"plain"));
        assert_eq!(other.entries["index.html"].key, None);
        assert_eq!(other.entries["index.html"].size, 7);
        assert_eq!(manifest().for_fingerprint(Fingerprint::of(b"full")), manifest());
    }
}
