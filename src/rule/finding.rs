//! What a rule says.

use std::sync::Arc;

use super::{Deadline, Rule, RuleContext};
use crate::archive::{DirectoryEntry, Dossier, DueState, Event};
use crate::calendar::Date;
use crate::diag::Severity;
use crate::i18n::Message;

/// The fact a finding rests on: its place is looked up in the current text when drawn (`decisions.md` 14).
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

/// A duty not kept.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which rule says so.
    pub rule: &'static Rule,
    /// How bad, after the policy had its say.
    pub severity: Severity,
    /// The customer it is about; one of ours where it is about the office's own papers.
    pub customer: Arc<DirectoryEntry>,
    /// The record it is about (a person, a visit, the customer itself).
    pub subject: Arc<DirectoryEntry>,
    /// Who has to act: the person named, else the owner.
    pub staff: Vec<Arc<DirectoryEntry>>,
    /// The sentence. Never holds a count of days: those are counted when shown.
    pub message: Message,
    /// Since when or until when.
    pub due: Option<Date>,
    /// The day it would have been due, had the first of those who have to act not been away.
    pub postponed_from: Option<Date>,
    /// How that stands.
    pub state: Option<DueState>,
    /// Facts it rests on, the most telling first.
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// A finding of `rule` about `subject`, with the sentence `rule.<code>.say`, nobody to act yet.
    /// While the regulation is new, the company's word for it goes before the sentence.
    pub fn new(rule: &'static Rule, context: &RuleContext<'_>, dossier: &Dossier, subject: &Arc<DirectoryEntry>) -> Self {
        Finding::of_department(rule, context, &dossier.entry, subject)
    }

    /// One that is no dossier's own: `home` is the customer it is about, else the record of the department, or the member of
    /// our staff whose duty it is.
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

    /// One about a visit or contact, for whoever of ours it was by; with the sentence `rule.<code>.nobody` where nobody is named.
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

    /// Says who has to act.
    #[must_use]
    pub fn assigned_to(mut self, staff: Vec<Arc<DirectoryEntry>>) -> Self {
        self.staff = staff;
        self
    }

    /// Says when it was or is due. Call after [`Finding::by`]: it is put off only where who was away has to act.
    #[must_use]
    pub fn due(mut self, due: impl Into<Deadline>, context: &RuleContext<'_>) -> Self {
        let due = due.into();
        let waits = |from: &Date| context.due_by(&self.staff, *from) == due;
        self.postponed_from = due.put_off_from.filter(waits);
        self.due = Some(due.day);
        self.state = Some(DueState::of(due.day, context.as_of, context.config.cadences.due_soon_days));
        self
    }

    /// Adds a fact it rests on.
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

/// All of a finding but its rule.
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
        let Finding {
            rule: _,
            severity,
            customer,
            subject,
            staff,
            message: say,
            due,
            postponed_from: put_off_from,
            state,
            evidence,
        } = self;
        (*severity, customer, subject, staff, say, [*due, *put_off_from], *state, evidence)
    }
}
