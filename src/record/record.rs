//! The record type.

use std::sync::Arc;

use super::RecordId;
use crate::calendar::Date;
use crate::document::LeveledLink;
use crate::kind::{ArchivePath, FieldValues, Kind};
use crate::text::{FileId, Fingerprint, Span};

/// A record: identity, fields, prose. It has an id and a kind even if nothing else could be read.
#[derive(Clone, Debug)]
pub struct Record {
    /// Identity.
    pub id: RecordId,
    /// Kind of the record.
    pub kind: Arc<Kind>,
    /// Customer folder, for records below `customers/<id>/`.
    pub customer: Option<Arc<str>>,
    /// Day of a visit or contact: the field, else the file name.
    pub date: Option<Date>,
    /// Field values.
    pub fields: FieldValues,
    /// Secrecy level of the whole record.
    pub secrecy: u8,
    /// Spans of prose in its file.
    pub prose: Vec<Span>,
    /// Fingerprint of the prose.
    pub body: Fingerprint,
    /// First characters of the prose.
    pub excerpt: Arc<str>,
    /// Heading ids in the prose.
    pub anchors: Vec<String>,
    /// Links in prose and fields, each with its secrecy level.
    pub links: Vec<LeveledLink>,
    /// File that contains the record.
    pub path: ArchivePath,
    /// Number of that file in this session.
    pub file: FileId,
    /// Fingerprint of that file's bytes.
    pub content: Fingerprint,
    /// Fingerprint of all above except `content`, `file`, spans and prose text.
    pub facts: Fingerprint,
}

impl Record {
    /// The latest day written in the record (`decisions.md` 15): its date, histories, 填写日期, 最后核实.
    pub fn latest(&self) -> Option<Date> {
        super::lower::latest(&self.fields).max(self.date)
    }

    /// The highest secrecy level in the record: its own, or that of a field or of prose it has.
    pub fn level(&self) -> u8 {
        let fields = self.fields.values.iter().map(|(index, _)| self.kind.field(*index).secrecy);
        let prose = (!self.prose.is_empty()).then_some(self.kind.prose_secrecy);
        fields.chain(prose).max().unwrap_or(0).max(self.secrecy)
    }
}
