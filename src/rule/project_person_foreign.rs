//! 项目上有别家的人: somebody on a project, or with a role in one, belongs to another customer. A question, for only the author knows.

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, SeatBy, Who};
use crate::diag::Severity;
use crate::record::project::ROLES;

/// The rule; its manual page is `explain.project-person-foreign`.
pub const RULE: Rule = Rule {
    code: "project-person-foreign",
    clauses: &["附表4", "S-F4.0", "S-F3.8"],
    severity: Severity::Info,
    reads: &["project.roles", "person.roles"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for project in dossier.projects.iter().filter(|project| project.is_live_on(bench.as_of)) {
        for seat in &project.seats {
            let foreign = seat.who.card().filter(|card| card.customer.as_ref() != Some(&dossier.id) && !bench.has_left(card));
            let (Some(card), SeatBy::Row(row)) = (foreign, &seat.by) else { continue };
            found.push(
                Finding::new(&RULE, bench, dossier, &project.card)
                    .with("person", &card.name)
                    .with("project", &project.card.name)
                    .by(bench.actors(dossier, None::<&Who>))
                    .because(Evidence::row(&project.card, ROLES, *row))
                    .because(Evidence::record(card)),
            );
        }
    }
    for person in dossier.people.iter().filter(|person| !bench.has_left(&person.card)) {
        let projects = person.roles.iter().filter_map(|role| role.project_card.as_ref());
        for project in projects.filter(|card| card.customer.as_ref() != Some(&dossier.id)) {
            found.push(
                Finding::new(&RULE, bench, dossier, &person.card)
                    .variant("elsewhere")
                    .with("person", &person.card.name)
                    .with("project", &project.name)
                    .by(bench.actors(dossier, None::<&Who>))
                    .because(Evidence::field(&person.card, "roles"))
                    .because(Evidence::record(project)),
            );
        }
    }
}
