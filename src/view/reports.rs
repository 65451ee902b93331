//! The list of reports.

use serde::Serialize;

use super::{Frame, Link, Linker, PlannedPage, ViewContext};
use crate::route::{self, Url};
use crate::table::Table;

/// The list of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reports {
    /// The page frame.
    pub page: Frame,
    /// The reports.
    pub rows: Vec<ReportRow>,
}

/// A report in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Title, linked to the page.
    pub name: Link,
    /// The question it answers.
    pub question: String,
    /// Number of rows.
    pub count: usize,
    /// Address of the CSV.
    pub csv: String,
}

impl Reports {
    /// The list of reports. `tables` are the reports of this edition with the addresses of their CSV.
    pub(super) fn plan(view_context: ViewContext<'_>, tables: &[(Table, Url)], here: Url) -> PlannedPage {
        let linker = Linker::new(view_context, here, None);
        let row = |(table, csv): &(Table, Url)| ReportRow {
            name: linker.page(linker.sentence(&table.title), &route::Page::Report(table.name, 0)),
            question: table.note.as_ref().map_or_else(String::new, |note| linker.sentence(note)),
            count: table.rows.len(),
            csv: linker.here.relative(csv, None),
        };
        let view = Reports {
            page: linker.list_frame(&*linker.interface_word("title_reports"), "reports"),
            rows: tables.iter().map(row).collect(),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
