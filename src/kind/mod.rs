//! The kinds of records as data, and [`fill`], which parses a file into the fields of its kind.
//!
//! A kind is a YAML file in `kinds/` (format: `kinds/README.md`); `config` merges the company's own fields and codes
//! into it. Names stay tokens with spans: `archive` later resolves which of them is a staff member, a key person or a
//! customer (`decisions.md` 3). This module does not depend on rules, pages or forms.

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
