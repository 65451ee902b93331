//! 项目拜访次数落后: reports fewer visits for a project than the elapsed share of its period requires.

use super::elapsed_share::owed_by_now;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.project-visits-behind`.
pub const RULE: Rule = Rule {
    code: "project-visits-behind",
    clauses: &["第十六条", "S-16.3", "D-11"],
    severity: Severity::Warning,
    reads: &["project.visits_planned", "project.period", "project.stage", "project.stage_history", "visit.project"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for project in dossier.projects.iter().filter(|project| project.is_live_on(context.as_of)) {
        let (Some(quota), Some(stretch)) = (project.quota, project.planned_visit_range(context.as_of)) else { continue };
        if !context.applies_to(dossier, stretch.1) {
            continue;
        }
        let (made, owed) = (dossier.visits_made(project, context.as_of), owed_by_now(quota.times, stretch, context));
        if made >= owed {
            continue;
        }
        let finding = Finding::new(&RULE, context, dossier, &project.entry);
        let finding = match project.period(context.as_of) {
            Some(period) => finding.with("period", period),
            None => finding.variant("whole"),
        };
        found.push(
            finding
                .with("project", &project.entry.name)
                .with("times", quota.times)
                .with("made", made)
                .assigned_to(context.responsible_staff(dossier, []))
                .with_evidence(Evidence::field(&project.entry, key::VISITS_PLANNED)),
        );
    }
}
