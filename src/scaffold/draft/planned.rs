//! What a month's plan says of a visit.

use super::desk::Desk;
use crate::archive::{Archive, Who};
use crate::calendar::{Date, Month};
use crate::kind::{FieldType, Row, Rows, Value};
use crate::record::Record;

/// A row of 拜访计划书.
pub(super) struct Planned {
    /// The day it is for now: the new one where it was moved.
    pub date: Date,
    /// Whether nobody is to go.
    pub cancelled: bool,
    pub unit: Option<Who>,
    pub people: Vec<Who>,
    /// 目的, as a visit says it.
    pub purpose: String,
    pub goal: String,
    pub companions: Vec<Who>,
    pub carry: String,
    /// 费用预计.
    pub fee: String,
}

impl Planned {
    /// Whether it is a visit to this customer's folder.
    pub fn is_to(&self, customer: &str) -> bool {
        let card = self.unit.as_ref().and_then(Who::card);
        card.is_some_and(|card| card.is("customer") && card.customer.as_deref() == Some(customer))
    }
}

/// The rows of everybody's plans of these months whose 销售人员 the question fits, in order of plan and row.
pub(super) fn planned(archive: &Archive, months: &[Month], is_asked: impl Fn(&Who) -> bool) -> Vec<Planned> {
    let mut all = Vec::new();
    for plan in archive.of_kind("visit-plan") {
        let record = &*plan.record;
        let month = match record.sheet.get("month") {
            Some(Value::Month(month)) => month.value,
            _ => continue,
        };
        let names = record.sheet.names("staff").iter();
        if !months.contains(&month) || !names.map(|name| who(archive, record, name)).any(|who| is_asked(&who)) {
            continue;
        }
        let Some(shape) = shape(record, "visits") else { continue };
        all.extend(record.sheet.rows("visits").iter().filter_map(|row| read(archive, record, shape, row)));
    }
    all
}

/// The row that a visit on that day carries out: of that day, else the one nearest to it within a week that nobody carried out.
pub(super) fn row_for(desk: &Desk<'_>, customer: &str, day: Date, visited: &[Date]) -> Option<Planned> {
    let month = Month::of(day);
    let all = planned(desk.archive, &[month.previous(), month, month.next()], |_| true);
    let away = |row: &Planned| (row.date - day).get_days().abs();
    let fits = |row: &Planned| row.is_to(customer) && !row.cancelled && away(row) <= 7;
    let free = |row: &Planned| row.date == day || !visited.contains(&row.date);
    all.into_iter().filter(|row| fits(row) && free(row)).min_by_key(away)
}

fn read(archive: &Archive, record: &Record, shape: &Rows, row: &Row) -> Option<Planned> {
    let cell = |key: &str| row.cell(shape.index_of(key)?);
    let text = |key: &str| cell(key).map(shown).unwrap_or_default();
    let named = |key: &str| match cell(key) {
        Some(Value::Names(names)) => names.iter().map(|name| who(archive, record, name)).collect(),
        _ => Vec::new(),
    };
    let Some(Value::Date(date)) = cell("date") else { return None };
    let (mut units, mut people, mut companions): (Vec<Who>, Vec<Who>, Vec<Who>) =
        (named("customer"), named("people"), named("companions"));
    for name in &row.tail {
        let who = who(archive, record, name);
        match who.card() {
            Some(card) if card.is("customer") || card.is("competitor") => units.push(who),
            Some(card) if card.is("staff") => companions.push(who),
            None if units.is_empty() => units.push(who),
            _ => people.push(who),
        }
    }
    let (moved, cancelled) = change(shape, row);
    Some(Planned {
        date: moved.unwrap_or(date.value),
        cancelled,
        unit: units.into_iter().next(),
        people,
        purpose: codes(cell("purpose")),
        goal: text("goal"),
        companions,
        carry: text("carry"),
        fee: text("fee"),
    })
}

/// The new day of a moved visit, and whether it is off.
fn change(shape: &Rows, row: &Row) -> (Option<Date>, bool) {
    let Some(at) = shape.index_of("change") else { return (None, false) };
    let (Some(Value::Rows(rows)), FieldType::Rows(inner)) = (row.cell(at), &shape.field(at).ty) else { return (None, false) };
    let Some(change) = rows.first() else { return (None, false) };
    let cell = |key: &str| change.cell(inner.index_of(key)?);
    let to = match cell("to") {
        Some(Value::Date(date)) => Some(date.value),
        _ => None,
    };
    (to, codes(cell("how")) == "取消")
}

/// The shape of a field of small records.
pub(super) fn shape<'r>(record: &'r Record, key: &str) -> Option<&'r Rows> {
    let kind = &record.sheet.kind;
    match &kind.field(kind.index_of(key)?).ty {
        FieldType::Rows(shape) => Some(shape),
        _ => None,
    }
}

/// Who a name in a record of the department is.
pub(super) fn who(archive: &Archive, record: &Record, name: &crate::kind::Name) -> Who {
    let known = archive.names.get(&record.id).and_then(|placed| placed.get(&name.id)).cloned();
    known.unwrap_or_else(|| Who::Unfiled { name: name.text.clone(), note: name.note.clone() })
}

/// Codes as people type them: the letter, or the word where there is none.
fn codes(value: Option<&Value>) -> String {
    let Some(Value::Codes(codes)) = value else { return String::new() };
    let short = |code: &crate::kind::CodeValue| if code.code.is_empty() { code.word.clone() } else { code.code.clone() };
    codes.iter().map(|code| short(&code.value).to_string()).collect::<Vec<_>>().join(" ")
}

/// A plain value as it may be written again.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.value.to_string(),
        Value::Texts(texts) => texts.iter().map(|text| &*text.value).collect::<Vec<_>>().join("、"),
        Value::Date(date) => date.value.to_string(),
        Value::Money(money) => money.value.to_string(),
        Value::Number(number) => number.value.to_string(),
        Value::Codes(_) => codes(Some(value)),
        Value::Names(names) => names.iter().map(|name| &*name.text).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}
