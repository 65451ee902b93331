//! The joined archive: identities, dossiers, and every reference resolved or reported.
//!
//! [`register`] builds the [`Directory`], [`assemble`] one customer's [`Dossier`], [`index_archive`] the [`Archive`]. A
//! dossier is a function of its own records, the [`DossierInputs`] that other records address to it, and the
//! directory's answers to its questions (`decisions.md` 1); all three are in its key. This module knows neither the
//! current day (functions in `contact_status` take it as an argument) nor pages.

mod assemble;
mod contact_pairs;
mod contact_status;
mod customer;
mod department;
#[cfg(test)]
mod department_tests;
mod deputy;
mod development_plan;
mod directory;
mod directory_entry;
mod disambiguate;
mod dossier;
mod event;
mod inbox;
mod index;
mod information;
mod link_target;
mod links;
mod lookup_cache;
mod name_resolver;
mod normalize;
mod open_items;
mod person;
#[cfg(test)]
mod plan_tests;
mod planned_visit;
mod planned_visits;
mod project;
#[cfg(test)]
mod project_tests;
mod register;
mod resolve;
mod resolved_names;
#[cfg(test)]
mod shared_records;
#[cfg(test)]
pub(crate) mod test_archive;
#[cfg(test)]
mod tests;

pub mod rows;

pub use assemble::{AssembledDossier, assemble};
pub use contact_pairs::{ContactPair, PlannedContacts, StatedContact};
pub use contact_status::{ContactStatus, DueState};
pub use customer::{Customer, Unit};
pub use department::{Incoming, Loan, MarketReport, MarketRow, Suggestion, YearlyReview, issued};
pub use deputy::{ARCHIVISTS, Deputies};
pub use development_plan::{Action, ApproverPost, DevelopmentPlan, Goal, PlanAdjustment, Rival};
pub use directory::{Answer, Directory, IsFile, Question};
pub use directory_entry::{Absence, DirectoryEntry, Party};
pub use dossier::{ContactPlan, Dossier, UnregisteredPeople};
pub use event::{Event, EventKind, NextContact};
pub use inbox::{Directive, DossierInputs, Inbox, Review};
pub use index::{Archive, MentionIndex, SharedRecord, Staff, VisitPlan, dossier_inputs, index_archive};
pub use information::Information;
pub use link_target::Target;
pub use open_items::{Completion, ItemKind, OpenItem};
pub use person::{Person, Relation, Role};
pub use planned_visit::{PlanChange, PlannedVisit, PlannedVisitOutcome};
pub use project::{
    Contract, MemberSource, Milestone, Project, ProjectDocument, ProjectMember, QuotaPeriod, StageChange, VisitQuota,
};
pub use register::{Registered, duplicate_names, is_unchanged_for_others, register};
pub use resolved_names::ResolvedNames;
