//! What a rule is.

use super::{Finding, RuleContext};
use crate::archive::{Archive, Dossier};
use crate::diag::Severity;

/// What a rule is handed. Nearly all need one dossier.
#[derive(Clone, Copy)]
pub enum RuleCheck {
    /// Looks at one customer.
    Dossier(fn(&Dossier, &RuleContext<'_>, &mut Vec<Finding>)),
    /// Looks at everything.
    Archive(fn(&Archive, &RuleContext<'_>, &mut Vec<Finding>)),
    /// Looks at one customer, and at what belongs to none.
    Both(fn(&Dossier, &RuleContext<'_>, &mut Vec<Finding>), fn(&Archive, &RuleContext<'_>, &mut Vec<Finding>)),
}

/// A duty of the regulation, judged.
pub struct Rule {
    /// Public name; never changes. Its words are `rule.<code>` (title), `rule.<code>.say` (the sentence), and
    /// `explain.<code>` (the manual page with the four headings) in the catalogues.
    pub code: &'static str,
    /// Clauses and demands it comes from: `附表6`, `S-F6.7`.
    pub clauses: &'static [&'static str],
    /// How bad, unless the policy says otherwise.
    pub severity: Severity,
    /// Fields it reads, as `kind.field`: it is absent from an edition in which any may be hidden (`decisions.md` 7).
    pub reads: &'static [&'static str],
    /// The function.
    pub check: RuleCheck,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}
