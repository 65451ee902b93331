//! `kedang form`: official forms in the terminal or as a workbook.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::args::{Args, Form as Task, Paper};
use super::failure::Failure;
use super::office::Office;
use super::onlooker::Onlooker;
use super::report::named;
use super::{Exit, Outside, writing};
use crate::archive::{Archive, Card, Dossier, Event, EventSort, Who};
use crate::calendar::Date;
use crate::diag::Sources;
use crate::export::{Imprint, workbook};
use crate::form::{About, Desk, FORMS, Form, Sheet, blank_set, digest, fill, set, text};
use crate::prose::plain;
use crate::record::Record;
use crate::words::{Lang, Say, Words};

pub(super) fn run(task: &Task, args: &Args, outside: &mut Outside, lang: &mut Option<Lang>) -> Result<Exit> {
    let Some(asked) = &task.number else { return Ok(list(Words::of(lang.unwrap_or_default()), outside)) };
    let form = which(asked)?;
    let mut office = match Office::open(args, task.as_of, outside, lang)? {
        Ok(office) => office,
        Err(exit) => return Ok(exit),
    };
    let edition = office.edition(task.edition.as_deref())?;
    let onlooker = Onlooker::new(outside, office.words);
    let read = office.read(&edition, &onlooker)?;
    drop(onlooker);
    let archive = &read.archive;
    let policy = office.policy.clone();
    let desk = Desk { as_of: office.as_of, policy: &policy };
    let customer = named(archive, "customer", task.customer.as_deref())?;
    let staff = named(archive, "staff", task.staff.as_deref())?;
    let blank = customer.is_none() && staff.is_none();
    let sheets = match (&customer, &staff) {
        (_, Some(staff)) => days(archive, staff, task.date, desk),
        (Some(customer), None) => of_customer(archive, customer, form, task, desk),
        (None, None) => match form {
            Some(form) => vec![fill(form, About::Nobody, desk)],
            None => blank_set(desk),
        },
    };
    if sheets.is_empty() {
        return Err(Failure::usage(Say::new("cli.form.nothing")).help(Say::new("cli.form.nothing-help")).into());
    }
    let texts = office.workshop.texts(&office.disk, Some(&policy));
    let prose = |record: &Record| prose_of(record, &texts);
    match task.format {
        Paper::Text => {
            let drawn: Vec<String> = sheets.iter().map(|sheet| text(sheet, &prose)).collect();
            give(task.out.as_deref(), drawn.join("\n").as_bytes(), outside)
        }
        Paper::Xlsx => {
            if task.out.is_none() && outside.out.terminal {
                return Err(Failure::usage(Say::new("cli.form.no-out")).help(Say::new("cli.form.no-out-help")).into());
            }
            let seal = format!("{} · {}", office.words.get("ui.secret"), edition.label);
            let imprint = Imprint { company: &policy.company, seal: &seal, as_of: office.as_of, blank };
            give(task.out.as_deref(), &workbook(&sheets, &imprint, &prose)?, outside)
        }
    }
}

/// The form that is asked for; `None` for all of them.
fn which(asked: &str) -> Result<Option<&'static Form>> {
    let bare = asked.trim().trim_start_matches("附表");
    if matches!(bare, "all" | "全部" | "全套") {
        return Ok(None);
    }
    let found = bare.parse().ok().and_then(Form::numbered).or_else(|| FORMS.iter().find(|form| form.title == bare));
    match found {
        Some(form) => Ok(Some(form)),
        None => {
            let failure = Failure::usage(Say::new("cli.form.unknown").with("name", asked));
            Err(failure.help(Say::new("cli.usage.values").with("values", "1、2、3、4、5、6、7、all")).into())
        }
    }
}

fn list(words: &Words, outside: &mut Outside) -> Exit {
    for form in FORMS.iter() {
        let title = if words.lang() == Lang::En { &form.english } else { &form.title };
        outside.out.line(format!("{}  {title}", form.form));
    }
    Exit::Fine
}

fn of_customer(archive: &Archive, customer: &Arc<Card>, form: Option<&Form>, task: &Task, desk: Desk<'_>) -> Vec<Sheet> {
    let Some(dossier) = customer.customer.as_ref().and_then(|folder| archive.dossiers.get(folder)) else { return Vec::new() };
    let wanted = |sheet: &Sheet| {
        form.is_none_or(|form| sheet.form == Some(form.form))
            && task.person.as_deref().is_none_or(|person| sheet.form != Some(2) || *sheet.about == *person)
    };
    let mut sheets: Vec<Sheet> = set(dossier, desk).into_iter().map(|whole| whole.sheet).filter(wanted).collect();
    if task.second && form.is_none() {
        sheets.extend(digest(dossier, desk));
    }
    sheets
}

/// The daily reports of one of ours: of a day, or all of them up to today.
fn days(archive: &Archive, staff: &Arc<Card>, day: Option<Date>, desk: Desk<'_>) -> Vec<Sheet> {
    let Some(form) = Form::numbered(7) else { return Vec::new() };
    let who = Who::Filed(staff.clone());
    let mut visits: Vec<(Date, &Dossier, &Event)> = Vec::new();
    for dossier in archive.dossiers.values() {
        for event in dossier.events.iter().filter(|event| event.sort == EventSort::Visit) {
            let date = event.date.filter(|date| *date <= desk.as_of.0 && day.is_none_or(|day| day == *date));
            if let Some(date) = date.filter(|_| event.ours.first().is_some_and(|who| who.is(&staff.id))) {
                visits.push((date, dossier, event));
            }
        }
    }
    visits.sort_by(|a, b| (a.0, &a.2.record.id).cmp(&(b.0, &b.2.record.id)));
    let of_day = visits.chunk_by(|one, next| one.0 == next.0);
    of_day
        .map(|day| {
            let visits: Vec<(&Dossier, &Event)> = day.iter().map(|(_, dossier, event)| (*dossier, *event)).collect();
            fill(form, About::Day(&who, day[0].0, &visits), desk)
        })
        .collect()
}

/// The prose of a record as plain text.
fn prose_of(record: &Record, texts: &dyn Sources) -> String {
    let Some((_, text)) = texts.source(record.file) else { return String::new() };
    let parts = record.prose.iter().filter_map(|span| text.get(span.range()));
    parts.map(plain).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn give(out: Option<&Path>, bytes: &[u8], outside: &mut Outside) -> Result<Exit> {
    match out {
        Some(path) => writing::made_anew(&outside.working.join(path), bytes)?,
        None => outside.out.write(bytes),
    }
    Ok(Exit::Fine)
}
