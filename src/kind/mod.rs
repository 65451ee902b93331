//! What each kind of file may say, as data, and filling a sheet from what a file says.
//!
//! The verb is [`fill`]. A kind is a YAML file in `kinds/` (its grammar is `kinds/README.md`); a company's own fields
//! and codes are laid over it by `policy`. Names stay tokens with places: which of them is a staff member, a key person
//! or a customer is said later by `archive` (`decisions.md` 3). The room never knows rules, pages or paper.

mod checks;
mod code_list;
mod company_fields;
mod field;
mod field_values;
mod fill;
mod kinds;
mod load;
mod money;
mod name_index;
mod normalize;
mod path_match;
mod read;
#[cfg(test)]
mod test_fields;
mod value;

pub(crate) use checks::number_names;
pub use code_list::{CodeList, CodeValue};
pub use field::{Field, FieldIndex, FieldType, Need, Rows, Scope};
pub use field_values::{FieldValues, UnknownKey};
pub use fill::{DocumentSource, FillResult, fill};
pub use kinds::{Kind, Kinds, Phones};
pub use money::Money;
pub use path_match::{ArchivePath, PathMatch};
pub use value::{ItemNumber, Name, NameId, NameMark, ProseRange, Row, Value};
