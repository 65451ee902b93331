//! 项目上的人没有角色: checks that a person on a project has a buying role.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, MemberSource, Party, Project, ProjectMember};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.project-role-missing`.
pub const RULE: Rule = Rule {
    code: "project-role-missing",
    clauses: &["附表3", "附表4", "S-F3.8", "S-F4.6"],
    severity: Severity::Warning,
    reads: &["project.roles", "person.roles", "visit.people", "visit.project", "contact.people", "contact.project"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for project in dossier.projects.iter().filter(|project| project.is_live_on(context.as_of)) {
        for member in project.members.iter().filter(|member| member.roles.is_empty()) {
            found.extend(told(dossier, context, project, member));
        }
    }
}

fn told(dossier: &Dossier, context: &RuleContext<'_>, project: &Project, member: &ProjectMember) -> Option<Finding> {
    let evidence = match &member.source {
        MemberSource::Row(row) => Evidence::row(&project.entry, key::ROLES, *row),
        MemberSource::Person => return None,
        MemberSource::Met(record, date) => {
            date.filter(|date| context.has_happened(*date) && context.applies_to(dossier, *date))?;
            Evidence::field(record, key::PROJECT)
        }
    };
    let person = match &member.who {
        Party::Registered(entry) if context.has_left(entry) => return None,
        Party::Registered(entry) => Some(entry).filter(|entry| entry.customer == project.entry.customer),
        Party::Unregistered { .. } => None,
    };
    Some(
        Finding::new(&RULE, context, dossier, person.unwrap_or(&project.entry))
            .variant(if matches!(member.source, MemberSource::Met(..)) { "met" } else { "say" })
            .with("person", member.who.name())
            .with("project", &project.entry.name)
            .assigned_to(context.responsible_staff(dossier, []))
            .with_evidence(evidence)
            .with_evidence(Evidence::record(&project.entry)),
    )
}
