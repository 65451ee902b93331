//! The page of a 客户计划 of one year in its five parts (第十四条). What the archive already holds (key persons, news,
//! needs, relations, lifecycle) comes from the live records and is never typed into a plan.

use std::sync::Arc;

use serde::Serialize;

use super::dossier_summary::DossierSummary;
use super::record::HeadingLevels;
use super::{
    Due, Duty, Field, Frame, InformationRow, Link, Linker, Names, PairRow, PersonRow, PlannedPage, RecordPart, StateTag,
    TextRuns, ViewContext,
};
use crate::archive::{self, Party};
use crate::record::key;
use crate::route::{self, Url};

/// A 客户计划 of one year in its five parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DevelopmentPlan {
    /// The page frame.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// `2026 客户计划`.
    pub name: Arc<str>,
    /// Who made, reviewed and filed it.
    pub course: PlanReview,
    /// Link to the page of the summary alone (S-14.1d).
    pub summary: Link,
    /// The five parts in their order.
    pub parts: Vec<PlanPart>,
    /// 客户目标.
    pub goals: Vec<GoalRow>,
    /// Key persons who have not left.
    pub people: Vec<PersonRow>,
    /// Whether this edition shows 角色作用.
    pub shows_roles: bool,
    /// Whether this edition shows 关系状况.
    pub shows_relation: bool,
    /// Whether this edition shows 关心的事务.
    pub shows_concerns: bool,
    /// 重大信息, newest first.
    pub news: Vec<InformationRow>,
    /// 目前的, 所表明的 and 潜在的 needs.
    pub needs: Vec<Field>,
    /// The customer's SWOT grid; empty if nothing is stated.
    pub theirs: Vec<SwotCell>,
    /// Competitors at this customer.
    pub rivals: Vec<PlanCompetitorRow>,
    /// 关系生命周期 of the customer now.
    pub lifecycle: Option<Arc<str>>,
    /// Staff and key persons in regular contact.
    pub relations: Vec<PairRow>,
    /// Our own SWOT grid here; empty if nothing is stated.
    pub ours: Vec<SwotCell>,
    /// 行动计划.
    pub actions: Vec<ActionRow>,
    /// How many of them are done.
    pub done: usize,
    /// How many actions are overdue.
    pub overdue: usize,
    /// 调整.
    pub changes: Vec<ChangeRow>,
    /// Unfulfilled duties about this plan.
    pub duties: Vec<Duty>,
    /// Plans of other years.
    pub others: Names,
    /// The rest of the record.
    pub record: RecordPart,
}

/// Who made, reviewed and filed a plan, and who took part (第十五条).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanReview {
    /// 制订人.
    pub author: Option<Link>,
    /// 参与人.
    pub participants: Names,
    /// 待审, 已审 or 退回.
    pub verdict: StateTag,
    /// 审核人.
    pub reviewer: Option<Link>,
    /// 审核日期.
    pub reviewed: Option<String>,
    /// Whether it is filed.
    pub filed: bool,
    /// 归档人.
    pub filed_by: Option<Link>,
    /// 归档日期.
    pub filed_on: Option<String>,
}

/// One of the five parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanPart {
    /// `summary`, `overview`, `competition`, `assessment`, `plan`.
    pub key: Arc<str>,
    /// 计划摘要 … 客户计划.
    pub title: Arc<str>,
    /// Index of its prose in `bodies`.
    pub body: Option<usize>,
    /// Its fields, except those shown as tables or grids.
    pub fields: Vec<Field>,
    /// Whether the plan states nothing in this part.
    pub empty: bool,
}

/// 客户目标.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GoalRow {
    /// 目标.
    pub goal: TextRuns,
    /// 衡量, possibly empty.
    pub measure: TextRuns,
    /// 期限.
    pub due: Option<String>,
    /// 状态, possibly empty.
    pub status: TextRuns,
    /// Its checkbox: `done`, `open`, or empty if it has none.
    pub tick: &'static str,
    /// Number of actions for this goal.
    pub actions: usize,
    /// How many of them are done.
    pub done: usize,
    /// Names in the row that belong to no column.
    pub named: Names,
}

/// One cell of a SWOT grid: strengths, weaknesses, opportunities or threats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SwotCell {
    /// Label of the field: 优势, 劣势, 机会, 威胁.
    pub label: Arc<str>,
    /// The entries of the field.
    pub items: Vec<TextRuns>,
}

/// A competitor at this customer (S-14.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanCompetitorRow {
    /// Name, linked to its page if it has one.
    pub name: Link,
    /// 优势, possibly empty.
    pub strengths: TextRuns,
    /// 劣势, possibly empty.
    pub weaknesses: TextRuns,
    /// 目前的状况, possibly empty.
    pub state: TextRuns,
    /// 建议的策略, possibly empty.
    pub strategy: TextRuns,
    /// Names in the row that belong to no column.
    pub named: Names,
}

/// 行动.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ActionRow {
    /// 行动.
    pub action: TextRuns,
    /// 责任人.
    pub owner: Option<Link>,
    /// 期限 of an action that is not done.
    pub due: Option<Due>,
    /// 期限 of an action that is done.
    pub was_due: Option<String>,
    /// Whether it is done.
    pub ticked: bool,
    /// 完成.
    pub done: Option<String>,
    /// 对应目标, possibly empty.
    pub goal: TextRuns,
    /// 说明, possibly empty.
    pub note: TextRuns,
    /// Names in the row that belong to no column.
    pub named: Names,
}

/// 调整 (S-15.2b).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChangeRow {
    /// 日期.
    pub date: Option<String>,
    /// 内容.
    pub what: TextRuns,
    /// 原因, possibly empty.
    pub why: TextRuns,
    /// 批准人.
    pub approver: Option<Link>,
    /// Names in the row that belong to no column.
    pub named: Names,
}

/// The plan in force, as shown on the customer's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanInForce {
    /// The plan.
    pub plan: Link,
    /// Link to its summary.
    pub summary: Link,
    /// Whether it is the plan of the as-of date's year.
    pub this_year: bool,
    /// 待审, 已审 or 退回.
    pub verdict: StateTag,
    /// 总的目的和方向, possibly empty.
    pub objective: TextRuns,
    /// 客户目标.
    pub goals: Vec<GoalRow>,
    /// The next actions that are not done.
    pub next: Vec<ActionRow>,
    /// How many actions are done.
    pub done: usize,
    /// How many actions there are.
    pub total: usize,
    /// How many actions are overdue.
    pub overdue: usize,
}

/// Fields shown as tables; those below are shown in grids and in the header.
const TABLES: &[&str] = &["goals", "competitors", "actions", "changes"];
const CUSTOMER_SWOT: &[&str] = &["strengths", "weaknesses", "opportunities", "threats"];
const OWN_SWOT: &[&str] = &["our_strengths", "our_weaknesses", "our_opportunities", "our_threats"];
const REVIEW_FIELDS: &[&str] =
    &["author", "participants", "reviewer", "reviewed", "verdict", "filed_by", "filed_on", "verified"];
/// Needs of the customer (S-14.2e).
const NEEDS: &[&str] = &["needs_now", "needs_stated", "needs_latent"];
/// Maximum number of 重大信息 rows shown in a plan.
const MAX_NEWS: usize = 6;
/// Maximum number of actions shown on the customer's page.
const MAX_NEXT_ACTIONS: usize = 3;

impl DevelopmentPlan {
    /// The page of a plan.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        summary: &DossierSummary<'_>,
        plan: &archive::DevelopmentPlan,
        here: Url,
    ) -> PlannedPage {
        let dossier = summary.dossier;
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let customer = linker.dossier_link(dossier);
        let name = linker.entry_name(&plan.entry).text;
        let mut page = linker.frame(format!("{} {name}", customer.text), "customers", linker.secrecy_of(&plan.record));
        page = linker.dated_frame(page, &plan.record);
        page.crumbs = linker.crumbs_below(dossier, name.clone());
        let parts = linker.plan_parts(plan);
        let held = plan.record.kind.fields.iter().flat_map(|field| field.holds.iter().map(|key| &**key));
        let heads = plan.record.kind.fields.iter().filter(|field| !field.holds.is_empty()).map(|field| &*field.key);
        let without: Vec<&str> = REVIEW_FIELDS.iter().copied().chain(held).chain(heads).collect();
        let sheet = dossier.customer.as_ref().map(|customer| &customer.record);
        let needs = sheet.map_or_else(Vec::new, |record| NEEDS.iter().filter_map(|key| linker.field_of(record, key)).collect());
        let record = linker.record(&plan.record, "", &without, HeadingLevels::SECTIONS);
        let here = |person: &&archive::Person| !view_context.rule_context.has_left(&person.entry);
        let view = DevelopmentPlan {
            page,
            customer,
            name,
            course: linker.plan_course(plan),
            summary: linker.page(linker.interface_word("plan_summary"), &route::Page::PlanSummary(plan.record.id.clone())),
            parts,
            goals: linker.goals(plan),
            people: dossier.people.iter().filter(here).map(|person| linker.person_row(summary, person, false)).collect(),
            shows_roles: view_context.rule_context.may_read(&["person.roles"]),
            shows_relation: view_context.rule_context.may_read(&["person.relation"]),
            shows_concerns: view_context.rule_context.may_read(&["person.concerns"]),
            news: dossier
                .information
                .iter()
                .filter(|row| row.major)
                .take(MAX_NEWS)
                .map(|row| linker.information(row))
                .collect(),
            needs,
            theirs: linker.swot(plan, CUSTOMER_SWOT),
            rivals: plan.rivals.iter().map(|rival| linker.competitor_row(plan, rival)).collect(),
            lifecycle: sheet.and_then(|record| record.fields.code(key::LIFECYCLE)).map(|code| Arc::from(code.shown())),
            relations: summary.regular().map(|(pair, standing)| linker.pair(dossier, pair, standing, None)).collect(),
            ours: linker.swot(plan, OWN_SWOT),
            actions: plan.actions.iter().map(|action| linker.action(plan, action)).collect(),
            done: plan.actions.iter().filter(|action| action.ticked).count(),
            overdue: linker.actions_overdue(plan),
            changes: plan.changes.iter().map(|change| linker.change(plan, change)).collect(),
            duties: summary
                .findings
                .iter()
                .filter(|finding| finding.subject.id == plan.record.id)
                .map(|finding| linker.duty_row(finding))
                .collect(),
            others: linker.join_links(
                dossier
                    .development_plans
                    .iter()
                    .filter(|other| other.record.id != plan.record.id)
                    .map(|other| linker.entry_name(&other.entry)),
            ),
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl Linker<'_> {
    /// The plan in force, for the customer's page; `None` if there is none.
    pub fn plan_short(&self, summary: &DossierSummary<'_>) -> Option<PlanInForce> {
        let as_of = self.view_context.rule_context.as_of;
        let plan = summary.dossier.plan_in_force(as_of)?;
        let mut open: Vec<_> = plan.actions.iter().filter(|action| !action.ticked).collect();
        open.sort_by_key(|action| (action.due.is_none(), action.due, action.row));
        let objective = plan.record.fields.text(key::OBJECTIVE).map(|text| text.value.clone());
        Some(PlanInForce {
            plan: self.entry_name(&plan.entry),
            summary: self.page(self.interface_word("plan_summary"), &route::Page::PlanSummary(plan.record.id.clone())),
            this_year: plan.year() == Some(as_of.0.year()),
            verdict: self.verdict(plan),
            objective: self.plan_text(plan, objective.as_ref()),
            goals: self.goals(plan),
            next: open.iter().take(MAX_NEXT_ACTIONS).map(|action| self.action(plan, action)).collect(),
            done: plan.actions.len() - open.len(),
            total: plan.actions.len(),
            overdue: self.actions_overdue(plan),
        })
    }

    /// Who made, reviewed and filed a plan.
    pub fn plan_course(&self, plan: &archive::DevelopmentPlan) -> PlanReview {
        let one = |who: &Option<Party>| who.as_ref().map(|who| self.party_name(who));
        PlanReview {
            author: one(&plan.author),
            participants: self.party_names(&plan.participants),
            verdict: self.verdict(plan),
            reviewer: one(&plan.reviewer),
            reviewed: plan.reviewed.map(|date| self.date(date)),
            filed: plan.filed_on.is_some() || plan.filed_by.is_some(),
            filed_by: one(&plan.filed_by),
            filed_on: plan.filed_on.map(|date| self.date(date)),
        }
    }

    /// The review state as the record states it.
    fn verdict(&self, plan: &archive::DevelopmentPlan) -> StateTag {
        let word = plan.stated_verdict();
        let tone = match word {
            "已审" => "good",
            "退回" => "bad",
            _ => "none",
        };
        StateTag { text: Arc::from(word), tone }
    }

    /// The five parts in the order of the kind (S-14.9).
    fn plan_parts(&mut self, plan: &archive::DevelopmentPlan) -> Vec<PlanPart> {
        let kind = Arc::clone(&plan.record.kind);
        kind.fields.iter().filter(|field| !field.holds.is_empty()).map(|field| self.plan_part(plan, &field.key)).collect()
    }

    /// One part, looked up by the key of its prose field.
    pub fn plan_part(&mut self, plan: &archive::DevelopmentPlan, key: &str) -> PlanPart {
        let record = &plan.record;
        let Some(field) = record.kind.index_of(key).map(|index| record.kind.field(index)) else { return PlanPart::default() };
        let drawn = |key: &str| TABLES.contains(&key) || CUSTOMER_SWOT.contains(&key) || OWN_SWOT.contains(&key);
        let said = |key: &str| record.fields.get(key).is_some();
        let empty = !said(key) && !field.holds.iter().any(|key| said(key));
        let holds: Vec<Arc<str>> = field.holds.iter().filter(|key| !drawn(key)).cloned().collect();
        PlanPart {
            key: field.key.clone(),
            title: self.label(&field.label, &field.english),
            empty,
            body: self.field_of(record, key).and_then(|shown| shown.body),
            fields: holds.iter().filter_map(|key| self.field_of(record, key)).collect(),
        }
    }

    /// A text of a plan with its wikilinks; empty for `None`.
    fn plan_text(&self, plan: &archive::DevelopmentPlan, text: Option<&Arc<str>>) -> TextRuns {
        text.map_or_else(TextRuns::default, |text| self.text(&plan.record.id, text))
    }

    /// 客户目标, each with its actions: those whose 对应目标 contains its text or is contained in it.
    pub fn goals(&self, plan: &archive::DevelopmentPlan) -> Vec<GoalRow> {
        let row = |goal: &archive::Goal| {
            let serves = |action: &&archive::Action| {
                action
                    .goal
                    .as_ref()
                    .is_some_and(|said| !said.is_empty() && (goal.goal.contains(&**said) || said.contains(&*goal.goal)))
            };
            GoalRow {
                goal: self.plan_text(plan, Some(&goal.goal)),
                measure: self.plan_text(plan, goal.measure.as_ref()),
                due: goal.due.map(|date| self.date(date)),
                status: self.plan_text(plan, goal.status.as_ref()),
                tick: match goal.ticked {
                    Some(true) => "done",
                    Some(false) => "open",
                    None => "",
                },
                actions: plan.actions.iter().filter(serves).count(),
                done: plan.actions.iter().filter(serves).filter(|action| action.ticked).count(),
                named: self.party_names(&goal.named),
            }
        };
        plan.goals.iter().map(row).collect()
    }

    /// A SWOT grid of four cells; empty if no field is filled in.
    fn swot(&self, plan: &archive::DevelopmentPlan, keys: &[&str]) -> Vec<SwotCell> {
        let record = &plan.record;
        if keys.iter().all(|key| record.fields.get(key).is_none()) {
            return Vec::new();
        }
        let cell = |key: &&str| {
            let field = record.kind.field(record.kind.index_of(key)?);
            let items = record.fields.texts(key).iter().map(|text| self.text(&record.id, &text.value)).collect();
            Some(SwotCell { label: self.label(&field.label, &field.english), items })
        };
        keys.iter().filter_map(cell).collect()
    }

    fn competitor_row(&self, plan: &archive::DevelopmentPlan, rival: &archive::Rival) -> PlanCompetitorRow {
        PlanCompetitorRow {
            name: self.party_name(&rival.name),
            strengths: self.plan_text(plan, rival.strengths.as_ref()),
            weaknesses: self.plan_text(plan, rival.weaknesses.as_ref()),
            state: self.plan_text(plan, rival.state.as_ref()),
            strategy: self.plan_text(plan, rival.strategy.as_ref()),
            named: self.party_names(&rival.named),
        }
    }

    fn action(&self, plan: &archive::DevelopmentPlan, action: &archive::Action) -> ActionRow {
        ActionRow {
            action: self.plan_text(plan, Some(&action.action)),
            owner: action.owner.as_ref().map(|who| self.party_name(who)),
            due: action.due.filter(|_| !action.ticked).map(|date| self.due(date)),
            was_due: action.due.filter(|_| action.ticked).map(|date| self.date(date)),
            ticked: action.ticked,
            done: action.done.map(|date| self.date(date)),
            goal: self.plan_text(plan, action.goal.as_ref()),
            note: self.plan_text(plan, action.note.as_ref()),
            named: self.party_names(&action.named),
        }
    }

    fn actions_overdue(&self, plan: &archive::DevelopmentPlan) -> usize {
        let today = self.view_context.rule_context.as_of.0;
        plan.actions.iter().filter(|action| !action.ticked && action.due.is_some_and(|day| day < today)).count()
    }

    fn change(&self, plan: &archive::DevelopmentPlan, change: &archive::PlanAdjustment) -> ChangeRow {
        ChangeRow {
            date: change.date.map(|date| self.date(date)),
            what: self.plan_text(plan, Some(&change.what)),
            why: self.plan_text(plan, change.why.as_ref()),
            approver: change.approver.as_ref().map(|who| self.party_name(who)),
            named: self.party_names(&change.named),
        }
    }
}
