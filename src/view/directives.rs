//! 批示, shown on the record they are about: nobody edits the reports of others (S-06.9).

use std::sync::Arc;

use serde::Serialize;

use super::{Due, Link, Linker, TextRuns};
use crate::archive::Directive;
use crate::record::{Record, RecordId};

/// A 批示 about a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DirectiveRow {
    /// 批示人.
    pub by: Option<Link>,
    /// Its date.
    pub date: Option<String>,
    /// 内容; empty if the record was only marked as read.
    pub text: TextRuns,
    /// 已阅.
    pub read: bool,
    /// 责任人.
    pub owner: Option<Link>,
    /// 期限; none once it is carried out.
    pub due: Option<Due>,
    /// Whether it was carried out.
    pub done: bool,
    /// Date on which it was carried out, if stated.
    pub done_on: Option<String>,
    /// 说明, possibly empty.
    pub note: Arc<str>,
    /// The record with the directive.
    pub record: Link,
}

impl<'a> Linker<'a> {
    /// The directives about a record.
    pub fn directives_on(&self, id: &RecordId) -> &'a [Directive] {
        let inner = self.dossier.and_then(|dossier| dossier.directives.get(id));
        inner.or_else(|| self.outer.and_then(|archive| archive.directives.get(id))).map_or(&[][..], |all| all)
    }

    /// The directives about a record, as views.
    pub fn directives(&self, record: &Record) -> Vec<DirectiveRow> {
        let line = |one: &Directive| DirectiveRow {
            by: one.by.as_ref().map(|who| self.party_name(who)),
            date: one.date.map(|date| self.date(date)),
            text: one.text.as_ref().map_or_else(TextRuns::default, |text| self.text(&one.record.id, text)),
            read: one.read,
            owner: one.owner.as_ref().map(|who| self.party_name(who)),
            due: one.due.filter(|_| !one.done).map(|due| self.due(due)),
            done: one.done,
            done_on: one.done_on.map(|date| self.date(date)),
            note: one.note.clone().unwrap_or_default(),
            record: self.entry_name(&one.record),
        };
        self.directives_on(&record.id).iter().map(line).collect()
    }
}
