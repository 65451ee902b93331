//! Taking out what readers of this copy may not know, before anything is joined.
//!
//! The verb is [`redact`], and it alone can make a [`Visible`], which is the only thing `record::lower` accepts: an
//! unredacted document cannot get any further, the compiler keeps the secret. The room never knows what the rest is for.

mod redact;
mod visible;

pub use redact::redact;
pub use visible::Visible;
