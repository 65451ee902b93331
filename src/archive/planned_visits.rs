//! Rows of visit plans and the visits that carried them out (`kinds.md` 4; S-17.1a, S-F7.14).
//!
//! A visit carries out a row if the salesperson whose plan it is made it at the row's customer, as visitor or
//! companion. Rows first take a visit of the exact day (the new day of a moved row); the rest are paired by nearness,
//! at most [`MAX_DAYS_APART`] days apart. A visit carries out at most one row of each salesperson. A cancelled row
//! takes none.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::name_resolver::NameResolver;
use super::planned_visit::MAX_DAYS_APART;
use super::{DirectoryEntry, Event, EventKind, PlanChange, PlannedVisit, PlannedVisitOutcome, rows};
use crate::calendar::{AsOf, Date};
use crate::kind::{FieldType, Row, Value};
use crate::record::{Record, key};

/// The rows of a visit plan in order; empty for records of other kinds.
pub(super) fn planned_visits(
    record: &Record,
    entry: &Arc<DirectoryEntry>,
    resolver: &NameResolver<'_>,
) -> Vec<Arc<PlannedVisit>> {
    if &*record.kind.key != "visit-plan" {
        return Vec::new();
    }
    let staff = record.fields.names(key::STAFF).first();
    let staff = staff.and_then(|name| resolver.party(record, name).entry().cloned()).filter(|entry| entry.is("staff"));
    let planned = |(row, at)| Arc::new(planned(record, entry, staff.clone(), resolver, row, at));
    record.fields.rows(key::VISITS).iter().zip(0..).map(planned).collect()
}

fn planned(
    record: &Record,
    plan: &Arc<DirectoryEntry>,
    staff: Option<Arc<DirectoryEntry>>,
    resolver: &NameResolver<'_>,
    row: &Row,
    at: u32,
) -> PlannedVisit {
    const FIELD: &str = key::VISITS;
    let customer = rows::names(record, FIELD, row, key::CUSTOMER).first().map(|name| resolver.party(record, name));
    let of_tail = || row.tail.iter().map(|name| resolver.party(record, name));
    let customer = customer.or_else(|| of_tail().find(|who| who.entry().is_some_and(|entry| entry.is("customer"))));
    let mut people = resolver.all_of_row(record, FIELD, row, key::PEOPLE, "person");
    if people.is_empty() {
        // An unregistered name fills the missing column, 对象.
        people.extend(of_tail().find(|who| who.entry().is_none()));
    }
    let purpose = match rows::cell(record, FIELD, row, key::PURPOSE) {
        Some(Value::Codes(codes)) => codes.iter().map(|code| code.value.clone()).collect(),
        _ => Vec::new(),
    };
    let carry = match rows::cell(record, FIELD, row, key::CARRY) {
        Some(Value::Texts(texts)) => texts.iter().map(|text| text.value.clone()).collect(),
        _ => Vec::new(),
    };
    let fee = match rows::cell(record, FIELD, row, key::FEE) {
        Some(Value::Money(money)) => Some(money.value),
        _ => None,
    };
    PlannedVisit {
        plan: plan.clone(),
        row: at,
        staff,
        customer,
        date: rows::date(record, FIELD, row, key::DATE),
        change: change(record, row),
        people,
        companions: resolver.all_of_row(record, FIELD, row, key::COMPANIONS, "staff"),
        purpose,
        goal: rows::text(record, FIELD, row, key::GOAL),
        carry,
        fee,
    }
}

/// 变动 of a row.
fn change(record: &Record, row: &Row) -> Option<PlanChange> {
    let shape = rows::shape(record, key::VISITS)?;
    let at = shape.index_of(key::CHANGE)?;
    let FieldType::Rows(inner) = &shape.field(at).ty else { return None };
    let Some(Value::Rows(said)) = row.cell(at) else { return None };
    let said = said.first()?;
    let cell = |key: &str| said.cell(inner.index_of(key)?);
    let how = match cell(key::HOW)? {
        Value::Codes(codes) => codes.first()?.value.word.clone(),
        _ => return None,
    };
    let to = match cell(key::TO) {
        Some(Value::Date(date)) => Some(date.value),
        _ => None,
    };
    let why = match cell(key::WHY) {
        Some(Value::Text(text)) => Some(text.value.clone()),
        _ => None,
    };
    Some(PlanChange { cancelled: &*how == "取消", to, why })
}

/// Pairs rows with visits. A visit without 目的 or 对象 takes them from its row; the row's other fields are only shown
/// with it.
pub(super) fn match_visits(planned: &[Arc<PlannedVisit>], events: &mut [Event]) -> Vec<PlannedVisitOutcome> {
    let mut all: Vec<PlannedVisitOutcome> =
        planned.iter().map(|row| PlannedVisitOutcome { row: row.clone(), visit: None }).collect();
    all.sort_by(|a, b| (a.row.day(), &a.row.plan.id, a.row.row).cmp(&(b.row.day(), &b.row.plan.id, b.row.row)));
    // (days apart, row index, visit day, event index): at equal distance the earlier row takes the earlier visit.
    let mut near: Vec<(i32, usize, Date, usize)> = Vec::new();
    for (at, foreseen) in all.iter().enumerate() {
        let row = &foreseen.row;
        let (Some(day), Some(staff)) = (row.day().filter(|_| !row.is_cancelled()), &row.staff) else { continue };
        for (place, event) in events.iter().enumerate() {
            let Some(made) = event.date.filter(|_| event.sort == EventKind::Visit) else { continue };
            let apart = AsOf(made).days_since(day).abs();
            if apart <= MAX_DAYS_APART && event.ours.iter().any(|who| who.is(&staff.id)) {
                near.push((apart, at, made, place));
            }
        }
    }
    near.sort_unstable();
    let mut taken = BTreeSet::new();
    for (_, at, _, place) in near {
        let Some(staff) = all[at].row.staff.clone().filter(|_| all[at].visit.is_none()) else { continue };
        if taken.insert((staff.id.clone(), place)) {
            all[at].visit = Some(events[place].entry.clone());
            set_planned_row(&mut events[place], &all[at].row, &staff);
        }
    }
    for event in events.iter_mut() {
        let Some(row) = event.planned.clone() else { continue };
        if event.theirs.is_empty() {
            event.theirs.clone_from(&row.people);
        }
        if event.purpose.is_empty() {
            event.purpose.clone_from(&row.purpose);
        }
    }
    all
}

/// If several salespeople went together, the row of the first one in the visit wins.
fn set_planned_row(event: &mut Event, row: &Arc<PlannedVisit>, staff: &DirectoryEntry) {
    let rank = |entry: &DirectoryEntry| event.ours.iter().position(|who| who.is(&entry.id));
    let known = event.planned.as_ref().and_then(|known| rank(known.staff.as_deref()?));
    if known.is_none_or(|known| rank(staff).is_some_and(|rank| rank < known)) {
        event.planned = Some(row.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_archive::{TestArchive, test_archive};
    use crate::archive::Party;

    const PLAN: &str = "//- visit-plans/2026-11/周岚.md
| 日期 | 单位 | 对象 | 目的 | 目标 | 携带物品 | 费用预计 | 变动 |
|---|---|---|---|---|---|---|---|
| 11-5 | 华东院 | 沈丽萍 | 3A | 摸清技术要求 | 样本两套、名片 | 450 | |
| 11-10 | 华东院 | 王建国 | 4 | | | | 改 11-18，王总出差 |
| 11-12 | 华东院 | 王建国 | 4 | | | | 取消，对方停水抢修 |
| 11-20 | 华东院 | 沈丽萍、王建国 | 5 | | | | |
| 11-24 | 云溪水厂 | 蒋工 | 4 | | | | |
";

    fn visit(day: &str, ours: &str, more: &str) -> String {
        format!("//- customers/hd/visits/{day}.md\n---\n拜访人: {ours}\n商谈计划: b\n成果: B\n{more}---\n谈了。\n")
    }

    /// Each row's planned day with the day of the visit that carried it out.
    fn carried(test_archive: &TestArchive) -> Vec<(String, String)> {
        let foreseen = test_archive.dossier("hd").planned_visits.iter();
        let day = |date: Option<jiff::civil::Date>| date.map_or("-".to_owned(), |date| date.strftime("%m-%d").to_string());
        foreseen.map(|one| (day(one.row.date), day(one.visit.as_ref().and_then(|visit| visit.date)))).collect()
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(row, visit)| ((*row).to_owned(), (*visit).to_owned())).collect()
    }

    #[test]
    fn planned_row_matches_same_day_then_nearest_visit() {
        let made = [("2026-11-05", ""), ("2026-11-06", ""), ("2026-11-10", ""), ("2026-11-18", ""), ("2026-11-23", "")];
        let visits: String = made.iter().map(|(day, more)| visit(day, "周岚", more)).collect();
        let test_archive = test_archive(&format!("{PLAN}{visits}"));
        assert_eq!(test_archive.diagnostics(), "", "a unit without a file is no fault");
        let expected = [("11-05", "11-05"), ("11-12", "-"), ("11-10", "11-18"), ("11-20", "11-23")];
        assert_eq!(carried(&test_archive), pairs(&expected), "in order of the day they are to be made");
        let unplanned = test_archive.dossier("hd").events.iter().filter(|event| event.planned.is_none());
        let days: Vec<String> = unplanned.filter_map(|event| event.date).map(|date| date.to_string()).collect();
        assert_eq!(days, ["2026-11-10", "2026-11-06"]);
    }

    #[test]
    fn distant_or_other_visits_do_not_match() {
        let test_archive =
            test_archive(&format!("{PLAN}{}{}", visit("2026-11-05", "何俊", ""), visit("2026-11-24", "周岚", "")));
        assert_eq!(carried(&test_archive), pairs(&[("11-05", "-"), ("11-12", "-"), ("11-10", "-"), ("11-20", "-")]));
    }

    #[test]
    fn companions_match_their_own_rows() {
        let other = "//- visit-plans/2026-11/何俊.md\n- 11-5 华东院 王建国：陪同（2）\n";
        let test_archive = test_archive(&format!("{PLAN}{other}{}", visit("2026-11-05", "周岚、何俊", "")));
        let dossier = test_archive.dossier("hd");
        assert_eq!(dossier.planned_visits.iter().filter(|one| one.visit.is_some()).count(), 2);
        let planned = dossier.events[0].planned.as_ref().expect("a row was carried out");
        assert_eq!(planned.plan.id.as_str(), "visit-plans/2026-11/周岚");
        assert_eq!(dossier.events[0].theirs.iter().map(Party::name).collect::<Vec<_>>(), ["沈丽萍"]);
    }

    #[test]
    fn missing_visit_fields_come_from_the_planned_row() {
        let test_archive = test_archive(&format!("{PLAN}{}", visit("2026-11-05", "周岚", "")));
        let dossier = test_archive.dossier("hd");
        let event = &dossier.events[0];
        assert_eq!(event.purpose.iter().map(|code| &*code.code).collect::<Vec<_>>(), ["3A"]);
        let planned = event.planned.as_ref().expect("a row was carried out");
        assert_eq!(planned.goal.as_deref(), Some("摸清技术要求"));
        assert_eq!(planned.carry.iter().map(|one| &**one).collect::<Vec<_>>(), ["样本两套", "名片"]);
        assert_eq!(planned.fee.map(|fee| fee.fen), Some(45000));
        let shen = dossier.people.iter().find(|person| &*person.entry.name == "沈丽萍").expect("she is filed");
        assert_eq!(dossier.events_with(&shen.record.id).count(), 1);
        assert_eq!(
            dossier.pairs.iter().map(|pair| (&*pair.theirs.name, pair.contacts_made.len())).collect::<Vec<_>>(),
            [("沈丽萍", 1)]
        );
        // The visit's own fields take precedence.
        let said = visit("2026-11-05", "周岚", "拜访对象: 王建国\n目的: 1\n");
        let test_archive = super::super::test_archive::test_archive(&format!("{PLAN}{said}"));
        let event = &test_archive.dossier("hd").events[0];
        assert_eq!(event.theirs.iter().map(Party::name).collect::<Vec<_>>(), ["王建国"]);
        assert_eq!(event.purpose.iter().map(|code| &*code.code).collect::<Vec<_>>(), ["1"]);
    }

    #[test]
    fn unregistered_people_of_the_row_are_met() {
        let plan =
            "//- visit-plans/2026-11/周岚.md\n| 日期 | 单位 | 对象 |\n|---|---|---|\n| 11-5 | 华东院 | 郑国平（班长） |\n";
        let test_archive = test_archive(&format!("{plan}{}", visit("2026-11-05", "周岚", "")));
        let dossier = test_archive.dossier("hd");
        assert_eq!(dossier.unregistered.iter().map(|(name, ..)| &**name).collect::<Vec<_>>(), ["郑国平"]);
    }
}
