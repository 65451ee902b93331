//! Writing everybody's card.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fold::fold;
use super::{Card, Directory};
use crate::calendar::Date;
use crate::diag::{Code, Diagnostic};
use crate::kind::Value;
use crate::record::{Record, RecordId};
use crate::text::{Fingerprint, Fingerprinter, Span};
use crate::words::Say;

/// The directory and what is wrong with it as a whole: two records of one identity, two customers of one name or number.
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
    let mut first: BTreeMap<&RecordId, &Record> = BTreeMap::new();
    for record in records {
        match first.get(&record.id) {
            None => {
                first.insert(&record.id, record);
            }
            Some(other) => {
                let (kept, second) = if other.path <= record.path { (*other, record) } else { (record, *other) };
                news.push(
                    Diagnostic::new(Code::RecordCollision, head(second))
                        .with("this", &second.path)
                        .with("other", &kept.path)
                        .label(head(kept), Say::new("label.said-there-first"))
                        .help(Say::new("help.record-collision")),
                );
                first.insert(&record.id, kept);
            }
        }
    }
    let nth = order(&first);
    let mut directory = Directory::default();
    let mut print = Fingerprinter::new();
    for (id, record) in &first {
        let card = Arc::new(card(record, nth.get(*id).copied().unwrap_or(0)));
        print.print(Fingerprint::of_hash(&*card));
        directory.paths.entry(record.path.0.clone()).or_insert_with(|| card.clone());
        if let Some(unit) = record.sheet.names("unit").first()
            && card.is("person")
        {
            directory.units.insert(card.id.clone(), unit.text.clone());
        }
        if ["staff", "customer", "competitor"].contains(&&*card.kind) {
            directory.public.push(card.clone());
        }
        if ["staff", "person", "customer", "competitor", "page"].contains(&&*card.kind) {
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
        directory.cards.insert((*id).clone(), card);
    }
    directory.print = print.finish();
    twice(&first, "name", Code::DuplicateName, &mut news);
    twice(&first, "number", Code::DuplicateNumber, &mut news);
    Enrolled { directory, news }
}

/// The place of each dated record among those of its customer, kind and year.
fn order(records: &BTreeMap<&RecordId, &Record>) -> BTreeMap<RecordId, u32> {
    type Shelf<'a> = (Option<&'a str>, &'a str, Option<i16>);
    let mut shelves: BTreeMap<Shelf<'_>, Vec<(Option<Date>, &RecordId)>> = BTreeMap::new();
    for (id, record) in records {
        if ["visit", "contact"].contains(&&*record.kind.key) {
            let shelf = (record.customer.as_deref(), &*record.kind.key, record.date.map(Date::year));
            shelves.entry(shelf).or_default().push((record.date, id));
        }
    }
    let mut nth = BTreeMap::new();
    for mut shelf in shelves.into_values() {
        shelf.sort_unstable();
        nth.extend(shelf.into_iter().zip(0..).map(|((_, id), at)| (id.clone(), at)));
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
        "visit" | "contact" => (record.date.map_or_else(|| stem.into(), |day| day.to_string().into()), None, None),
        _ => (text("title").or_else(|| text("name")).unwrap_or_else(|| stem.into()), None, None),
    };
    let mut aliases: Vec<Arc<str>> = words("short").chain(words("call")).chain(words("aliases")).collect();
    match &*record.kind.key {
        "customer" => aliases.push(folder()),
        _ => aliases.push(stem.into()),
    }
    // Out of post without a day: as if it had always been so.
    let left = sheet.date("left").map(|day| day.value).or((sheet.yes("active") == Some(false)).then_some(Date::MIN));
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
        secrecy: record.secrecy,
        anchors: record.anchors.clone().into(),
    }
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

fn twice(records: &BTreeMap<&RecordId, &Record>, key: &str, code: Code, news: &mut Vec<Diagnostic>) {
    let mut said: BTreeMap<String, (&Record, Span)> = BTreeMap::new();
    for record in records.values().filter(|record| &*record.kind.key == "customer") {
        let Some(text) = record.sheet.text(key) else { continue };
        let folded = fold(&text.value).into_owned();
        match said.get(&folded) {
            Some((other, span)) => news.push(
                Diagnostic::new(code, text.span)
                    .with("name", &text.value)
                    .with("other", &other.path)
                    .label(*span, Say::new("label.said-there-first")),
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
