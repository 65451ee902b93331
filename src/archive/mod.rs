//! Who exists, what belongs together, every reference resolved or reported.
//!
//! The verbs are [`enrol`] (everybody's card), [`assemble`] (one customer's dossier) and [`shelve`] (the archive). A
//! dossier is a function of its own records, the slices that other records address to it, and the directory's answers to
//! the questions it asked (`decisions.md` 1); all three are in its key. The room never knows today (a day is handed to
//! the questions in `query`) nor pages.

mod addressed;
mod asker;
mod assemble;
#[cfg(test)]
pub(crate) mod bench;
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

pub use addressed::{Addressed, Directive, Review};
pub use assemble::{Assembled, Slice, assemble};
pub use card::{Away, Card, Who};
pub use development_plan::{Action, Change, DevelopmentPlan, Goal, Post, Rival};
pub use directory::{Answer, Directory, FilesThere, Question};
pub use dossier::{
    ContactPlan, Customer, Dossier, Event, EventSort, Information, NextContact, Person, Relation, Role, Target, Unfiled, Unit,
};
pub use enrol::{Enrolled, enrol, is_unmoved, namesakes};
pub use foreseen::{Alteration, Foreseen, PlannedVisit};
pub use items::{Done, ItemSort, OpenItem};
pub use office::{Incoming, Loan, MarketReport, MarketRow, Suggestion, YearlyReview, issued};
pub use pairs::{Pair, Planned, Stated};
pub use placed::Placed;
pub use project::{Contract, Milestone, Per, Project, ProjectDocument, Quota, Seat, SeatBy, Step};
pub use query::{Standing, State};
pub use shelf::{Archive, Loose, Mentions, Staff, VisitPlan, shelve, slices};
pub use stand_in::{ARCHIVISTS, StandIns};
