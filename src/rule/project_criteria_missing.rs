//! 项目没有评标标准: reports a project that is out to tender, or further, without evaluation criteria.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.project-criteria-missing`.
pub const RULE: Rule = Rule {
    code: "project-criteria-missing",
    clauses: &["第十条", "S-10.2-4", "S-04.8"],
    severity: Severity::Warning,
    reads: &["project.criteria", "project.stage", "project.stage_history"],
    check: RuleCheck::Dossier(check),
};

/// Stages in which the criteria should be known.
const STAGES: [&str; 6] = ["招标", "投标", "中标", "合同谈判", "合同执行", "质保"];

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for project in dossier.projects.iter().filter(|project| project.criteria.is_empty()) {
        let Some(stage) = project.stage_on(context.as_of).filter(|stage| STAGES.contains(&&***stage)) else { continue };
        let field = if project.stages.is_empty() { key::STAGE } else { key::STAGE_HISTORY };
        let finding = Finding::new(&RULE, context, dossier, &project.entry)
            .with("project", &project.entry.name)
            .with("stage", stage)
            .assigned_to(context.responsible_staff(dossier, []))
            .with_evidence(Evidence::field(&project.entry, field));
        // The criteria matter until the tender.
        found.push(match project.tender {
            Some(tender) => finding.due(tender, context),
            None => finding,
        });
    }
}
