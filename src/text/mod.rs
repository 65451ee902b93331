//! Decoded text and positions in it.
//!
//! [`decode`] turns bytes into text. A position is a [`Span`] of byte offsets in the decoded text; it becomes line and
//! column ([`Lines`]) only when shown. This module knows nothing about the meaning of texts.

mod decode;
mod encoding;
mod escape;
mod fast_hash;
mod fingerprint;
mod lines;
mod lossy_decode;
mod patched_text;
mod span;

pub use decode::{DecodeFault, Decoded, decode};
pub use encoding::Encoding;
pub use escape::{escape, escape_to};
pub use fast_hash::BuildFastHasher;
pub use fingerprint::{Fingerprint, Fingerprinter};
pub use lines::{LineColumn, Lines};
pub use lossy_decode::substitute;
pub use patched_text::PatchedText;
pub use span::{BytePos, FileId, Span, Spanned};
