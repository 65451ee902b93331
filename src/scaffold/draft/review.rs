//! Draft of a quarterly review, with missing items as suggestions.

use jiff::ToSpan;

use super::Draft;
use super::context::DraftContext;
use super::record_text::{RecordText, item};
use crate::archive::{ARCHIVISTS, Dossier};
use crate::calendar::{Period, parse_period};
use crate::i18n::Message;
use crate::kind::Need;

/// Days until a suggestion is due.
const DAYS: i32 = 30;
/// Maximum number of missing items named in a suggestion; the report lists all.
const NAMED: usize = 5;

pub(super) fn review(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let quarter = match context.request.target.trim() {
        // The last quarter is reviewed (第十一条).
        "" => Period::quarter_of(Period::quarter_of(context.day()).first().saturating_sub(1.days())),
        written => match parse_period(written) {
            Ok(quarter @ Period::Quarter(..)) => quarter,
            _ => return Err(Message::new("scaffold.new.quarter").with("quarter", written)),
        },
    };
    let by = context.named_or_holder(&ARCHIVISTS)?;
    let mut sheet = RecordText::new(context.kind);
    sheet.line("quarter", quarter.to_string());
    sheet.line("by", &by);
    sheet.line("date", context.day().to_string());
    sheet.line("scope", "全部");
    sheet.line("submitted_to", context.holder(&["市场部部长", "市场部副部长"]).unwrap_or_default());
    sheet.line("submitted_on", "");
    sheet.section("exceptions", "");
    let due = context.day().saturating_add(DAYS.days()).to_string();
    let mut lines = Vec::new();
    for dossier in context.archive.dossiers.values().filter(|dossier| !dossier.is_resting()) {
        let gaps = gaps(context, dossier);
        if gaps.is_empty() {
            continue;
        }
        let more = if gaps.len() > NAMED { "等" } else { "" };
        let text = format!("补{}{more}", gaps[..gaps.len().min(NAMED)].join("、"));
        let owner = dossier.customer.as_ref().and_then(|customer| customer.owner.as_ref());
        let owner = owner.filter(|who| who.entry().is_some_and(|entry| entry.left.is_none()));
        let owner = owner.map_or_else(|| by.clone(), |who| context.our_name(who));
        lines.push(item(&text, &[context.unit_name(dossier), owner, due.clone()], Some(false)));
    }
    sheet.section("suggestions", &lines.join("\n"));
    if !lines.is_empty() {
        sheet.remaining_fields("suggestions");
    }
    Ok(sheet.draft(context.path_below("reviews", &quarter.to_string())))
}

/// Missing items in the records of the customer and its people, and unregistered people; nobody is named whose record
/// is more secret than the review.
fn gaps(context: &DraftContext<'_>, dossier: &Dossier) -> Vec<String> {
    let mut gaps = Vec::new();
    let Some(customer) = &dossier.customer else { return gaps };
    if customer.owner.is_none() {
        gaps.push("负责人".to_owned());
    }
    let lacks = |record: &crate::record::Record| {
        let wanted = record.kind.fields.iter().filter(|field| field.need == Need::Recommended);
        let missing = wanted.filter(|field| record.fields.get(&field.key).is_none());
        missing.map(|field| field.label.to_string()).collect::<Vec<_>>()
    };
    gaps.extend(lacks(&customer.record));
    let people = dossier.people.iter().filter(|person| person.left.is_none() && context.may_name(&person.entry, "suggestions"));
    for person in people {
        gaps.extend(lacks(&person.record).into_iter().map(|label| format!("{}的{label}", person.entry.name)));
    }
    let met = dossier.unregistered.iter().filter(|(_, _, records)| records.iter().any(|entry| entry.secrecy <= 1));
    gaps.extend(met.map(|(name, _, _)| format!("{name}的附表2")));
    gaps
}
