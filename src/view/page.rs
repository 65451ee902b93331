//! Free pages of the archive.

use std::sync::Arc;

use serde::Serialize;

use super::record::HeadingLevels;
use super::{Breadcrumbs, Frame, Link, Linker, PlannedPage, RecordPart, ViewContext};
use crate::archive::{self, Archive};
use crate::route::{self, Url};

/// A free page of the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The page frame.
    pub page: Frame,
    /// Its title.
    pub name: Arc<str>,
    /// The record.
    pub record: RecordPart,
}

impl Page {
    /// A free page of the archive.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive: &Archive,
        loose: &archive::SharedRecord,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::for_shared_record(view_context, here, archive);
        let mut page = linker.frame(&*loose.entry.name, "pages", linker.secrecy_of(&loose.record));
        page = linker.dated_frame(page, &loose.record);
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_pages"), &route::Page::Pages),
            Link::plain(loose.entry.name.clone()),
        ]);
        let record = linker.record(&loose.record, "", &["title", "name", "verified"], HeadingLevels::TITLE);
        let view = Page { page, name: loose.entry.name.clone(), record };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
