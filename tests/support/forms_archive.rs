//! The archive whose forms are printed: customers of whom nothing is known, one of everything, exactly as much as the paper holds, and
//! far more.

use std::fmt::Write as _;
use std::time::SystemTime;

use super::Files;

/// Words that fill lines.
const LONG: &str = "装置技术协议逐条过了一遍，余下通信规约与对时两条接口待书面确认，对方同意月内组织内部评审，请我方技术部到场说明，并把备件清单、停机时间和验收办法一并写明。";
const OURS: [&str; 9] = ["周岚", "何俊", "陈晓燕", "吕明", "韩卫东", "宋佳", "郑一鸣", "白璐", "马腾"];

/// The archive.
pub fn forms_archive() -> Files {
    let mut files = Files::new();
    let mut write = |path: String, text: String| files.insert(path, (text.into_bytes(), SystemTime::UNIX_EPOCH));
    write("archive.yaml".into(), "公司名称: 甲公司\nissued: 2025-01-01\n".into());
    for (at, name) in OURS.iter().enumerate() {
        let post = if at == 2 { "客户档案管理助理" } else { "销售经理" };
        write(format!("staff/{name}.md"), format!("---\n职务: {post}\n---\n"));
    }
    write("customers/nobody/customer.md".into(), "---\n单位名称: 无名水务有限公司\n级别: 一般\n负责人: 周岚\n---\n".into());
    for (folder, count, long) in [("one", 1, 0), ("full", 13, 0), ("over", 32, 1), ("many", 36, 0)] {
        for (path, text) in customer(folder, count, long) {
            write(format!("customers/{folder}/{path}"), text);
        }
    }
    files
}

fn name(at: usize) -> String {
    format!("{}{}", ["赵", "钱", "孙", "李", "周", "吴"][at % 6], ["甲一", "乙二", "丙三", "丁四", "戊五", "己六"][at / 6])
}

/// A customer with so many of each; `long` also writes at length.
fn customer(folder: &str, count: usize, long: usize) -> Vec<(String, String)> {
    let mut files = Vec::new();
    // Everybody is kept up by one of ours, and a day's report is a few lines longer than a sheet.
    let is_many = folder == "many";
    let units: String = (0..count.div_ceil(3))
        .map(|at| {
            let class = if at == 0 { "公司总部" } else { "分公司" };
            let contacts: Vec<String> =
                (0..if long > 0 { 5 } else { 3.min(count) }).map(|nth| name((at * 3 + nth) % count)).collect();
            format!("| 第{at}厂 | {class} | 东澜市{}号 | {} |\n", at + 1, contacts.join("、"))
        })
        .collect();
    files.push((
        "customer.md".into(),
        format!("---\n档案编号: KD-{folder}\n单位名称: {folder}水务集团有限公司\n简称: {folder}水务\n级别: 重点\n负责人: 周岚\n---\n\n## 机构\n\n| 机构 | 类别 | 所处地点 | 主要联系人 |\n|---|---|---|---|\n{units}"),
    ));
    let roles = ["决策者", "顾问人员", "使用者", "阻拦者", "支持者"];
    for at in 0..count {
        let concerns = if long > 0 && at == 1 { LONG.repeat(6) } else { format!("第{at}件要紧事") };
        let career: String = (0..if long > 0 && at == 0 { 60 } else { 2 })
            .map(|year| format!("| 第{year}水厂自控班 | 技术员 | {} | {} |\n", 1950 + year, 1951 + year))
            .collect();
        files.push((
            format!("people/{}.md", name(at)),
            format!(
                "---\n职务: 第{at}处处长\n手机: 0138000{at:04}\n办公室电话: 0573-8261{at:04}\n业余爱好: =围棋、+钓鱼\n出生日期: 1970-05\n籍贯: 嘉兴\n学历: 本科\n角色作用: {}\n关系状况: 中立的\n我方联系人: {}、{}\n---\n\n## 关心的事务\n\n- {concerns}\n\n## 工作经历\n\n| 单位 | 职务 | 起 | 止 |\n|---|---|---|---|\n{career}",
                roles[at % 5],
                OURS[at % 9],
                OURS[(at + 1) % 9],
            ),
        ));
    }
    let pairs: String = (0..count)
        .map(|at| {
            format!(
                "| {} | {} | {} | 12-{:02} |\n",
                OURS[at
                    % if is_many {
                        1
                    } else if long > 0 {
                        9
                    } else {
                        4
                    }],
                name(at),
                at % 7 + 1,
                at % 27 + 1
            )
        })
        .collect();
    let goal = if long > 0 { LONG.repeat(3) } else { "中标，邱总由中立转积极".into() };
    files.push((
        "contact-plans/2026.md".into(),
        format!("---\n目标描述: {goal}\n---\n\n| 我方 | 对象 | 联系次数 | 下次联系 |\n|---|---|---|---|\n{pairs}"),
    ));
    let topics = ["行业与市场状况", "客户近期与远期计划", "组织结构与管理体系", "投资规划"];
    let mut information = "| 主题 | 信息 | 含义 | 等级 | 日期 |\n|---|---|---|---|---|\n".to_owned();
    for at in 0..count.min(20) {
        let fact = if long > 0 { LONG } else { "明年扩建" };
        let _ = writeln!(information, "| {} | {at}. {fact} | 先做方案 | 1 | 2026-{:02}-05 |", topics[at % 4], at % 10 + 1);
    }
    files.push(("information.md".into(), information));
    let prose = if long > 0 { format!("{}\n\n", LONG.repeat(4)).repeat(12) } else { LONG.to_owned() };
    let fees = (0..if long > 0 {
        12
    } else if is_many {
        4
    } else {
        count.min(3)
    })
        .map(|at| format!("- 交通费{at} 1{at}.50（第{at}段）\n"))
        .collect::<String>();
    let open = (0..count.min(if is_many { 4 } else { 12 }))
        .map(|at| format!("- [ ] 第{at}个问题书面确认（何俊，12-{:02}）\n", at + 1))
        .collect::<String>();
    let handled = "- 备件已到\n".repeat(if is_many { 4 } else { 1 });
    let day = if long > 0 {
        "2026-11-20"
    } else if is_many {
        "2026-11-19"
    } else {
        "2026-11-18"
    };
    files.push((
        format!("visits/{day}.md"),
        format!(
            "---\n拜访人: {}、何俊\n拜访对象: {}\n拜访目的: 3A\n拜访目标: 谈\n商谈计划: b\n成果: C\n下次联系: 12-10\n---\n\n{prose}\n\n## 费用\n\n{fees}\n## 已处理问题\n\n{handled}\n## 未处理问题\n\n{open}",
            if folder == "full" { "吕明" } else { "周岚" },
            name(0),
        ),
    ));
    files
}
