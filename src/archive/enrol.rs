//! Writing everybody's card.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::addressed::is_speaking;
use super::fold::fold;
use super::{Away, Card, Directory};
use crate::calendar::Date;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Value;
use crate::record::Record;
use crate::text::{Fingerprinter, Span};

/// The directory and what is wrong with it as a whole: two records of one identity.
#[derive(Clone, Debug, Default)]
pub struct Enrolled {
    /// Everybody's card.
    pub directory: Directory,
    /// What is wrong.
    pub news: Vec<Diagnostic>,
}

/// Enrols all records. Of two with one identity the first by path is enrolled and both are reported.
pub fn enrol<'a>(records: impl IntoIterator<Item = &'a Record>) -> Enrolled {
    let mut news = Vec::new();
    let records = first_of_each(records.into_iter().collect(), &mut news);
    let mut directory = Directory::default();
    let mut print = Fingerprinter::new();
    // Tens of thousands that come in order: maps are built of what is sorted, not entry by entry.
    let mut cards = Vec::with_capacity(records.len());
    let mut paths = Vec::with_capacity(records.len());
    let made: Vec<Arc<Card>> =
        records.par_iter().with_min_len(256).zip(order(&records)).map(|(record, nth)| Arc::new(card(record, nth))).collect();
    for (record, card) in records.iter().zip(made) {
        print.hash(&*card);
        paths.push((record.path.0.clone(), card.clone()));
        if let Some(unit) = record.sheet.names("unit").first()
            && card.is("person")
        {
            directory.units.insert(card.id.clone(), unit.text.clone());
        }
        if ["staff", "customer", "competitor"].contains(&&*card.kind) {
            directory.public.push(card.clone());
        }
        if ["staff", "person", "project", "customer", "competitor", "page"].contains(&&*card.kind) {
            let mut called: Vec<Arc<str>> = Vec::new();
            for name in card.aliases.iter().chain([&card.name]) {
                let folded = fold(name);
                if !called.iter().any(|one| **one == *folded) {
                    called.push(folded.as_ref().into());
                }
            }
            for name in called {
                directory.names.entry(name).or_default().push(card.clone());
            }
        }
        cards.push((record.id.clone(), card));
    }
    paths.sort_by(|(a, _), (b, _)| a.cmp(b));
    paths.dedup_by(|(later, _), (first, _)| later == first);
    directory.paths = paths.into_iter().collect();
    directory.cards = cards.into_iter().collect();
    directory.print = print.finish();
    Enrolled { directory, news }
}

/// Customers of one name or one number.
pub fn namesakes<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Diagnostic> {
    let customers = records.into_iter().filter(|record| &*record.kind.key == "customer").collect();
    // Of two with one identity the second is no customer of its own; that is told where they are enrolled.
    let customers = first_of_each(customers, &mut Vec::new());
    let mut news = Vec::new();
    twice(&customers, "name", Code::DuplicateName, &mut news);
    twice(&customers, "number", Code::DuplicateNumber, &mut news);
    news
}

/// Whether a record, read again, is to all others what it was: the same card, and it speaks of the same ones.
pub fn is_unmoved(before: &Record, now: &Record) -> bool {
    let first = |record: &Record, key: &str| record.sheet.names(key).first().map(|name| name.text.clone());
    let number = |record: &Record| record.sheet.text("number").map(|text| text.value.clone());
    // Whether what the whole archive finds about a customer is told hangs on its level, while the regulation is new.
    let level = |record: &Record| record.sheet.code("level").map(|code| code.word.clone());
    let spoken = |record: &Record| -> Vec<_> {
        let links = record.links.iter();
        links.map(|leveled| (leveled.link.kind, leveled.link.target.clone(), leveled.level)).collect()
    };
    before.path == now.path
        && before.customer == now.customer
        && card(before, 0) == card(now, 0)
        && number(before) == number(now)
        && level(before) == level(now)
        && first(before, "unit") == first(now, "unit")
        && first(before, "parent") == first(now, "parent")
        && spoken(before) == spoken(now)
        // What these say stands in dossiers.
        && (!is_speaking(now) || before.facts == now.facts)
}

/// In order of id, of each id the first by path; the others are reported.
fn first_of_each<'a>(mut records: Vec<&'a Record>, news: &mut Vec<Diagnostic>) -> Vec<&'a Record> {
    records.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.path.cmp(&b.path)));
    records.dedup_by(|second, kept| {
        let same = second.id == kept.id;
        if same {
            news.push(
                Diagnostic::new(Code::RecordCollision, head(second))
                    .with("this", &second.path)
                    .with("other", &kept.path)
                    .label(head(kept), Message::new("label.said-there-first"))
                    .help(Message::new("help.record-collision")),
            );
        }
        same
    });
    records
}

/// The place of each dated record among those of its customer, kind and year; of others 0.
fn order(records: &[&Record]) -> Vec<u32> {
    let mut dated: Vec<_> = records
        .iter()
        .enumerate()
        .filter(|(_, record)| ["visit", "contact"].contains(&&*record.kind.key))
        .map(|(at, record)| ((record.customer.as_deref(), &*record.kind.key, record.date.map(Date::year)), record.date, at))
        .collect();
    dated.sort_unstable();
    let mut nth = vec![0; records.len()];
    for shelf in dated.chunk_by(|(one, ..), (other, ..)| one == other) {
        shelf.iter().zip(0..).for_each(|((.., at), place)| nth[*at] = place);
    }
    nth
}

fn card(record: &Record, nth: u32) -> Card {
    let sheet = &record.sheet;
    let stem = record.id.stem();
    let text = |key: &str| sheet.text(key).map(|text| text.value.clone());
    let words = |key: &str| sheet.texts(key).iter().map(|text| text.value.clone());
    let folder = || record.customer.clone().unwrap_or_else(|| stem.into());
    let (name, short, title): (Arc<str>, _, _) = match &*record.kind.key {
        "customer" => (text("name").unwrap_or_else(folder), words("short").next(), None),
        "person" => (text("name").unwrap_or_else(|| stem.into()), words("call").next(), title(record)),
        "staff" => (text("name").unwrap_or_else(|| stem.into()), None, sheet.code("post").map(|post| post.word.clone())),
        "visit" | "contact" | "inbound" => (record.date.map_or_else(|| stem.into(), |day| day.to_string().into()), None, None),
        _ => (text("title").or_else(|| text("name")).unwrap_or_else(|| stem.into()), None, None),
    };
    let mut aliases: Vec<Arc<str>> = words("short").chain(words("call")).chain(words("aliases")).collect();
    match &*record.kind.key {
        "customer" => aliases.push(folder()),
        _ => aliases.push(stem.into()),
    }
    // Out of post without a day: as if it had always been so.
    let left = sheet.date("left").map(|day| day.value).or((sheet.yes_no("active") == Some(false)).then_some(Date::MIN));
    Card {
        id: record.id.clone(),
        kind: record.kind.key.clone(),
        name,
        short,
        title,
        aliases,
        pinyin: text("pinyin"),
        customer: record.customer.clone(),
        date: record.date,
        nth,
        left,
        away: away(record),
        secrecy: record.secrecy,
        anchors: record.anchors.clone().into(),
    }
}

/// 出勤 of one of ours; one without an end is of that day.
fn away(record: &Record) -> Vec<Away> {
    use crate::record::staff::{ABSENCE, absence};
    if &*record.kind.key != "staff" {
        return Vec::new();
    }
    let read = |row| {
        let from = super::rows::date(record, ABSENCE, row, absence::FROM)?;
        let to = super::rows::date(record, ABSENCE, row, absence::TO).unwrap_or(from);
        let kind = super::rows::text(record, ABSENCE, row, absence::KIND);
        Some(Away { from, to, travelling: kind.as_deref() == Some("出差") })
    };
    let mut away: Vec<Away> = record.sheet.rows(ABSENCE).iter().filter_map(read).collect();
    away.sort();
    away
}

/// 职务 now: the latest row of 职务变动, else the field.
pub(super) fn title(record: &Record) -> Option<Arc<str>> {
    let rows = record.sheet.rows("title_history");
    let latest = super::rows::latest(record, "title_history", rows, "from");
    latest
        .and_then(|row| match super::rows::cell(record, "title_history", row, "title") {
            Some(Value::Text(text)) => Some(text.value.clone()),
            _ => None,
        })
        .or_else(|| record.sheet.text("title").map(|text| text.value.clone()))
}

fn twice(records: &[&Record], key: &str, code: Code, news: &mut Vec<Diagnostic>) {
    let mut said: BTreeMap<String, (&Record, Span)> = BTreeMap::new();
    for record in records {
        let Some(text) = record.sheet.text(key) else { continue };
        let folded = fold(&text.value).into_owned();
        match said.get(&folded) {
            Some((other, span)) => news.push(
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

/// The head of a record's file.
pub(super) fn head(record: &Record) -> Span {
    Span::new(record.file, 0, 0)
}
