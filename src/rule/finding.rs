//! What a rule says.

use std::sync::Arc;

use super::Rule;
use crate::archive::{Card, State};
use crate::calendar::Date;
use crate::diag::Severity;
use crate::words::Say;

/// The fact a finding rests on: its place is looked up in the current text when drawn (`decisions.md` 14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The record.
    pub record: Arc<Card>,
    /// The field, if it is one.
    pub field: Option<&'static str>,
    /// The row in it, from 0.
    pub row: Option<u32>,
}

/// A duty not kept, or coming due.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule says so.
    pub rule: &'static Rule,
    /// How bad, after the policy had its say.
    pub severity: Severity,
    /// The customer it is about.
    pub customer: Arc<Card>,
    /// The record it is about (a person, a visit, the customer itself).
    pub subject: Arc<Card>,
    /// Who has to act: the person named, else the owner.
    pub staff: Vec<Arc<Card>>,
    /// The sentence. Never holds a count of days: those are counted when shown.
    pub say: Say,
    /// Since when or until when.
    pub due: Option<Date>,
    /// How that stands.
    pub state: Option<State>,
    /// Facts it rests on, the most telling first.
    pub evidence: Vec<Evidence>,
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.rule.code == other.rule.code
            && (self.severity, &self.customer, &self.subject, &self.staff, &self.say, self.due, self.state, &self.evidence)
                == (
                    other.severity,
                    &other.customer,
                    &other.subject,
                    &other.staff,
                    &other.say,
                    other.due,
                    other.state,
                    &other.evidence,
                )
    }
}

impl std::hash::Hash for Finding {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.rule.code.hash(state);
        (self.severity, &self.customer, &self.subject, &self.staff, &self.say, self.due, self.state, &self.evidence)
            .hash(state);
    }
}
