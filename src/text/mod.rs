//! Bytes become text whose every place has an exact address.
//!
//! The verb is [`decode`]. The room never knows what a text is about: a place in it is a
//! [`Span`] of byte positions in the decoded text, and becomes line and column only when
//! somebody draws it ([`Lines`]).

mod decode;
mod encoding;
mod escape;
mod fingerprint;
mod lines;
mod lossy;
mod patched;
mod span;
mod spread;

pub use decode::{DecodeFault, Decoded, decode};
pub use encoding::Encoding;
pub use escape::{escape, escape_to};
pub use fingerprint::{Fingerprint, Fingerprinter};
pub use lines::{Lines, Place};
pub use lossy::substitute;
pub use patched::Patched;
pub use span::{BytePos, FileId, Span, Spanned};
pub use spread::BuildSpread;
