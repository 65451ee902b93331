//! Pages of the department's records: one page of tables per record, and one index page per kind. A kind without tables
//! is shown as written.

mod index;
mod record;

pub(super) use index::links;

use std::sync::Arc;

use serde::Serialize;

use super::{Breadcrumbs, Due, Frame, Link, Linker, PlannedPage, RecordPart, StateTag, TextRuns, ViewContext};
use crate::archive::{Archive, Party, SharedRecord, Suggestion};
use crate::calendar::Date;
use crate::kind::FieldType;
use crate::route::{self, Url};

/// A page of tables: the index of a kind of department record, or one such record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Department {
    /// The page frame.
    pub page: Frame,
    /// Title.
    pub name: Arc<str>,
    /// Key of the kind: `inbound`, `loans`; empty for a kind without tables.
    pub kind: &'static str,
    /// Its state, if it has one: 现行, 迟交 3 天.
    pub state: Option<StateTag>,
    /// The tables.
    pub sections: Vec<Section>,
    /// Fields and prose of the record outside the tables; several if each row of the file is a record.
    pub records: Vec<RecordSection>,
}

/// A record as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordSection {
    /// Its name on a page shared with other records, else empty.
    pub heading: Arc<str>,
    /// The record.
    pub record: RecordPart,
}

/// A table with a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    /// HTML id on the page.
    pub id: String,
    /// Its heading.
    pub heading: Arc<str>,
    /// Column headings.
    pub columns: Vec<Arc<str>>,
    /// Rows.
    pub rows: Vec<SectionRow>,
}

/// A row of a section's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SectionRow {
    /// HTML id on the page if the row is a record, else empty.
    pub anchor: Arc<str>,
    /// One cell per column.
    pub cells: Vec<SectionCell>,
}

/// A cell: a state, a due date, a text; any may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SectionCell {
    /// The state: 按时, 未交, 未传递.
    pub tag: Option<StateTag>,
    /// A due date.
    pub due: Option<Due>,
    /// Text.
    pub text: TextRuns,
}

/// Kinds with an index page, each with its folder, in the order of the list of pages.
pub(super) const INDEXED: [(&str, &str); 6] = [
    ("market-report", "market"),
    ("inbound", "inbound"),
    ("directive", "directives"),
    ("review", "reviews"),
    ("inspection", "inspections"),
    ("regulation", "regulation"),
];

/// The register of loans is one file, so its page is its own index.
const LOANS: &str = "loans";

/// Whether records of this kind are listed on an index page.
pub(super) fn is_indexed(kind: &str) -> bool {
    !known_kind(kind).is_empty()
}

/// The kind's key as `&'static str`; empty for a kind without tables.
fn known_kind(kind: &str) -> &'static str {
    INDEXED.iter().map(|(one, _)| *one).chain([LOANS]).find(|one| *one == kind).unwrap_or_default()
}

impl Section {
    fn new(id: &str, heading: Arc<str>, columns: Vec<Arc<str>>) -> Self {
        Section { id: id.to_owned(), heading, columns, ..Section::default() }
    }

    fn push(&mut self, cells: Vec<SectionCell>) {
        self.rows.push(SectionRow { anchor: Arc::default(), cells });
    }
}

impl From<TextRuns> for SectionCell {
    fn from(text: TextRuns) -> Self {
        SectionCell { text, ..SectionCell::default() }
    }
}

impl From<Option<Link>> for SectionCell {
    fn from(link: Option<Link>) -> Self {
        link.into_iter().collect::<TextRuns>().into()
    }
}

impl From<Link> for SectionCell {
    fn from(link: Link) -> Self {
        TextRuns::from(link).into()
    }
}

impl From<StateTag> for SectionCell {
    fn from(tag: StateTag) -> Self {
        SectionCell { tag: Some(tag), ..SectionCell::default() }
    }
}

impl Linker<'_> {
    /// Label of a field of a kind; `suggestions.due` is a column of its rows.
    fn field_head(&self, kind: &str, path: &str) -> Arc<str> {
        let Some(kind) = self.view_context.config().kinds.get(kind) else { return Arc::default() };
        let (field, column) = path.split_once('.').unwrap_or((path, ""));
        let Some(field) = kind.index_of(field).map(|index| kind.field(index)) else { return Arc::default() };
        let field = match &field.ty {
            FieldType::Rows(shape) if !column.is_empty() => shape.index_of(column).map_or(field, |index| shape.field(index)),
            _ => field,
        };
        self.label(&field.label, &field.english)
    }

    fn heads(&self, kind: &str, paths: &[&str]) -> Vec<Arc<str>> {
        paths.iter().map(|path| self.field_head(kind, path)).collect()
    }

    fn text_cell(&self, text: Option<&Arc<str>>) -> SectionCell {
        text.map(|text| Link::plain(text.clone())).into()
    }

    fn day_cell(&self, day: Option<Date>) -> SectionCell {
        day.map(|day| Link::plain(self.date(day))).into()
    }

    fn party_cell(&self, who: Option<&Party>) -> SectionCell {
        who.map(|who| match who {
            Party::Registered(entry) if entry.is("customer") => self.customer_name(entry),
            who => self.party_name(who),
        })
        .into()
    }

    fn people_cell(&self, all: &[Party]) -> SectionCell {
        TextRuns::from(self.party_names(all)).into()
    }

    /// The row of a suggestion or inspection finding, with its state.
    fn suggestion_cells(&self, one: &Suggestion) -> Vec<SectionCell> {
        let due = match one.due {
            Some(due) if !one.done => SectionCell { due: Some(self.due(due)), ..SectionCell::default() },
            due => self.day_cell(due),
        };
        let done = match (one.done, one.done_on) {
            (true, Some(day)) => Link::plain(self.date(day)).into(),
            (true, None) => self.tag_cell("good", "settled"),
            (false, _) => self.tag_cell("mid", "open_still"),
        };
        vec![
            self.text(&one.record.id, &one.what).into(),
            self.party_cell(one.customer.as_ref()),
            self.party_cell(one.owner.as_ref()),
            due,
            done,
            self.text_cell(one.result.as_ref()),
        ]
    }

    fn tag_cell(&self, tone: &'static str, word: &'static str) -> SectionCell {
        StateTag { text: self.interface_word(word), tone }.into()
    }

    /// Breadcrumbs of a department record: the list of pages, the index of its kind, its name.
    fn breadcrumbs(&self, kind: &str, name: Option<&Arc<str>>) -> Breadcrumbs {
        let all = self.page(self.interface_word("title_pages"), &route::Page::Pages);
        let index = INDEXED.iter().find(|(one, _)| *one == kind);
        let index = index.map(|(kind, folder)| self.page(self.kind_label(kind), &route::Page::DepartmentIndex(folder)));
        [all].into_iter().chain(index).chain(name.map(|name| Link::plain(name.clone()))).collect()
    }
}

/// The index page of a kind.
pub(super) fn index_of(view_context: ViewContext<'_>, archive: &Archive, kind: &'static str, here: Url) -> PlannedPage {
    let linker = Linker::for_shared_record(view_context, here, archive);
    let name = linker.kind_label(kind);
    let mut page = linker.list_frame(&*name, "pages");
    page.crumbs = linker.breadcrumbs(kind, None);
    page.updated = archive.of_kind(kind).filter_map(|loose| loose.record.latest()).max().map(|date| linker.date(date));
    let sections = index::sections(&linker, archive, kind);
    let view = Department { page, name, kind, state: None, sections, records: Vec::new() };
    PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
}

/// The page of a record, or of all rows of a month's file.
pub(super) fn page_of(view_context: ViewContext<'_>, archive: &Archive, all: &[&SharedRecord], here: Url) -> PlannedPage {
    record::plan(view_context, archive, all, here)
}
