//! Sets of forms printed together: all forms of a customer, all blank forms, and the additions of the second copy.

use std::sync::Arc;

use super::rows::{here, members, visits};
use super::{Cell, Content, FORMS, Form, FormContext, FormSubject, Note, Row, Sheet, Subject, fill};
use crate::archive::{Dossier, Event, Project};
use crate::markdown::strip_links;

/// A sheet of a customer's set.
pub struct SetEntry<'a> {
    /// The sheet.
    pub sheet: Sheet,
    /// The person, for 附表2.
    pub person: Option<&'a crate::archive::Person>,
}

/// Number of statements in the market summary.
const FACTS: usize = 12;
/// Number of contacts in the visit schedule.
const CONTACTS: usize = 20;

/// All forms of a customer in order: 附表2 for each key person, 附表4 also for each project with roles, 附表7 for the day of
/// the last visit (visits to this customer only). Forms without content are blank.
pub fn customer_set<'a>(dossier: &'a Dossier, context: FormContext<'_>) -> Vec<SetEntry<'a>> {
    let plain = |sheet: Sheet| SetEntry { sheet, person: None };
    let mut all = Vec::new();
    for form in FORMS.iter() {
        match form.form {
            2 => {
                let before = all.len();
                all.extend(here(dossier, context).map(|person| SetEntry {
                    sheet: fill(form, FormSubject::Person(dossier, person), context),
                    person: Some(person),
                }));
                if all.len() == before {
                    let mut sheet = fill(form, FormSubject::Nobody, context);
                    // To be filled in by hand for this customer.
                    sheet.above.iter_mut().for_each(|(_, content)| *content = Content::text(&dossier.entry.name));
                    all.push(plain(sheet));
                }
            }
            4 => {
                all.push(plain(fill(form, FormSubject::Customer(dossier), context)));
                all.extend(project_sheets(form, dossier, context).map(plain));
            }
            7 => all.extend(last_day(form, dossier, context).into_iter().map(plain)),
            _ => all.push(plain(fill(form, FormSubject::Customer(dossier), context))),
        }
    }
    all
}

/// Subjects of a form in one dossier, for printing it for all customers: the customer, or each key person.
pub fn subjects<'a>(form: &Form, dossier: &'a Dossier, context: FormContext<'_>) -> Vec<FormSubject<'a>> {
    match form.subject {
        Subject::Customer => vec![FormSubject::Customer(dossier)],
        Subject::Person => here(dossier, context).map(|person| FormSubject::Person(dossier, person)).collect(),
        Subject::Day => Vec::new(),
    }
}

/// 附表4 of each project with roles.
fn project_sheets<'a>(form: &'static Form, dossier: &'a Dossier, context: FormContext<'a>) -> impl Iterator<Item = Sheet> + 'a {
    let decided = move |project: &&Project| members(project, context).any(|member| !member.roles.is_empty());
    dossier.projects.iter().filter(decided).map(move |project| fill(form, FormSubject::Project(dossier, project), context))
}

/// 附表7 of the day of the last visit, one for each visitor.
fn last_day(form: &'static Form, dossier: &Dossier, context: FormContext<'_>) -> Vec<Sheet> {
    let Some((day, ..)) = visits(dossier, context).next() else { return vec![fill(form, FormSubject::Nobody, context)] };
    let of_day: Vec<_> = visits(dossier, context).take_while(|(date, ..)| *date == day).collect();
    let mut sheets: Vec<Sheet> = Vec::new();
    for (at, (_, who, _)) in of_day.iter().enumerate() {
        if of_day[..at].iter().any(|(_, before, _)| before.name() == who.name()) {
            continue;
        }
        let mine: Vec<(&Dossier, &Event)> = of_day
            .iter()
            .rev()
            .filter(|(_, other, _)| other.name() == who.name())
            .map(|(.., event)| (dossier, *event))
            .collect();
        sheets.push(fill(form, FormSubject::Day(who, day, &mine), context));
    }
    sheets
}

/// The seven blank forms.
pub fn blank_set(context: FormContext<'_>) -> Vec<Sheet> {
    FORMS.iter().map(|form| fill(form, FormSubject::Nobody, context)).collect()
}

/// What the head's copy contains in addition (S-11.2c): a market summary and a visit schedule.
pub fn second_copy(dossier: &Dossier, context: FormContext<'_>) -> Vec<Sheet> {
    let unit = Content::text(&dossier.entry.name);
    let seen = dossier.information.iter().filter(|row| row.date.is_none_or(|date| date <= context.as_of.0));
    let facts = seen.take(FACTS).map(|row| {
        [
            Content::text(row.date.map_or_else(String::new, |date| date.to_string())),
            row.topic.as_ref().map_or(Content::Blank, Content::text),
            Content::text(strip_links(&row.fact)),
            row.meaning.as_ref().map_or(Content::Blank, |meaning| Content::text(strip_links(meaning))),
        ]
    });
    let market = table("市场分析摘要", &unit, [15, 17, 38, 30], ["日期", "方面", "信息", "含义"], facts, 6);
    let mut owed: Vec<_> = dossier
        .pairs
        .iter()
        .filter_map(|pair| {
            let standing = dossier.contact_owed(pair, context.as_of, context.config);
            Some((standing.next?, pair, standing.last))
        })
        .collect();
    owed.sort_by(|a, b| (a.0, &a.1.ours.id, &a.1.theirs.id).cmp(&(b.0, &b.1.ours.id, &b.1.theirs.id)));
    let contacts = owed.into_iter().take(CONTACTS).map(|(next, pair, last)| {
        let title = dossier.person(&pair.theirs.id).and_then(|person| person.title.as_ref());
        [
            Content::text(next.to_string()),
            Content::text(&pair.ours.name),
            Content::text(match title {
                Some(title) => format!("{}（{title}）", pair.theirs.name),
                None => pair.theirs.name.to_string(),
            }),
            Content::text(last.map_or_else(String::new, |(date, _)| date.to_string())),
            Content::Blank,
        ]
    });
    let heads = ["下一次联系的日期", "我方", "客户方", "上次联系", "部长批注"];
    let mut schedule = table("走访客户计划", &unit, [18, 16, 30, 16, 20], heads, contacts, 8);
    schedule.notes.push(Note {
        about: "用途".into(), text: "供市场部部长、副部长分析市场，安排走访客户。".into()
    });
    vec![market, schedule]
}

fn table<const N: usize>(
    title: &str,
    unit: &Content,
    columns: [u8; N],
    heads: [&str; N],
    rows: impl Iterator<Item = [Content; N]>,
    least: usize,
) -> Sheet {
    let cell = Cell { wide: 1, deep: 1, ..Cell::default() };
    let head = heads.map(|head| Cell { is_label: true, printed: vec![head.into()].into(), ..cell.clone() });
    let row = |contents: [Content; N]| Row {
        starts: true,
        cells: contents.map(|content| Cell { content, ..cell.clone() }).into(),
        ..Row::default()
    };
    let mut rows: Vec<Row> = rows.map(row).collect();
    while rows.len() < least {
        rows.push(row([const { Content::Blank }; N]));
    }
    Sheet {
        form: None,
        title: title.into(),
        about: "".into(),
        above: vec![("单位名称".into(), unit.clone())],
        columns: columns.into(),
        heads: vec![Row { cells: head.into(), ..Row::default() }],
        rows,
        notes: Vec::new(),
        signs: ["制表", "接收"].map(Arc::from).into(),
    }
}
