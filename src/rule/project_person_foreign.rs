//! 项目上有别家的人: reports a person on a project, or with a role in one, of another customer. A question, because only the
//! author knows.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, MemberSource, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.project-person-foreign`.
pub const RULE: Rule = Rule {
    code: "project-person-foreign",
    clauses: &["附表4", "S-F4.0", "S-F3.8"],
    severity: Severity::Info,
    reads: &["project.roles", "person.roles"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for project in dossier.projects.iter().filter(|project| project.is_live_on(context.as_of)) {
        for member in &project.members {
            let foreign =
                member.who.entry().filter(|entry| entry.customer.as_ref() != Some(&dossier.id) && !context.has_left(entry));
            let (Some(entry), MemberSource::Row(row)) = (foreign, &member.source) else { continue };
            found.push(
                Finding::new(&RULE, context, dossier, &project.entry)
                    .with("person", &entry.name)
                    .with("project", &project.entry.name)
                    .assigned_to(context.responsible_staff(dossier, None::<&Party>))
                    .with_evidence(Evidence::row(&project.entry, key::ROLES, *row))
                    .with_evidence(Evidence::record(entry)),
            );
        }
    }
    for person in dossier.people.iter().filter(|person| !context.has_left(&person.entry)) {
        let projects = person.roles.iter().filter_map(|role| role.project_entry.as_ref());
        for project in projects.filter(|entry| entry.customer.as_ref() != Some(&dossier.id)) {
            found.push(
                Finding::new(&RULE, context, dossier, &person.entry)
                    .variant("elsewhere")
                    .with("person", &person.entry.name)
                    .with("project", &project.name)
                    .assigned_to(context.responsible_staff(dossier, None::<&Party>))
                    .with_evidence(Evidence::field(&person.entry, key::ROLES))
                    .with_evidence(Evidence::record(project)),
            );
        }
    }
}
