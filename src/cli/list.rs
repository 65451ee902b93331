//! `kedang list`: lists the records of one kind.

use anyhow::Result;
use serde_json::{Map, Value as Json};

use super::args::{Args, List, ReportFormat};
use super::failure::Failure;
use super::progress::TerminalProgress;
use super::session::Session;
use super::value_text::{self, ValueRenderer};
use super::{Environment, Exit};
use crate::archive::Archive;
use crate::diag::nearest;
use crate::i18n::{Catalog, Lang, Message};
use crate::kind::{Field, FieldIndex, FieldType, Kind, Kinds, Need};
use crate::record::Record;
use crate::table::{self, Cell, Column, Row, Table};

/// Maximum number of fields beside the name on a terminal.
const MAX_TERMINAL_COLUMNS: usize = 6;

pub(super) fn run(task: &List, args: &Args, env: &mut Environment, lang: &mut Option<Lang>) -> Result<Exit> {
    let mut session = match Session::open(args, None, env, lang)? {
        Ok(session) => session,
        Err(exit) => return Ok(exit),
    };
    let (words, config) = (session.words, session.config.clone());
    let Some(asked) = &task.kind else {
        for kind in config.kinds.all() {
            env.out.line(format!("{:<14} {}", kind.key, label(kind, words)));
        }
        return Ok(Exit::Success);
    };
    let called = |kind: &Kind| *asked == *kind.key || *asked == *kind.label || kind.english.eq_ignore_ascii_case(asked);
    let Some(kind) = config.kinds.all().iter().find(|kind| called(kind)) else {
        let failure = Failure::usage(Message::new("cli.list.unknown").with("kind", asked));
        let known = || config.kinds.all().iter().flat_map(|kind| [&*kind.key, &*kind.label]);
        let failure = match nearest(asked, known()) {
            Some(meant) => failure.help(Message::new("cli.usage.meant").with("meant", meant)),
            None => failure,
        };
        let keys: Vec<&str> = config.kinds.all().iter().map(|kind| &*kind.key).collect();
        return Err(failure.help(Message::new("cli.usage.values").with("values", keys.join("、"))).into());
    };
    let edition = session.edition(task.edition.as_deref())?;
    let progress = TerminalProgress::new(env, words);
    let read = session.read(&edition, &progress)?;
    drop(progress);
    let texts = session.builder.source_texts(&session.disk, Some(&config));
    let renderer = ValueRenderer { sources: &texts, words };
    let (kind, records) = records(&read.archive, &config.kinds, kind);
    match task.format {
        ReportFormat::Json => {
            let all: Vec<Json> = records.iter().map(|record| json(record, renderer)).collect();
            env.out.line(serde_json::to_string_pretty(&all)?);
        }
        ReportFormat::Csv => {
            let fields: Vec<FieldIndex> = (0..kind.fields.len()).map(|at| FieldIndex(at as u16)).collect();
            env.out.write(table::to_csv(&tabulate(kind, &fields, &records, renderer), session.as_of, words));
        }
        ReportFormat::Table => {
            let fields = informative_fields(kind, &records);
            let table = tabulate(kind, &fields, &records, renderer);
            env.out.write(table::to_terminal(&table, session.as_of, words, value_text::width(env)));
        }
    }
    Ok(Exit::Success)
}

fn label<'a>(kind: &'a Kind, words: &Catalog) -> &'a str {
    if words.lang() == Lang::En { &kind.english } else { &kind.label }
}

/// The records of a kind in order of id, and their kind: the rows of a month file are records of another kind.
fn records<'a>(archive: &'a Archive, kinds: &'a Kinds, asked: &'a Kind) -> (&'a Kind, Vec<&'a Record>) {
    let target = asked.expands.as_ref().and_then(|(_, target)| kinds.get(target));
    let is_asked = |record: &Record| match target {
        Some(target) => {
            let lies_there = || kinds.match_path(&record.path).is_some_and(|place| place.kind == asked.key);
            record.kind.key == asked.key || (record.kind.key == target.key && lies_there())
        }
        None => record.kind.key == asked.key,
    };
    let inner = archive.dossiers.values().flat_map(|dossier| dossier.records());
    let mut found: Vec<&Record> =
        inner.chain(archive.shared_and_staff_records()).map(|record| &**record).filter(|record| is_asked(record)).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    (target.map_or(asked, |target| target), found)
}

/// Fields for columns on a terminal: needed by the kind, short, and present in a record.
fn informative_fields(kind: &Kind, records: &[&Record]) -> Vec<FieldIndex> {
    let is_short = |field: &Field| !matches!(field.ty, FieldType::Rows(_) | FieldType::Prose | FieldType::Texts);
    let is_said = |index: FieldIndex| records.iter().any(|record| record.fields.get(&kind.field(index).key).is_some());
    let indices = || (0..kind.fields.len()).map(|at| FieldIndex(at as u16));
    let wanted = indices().filter(|index| kind.field(*index).need != Need::Optional);
    let rest = indices().filter(|index| kind.field(*index).need == Need::Optional);
    let mut chosen: Vec<FieldIndex> =
        wanted.chain(rest).filter(|index| is_short(kind.field(*index)) && is_said(*index)).take(MAX_TERMINAL_COLUMNS).collect();
    chosen.sort_unstable();
    chosen
}

fn tabulate(kind: &Kind, fields: &[FieldIndex], records: &[&Record], renderer: ValueRenderer<'_>) -> Table {
    let english = renderer.words.lang() == Lang::En;
    let id = Column { key: "id", label: Message::new("cli.list.id"), number: false };
    let columns = fields.iter().map(|index| {
        let field = kind.field(*index);
        // Labels are not catalogue keys and so are shown as they are.
        let label = if english { &field.english } else { &field.label };
        Column {
            key: "",
            label: Message::new(&**label),
            number: matches!(field.ty, FieldType::Number { .. } | FieldType::Money),
        }
    });
    let rows = records.iter().map(|record| {
        let cells = fields.iter().map(|index| {
            let field = kind.field(*index);
            record.fields.get(&field.key).map_or(Cell::Empty, |value| Cell::Text(renderer.text(field, value)))
        });
        let id = Cell::Text(record.id.to_string());
        Row { cells: [id].into_iter().chain(cells).collect(), staff: Vec::new(), customer: None }
    });
    let title = Message::new("cli.list.title").with("kind", label(kind, renderer.words)).with("count", records.len());
    Table { name: "list", title, note: None, columns: [id].into_iter().chain(columns).collect(), rows: rows.collect() }
}

fn json(record: &Record, renderer: ValueRenderer<'_>) -> Json {
    let mut object = Map::new();
    object.insert("id".to_owned(), record.id.to_string().into());
    object.insert("kind".to_owned(), record.kind.key.to_string().into());
    object.insert("path".to_owned(), record.path.to_string().into());
    object.insert("customer".to_owned(), record.customer.as_deref().into());
    object.insert("date".to_owned(), record.date.map(|date| date.to_string()).into());
    object.insert("secrecy".to_owned(), record.secrecy.into());
    let fields: Map<String, Json> = record
        .fields
        .values
        .iter()
        .map(|(index, value)| {
            let field = record.fields.kind.field(*index);
            (field.key.to_string(), renderer.json(field, value))
        })
        .collect();
    object.insert("fields".to_owned(), fields.into());
    if !record.fields.unknown.is_empty() {
        let unknown = record.fields.unknown.iter().map(|unknown| {
            let pair = [("key", unknown.key.value.to_string()), ("value", unknown.text.to_string())];
            Json::Object(pair.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
        });
        object.insert("unknown".to_owned(), unknown.collect::<Vec<_>>().into());
    }
    let prose = renderer.markdown(&record.prose);
    if !prose.is_empty() {
        object.insert("prose".to_owned(), prose.into());
    }
    object.into()
}
