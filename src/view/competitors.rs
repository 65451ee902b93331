//! The list of competitors.

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::competitor_index::{CompetitorIndex, CompetitorStatement, StatementKind};
use super::{Breadcrumbs, Frame, Link, Linker, Names, PlannedPage, TextRuns, ViewContext};
use crate::record::key;
use crate::route::{Page, Url};

/// The list of competitors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Competitors {
    /// The page frame.
    pub page: Frame,
    /// Competitors with a record, those with most customers first.
    pub rows: Vec<CompetitorLine>,
    /// Competitors without a record.
    pub unfiled: Vec<CompetitorLine>,
}

/// A competitor in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CompetitorLine {
    /// Name, linked to its page.
    pub name: Link,
    /// 目前的状况, possibly empty.
    pub state: TextRuns,
    /// 建议的策略, possibly empty.
    pub strategy: TextRuns,
    /// The first few customers with statements about it.
    pub customers: Names,
    /// Number of such customers.
    pub customers_count: usize,
    /// Number of customers not listed.
    pub customers_more: usize,
    /// Number of projects that name it.
    pub projects: usize,
    /// Number of projects it won.
    pub won: usize,
    /// Date of the last statement.
    pub last: Option<String>,
}

/// Maximum number of customers listed.
const MAX_CUSTOMERS: usize = 5;

impl Competitors {
    /// The list.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        rivals: &CompetitorIndex<'_>,
        here: Url,
    ) -> PlannedPage {
        let linker = Linker::for_shared_record(view_context, here, archive_summary.archive);
        let mut page = linker.list_frame(&*linker.interface_word("title_competitors"), "projects");
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_projects"), &Page::Projects(0)),
            Link::plain(linker.interface_word("title_competitors")),
        ]);
        let filed = archive_summary.archive.of_kind("competitor").map(|loose| {
            let text = |key: &str| {
                let text = loose.record.fields.text(key);
                text.map_or_else(TextRuns::default, |text| linker.text(&loose.record.id, &text.value))
            };
            let line = linker.competitor_line(archive_summary, linker.entry_name(&loose.entry), rivals.of_one(&loose.entry.id));
            CompetitorLine { state: text(key::STATE), strategy: text(key::STRATEGY), ..line }
        });
        let mut rows: Vec<CompetitorLine> = filed.collect();
        let unfiled = rivals
            .unfiled
            .iter()
            .map(|(name, said)| linker.competitor_line(archive_summary, Link::plain(Arc::from(*name)), said));
        let mut unfiled: Vec<CompetitorLine> = unfiled.collect();
        for list in [&mut rows, &mut unfiled] {
            list.sort_by_key(|line| (std::cmp::Reverse((line.customers_count, line.projects)), line.name.text.clone()));
        }
        PlannedPage { view: Competitors { page, rows, unfiled }.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl Linker<'_> {
    /// Link to the list, if the edition has one.
    pub fn competitors_page(&self) -> Option<Link> {
        let shown = self.view_context.rule_context.may_read(&["competitor.name"]);
        shown.then(|| self.page(self.interface_word("title_competitors"), &Page::Competitors))
    }

    fn competitor_line(
        &self,
        archive_summary: &ArchiveSummary<'_>,
        name: Link,
        said: &[CompetitorStatement<'_>],
    ) -> CompetitorLine {
        let mut places: Vec<usize> = Vec::new();
        for one in said {
            if let Some(at) = one.at.filter(|at| !places.contains(at)) {
                places.push(at);
            }
        }
        let named =
            places.iter().take(MAX_CUSTOMERS).map(|at| self.customer_name(&archive_summary.summaries[*at].dossier.entry));
        CompetitorLine {
            name,
            customers: self.join_links(named),
            customers_count: places.len(),
            customers_more: places.len().saturating_sub(MAX_CUSTOMERS),
            projects: said.iter().filter(|said| matches!(said.what, StatementKind::Project(_))).count(),
            won: said.iter().filter(|said| matches!(said.what, StatementKind::Won(_))).count(),
            last: said.iter().filter_map(|said| said.date).max().map(|date| self.date(date)),
            ..CompetitorLine::default()
        }
    }
}
