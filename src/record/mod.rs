//! The facts code asks about, with their names written once.
//!
//! The verb is [`lower`]: a visible file becomes one record, or several for a month's file. Each file of this room names
//! the keys of one kind that code reads; a test holds every name against the kind's data, so that renaming a field in
//! YAML fails a test and does not blank a page. The room never knows other records.

mod held;
mod id;
mod keys;
mod lower;

pub mod contact;
pub mod contact_plan;
pub mod customer;
pub mod information;
pub mod page;
pub mod person;
pub mod staff;
pub mod visit;

pub use held::Record;
pub use id::RecordId;
pub use lower::lower;
