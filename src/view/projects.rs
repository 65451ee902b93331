//! The list of all projects: upcoming tenders, then every project by stage.

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::row_groups::{RowGroup, group_rows, pages};
use super::{Frame, Link, Linker, PageLink, PlannedPage, ProjectRow, ViewContext};
use crate::archive;
use crate::route::{Page, Url};

/// All projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Projects {
    /// The page frame.
    pub page: Frame,
    /// Number of projects over all parts.
    pub total: usize,
    /// Number of active projects.
    pub live: usize,
    /// Link to the page of competitors, if the edition has one.
    pub competitors_page: Option<Link>,
    /// Projects whose tender is still to come, in order of day; only on the first part.
    pub tenders: Vec<ProjectRow>,
    /// The projects of this part by stage.
    pub groups: Vec<RowGroup<ProjectRow>>,
    /// Links to the parts; empty if there is only one.
    pub parts: Vec<PageLink>,
    /// Whether this edition shows 竞争对手.
    pub shows_competitors: bool,
}

/// Stages in display order: those closest to a decision first, finished ones last.
const STAGES: [&str; 11] = ["投标", "招标", "立项", "线索", "中标", "合同谈判", "合同执行", "质保", "搁置", "丢标", "结束"];

impl Projects {
    /// The parts of the list, each with its address.
    pub(super) fn plan(view_context: ViewContext<'_>, archive_summary: &ArchiveSummary<'_>) -> Vec<(Url, PlannedPage)> {
        let mut all: Vec<(usize, &archive::Project)> = Vec::new();
        for (at, summary) in archive_summary.summaries.iter().enumerate() {
            all.extend(summary.dossier.projects.iter().map(|project| (at, project)));
        }
        let rank = |project: &archive::Project| {
            let stage = project.stage.as_deref().unwrap_or_default();
            // A stage added by the company comes before the finished ones; projects without a stage come last.
            let place = STAGES.iter().position(|one| *one == stage);
            (place.unwrap_or(if stage.is_empty() { STAGES.len() } else { 8 }), place.is_none())
        };
        all.sort_by(|(at, a), (other, b)| {
            (rank(a), &a.stage, a.tender.is_none(), a.tender, at, &a.record.id).cmp(&(
                rank(b),
                &b.stage,
                b.tender.is_none(),
                b.tender,
                other,
                &b.record.id,
            ))
        });
        let pages = pages(&all);
        let parts = pages.len() as u32;
        (0..parts)
            .zip(pages)
            .map(|(part, on_page)| {
                let url = view_context.routes.page(&Page::Projects(part));
                let linker = Linker::new(view_context, url.clone(), None);
                let row = |(at, project): &(usize, &archive::Project)| {
                    linker.project_row(&archive_summary.summaries[*at], project, true)
                };
                let groups = group_rows(
                    on_page
                        .iter()
                        .map(|one| (one.1.stage.clone().unwrap_or_else(|| linker.interface_word("unsaid")), row(one))),
                );
                let mut tenders: Vec<ProjectRow> = Vec::new();
                if part == 0 {
                    tenders.extend(all.iter().map(row).filter(|row| row.tender.is_some()));
                    tenders.sort_by(|a, b| a.tender.as_ref().map(|due| &due.date).cmp(&b.tender.as_ref().map(|due| &due.date)));
                    tenders.truncate(TENDERS);
                }
                let view = Projects {
                    page: linker.list_frame(linker.part_title(&linker.interface_word("title_projects"), part), "projects"),
                    total: all.len(),
                    live: all.iter().filter(|(_, project)| project.is_live()).count(),
                    competitors_page: linker.competitors_page(),
                    tenders,
                    groups,
                    parts: linker.parts(parts, Page::Projects),
                    shows_competitors: view_context.rule_context.may_read(&["project.competitors"]),
                };
                (url, PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers })
            })
            .collect()
    }
}

/// Maximum number of tenders shown above the list.
const TENDERS: usize = 20;
