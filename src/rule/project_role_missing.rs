//! 项目上的人没有角色: somebody of theirs is on a project, and nobody wrote down what part this one plays in buying.

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, Project, Seat, SeatBy, Who};
use crate::diag::Severity;
use crate::record::project::ROLES;

/// The rule; its manual page is `explain.project-role-missing`.
pub const RULE: Rule = Rule {
    code: "project-role-missing",
    clauses: &["附表3", "附表4", "S-F3.8", "S-F4.6"],
    severity: Severity::Warning,
    reads: &["project.roles", "person.roles", "visit.people", "visit.project", "contact.people", "contact.project"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for project in dossier.projects.iter().filter(|project| project.is_live_on(bench.as_of)) {
        for seat in project.seats.iter().filter(|seat| seat.roles.is_empty()) {
            found.extend(told(dossier, bench, project, seat));
        }
    }
}

fn told(dossier: &Dossier, bench: &Bench<'_>, project: &Project, seat: &Seat) -> Option<Finding> {
    let evidence = match &seat.by {
        SeatBy::Row(row) => Evidence::row(&project.card, ROLES, *row),
        SeatBy::Person => return None,
        SeatBy::Met(record, date) => {
            date.filter(|date| bench.sees(*date) && bench.judges(dossier, *date))?;
            Evidence::field(record, "project")
        }
    };
    let person = match &seat.who {
        Who::Filed(card) if bench.has_left(card) => return None,
        Who::Filed(card) => Some(card).filter(|card| card.customer == project.card.customer),
        Who::Unfiled { .. } => None,
    };
    Some(
        Finding::new(&RULE, bench, dossier, person.unwrap_or(&project.card))
            .variant(if matches!(seat.by, SeatBy::Met(..)) { "met" } else { "say" })
            .with("person", seat.who.name())
            .with("project", &project.card.name)
            .by(bench.actors(dossier, []))
            .because(evidence)
            .because(Evidence::record(&project.card)),
    )
}
