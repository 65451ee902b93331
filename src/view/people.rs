//! Key persons of all customers, A–Z.

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::components::ROWS;
use super::dossier_summary::DossierSummary;
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
    pub groups: Vec<PeopleGroup>,
    /// Links to the parts; empty if there is only one.
    pub parts: Vec<PageLink>,
    /// Whether this edition shows 角色作用.
    pub shows_roles: bool,
    /// Whether this edition shows 关系状况.
    pub shows_relation: bool,
    /// Whether this edition shows 关心的事务.
    pub shows_concerns: bool,
}

/// Persons under one letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeopleGroup {
    /// The letter: `W`; `#` for names without one.
    pub name: Arc<str>,
    /// HTML id on the page.
    pub id: String,
    /// The persons.
    pub rows: Vec<PersonRow>,
}

impl People {
    /// The parts of the list, each with its address.
    pub(super) fn plan(view_context: ViewContext<'_>, archive_summary: &ArchiveSummary<'_>) -> Vec<(Url, PlannedPage)> {
        let mut rows: Vec<(String, String, &DossierSummary<'_>, &archive::Person)> = archive_summary
            .people()
            .map(|(summary, person)| {
                let given = person.entry.pinyin.as_deref();
                let letter = person_initial(&person.entry.name, given).to_string();
                let key = if letter == "#" { "\u{10FFFF}".to_owned() } else { letter.clone() };
                (format!("{key}{}", person_sort_key(&person.entry.name, given)), letter, summary, person)
            })
            .collect();
        rows.sort_by(|a, b| (&a.0, &a.3.record.id).cmp(&(&b.0, &b.3.record.id)));
        let parts = rows.len().div_ceil(ROWS).max(1);
        (0..parts)
            .map(|part| {
                let url = view_context.routes.page(&Page::People(part as u32));
                let linker = Linker::new(view_context, url.clone(), None);
                let mut groups: Vec<PeopleGroup> = Vec::new();
                for (_, letter, summary, person) in rows.iter().skip(part * ROWS).take(ROWS) {
                    let row = linker.person_row(summary, person, true);
                    match groups.last_mut() {
                        Some(group) if *group.name == **letter => group.rows.push(row),
                        _ => groups.push(PeopleGroup {
                            name: Arc::from(letter.as_str()),
                            id: format!("g{}", groups.len() + 1),
                            rows: vec![row],
                        }),
                    }
                }
                let view = People {
                    page: linker.list_frame(linker.part_title(&linker.word("title_people"), part as u32), "people"),
                    total: rows.len(),
                    groups,
                    parts: linker.parts(parts as u32, Page::People),
                    shows_roles: view_context.rule_context.may_read(&["person.roles"]),
                    shows_relation: view_context.rule_context.may_read(&["person.relation"]),
                    shows_concerns: view_context.rule_context.may_read(&["person.concerns"]),
                };
                (url, PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers })
            })
            .collect()
    }
}
