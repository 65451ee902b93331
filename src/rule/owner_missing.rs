//! 客户没有负责人: every customer names a responsible manager who is still with us.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Party};
use crate::diag::Severity;

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
        None => Finding::new(&RULE, context, dossier, &dossier.card).with_evidence(Evidence::record(&dossier.card)),
        Some(Party::Registered(owner)) if context.has_left(owner) => {
            let field = if customer.record.fields.get("owner").is_some() { "owner" } else { "owner_history" };
            Finding::new(&RULE, context, dossier, &dossier.card)
                .variant("left")
                .with("owner", &owner.name)
                .with_evidence(Evidence::field(&dossier.card, field))
                .with_evidence(Evidence::record(owner))
        }
        Some(_) => return,
    };
    found.push(finding.with("name", &dossier.card.name));
}
