//! Drafts of records outside customer folders.

use super::Draft;
use super::context::DraftContext;
use super::record_text::RecordText;
use crate::i18n::Message;

pub(super) fn staff(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let name = file_name(context)?;

    let mut sheet = RecordText::new(context.kind);
    sheet.line("name", context.request.name.as_deref().unwrap_or(name));
    sheet.suggestion("post", "销售人员");
    sheet.line("department", &context.config.department);
    match context.request.staff.first() {
        Some(manager) => sheet.line("manager", context.staff(manager)?),
        None => sheet.wanted_fields("manager"),
    }
    sheet.line("phone", "");
    sheet.line("email", "");
    let alike = context.archive.staff.first().map(|member| &member.record.path);
    Ok(sheet.draft(context.path_outside("staff", alike, name)))
}

pub(super) fn page(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let name = file_name(context)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("title", context.request.name.as_deref().unwrap_or(name));
    sheet.text("");
    let alike = context.archive.pages.first().map(|page| &page.record.path);
    Ok(sheet.draft(context.path_outside("pages", alike, name)))
}

pub(super) fn competitor(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let name = file_name(context)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("name", name);
    for key in ["strengths", "weaknesses", "state", "strategy"] {
        sheet.section(key, "");
    }
    sheet.remaining_fields("state");
    Ok(sheet.draft(context.path_below("competitors", name)))
}

pub(super) fn regulation(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let version = file_name(context)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("version", version);
    sheet.line("drafted", &context.config.department);
    sheet.line("approved_by", "");
    sheet.line("approved_on", "");
    sheet.suggestion("issued", context.day().to_string());
    sheet.line("interpreter", &context.config.department);
    sheet.prose();
    Ok(sheet.draft(context.path_below("regulation", version)))
}

/// The target as a file name.
fn file_name<'a>(context: &DraftContext<'a>) -> Result<&'a str, Message> {
    let name = context.request.target.trim();
    if name.contains(['/', '\\']) {
        return Err(Message::new("scaffold.new.folder-name").with("name", name));
    }
    Ok(name)
}
