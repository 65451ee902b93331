//! The facts code asks about, with their names written once.
//!
//! The verb is [`lower`]: a visible file becomes one record, or several for a month's file. Each file of this room names
//! the keys of one kind that code reads; a test holds every name against the kind's data, so that renaming a field in
//! YAML fails a test and does not blank a page. The room never knows other records.

mod held;
mod id;
mod keys;
mod lower;

pub mod competitor;
pub mod contact;
pub mod contact_plan;
pub mod customer;
pub mod development_plan;
pub mod directive;
pub mod inbound;
pub mod information;
pub mod inspection;
pub mod loans;
pub mod market_report;
pub mod page;
pub mod person;
pub mod project;
pub mod regulation;
pub mod review;
pub mod staff;
pub mod visit;
pub mod visit_plan;

pub use held::Record;
pub use id::RecordId;
pub use lower::lower;
