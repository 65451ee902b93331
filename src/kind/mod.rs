//! What each kind of file may say, as data, and filling a sheet from what a file says.
//!
//! The verb is [`fill`]. A kind is a YAML file in `kinds/` (its grammar is `kinds/README.md`); a company's own fields
//! and codes are laid over it by `policy`. Names stay tokens with places: which of them is a staff member, a key person
//! or a customer is said later by `archive` (`decisions.md` 3). The room never knows rules, pages or paper.

mod codes;
mod field;
mod fill;
mod fold;
mod index;
mod kinds;
mod load;
mod money;
mod own;
mod place;
mod read;
mod sheet;
mod tidy;
mod value;
#[cfg(test)]
mod world;

pub use codes::{CodeList, CodeValue};
pub use field::{Field, FieldIndex, FieldType, Need, Rows, Scope};
pub use fill::{Filled, Source, fill};
pub use kinds::{Kind, Kinds, Phones};
pub use money::Money;
pub use place::{ArchivePath, Place};
pub use sheet::{Sheet, Unknown};
pub(crate) use tidy::number_names;
pub use value::{ItemNumber, Mark, Name, NameId, ProseRange, Row, Value};
