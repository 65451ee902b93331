//! Planned visits compared with the visits made: shared by visit plans, the salesperson's page and the dossier's pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::{Due, Field, Link, Linker, Names, StateTag, TextRuns};
use crate::archive::{Archive, Dossier, Event, EventKind, Party, PlannedVisit, PlannedVisitOutcome};
use crate::calendar::{Date, Month};
use crate::kind::{FieldType, Money, Value};
use crate::record::{RecordId, key};
use crate::rule::{RuleContext, planned_visit_unreported};

/// A planned visit and the visit that carried it out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanRow {
    /// 日期 as planned; none if it cannot be read.
    pub date: Option<String>,
    /// The new date if it was moved: `2026-11-18`.
    pub moved: Option<String>,
    /// Why it was moved or cancelled, possibly empty.
    pub why: Arc<str>,
    /// 单位.
    pub customer: Link,
    /// 对象.
    pub people: Names,
    /// 同行人.
    pub companions: Names,
    /// 目的.
    pub purpose: Vec<Arc<str>>,
    /// 目标.
    pub goal: TextRuns,
    /// 携带物品.
    pub carry: Vec<Arc<str>>,
    /// 费用预计, possibly empty.
    pub fee: String,
    /// 已访, 改期, 取消, 未访, 待访; 不在岗 if the salesperson was on leave, 未建档 if the unit has no file.
    pub state: StateTag,
    /// Link to the visit that carried it out.
    pub visit: Option<Link>,
    /// 成果 of that visit.
    pub result: Option<StateTag>,
    /// 是否达成 of that visit.
    pub achieved: Option<StateTag>,
    /// What that visit cost, possibly empty.
    pub spent: String,
}

/// A planned visit still to come, on the customer's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UpcomingVisitRow {
    /// The planned day.
    pub due: Due,
    /// Whether it was moved to that day.
    pub moved: bool,
    /// Staff who will go: the salesperson and 同行人.
    pub ours: Names,
    /// 对象.
    pub people: Names,
    /// 目的.
    pub purpose: Vec<Arc<str>>,
    /// 目标.
    pub goal: TextRuns,
    /// Link to the visit plan.
    pub plan: Link,
}

/// Outcome of a planned visit on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlanOutcome {
    Made,
    Moved,
    Cancelled,
    Missed,
    Upcoming,
    Excused,
    Unknown,
}

impl PlanOutcome {
    /// The outcome of `row`. `foreseen` is its entry in the customer's dossier; `None` if the customer has no file.
    pub fn of(row: &PlannedVisit, planned: Option<&PlannedVisitOutcome>, context: &RuleContext<'_>) -> PlanOutcome {
        if row.is_cancelled() {
            return PlanOutcome::Cancelled;
        }
        if planned.is_some_and(|planned| planned_visit_unreported::was_made(planned, context)) {
            return PlanOutcome::Made;
        }
        let still = if row.is_moved() { PlanOutcome::Moved } else { PlanOutcome::Upcoming };
        let Some(day) = row.day() else { return still };
        match planned_visit_unreported::due(row, context) {
            _ if context.as_of.0 <= day => still,
            None if row.staff.is_some() => PlanOutcome::Excused,
            _ if planned.is_none() => PlanOutcome::Unknown,
            Some(due) if context.as_of.0 <= due.day => still,
            _ => PlanOutcome::Missed,
        }
    }

    fn tag(self, linker: &Linker<'_>) -> StateTag {
        let (word, tone) = match self {
            PlanOutcome::Made => ("visit_made", "good"),
            PlanOutcome::Moved => ("visit_moved", "mid"),
            PlanOutcome::Cancelled => ("visit_cancelled", "none"),
            PlanOutcome::Missed => ("visit_missed", "bad"),
            PlanOutcome::Upcoming => ("visit_ahead", ""),
            PlanOutcome::Excused => ("visit_excused", "none"),
            PlanOutcome::Unknown => ("visit_unknown", "none"),
        };
        StateTag { text: linker.interface_word(word), tone }
    }
}

/// The rows of all visit plans matched with visits, computed in one pass.
pub(super) struct PlanComparison<'a> {
    /// By plan and row number: the entry in the dossier and the visit.
    rows: BTreeMap<(&'a RecordId, u32), (&'a PlannedVisitOutcome, Option<&'a Event>)>,
    /// (Staff member, visit) of the rows carried out.
    carried: BTreeSet<(&'a RecordId, &'a RecordId)>,
}

impl<'a> PlanComparison<'a> {
    /// Reads the dossiers that have planned visits.
    pub fn of(archive: &'a Archive) -> Self {
        let (mut rows, mut carried) = (BTreeMap::new(), BTreeSet::new());
        for dossier in archive.dossiers.values().filter(|dossier| !dossier.planned_visits.is_empty()) {
            let events: BTreeMap<&RecordId, &Event> = dossier.events.iter().map(|event| (&event.entry.id, event)).collect();
            for planned in &dossier.planned_visits {
                let event = planned.visit.as_ref().and_then(|visit| events.get(&visit.id).copied());
                if let (Some(event), Some(staff)) = (event, &planned.row.staff) {
                    carried.insert((&staff.id, &event.entry.id));
                }
                rows.insert((&planned.row.plan.id, planned.row.row), (planned, event));
            }
        }
        PlanComparison { rows, carried }
    }

    /// The dossier's entry for a row and the visit that carried it out.
    pub fn row(&self, row: &PlannedVisit) -> Option<(&'a PlannedVisitOutcome, Option<&'a Event>)> {
        self.rows.get(&(&row.plan.id, row.row)).copied()
    }

    /// Whether a visit of this first visitor carries out no planned row: 计划外.
    pub fn is_unplanned(&self, staff: &RecordId, event: &Event) -> bool {
        let is_first = event.ours.first().is_some_and(|who| who.is(staff));
        event.sort == EventKind::Visit && is_first && !self.carried.contains(&(staff, &event.entry.id))
    }
}

/// Totals of a visit plan.
#[derive(Clone, Copy, Default)]
pub(super) struct PlanTotals {
    pub planned: usize,
    pub made: usize,
    pub moved: usize,
    pub cancelled: usize,
    pub missed: usize,
    pub unplanned: usize,
    /// 费用预计 of the rows that are not cancelled, in fen.
    pub fee: i64,
    /// Cost of planned and unplanned visits, in fen.
    pub spent: i64,
}

impl PlanTotals {
    /// Counts the rows of a plan and the visits outside it.
    pub fn of(
        rows: &[Arc<PlannedVisit>],
        unplanned: &[&Event],
        sight: &PlanComparison<'_>,
        context: &RuleContext<'_>,
    ) -> PlanTotals {
        let mut tally = PlanTotals { planned: rows.len(), unplanned: unplanned.len(), ..PlanTotals::default() };
        for row in rows {
            let found = sight.row(row);
            let fate = PlanOutcome::of(row, found.map(|(planned, _)| planned), context);
            tally.made += usize::from(fate == PlanOutcome::Made);
            tally.moved += usize::from(row.is_moved());
            tally.cancelled += usize::from(fate == PlanOutcome::Cancelled);
            tally.missed += usize::from(fate == PlanOutcome::Missed);
            tally.fee += row.fee.filter(|_| fate != PlanOutcome::Cancelled).map_or(0, |fee| fee.fen);
            if let Some((_, Some(event))) = found.filter(|_| fate == PlanOutcome::Made) {
                tally.spent += spent(event);
            }
        }
        tally.spent += unplanned.iter().map(|event| spent(event)).sum::<i64>();
        tally
    }
}

/// Cost of a visit in fen: the sum of its fee rows, or the stated total if it has no rows.
fn spent(event: &Event) -> i64 {
    let sheet = &event.record.fields;
    let Some(FieldType::Rows(shape)) = sheet.kind.index_of(key::FEES).map(|at| &sheet.kind.field(at).ty) else { return 0 };
    let Some(at) = shape.index_of(key::AMOUNT) else { return 0 };
    let amount = |row: &crate::kind::Row| match row.cell(at) {
        Some(Value::Money(money)) => Some(money.value.fen),
        _ => None,
    };
    let rows = sheet.rows(key::FEES);
    if rows.is_empty() {
        return sheet.money(key::FEE_TOTAL).map_or(0, |total| total.value.fen);
    }
    rows.iter().filter_map(amount).sum()
}

/// Unplanned visits of a staff member in a month, oldest first. `events` are those the person took part in.
pub(super) fn unplanned<'a>(
    staff: &RecordId,
    month: Month,
    events: impl Iterator<Item = (usize, &'a Event)>,
    sight: &PlanComparison<'_>,
) -> Vec<(usize, &'a Event)> {
    let in_month = |event: &Event| event.date.is_some_and(|date| Month::of(date) == month);
    let mut found: Vec<_> = events.filter(|(_, event)| in_month(event) && sight.is_unplanned(staff, event)).collect();
    found.sort_by(|a, b| (a.1.date, &a.1.entry.id).cmp(&(b.1.date, &b.1.entry.id)));
    found
}

impl Linker<'_> {
    /// A planned visit with its outcome.
    pub fn planned_row(&self, row: &PlannedVisit, sight: &PlanComparison<'_>) -> PlanRow {
        let found = sight.row(row);
        let fate = PlanOutcome::of(row, found.map(|(planned, _)| planned), self.view_context.rule_context);
        let event = found.and_then(|(_, event)| event).filter(|_| fate == PlanOutcome::Made);
        let change = row.change.as_ref();
        PlanRow {
            date: row.date.map(|date| self.date(date)),
            moved: change.and_then(|change| change.to).map(|date| self.date(date)),
            why: change.and_then(|change| change.why.clone()).unwrap_or_default(),
            customer: match &row.customer {
                Some(Party::Registered(entry)) => self.customer_name(entry),
                Some(who) => self.party_name(who),
                None => Link::default(),
            },
            people: self.party_names(&row.people),
            companions: self.party_names(&row.companions),
            purpose: row.purpose.iter().map(|code| Arc::from(code.shown())).collect(),
            goal: row.goal.as_ref().map_or_else(TextRuns::default, |goal| self.text(&row.plan.id, goal)),
            carry: row.carry.clone(),
            fee: row.fee.map_or_else(String::new, |fee| self.yuan(fee)),
            state: fate.tag(self),
            visit: event.map(|event| self.display_text(&event.entry)),
            result: event.and_then(|event| event.result.as_ref()).map(|code| self.result(code)),
            achieved: event.and_then(|event| event.achieved.as_ref()).map(|word| self.achieved(word)),
            spent: event.map(spent).filter(|fen| *fen != 0).map_or_else(String::new, |fen| self.money_from_fen(fen)),
        }
    }

    /// An amount in yuan, as text.
    fn yuan(&self, money: Money) -> String {
        self.interface_sentence("yuan", &[("amount", &money.to_string())])
    }

    /// An amount in hundredths of a yuan.
    pub fn money_from_fen(&self, fen: i64) -> String {
        self.yuan(Money { fen, approximate: false })
    }

    /// Planned visits of a customer that are still to come, the nearest first.
    pub fn planned_visit_rows(&self, dossier: &Dossier) -> Vec<UpcomingVisitRow> {
        self.upcoming(dossier).map(|(day, row)| self.planned_visit_row(day, row)).collect()
    }

    /// The same visits with their days.
    pub fn upcoming<'d>(&self, dossier: &'d Dossier) -> impl Iterator<Item = (Date, &'d PlannedVisit)> {
        let context = self.view_context.rule_context;
        dossier.planned_visits.iter().filter_map(|planned| {
            let row = &*planned.row;
            let day = row.day().filter(|day| *day >= context.as_of.0)?;
            matches!(PlanOutcome::of(row, Some(planned), context), PlanOutcome::Upcoming | PlanOutcome::Moved)
                .then_some((day, row))
        })
    }

    /// One upcoming visit as a row.
    pub fn planned_visit_row(&self, day: Date, row: &PlannedVisit) -> UpcomingVisitRow {
        let ours = row.staff.iter().map(|entry| self.entry_name(entry));
        UpcomingVisitRow {
            due: self.due(day),
            moved: row.is_moved(),
            ours: self.join_links(ours.chain(self.party_names(&row.companions))),
            people: self.party_names(&row.people),
            purpose: row.purpose.iter().map(|code| Arc::from(code.shown())).collect(),
            goal: row.goal.as_ref().map_or_else(TextRuns::default, |goal| self.text(&row.plan.id, goal)),
            plan: self.entry_name(&row.plan),
        }
    }

    /// Fields a visit inherits from its planned row because it leaves them empty. The people are in the page header.
    pub fn inherited(&self, event: &Event) -> Vec<Field> {
        let Some(row) = &event.planned else { return Vec::new() };
        let sheet = &event.record.fields;
        let plain = |text: String| if text.is_empty() { TextRuns::default() } else { Link::plain(text).into() };
        let said = |all: &[Arc<str>]| all.iter().map(|one| &**one).collect::<Vec<_>>().join(self.comma);
        let purpose: Vec<Arc<str>> = row.purpose.iter().map(|code| Arc::from(code.shown())).collect();
        let people = self.party_names(&row.people).into();
        let goal = row.goal.as_ref().map_or_else(TextRuns::default, |goal| self.text(&row.plan.id, goal));
        let fee = row.fee.map_or_else(String::new, |fee| self.yuan(fee));
        let all = [
            (key::PEOPLE, people),
            (key::PURPOSE, plain(said(&purpose))),
            (key::GOAL, goal),
            (key::CARRY, plain(said(&row.carry))),
            (key::FEE_REQUEST, plain(fee)),
        ];
        let all = all.into_iter().filter(|(key, text)| sheet.get(key).is_none() && !text.is_empty());
        all.filter_map(|(key, text)| {
            let field = sheet.kind.field(sheet.kind.index_of(key)?);
            let label = self.label(&field.label, &field.english);
            Some(Field { key: key.into(), label, text, ..Field::default() })
        })
        .collect()
    }
}
