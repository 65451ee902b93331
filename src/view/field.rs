//! The fields of a record as a table: all of them, in the kind's order.

use std::sync::Arc;

use serde::Serialize;

use super::{Link, Linker, TextRuns};
use crate::i18n::Lang;
use crate::kind::{self, FieldIndex, FieldType, FieldValues, Name, Rows, Scope, Value};
use crate::record::{Record, key};
use crate::text::{Fingerprint, Span};

/// The code list of source levels: its words are whole sentences, so only the number is shown.
const SOURCE_LEVEL: &str = "source_level";

/// One field. At most one of `text`, `items`, `rows` and `body` is filled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Key; for an unknown one, as typed.
    pub key: Arc<str>,
    /// Its label: 负责人.
    pub label: Arc<str>,
    /// Name of its secrecy level if that is above 内部, else empty.
    pub mark: Arc<str>,
    /// One value: text, a date, an amount, codes, names.
    pub text: TextRuns,
    /// Several texts in order.
    pub items: Vec<TextRuns>,
    /// Column heads of `rows`.
    pub heads: Vec<Arc<str>>,
    /// For each head: whether its cells stay on one line (days, months, amounts).
    pub tight: Vec<bool>,
    /// Rows of a table.
    pub rows: Vec<FieldRow>,
    /// Markdown: index in `bodies`.
    pub body: Option<usize>,
}

/// A row of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    /// Its checkbox: `done`, `open`, or empty.
    pub tick: &'static str,
    /// One cell per head.
    pub cells: Vec<TextRuns>,
}

impl Field {
    /// Puts a single row without checkbox on one line instead of a table.
    fn fold(&mut self) {
        let [row] = &mut self.rows[..] else { return };
        if !row.tick.is_empty() {
            return;
        }
        for cell in row.cells.iter_mut().filter(|cell| !cell.is_empty()) {
            if !self.text.is_empty() {
                self.text.push(Link::plain(" · "));
            }
            self.text.append(&mut cell.0);
        }
        self.heads.clear();
        self.tight.clear();
        self.rows.clear();
    }
}

/// Fields of which a head shows only the first value, and the table of items no remark.
const ABBREVIATED_FIELDS: &[&str] = &["short", "call", "next", "promises", "open"];

/// Whether a field shown elsewhere contains more than is shown there: further values, a remark, a row that settles
/// another record's item.
fn has_extra(field: &kind::Field, value: &Value) -> bool {
    if !ABBREVIATED_FIELDS.contains(&&*field.key) {
        return false;
    }
    match (value, &field.ty) {
        (Value::Texts(texts), _) => texts.len() > 1,
        (Value::Rows(rows), FieldType::Rows(shape)) => {
            let note = shape.index_of(key::NOTE);
            rows.iter().any(|row| row.refers.is_some() || note.is_some_and(|note| row.cell(note).is_some()))
        }
        _ => false,
    }
}

/// Fields of which a head shows the latest row of a history, with that history and its column.
const HISTORY_FIELDS: &[(&str, &str, &str)] =
    &[("owner", "owner_history", "staff"), ("relation", "relation_history", "relation"), ("stage", "stage_history", "stage")];

/// Whether a field has a value that its history lacks: the head shows the history's, so this one must be shown too.
fn differs_from_history(sheet: &FieldValues, field: &kind::Field, value: &Value) -> bool {
    let Some((_, history, column)) = HISTORY_FIELDS.iter().find(|(key, _, _)| **key == *field.key) else { return false };
    let shape = sheet.kind.index_of(history).map(|index| &sheet.kind.field(index).ty);
    let Some(FieldType::Rows(shape)) = shape else { return false };
    let column = shape.index_of(column);
    let rows = sheet.rows(history);
    !rows.is_empty() && !rows.iter().any(|row| column.and_then(|column| row.cell(column)) == Some(value))
}

/// Joins texts with a separator.
fn joined(all: impl IntoIterator<Item = TextRuns>, between: &'static str) -> TextRuns {
    let mut runs = Vec::new();
    for more in all.into_iter().filter(|more| !more.is_empty()) {
        if !runs.is_empty() {
            runs.push(Link::plain(between));
        }
        runs.extend(more.0);
    }
    TextRuns(runs)
}

/// Names of a row's typed tail, with the column each belongs to, if any.
type TailColumns<'a> = Vec<(&'a Name, Option<FieldIndex>)>;

/// Highest secrecy level that is not marked.
const UNMARKED_LEVEL: u8 = 1;

impl Linker<'_> {
    /// The fields of a record except those in `without`, which the page shows elsewhere. `anchor`: prefix of ids in
    /// prose; `below`: level of the heading above.
    pub fn fields(&mut self, record: &Arc<Record>, anchor: &str, without: &[&str], below: u8) -> Vec<Field> {
        let mut fields = Vec::with_capacity(record.fields.values.len());
        for (index, value) in &record.fields.values {
            let field = record.fields.kind.field(*index);
            let more = has_extra(field, value) || differs_from_history(&record.fields, field, value);
            let elsewhere = without.contains(&&*field.key) && !more;
            // The record's secrecy mark already shows it.
            if &*field.key != "secrecy" && !elsewhere {
                let mut shown = self.field(record, field, value, (anchor, below));
                shown.fold();
                fields.push(shown);
            }
        }
        fields
    }

    /// One field of a record, for a section of its own.
    pub fn field_of(&mut self, record: &Arc<Record>, key: &str) -> Option<Field> {
        let index = record.fields.kind.index_of(key)?;
        let value = record.fields.get(key)?;
        Some(self.field(record, record.fields.kind.field(index), value, ("", 2)))
    }

    /// Unknown keys.
    pub fn others(&self, sheet: &FieldValues) -> Vec<Field> {
        let other = |unknown: &kind::UnknownKey| Field {
            key: unknown.key.value.clone(),
            label: unknown.key.value.clone(),
            text: Link::plain(unknown.text.clone()).into(),
            ..Field::default()
        };
        sheet.unknown.iter().map(other).collect()
    }

    fn field(&mut self, record: &Arc<Record>, field: &kind::Field, value: &Value, place: (&str, u8)) -> Field {
        let mut shown = Field {
            key: field.key.clone(),
            label: self.label(&field.label, &field.english),
            mark: if field.secrecy > UNMARKED_LEVEL { self.secrecy_mark(field.secrecy) } else { Arc::default() },
            ..Field::default()
        };
        match (value, &field.ty) {
            (Value::Texts(texts), _) if texts.len() > 1 => {
                shown.items = texts.iter().map(|text| self.text(&record.id, &text.value)).collect();
            }
            (Value::Prose(ranges), _) => {
                let spans: Vec<Span> = ranges.iter().map(|range| range.span).collect();
                let prints: Vec<Fingerprint> = ranges.iter().map(|range| range.value).collect();
                shown.body = self.body(record, &spans, Fingerprint::of_value(&prints), place.0, place.1);
            }
            (Value::Rows(rows), FieldType::Rows(shape)) => self.rows(record, rows, shape, &mut shown),
            (value, ty) => shown.text = self.one_line(record, value, ty),
        }
        shown
    }

    /// A value on one line.
    fn one_line(&self, record: &Record, value: &Value, ty: &FieldType) -> TextRuns {
        let one = |text: String| Link::plain(text).into();
        match value {
            Value::Text(text) => self.text(&record.id, &text.value),
            Value::Texts(texts) => joined(texts.iter().map(|text| self.text(&record.id, &text.value)), "；"),
            Value::Date(date) => one(self.date(date.value)),
            Value::Month(month) => one(month.value.to_string()),
            Value::Period(period) => one(period.value.to_string()),
            Value::Loose(loose) => one(loose.value.written.clone()),
            Value::Birthday(birthday) => one(birthday.value.written.clone()),
            Value::Money(money) => one(self.interface_sentence("yuan", &[("amount", &money.value.to_string())])),
            Value::Number(number) => one(number.value.to_string()),
            Value::YesNo(yes) => Link::plain(self.interface_word(if yes.value { "yes" } else { "no" })).into(),
            Value::Codes(codes) if matches!(ty, FieldType::Code { of, .. } if **of == *SOURCE_LEVEL) => one(codes
                .iter()
                .map(|code| self.interface_sentence("source_level", &[("level", &code.value.code)]))
                .collect::<Vec<_>>()
                .join(self.comma)),
            Value::Codes(codes) if codes.len() == 1 => one(codes[0].value.shown()),
            Value::Codes(codes) => {
                let shown: Vec<String> = codes.iter().map(|code| code.value.shown()).collect();
                one(shown.join(self.comma))
            }
            Value::Names(names) => self.join_links(names.iter().map(|name| self.resolved_name(record, name))).into(),
            Value::Rows(rows) => match ty {
                FieldType::Rows(shape) => joined(rows.iter().map(|row| self.row(record, row, shape)), "；"),
                _ => TextRuns::default(),
            },
            // Prose inside a row does not fit on one line.
            Value::Prose(_) => TextRuns::default(),
        }
    }

    /// A row inside another one (重大 of a statement), on one line.
    fn row(&self, record: &Record, row: &kind::Row, shape: &Rows) -> TextRuns {
        let cells = row.cells.iter().map(|(index, value)| self.one_line(record, value, &shape.field(*index).ty));
        joined(cells.chain(row.tail.iter().map(|name| self.resolved_name(record, name).into())), " · ")
    }

    /// Assigns names of a row's typed tail to empty columns: customers, and in rows of tokens key persons and staff.
    fn tail_columns<'r>(&self, record: &Record, row: &'r kind::Row, shape: &Rows) -> TailColumns<'r> {
        let mut free: Vec<(FieldIndex, &'static str)> = Vec::new();
        let firm = |field: &kind::Field| {
            let FieldType::Names { scope, .. } = field.ty else { return false };
            matches!(scope, Scope::Customer | Scope::Company)
        };
        if let Some(at) = (0..).zip(&shape.fields).find(|(_, field)| firm(field)).map(|(at, _)| FieldIndex(at))
            && row.cell(at).is_none()
        {
            free.push((at, "customer"));
        }
        if shape.bare && !row.tail.is_empty() {
            for (at, field) in (0..).zip(&shape.fields) {
                let whose = match field.ty {
                    FieldType::Names { scope: Scope::Person, .. } => "person",
                    FieldType::Names { scope: Scope::Staff, .. } => "staff",
                    _ => continue,
                };
                if !free.iter().any(|(_, taken)| *taken == whose) {
                    free.push((FieldIndex(at), whose));
                }
            }
        }
        let filed = |name| {
            let kind = self.party_name_of(record, name)?.entry()?;
            free.iter().find(|(_, whose)| kind.is(whose)).map(|(at, _)| *at)
        };
        let mut members: TailColumns<'r> = row.tail.iter().map(|name| (name, filed(name))).collect();
        // Unregistered names go to the first empty column of people; columns have theirs before ours.
        for at in 0..members.len() {
            let (name, member) = members[at];
            if member.is_none() && self.party_name_of(record, name).is_none_or(|who| who.entry().is_none()) {
                let empty = |member: &FieldIndex| {
                    row.cell(*member).is_none() && !members.iter().any(|(_, taken)| *taken == Some(*member))
                };
                let people = free.iter().filter(|(_, whose)| *whose != "customer");
                members[at].1 = people.map(|(member, _)| *member).find(empty);
            }
        }
        members
    }

    /// Rows as a table: the columns that any row fills, in order.
    fn rows(&self, record: &Record, rows: &[kind::Row], shape: &Rows, into: &mut Field) {
        let members: Vec<TailColumns<'_>> = rows.iter().map(|row| self.tail_columns(record, row, shape)).collect();
        let seated = members.iter().flat_map(|members| members.iter().filter_map(|(_, member)| *member));
        let said = rows.iter().flat_map(|row| row.cells.iter().map(|(index, _)| *index));
        let mut used: Vec<FieldIndex> = said.chain(seated).collect();
        used.sort_unstable();
        used.dedup();
        if used.is_empty() {
            used.push(FieldIndex(0));
        }
        let columns = || used.iter().filter_map(|index| shape.fields.get(usize::from(index.0)));
        let is_tight = |ty: &FieldType| matches!(ty, FieldType::Date { .. } | FieldType::Month | FieldType::Money);
        into.tight = columns().map(|field| is_tight(&field.ty)).collect();
        into.heads = columns()
            .map(|field| match self.view_context.words.lang() {
                Lang::En if !field.english.is_empty() => field.english.clone(),
                _ => self.label(&field.label, &field.english),
            })
            .collect();
        for (row, members) in rows.iter().zip(members) {
            let sitting = |member: Option<FieldIndex>| {
                let here = members.iter().filter(move |(_, taken)| *taken == member);
                self.join_links(here.map(|(name, _)| self.resolved_name(record, name))).into()
            };
            let mut cells: Vec<TextRuns> = used
                .iter()
                .map(|index| {
                    let ty = shape.fields.get(usize::from(index.0)).map(|field| &field.ty);
                    let own =
                        row.cell(*index).zip(ty).map_or_else(TextRuns::default, |(value, ty)| self.one_line(record, value, ty));
                    joined([own, sitting(Some(*index))], "、")
                })
                .collect();
            if let Some(first) = cells.first_mut() {
                let standing = sitting(None);
                if !standing.is_empty() {
                    // Names of the typed tail without column, in brackets.
                    first.push(Link::plain("（"));
                    first.extend(standing.0);
                    first.push(Link::plain("）"));
                }
                if let Some(number) = &row.refers {
                    first.push(Link::plain(format!("〔{}〕", number.value)));
                }
            }
            let tick = match row.tick {
                Some(true) => "done",
                Some(false) => "open",
                None => "",
            };
            into.rows.push(FieldRow { tick, cells });
        }
    }
}
