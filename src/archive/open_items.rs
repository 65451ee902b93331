//! Open items: promises, problems and opinions, open until they are settled (`kinds.md` 6).

use std::sync::Arc;

use std::collections::BTreeMap;

use super::name_resolver::NameResolver;
use super::normalize::normalized_text;
use super::{DirectoryEntry, Event, EventKind, Party, rows};
use crate::calendar::Date;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{ItemNumber, NameMark, Row};
use crate::record::key;
use crate::text::Spanned;

/// Kind of an open item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// 承诺 (S-17.3-4b).
    Promise,
    /// 问题 (S-F7.13).
    Problem,
    /// 客户意见 (S-04.10b).
    Opinion,
}

/// How an item was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The date behind the tick, else the day of the record that ticked it.
    pub date: Option<Date>,
    /// The record that settled it.
    pub by: Arc<DirectoryEntry>,
}

/// An item, open or settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// `2026-11-05#1`.
    pub number: ItemNumber,
    /// Its kind.
    pub sort: ItemKind,
    /// 事项.
    pub text: Arc<str>,
    /// 责任人: a staff member of the column or the tail, else the first of our people in the record.
    pub owner: Option<Party>,
    /// 对: to whom it was promised.
    pub to: Option<Party>,
    /// 转告部门 of an opinion.
    pub department: Option<Arc<str>>,
    /// 期限 as stated. The defaults of D-17/D-18 need the config and are not applied here.
    pub due: Option<Date>,
    /// Day of the record that opened it.
    pub opened: Option<Date>,
    /// The record that opened it.
    pub record: Arc<DirectoryEntry>,
    /// Field key and row in it, from 0.
    pub field: (&'static str, u32),
    /// How it was settled, if it was.
    pub done: Option<Completion>,
}

impl OpenItem {
    /// Whether `number` means this item: its own number, or its record's day with the same ordinal.
    fn is_numbered(&self, number: &ItemNumber) -> bool {
        let of_day = || self.opened.is_some_and(|day| day.to_string() == *number.record);
        self.number.ordinal == number.ordinal && (self.number.record == number.record || of_day())
    }

    /// Whether it is open on `as_of`: opened and not settled by then. An item settled without a date counts as settled.
    pub fn is_open(&self, as_of: crate::calendar::AsOf) -> bool {
        let opened = self.opened.is_none_or(|day| day <= as_of.0);
        let settled = self.done.as_ref().is_some_and(|done| done.date.is_none_or(|day| day <= as_of.0));
        opened && !settled
    }
}

/// The fields that hold open items, each with the kind of its items.
const FIELDS: [(&str, ItemKind); 4] = [
    ("promises", ItemKind::Promise),
    ("handled", ItemKind::Problem),
    ("open", ItemKind::Problem),
    ("opinions", ItemKind::Opinion),
];

/// Collects the items of all events (newest first) and closes those ticked in place or later by number.
pub(super) fn collect_items(
    all: &[Event],
    resolver: &mut NameResolver<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<OpenItem> {
    // A call must not take a number from a visit of the same day.
    let events: Vec<&Event> = all.iter().filter(|event| event.sort != EventKind::Call).collect();
    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for event in &events {
        if let Some(day) = event.date {
            *days.entry(day).or_default() += 1;
        }
    }
    let mut items: Vec<OpenItem> = Vec::new();
    for event in events.iter().rev() {
        let mut new: Vec<OpenItem> = Vec::new();
        for (field, sort) in FIELDS {
            for (row, at) in event.record.fields.rows(field).iter().zip(0..) {
                if row.refers.is_none() {
                    new.extend(item(event, resolver, &days, (field, at), sort, row));
                }
            }
        }
        new.sort_by_key(|item| item.number.ordinal);
        items.append(&mut new);
    }
    for event in events.iter().rev() {
        for (field, _) in FIELDS {
            for row in event.record.fields.rows(field) {
                close(event, field, row, &mut items, diagnostics);
            }
        }
    }
    items
}

fn item(
    event: &Event,
    resolver: &NameResolver<'_>,
    days: &BTreeMap<Date, usize>,
    (field, at): (&'static str, u32),
    sort: ItemKind,
    row: &Row,
) -> Option<OpenItem> {
    let record = &event.record;
    let date = |key| rows::date(record, field, row, key);
    // Two records of one day are told apart by file name (`decisions.md` 18).
    let base: Arc<str> = match event.date {
        Some(day) if days.get(&day) == Some(&1) => day.to_string().into(),
        _ => record.id.stem().into(),
    };
    // An opinion is settled once the department was told (S-04.10b).
    let day = date(key::DONE).or_else(|| date(key::ON).filter(|_| sort == ItemKind::Opinion));
    let settled = row.tick == Some(true) || day.is_some() || (field == "handled" && row.tick != Some(false));
    let owner = resolver.of_row(record, field, row, "owner", "staff");
    // A person of the customer in the owner's place is the one it was promised to.
    let theirs = owner.clone().filter(|who| who.entry().is_some_and(|entry| !entry.is("staff")));
    let marked = row.tail.iter().find(|name| name.mark == NameMark::To).map(|name| resolver.party(record, name));
    Some(OpenItem {
        number: ItemNumber { record: base, ordinal: row.ordinal.unwrap_or(at as u16 + 1) },
        sort,
        text: rows::text(record, field, row, key::WHAT)?,
        owner: owner.filter(|_| theirs.is_none()).or_else(|| event.ours.first().cloned()),
        to: marked
            .or_else(|| resolver.of_row(record, field, row, "to", "person"))
            .or(theirs.filter(|_| sort == ItemKind::Promise)),
        department: rows::text(record, field, row, key::DEPARTMENT),
        due: date(key::DUE),
        opened: event.date,
        record: event.entry.clone(),
        field: (field, at),
        done: settled.then(|| Completion { date: day.or(event.date), by: event.entry.clone() }),
    })
}

/// Closes the item a ticked row refers to. The row repeats number and text; if the text differs, nothing is closed.
fn close(event: &Event, field: &'static str, row: &Row, items: &mut [OpenItem], diagnostics: &mut Vec<Diagnostic>) {
    let Some(refers) = &row.refers else { return };
    let written = rows::text(&event.record, field, row, key::WHAT).unwrap_or_default();
    let meant: Vec<usize> = (0..items.len()).filter(|at| items[*at].is_numbered(&refers.value)).collect();
    // If two records share a day, the text decides which item is meant.
    let Some(&at) = meant.iter().find(|at| same_text(&written, &items[**at].text)) else {
        diagnostics.push(match meant.first() {
            Some(first) => Diagnostic::new(Code::ItemMismatch, refers.span)
                .with("number", &refers.value)
                .with("written", &written)
                .help(Message::new("help.item-text").with("text", &items[*first].text)),
            None => unknown(refers, items),
        });
        return;
    };
    let item = &mut items[at];
    let ticked = row.tick == Some(true) || (field == "handled" && row.tick.is_none());
    if ticked && item.done.is_none() {
        let date = rows::date(&event.record, field, row, key::DONE).or(event.date);
        item.done = Some(Completion { date, by: event.entry.clone() });
    }
}

/// Diagnostic for an unknown number, listing the items of that day.
fn unknown(refers: &Spanned<ItemNumber>, items: &[OpenItem]) -> Diagnostic {
    let wrong = Diagnostic::new(Code::UnknownItem, refers.span).with("number", &refers.value);
    let day = refers.value.record.get(..10).unwrap_or_default();
    let there = items.iter().filter(|item| item.opened.is_some_and(|opened| opened.to_string() == day));
    let numbers: Vec<String> = there.map(|item| format!("{} {}", item.number, item.text)).collect();
    match numbers.is_empty() {
        true => wrong.help(Message::new("help.no-item-then").with("day", day)),
        false => wrong.help(Message::new("help.items-then").with("items", numbers.join("；"))),
    }
}

/// Whether a tick's text matches the item: whitespace and punctuation are ignored, and a remark may follow.
fn same_text(written: &str, text: &str) -> bool {
    let (here, there) = (normalized_text(written), normalized_text(text));
    here == there || (there.chars().count() >= 4 && here.starts_with(&there))
}
