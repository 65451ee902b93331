//! 计划摘要 on a page of its own: it can be separated from the rest of the plan (S-14.1d), printed on one sheet and
//! handed on.

use std::sync::Arc;

use serde::Serialize;

use super::{Frame, GoalRow, Link, Linker, PlanPart, PlanReview, PlannedPage, ViewContext};
use crate::archive::{self, Dossier};
use crate::record::Record;
use crate::route::Url;

/// The 计划摘要 of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanSummary {
    /// Page frame. Its secrecy mark is that of the summary, not of the whole plan.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// 单位名称 in full.
    pub full_name: Arc<str>,
    /// 负责人 of the customer.
    pub owner: Option<Link>,
    /// 级别 of the customer.
    pub level: Option<Arc<str>>,
    /// Link to the whole plan.
    pub whole: Link,
    /// `2026 计划摘要`.
    pub name: Arc<str>,
    /// Who made, reviewed and filed it.
    pub course: PlanReview,
    /// The summary's fields and prose.
    pub part: PlanPart,
    /// 客户目标.
    pub goals: Vec<GoalRow>,
}

/// Key of the part shown here.
const SUMMARY: &str = "summary";

impl PlanSummary {
    /// The page of a plan's summary.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        dossier: &Dossier,
        plan: &archive::DevelopmentPlan,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let customer = linker.dossier_link(dossier);
        let whole = linker.entry_name(&plan.entry);
        let name: Arc<str> = Arc::from(format!("{} {}", plan.entry.name, linker.interface_word("plan_summary")));
        let mut page = linker.frame(format!("{} {name}", customer.text), "customers", level(&plan.record));
        page = linker.dated_frame(page, &plan.record);
        page.crumbs = linker.crumbs_down(dossier, [whole.clone(), Link::plain(linker.interface_word("plan_summary"))]);
        let own = dossier.customer.as_ref();
        let view = PlanSummary {
            page,
            customer,
            full_name: dossier.entry.name.clone(),
            owner: own.and_then(|customer| customer.owner.as_ref()).map(|who| linker.party_name(who)),
            level: own.and_then(|customer| customer.level.clone()),
            whole,
            name,
            course: linker.plan_course(plan),
            part: linker.plan_part(plan, SUMMARY),
            goals: linker.goals(plan),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

/// Secrecy level of the summary: the highest of the record and of its fields shown here.
fn level(record: &Record) -> u8 {
    let kind = &record.kind;
    let held = kind.index_of(SUMMARY).map(|index| &kind.field(index).holds[..]).unwrap_or_default();
    let keys = held.iter().map(|key| &**key).chain([SUMMARY, "author", "participants", "reviewer", "verdict", "filed_by"]);
    let said = keys.filter(|key| record.fields.get(key).is_some()).filter_map(|key| kind.index_of(key));
    said.map(|index| kind.field(index).secrecy).max().unwrap_or(0).max(record.secrecy)
}
