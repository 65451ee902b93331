//! Runs the rules.

use std::sync::Arc;

use super::{Deadline, Finding, RULES, Rule, RuleCheck};
use crate::archive::{Absence, Archive, ContactPair, ContactStatus, DirectoryEntry, Dossier, Party};
use crate::calendar::{AsOf, Date};
use crate::config::{Config, Edition, GracePeriod, RuleChoice};
use crate::diag::Severity;

/// Day, configuration and edition that rules are evaluated for.
#[derive(Clone, Copy)]
pub struct RuleContext<'a> {
    /// Today. Later facts are ignored (`decisions.md` 13).
    pub as_of: AsOf,
    /// The configuration.
    pub config: &'a Config,
    /// The edition.
    pub edition: &'a Edition,
}

impl RuleContext<'_> {
    /// The rules that run in this edition with this configuration, in order.
    pub fn rules(&self) -> Vec<&'static Rule> {
        RULES
            .iter()
            .copied()
            .filter(|rule| self.config.rules.get(rule.code) != Some(&RuleChoice::Off) && self.may_read(rule.reads))
            .collect()
    }

    /// Severity of a rule: the configured one, else `Info` during the grace period, else its default.
    pub fn severity(&self, rule: &Rule) -> Severity {
        match self.config.rules.get(rule.code) {
            Some(RuleChoice::As(severity)) => *severity,
            _ if self.gentle_start().is_some() => Severity::Info,
            _ => rule.severity,
        }
    }

    /// The grace period (`start_gently`), if today is in it.
    pub fn gentle_start(&self) -> Option<&GracePeriod> {
        let gently = self.config.start_gently.as_ref()?;
        let days = self.config.issued.map(|issued| self.as_of.days_since(issued))?;
        (i64::from(days) < i64::from(gently.days)).then_some(gently)
    }

    /// Whether rules apply to the customer: during the grace period only to some levels.
    fn is_judged(&self, dossier: &Dossier) -> bool {
        let level = dossier.customer.as_ref().and_then(|customer| customer.level.as_deref());
        self.gentle_start().is_none_or(|gently| gently.levels.iter().any(|first| Some(first.as_str()) == level))
    }

    /// Whether all these fields (`kind.field`; `kind.prose` for prose) are completely visible in this edition.
    pub fn may_read(&self, fields: &[&str]) -> bool {
        let level = |path: &&str| self.config.kinds.secrecy(path);
        fields.iter().all(|path| level(path).is_some_and(|level| self.edition.shows(level)))
    }

    /// Whether a duty due on `day` counts: not before the regulation was issued (第二十条) or the dossier was created.
    pub fn applies_to(&self, dossier: &Dossier, day: Date) -> bool {
        let filed = dossier.customer.as_ref().and_then(|customer| customer.created).is_none_or(|filed| day >= filed);
        self.is_in_force(day) && filed
    }

    /// Whether the regulation was in force on a day (第二十条).
    pub fn is_in_force(&self, day: Date) -> bool {
        self.config.issued.is_none_or(|issued| day >= issued)
    }

    /// Deadline for a staff member: during an absence (出勤) it is postponed to the first working day after it.
    pub fn due_for(&self, entry: &DirectoryEntry, due: Date) -> Deadline {
        let later = |due, away: &Absence| match (away.from..=away.to).contains(&due) {
            true => self.config.workdays.next(away.to),
            false => due,
        };
        let day = entry.absences.iter().fold(due, later);
        Deadline { day, postponed_from: (day != due).then_some(due) }
    }

    /// Deadline for those who have to act; the absence of the first one counts.
    pub fn due_by(&self, staff: &[Arc<DirectoryEntry>], due: Date) -> Deadline {
        staff.first().map_or(due.into(), |entry| self.due_for(entry, due))
    }

    /// Status of a contact pair, with postponed dates.
    pub fn contact_status(&self, dossier: &Dossier, pair: &ContactPair) -> ContactStatus {
        self.postponed(dossier.standing(pair, self.as_of, self.config), pair)
    }

    /// The same with nothing owed if a party has left or the customer's duties are suspended.
    pub fn contact_owed(&self, dossier: &Dossier, pair: &ContactPair) -> ContactStatus {
        self.postponed(dossier.contact_owed(pair, self.as_of, self.config), pair)
    }

    fn postponed(&self, standing: ContactStatus, pair: &ContactPair) -> ContactStatus {
        let Some(due) = standing.next.map(|due| self.due_for(&pair.ours, due)) else { return standing };
        ContactStatus { next: Some(due.day), postponed_from: due.postponed_from, ..standing }
    }

    /// Whether a staff member could not visit on a day: on leave or in training, not when travelling.
    pub fn is_absent(&self, entry: &DirectoryEntry, day: Date) -> bool {
        entry.absences.iter().any(|away| !away.travelling && (away.from..=away.to).contains(&day))
    }

    /// Whether a fact of that day counts.
    pub fn has_happened(&self, day: Date) -> bool {
        day <= self.as_of.0
    }

    /// Whether a registered person or staff member had left by today.
    pub fn has_left(&self, entry: &DirectoryEntry) -> bool {
        entry.left.is_some_and(|day| day <= self.as_of.0)
    }

    /// The archivist of a dossier: the named one, if still here, else the deputy (第五条, S-05.0), else the named one.
    pub fn responsible<'d>(&self, dossier: &'d Dossier) -> Option<&'d Party> {
        let is_here = |who: &&Party| who.entry().is_some_and(|entry| !self.has_left(entry));
        let named = dossier.customer.as_ref().and_then(|customer| customer.archivist.as_ref());
        named.filter(is_here).or_else(|| dossier.deputies.archivist().filter(is_here)).or(named)
    }

    /// Who has to act: the named people who are still here, else the customer's owner.
    pub fn responsible_staff<'w>(
        &self,
        dossier: &Dossier,
        named: impl IntoIterator<Item = &'w Party>,
    ) -> Vec<Arc<DirectoryEntry>> {
        let mut staff: Vec<Arc<DirectoryEntry>> = named
            .into_iter()
            .filter_map(Party::entry)
            .filter(|entry| entry.is("staff") && !self.has_left(entry))
            .cloned()
            .collect();
        staff.dedup_by(|a, b| a.id == b.id);
        if staff.is_empty() {
            staff.extend(dossier.owner().cloned());
        }
        staff
    }
}

/// Findings of one dossier, in order of rule, due date and subject. Empty if the customer's 跟踪状态 suspends duties, or if
/// its level is exempt during the grace period (`start_gently`).
pub fn judge(dossier: &Dossier, context: &RuleContext<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    if dossier.is_resting() || !context.is_judged(dossier) {
        return all;
    }
    for rule in context.rules() {
        if let RuleCheck::Dossier(check) | RuleCheck::Both(check, _) = rule.check {
            let mut found = Vec::new();
            check(dossier, context, &mut found);
            all.append(&mut sorted(found));
        }
    }
    all
}

/// Findings of rules that need the whole archive.
pub fn judge_archive(archive: &Archive, context: &RuleContext<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for rule in context.rules() {
        if let RuleCheck::Archive(check) | RuleCheck::Both(_, check) = rule.check {
            let mut found = Vec::new();
            check(archive, context, &mut found);
            found.retain(|finding| {
                let customer = finding.customer.customer.as_ref().and_then(|folder| archive.dossiers.get(folder));
                customer.is_none_or(|dossier| context.is_judged(dossier))
            });
            all.append(&mut sorted(found));
        }
    }
    all
}

fn sorted(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by(|a, b| (a.due, &a.subject.id, &a.message).cmp(&(b.due, &b.subject.id, &b.message)));
    found
}
