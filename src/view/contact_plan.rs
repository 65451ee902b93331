//! 客户接触计划 (附表6).

use serde::Serialize;

use super::dossier_summary::DossierSummary;
use super::record::HeadingLevels;
use super::{Frame, Link, Linker, Names, PairRow, PlannedPage, RecordPart, TextRuns, ViewContext};
use crate::archive;
use crate::route::Url;

/// 客户接触计划 (附表6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContactPlan {
    /// The page frame.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// 计划期, possibly empty.
    pub period: String,
    /// 目标描述.
    pub goal: TextRuns,
    /// Its pairs, with contacts planned and made.
    pub pairs: Vec<PairRow>,
    /// The other plans of the customer.
    pub others: Names,
    /// The record.
    pub record: RecordPart,
}

impl ContactPlan {
    /// The page of a contact plan.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        summary: &DossierSummary<'_>,
        plan: &archive::ContactPlan,
        here: Url,
    ) -> PlannedPage {
        let dossier = summary.dossier;
        let id = &plan.record.id;
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let customer = linker.dossier_link(dossier);
        let title = match plan.period {
            Some(period) => linker.interface_sentence("title_plan", &[("period", &period.to_string())]),
            None => linker.interface_word("title_plan_undated").to_string(),
        };
        let mut page = linker.frame(format!("{} {title}", customer.text), "customers", linker.secrecy_of(&plan.record));
        page = linker.dated_frame(page, &plan.record);
        page.crumbs = linker.crumbs_below(dossier, title);
        let record = linker.record(&plan.record, "", &["goal", "period", "verified"], HeadingLevels::SECTIONS);
        let view = ContactPlan {
            page,
            customer,
            period: plan.period.map_or_else(String::new, |period| period.to_string()),
            goal: plan.goal.as_ref().map_or_else(TextRuns::default, |goal| linker.text(id, goal)),
            pairs: summary
                .pairs()
                .filter(|(pair, _)| pair.planned.iter().any(|planned| planned.record.id == *id))
                .map(|(pair, standing)| linker.pair(dossier, pair, standing, Some(id)))
                .collect(),
            others: linker.join_links(
                dossier.plans.iter().filter(|other| other.record.id != *id).map(|other| linker.entry_name(&other.entry)),
            ),
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
