//! A customer, and the two files it has besides people and events.

use jiff::ToSpan;

use super::desk::{Desk, person_name};
use super::sheet::Sheet;
use super::{Draft, LATER};
use crate::archive::{Dossier, Pair};
use crate::kind::ArchivePath;
use crate::words::Say;

pub(super) fn customer(desk: &Desk<'_>) -> Result<Draft, Say> {
    let id = desk.request.target.trim();
    if id.contains(['/', '\\']) {
        return Err(Say::new("scaffold.new.folder-name").with("name", id));
    }
    let name = desk.request.name.as_deref().unwrap_or(id).trim();
    let is_there = |word: &str| desk.dossier(word).ok().filter(|dossier| dossier.customer.is_some());
    if let Some(dossier) = is_there(id).or_else(|| is_there(name)) {
        return Err(Say::new("scaffold.new.customer-is-there").with("name", name).with("customer", &dossier.id));
    }
    let mut sheet = Sheet::new(desk.kind);
    match next_number(desk) {
        Some(number) => sheet.line("number", number),
        None => sheet.line("number", ""),
    }
    sheet.line("filed", desk.as_of.0.to_string());
    sheet.likely("name", name);
    sheet.line("short", "");
    sheet.likely("class", "3 潜在客户");
    match desk.policy.levels.last() {
        Some(level) => sheet.likely("level", &level.name),
        None => sheet.asked("level"),
    }
    sheet.asked("industry");
    sheet.line("region", "");
    match desk.request.staff.first() {
        Some(name) => sheet.line("owner", desk.staff(name)?),
        None => sheet.asked("owner"),
    }
    let archivist = desk
        .archive
        .staff
        .iter()
        .filter(|member| member.active)
        .find(|member| member.post.as_deref().is_some_and(|post| post.starts_with("客户档案管理")));
    sheet.line("archivist", archivist.map_or("", |member| &*member.card.name));

    let by_id = desk.archive.dossiers.get(id).and_then(|dossier| dossier.records().next().map(|_| desk.path_in(dossier, id)));
    let path = by_id.unwrap_or_else(|| {
        let chinese = desk.writes_chinese();
        let twin = |name: &str| if chinese { desk.twin(name) } else { name.to_owned() };
        ArchivePath::from(format!("{}/{id}/{}", twin("customers"), twin("customer.md")).as_str())
    });
    sheet.still("units");
    Ok(sheet.draft(path))
}

/// The number behind the highest one of the same form: `KD-0012` is followed by `KD-0013`.
fn next_number(desk: &Desk<'_>) -> Option<String> {
    let customers = desk.archive.dossiers.values().filter_map(|dossier| dossier.customer.as_ref());
    let highest = customers
        .filter_map(|customer| {
            let text = customer.record.sheet.text("number")?.value.clone();
            let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let number: u64 = text[text.len() - digits..].parse().ok()?;
            Some((number, text, digits))
        })
        .max()?;
    let (number, text, digits) = highest;
    Some(format!("{}{:0digits$}", &text[..text.len() - digits], number.checked_add(1)?))
}

pub(super) fn information(desk: &Desk<'_>) -> Result<Draft, Say> {
    let dossier = desk.dossier(&desk.request.target)?;
    let mut sheet = Sheet::new(desk.kind);
    sheet.line("tags", "附表5");
    sheet.text("| 主题 | 信息 | 含义 | 等级 | 来源 | 信息提供人 | 日期 |\n|---|---|---|---|---|---|---|");
    sheet.still("information");
    Ok(sheet.draft(desk.path_in(dossier, "information")))
}

pub(super) fn contact_plan(desk: &Desk<'_>) -> Result<Draft, Say> {
    let (target, year) = match desk.request.target.rsplit_once('/') {
        Some((target, year)) => match year.trim().parse::<i16>() {
            Ok(year @ 1990..=2100) => (target.trim(), year),
            _ => return Err(Say::new("scaffold.new.plan-year").with("year", year)),
        },
        None => (desk.request.target.trim(), desk.day().year()),
    };
    let dossier = desk.dossier(target)?;
    let mut sheet = Sheet::new(desk.kind);
    sheet.line("period", year.to_string());
    // Last year's goal is the likeliest beginning of this one's.
    match dossier.plans.first().and_then(|plan| plan.goal.as_deref()) {
        Some(goal) => sheet.likely("goal", goal),
        None => sheet.required("goal", None),
    }
    let rows = rows(desk, dossier);
    sheet.text(&format!("| 我方 | 对象 | 联系次数 | 下次联系 | 说明 |\n|---|---|---|---|---|\n{}", rows.join("\n")));
    sheet.still("pairs");
    Ok(sheet.draft(desk.path_in(dossier, &year.to_string())))
}

fn rows(desk: &Desk<'_>, dossier: &Dossier) -> Vec<String> {
    let cycle = dossier
        .customer
        .as_ref()
        .and_then(|customer| customer.level.as_deref())
        .and_then(|level| desk.policy.level(level))
        .map(|level| level.cycle);
    let gone = |pair: &&Pair| {
        let person = dossier.person(&pair.theirs.id);
        person.is_none_or(|person| person.left.is_some_and(|left| left <= desk.as_of.0)) || pair.ours.left.is_some()
    };
    let pairs = dossier.pairs.iter().filter(|pair| !gone(pair));
    let mut rows: Vec<String> = pairs
        .map(|pair| {
            let times = pair.planned.first().and_then(|planned| planned.times);
            let times = times.or_else(|| cycle.map(|days| 365_u32.div_ceil(days.max(1))));
            let times = times.map(|times| times.to_string()).unwrap_or_default();
            let next = pair.standing(desk.as_of, cycle).next.filter(|next| *next >= desk.as_of.0);
            let next = next.map(|next| next.to_string()).unwrap_or_default();
            format!("| {} | {} | {times} | {next} | |", pair.ours.name, person_name(dossier, &pair.theirs))
        })
        .collect();
    if rows.is_empty() {
        let ours = desk.ours(dossier).unwrap_or_default();
        let ours = ours.first().map_or(LATER, |name| name.as_str());
        let times = cycle.map(|days| 365_u32.div_ceil(days.max(1)).to_string()).unwrap_or_default();
        let next = cycle.map(|days| desk.as_of.0.saturating_add(i64::from(days).days()).to_string()).unwrap_or_default();
        rows = dossier
            .people
            .iter()
            .filter(|person| person.left.is_none())
            .map(|person| format!("| {ours} | {} | {times} | {next} | |", person_name(dossier, &person.card)))
            .collect();
    }
    rows
}
