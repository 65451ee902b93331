//! Definition of a rule.

use super::{Finding, RuleContext};
use crate::archive::{Archive, Dossier};
use crate::diag::Severity;

/// The check of a rule. Nearly all need one dossier only.
#[derive(Clone, Copy)]
pub enum RuleCheck {
    /// Checks one dossier.
    Dossier(fn(&Dossier, &RuleContext<'_>, &mut Vec<Finding>)),
    /// Checks the whole archive.
    Archive(fn(&Archive, &RuleContext<'_>, &mut Vec<Finding>)),
    /// Checks each dossier, and the records outside customer folders.
    Both(fn(&Dossier, &RuleContext<'_>, &mut Vec<Finding>), fn(&Archive, &RuleContext<'_>, &mut Vec<Finding>)),
}

/// A rule: one duty of the regulation.
pub struct Rule {
    /// Code; never changes. Texts in the catalogues: `rule.<code>` (title), `rule.<code>.say` (the sentence),
    /// `explain.<code>` (the manual page with four headings).
    pub code: &'static str,
    /// Clauses and demands it comes from: `附表6`, `S-F6.7`.
    pub clauses: &'static [&'static str],
    /// Default severity.
    pub severity: Severity,
    /// Fields it reads, as `kind.field`: the rule does not run in an edition in which any of them may be hidden
    /// (`decisions.md` 7).
    pub reads: &'static [&'static str],
    /// The check.
    pub check: RuleCheck,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}
