//! Records: typed access to the facts of one visible file.
//!
//! [`lower`] turns a visible file into one record, or into one per row for a month file. Each submodule names the keys
//! of one kind that code reads. A test checks every key against the kind's YAML, so renaming a field there fails a test
//! instead of leaving a page blank. This module does not look at other records.

mod id;
mod keys;
mod lower;
mod record;

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

pub use id::RecordId;
pub use lower::lower;
pub use record::Record;
