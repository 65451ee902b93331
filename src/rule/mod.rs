//! What is owed, under which clause, since when, on a given day: one duty, one file.
//!
//! The verb is [`judge`]. A rule file is a page of its own manual: what it looks at, the clause, when it speaks, how to
//! settle it, then the function, then its tests. Registration is one line in [`RULES`], whose order is the order of every
//! listing. The room never knows pages or templates.

mod finding;
mod judge;
mod rule;

mod contact_count_behind;
mod contact_without_report;
mod next_contact_overdue;
mod owner_missing;
mod promise_overdue;
mod status_contradicts_contacts;
mod visit_without_purpose;

pub use finding::{Evidence, Finding};
pub use judge::{Bench, judge, judge_archive};
pub use rule::{Check, Rule};

/// Every rule, in the order of listings.
pub const RULES: &[&Rule] = &[
    &next_contact_overdue::RULE,
    &contact_count_behind::RULE,
    &promise_overdue::RULE,
    &contact_without_report::RULE,
    &visit_without_purpose::RULE,
    &status_contradicts_contacts::RULE,
    &owner_missing::RULE,
];
