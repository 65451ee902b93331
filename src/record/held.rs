//! One thing the archive holds.

use std::sync::Arc;

use super::RecordId;
use crate::calendar::Date;
use crate::document::LeveledLink;
use crate::kind::{ArchivePath, FieldValues, Kind};
use crate::text::{FileId, Fingerprint, Span};

/// A record: identity, fields, prose. It has an id and a kind even when nothing else could be read.
#[derive(Clone, Debug)]
pub struct Record {
    /// Who it is.
    pub id: RecordId,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// The folder of its customer, for records below `customers/<id>/`.
    pub customer: Option<Arc<str>>,
    /// Its day, for visits and contacts: the field, else the file name.
    pub date: Option<Date>,
    /// Its fields.
    pub sheet: FieldValues,
    /// Level of the whole record.
    pub secrecy: u8,
    /// Stretches of prose in its file.
    pub prose: Vec<Span>,
    /// Fingerprint of that prose.
    pub body: Fingerprint,
    /// First characters of that prose.
    pub excerpt: Arc<str>,
    /// Ids of headings in that prose.
    pub anchors: Vec<String>,
    /// Links in prose and fields.
    pub links: Vec<LeveledLink>,
    /// The file it stands in.
    pub path: ArchivePath,
    /// That file's number.
    pub file: FileId,
    /// That file's bytes.
    pub content: Fingerprint,
    /// Fingerprint of everything above but `content`, `file`, places and prose: the facts.
    pub facts: Fingerprint,
}

impl Record {
    /// The latest day written in it (`decisions.md` 15): its date, histories, 填写日期, 最后核实.
    pub fn latest(&self) -> Option<Date> {
        super::lower::latest(&self.sheet).max(self.date)
    }

    /// The highest secrecy that stands in it: its own, or that of a field or of prose it has.
    pub fn level(&self) -> u8 {
        let fields = self.sheet.values.iter().map(|(index, _)| self.kind.field(*index).secrecy);
        let prose = (!self.prose.is_empty()).then_some(self.kind.prose_secrecy);
        fields.chain(prose).max().unwrap_or(0).max(self.secrecy)
    }
}
