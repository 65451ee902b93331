//! Redaction of documents for one edition, before anything is joined, counted or indexed.
//!
//! [`redact`] is the only way to make a [`Visible`], and `record::lower` accepts nothing else, so code that passes an
//! unredacted document on does not compile. This module does not depend on what the result is used for.

mod redact;
mod visible;

pub use redact::redact;
pub use visible::Visible;
