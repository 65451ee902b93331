//! Deadlines of the duties (`regulation.md` §1.9), each a setting under `cadences:`.

use serde::Serialize;

use super::reader::{ConfigEntry, ConfigReader, SettingName, name};
use crate::calendar::{Date, DateError, YearContext, YearHint, parse_date};

/// A day of every year, such as the 31st of January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct YearDay {
    /// 1–12.
    pub month: i8,
    /// 1–28, 30 or 31: a day that every year has.
    pub day: i8,
}

impl YearDay {
    /// That day in a year.
    pub fn of(self, year: i16) -> Date {
        jiff::civil::date(year, self.month, self.day)
    }

    /// Parses `01-31`, `1-31`, `1月31日`.
    fn read(text: &str) -> Option<YearDay> {
        // Parsed relative to a year without leap day, so that 2-29 is refused.
        let near = YearContext { day: jiff::civil::date(2026, 1, 1), year_hint: YearHint::OnOrAfter };
        match (parse_date(text, None), parse_date(text, Some(near))) {
            (Err(DateError::NoYear), Ok(day)) => Some(YearDay { month: day.month(), day: day.day() }),
            _ => None,
        }
    }
}

/// Deadlines in days; `*_workdays` in working days. D-2 and D-6 carry their own dates, D-5 uses the deadline of D-4.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Cadences {
    /// D-1: a market report may come this many working days after the month's first Monday (S-11.1a).
    pub market_report_workdays: u32,
    /// D-3: major news is reported within this many days; 0 is the same day (S-11.1c).
    pub major_news_days: u32,
    /// D-4, D-5: grace after the quarter's last day, in working days (S-11.5, S-12.3b).
    pub quarter_grace_workdays: u32,
    /// D-7: inspections expected in a quarter (S-12.3a).
    pub inspections_per_quarter: u32,
    /// D-8: the customer plan of a year exists by this day of it (S-15.2a).
    pub customer_plan_by: YearDay,
    /// D-9: the regulation is reviewed by this day of the year (S-07.2).
    pub regulation_review_by: YearDay,
    /// D-10: the visit plan may be submitted this many working days after the last working day of the month before
    /// (S-17.1).
    pub visit_plan_workdays: u32,
    /// D-10: it is reviewed at most this many working days after the month's first; 0 means on that day.
    pub visit_plan_review_workdays: u32,
    /// D-11, D-16: tolerance in percent by which contacts may lag behind the elapsed share of the plan (S-16.3,
    /// S-F6.6).
    pub behind_tolerance_percent: u32,
    /// D-12: the result of a visit is reported within this many working days (S-17.3-4a).
    pub feedback_workdays: u32,
    /// D-13: a visit report is written within this many working days (S-F7.14).
    pub visit_report_workdays: u32,
    /// D-14: a contact report is written within this many working days (S-F6.9).
    pub contact_report_workdays: u32,
    /// D-15: a next contact counts as due soon this many days before its date (S-F6.7).
    pub due_soon_days: u32,
    /// D-17: a promise without a date is due after this many working days (S-17.3-4b).
    pub promise_workdays: u32,
    /// D-18: a problem without a date is due after this many days (S-F7.13).
    pub problem_days: u32,
    /// D-19: an opinion, a call or a letter is passed on within this many working days (S-04.10b, S-05.2).
    pub forward_workdays: u32,
    /// D-20: the dossier is updated after news within this many working days (S-11.4).
    pub update_workdays: u32,
}

impl Default for Cadences {
    fn default() -> Self {
        Cadences {
            market_report_workdays: 0,
            major_news_days: 0,
            quarter_grace_workdays: 10,
            inspections_per_quarter: 1,
            customer_plan_by: YearDay { month: 1, day: 31 },
            regulation_review_by: YearDay { month: 12, day: 31 },
            visit_plan_workdays: 0,
            visit_plan_review_workdays: 0,
            behind_tolerance_percent: 0,
            feedback_workdays: 1,
            visit_report_workdays: 1,
            contact_report_workdays: 3,
            due_soon_days: 7,
            promise_workdays: 10,
            problem_days: 30,
            forward_workdays: 2,
            update_workdays: 5,
        }
    }
}

/// The field that a setting writes.
enum SettingSlot {
    Count(fn(&mut Cadences) -> &mut u32),
    Day(fn(&mut Cadences) -> &mut YearDay),
}

/// All settings: (D-number, name, field).
const SETTINGS: &[(&str, SettingName, SettingSlot)] = &[
    ("D-1", name("market_report_workdays", &["市场信息报告宽限"]), SettingSlot::Count(|c| &mut c.market_report_workdays)),
    ("D-3", name("major_news_days", &["重大信息汇报"]), SettingSlot::Count(|c| &mut c.major_news_days)),
    ("D-4", name("quarter_grace_workdays", &["季度审核宽限"]), SettingSlot::Count(|c| &mut c.quarter_grace_workdays)),
    ("D-7", name("inspections_per_quarter", &["每季检查次数"]), SettingSlot::Count(|c| &mut c.inspections_per_quarter)),
    ("D-8", name("customer_plan_by", &["客户计划截止"]), SettingSlot::Day(|c| &mut c.customer_plan_by)),
    ("D-9", name("regulation_review_by", &["制度审核截止"]), SettingSlot::Day(|c| &mut c.regulation_review_by)),
    ("D-10", name("visit_plan_workdays", &["拜访计划宽限"]), SettingSlot::Count(|c| &mut c.visit_plan_workdays)),
    ("D-10", name("visit_plan_review_workdays", &["拜访计划审核"]), SettingSlot::Count(|c| &mut c.visit_plan_review_workdays)),
    ("D-11", name("behind_tolerance_percent", &["次数容差"]), SettingSlot::Count(|c| &mut c.behind_tolerance_percent)),
    ("D-12", name("feedback_workdays", &["拜访反馈"]), SettingSlot::Count(|c| &mut c.feedback_workdays)),
    ("D-13", name("visit_report_workdays", &["拜访日报"]), SettingSlot::Count(|c| &mut c.visit_report_workdays)),
    ("D-14", name("contact_report_workdays", &["接触报告"]), SettingSlot::Count(|c| &mut c.contact_report_workdays)),
    ("D-15", name("due_soon_days", &["提前提醒"]), SettingSlot::Count(|c| &mut c.due_soon_days)),
    ("D-17", name("promise_workdays", &["承诺落实"]), SettingSlot::Count(|c| &mut c.promise_workdays)),
    ("D-18", name("problem_days", &["问题处理"]), SettingSlot::Count(|c| &mut c.problem_days)),
    ("D-19", name("forward_workdays", &["意见转告"]), SettingSlot::Count(|c| &mut c.forward_workdays)),
    ("D-20", name("update_workdays", &["档案更新"]), SettingSlot::Count(|c| &mut c.update_workdays)),
];

/// Reads `cadences:`.
pub(super) fn read(reader: &mut ConfigReader<'_>, entry: &ConfigEntry<'_>) -> Cadences {
    let mut cadences = Cadences::default();
    let names: Vec<SettingName> = SETTINGS.iter().map(|(_, name, _)| *name).collect();
    let section = reader.section(entry, &names);
    for (_, name, slot) in SETTINGS {
        let Some(entry) = section.get(name.key) else { continue };
        match slot {
            SettingSlot::Count(slot) => {
                if let Some(number) = reader.number(entry, 0, 366) {
                    *slot(&mut cadences) = number;
                }
            }
            SettingSlot::Day(slot) => {
                let Some(text) = reader.text(entry) else { continue };
                match YearDay::read(&text) {
                    Some(day) => *slot(&mut cadences) = day,
                    None => {
                        let diagnostics = reader.report(entry, "year-day");
                        reader.push(diagnostics);
                    }
                }
            }
        }
    }
    cadences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_names_are_complete_and_unique() {
        let mut cadences = Cadences::default();
        for (at, (_, _, slot)) in SETTINGS.iter().enumerate() {
            match slot {
                SettingSlot::Count(slot) => *slot(&mut cadences) = 100 + at as u32,
                SettingSlot::Day(slot) => *slot(&mut cadences) = YearDay { month: 2, day: at as i8 },
            }
        }
        let json = serde_json::to_value(&cadences).expect("numbers only");
        let json = json.as_object().expect("a struct");
        assert_eq!(json.len(), SETTINGS.len());
        for (at, (_, name, slot)) in SETTINGS.iter().enumerate() {
            match slot {
                SettingSlot::Count(_) => assert_eq!(json[name.key], 100 + at, "{}", name.key),
                SettingSlot::Day(_) => assert_eq!(json[name.key]["day"], at, "{}", name.key),
            }
        }
    }

    #[test]
    fn yearly_dates() {
        assert_eq!(YearDay::read("1-31"), Some(YearDay { month: 1, day: 31 }));
        assert_eq!(YearDay::read("1月31日").map(|day| day.of(2027).to_string()).as_deref(), Some("2027-01-31"));
        assert_eq!(YearDay::read("2-29"), None);
        assert_eq!(YearDay::read("2026-01-31"), None);
    }
}
