//! 客户需求没有写: checks that the needs of a customer we deal with are stated; to know them is the first aim of the
//! regulation.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;

/// The rule; its manual page is `explain.needs-missing`.
pub const RULE: Rule = Rule {
    code: "needs-missing",
    clauses: &["第一条", "第十四条", "S-01.1", "S-14.2e"],
    severity: Severity::Info,
    reads: &["customer.needs_now", "customer.needs_stated", "customer.needs_latent"],
    check: RuleCheck::Dossier(check),
};

/// 目前的需求, 所表明的需求, 潜在需求.
const NEEDS: [&str; 3] = ["needs_now", "needs_stated", "needs_latent"];

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // Needs from internal sources are hidden in lower editions, so only the full one can tell that there are none.
    let Some(customer) = dossier.customer.as_ref().filter(|_| context.edition.is_full()) else { return };
    if NEEDS.iter().any(|field| customer.record.fields.get(field).is_some()) {
        return;
    }
    let dealing = dossier.events.iter().find(|event| event.date.is_some_and(|day| context.has_happened(day)));
    let dealing = match dealing {
        Some(event) if event.date.is_some_and(|day| context.applies_to(dossier, day)) => &event.entry,
        Some(_) => return,
        None => match dossier.projects.iter().find(|project| project.is_live_on(context.as_of)) {
            Some(project) => &project.entry,
            None => return,
        },
    };
    found.push(
        Finding::new(&RULE, context, dossier, &dossier.entry)
            .with("name", &dossier.entry.name)
            .assigned_to(context.responsible_staff(dossier, []))
            .with_evidence(Evidence::record(&dossier.entry))
            .with_evidence(Evidence::record(dealing)),
    );
}
