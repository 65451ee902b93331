//! Generates a large fictional archive, always the same.
//!
//! Texts are combined from parts. Dates end on a fixed day, so that the archive does not depend on when it is
//! generated. It has no errors, but warnings and overdue duties, like a real archive.

mod customer;
mod department;
mod names;
mod phrases;
mod staff;
mod visit;

use crate::calendar::Date;

use self::staff::Staff;

/// The last day in the archive.
pub const LAST_DAY: Date = Date::constant(2026, 11, 20);

/// An archive of so many customers: (path, text), each path once. About 30 files per customer.
pub fn demo(customers: u32) -> impl Iterator<Item = (String, String)> {
    let staff = Staff::of(customers);
    let ours = staff.files();
    let office = department::files(customers, &staff);
    let frame = [("archive.yaml".to_owned(), archive()), ("页面/使用说明.md".to_owned(), PAGE.to_owned())];
    frame.into_iter().chain(ours).chain(office).chain((0..customers).flat_map(move |number| customer::files(number, &staff)))
}

fn archive() -> String {
    "# 演示档案：单位、人物、事情都是编的。\ncompany: 远川自动化工程股份有限公司\nshort: 远川自动化\ntitle: 客户档案（演示）\n\
     department: 市场部\nissued: 2025-01-01\n"
        .to_owned()
}

const PAGE: &str = "---\n标题: 使用说明\n---\n\n这是 `kedang demo` 生成的演示档案，用来试用和测速。**单位、人物、电话都是编的。**\n\n\
    - 客户在“客户”下面，一家一个文件夹；\n- 改任何一个文件，保存，站点就跟着变。\n";

/// `11-5`, as people write a day of a known year.
fn short(day: Date) -> String {
    format!("{}-{}", day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn demo_is_deterministic() {
        assert!(demo(7).eq(demo(7)));
        assert_eq!(demo(0).filter(|(path, _)| path.starts_with("我方人员/")).count(), 8);
    }

    #[test]
    fn demo_paths_are_unique_and_complete() {
        let files: Vec<_> = demo(120).collect();
        let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), files.len());
        for folder in [
            "关键人物",
            "people",
            "接触计划",
            "contact-plans",
            "拜访",
            "visits",
            "接触",
            "contacts",
            "项目",
            "projects",
            "客户计划",
            "plans",
        ] {
            assert!(paths.iter().any(|path| path.contains(&format!("/{folder}/"))), "{folder}");
        }
        assert!(files.len() > 120 * 24, "{}", files.len());
    }

    #[test]
    fn customer_names_are_unique() {
        let files: Vec<_> = demo(3000).filter(|(path, _)| path.ends_with("customer.md") || path.ends_with("客户.md")).collect();
        let line = |label: &str| -> BTreeSet<String> {
            files.iter().flat_map(|(_, text)| text.lines().find(|line| line.starts_with(label)).map(str::to_owned)).collect()
        };
        assert_eq!(line("单位名称").len(), 3000);
        assert_eq!(line("简称").len(), 3000);
        assert_eq!(line("档案编号").len(), 3000);
    }
}
