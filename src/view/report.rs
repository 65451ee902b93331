//! The pages of one report.

use serde::Serialize;

use super::row_groups::pages;
use super::{Breadcrumbs, Due, Frame, Link, Linker, PageLink, PlannedPage, TextRuns, ViewContext};
use crate::route::{self, Url};
use crate::table::{self, Table};

/// A report: one table as of a date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The page frame.
    pub page: Frame,
    /// Stable name of the report: `due`.
    pub name: &'static str,
    /// Title.
    pub heading: String,
    /// The question the report answers, possibly empty.
    pub question: String,
    /// `2026-11-24`.
    pub as_of: String,
    /// Address of the CSV.
    pub csv: String,
    /// Number of rows over all parts.
    pub total: usize,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of this part.
    pub rows: Vec<Vec<Cell>>,
    /// Links to the parts; empty if there is only one.
    pub parts: Vec<PageLink>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Stable name of the column: `due`.
    pub key: &'static str,
    /// Heading.
    pub label: String,
    /// Whether it holds numbers, which are right-aligned.
    pub number: bool,
}

/// A cell of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Text of the cell.
    pub text: TextRuns,
    /// A due date, shown instead of the text.
    pub due: Option<Due>,
    /// Sort key if it differs from the text, else empty.
    pub sort: String,
    /// Number of items of a list that is folded because it is long; else 0.
    pub many: usize,
}

/// Longest list that is shown unfolded.
const MAX_UNFOLDED: usize = 4;

impl Report {
    /// The parts of a report, each with its address. `csv` is the address of the same table as CSV.
    pub(super) fn plan(view_context: ViewContext<'_>, table: &Table, csv: &Url) -> Vec<(Url, PlannedPage)> {
        let pages = pages(&table.rows);
        let parts = pages.len() as u32;
        (0..parts)
            .zip(pages)
            .map(|(part, rows)| {
                let page = |part: u32| route::Page::Report(table.name, part);
                let url = view_context.routes.page(&page(part));
                let linker = Linker::new(view_context, url.clone(), None);
                let heading = linker.sentence(&table.title);
                let mut frame = linker.list_frame(linker.part_title(&heading, part), "reports");
                frame.crumbs = Breadcrumbs::from_iter([
                    linker.page(linker.interface_word("title_reports"), &route::Page::Reports),
                    Link::plain(heading.as_str()),
                ]);
                let view = Report {
                    page: frame,
                    name: table.name,
                    question: table.note.as_ref().map_or_else(String::new, |note| linker.sentence(note)),
                    heading,
                    as_of: linker.date(view_context.rule_context.as_of.0),
                    csv: url.relative(csv, None),
                    total: table.rows.len(),
                    columns: table
                        .columns
                        .iter()
                        .map(|column| Column { key: column.key, label: linker.sentence(&column.label), number: column.number })
                        .collect(),
                    rows: rows.iter().map(|row| row.cells.iter().map(|cell| linker.cell(cell)).collect()).collect(),
                    parts: linker.parts(parts, page),
                };
                (url, PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers })
            })
            .collect()
    }
}

impl Linker<'_> {
    /// Converts a cell of a report's table.
    fn cell(&self, cell: &table::Cell) -> Cell {
        let text = |text: TextRuns| Cell { text, ..Cell::default() };
        match cell {
            table::Cell::Empty => Cell::default(),
            table::Cell::Due(date, state) => Cell { due: Some(self.due_as(*date, *state)), ..Cell::default() },
            table::Cell::Record(entry) if entry.is("customer") => text(self.customer_name(entry).into()),
            table::Cell::Record(entry) => text(self.display_text(entry).into()),
            table::Cell::People(people) => text(self.party_names(people).into()),
            table::Cell::List(cells) => {
                let between = || Link::plain(self.view_context.words.get("table.between"));
                let mut runs = TextRuns::default();
                for cell in cells {
                    if !runs.is_empty() {
                        runs.push(between());
                    }
                    runs.extend(self.cell(cell).text.0);
                }
                match cells.len() {
                    0..=MAX_UNFOLDED => text(runs),
                    many => Cell { text: runs, sort: many.to_string(), many, ..Cell::default() },
                }
            }
            table::Cell::Evidence(inner, entry) => {
                let mut shown = self.cell(inner);
                let href = self.href(&entry.id);
                // Text that is already a link keeps its address.
                for run in shown.text.iter_mut().filter(|run| run.href.is_none()) {
                    run.href.clone_from(&href);
                }
                shown
            }
            plain => text(Link::plain(table::cell_text(plain, self.view_context.words)).into()),
        }
    }
}
