//! Rows of 信息 of a record (附表5, S-10).

use std::sync::Arc;

use super::name_resolver::NameResolver;
use super::{DirectoryEntry, Party, rows};
use crate::calendar::Date;
use crate::kind::{FieldType, Row, Value};
use crate::record::{Record, key};

/// A row of 信息, whichever record it stands in (附表5, S-10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Information {
    /// The record it stands in.
    pub record: Arc<DirectoryEntry>,
    /// Row in the field `information` of that record, from 0.
    pub row: u32,
    /// 主题.
    pub topic: Option<Arc<str>>,
    /// 信息.
    pub fact: Arc<str>,
    /// 含义.
    pub meaning: Option<Arc<str>>,
    /// 等级 1–4.
    pub level: Option<u8>,
    /// 来源.
    pub source: Option<Arc<str>>,
    /// 信息提供人.
    pub person: Option<Party>,
    /// 日期, else the record's date.
    pub date: Option<Date>,
    /// 重大.
    pub major: bool,
    /// Who was told of major news, and when.
    pub notified: Vec<(Option<Party>, Option<Date>)>,
}

impl NameResolver<'_> {
    /// The rows of 信息, in order.
    pub fn information_rows(&self, record: &Arc<Record>) -> Vec<Information> {
        const FIELD: &str = key::INFORMATION;
        let Some(entry) = self.entry(record) else { return Vec::new() };
        let read = |(row, at): (&Row, u32)| Information {
            record: entry.clone(),
            row: at,
            topic: rows::text(record, FIELD, row, key::TOPIC),
            fact: rows::text(record, FIELD, row, key::FACT).unwrap_or_default(),
            meaning: rows::text(record, FIELD, row, key::MEANING),
            level: match rows::cell(record, FIELD, row, key::LEVEL) {
                Some(Value::Codes(codes)) => codes.first().and_then(|code| code.value.code.parse().ok()),
                _ => None,
            },
            source: rows::text(record, FIELD, row, key::SOURCE),
            person: self.of_row(record, FIELD, row, "person", "person"),
            date: rows::date(record, FIELD, row, key::DATE).or(record.date),
            major: rows::cell(record, FIELD, row, key::MAJOR).is_some(),
            notified: self.major_notice(record, row),
        };
        record.fields.rows(FIELD).iter().zip(0..).map(read).collect()
    }

    /// Who was told of major news, and when: the rows of 重大.
    fn major_notice(&self, record: &Record, row: &Row) -> Vec<(Option<Party>, Option<Date>)> {
        let shape = rows::shape(record, key::INFORMATION).and_then(|shape| Some(shape.field(shape.index_of(key::MAJOR)?)));
        let (Some(FieldType::Rows(shape)), Some(Value::Rows(told))) =
            (shape.map(|field| &field.ty), rows::cell(record, key::INFORMATION, row, key::MAJOR))
        else {
            return Vec::new();
        };
        let cell = |row: &'_ Row, key: &str| shape.index_of(key).and_then(|index| row.cell(index).cloned());
        let read = |row: &Row| {
            let who = match cell(row, key::WHO) {
                Some(Value::Names(names)) => names.first().map(|name| self.party(record, name)),
                _ => None,
            };
            let date = match cell(row, key::DATE) {
                Some(Value::Date(date)) => Some(date.value),
                _ => None,
            };
            (who, date)
        };
        told.iter().map(read).collect()
    }
}
