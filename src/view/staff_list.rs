//! The list of 我方人员 (staff).

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::{ArchiveSummary, StaffWorklist};
use super::{Frame, Link, Linker, PlannedPage, ViewContext};
use crate::archive::{self, DueState};
use crate::route::{self, Url};

/// 我方人员.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StaffList {
    /// The page frame.
    pub page: Frame,
    /// Link to the list of visit plans.
    pub visit_plans: Link,
    /// All staff, those still employed first.
    pub rows: Vec<StaffRow>,
}

/// A staff member in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StaffRow {
    /// Name, linked to the page.
    pub name: Link,
    /// 职务, possibly empty.
    pub post: Arc<str>,
    /// 部门, possibly empty.
    pub department: Arc<str>,
    /// 上级.
    pub manager: Option<Link>,
    /// Whether 在职.
    pub active: bool,
    /// Customers whose 负责人 is this person.
    pub customers: usize,
    /// Number of overdue duties.
    pub overdue: usize,
    /// Visits made in the year of the as-of date.
    pub visits: usize,
    /// Contacts made in that year.
    pub contacts: usize,
}

impl StaffList {
    /// The page of the list.
    pub(super) fn plan(view_context: ViewContext<'_>, archive_summary: &ArchiveSummary<'_>, here: Url) -> PlannedPage {
        let linker = Linker::new(view_context, here, None);
        let row = |member: &archive::Staff| {
            let worklist = archive_summary.worklist(&member.entry.id);
            let count = |of: &dyn Fn(&StaffWorklist<'_>) -> usize| worklist.map_or(0, of);
            StaffRow {
                name: linker.entry_name(&member.entry),
                post: member.post.clone().unwrap_or_default(),
                department: member.department.clone().unwrap_or_default(),
                manager: member.manager.as_ref().map(|who| linker.party_name(who)),
                active: member.active,
                customers: count(&|worklist| worklist.customers.len()),
                overdue: count(&|worklist| {
                    worklist.findings.iter().filter(|finding| finding.state == Some(DueState::Overdue)).count()
                }),
                visits: count(&|worklist| worklist.made.0),
                contacts: count(&|worklist| worklist.made.1),
            }
        };
        let (here, gone): (Vec<&archive::Staff>, Vec<&archive::Staff>) =
            archive_summary.archive.staff.iter().partition(|member| member.active);
        let view = StaffList {
            page: linker.list_frame(&*linker.interface_word("title_staff"), "staff"),
            visit_plans: linker.page(linker.interface_word("title_visit_plans"), &route::Page::VisitPlans),
            rows: here.into_iter().chain(gone).map(row).collect(),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
