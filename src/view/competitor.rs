//! 竞争对手: one competitor with all statements about it in the archive (S-04.6b, S-14.3).

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::competitor_index::{CompetitorIndex, CompetitorStatement, StatementKind};
use super::record::HeadingLevels;
use super::{Breadcrumbs, Frame, Link, Linker, PlannedPage, RecordPart, TextRuns, ViewContext};
use crate::archive::SharedRecord;
use crate::route::{self, Url};

/// A competitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Competitor {
    /// The page frame.
    pub page: Frame,
    /// 名称.
    pub name: Arc<str>,
    /// Number of customers with statements about it.
    pub customers: usize,
    /// Number of projects that name it.
    pub projects: usize,
    /// Number of projects it won.
    pub won: usize,
    /// Statements by customer, the latest first.
    pub groups: Vec<CompetitorGroup>,
    /// The record.
    pub record: RecordPart,
}

/// Statements about a competitor at one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CompetitorGroup {
    /// The customer; text without a link for statements about none.
    pub customer: Link,
    /// Newest first.
    pub rows: Vec<CompetitorRow>,
}

/// A statement about a competitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CompetitorRow {
    /// Its date: `2026-11-20`.
    pub date: Option<String>,
    /// Its kind: `project`, `lost`, `favours`, `plan`, `news` or `link`.
    pub sort: &'static str,
    /// The word for its kind: 项目, 中标, 偏爱, 客户计划, 信息, 提到.
    pub what: Arc<str>,
    /// The project, person or other record that makes it.
    pub record: Link,
    /// The facts it states, possibly none.
    pub facts: Vec<CompetitorFact>,
}

/// A fact in a statement about a competitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CompetitorFact {
    /// 优势, 劣势, …; possibly empty.
    pub label: Arc<str>,
    /// Its text.
    pub text: TextRuns,
}

impl Competitor {
    /// The page of a competitor.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        rivals: &CompetitorIndex<'_>,
        loose: &SharedRecord,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::for_shared_record(view_context, here, archive_summary.archive);
        let name = loose.entry.name.clone();
        let mut page = linker.list_frame(&*name, "projects");
        page = linker.dated_frame(page, &loose.record);
        let list = linker.page(linker.interface_word("title_competitors"), &route::Page::Competitors);
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_projects"), &route::Page::Projects(0)),
            list,
            Link::plain(name.clone()),
        ]);
        let said = rivals.of_one(&loose.entry.id);
        let record = linker.record(&loose.record, "", &["name", "verified"], HeadingLevels::SECTIONS);
        let groups = linker.statements_about(archive_summary, said);
        let view = Competitor {
            page,
            name,
            customers: said.iter().filter_map(|said| said.at).collect::<BTreeSet<_>>().len(),
            projects: said.iter().filter(|said| matches!(said.what, StatementKind::Project(_))).count(),
            won: said.iter().filter(|said| matches!(said.what, StatementKind::Won(_))).count(),
            groups,
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl Linker<'_> {
    /// Statements about a competitor by customer.
    fn statements_about(&self, archive_summary: &ArchiveSummary<'_>, said: &[CompetitorStatement<'_>]) -> Vec<CompetitorGroup> {
        let mut groups: Vec<(Option<usize>, Vec<&CompetitorStatement<'_>>)> = Vec::new();
        for one in said {
            match groups.iter_mut().find(|(at, _)| *at == one.at) {
                Some((_, rows)) => rows.push(one),
                None => groups.push((one.at, vec![one])),
            }
        }
        // Statements are sorted newest first, and so are their customers.
        groups
            .into_iter()
            .map(|(at, rows)| CompetitorGroup {
                customer: match at {
                    Some(at) => self.customer_name(&archive_summary.summaries[at].dossier.entry),
                    None => Link::plain(self.interface_word("said_of_no_customer")),
                },
                rows: rows.into_iter().map(|said| self.statement_row(said)).collect(),
            })
            .collect()
    }

    fn statement_row(&self, said: &CompetitorStatement<'_>) -> CompetitorRow {
        let plain = |text: &Arc<str>| TextRuns::from(Link::plain(text.clone()));
        let fact = |label: &'static str, text: TextRuns| CompetitorFact {
            label: if label.is_empty() { Arc::default() } else { self.interface_word(label) },
            text,
        };
        let mut facts: Vec<CompetitorFact> = Vec::new();
        let (sort, word, record) = match said.what {
            StatementKind::Project(project) => {
                facts.extend(project.stage.as_ref().map(|stage| fact("", plain(stage))));
                if project.scale.is_some() {
                    facts.push(fact("", Link::plain(self.money(project.scale)).into()));
                }
                ("project", "said_project", self.entry_name(&project.entry))
            }
            StatementKind::Won(project) => {
                facts.extend(project.why.as_ref().map(|why| fact("why_lost", self.text(&project.record.id, why))));
                ("lost", "said_lost", self.entry_name(&project.entry))
            }
            StatementKind::Favours(person) => {
                facts.extend(person.title.as_ref().map(|title| fact("", plain(title))));
                ("favours", "said_favours", self.entry_name(&person.entry))
            }
            StatementKind::Plan(plan, rival) => {
                for (label, text) in [
                    ("strengths", &rival.strengths),
                    ("weaknesses", &rival.weaknesses),
                    ("present_state", &rival.state),
                    ("strategy", &rival.strategy),
                ] {
                    facts.extend(text.as_ref().map(|text| fact(label, self.text(&plan.record.id, text))));
                }
                ("plan", "said_plan", self.entry_name(&plan.entry))
            }
            StatementKind::News(row) => {
                facts.push(fact("", self.text(&row.record.id, &row.fact)));
                facts.extend(row.meaning.as_ref().map(|text| fact("meaning", self.text(&row.record.id, text))));
                ("news", "said_news", self.display_text(&row.record))
            }
            StatementKind::Link(entry) => ("link", "said_link", self.display_text(entry)),
        };
        CompetitorRow { date: said.date.map(|date| self.date(date)), sort, what: self.interface_word(word), record, facts }
    }
}
