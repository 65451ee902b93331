//! The list of pages.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, Link, Pen, Planned, Scene};
use crate::archive::Archive;
use crate::route::Url;

/// The list of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// What is around it.
    pub page: Frame,
    /// The pages and the records of the department, with their first words.
    pub rows: Vec<PageRow>,
}

/// A page in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageRow {
    /// Title and address.
    pub name: Link,
    /// First words.
    pub excerpt: Arc<str>,
    /// 最后更新.
    pub updated: Option<String>,
}

impl Pages {
    /// The list of pages.
    pub(super) fn plan(scene: Scene<'_>, archive: &Archive, here: Url) -> Planned {
        let pen = Pen::new(scene, here, None);
        let rows = archive
            .pages
            .iter()
            .chain(archive.office.iter().filter(|loose| !["competitor", "visit-plan"].contains(&&*loose.card.kind)))
            .map(|loose| PageRow {
                name: pen.card(&loose.card),
                excerpt: loose.record.excerpt.clone(),
                updated: loose.record.latest().map(|date| pen.date(date)),
            })
            .collect();
        let view = Pages { page: pen.list_frame(&*pen.word("title_pages"), "pages"), rows };
        Planned { view: view.into(), slots: pen.slots, papers: pen.papers }
    }
}
