//! A new site folder: configuration, an example of each kind, files for two editors.

mod snippets;

use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::calendar::{AsOf, Date, Month, Period};
use crate::kind::Kinds;

/// Files below `content/`.
const CONTENT: &[(&str, &str)] = &[
    ("archive.yaml", include_str!("archive.yaml")),
    ("我方人员/周岚.md", include_str!("staff-seller.md")),
    ("我方人员/韩卫东.md", include_str!("staff-head.md")),
    ("我方人员/陈晓燕.md", include_str!("staff-archivist.md")),
    ("客户/示例水务/客户.md", include_str!("customer.md")),
    ("客户/示例水务/客户信息.md", include_str!("information.md")),
    ("客户/示例水务/关键人物/邱志远.md", include_str!("person-decides.md")),
    ("客户/示例水务/关键人物/沈丽萍.md", include_str!("person-uses.md")),
    ("客户/示例水务/接触计划/{year}.md", include_str!("contact-plan.md")),
    ("客户/示例水务/接触/{ring}.md", include_str!("contact.md")),
    ("客户/示例水务/接触/{month}.md", include_str!("contacts.md")),
    ("客户/示例水务/拜访/{first}.md", include_str!("visit-first.md")),
    ("客户/示例水务/拜访/{visit}.md", include_str!("visit.md")),
    ("客户/示例水务/项目/二期自控.md", include_str!("project.md")),
    ("客户/示例水务/客户计划/{year}.md", include_str!("development-plan.md")),
    ("拜访计划书/{visited}/周岚.md", include_str!("visit-plan.md")),
    ("市场信息/{month}/周岚.md", include_str!("market-report.md")),
    ("来电来函/{month}.md", include_str!("inbound.md")),
    ("竞争对手/恒科控制.md", include_str!("competitor.md")),
    ("批示/{call}.md", include_str!("directive.md")),
    ("季度审核/{quarter}.md", include_str!("review.md")),
    ("检查/{ring}.md", include_str!("inspection.md")),
    ("制度/第一版.md", include_str!("regulation.md")),
    ("借阅登记.md", include_str!("loans.md")),
    ("页面/怎么用.md", include_str!("page.md")),
];

/// Files copied unchanged: their braces are not placeholders.
const TEMPLATE_FILES: &[(&str, &str)] = &[
    ("content/模板/拜访.md", include_str!("templates/visit.md")),
    ("content/模板/接触.md", include_str!("templates/contact.md")),
    ("content/模板/关键人物.md", include_str!("templates/person.md")),
    ("content/模板/客户.md", include_str!("templates/customer.md")),
    ("content/模板/拜访计划书.md", include_str!("templates/visit-plan.md")),
    ("content/模板/项目.md", include_str!("templates/project.md")),
    ("content/模板/客户计划.md", include_str!("templates/development-plan.md")),
    ("content/模板/市场信息报告.md", include_str!("templates/market-report.md")),
    ("content/模板/来电来函.md", include_str!("templates/inbound.md")),
    ("content/模板/批示.md", include_str!("templates/directive.md")),
    ("content/模板/季度审核.md", include_str!("templates/review.md")),
    ("content/模板/检查.md", include_str!("templates/inspection.md")),
    ("content/模板/竞争对手.md", include_str!("templates/competitor.md")),
    ("content/.obsidian/templates.json", include_str!("templates.json")),
    (".vscode/tasks.json", include_str!("tasks.json")),
    (".vscode/settings.json", include_str!("settings.json")),
    (".gitignore", "public/\npublic-*/\n"),
];

/// Placeholder for the company's name.
pub const NO_COMPANY: &str = "（公司名称）";

/// The files of a new site folder: (path, text). Examples are dated shortly before `as_of`, so that some things are
/// recent and some due.
pub fn starter(company: Option<&str>, as_of: AsOf) -> Vec<(String, String)> {
    let tokens = tokens(company.unwrap_or(NO_COMPANY), as_of.0);
    let filled = |text: &str| tokens.iter().fold(text.to_owned(), |text, (token, value)| text.replace(token, value));
    let content = CONTENT.iter().map(|(path, text)| (format!("content/{}", filled(path)), filled(text)));
    let aside = TEMPLATE_FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let snippets = (".vscode/kedang.code-snippets".to_owned(), snippets::snippets(&Kinds::official()));
    content.chain(aside).chain([snippets]).collect()
}

fn tokens(company: &str, today: Date) -> [(&'static str, String); 13] {
    let before = |days: i32| weekday(today.saturating_sub(days.days()));
    let after = |days: i32| today.saturating_add(days.days()).to_string();
    let (call, visit) = (before(4), before(14));
    let last_quarter = Period::quarter_of(Period::quarter_of(today).first().saturating_sub(1.days()));
    [
        // A JSON string is valid YAML, whatever the name contains.
        ("{company}", serde_json::Value::from(company).to_string()),
        ("{filed}", today.saturating_sub(60.days()).to_string()),
        ("{first}", before(38).to_string()),
        ("{visit}", visit.to_string()),
        ("{visited}", Month::of(visit).to_string()),
        ("{quarter}", last_quarter.to_string()),
        ("{ring}", before(9).to_string()),
        ("{call}", call.to_string()),
        ("{month}", Month::of(call).to_string()),
        ("{year}", today.year().to_string()),
        ("{next}", after(9)),
        ("{later}", after(18)),
        ("{today}", today.to_string()),
    ]
}

/// `day`, or the Friday before it on a weekend.
fn weekday(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day.saturating_sub(1.days()),
        Weekday::Sunday => day.saturating_sub(2.days()),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Vec<(String, String)> {
        starter(Some("远川: \"自动化\" #1"), AsOf(Date::constant(2026, 1, 3)))
    }

    #[test]
    fn all_placeholders_are_replaced() {
        for (path, text) in made().iter().filter(|(path, _)| path.starts_with("content/") && !path.contains("模板")) {
            assert!(!path.contains('{'), "{path}");
            for token in
                ["{company}", "{filed}", "{first}", "{visit}", "{ring}", "{call}", "{month}", "{year}", "{next}", "{later}"]
            {
                assert!(!text.contains(token), "{path}: {token}");
            }
        }
    }

    #[test]
    fn sample_file_dates_precede_today() {
        let files = made();
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        // 3 January 2026 is a Saturday.
        assert!(paths.contains(&"content/客户/示例水务/拜访/2025-12-19.md"), "{paths:?}");
        assert!(paths.contains(&"content/客户/示例水务/接触计划/2026.md"));
        assert!(paths.contains(&"content/客户/示例水务/接触/2025-12.md"));
    }

    #[test]
    fn company_name_is_escaped_in_yaml() {
        let (_, text) = &made()[0];
        let config: serde_yaml::Value = serde_yaml::from_str(text).expect("archive.yaml is YAML");
        assert_eq!(config["company"].as_str(), Some("远川: \"自动化\" #1"));
    }

    #[test]
    fn editor_files_are_valid_json() {
        for (path, text) in made().iter().filter(|(path, _)| path.ends_with(".json") || path.ends_with(".code-snippets")) {
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{path}");
        }
    }
}
