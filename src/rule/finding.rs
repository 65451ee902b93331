//! Findings of rules.

use std::sync::Arc;

use super::{Deadline, Rule, RuleContext};
use crate::archive::{DirectoryEntry, Dossier, DueState, Event};
use crate::calendar::Date;
use crate::diag::Severity;
use crate::i18n::Message;

/// A fact that a finding is based on; its position is looked up in the current text when rendered (`decisions.md` 14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The record.
    pub record: Arc<DirectoryEntry>,
    /// The field, if it is one.
    pub field: Option<&'static str>,
    /// The row in it, from 0.
    pub row: Option<u32>,
}

impl Evidence {
    /// A record as a whole.
    pub fn record(entry: &Arc<DirectoryEntry>) -> Self {
        Evidence { record: entry.clone(), field: None, row: None }
    }

    /// A field of a record.
    pub fn field(entry: &Arc<DirectoryEntry>, field: &'static str) -> Self {
        Evidence { record: entry.clone(), field: Some(field), row: None }
    }

    /// A row of a field of a record, counted from 0.
    pub fn row(entry: &Arc<DirectoryEntry>, field: &'static str, row: u32) -> Self {
        Evidence { record: entry.clone(), field: Some(field), row: Some(row) }
    }
}

/// A duty that is not fulfilled, or a contradiction in the records.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Severity, as configured.
    pub severity: Severity,
    /// The customer; a staff member or department record if it is about none.
    pub customer: Arc<DirectoryEntry>,
    /// The record it is about (person, visit, customer).
    pub subject: Arc<DirectoryEntry>,
    /// Who has to act: the named person, else the owner.
    pub staff: Vec<Arc<DirectoryEntry>>,
    /// The sentence. Never contains a number of days: these are counted when shown.
    pub message: Message,
    /// Due date.
    pub due: Option<Date>,
    /// The original due date, if it was postponed because the first of `staff` was absent.
    pub postponed_from: Option<Date>,
    /// State of the due date.
    pub state: Option<DueState>,
    /// Evidence, the most relevant first.
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// A finding of `rule` about `subject`, with the sentence `rule.<code>.say` and no staff yet. During the grace
    /// period the configured word precedes the sentence.
    pub fn new(rule: &'static Rule, context: &RuleContext<'_>, dossier: &Dossier, subject: &Arc<DirectoryEntry>) -> Self {
        Finding::of_department(rule, context, &dossier.entry, subject)
    }

    /// A finding that belongs to no dossier: `home` is the customer, the department's record, or the staff member whose
    /// duty it is.
    pub fn of_department(
        rule: &'static Rule,
        context: &RuleContext<'_>,
        home: &Arc<DirectoryEntry>,
        subject: &Arc<DirectoryEntry>,
    ) -> Self {
        let say = Message::new(format!("rule.{}.say", rule.code));
        Finding {
            rule,
            severity: context.severity(rule),
            customer: home.clone(),
            subject: subject.clone(),
            staff: Vec::new(),
            message: match context.gentle_start() {
                Some(gently) => say.with_prefix(&gently.wording),
                None => say,
            },
            due: None,
            postponed_from: None,
            state: None,
            evidence: Vec::new(),
        }
    }

    /// A finding about a visit or contact, assigned to its author; with the sentence `rule.<code>.nobody` if there is
    /// none.
    pub fn of_event(rule: &'static Rule, context: &RuleContext<'_>, dossier: &Dossier, event: &Event, day: Date) -> Self {
        let finding = Finding::new(rule, context, dossier, &event.entry);
        let finding = match event.ours.first() {
            Some(who) => finding.with("ours", who.name()),
            None => finding.variant("nobody"),
        };
        finding.with("date", day).assigned_to(context.responsible_staff(dossier, event.ours.first()))
    }

    /// Uses the sentence `rule.<code>.<variant>` instead. Call before [`Finding::with`].
    #[must_use]
    pub fn variant(mut self, variant: &str) -> Self {
        self.message.key = format!("rule.{}.{variant}", self.rule.code);
        self
    }

    /// Sets `{name}` in the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Sets who has to act.
    #[must_use]
    pub fn assigned_to(mut self, staff: Vec<Arc<DirectoryEntry>>) -> Self {
        self.staff = staff;
        self
    }

    /// Sets the due date. Call after [`Finding::assigned_to`]: it is postponed only if an absent person has to act.
    #[must_use]
    pub fn due(mut self, due: impl Into<Deadline>, context: &RuleContext<'_>) -> Self {
        let due = due.into();
        let waits = |from: &Date| context.due_by(&self.staff, *from) == due;
        self.postponed_from = due.postponed_from.filter(waits);
        self.due = Some(due.day);
        self.state = Some(DueState::of(due.day, context.as_of, context.config.cadences.due_soon_days));
        self
    }

    /// Adds evidence.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.rule.code == other.rule.code && self.facts() == other.facts()
    }
}

impl Eq for Finding {}

impl std::hash::Hash for Finding {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.rule.code.hash(state);
        self.facts().hash(state);
    }
}

/// All fields of a finding except its rule.
type Facts<'a> = (
    Severity,
    &'a DirectoryEntry,
    &'a DirectoryEntry,
    &'a [Arc<DirectoryEntry>],
    &'a Message,
    [Option<Date>; 2],
    Option<DueState>,
    &'a [Evidence],
);

impl Finding {
    fn facts(&self) -> Facts<'_> {
        let Finding { rule: _, severity, customer, subject, staff, message: say, due, postponed_from, state, evidence } = self;
        (*severity, customer, subject, staff, say, [*due, *postponed_from], *state, evidence)
    }
}
