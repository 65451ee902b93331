//! The default theme, embedded in the binary.

macro_rules! files {
    ($($path:literal,)*) => {
        /// Every file of the default theme: (path in the theme, bytes), sorted by path.
        pub const BUILTIN: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/ink/", $path))),)*];
    };
}

files! {
    "assets/copy.js",
    "assets/days.js",
    "assets/form.css",
    "assets/form.js",
    "assets/print.css",
    "assets/style.css",
    "assets/table.js",
    "templates/base.html",
    "templates/brief.html",
    "templates/competitor.html",
    "templates/competitors.html",
    "templates/contact-plan.html",
    "templates/customer.html",
    "templates/customers.html",
    "templates/department.html",
    "templates/development-plan.html",
    "templates/events.html",
    "templates/form-list.html",
    "templates/forms.html",
    "templates/home.html",
    "templates/information.html",
    "templates/page.html",
    "templates/pages.html",
    "templates/parts/lists.html",
    "templates/parts/map.html",
    "templates/parts/plan.html",
    "templates/parts/record-foot.html",
    "templates/parts/record-rest.html",
    "templates/parts/record.html",
    "templates/parts/visits.html",
    "templates/parts/words.html",
    "templates/parts/written.html",
    "templates/people.html",
    "templates/person.html",
    "templates/plan-summary.html",
    "templates/problems.html",
    "templates/project.html",
    "templates/projects.html",
    "templates/report.html",
    "templates/reports.html",
    "templates/staff-list.html",
    "templates/staff.html",
    "templates/top.html",
    "templates/visit-plan.html",
    "templates/visit-plans.html",
    "theme.yaml",
}
