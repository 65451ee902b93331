//! 借阅逾期未还: reports a borrowed copy that is overdue.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, DueState, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.loan-overdue`.
pub const RULE: Rule = Rule {
    code: "loan-overdue",
    clauses: &["第十二条", "S-12.2b"],
    severity: Severity::Warning,
    reads: &["loans.loans", "staff.absence"],
    check: RuleCheck::Archive(check),
};

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for loan in archive.loans() {
        let borrower = loan.borrower.as_ref().and_then(Party::entry).filter(|entry| !context.has_left(entry));
        let staff: Vec<_> = borrower.into_iter().cloned().collect();
        let due = loan.due.filter(|_| loan.is_out(context.as_of));
        let Some(due) = due.map(|due| context.due_by(&staff, due)) else { continue };
        if DueState::of(due.day, context.as_of, 0) != DueState::Overdue || !context.is_in_force(due.day) {
            continue;
        }
        let customer = loan.customer.as_ref().and_then(Party::entry).filter(|entry| entry.is("customer"));
        let name = |who: &Option<Party>| who.as_ref().map_or_else(String::new, |who| who.name().to_owned());
        found.push(
            Finding::of_department(&RULE, context, customer.unwrap_or(&loan.record), &loan.record)
                .with("who", name(&loan.borrower))
                .with("customer", name(&loan.customer))
                .with("copy", loan.copy.as_deref().unwrap_or_default())
                .with("date", due)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::row(&loan.record, key::LOANS, loan.row)),
        );
    }
}
