//! Bytes become text whose every place has an exact address.
//!
//! The verb is [`decode`]. The room never knows what a text is about: a place in it is a
//! [`Span`] of byte positions in the decoded text, and becomes line and column only when
//! somebody draws it ([`Lines`]).

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
