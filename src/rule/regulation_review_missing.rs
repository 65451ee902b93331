//! 制度年度审核未做: checks that the regulation is reviewed as a whole once a year.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, issued};
use crate::diag::Severity;

/// The rule; its manual page is `explain.regulation-review-missing`.
pub const RULE: Rule = Rule {
    code: "regulation-review-missing",
    clauses: &["第七条", "S-07.2", "D-9"],
    severity: Severity::Warning,
    reads: &["regulation.reviews", "regulation.issued"],
    check: RuleCheck::Archive(check),
};

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(version) = archive.regulation_in_force(context.as_of) else { return };
    let since = archive.regulations().into_iter().filter_map(issued).chain(context.config.issued).min();
    // Last year is checked; older years can no longer be reviewed.
    let year = context.as_of.0.year() - 1;
    let due = context.config.cadences.regulation_review_by.of(year);
    let looked = archive
        .yearly_reviews()
        .iter()
        .any(|review| review.year == Some(year) && review.date.is_none_or(|day| context.has_happened(day)));
    if looked || due >= context.as_of.0 || !context.is_in_force(due) || since.is_none_or(|since| since > due) {
        return;
    }
    found.push(
        Finding::of_department(&RULE, context, &version.entry, &version.entry)
            .with("year", year)
            .with("date", due)
            .due(due, context)
            .with_evidence(Evidence::record(&version.entry)),
    );
}
