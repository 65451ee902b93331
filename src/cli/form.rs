//! `kedang form`: official forms as text or workbook.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::args::{Args, Form as Task, FormFormat};
use super::failure::Failure;
use super::progress::TerminalProgress;
use super::report::find_entry;
use super::session::Session;
use super::{Environment, Exit, write_file};
use crate::archive::{Archive, DirectoryEntry, Dossier, Event, EventKind, Party};
use crate::calendar::Date;
use crate::diag::SourceLookup;
use crate::export::{PageSetup, workbook};
use crate::form::{FORMS, Form, FormContext, FormSubject, Sheet, blank_set, customer_set, fill, second_copy, text};
use crate::i18n::{Catalog, Lang, Message};
use crate::markdown::plain;
use crate::record::Record;
use crate::rule::RuleContext;

pub(super) fn run(task: &Task, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let Some(asked) = &task.number else { return Ok(list(Catalog::of(lang.unwrap_or_default()), env)) };
    let form = parse_form(asked)?;
    let mut session = match Session::open(args, task.as_of, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let edition = session.edition(task.edition.as_deref())?;
    let progress = TerminalProgress::new(env, session.words);
    let read = session.read(&edition, &progress)?;
    drop(progress);
    let archive = &read.archive;
    let config = session.config.clone();
    let context = FormContext { as_of: session.as_of, config: &config };
    let customer = find_entry(archive, "customer", task.customer.as_deref())?;
    let staff = find_entry(archive, "staff", task.staff.as_deref())?;
    let blank = customer.is_none() && staff.is_none();
    let dossier = customer.as_ref().and_then(|customer| archive.dossiers.get(customer.customer.as_ref()?));
    let visits = staff.as_ref().map_or_else(Vec::new, |staff| visits(archive, staff, task.date, context));
    let sheets = match (&customer, &staff) {
        (_, Some(staff)) => daily_reports(staff, &visits, context),
        (Some(_), None) => dossier.map_or_else(Vec::new, |dossier| of_customer(dossier, form, task, context)),
        (None, None) => match form {
            Some(form) => vec![fill(form, FormSubject::Nobody, context)],
            None => blank_set(context),
        },
    };
    if sheets.is_empty() {
        return Err(Failure::usage(Message::new("cli.form.nothing")).help(Message::new("cli.form.nothing-help")).into());
    }
    let texts = session.builder.source_texts(&session.disk, Some(&config));
    let prose = |record: &Record| prose_of(record, &texts);
    match task.format {
        FormFormat::Text => {
            let drawn: Vec<String> = sheets.iter().map(|sheet| text(sheet, &prose)).collect();
            write_output(task.out.as_deref(), drawn.join("\n").as_bytes(), env)
        }
        FormFormat::Xlsx => {
            if task.out.is_none() && env.out.terminal {
                return Err(Failure::usage(Message::new("cli.form.no-out")).help(Message::new("cli.form.no-out-help")).into());
            }
            let words = session.words;
            let level = dossier
                .map_or(0, |dossier| highest_secrecy(dossier))
                .max(visits.iter().map(|(.., visit)| visit.record.level()).max().unwrap_or(0));
            let mark = ["ui.secrecy_0", "ui.secrecy_1", "ui.secrecy_2", "ui.secrecy_3"]
                [usize::from(level.min(edition.ceiling).min(3))];
            let (secret, mark_of) = (words.get("ui.secret"), words.get("ui.mark"));
            let seal = format!("{secret} · {} · {mark_of} {}", edition.label, words.get(mark));
            let copy = dossier.map_or_else(String::new, |dossier| copy_label(dossier, task.second, words));
            let context = RuleContext { as_of: session.as_of, config: &config, edition: &edition };
            let hides = |form: &&Form| !blank && !form.reads.iter().all(|field| context.may_read(&[field]));
            let limited: Vec<u8> = FORMS.iter().filter(hides).map(|form| form.form).collect();
            let limit = format!("{}{}", words.get("ui.form_limited"), edition.label);
            let limited = (limited.as_slice(), limit.as_str());
            let imprint =
                PageSetup { company: &config.company, seal: &seal, copy: &copy, limited, as_of: session.as_of, blank };
            write_output(task.out.as_deref(), &workbook(&sheets, &imprint, &prose)?, env)
        }
    }
}

/// The requested form; `None` for all.
fn parse_form(asked: &str) -> Result<Option<&'static Form>> {
    let bare = asked.trim().trim_start_matches("附表");
    if matches!(bare, "all" | "全部" | "全套") {
        return Ok(None);
    }
    let found = bare.parse().ok().and_then(Form::numbered).or_else(|| FORMS.iter().find(|form| form.title == bare));
    match found {
        Some(form) => Ok(Some(form)),
        None => {
            let failure = Failure::usage(Message::new("cli.form.unknown").with("name", asked));
            Err(failure.help(Message::new("cli.usage.values").with("values", "1、2、3、4、5、6、7、all")).into())
        }
    }
}

fn list(words: &Catalog, env: &mut Environment) -> Exit {
    for form in FORMS.iter() {
        let title = if words.lang() == Lang::En { &form.english } else { &form.title };
        env.out.line(format!("{}  {title}", form.form));
    }
    Exit::Success
}

fn of_customer(dossier: &Dossier, form: Option<&Form>, task: &Task, context: FormContext<'_>) -> Vec<Sheet> {
    let wanted = |sheet: &Sheet| {
        form.is_none_or(|form| sheet.form == Some(form.form))
            && task.person.as_deref().is_none_or(|person| sheet.form != Some(2) || *sheet.about == *person)
    };
    let mut sheets: Vec<Sheet> = customer_set(dossier, context).into_iter().map(|whole| whole.sheet).filter(wanted).collect();
    if task.second && form.is_none() {
        sheets.extend(second_copy(dossier, context));
    }
    sheets
}

/// The highest secrecy level on the forms of a customer.
fn highest_secrecy(dossier: &Dossier) -> u8 {
    let spoken = dossier.directives.values().flatten().map(|directive| directive.record.secrecy);
    dossier.records().map(|record| record.level()).chain(spoken).max().unwrap_or(1)
}

/// Label of the copy (S-11.2c), as on the page: `第一份 · 存档 · 份号 KD-001-1`.
fn copy_label(dossier: &Dossier, second: bool, words: &Catalog) -> String {
    let (name, nth) = if second { ("ui.copy_two", 2) } else { ("ui.copy_one", 1) };
    let number = dossier.customer.as_ref().and_then(|customer| customer.record.fields.text("number"));
    let number = number.map_or_else(String::new, |number| format!(" · {} {}-{nth}", words.get("ui.copy_number"), number.value));
    format!("{}{number}", words.get(name))
}

type Visit<'a> = (Date, &'a Dossier, &'a Event);

/// The visits of a staff member on a day, or all up to today, in order.
fn visits<'a>(archive: &'a Archive, staff: &DirectoryEntry, day: Option<Date>, context: FormContext<'_>) -> Vec<Visit<'a>> {
    let mut visits: Vec<Visit<'a>> = Vec::new();
    for dossier in archive.dossiers.values() {
        for event in dossier.events.iter().filter(|event| event.sort == EventKind::Visit) {
            let date = event.date.filter(|date| *date <= context.as_of.0 && day.is_none_or(|day| day == *date));
            if let Some(date) = date.filter(|_| event.ours.first().is_some_and(|who| who.is(&staff.id))) {
                visits.push((date, dossier, event));
            }
        }
    }
    visits.sort_by(|a, b| (a.0, &a.2.record.id).cmp(&(b.0, &b.2.record.id)));
    visits
}

/// The daily reports of a staff member for these visits.
fn daily_reports(staff: &Arc<DirectoryEntry>, visits: &[Visit<'_>], context: FormContext<'_>) -> Vec<Sheet> {
    let Some(form) = Form::numbered(7) else { return Vec::new() };
    let who = Party::Registered(staff.clone());
    let of_day = visits.chunk_by(|one, next| one.0 == next.0);
    of_day
        .map(|day| {
            let visits: Vec<(&Dossier, &Event)> = day.iter().map(|(_, dossier, event)| (*dossier, *event)).collect();
            fill(form, FormSubject::Day(&who, day[0].0, &visits), context)
        })
        .collect()
}

/// The Markdown text of a record as plain text.
fn prose_of(record: &Record, texts: &dyn SourceLookup) -> String {
    let Some((_, text)) = texts.source(record.file) else { return String::new() };
    let parts = record.prose.iter().filter_map(|span| text.get(span.range()));
    parts.map(plain).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn write_output(out: Option<&Path>, bytes: &[u8], env: &mut Environment) -> Result<Exit> {
    match out {
        Some(path) => write_file::write_atomic(&env.working.join(path), bytes)?,
        None => env.out.write(bytes),
    }
    Ok(Exit::Success)
}
