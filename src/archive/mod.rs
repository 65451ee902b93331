//! The joined archive: identities, dossiers, and every reference resolved or reported.
//!
//! [`register`] builds the [`Directory`], [`assemble`] one customer's [`Dossier`], [`index_archive`] the [`Archive`]. A
//! dossier is a function of its own records, the [`DossierInputs`] that other records address to it, and the
//! directory's answers to its questions (`decisions.md` 1); all three are in its key. This module knows neither the
//! current day (functions in `query` take it as an argument) nor pages.

mod addressed;
mod asker;
mod assemble;
#[cfg(test)]
pub(crate) mod context;
mod card;
mod development_plan;
mod directory;
mod dossier;
mod enrol;
mod fold;
mod foreseen;
mod informed;
mod items;
mod links;
mod office;
#[cfg(test)]
mod office_tests;
#[cfg(test)]
mod outside;
mod pairs;
mod placed;
#[cfg(test)]
mod plan_tests;
mod project;
#[cfg(test)]
mod project_tests;
mod query;
mod resolve;
mod shelf;
mod stand_in;
mod telling;
#[cfg(test)]
mod tests;

pub mod rows;

pub use addressed::{Directive, Inbox, Review};
pub use assemble::{AssembledDossier, DossierInputs, assemble};
pub use card::{Absence, DirectoryEntry, Party};
pub use development_plan::{Action, ApproverPost, Change, DevelopmentPlan, Goal, Rival};
pub use directory::{Answer, Directory, IsFile, Question};
pub use dossier::{
    ContactPlan, Customer, Dossier, Event, EventKind, Information, NextContact, Person, Relation, Role, Target, Unit,
    UnregisteredPeople,
};
pub use enrol::{Registered, duplicate_names, is_unchanged_for_others, register};
pub use foreseen::{PlanChange, PlannedVisit, PlannedVisitOutcome};
pub use items::{Completion, ItemKind, OpenItem};
pub use office::{Incoming, Loan, MarketReport, MarketRow, Suggestion, YearlyReview, issued};
pub use pairs::{ContactPair, PlannedContacts, StatedContact};
pub use placed::ResolvedNames;
pub use project::{
    Contract, MemberSource, Milestone, Project, ProjectDocument, ProjectMember, QuotaPeriod, StageChange, VisitQuota,
};
pub use query::{ContactStatus, DueState};
pub use shelf::{Archive, MentionIndex, SharedRecord, Staff, VisitPlan, dossier_inputs, index_archive};
pub use stand_in::{ARCHIVISTS, Deputies};
