//! Draft of a key person, from mentions of the name.

use super::context::DraftContext;
use super::record_text::RecordText;
use super::{Draft, customer_and_name};
use crate::archive::{Dossier, Party};
use crate::i18n::Message;

pub(super) fn person(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let (customer, name) = customer_and_name(&context.request.target, "scaffold.new.person-target")?;
    let dossier = context.dossier(customer)?;
    // `王磊（处长）` is the file of one of two people named 王磊.
    let (plain, bracket) = cut_bracket(name);
    let known = dossier.unregistered.iter().find(|(unfiled, _, _)| **unfiled == *plain);
    let title = bracket.or_else(|| known.and_then(|(_, note, _)| note.as_deref()));
    let ours = context.ours(dossier).unwrap_or_default();

    let mut sheet = RecordText::new(context.kind);
    sheet.line("name", plain);
    sheet.line("call", "");
    sheet.required("title", title);
    match unit(dossier, plain) {
        Some(unit) => sheet.line("unit", unit),
        None => sheet.wanted_fields("unit"),
    }
    for key in ["mobile", "office", "birthday", "native_place", "education", "schools", "hobbies"] {
        sheet.line(key, "");
    }
    sheet.wanted_fields("roles");
    let was_met = known.is_some_and(|(_, _, records)| !records.is_empty());
    if was_met {
        sheet.wanted_fields("relation")
    } else {
        sheet.line("relation", "尚未建立关系")
    }
    sheet.line("links", ours.join("、"));
    sheet.line("reports_to", "");
    sheet.wanted_fields("concerns");
    Ok(sheet.draft(context.path_in(dossier, name)))
}

fn cut_bracket(name: &str) -> (&str, Option<&str>) {
    let cut = name.split_once(['（', '(']);
    match cut.map(|(plain, rest)| (plain.trim(), rest.trim_end_matches(['）', ')']).trim())) {
        Some((plain, note)) if !plain.is_empty() && !note.is_empty() => (plain, Some(note)),
        _ => (name, None),
    }
}

/// The unit where they were met, or the customer's only unit.
fn unit(dossier: &Dossier, name: &str) -> Option<String> {
    let is_him = |who: &Party| who.entry().is_none() && who.name() == name;
    let met = dossier.events.iter().filter(|event| event.theirs.iter().any(is_him)).find_map(|event| event.unit.clone());
    let only = dossier.customer.as_ref().and_then(|customer| match customer.units.as_slice() {
        [unit] => Some(unit.name.clone()),
        _ => None,
    });
    met.or(only).map(|unit| unit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_bracket_extracts_title() {
        assert_eq!(cut_bracket("郑国平（班长）"), ("郑国平", Some("班长")));
        assert_eq!(cut_bracket("郑国平(班长)"), ("郑国平", Some("班长")));
        assert_eq!(cut_bracket("郑国平"), ("郑国平", None));
    }
}
