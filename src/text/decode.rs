//! From the bytes of a file to text, in a closed order: BOM, strict UTF-8, strict GB18030, located faults.

use serde::{Deserialize, Serialize};

use super::BytePos;

/// What a file was written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8 without a mark: what every file should be.
    #[default]
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, little end first, with its mark.
    Utf16Le,
    /// UTF-16, big end first, with its mark.
    Utf16Be,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// Big5; never guessed, only pinned for a folder in `archive.yaml`.
    Big5,
}

/// What could not be turned into text, in order of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeFault {
    /// An undecodable byte; it stands in the text as `〔0xFF〕` at this position.
    Byte {
        /// Where its substitute stands in the decoded text.
        at: BytePos,
        /// Its offset in the file.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// A NUL character, which no editor writes into a text.
    Nul {
        /// Where it stands in the decoded text.
        at: BytePos,
    },
    /// Bytes that are GB18030 as a whole, but one line of which is by itself UTF-8 with Han characters:
    /// two encodings pasted together. Read as UTF-8 with the other lines' bytes as faults.
    Mixed {
        /// The first line that is UTF-8 by itself, from 1.
        at: BytePos,
    },
}

/// A decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Valid text without a mark at its head.
    pub text: String,
    /// What it came in.
    pub encoding: Encoding,
    /// What was lost on the way.
    pub faults: Vec<DecodeFault>,
}

/// Turns bytes into text. `pinned` is the encoding `archive.yaml` fixes for the folder; a byte order
/// mark and strict UTF-8 still go first.
pub fn decode(bytes: &[u8], pinned: Option<Encoding>) -> Decoded {
    let _ = (bytes, pinned);
    todo!("helper: text")
}
