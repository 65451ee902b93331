//! Draft of a monthly visit plan, from last month's plan, due next contacts and open promises.

use jiff::ToSpan;

use super::context::{DraftContext, person_name, their_name};
use super::plan_row::codes;
use super::record_text::{RecordText, cell};
use super::{Draft, PLACEHOLDER};
use crate::archive::{Dossier, Party};
use crate::calendar::{Date, Month};
use crate::i18n::Message;

/// A visit that may become a row.
struct SuggestedVisit {
    date: Date,
    unit: String,
    people: Vec<String>,
    purpose: String,
    goals: Vec<String>,
}

pub(super) fn visit_plan(context: &DraftContext<'_>) -> Result<Draft, Message> {
    // A plan is submitted at the end of the month before (第十七条).
    let (written, month) = context.of_month(Month::of(context.day()).next())?;
    let staff = context.staff(written)?;
    let is_him = |who: &Party| context.our_name(who) == staff;

    let mut rows: Vec<SuggestedVisit> = Vec::new();
    let mut left_out = Vec::new();
    for dossier in context.archive.dossiers.values().filter(|dossier| dossier.customer.is_some()) {
        rows.extend(due(context, dossier, month, &is_him, &mut left_out));
    }
    let last = context.archive.visit_plans.iter().filter(|plan| plan.month == Some(month.previous()));
    for row in last.filter(|plan| plan.staff.as_ref().is_some_and(is_him)).flat_map(|plan| &plan.rows) {
        let (Some(unit), Some(day)) = (&row.customer, row.day()) else { continue };
        let dossier = unit.entry().and_then(|entry| context.archive.dossiers.get(entry.customer.as_deref()?));
        let name = dossier.map_or_else(|| unit.name().to_owned(), |dossier| context.unit_name(dossier));
        if rows.iter().any(|row| row.unit == name) {
            continue;
        }
        let people = dossier.map_or_else(Vec::new, |dossier| {
            let may = row.people.iter().filter(|who| who.entry().is_none_or(|entry| context.may_name(entry, "visits")));
            may.map(|who| their_name(dossier, who)).collect()
        });
        let date = on_workday(context, month, month.first().saturating_add((i32::from(day.day()) - 1).days()));
        let goals = row.goal.iter().map(|goal| goal.to_string()).collect();
        rows.push(SuggestedVisit { date, unit: name, people, purpose: codes(&row.purpose), goals });
    }
    rows.sort_by(|a, b| (a.date, &a.unit).cmp(&(b.date, &b.unit)));
    if rows.is_empty() {
        let date = on_workday(context, month, month.first());
        rows.push(SuggestedVisit {
            date,
            unit: PLACEHOLDER.to_owned(),
            people: Vec::new(),
            purpose: String::new(),
            goals: Vec::new(),
        });
    }

    let mut sheet = RecordText::new(context.kind);
    sheet.line("month", month.to_string());
    sheet.line("staff", &staff);
    sheet.wanted_fields("submitted");
    let member = context.archive.staff.iter().find(|member| *member.entry.name == *staff);
    sheet
        .line("reviewer", member.and_then(|member| member.manager.as_ref()).map_or(String::new(), |who| context.our_name(who)));
    sheet.line("verdict", "待审");
    let mut table =
        "| 日期 | 单位 | 对象 | 目的 | 目标 | 同行人 | 携带物品 | 费用预计 |\n|---|---|---|---|---|---|---|---|".to_owned();
    for row in &rows {
        let goals: Vec<&str> = row.goals.iter().map(String::as_str).filter(|goal| !goal.is_empty()).collect();
        let cells = [row.date.to_string(), row.unit.clone(), row.people.join("、"), row.purpose.clone(), goals.join("；")];
        table.push_str("\n|");
        for text in &cells {
            table.push_str(&format!(" {} |", cell(text)));
        }
        table.push_str(" | | |");
    }
    sheet.text(&table);
    sheet.remaining_fields("visits");
    left_out.sort();
    left_out.dedup();
    sheet.leave_out(left_out);
    Ok(sheet.draft(context.path_below("visit-plans", &format!("{month}/{staff}"))))
}

/// The visit to a customer that its next contacts and open items require by the end of that month, if any.
fn due(
    context: &DraftContext<'_>,
    dossier: &Dossier,
    month: Month,
    is_him: &impl Fn(&Party) -> bool,
    left_out: &mut Vec<String>,
) -> Option<SuggestedVisit> {
    let ours = |entry| is_him(&Party::Registered(entry));
    let (mut date, mut people, mut goals) = (None::<Date>, Vec::new(), Vec::new());
    let mut note = |day: Date| date = Some(date.map_or(day, |date| date.min(day)));
    for pair in dossier.pairs.iter().filter(|pair| ours(pair.ours.clone())) {
        let stays = dossier.person(&pair.theirs.id).is_some_and(|person| person.left.is_none());
        let next = dossier.standing(pair, context.as_of, context.config).next.filter(|next| *next <= month.last());
        let Some(next) = next.filter(|_| stays) else { continue };
        let name = person_name(dossier, &pair.theirs);
        if context.may_name(&pair.theirs, "visits") {
            note(next);
            people.push(name);
        } else {
            left_out.push(name);
        }
    }
    for item in dossier.items.iter().filter(|item| item.is_open(context.as_of)) {
        if !item.owner.as_ref().is_some_and(is_him) {
            continue;
        }
        let may = item.to.iter().filter_map(Party::entry).all(|entry| context.may_name(entry, "visits"));
        if let Some(due) = item.due.filter(|due| *due <= month.last() && may && item.record.secrecy <= 1) {
            note(due);
            goals.push(format!("{}（{}）", item.text, item.number));
            people.extend(item.to.as_ref().map(|who| their_name(dossier, who)));
        }
    }
    let mut seen = Vec::new();
    people.retain(|name| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    let last = dossier.events.iter().find(|event| !event.purpose.is_empty());
    let purpose = last.map(|event| event.purpose.iter().map(|code| &*code.code).collect::<Vec<_>>().join(" "));
    Some(SuggestedVisit {
        date: on_workday(context, month, date?),
        unit: context.unit_name(dossier),
        people,
        purpose: purpose.unwrap_or_else(|| "3A".to_owned()),
        goals,
    })
}

/// The day, moved into the month and to a working day.
fn on_workday(context: &DraftContext<'_>, month: Month, day: Date) -> Date {
    let day = day.clamp(month.first(), month.last());
    let works = |day: &Date| context.config.workdays.is_workday(*day);
    let later = (0..31).map(|days: i64| day.saturating_add(days.days())).find(works);
    let earlier = || (0..31).map(|days: i64| day.saturating_sub(days.days())).find(works);
    later.filter(|later| *later <= month.last()).or_else(earlier).unwrap_or(day)
}
