//! Records: typed access to the facts of one visible file.
//!
//! [`lower`] turns a visible file into one record, or into one per row for a month file. Code names fields by the
//! constants of [`key`], which are generated from the kinds' YAML: a key that is renamed there fails to compile instead
//! of leaving a page blank. This module does not look at other records.

mod id;
mod lower;
#[expect(clippy::module_inception, reason = "the file of the type `Record`")]
mod record;

/// The key of every field and column that a kind has. Generated from `kind/kinds/*.yaml` by `build_script.rs`.
pub mod key {
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

pub use id::RecordId;
pub use lower::lower;
pub use record::Record;
