//! Draft of a project, with the people whose roles are known.

use super::context::{DraftContext, person_name};
use super::record_text::RecordText;
use super::{Draft, customer_and_name};
use crate::archive::Person;
use crate::i18n::Message;

pub(super) fn project(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let (customer, name) = customer_and_name(&context.request.target, "scaffold.new.project-target")?;
    let dossier = context.dossier(customer)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("name", name);
    sheet.suggestion("stage", "线索");
    for key in ["scale", "start", "tender"] {
        sheet.line(key, "");
    }
    sheet.wanted_fields("visits_planned");
    sheet.line("period", "每月");
    let stays = |person: &&Person| person.left.is_none_or(|left| left > context.day());
    let in_role = dossier.people.iter().filter(stays).filter(|person| !person.roles.is_empty());
    let (may, may_not): (Vec<&Person>, Vec<&Person>) = in_role.partition(|person| context.may_name(&person.entry, "roles"));
    let row = |person: &&Person| {
        // Roles in other projects do not apply to this one.
        let roles = person.roles.iter().filter(|role| role.project.is_none());
        let roles: Vec<&str> = roles.map(|role| &*role.role).collect();
        let name = person_name(dossier, &person.entry);
        (!roles.is_empty()).then(|| format!("| {name} | {} | |", roles.join("、")))
    };
    let rows: Vec<String> = may.iter().filter_map(row).collect();
    if !rows.is_empty() {
        let table = format!("| 人员 | 角色作用 | 关心的事务 |\n|---|---|---|\n{}", rows.join("\n"));
        sheet.section("roles", &table);
        sheet.remaining_fields("roles");
    }
    sheet.section("stage_history", &format!("- {} 线索", context.day()));
    sheet.section("criteria", "");
    sheet.remaining_fields("criteria");
    sheet.leave_out(may_not.iter().map(|person| person_name(dossier, &person.entry)).collect());
    Ok(sheet.draft(context.path_in(dossier, name)))
}
