//! The archive that is too much: one customer with forty key persons, hundreds of visits, names of sixty characters, and words no
//! line can hold.

use super::site_folder::{Files, sample_files};

/// A title as projects have it, sixty characters long.
const LONG: &str =
    "关于在全国范围内分三个批次统筹推进智能化自动化一体化监控平台升级改造与运行维护全过程咨询及设备成套供货安装调试服务";
/// What does not break.
const WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstand";
const OURS: [&str; 8] = ["顾长林", "郑一鸣", "宋佳", "白璐", "马腾", "丁浩", "许若楠", "方敏"];
const PERSONS: usize = 40;
const VISITS: usize = 220;

/// The staff and the pages of the sample, and this customer.
pub fn oversized_archive() -> Files {
    let mut files = sample_files();
    let stays = ["archive.yaml", "staff/", "我方人员/", "pages/", "页面/"];
    files.retain(|path, _| stays.iter().any(|start| path.starts_with(start)));
    let saved = files["archive.yaml"].1;
    let config = String::from_utf8_lossy(&files["archive.yaml"].0).replace("contacts: by-year", "contacts: each");
    let mut write = |path: String, text: String| files.insert(path, (text.into_bytes(), saved));
    write("archive.yaml".to_owned(), config);
    write("customers/zz/customer.md".to_owned(), customer());
    write(
        "customers/zz/information.md".to_owned(),
        format!("- 投资规划：{LONG} → {WORD}（3级，{}，2026-03-05）\n- 竞争对手：{WORD}\n", name(5)),
    );
    for at in 0..PERSONS {
        write(format!("customers/zz/people/{at:02}.md"), person(at));
    }
    let pairs: String = (0..PERSONS)
        .map(|at| format!("| {} | {} | {} | 12-{:02} | {LONG} |\n", ours(at), name(at), at % 6, at % 28 + 1))
        .collect();
    let plan = format!(
        "---\n目标描述: {WORD}；{LONG}\n---\n\n| 我方 | 对象 | 联系次数 | 下次联系 | 说明 |\n|---|---|---|---|---|\n{pairs}"
    );
    write("customers/zz/contact-plans/2026.md".to_owned(), plan);
    for at in 0..VISITS {
        let (month, day) = (at / 22 + 1, at % 22 + 1);
        write(format!("customers/zz/visits/2026-{month:02}-{day:02}.md"), visit(at));
    }
    for day in [3, 4] {
        let text = format!(
            "---\n方式: 电话\n对象: {}\n我方: {}\n---\n\n### {LONG}\n\n{WORD}\n\n## 承诺\n\n- [ ] {WORD}\n",
            name(day),
            ours(day)
        );
        write(format!("customers/zz/contacts/2026-11-{day:02}.md"), text);
    }
    files
}

fn ours(at: usize) -> &'static str {
    OURS[at % OURS.len()]
}

fn name(at: usize) -> String {
    match at {
        5 => "阿卜杜热合曼·买买提伊明·阿不都克里木·艾尔肯江·吐尔逊古丽·热依汗姑丽·阿依古丽·努尔比亚".to_owned(),
        6 => "Wolfeschlegelsteinhausenbergerdorff".to_owned(),
        _ => format!("{}{}", ["赵", "钱", "孙", "李", "周"][at % 5], ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"][at / 5]),
    }
}

fn customer() -> String {
    format!(
        "---\n单位名称: {LONG}公司\n级别: 核心\n负责人: 顾长林\n网站: www.{WORD}.example\n标签: {WORD}、{LONG}\n---\n\n## 机构\n\n\
         | 机构 | 类别 | 所处地点 | 主要联系人 |\n|---|---|---|---|\n| {LONG} | 公司总部 | {LONG} | {} |\n| {WORD} | 分公司 | {WORD} | {} |\n\n\
         ## 目前的需求\n\n- {WORD}\n- {LONG}\n\n## {LONG}\n\n{WORD}\n",
        name(5),
        name(6),
    )
}

fn person(at: usize) -> String {
    let title = match at {
        7 => LONG,
        8 => WORD,
        _ => "总工程师",
    };
    let boss = if at == 0 { String::new() } else { format!("汇报对象: {}\n", name((at - 1) / 3)) };
    let prose = format!(
        "{WORD}\n\n`{WORD}{WORD}`\n\n| 甲 | {WORD} |\n|---|---|\n| {LONG} | {WORD} |\n\n```\n{WORD}{WORD}\n```\n\n# {WORD}\n"
    );
    format!(
        "---\n姓名: {}\n职务: {title}\n手机: 1390000{at:04}\n角色作用: 支持者、顾问人员\n关系状况: 尚未建立关系\n我方联系人: {}、{}\n{boss}---\n\n\
         ## 关心的事务\n\n- {}\n\n{}",
        name(at),
        ours(at),
        ours(at + 3),
        if at == 9 { WORD } else { LONG },
        if at == 9 { prose.as_str() } else { "" },
    )
}

fn visit(at: usize) -> String {
    let (first, second) = (name(at % PERSONS), name((at * 7 + 3) % PERSONS));
    let promise = if at.is_multiple_of(8) {
        format!("\n## 承诺\n\n- [ ] {LONG}（对{first}，{}）\n", ours(at))
    } else {
        String::new()
    };
    format!(
        "---\n拜访人: {}\n拜访对象: {first}、{second}\n拜访目的: 3A\n拜访目标: {LONG}\n商谈计划: b\n成果: C\n下次联系: 12-10\n---\n\n{WORD}\n{promise}",
        ours(at / 3)
    )
}
