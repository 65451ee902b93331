//! Drafts of a customer, its information file and its contact plan.

use jiff::ToSpan;

use super::context::{DraftContext, person_name};
use super::record_text::RecordText;
use super::{Draft, PLACEHOLDER};
use crate::archive::{ContactPair, Dossier};
use crate::calendar::{Date, Period, parse_period};
use crate::i18n::Message;
use crate::kind::ArchivePath;
use crate::record::key;

pub(super) fn customer(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let id = context.request.target.trim();
    if id.contains(['/', '\\']) {
        return Err(Message::new("scaffold.new.folder-name").with("name", id));
    }
    let name = context.request.name.as_deref().unwrap_or(id).trim();
    let is_there = |word: &str| context.dossier(word).ok().filter(|dossier| dossier.customer.is_some());
    if let Some(dossier) = is_there(id).or_else(|| is_there(name)) {
        return Err(Message::new("scaffold.new.customer-is-there").with("name", name).with("customer", &dossier.id));
    }
    let mut sheet = RecordText::new(context.kind);
    match next_number(context) {
        Some(number) => sheet.line("number", number),
        None => sheet.line("number", ""),
    }
    sheet.line("filed", context.as_of.0.to_string());
    sheet.suggestion("name", name);
    sheet.line("short", "");
    sheet.suggestion("class", "3 潜在客户");
    match context.config.levels.last() {
        Some(level) => sheet.suggestion("level", &level.name),
        None => sheet.wanted_fields("level"),
    }
    sheet.wanted_fields("industry");
    sheet.line("region", "");
    match context.request.staff.first() {
        Some(name) => sheet.line("owner", context.staff(name)?),
        None => sheet.wanted_fields("owner"),
    }
    let archivist = context
        .archive
        .staff
        .iter()
        .filter(|member| member.active)
        .find(|member| member.post.as_deref().is_some_and(|post| post.starts_with("客户档案管理")));
    sheet.line("archivist", archivist.map_or("", |member| &*member.entry.name));

    let by_id =
        context.archive.dossiers.get(id).and_then(|dossier| dossier.records().next().map(|_| context.path_in(dossier, id)));
    let path = by_id.unwrap_or_else(|| {
        let chinese = context.writes_chinese();
        let twin = |name: &str| if chinese { context.chinese_twin(name) } else { name.to_owned() };
        ArchivePath::from(format!("{}/{id}/{}", twin("customers"), twin("customer.md")).as_str())
    });
    sheet.remaining_fields("units");
    Ok(sheet.draft(path))
}

/// The number after the highest one of the same form: `KD-0013` follows `KD-0012`.
fn next_number(context: &DraftContext<'_>) -> Option<String> {
    let customers = context.archive.dossiers.values().filter_map(|dossier| dossier.customer.as_ref());
    let highest = customers
        .filter_map(|customer| {
            let text = customer.record.fields.text(key::NUMBER)?.value.clone();
            let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let number: u64 = text[text.len() - digits..].parse().ok()?;
            Some((number, text, digits))
        })
        .max()?;
    let (number, text, digits) = highest;
    Some(format!("{}{:0digits$}", &text[..text.len() - digits], number.checked_add(1)?))
}

pub(super) fn information(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let dossier = context.dossier(&context.request.target)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("tags", "附表5");
    sheet.text("| 主题 | 信息 | 含义 | 等级 | 来源 | 信息提供人 | 日期 |\n|---|---|---|---|---|---|---|");
    sheet.remaining_fields("information");
    Ok(sheet.draft(context.path_in(dossier, "information")))
}

pub(super) fn contact_plan(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let (target, period) = match context.request.target.rsplit_once('/') {
        Some((target, written)) => match parse_period(written.trim()) {
            Ok(period) if period.months() > 1 && (1990..=2100).contains(&period.first().year()) => (target.trim(), period),
            _ => return Err(Message::new("scaffold.new.plan-year").with("year", written)),
        },
        None => (context.request.target.trim(), Period::Year(context.day().year())),
    };
    let dossier = context.dossier(target)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("period", period.to_string());
    // Last year's goal is the most likely one.
    match dossier.plans.first().and_then(|plan| plan.goal.as_deref()) {
        Some(goal) => sheet.suggestion("goal", goal),
        None => sheet.required("goal", None),
    }
    let (rows, left_out) = rows(context, dossier, period)?;
    sheet.text(&format!("| 我方 | 对象 | 联系次数 | 下次联系 | 说明 |\n|---|---|---|---|---|\n{}", rows.join("\n")));
    sheet.remaining_fields("pairs");
    sheet.leave_out(left_out);
    Ok(sheet.draft(context.path_in(dossier, &period.to_string())))
}

/// Table rows for the pairs of the dossier or, if none is wanted, for all registered people; and those who may not be
/// named here.
fn rows(context: &DraftContext<'_>, dossier: &Dossier, period: Period) -> Result<(Vec<String>, Vec<String>), Message> {
    let level = dossier.customer.as_ref().and_then(|customer| customer.level.as_deref());
    let cycle = level.and_then(|level| context.config.level(level)).map(|level| level.cycle);
    let (staff, with) = (&context.request.staff, &context.request.with);
    let staff: Vec<String> = staff.iter().map(|name| context.staff(name)).collect::<Result<_, _>>()?;
    let with: Vec<String> = with.iter().map(|name| context.person(dossier, name)).collect::<Result<_, _>>()?;
    let asked = |ours: &str, theirs: &str| {
        let is_among = |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
        is_among(&staff, ours) && is_among(&with, theirs)
    };
    let days = u32::try_from((period.last() - period.first()).get_days() + 1).unwrap_or_default();
    let by_cycle = cycle.map(|cycle| days.div_ceil(cycle.max(1)));
    let row = |ours: &str, theirs: &str, times: Option<u32>, next: Option<Date>| {
        let times = times.map(|times| times.to_string()).unwrap_or_default();
        // Contacts due before today or outside the period are not part of the plan.
        let next = next.filter(|next| *next >= context.as_of.0.max(period.first()) && *next <= period.last());
        format!("| {ours} | {theirs} | {times} | {} | |", next.map(|next| next.to_string()).unwrap_or_default())
    };

    let stays = |pair: &&ContactPair| {
        let person = dossier.person(&pair.theirs.id);
        person.is_some_and(|person| person.left.is_none_or(|left| left > context.as_of.0)) && pair.ours.left.is_none()
    };
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for pair in dossier.pairs.iter().filter(stays) {
        let (ours, theirs) = (&*pair.ours.name, person_name(dossier, &pair.theirs));
        if !asked(ours, &theirs) {
            continue;
        }
        if !context.may_name(&pair.theirs, "pairs") && with.is_empty() {
            left_out.push(theirs);
            continue;
        }
        let planned = pair.planned.iter().find(|planned| planned.period.months() == period.months());
        let times = planned.and_then(|planned| planned.times).or(by_cycle);
        rows.push(row(ours, &theirs, times, pair.contact_status(context.as_of, cycle).next));
    }
    if rows.is_empty() {
        let ours = context.ours(dossier)?.join("、");
        let filed = dossier.people.iter().filter(|person| person.left.is_none());
        let (may, may_not): (Vec<_>, Vec<_>) = filed.partition(|person| context.may_name(&person.entry, "pairs"));
        let mut theirs: Vec<String> = may.iter().map(|person| person_name(dossier, &person.entry)).collect();
        if with.is_empty() {
            left_out.extend(may_not.iter().map(|person| person_name(dossier, &person.entry)));
        } else {
            theirs = with;
        }
        if theirs.is_empty() {
            theirs.push(PLACEHOLDER.to_owned());
        }
        let next = cycle.and_then(|days| context.as_of.0.checked_add(i64::from(days).days()).ok());
        rows = theirs.iter().map(|theirs| row(&ours, theirs, by_cycle, next)).collect();
    }
    left_out.sort();
    left_out.dedup();
    Ok((rows, left_out))
}
