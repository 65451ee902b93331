//! The list of the archive's pages and of the department's records.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, Link, Linker, PlannedPage, ViewContext, department};
use crate::archive::Archive;
use crate::route::Url;

/// The list of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// The page frame.
    pub page: Frame,
    /// The indexes and pages, and the department's records that have no index.
    pub rows: Vec<PageRow>,
}

/// A line of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageRow {
    /// Title, linked to the page.
    pub name: Link,
    /// First characters of its text, or the number of records of an index.
    pub excerpt: Arc<str>,
    /// 最后更新.
    pub updated: Option<String>,
}

impl Pages {
    /// The list of pages.
    pub(super) fn plan(view_context: ViewContext<'_>, archive: &Archive, here: Url) -> PlannedPage {
        let linker = Linker::for_shared_record(view_context, here, archive);
        // A kind with an index is one line here.
        let indexes = department::links(&linker, archive).into_iter().map(|(name, count, updated)| PageRow {
            name,
            excerpt: linker.interface_sentence("so_many_records", &[("count", &count.to_string())]).into(),
            updated: updated.map(|date| linker.date(date)),
        });
        let is_listed = |kind: &str| department::is_indexed(kind) || ["competitor", "visit-plan"].contains(&kind);
        let others = archive.shared_records.iter().filter(|loose| !is_listed(&loose.entry.kind));
        let single = archive.pages.iter().chain(others).map(|loose| PageRow {
            name: linker.entry_name(&loose.entry),
            excerpt: Arc::from(&*linker.plain_text(None, &loose.record.id, &loose.record.excerpt)),
            updated: loose.record.latest().map(|date| linker.date(date)),
        });
        let rows = indexes.chain(single).collect();
        let view = Pages { page: linker.list_frame(&*linker.interface_word("title_pages"), "pages"), rows };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
