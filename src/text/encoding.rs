//! Text encodings of files.

use serde::{Deserialize, Serialize};

/// The encoding of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8 without byte order mark: what every file should be.
    #[default]
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16 little endian with byte order mark.
    Utf16Le,
    /// UTF-16 big endian with byte order mark.
    Utf16Be,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// Big5; never detected, only set for a folder in `archive.yaml`.
    Big5,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8 (BOM)",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Gb18030 => "GB18030 (GBK)",
            Encoding::Big5 => "Big5",
        }
    }

    /// Whether it is UTF-8, with or without byte order mark; everything else is reported.
    pub fn is_utf8(self) -> bool {
        matches!(self, Encoding::Utf8 | Encoding::Utf8Bom)
    }

    /// Encoding and length of a byte order mark.
    pub(super) fn from_bom(bytes: &[u8]) -> Option<(Encoding, usize)> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8Bom, 3)),
            [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
            [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
            [0x84, 0x31, 0x95, 0x33, ..] => Some((Encoding::Gb18030, 4)),
            _ => None,
        }
    }
}
