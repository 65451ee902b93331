//! Registration: builds the directory from all records.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::inbox::addresses_others;
use super::normalize::normalize;
use super::{Absence, Directory, DirectoryEntry};
use crate::calendar::Date;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Value;
use crate::record::{Record, key};
use crate::text::{Fingerprinter, Span};

/// The directory with its diagnostics (two records with one id).
#[derive(Clone, Debug, Default)]
pub struct Registered {
    /// The directory.
    pub directory: Directory,
    /// Diagnostics.
    pub diagnostics: Vec<Diagnostic>,
}

/// Registers all records. Of two records with one id the first by path is registered and the other is reported.
pub fn register<'a>(records: impl IntoIterator<Item = &'a Record>) -> Registered {
    let mut diagnostics = Vec::new();
    let records = dedup_by_id(records.into_iter().collect(), &mut diagnostics);
    let mut directory = Directory::default();
    let mut fingerprint = Fingerprinter::new();
    // Tens of thousands of records: maps are built from sorted lists, not entry by entry.
    let mut entries = Vec::with_capacity(records.len());
    let mut paths = Vec::with_capacity(records.len());
    let made: Vec<Arc<DirectoryEntry>> = records
        .par_iter()
        .with_min_len(256)
        .zip(order(&records))
        .map(|(record, nth)| Arc::new(directory_entry(record, nth)))
        .collect();
    for (record, entry) in records.iter().zip(made) {
        fingerprint.hash(&*entry);
        paths.push((record.path.0.clone(), entry.clone()));
        if let Some(unit) = record.fields.names(key::UNIT).first()
            && entry.is("person")
        {
            directory.units.insert(entry.id.clone(), unit.text.clone());
        }
        if ["staff", "customer", "competitor"].contains(&&*entry.kind) {
            directory.public.push(entry.clone());
        }
        if ["staff", "person", "project", "customer", "competitor", "page"].contains(&&*entry.kind) {
            let mut called: Vec<Arc<str>> = Vec::new();
            for name in entry.aliases.iter().chain([&entry.name]) {
                let folded = normalize(name);
                if !called.iter().any(|one| **one == *folded) {
                    called.push(folded.as_ref().into());
                }
            }
            for name in called {
                directory.names.entry(name).or_default().push(entry.clone());
            }
        }
        entries.push((record.id.clone(), entry));
    }
    paths.sort_by(|(a, _), (b, _)| a.cmp(b));
    paths.dedup_by(|(later, _), (first, _)| later == first);
    directory.paths = paths.into_iter().collect();
    directory.entries = entries.into_iter().collect();
    directory.fingerprint = fingerprint.finish();
    Registered { directory, diagnostics }
}

/// Reports customers that share a name or a number.
pub fn duplicate_names<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Diagnostic> {
    let customers = records.into_iter().filter(|record| &*record.kind.key == "customer").collect();
    // Of two customers with one id only the first counts; `register` reports the other.
    let customers = dedup_by_id(customers, &mut Vec::new());
    let mut diagnostics = Vec::new();
    report_duplicates(&customers, "name", Code::DuplicateName, &mut diagnostics);
    report_duplicates(&customers, "number", Code::DuplicateNumber, &mut diagnostics);
    diagnostics
}

/// Whether a changed record is the same to all others: same directory entry, same references.
pub fn is_unchanged_for_others(before: &Record, now: &Record) -> bool {
    let first = |record: &Record, key: &str| record.fields.names(key).first().map(|name| name.text.clone());
    let number = |record: &Record| record.fields.text(key::NUMBER).map(|text| text.value.clone());
    // While the regulation is new, the level decides whether whole-archive findings about the customer are reported.
    let level = |record: &Record| record.fields.code(key::LEVEL).map(|code| code.word.clone());
    let spoken = |record: &Record| -> Vec<_> {
        let links = record.links.iter();
        links.map(|leveled| (leveled.link.kind, leveled.link.target.clone(), leveled.level)).collect()
    };
    before.path == now.path
        && before.customer == now.customer
        && directory_entry(before, 0) == directory_entry(now, 0)
        && number(before) == number(now)
        && level(before) == level(now)
        && first(before, "unit") == first(now, "unit")
        && first(before, "parent") == first(now, "parent")
        && spoken(before) == spoken(now)
        // Facts of these records are part of dossiers.
        && (!addresses_others(now) || before.facts == now.facts)
}

/// Sorts by id and keeps the first by path of each id; reports the others.
fn dedup_by_id<'a>(mut records: Vec<&'a Record>, diagnostics: &mut Vec<Diagnostic>) -> Vec<&'a Record> {
    records.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.path.cmp(&b.path)));
    records.dedup_by(|second, kept| {
        let same = second.id == kept.id;
        if same {
            diagnostics.push(
                Diagnostic::new(Code::RecordCollision, head_span(second))
                    .with("this", &second.path)
                    .with("other", &kept.path)
                    .label(head_span(kept), Message::new("label.said-there-first"))
                    .help(Message::new("help.record-collision")),
            );
        }
        same
    });
    records
}

/// Position of each dated record among those of its customer, kind and year; 0 for all others.
fn order(records: &[&Record]) -> Vec<u32> {
    let mut dated: Vec<_> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| ["visit", "contact"].contains(&&*record.kind.key))
        .map(|(at, record)| ((record.customer.as_deref(), &*record.kind.key, record.date.map(Date::year)), record.date, at))
        .collect();
    dated.sort_unstable();
    let mut nth = vec![0; records.len()];
    for group in dated.chunk_by(|(one, ..), (other, ..)| one == other) {
        group.iter().zip(0..).for_each(|((.., at), place)| nth[*at] = place);
    }
    nth
}

fn directory_entry(record: &Record, nth: u32) -> DirectoryEntry {
    let fields = &record.fields;
    let stem = record.id.stem();
    let text = |key: &str| fields.text(key).map(|text| text.value.clone());
    let words = |key: &str| fields.texts(key).iter().map(|text| text.value.clone());
    let folder = || record.customer.clone().unwrap_or_else(|| stem.into());
    let (name, short, title): (Arc<str>, _, _) = match &*record.kind.key {
        "customer" => (text(key::NAME).unwrap_or_else(folder), words("short").next(), None),
        "person" => (text(key::NAME).unwrap_or_else(|| stem.into()), words("call").next(), title(record)),
        "staff" => (text(key::NAME).unwrap_or_else(|| stem.into()), None, fields.code(key::POST).map(|post| post.word.clone())),
        "visit" | "contact" | "inbound" => (record.date.map_or_else(|| stem.into(), |day| day.to_string().into()), None, None),
        _ => (text(key::TITLE).or_else(|| text(key::NAME)).unwrap_or_else(|| stem.into()), None, None),
    };
    let mut aliases: Vec<Arc<str>> = words("short").chain(words("call")).chain(words("aliases")).collect();
    match &*record.kind.key {
        "customer" => aliases.push(folder()),
        _ => aliases.push(stem.into()),
    }
    // No longer in post but without a date: treated as having left before any date.
    let left = fields.date(key::LEFT).map(|day| day.value).or((fields.yes_no(key::ACTIVE) == Some(false)).then_some(Date::MIN));
    DirectoryEntry {
        id: record.id.clone(),
        kind: record.kind.key.clone(),
        name,
        short,
        title,
        aliases,
        pinyin: text(key::PINYIN),
        customer: record.customer.clone(),
        date: record.date,
        nth,
        left,
        absences: absences(record),
        secrecy: record.secrecy,
        anchors: record.anchors.clone().into(),
    }
}

/// 出勤 of a staff member; an entry without an end covers one day.
fn absences(record: &Record) -> Vec<Absence> {
    if &*record.kind.key != "staff" {
        return Vec::new();
    }
    let read = |row| {
        let from = super::rows::date(record, key::ABSENCE, row, key::FROM)?;
        let to = super::rows::date(record, key::ABSENCE, row, key::TO).unwrap_or(from);
        let kind = super::rows::text(record, key::ABSENCE, row, key::KIND);
        Some(Absence { from, to, travelling: kind.as_deref() == Some("出差") })
    };
    let mut away: Vec<Absence> = record.fields.rows(key::ABSENCE).iter().filter_map(read).collect();
    away.sort();
    away
}

/// Current 职务: the latest row of 职务变动, else the field.
pub(super) fn title(record: &Record) -> Option<Arc<str>> {
    let rows = record.fields.rows(key::TITLE_HISTORY);
    let latest = super::rows::latest(record, key::TITLE_HISTORY, rows, key::FROM);
    latest
        .and_then(|row| match super::rows::cell(record, key::TITLE_HISTORY, row, key::TITLE) {
            Some(Value::Text(text)) => Some(text.value.clone()),
            _ => None,
        })
        .or_else(|| record.fields.text(key::TITLE).map(|text| text.value.clone()))
}

fn report_duplicates(records: &[&Record], key: &str, code: Code, diagnostics: &mut Vec<Diagnostic>) {
    let mut said: BTreeMap<String, (&Record, Span)> = BTreeMap::new();
    for record in records {
        let Some(text) = record.fields.text(key) else { continue };
        let folded = normalize(&text.value).into_owned();
        match said.get(&folded) {
            Some((other, span)) => diagnostics.push(
                Diagnostic::new(code, text.span)
                    .with("name", &text.value)
                    .with("other", &other.path)
                    .label(*span, Message::new("label.said-there-first")),
            ),
            None => {
                said.insert(folded, (record, text.span));
            }
        }
    }
}

/// An empty span at the start of the record's file.
pub(super) fn head_span(record: &Record) -> Span {
    Span::new(record.file, 0, 0)
}
