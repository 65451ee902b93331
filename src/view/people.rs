//! Key persons of all customers, A–Z.

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::dossier_summary::DossierSummary;
use super::row_groups::{RowGroup, group_rows, pages};
use super::{Frame, Linker, PageLink, PersonRow, PlannedPage, ViewContext};
use crate::archive;
use crate::route::{Page, Url, person_initial, person_sort_key};

/// Key persons of all customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct People {
    /// The page frame.
    pub page: Frame,
    /// Number of key persons over all parts.
    pub total: usize,
    /// The persons of this part by first letter.
    pub groups: Vec<RowGroup<PersonRow>>,
    /// Links to the parts; empty if there is only one.
    pub parts: Vec<PageLink>,
    /// Whether this edition shows 角色作用.
    pub shows_roles: bool,
    /// Whether this edition shows 关系状况.
    pub shows_relation: bool,
    /// Whether this edition shows 关心的事务.
    pub shows_concerns: bool,
}

impl People {
    /// The parts of the list, each with its address.
    pub(super) fn plan(view_context: ViewContext<'_>, archive_summary: &ArchiveSummary<'_>) -> Vec<(Url, PlannedPage)> {
        let mut rows: Vec<(String, Arc<str>, &DossierSummary<'_>, &archive::Person)> = archive_summary
            .people()
            .map(|(summary, person)| {
                let given = person.entry.pinyin.as_deref();
                let letter: Arc<str> = person_initial(&person.entry.name, given).to_string().into();
                let key = if &*letter == "#" { "\u{10FFFF}" } else { &*letter };
                (format!("{key}{}", person_sort_key(&person.entry.name, given)), letter, summary, person)
            })
            .collect();
        rows.sort_by(|a, b| (&a.0, &a.3.record.id).cmp(&(&b.0, &b.3.record.id)));
        let pages = pages(&rows);
        let parts = pages.len() as u32;
        (0..parts)
            .zip(pages)
            .map(|(part, on_page)| {
                let url = view_context.routes.page(&Page::People(part));
                let linker = Linker::new(view_context, url.clone(), None);
                let view = People {
                    page: linker.list_frame(linker.part_title(&linker.interface_word("title_people"), part), "people"),
                    total: rows.len(),
                    groups: group_rows(
                        on_page
                            .iter()
                            .map(|(_, letter, summary, person)| (letter.clone(), linker.person_row(summary, person, true))),
                    ),
                    parts: linker.parts(parts, Page::People),
                    shows_roles: view_context.rule_context.may_read(&["person.roles"]),
                    shows_relation: view_context.rule_context.may_read(&["person.relation"]),
                    shows_concerns: view_context.rule_context.may_read(&["person.concerns"]),
                };
                (url, PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers })
            })
            .collect()
    }
}
