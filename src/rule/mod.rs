//! Rules: what the regulation requires, by which clause and when. One duty, one file.
//!
//! [`judge`] evaluates them for a dossier. The first line of a rule file gives its Chinese title and what it checks or
//! reports; its manual page is `explain.<code>` in the catalogues. [`RULES`] registers all rules in the order of
//! output. This module knows neither pages nor templates.

mod deadline;
mod definition;
mod finding;
mod judge;
pub mod open_items;

mod archivist_missing;
mod blocker_without_plan;
mod call_not_passed_on;
mod contact_count_behind;
mod contact_report_late;
mod contact_without_report;
mod dossier_not_updated;
mod elapsed_share;
mod first_visit_not_first;
mod goal_missed_without_why;
mod inspection_missing;
mod introductions;
mod key_person_unmet;
mod late_report;
mod loan_below_rank;
mod loan_overdue;
mod major_news_unreported;
pub mod market_report_late;
mod milestone_overdue;
mod needs_missing;
mod next_contact_overdue;
mod opinion_not_forwarded;
mod owner_missing;
mod plan_action_overdue;
mod plan_change_unapproved;
mod plan_not_filed;
mod plan_not_reviewed;
mod plan_standing_missing;
mod plan_without_head;
mod planned_pair_never_met;
pub mod planned_visit_unreported;
mod problem_overdue;
mod project_criteria_missing;
mod project_person_foreign;
mod project_role_missing;
mod project_visits_behind;
mod promise_overdue;
mod quarter_review_missing;
mod regulation_review_missing;
mod revisit_without_date;
mod single_channel;
mod source_without_trust;
pub mod status_contradicts_contacts;
mod suggestion_overdue;
mod visit_outcome_unsaid;
pub mod visit_plan_late;
pub mod visit_plan_unreviewed;
mod visit_report_late;
mod visit_without_appointment;
mod visit_without_goal;
mod visit_without_people;
mod visit_without_purpose;
mod yearly_plan_missing;

pub use deadline::Deadline;
pub use definition::{Rule, RuleCheck};
pub use finding::{Evidence, Finding};
pub use judge::{RuleContext, judge, judge_archive};

/// All rules, in the order of output.
pub const RULES: &[&Rule] = &[
    &next_contact_overdue::RULE,
    &contact_count_behind::RULE,
    &promise_overdue::RULE,
    &problem_overdue::RULE,
    &opinion_not_forwarded::RULE,
    &contact_without_report::RULE,
    &contact_report_late::RULE,
    &visit_plan_late::RULE,
    &visit_plan_unreviewed::RULE,
    &planned_visit_unreported::RULE,
    &visit_report_late::RULE,
    &visit_without_purpose::RULE,
    &visit_without_people::RULE,
    &visit_without_goal::RULE,
    &visit_without_appointment::RULE,
    &first_visit_not_first::RULE,
    &revisit_without_date::RULE,
    &visit_outcome_unsaid::RULE,
    &goal_missed_without_why::RULE,
    &status_contradicts_contacts::RULE,
    &source_without_trust::RULE,
    &blocker_without_plan::RULE,
    &key_person_unmet::RULE,
    &planned_pair_never_met::RULE,
    &owner_missing::RULE,
    &needs_missing::RULE,
    &single_channel::RULE,
    &milestone_overdue::RULE,
    &project_visits_behind::RULE,
    &project_criteria_missing::RULE,
    &project_role_missing::RULE,
    &project_person_foreign::RULE,
    &yearly_plan_missing::RULE,
    &plan_action_overdue::RULE,
    &plan_not_reviewed::RULE,
    &plan_without_head::RULE,
    &plan_standing_missing::RULE,
    &plan_change_unapproved::RULE,
    &plan_not_filed::RULE,
    &call_not_passed_on::RULE,
    &market_report_late::RULE,
    &major_news_unreported::RULE,
    &dossier_not_updated::RULE,
    &quarter_review_missing::RULE,
    &inspection_missing::RULE,
    &suggestion_overdue::RULE,
    &loan_overdue::RULE,
    &loan_below_rank::RULE,
    &archivist_missing::RULE,
    &regulation_review_missing::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalog, Lang};

    #[test]
    fn codes_are_unique_kebab_case() {
        let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        codes.extend(crate::diag::Code::ALL.iter().map(|code| code.name()));
        assert!(
            codes
                .iter()
                .all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'))
        );
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn rules_have_title_and_manual_page() {
        for rule in RULES {
            for (lang, headings) in [
                (Lang::Zh, ["看什么", "依据", "什么时候提出", "怎样了结"]),
                (Lang::En, ["What it looks at", "Clause", "When it speaks", "How to settle it"]),
            ] {
                let words = Catalog::of(lang);
                assert!(words.has(&format!("rule.{}", rule.code)), "{} {lang:?}", rule.code);
                let key = format!("explain.{}", rule.code);
                let page = words.get(&key);
                for heading in headings {
                    assert!(page.lines().any(|line| line == heading), "{} {lang:?} lacks {heading}", rule.code);
                }
            }
        }
    }
}
