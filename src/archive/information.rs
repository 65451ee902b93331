//! Rows of 信息 of a record (附表5, S-10).

use std::sync::Arc;

use super::assemble::NameResolver;
use super::{Information, Party, rows};
use crate::calendar::Date;
use crate::kind::{FieldType, Row, Value};
use crate::record::Record;

impl NameResolver<'_> {
    /// The rows of 信息, in order.
    pub fn information_rows(&self, record: &Arc<Record>) -> Vec<Information> {
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
            notified: self.major_notice(record, row),
        };
        record.fields.rows(FIELD).iter().zip(0..).map(read).collect()
    }

    /// Who was told of major news, and when: the rows of 重大.
    fn major_notice(&self, record: &Record, row: &Row) -> Vec<(Option<Party>, Option<Date>)> {
        let shape = rows::shape(record, "information").and_then(|shape| Some(shape.field(shape.index_of("major")?)));
        let (Some(FieldType::Rows(shape)), Some(Value::Rows(told))) =
            (shape.map(|field| &field.ty), rows::cell(record, "information", row, "major"))
        else {
            return Vec::new();
        };
        let cell = |row: &'_ Row, key: &str| shape.index_of(key).and_then(|index| row.cell(index).cloned());
        let read = |row: &Row| {
            let who = match cell(row, "who") {
                Some(Value::Names(names)) => names.first().map(|name| self.party(record, name)),
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
