//! Drafts of the department's records: reports, calls and letters, directives, inspections, loans.

use super::Draft;
use super::context::DraftContext;
use super::event::channel;
use super::record_text::{RecordText, cell};
use crate::archive::DirectoryEntry;
use crate::calendar::Month;
use crate::i18n::Message;
use crate::kind::ArchivePath;

/// Supervising posts (第六条), in order of preference.
const HEADS: [&str; 3] = ["市场部部长", "市场部副部长", "部门主管"];
/// Archivist posts (第五条); the one who receives calls first.
const CLERKS: [&str; 2] = ["客户档案管理助理", "客户档案管理主管"];

pub(super) fn market_report(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let (written, month) = context.of_month(Month::of(context.day()))?;
    let staff = context.staff(written)?;
    let regular = context.path_below("market", &format!("{month}/{staff}"));
    // The month's regular report exists, so this is an additional one (第十一条).
    let is_extra = context.entry(&regular).is_some();
    let mut sheet = RecordText::new(context.kind);
    sheet.line("month", month.to_string());
    sheet.line("staff", &staff);
    sheet.line("kind", if is_extra { "不定时" } else { "定时" });
    sheet.line("submitted", context.day().to_string());
    sheet.line("received", "");
    sheet.text("| 主题 | 信息 | 含义 | 等级 | 客户 | 信息提供人 | 日期 | 重大 |\n|---|---|---|---|---|---|---|---|");
    sheet.remaining_fields("information");
    sheet.prose();
    let day = context.day();
    let extra = || context.free_below("market", &format!("{month}/{staff} {:02}-{:02}", day.month(), day.day()));
    Ok(sheet.draft(if is_extra { extra() } else { regular }))
}

pub(super) fn inbound(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let target = context.request.target.trim();
    let dossier = match target {
        "" => None,
        _ => match context.dossier(target) {
            Ok(dossier) => Some(dossier),
            // Callers need not be registered.
            Err(error) if error.key == "scaffold.new.ambiguous" => return Err(error),
            Err(_) => None,
        },
    };
    let mut sheet = RecordText::new(context.kind);
    sheet.line("date", context.day().to_string());
    channel(context, "inbound_channel", "来电", &mut sheet)?;
    sheet.line("customer", dossier.map_or_else(|| target.to_owned(), |dossier| context.unit_name(dossier)));
    sheet.wanted_fields("from");
    sheet.required("what", None);
    // News about a customer goes to its owner (第五条).
    let owner = dossier.and_then(|dossier| dossier.customer.as_ref()?.owner.as_ref());
    match owner.filter(|who| who.entry().is_some_and(|entry| entry.left.is_none())) {
        Some(owner) => sheet.suggestion("forwarded_to", context.our_name(owner)),
        None => sheet.wanted_fields("forwarded_to"),
    }
    sheet.line("forwarded_on", context.day().to_string());
    sheet.line("result", "");
    sheet.line(
        "clerk",
        context
            .named_or_holder(&CLERKS)
            .or_else(|error| if context.request.staff.is_empty() { Ok(String::new()) } else { Err(error) })?,
    );
    Ok(sheet.draft(context.free_below("inbound", &context.day().to_string())))
}

pub(super) fn directive(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let target = context.request.target.trim();
    let about = context.record(target)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("date", context.day().to_string());
    sheet.line("by", context.named_or_holder(&HEADS)?);
    sheet.section("items", &format!("- [[{}]] 已阅。", link(context, target, &about)));
    sheet.remaining_fields("items");
    Ok(sheet.draft(context.free_below("directives", &context.day().to_string())))
}

/// Target of a link to a record: with its customer's name if it has a customer, else as typed.
fn link(context: &DraftContext<'_>, written: &str, entry: &DirectoryEntry) -> String {
    let dossier = entry.customer.as_deref().and_then(|id| context.archive.dossiers.get(id));
    match dossier {
        Some(dossier) if !entry.is("customer") => format!("{}/{}", context.unit_name(dossier), entry.id.stem()),
        Some(dossier) => context.unit_name(dossier),
        None => written.to_owned(),
    }
}

pub(super) fn inspection(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let mut sheet = RecordText::new(context.kind);
    sheet.line("date", context.day().to_string());
    let by = match context.request.staff.as_slice() {
        [] => context.named_or_holder(&HEADS)?,
        named => named.iter().map(|name| context.staff(name)).collect::<Result<Vec<_>, _>>()?.join("、"),
    };
    sheet.line("by", by);
    match context.request.target.trim() {
        "" => sheet.wanted_fields("scope"),
        scope => sheet.line("scope", scope),
    }
    sheet.section("findings", "");
    sheet.remaining_fields("findings");
    Ok(sheet.draft(context.free_below("inspections", &context.day().to_string())))
}

/// A row of the register. The register is one file, so the row is appended.
pub(super) fn loans(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let dossier = context.dossier(&context.request.target)?;
    let borrower = context.ours(dossier)?.remove(0);
    let there = context.archive.of_kind(&context.kind.key).next().map(|loose| loose.record.path.clone());
    let adds = there.is_some();
    let path = there.unwrap_or_else(|| {
        let name = if context.writes_chinese() { context.chinese_twin("loans.md") } else { "loans.md".to_owned() };
        ArchivePath::from(name.as_str())
    });
    let mut sheet = RecordText::new(context.kind);
    let row = format!("| {} | {} | {} | | | | | |", cell(&borrower), context.day(), cell(&context.unit_name(dossier)));
    let table =
        format!("| 借阅人 | 日期 | 客户 | 份号 | 用途 | 应还 | 归还 | 遗失或泄密 |\n|---|---|---|---|---|---|---|---|\n{row}");
    sheet.section("loans", &table);
    sheet.remaining_fields("loans");
    let draft = sheet.draft(path);
    // Tables of one field are merged: an appended one needs no front matter.
    let text = if adds { draft.text.trim_start_matches("---\n").to_owned() } else { draft.text.clone() };
    Ok(Draft { text, adds, ..draft })
}
