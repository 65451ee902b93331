//! Records outside the customers' folders.

use super::Draft;
use super::context::DraftContext;
use super::record_text::RecordText;
use crate::i18n::Message;

pub(super) fn staff(desk: &DraftContext<'_>) -> Result<Draft, Message> {
    let name = file_name(desk)?;

    let mut sheet = RecordText::new(desk.kind);
    sheet.line("name", desk.request.name.as_deref().unwrap_or(name));
    sheet.suggestion("post", "销售人员");
    sheet.line("department", &desk.config.department);
    match desk.request.staff.first() {
        Some(manager) => sheet.line("manager", desk.staff(manager)?),
        None => sheet.wanted_fields("manager"),
    }
    sheet.line("phone", "");
    sheet.line("email", "");
    let alike = desk.archive.staff.first().map(|member| &member.record.path);
    Ok(sheet.draft(desk.path_outside("staff", alike, name)))
}

pub(super) fn page(desk: &DraftContext<'_>) -> Result<Draft, Message> {
    let name = file_name(desk)?;
    let mut sheet = RecordText::new(desk.kind);
    sheet.line("title", desk.request.name.as_deref().unwrap_or(name));
    sheet.text("");
    let alike = desk.archive.pages.first().map(|page| &page.record.path);
    Ok(sheet.draft(desk.path_outside("pages", alike, name)))
}

pub(super) fn competitor(desk: &DraftContext<'_>) -> Result<Draft, Message> {
    let name = file_name(desk)?;
    let mut sheet = RecordText::new(desk.kind);
    sheet.line("name", name);
    for key in ["strengths", "weaknesses", "state", "strategy"] {
        sheet.section(key, "");
    }
    sheet.remaining_fields("state");
    Ok(sheet.draft(desk.path_below("competitors", name)))
}

pub(super) fn regulation(desk: &DraftContext<'_>) -> Result<Draft, Message> {
    let version = file_name(desk)?;
    let mut sheet = RecordText::new(desk.kind);
    sheet.line("version", version);
    sheet.line("drafted", &desk.config.department);
    sheet.line("approved_by", "");
    sheet.line("approved_on", "");
    sheet.suggestion("issued", desk.day().to_string());
    sheet.line("interpreter", &desk.config.department);
    sheet.prose();
    Ok(sheet.draft(desk.path_below("regulation", version)))
}

/// The target as the name of a file.
fn file_name<'a>(desk: &DraftContext<'a>) -> Result<&'a str, Message> {
    let name = desk.request.target.trim();
    if name.contains(['/', '\\']) {
        return Err(Message::new("scaffold.new.folder-name").with("name", name));
    }
    Ok(name)
}
