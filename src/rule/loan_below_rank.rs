//! 借阅人职级不够: checks that only sales managers and higher posts borrow a dossier.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.loan-below-rank`.
pub const RULE: Rule = Rule {
    code: "loan-below-rank",
    clauses: &["第十二条", "S-12.2b"],
    severity: Severity::Warning,
    reads: &["loans.loans", "staff.post"],
    check: RuleCheck::Archive(check),
};

/// Built-in posts below 销售经理/主管. Posts added by the company are not checked.
const BELOW: [&str; 2] = ["销售人员", "其他"];

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for loan in archive.loans() {
        let Some(day) = loan.date.filter(|day| context.has_happened(*day) && context.is_in_force(*day)) else { continue };
        let Some(borrower) = loan.borrower.as_ref().and_then(Party::entry) else { continue };
        let Some(post) = borrower.title.as_deref().filter(|post| BELOW.contains(post)) else { continue };
        // A deputy for a higher post may do what the post may.
        if archive.deputies.posts_of(borrower).any(|post| !BELOW.contains(&&**post)) {
            continue;
        }
        let customer = loan.customer.as_ref().and_then(Party::entry).filter(|entry| entry.is("customer"));
        found.push(
            Finding::of_department(&RULE, context, customer.unwrap_or(&loan.record), &loan.record)
                .with("who", &borrower.name)
                .with("post", post)
                .with("day", day)
                .assigned_to(if context.has_left(borrower) { Vec::new() } else { vec![borrower.clone()] })
                .with_evidence(Evidence::row(&loan.record, key::LOANS, loan.row)),
        );
    }
}
