//! Views: everything a page may show. The contract with themes.
//!
//! A view is closed: it contains all data of its template and no handle to anything else. It has due dates and states,
//! never numbers of days (`decisions.md` 16). Bodies are not part of it: a view has the index of a [`BodySlot`], and
//! `site` renders the HTML of the slots when the page is written. Views do not know templates; of HTML they know only
//! how names, texts, due dates and states are written (`html.rs`).

mod archive_summary;
mod body_slot;
mod competitor_index;
mod components;
mod context;
mod customer_order;
mod dossier_summary;
mod html;
mod link_cache;
mod linker;
mod plan;
#[cfg(test)]
pub mod samples;
mod sheet_slot;

mod directives;
mod event_row;
mod field;
mod planned_visits;
mod record;
mod relation_map;

mod brief;
mod competitor;
mod competitors;
mod completeness;
mod contact_plan;
mod customer;
mod customer_rows;
mod customers;
mod department;
mod development_plan;
mod display_name;
mod events;
mod forms;
mod home;
mod information;
mod page;
mod pages;
mod people;
mod person;
mod plan_summary;
mod problems;
mod project;
mod projects;
mod report;
mod reports;
mod review;
mod row_groups;
mod staff;
mod staff_list;
mod visit_plan;
mod visit_plans;

use serde::Serialize;

use linker::Linker;

pub use body_slot::BodySlot;
pub use brief::{Brief, BriefPerson, BriefProject};
pub use competitor::{Competitor, CompetitorFact, CompetitorGroup, CompetitorRow};
pub use competitors::{CompetitorLine, Competitors};
pub use completeness::{ContentRow, FormState, MissingContent, MissingGroup};
pub use components::{Duty, EventRow, Figure, Frame, Head, Item, NeighbourLink, PageLink, Problem, Shell};
pub use contact_plan::ContactPlan;
pub use context::{KeepGoing, ProblemsByFile, ViewContext};
pub use customer::Customer;
pub use customer_order::Order;
pub use customer_rows::{
    ContactCell, CustomerRow, Improvement, InformationRow, NextContact, PairRow, PersonRow, ProblemFileRow, RelationLight,
    UnitRow, UnregisteredRow, YearLink,
};
pub use customers::Customers;
pub use department::{Department, RecordSection, Section, SectionCell, SectionRow};
pub use development_plan::{
    ActionRow, ChangeRow, DevelopmentPlan, GoalRow, PlanCompetitorRow, PlanInForce, PlanPart, PlanReview, SwotCell,
};
pub use directives::DirectiveRow;
pub use event_row::{EventDetails, StatedContact};
pub use events::Events;
pub use field::{Field, FieldRow};
pub use forms::{DayRow, FormList, FormRow, Forms, SheetPart};
pub use home::{Home, MajorNewsRow, StaffOverdue, UpcomingRow};
pub use html::{Breadcrumbs, Due, Link, Names, StateTag, TextRuns};
pub use information::{Information, Topic};
pub use link_cache::LinkCache;
pub use page::Page;
pub use pages::{PageRow, Pages};
pub use people::People;
pub use person::{Person, RelationRow};
pub use plan::{archive_pages, dossier_pages};
pub use plan_summary::PlanSummary;
pub use planned_visits::{PlanRow, UpcomingVisitRow};
pub use problems::{ProblemFile, Problems};
pub use project::{
    ContractRow, DocumentRow, MemberRow, MilestoneRow, Project, ProjectInvolvement, ProjectRow, RoleGroup, StageRow,
};
pub use projects::Projects;
pub use record::RecordPart;
pub use relation_map::{MapBox, MapLine, RelationMap};
pub use report::{Cell, Column, Report};
pub use reports::{ReportRow, Reports};
pub use review::ReviewMark;
pub use row_groups::RowGroup;
pub use sheet_slot::SheetSlot;
pub use staff::Staff;
pub use staff_list::{StaffList, StaffRow};
pub use visit_plan::VisitPlan;
pub use visit_plans::{PlanLine, PlanMonth, VisitPlans};

macro_rules! views {
    ($($name:ident $template:literal,)*) => {
        /// The view of a page. Serialized as the inner struct, so its fields are the variables of the template.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "the structs are documented")]
        pub enum View { $($name(Box<$name>),)* }

        impl View {
            /// All templates, in the order of the theme's manual.
            pub const TEMPLATES: &[&str] = &[$($template,)*];

            /// Its template: `person.html`.
            pub fn template(&self) -> &'static str {
                match self { $(View::$name(_) => $template,)* }
            }

            /// Its page frame.
            pub fn frame(&self) -> &Frame {
                match self { $(View::$name(view) => &view.page,)* }
            }
        }

        $(impl From<$name> for View {
            fn from(view: $name) -> View {
                View::$name(Box::new(view))
            }
        })*
    };
}

views! {
    Home "home.html",
    Customers "customers.html",
    Customer "customer.html",
    Person "person.html",
    Events "events.html",
    ContactPlan "contact-plan.html",
    DevelopmentPlan "development-plan.html",
    PlanSummary "plan-summary.html",
    Brief "brief.html",
    Information "information.html",
    People "people.html",
    StaffList "staff-list.html",
    Staff "staff.html",
    VisitPlans "visit-plans.html",
    VisitPlan "visit-plan.html",
    Reports "reports.html",
    Report "report.html",
    Pages "pages.html",
    Page "page.html",
    Projects "projects.html",
    Project "project.html",
    Competitors "competitors.html",
    Competitor "competitor.html",
    FormList "form-list.html",
    Forms "forms.html",
    Department "department.html",
    Problems "problems.html",
}

/// A view with its body slots and sheets, to be rendered as a page.
#[derive(Clone, Debug)]
pub struct PlannedPage {
    /// The view.
    pub view: View,
    /// Bodies by index.
    pub slots: Vec<BodySlot>,
    /// Official forms by index.
    pub papers: Vec<SheetSlot>,
}
