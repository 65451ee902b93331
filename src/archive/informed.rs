//! What a record says under 信息 (附表5, S-10), row by row.

use std::sync::Arc;

use super::assemble::Hand;
use super::{Information, Who, rows};
use crate::calendar::Date;
use crate::kind::{FieldType, Row, Value};
use crate::record::Record;

impl Hand<'_> {
    /// The rows of 信息, in order.
    pub fn information(&self, record: &Arc<Record>) -> Vec<Information> {
        const FIELD: &str = "information";
        let Some(card) = self.card(record) else { return Vec::new() };
        let read = |(row, at): (&Row, u32)| Information {
            record: card.clone(),
            row: at,
            topic: rows::text(record, FIELD, row, "topic"),
            fact: rows::text(record, FIELD, row, "fact").unwrap_or_default(),
            meaning: rows::text(record, FIELD, row, "meaning"),
            level: match rows::cell(record, FIELD, row, "level") {
                Some(Value::Codes(codes)) => codes.first().and_then(|code| code.value.code.parse().ok()),
                _ => None,
            },
            source: rows::text(record, FIELD, row, "source"),
            person: self.of_row(record, FIELD, row, "person", "person"),
            date: rows::date(record, FIELD, row, "date").or(record.date),
            major: rows::cell(record, FIELD, row, "major").is_some(),
            told: self.told(record, row),
        };
        record.sheet.rows(FIELD).iter().zip(0..).map(read).collect()
    }

    /// Whom major news was told: the rows of 重大.
    fn told(&self, record: &Record, row: &Row) -> Vec<(Option<Who>, Option<Date>)> {
        let shape = rows::shape(record, "information").and_then(|shape| Some(shape.field(shape.index_of("major")?)));
        let (Some(FieldType::Rows(shape)), Some(Value::Rows(told))) =
            (shape.map(|field| &field.ty), rows::cell(record, "information", row, "major"))
        else {
            return Vec::new();
        };
        let cell = |row: &'_ Row, key: &str| shape.index_of(key).and_then(|index| row.cell(index).cloned());
        let read = |row: &Row| {
            let who = match cell(row, "who") {
                Some(Value::Names(names)) => names.first().map(|name| self.who(record, name)),
                _ => None,
            };
            let date = match cell(row, "date") {
                Some(Value::Date(date)) => Some(date.value),
                _ => None,
            };
            (who, date)
        };
        told.iter().map(read).collect()
    }
}
