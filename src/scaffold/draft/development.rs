//! Draft of a year's plan for a customer, from the open parts of the last one.

use super::context::DraftContext;
use super::plan_row::codes;
use super::record_text::{RecordText, cell, item};
use super::{Draft, PLACEHOLDER};
use crate::archive::DevelopmentPlan;
use crate::calendar::{Date, Period, parse_period};
use crate::i18n::Message;
use crate::kind::{FieldType, Row, Rows, Value};
use crate::record::key;

/// The text fields of each part of the plan (第十四条).
const PARTS: [(&str, &[&str]); 5] = [
    ("summary", &["objective", "goals", "view"]),
    ("overview", &["position", "market", "strategy", "trend", "strengths", "weaknesses", "opportunities", "threats"]),
    ("competition", &["competitors"]),
    (
        "assessment",
        &[
            "standing",
            "potential",
            "history",
            "business",
            "our_strengths",
            "our_weaknesses",
            "our_opportunities",
            "our_threats",
        ],
    ),
    ("plan", &["actions"]),
];

pub(super) fn development_plan(context: &DraftContext<'_>) -> Result<Draft, Message> {
    let (target, year) = match context.request.target.rsplit_once('/') {
        Some((target, written)) => match parse_period(written.trim()) {
            Ok(Period::Year(year)) if (1990..=2100).contains(&year) => (target.trim(), year),
            _ => return Err(Message::new("scaffold.new.development-year").with("year", written)),
        },
        None => (context.request.target.trim(), context.day().year()),
    };
    let dossier = context.dossier(target)?;
    let before = |plan: &&DevelopmentPlan| plan.year.is_some_and(|period| period.last().year() < year);
    let last = dossier.development_plans.iter().find(before).map(|plan| &*plan.record);
    let ours = context.ours(dossier)?;

    let mut sheet = RecordText::new(context.kind);
    sheet.line("year", year.to_string());
    sheet.line("author", &ours[0]);
    sheet.line("participants", ours[1..].join("、"));
    sheet.line("reviewer", "");
    sheet.line("verdict", "待审");
    for (part, keys) in PARTS {
        sheet.section(part, "");
        for key in keys {
            let said = last.and_then(|record| record.fields.get(key));
            let text = match *key {
                "goals" => last.map(|record| rows(record, key, |shape, row| Some(goal(shape, row)))).unwrap_or_default(),
                "actions" => {
                    let open = last.map(|record| rows(record, key, |shape, row| action(shape, row, year, &ours[0])));
                    let nothing = || item(PLACEHOLDER, &[ours[0].clone(), format!("{year}-12-31")], Some(false));
                    open.filter(|open| !open.is_empty()).unwrap_or_else(|| vec![nothing()])
                }
                "competitors" => last.map(competitors).unwrap_or_default(),
                _ => match said {
                    Some(Value::Texts(texts)) => texts.iter().map(|text| format!("- {}", text.value)).collect(),
                    Some(value) => vec![shown(value)],
                    None => Vec::new(),
                },
            };
            // Values of last year are suggestions only; required fields are listed as missing.
            if matches!(*key, "goals" | "standing" | "actions") {
                sheet.remaining_fields(key);
            }
            if !text.is_empty() || matches!(*key, "objective" | "goals" | "standing" | "actions") {
                sheet.below(key, &text.join("\n"));
            }
        }
    }
    Ok(sheet.draft(context.path_in(dossier, &year.to_string())))
}

/// The columns of a rows field.
fn shape<'r>(record: &'r crate::record::Record, key: &str) -> Option<&'r Rows> {
    let kind = &record.fields.kind;
    match &kind.field(kind.index_of(key)?).ty {
        FieldType::Rows(shape) => Some(shape),
        _ => None,
    }
}

/// A value in a form that can be written again.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.value.to_string(),
        Value::Texts(texts) => texts.iter().map(|text| &*text.value).collect::<Vec<_>>().join("、"),
        Value::Date(date) => date.value.to_string(),
        Value::Money(money) => money.value.to_string(),
        Value::Number(number) => number.value.to_string(),
        Value::Codes(all) => codes(&all.iter().map(|code| code.value.clone()).collect::<Vec<_>>()),
        Value::Names(names) => names.iter().map(|name| &*name.text).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    }
}

fn rows(record: &crate::record::Record, key: &str, write: impl Fn(&Rows, &Row) -> Option<String>) -> Vec<String> {
    let Some(shape) = shape(record, key) else { return Vec::new() };
    record.fields.rows(key).iter().filter_map(|row| write(shape, row)).collect()
}

fn said(shape: &Rows, row: &Row, key: &str) -> Option<String> {
    let value = row.cell(shape.index_of(key)?)?;
    Some(shown(value)).filter(|text| !text.is_empty())
}

/// A goal without its date and state, which are this year's.
fn goal(shape: &Rows, row: &Row) -> String {
    let measure = said(shape, row, "measure").map(|measure| format!("衡量 {measure}"));
    item(&said(shape, row, "goal").unwrap_or_default(), &measure.into_iter().collect::<Vec<_>>(), None)
}

/// An unfinished action, with its date or the end of the first quarter.
fn action(shape: &Rows, row: &Row, year: i16, ours: &str) -> Option<String> {
    if row.tick == Some(true) || said(shape, row, "done").is_some() {
        return None;
    }
    let owner = said(shape, row, "owner").or_else(|| row.tail.first().map(|name| name.text.to_string()));
    let due = match row.cell(shape.index_of(key::DUE)?) {
        Some(Value::Date(due)) if due.value.year() >= year => due.value,
        _ => Date::new(year, 3, 31).ok()?,
    };
    let goal = said(shape, row, "goal").map(|goal| format!("对应目标 {goal}"));
    let tail = [Some(owner.unwrap_or_else(|| ours.to_owned())), Some(due.to_string()), goal];
    Some(item(&said(shape, row, "action")?, &tail.into_iter().flatten().collect::<Vec<_>>(), Some(false)))
}

fn competitors(record: &crate::record::Record) -> Vec<String> {
    let keys = ["competitor", "strengths", "weaknesses", "state", "strategy"];
    let mut lines = rows(record, "competitors", |shape, row| {
        let cells: Vec<String> = keys.iter().map(|key| cell(&said(shape, row, key).unwrap_or_default())).collect();
        Some(format!("| {} |", cells.join(" | ")))
    });
    if !lines.is_empty() {
        lines.insert(0, "| 名称 | 优势 | 劣势 | 目前的状况 | 建议的策略 |\n|---|---|---|---|---|".to_owned());
    }
    lines
}
