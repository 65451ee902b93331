//! Promises, problems and opinions that stay open until they are settled (`kinds.md` 6).

use std::sync::Arc;

use std::collections::BTreeMap;

use super::assemble::Hand;
use super::fold::gist;
use super::{Card, Event, EventSort, Who, rows};
use crate::calendar::Date;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{ItemNumber, NameMark, Row};
use crate::text::Spanned;

/// What sort of open item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemSort {
    /// 承诺 (S-17.3-4b).
    Promise,
    /// 问题 (S-F7.13).
    Problem,
    /// 客户意见 (S-04.10b).
    Opinion,
}

/// How an item was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// On which day: the date behind the tick, else the day of the record that ticked it.
    pub date: Option<Date>,
    /// In which record.
    pub by: Arc<Card>,
}

/// An open item, wherever it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// `2026-11-05#1`.
    pub number: ItemNumber,
    /// What sort.
    pub sort: ItemSort,
    /// 事项.
    pub text: Arc<str>,
    /// 责任人: a staff member of the tail or the column, else the first of ours in the record.
    pub owner: Option<Who>,
    /// 对: to whom it was promised.
    pub to: Option<Who>,
    /// 转告部门 of an opinion.
    pub department: Option<Arc<str>>,
    /// 期限 as stated; the default of D-17/D-18 is a question with a policy.
    pub due: Option<Date>,
    /// The day of the record it was opened in.
    pub opened: Option<Date>,
    /// That record.
    pub record: Arc<Card>,
    /// Field key and row in it, from 0: the evidence.
    pub field: (&'static str, u32),
    /// How it was settled, if it was.
    pub done: Option<Done>,
}

impl OpenItem {
    /// Whether it is known by that number: its own, or the day of its record with its place there.
    fn is_numbered(&self, number: &ItemNumber) -> bool {
        let of_day = || self.opened.is_some_and(|day| day.to_string() == *number.record);
        self.number.ordinal == number.ordinal && (self.number.record == number.record || of_day())
    }

    /// Whether it is open on a day: opened by then, and not settled by then (an item settled without a day was settled).
    pub fn is_open(&self, as_of: crate::calendar::AsOf) -> bool {
        let opened = self.opened.is_none_or(|day| day <= as_of.0);
        let settled = self.done.as_ref().is_some_and(|done| done.date.is_none_or(|day| day <= as_of.0));
        opened && !settled
    }
}

/// The fields that hold open items, with the sort of each and its text's key.
const FIELDS: [(&str, ItemSort); 4] = [
    ("promises", ItemSort::Promise),
    ("handled", ItemSort::Problem),
    ("open", ItemSort::Problem),
    ("opinions", ItemSort::Opinion),
];

/// Collects the items of all events (newest first) and closes those that were ticked, where they stand or later by number.
pub(super) fn gather(all: &[Event], hand: &mut Hand<'_>, news: &mut Vec<Diagnostic>) -> Vec<OpenItem> {
    // A call of the same day takes no number from the day's visit.
    let events: Vec<&Event> = all.iter().filter(|event| event.sort != EventSort::Call).collect();
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
            for (row, at) in event.record.sheet.rows(field).iter().zip(0..) {
                if row.refers.is_none() {
                    new.extend(item(event, hand, &days, (field, at), sort, row));
                }
            }
        }
        new.sort_by_key(|item| item.number.ordinal);
        items.append(&mut new);
    }
    for event in events.iter().rev() {
        for (field, _) in FIELDS {
            for row in event.record.sheet.rows(field) {
                close(event, field, row, &mut items, news);
            }
        }
    }
    items
}

fn item(
    event: &Event,
    hand: &Hand<'_>,
    days: &BTreeMap<Date, usize>,
    (field, at): (&'static str, u32),
    sort: ItemSort,
    row: &Row,
) -> Option<OpenItem> {
    let record = &event.record;
    let date = |key| rows::date(record, field, row, key);
    // Two records of one day are told apart by the file's name (`decisions.md` 18).
    let base: Arc<str> = match event.date {
        Some(day) if days.get(&day) == Some(&1) => day.to_string().into(),
        _ => record.id.stem().into(),
    };
    // An opinion is settled when the department was told (S-04.10b).
    let day = date("done").or_else(|| date("on").filter(|_| sort == ItemSort::Opinion));
    let settled = row.tick == Some(true) || day.is_some() || (field == "handled" && row.tick != Some(false));
    let owner = hand.of_row(record, field, row, "owner", "staff");
    // Somebody of theirs in brackets is who it was promised to.
    let theirs = owner.clone().filter(|who| who.card().is_some_and(|card| !card.is("staff")));
    let marked = row.tail.iter().find(|name| name.mark == NameMark::To).map(|name| hand.who(record, name));
    Some(OpenItem {
        number: ItemNumber { record: base, ordinal: row.ordinal.unwrap_or(at as u16 + 1) },
        sort,
        text: rows::text(record, field, row, "what")?,
        owner: owner.filter(|_| theirs.is_none()).or_else(|| event.ours.first().cloned()),
        to: marked.or_else(|| hand.of_row(record, field, row, "to", "person")).or(theirs.filter(|_| sort == ItemSort::Promise)),
        department: rows::text(record, field, row, "department"),
        due: date("due"),
        opened: event.date,
        record: event.card.clone(),
        field: (field, at),
        done: settled.then(|| Done { date: day.or(event.date), by: event.card.clone() }),
    })
}

/// A tick elsewhere carries the number and the text; if the text no longer matches, nothing is closed.
fn close(event: &Event, field: &'static str, row: &Row, items: &mut [OpenItem], news: &mut Vec<Diagnostic>) {
    let Some(refers) = &row.refers else { return };
    let written = rows::text(&event.record, field, row, "what").unwrap_or_default();
    let meant: Vec<usize> = (0..items.len()).filter(|at| items[*at].is_numbered(&refers.value)).collect();
    // Where two records share a day, the text says which of the two is meant.
    let Some(&at) = meant.iter().find(|at| says_same(&written, &items[**at].text)) else {
        news.push(match meant.first() {
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
        let date = rows::date(&event.record, field, row, "done").or(event.date);
        item.done = Some(Done { date, by: event.card.clone() });
    }
}

/// A number that no item has, with those there are of that day.
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

/// Whether a tick's text is that of the item: blanks and punctuation do not count, and a remark may follow.
fn says_same(written: &str, text: &str) -> bool {
    let (here, there) = (gist(written), gist(text));
    here == there || (there.chars().count() >= 4 && here.starts_with(&there))
}
