//! The D-table's defaults (`regulation.md` §1.9), each a setting under `cadences:`.

use serde::{Deserialize, Serialize};

/// Deadlines in days; `*_workdays` in working days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cadences {
    /// D-13: a visit report is written within this many working days.
    pub visit_report_workdays: u32,
    /// D-14: a contact report.
    pub contact_report_workdays: u32,
    /// D-15: how many days before a next contact it is announced as due.
    pub due_soon_days: u32,
    /// D-17: a promise without a date of its own is due after this many working days.
    pub promise_workdays: u32,
    /// D-18: an open problem without a date of its own, in days.
    pub problem_days: u32,
    /// D-19: an opinion is passed on within this many working days.
    pub forward_workdays: u32,
    /// D-20: the dossier is updated after news within this many working days.
    pub update_workdays: u32,
    /// D-4: grace after the quarter's last day, in working days.
    pub quarter_grace_workdays: u32,
}

impl Default for Cadences {
    fn default() -> Self {
        Cadences {
            visit_report_workdays: 1,
            contact_report_workdays: 3,
            due_soon_days: 7,
            promise_workdays: 10,
            problem_days: 30,
            forward_workdays: 2,
            update_workdays: 5,
            quarter_grace_workdays: 10,
        }
    }
}
