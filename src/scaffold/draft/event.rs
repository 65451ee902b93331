//! Draft of a visit or contact, with the people met last time and open items.

use super::Draft;
use super::context::{DraftContext, their_name};
use super::plan_row::{PlannedRow, codes};
use super::record_text::RecordText;
use crate::archive::{Dossier, Event, EventKind, ItemKind, Party, PlannedVisit};
use crate::i18n::Message;
use crate::kind::ArchivePath;

/// Sections of open items by kind.
const SECTIONS: [(ItemKind, &str); 3] =
    [(ItemKind::Problem, "open"), (ItemKind::Promise, "promises"), (ItemKind::Opinion, "opinions")];

pub(super) fn event(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let dossier = context.dossier(&context.request.target)?;
    let is_visit = &*context.kind.key == "visit";
    let sort = if is_visit { EventKind::Visit } else { EventKind::Contact };
    let day = context.day();
    let before = |event: &&Event| event.date.is_some_and(|date| date <= day);
    let last = dossier.events.iter().filter(before).find(|event| event.sort == sort && !event.theirs.is_empty());
    let last = last.or_else(|| dossier.events.iter().filter(before).find(|event| !event.theirs.is_empty()));
    let ours = context.ours(dossier)?;
    let planned = if is_visit { PlannedRow::of(context, dossier, &ours) } else { PlannedRow::No };
    let row = planned.row();
    let (met, left_out) = met(context, dossier, row, last)?;

    let mut sheet = RecordText::new(context.kind);
    sheet.leave_out(left_out);
    sheet.line("date", day.to_string());
    if is_visit {
        sheet.line("visitor", ours.join("、"));
        let companions = row.iter().flat_map(|row| &row.companions).map(|who| context.our_name(who));
        let companions: Vec<String> = companions.filter(|name| !ours.contains(name)).collect();
        if !companions.is_empty() {
            sheet.line("companions", companions.join("、"));
        }
    } else {
        channel(context, "channel", "电话", &mut sheet)?;
        sheet.line("staff", ours.join("、"));
    }
    if let PlannedRow::Carried(row) = planned {
        let month = row.plan.id.as_str().rsplit('/').nth(1).unwrap_or_default();
        sheet.comment(&format!("带 # 的几行照 {month} {}的拜访计划书，不用写；和计划不一样的，去掉 # 再改。", row.plan.name));
    }
    let as_planned =
        planned.is_carried() && context.request.with.is_empty() && row.is_some_and(|row| row.people.len() == met.len());
    match met.join("、") {
        // The people of a visit may be in the plan; a contact needs some.
        names if names.is_empty() && is_visit => sheet.wanted_fields("people"),
        names if names.is_empty() => sheet.required("people", None),
        names if as_planned => sheet.known_value("people", names),
        names => {
            sheet.line("people", names);
            if context.request.with.is_empty() {
                sheet.remaining_fields("people");
            }
        }
    }
    if let Some(unit) = is_visit.then(|| unit(dossier, row, last)).flatten() {
        sheet.line("unit", unit);
    }
    if !is_visit {
        sheet.wanted_fields("subject");
    }
    if day <= context.as_of.0 {
        sheet.line("filled", context.as_of.0.to_string());
    }
    if is_visit {
        talk(context, dossier, planned, last, &mut sheet);
    }
    sheet.line("next", "");

    let improve = is_visit.then(|| last.and_then(|event| event.improve.as_deref())).flatten();
    if let Some(improve) = improve {
        sheet.section("approach", &format!("> 上次改进：{}", improve.replace(['\n', '\r'], " ")));
    }
    sheet.prose();
    if is_visit {
        sheet.section("outcome", "");
        sheet.remaining_fields("outcome");
    }
    for (sort, key) in SECTIONS {
        let open = dossier.items.iter().filter(|item| item.sort == sort && item.done.is_none());
        let open = open.filter(|item| item.opened.is_none_or(|opened| opened <= day));
        let lines: Vec<String> = open.map(|item| format!("- [ ] {} 〔{}〕", item.text, item.number)).collect();
        if !lines.is_empty() {
            sheet.section(key, &lines.join("\n"));
        }
    }
    Ok(sheet.draft(free_path(context, dossier)))
}

/// The people given, else those of the plan row, else those met last time who have not left; and those who may not be
/// named here.
fn met(
    context: &DraftContext<'_>,
    dossier: &Dossier,
    row: Option<&PlannedVisit>,
    last: Option<&Event>,
) -> Result<(Vec<String>, Vec<String>), Message> {
    if !context.request.with.is_empty() {
        let named = context.request.with.iter().map(|name| context.person(dossier, name)).collect::<Result<_, _>>()?;
        return Ok((named, Vec::new()));
    }
    let stays = |who: &&Party| {
        let person = who.entry().and_then(|entry| dossier.person(&entry.id));
        person.and_then(|person| person.left).is_none_or(|left| left > context.day())
    };
    let planned = row.map(|row| &row.people).filter(|people| !people.is_empty());
    let met = planned.or_else(|| last.map(|event| &event.theirs)).into_iter().flatten().filter(stays);
    let (may, may_not): (Vec<&Party>, Vec<&Party>) =
        met.partition(|who| who.entry().is_none_or(|entry| context.may_name(entry, "people")));
    let names = |all: Vec<&Party>| all.into_iter().map(|who| their_name(dossier, who)).collect();
    Ok((names(may), names(may_not)))
}

/// The unit of the plan row's people, else that of the last visit.
fn unit(dossier: &Dossier, row: Option<&PlannedVisit>, last: Option<&Event>) -> Option<String> {
    let of_person =
        |who: &Party| who.entry().and_then(|entry| dossier.person(&entry.id)).and_then(|person| person.unit.clone());
    let unit = match row.filter(|row| !row.people.is_empty()) {
        Some(row) => row.people.iter().find_map(of_person),
        None => last.and_then(|event| event.unit.clone().or_else(|| event.theirs.iter().find_map(of_person))),
    };
    unit.map(|unit| unit.to_string())
}

/// 方式 from a code list: as given, else the usual one.
pub(super) fn channel(context: &DraftContext<'_>, list: &str, usual: &str, sheet: &mut RecordText<'_>) -> Result<(), Message> {
    let list = context.config.kinds.codes(list);
    match &context.request.channel {
        None => sheet.suggestion("channel", usual),
        Some(written) => match list.and_then(|list| list.read(written)) {
            Some(channel) => sheet.line("channel", channel.shown()),
            None => {
                let known: Vec<String> =
                    list.map(|list| list.values.iter().map(|value| value.shown()).collect()).unwrap_or_default();
                return Err(Message::new("scaffold.new.unknown-channel")
                    .with("channel", written)
                    .with("channels", known.join("、")));
            }
        },
    }
    Ok(())
}

/// Purpose, goal, plan and result of a visit: from the plan row, else as suggested by the last visit and open items.
fn talk(
    context: &DraftContext<'_>,
    dossier: &Dossier,
    planned: PlannedRow<'_>,
    last: Option<&Event>,
    sheet: &mut RecordText<'_>,
) {
    let shown = |list: &str, code: &str| {
        let list = context.config.kinds.codes(list);
        list.and_then(|list| list.read(code)).map_or_else(|| code.to_owned(), |value| value.shown())
    };
    let row = planned.row();
    let of_row = row.map(|row| codes(&row.purpose)).filter(|purpose| !purpose.is_empty());
    let as_last = || last.map(|event| codes(&event.purpose)).filter(|purpose| !purpose.is_empty());
    match of_row {
        Some(purpose) if planned.is_carried() => sheet.known_value("purpose", purpose),
        purpose => {
            let usual = if last.is_some() { "3A" } else { "4" };
            sheet.suggestion("purpose", purpose.or_else(as_last).unwrap_or_else(|| usual.to_owned()));
        }
    }
    match row.and_then(|row| row.goal.as_ref()) {
        Some(goal) => of_plan(planned, "goal", goal, sheet),
        None => sheet.wanted_fields("goal"),
    }
    let has_problem = dossier.items.iter().any(|item| item.sort == ItemKind::Problem && item.done.is_none());
    let plan = match last {
        None => "a",
        Some(_) if has_problem => "b",
        Some(_) => "c",
    };
    sheet.suggestion("plan", shown("plan", plan));
    let result = last.and_then(|event| event.result.as_ref()).map(|result| result.shown());
    sheet.suggestion("result", result.unwrap_or_else(|| shown("result", "C")));
    sheet.wanted_fields("achieved");
    if let Some(row) = row {
        let carry: Vec<&str> = row.carry.iter().map(|one| &**one).collect();
        if !carry.is_empty() {
            of_plan(planned, "carry", &carry.join("、"), sheet);
        }
        if let Some(fee) = row.fee {
            // The plan has a single amount.
            of_plan(planned, "fee_request", &format!("差旅费 {fee}"), sheet);
        }
    }
    sheet.line("fees", "");
}

/// A value from the plan row, which the visit inherits and need not repeat.
fn of_plan<'a>(planned: PlannedRow<'_>, key: &'a str, value: &str, sheet: &mut RecordText<'a>) {
    if planned.is_carried() { sheet.known_value(key, value) } else { sheet.line(key, value) }
}

/// The file of the day, or `…-2` if it exists.
fn free_path(context: &DraftContext<'_>, dossier: &Dossier) -> ArchivePath {
    let day = context.day();
    let first = context.path_in(dossier, &day.to_string());
    let taken = |path: &ArchivePath| context.entry(path).is_some();
    if !taken(&first) {
        return first;
    }
    let mut nth = 2_u32;
    loop {
        let path = context.path_in(dossier, &format!("{day}-{nth}"));
        if !taken(&path) {
            return path;
        }
        nth += 1;
    }
}
