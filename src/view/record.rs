//! The part of a page that every record shows: fields, prose, problems, directives, backlinks.

use std::sync::Arc;

use serde::Serialize;

use super::{DirectiveRow, Field, Frame, Link, Linker, Names, Problem};
use crate::archive::DirectoryEntry;
use crate::i18n::Lang;
use crate::record::{Record, key};

/// A record as shown on a page: fields, prose, problems, directives, backlinks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordPart {
    /// HTML id on a page shared with other records, else empty.
    pub anchor: Arc<str>,
    /// Label of its kind: 拜访日报.
    pub kind: Arc<str>,
    /// Word of its secrecy level: 秘密.
    pub mark: Arc<str>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Unknown keys (其他).
    pub others: Vec<Field>,
    /// Label of its prose: 面谈概要; possibly empty.
    pub body_label: Arc<str>,
    /// Index of its prose in `bodies`.
    pub body: Option<usize>,
    /// Its problems (full edition).
    pub problems: Vec<Problem>,
    /// Directives of the head of the department on it.
    pub directives: Vec<DirectiveRow>,
    /// Links to the records that mention it.
    pub mentions: Names,
    /// 最后更新.
    pub updated: Option<String>,
    /// 最后核实.
    pub verified: Option<String>,
    /// Path of its file in the archive (full edition), else empty.
    pub path: Arc<str>,
}

/// Levels of the headings above a record's parts on its page; the record's own headings go below them.
#[derive(Clone, Copy)]
pub(super) struct HeadingLevels {
    /// Its fields.
    pub fields: u8,
    /// Its prose.
    pub prose: u8,
}

impl HeadingLevels {
    /// Both under the title of the page.
    pub const TITLE: HeadingLevels = HeadingLevels { fields: 1, prose: 1 };
    /// Each in a section of its own.
    pub const SECTIONS: HeadingLevels = HeadingLevels { fields: 2, prose: 2 };
}

impl Linker<'_> {
    /// A record as shown on this page. `anchor` is its HTML id on a shared page; `without` lists fields shown
    /// elsewhere.
    pub fn record(&mut self, record: &Arc<Record>, anchor: &str, without: &[&str], under: HeadingLevels) -> RecordPart {
        let kind = &record.kind;
        let english = self.view_context.words.lang() == Lang::En;
        let body_label = match (english, &kind.prose_english, &kind.prose_label) {
            (true, Some(label), _) | (_, _, Some(label)) => label.clone(),
            _ => Arc::default(),
        };
        let full = self.view_context.rule_context.edition.is_full();
        RecordPart {
            anchor: Arc::from(anchor),
            kind: self.label(&kind.label, &kind.english),
            mark: self.secrecy_mark(record.secrecy),
            fields: self.fields(record, anchor, without, under.fields),
            others: self.others(&record.fields),
            body_label,
            body: self.body(record, &record.prose, record.body, anchor, under.prose),
            problems: self.problems_of(record),
            directives: self.directives(record),
            mentions: self.join_links(self.mentions_of(record)),
            updated: record.latest().map(|date| self.date(date)),
            verified: record.fields.date(key::VERIFIED).map(|date| self.date(date.value)),
            path: if full { record.path.0.clone() } else { Arc::default() },
        }
    }

    /// The highest secrecy level on the page of this record: its own, or that of a directive on it.
    pub fn secrecy_of(&self, record: &Record) -> u8 {
        let spoken = self.directives_on(&record.id).iter().map(|one| one.record.secrecy);
        spoken.max().unwrap_or(0).max(record.level())
    }

    /// Adds a record's dates to the frame of its page.
    pub fn dated_frame(&self, mut frame: Frame, record: &Record) -> Frame {
        frame.updated = record.latest().map(|date| self.date(date));
        frame.verified = record.fields.date(key::VERIFIED).map(|date| self.date(date.value));
        frame
    }

    /// Problems of a record's file. Records that are rows of one file show none; the page of problems lists them.
    fn problems_of(&self, record: &Record) -> Vec<Problem> {
        if record.id.as_str().contains('#') {
            return Vec::new();
        }
        self.view_context.problems.get(&record.file).map(|problems| problems.to_vec()).unwrap_or_default()
    }

    /// Links to the records that mention a record.
    fn mentions_of(&self, record: &Record) -> Vec<Link> {
        let entries: Option<&Vec<Arc<DirectoryEntry>>> = self
            .dossier
            .and_then(|dossier| dossier.mentions.get(&record.id))
            .or_else(|| self.outer.and_then(|archive| archive.mentions.get(&record.id)));
        entries.map_or_else(Vec::new, |entries| entries.iter().map(|entry| self.mention_name(entry)).collect())
    }
}
