//! 附表7: the daily visit report.

use super::rows::{FilledRows, Group, RowValues, with_title};
use super::{Content, Passage};
use crate::archive::{Dossier, Event, Party, rows};
use crate::calendar::Date;
use crate::kind::{Money, Row};
use crate::markdown::strip_links;
use crate::record::key;

/// Values of 附表7: the visits of a staff member on a day, to any customer.
pub(super) fn daily_report_values(who: &Party, day: Date, visits: &[(&Dossier, &Event)]) -> FilledRows {
    let several = visits.len() > 1;
    let mut values = RowValues::default();
    values.several = several;
    let mut companions: Vec<&str> = Vec::new();
    let (mut visited, mut passages, mut handled, mut open) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut fees, mut total) = (Vec::new(), None::<Money>);
    for (at, (dossier, event)) in visits.iter().enumerate() {
        let record = &event.record;
        let number = if several { format!("{}. ", at + 1) } else { String::new() };
        for other in event.ours.iter().skip(1).map(Party::name).filter(|name| *name != who.name()) {
            if !companions.contains(&other) {
                companions.push(other);
            }
        }
        let unit = match &event.unit {
            Some(unit) if **unit != *dossier.entry.name => format!("{number}{}（{unit}）", dossier.entry.name),
            _ => format!("{number}{}", dossier.entry.name),
        };
        let theirs: Vec<String> = event.theirs.iter().map(|who| with_title(dossier, who)).collect();
        visited.push(if theirs.is_empty() { unit } else { format!("{unit}：{}", theirs.join("、")) });
        if !record.prose.is_empty() {
            let head = if several {
                format!("{number}{}", dossier.entry.short.as_ref().unwrap_or(&dossier.entry.name))
            } else {
                String::new()
            };
            passages.push(Passage { head: head.into(), record: record.clone() });
        }
        for (key, code) in [("plan", &event.plan), ("result", &event.result)] {
            values.choose(key, code.clone().map(|code| (at + 1, code)));
        }
        for row in record.fields.rows(key::FEES) {
            let amount = rows::money(record, key::FEES, row, key::AMOUNT);
            if let Some(amount) = amount {
                let sum = total.get_or_insert_with(Money::default);
                sum.fen = sum.fen.saturating_add(amount.fen);
                sum.approximate |= amount.approximate;
            }
            let text = |key| {
                Content::text(
                    rows::text(record, key::FEES, row, key).map_or_else(String::new, |text| strip_links(&text).into_owned()),
                )
            };
            let amount = amount.map_or(Content::Blank, Content::Amount);
            fees.push(RowValues::with([("item", text(key::ITEM)), ("amount", amount), ("note", text(key::NOTE))]));
        }
        handled.extend(items(dossier, event, "handled"));
        open.extend(items(dossier, event, "open"));
    }
    values.put("date", Content::text(format!("{}年{}月{}日", day.year(), day.month(), day.day())));
    values.put("visitor", Content::text(who.name()));
    values.put("companions", Content::text(companions.join("、")));
    values.put("visited", Content::lines(visited));
    values.put("summary", if passages.is_empty() { Content::Blank } else { Content::Prose(passages) });
    values.put("total", total.map_or(Content::Blank, Content::Amount));
    values.put("handled", numbered(handled));
    values.put("open", numbered(open));
    let groups = vec![Group { lines: fees, ..Group::default() }];
    FilledRows { about: format!("{} {day}", who.name()).into(), values, groups }
}

/// The problems of a visit, with responsible person and date.
fn items(dossier: &Dossier, event: &Event, field: &'static str) -> Vec<String> {
    let record = &event.record;
    let line = |(at, row): (u32, &Row)| {
        let what = strip_links(&rows::text(record, field, row, key::WHAT)?).into_owned();
        let item = dossier.items.iter().find(|item| item.record.id == record.id && item.field == (field, at));
        let owner = item.filter(|_| field == "open").and_then(|item| item.owner.as_ref()).map(|who| who.name().to_owned());
        let due = rows::date(record, field, row, key::DUE).map(|due| format!("{due} 前"));
        let tail: Vec<String> = owner.into_iter().chain(due).collect();
        Some(if tail.is_empty() { what } else { format!("{what}（{}）", tail.join("，")) })
    };
    (0..).zip(record.fields.rows(field)).filter_map(line).collect()
}

fn numbered(lines: Vec<String>) -> Content {
    Content::lines(lines.iter().enumerate().map(|(at, line)| format!("{}. {line}", at + 1)))
}
