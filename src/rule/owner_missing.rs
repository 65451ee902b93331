//! 客户没有负责人: checks that every customer has a responsible manager who is still employed.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.owner-missing`.
pub const RULE: Rule = Rule {
    code: "owner-missing",
    clauses: &["第三条", "第六条", "S-03.2", "S-06.1"],
    severity: Severity::Warning,
    reads: &["customer.owner", "customer.owner_history", "staff.left"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(customer) = &dossier.customer else { return };
    let finding = match &customer.owner {
        None => Finding::new(&RULE, context, dossier, &dossier.entry).with_evidence(Evidence::record(&dossier.entry)),
        Some(Party::Registered(owner)) if context.has_left(owner) => {
            let field = if customer.record.fields.get(key::OWNER).is_some() { "owner" } else { "owner_history" };
            Finding::new(&RULE, context, dossier, &dossier.entry)
                .variant("left")
                .with("owner", &owner.name)
                .with_evidence(Evidence::field(&dossier.entry, field))
                .with_evidence(Evidence::record(owner))
        }
        Some(_) => return,
    };
    found.push(finding.with("name", &dossier.entry.name));
}
