//! contact-count-behind

use super::{Bench, Check, Finding, Rule};
use crate::archive::Dossier;
use crate::diag::Severity;

/// The rule.
pub const RULE: Rule =
    Rule { code: "contact-count-behind", clauses: &[], severity: Severity::Warning, reads: &[], check: Check::Dossier(check) };

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    let _ = (dossier, bench, found);
    todo!("helper: rule")
}
