//! Completeness of a dossier on the customer's page: forms, contents, and what is missing.

use std::sync::Arc;

use serde::Serialize;

use super::{Link, Linker};
use crate::archive::{DirectoryEntry, Dossier};
use crate::form::{self, FORMS};
use crate::report::{COMPLETENESS, CONTENTS, Completeness, Gap, completeness, is_wanted};
use crate::route;

/// State of one of 附表1–7 for a customer (S-09.2d).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FormState {
    /// `附表3`.
    pub name: String,
    /// Title, with a link to the printable form.
    pub title: Link,
    /// `whole`, `part`, `blank`; where an edition may hide content, `some` or empty.
    pub state: &'static str,
    /// Filled share in percent; 0 unless `state` is `part`.
    pub share: u32,
    /// The latest date in its data: `2026-11-20`.
    pub date: Option<String>,
}

/// The nine contents of 第九条 and what is missing (S-09.1z, S-12.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MissingContent {
    /// Filled share of the forms in percent.
    pub share: u32,
    /// Number of complete contents.
    pub there: usize,
    /// The contents, in order.
    pub contents: Vec<ContentRow>,
    /// Number of missing items.
    pub count: usize,
    /// Missing items by form.
    pub groups: Vec<MissingGroup>,
}

/// One of the nine contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContentRow {
    /// 客户战略方向.
    pub name: Arc<str>,
    /// Filled share in percent.
    pub share: u32,
}

/// Missing items of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MissingGroup {
    /// `附表3`, or 九项内容 for items of no form.
    pub name: Arc<str>,
    /// The items, each with a link to the record where it is to be written.
    pub lacks: Vec<Link>,
}

impl Linker<'_> {
    /// States of the forms of a customer, and what is missing; the latter only if something is required and nothing of
    /// it may be hidden.
    pub(super) fn form_states(&self, dossier: &Dossier) -> (Vec<FormState>, Option<MissingContent>) {
        let context = self.view_context.rule_context;
        let found = completeness(dossier, context);
        let forms = self.form_standings(dossier, &found);
        let told = is_wanted(dossier) && context.may_read(COMPLETENESS.reads);
        (forms, told.then(|| self.lacks(&found)))
    }

    fn form_standings(&self, dossier: &Dossier, found: &Completeness) -> Vec<FormState> {
        let url = self.view_context.routes.page(&route::Page::FormSet(Arc::clone(&dossier.id)));
        let stands = |(at, form): (usize, &form::Form)| {
            let share = found.forms[at];
            // Hidden content does not count as missing.
            let state = match (self.shows_all(form), share.filled) {
                (false, 0) => "",
                (false, _) => "some",
                (true, 0) => "blank",
                (true, filled) if filled == share.of => "whole",
                (true, _) => "part",
            };
            let anchor = match form.form {
                2 => form::first_person(dossier, self.view_context.form_context())
                    .map_or_else(|| "form-2".to_owned(), |person| self.view_context.person_anchor(&person.record.id)),
                number => format!("form-{number}"),
            };
            FormState {
                name: format!("附表{}", form.form),
                title: Link::to(self.form_title(form), self.here.relative(&url, Some(&anchor))),
                state,
                share: if state == "part" { share.percent() } else { 0 },
                date: found.latest[at].map(|date| self.date(date)),
            }
        };
        FORMS.iter().enumerate().map(stands).collect()
    }

    fn lacks(&self, found: &Completeness) -> MissingContent {
        let full = self.view_context.rule_context.edition.is_full();
        // On the record's own page, link to the path of its file at the foot, which only the full edition shows.
        let at = |entry: &DirectoryEntry| self.href(&entry.id).or_else(|| full.then(|| Arc::from("#file")));
        let lack =
            |gap: &Gap| Link { text: Arc::from(self.sentence(&gap.what)), href: gap.at.as_ref().and_then(|entry| at(entry)) };
        let group = |gaps: &[Gap]| MissingGroup {
            name: match gaps[0].form {
                "0" => self.interface_word("nine_contents"),
                form => Arc::from(format!("附表{form}")),
            },
            lacks: gaps.iter().map(lack).collect(),
        };
        MissingContent {
            share: found.percent(),
            there: found.contents_there(),
            contents: CONTENTS
                .iter()
                .zip(&found.contents)
                .map(|(key, share)| ContentRow { name: self.word_of("content", key), share: share.percent() })
                .collect(),
            count: found.gaps.len(),
            groups: found.gaps.chunk_by(|one, next| one.form == next.form).map(group).collect(),
        }
    }
}
