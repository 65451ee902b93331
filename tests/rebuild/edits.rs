//! Everything people do to an archive, at random.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use kedang::kind::Kinds;

use super::workspace::Workspace;
use crate::support::{Rng, read, root};

/// Does something and says what; nothing when there was nothing to do it to.
type Edit = fn(&mut Workspace, &mut Rng) -> Option<String>;

/// What is done, the usual things more often.
const EDITS: &[Edit] = &[
    field,
    field,
    field,
    field,
    prose,
    prose,
    prose,
    rename,
    rename,
    delete,
    copy,
    move_customer,
    twin,
    twin,
    name,
    name,
    theme,
    config,
    config,
    day,
    edition,
    picture,
    picture,
    add,
    add,
    add,
    encoding,
    touch,
    nothing,
];

const STAFF: &[&str] = &["周岚", "何俊", "陈晓燕", "何军"];
const PEOPLE: &[&str] = &["邱志远", "沈丽萍", "傅彬", "不存在的人", "邱志远、沈丽萍"];
const DAYS: &[&str] = &["2026-11-05", "2026-11-20", "2026-12-10", "2025-10-08", "昨天", "2026.11.18", "11-30"];
const CUSTOMERS: &[&str] = &["dl", "华东院", "xinda", "新 客户"];
/// Does one thing.
pub fn edit(desk: &mut Workspace, dice: &mut Rng) -> String {
    loop {
        if let Some(said) = EDITS[dice.below(EDITS.len())](desk, dice) {
            return said;
        }
    }
}

fn record(desk: &Workspace, dice: &mut Rng) -> Option<String> {
    let records = desk.records();
    (!records.is_empty()).then(|| dice.choose(&records).to_owned())
}

/// Saves as editors do: nearly always some time ago; sometimes just now, or on a computer whose clock is ahead.
fn save(desk: &mut Workspace, dice: &mut Rng, path: &str, text: String) {
    desk.save(path, text);
    match dice.below(12) {
        0 | 1 => desk.save_at(path, None),
        2 => desk.save_at(path, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000 + desk.saved))),
        _ => {}
    }
}

fn field(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let text = desk.text(&path);
    let head = text.strip_prefix("---\n")?.split("---\n").next()?;
    let lines: Vec<&str> = head.lines().collect();
    if lines.is_empty() {
        return None;
    }
    let line = dice.choose(&lines);
    let (key, value) = line.split_once(": ").unwrap_or((line, ""));
    let fresh = match dice.below(10) {
        0 => String::new(),
        1 => format!("{line}\n{line}\n"),
        2 => format!("{key}：{value}\n"),
        3 => format!("{line}\n备忘: 第 {} 次\n", desk.saved),
        4 => format!("{line}\n密级: {}\n", dice.choose(&["公开", "内部", "秘密", "机密"])),
        _ => format!("{key}: {}\n", other_value(key, value, dice)),
    };
    let said = format!("{path}: {line} → {}", fresh.escape_debug());
    let text = text.replacen(&format!("{line}\n"), &fresh, 1);
    save(desk, dice, &path, text);
    Some(said)
}

/// Another value of a field.
fn other_value(key: &str, value: &str, dice: &mut Rng) -> String {
    let of: &[&str] = match key {
        "负责人" | "拜访人" | "我方人员" | "我方联系人" | "上级" => STAFF,
        "拜访对象" | "对象" | "汇报对象" => PEOPLE,
        "日期" | "下次联系" | "生日" => DAYS,
        "级别" => &["核心", "重点", "一般", "特级"],
        "成果" => &["A", "B", "C", "C 再度访问", "Z"],
        "拜访目的" => &["3A", "3B", "1A", ""],
        "关系状况" => &["积极的", "中立的", "消极的"],
        "角色作用" => &["决策者", "使用者", "阻拦者", "影响者"],
        "密级" => &["公开", "内部", "秘密", "机密"],
        "方式" => &["电话", "微信", "烽火"],
        "项目" | "名称" => &["二水厂扩建", "二期", "没有的项目"],
        "阶段" => &["线索", "招标", "丢标", "围观"],
        "竞争对手" | "偏爱的竞争对手" => &["恒科控制", "南桥自控", "恒科控制、南桥自控"],
        "销售人员" | "报告人" | "登记人" | "制订人" | "审核人" | "人员" => STAFF,
        "审核范围" => &["全部", "负责人 周岚", "负责人 何俊", "东澜水务"],
        "提交日期" | "颁布日期" => DAYS,
        "月份" => &["2026-11", "2026-12", "上个月"],
        _ => return format!("{value}改"),
    };
    dice.choose(of).to_owned()
}

fn prose(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let mut text = desk.text(&path);
    let said = match dice.below(8) {
        0 => {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            text = lines[..lines.len().saturating_sub(1)].concat();
            "the last line goes"
        }
        1 => {
            text = text.replacen("---\n", "---\n\n", 2).replacen("---\n\n", "---\n", 1);
            "everything moves down a line"
        }
        _ => {
            let more = dice.choose(&[
                "又去了一次。",
                "见[[邱志远]]和[[傅彬|傅院长]]。",
                "见[[dl/沈丽萍]]、[[东澜水务]]、[[没有这个]]。",
                "![厂区](../图/厂区.png)",
                "[图](/customers/dl/图/厂区.png)",
                "[昨天的](2026-11-05.md)",
                "- [ ] 报价（周岚，12-4）",
                "- [x] 报价（何俊，2026-11-01）",
                "## 未处理问题",
                "| 关系状况 | 日期 | 评定人 | 原因 |\n|---|---|---|---|\n| 消极的 | 2026-03-10 | 周岚 | 价格 |",
                "<script>alert(1)</script>",
                "- 6-20 电话 邱志远：问价（周岚，下次联系 12-1）",
                "见[[二水厂扩建]]、[[恒科控制]]。",
                "- [[东澜水务/2026-11-05]] 已阅。（何俊，12-1）",
                "## 建议\n\n- [ ] 补附表2（东澜水务，何俊，12-1）",
                "| 日期 | 单位 | 对象 |\n|---|---|---|\n| 11-9 | 东澜水务 | 沈丽萍 |",
            ]);
            text.push_str(&format!("\n{more}\n"));
            more
        }
    };
    save(desk, dice, &path, text);
    Some(format!("{path}: {said}"))
}

fn rename(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let (folder, _) = path.rsplit_once('/')?;
    let name = match folder.rsplit('/').next()? {
        "staff" | "我方人员" => dice.choose(STAFF).to_owned(),
        "people" | "关键人物" => dice.choose(&["邱志远", "沈丽萍", "傅彬", "闵洁", "邱志远 (1)"]).to_owned(),
        "visits" | "拜访" | "contacts" | "接触" => dice
            .choose(&["2026-11-05", "2026-11-20", "2026-11-20-2", "2026-10", "2026-06", "2025-10-08", "没有日期"])
            .to_owned(),
        "competitors" | "竞争对手" => dice.choose(&["恒科控制", "南桥自控"]).to_owned(),
        "projects" | "项目" => dice.choose(&["二水厂扩建", "二期"]).to_owned(),
        "inbound" | "来电来函" => dice.choose(&["2026-11", "2026-10", "2026-11-23 蒋工"]).to_owned(),
        _ => dice.choose(&["2025", "2026", "2026-11-20", "周岚", "说明", "customer", "客户", "草稿"]).to_owned(),
    };
    let to = format!("{folder}/{name}.md");
    (to != path).then(|| {
        desk.rename(&path, &to);
        format!("{path} is called {to}")
    })
}

fn delete(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    desk.files.remove(&path);
    Some(format!("{path} goes"))
}

fn copy(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let to = match dice.below(3) {
        0 => path.replace(".md", " (1).md"),
        1 => path.replace("dl/", "xinda/"),
        _ => path.replace(".md", "-2.md"),
    };
    let text = desk.text(&path);
    (to != path).then(|| {
        save(desk, dice, &to, text);
        format!("{path} is copied to {to}")
    })
}

/// The customer folders there are, with the folder they lie in.
fn customers(desk: &Workspace) -> Vec<String> {
    let folders = desk.files.keys().filter(|path| path.starts_with("customers/") || path.starts_with("客户/"));
    let mut folders: Vec<String> =
        folders.filter_map(|path| Some(path[..path.match_indices('/').nth(1)?.0 + 1].to_owned())).collect();
    folders.dedup();
    folders
}

fn move_customer(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let customers = customers(desk);
    let from = dice.choose(&customers.iter().map(String::as_str).collect::<Vec<_>>()).to_owned();
    let to = format!("{}/{}/", dice.choose(&["customers", "客户"]), dice.choose(CUSTOMERS));
    if from == to {
        return None;
    }
    move_all(desk, |path| path.strip_prefix(&*from).map(|rest| format!("{to}{rest}")));
    Some(format!("{from} moves to {to}"))
}

fn move_all(desk: &mut Workspace, to: impl Fn(&str) -> Option<String>) -> usize {
    let moves: Vec<(String, String)> = desk.files.keys().filter_map(|path| Some((path.clone(), to(path)?))).collect();
    for (from, to) in &moves {
        desk.rename(from, to);
    }
    moves.len()
}

/// Folders and fixed files that have two names: `staff/` and `我方人员/`, anywhere `/people/` and `/关键人物/`.
fn twins() -> Vec<(String, String)> {
    let kinds = Kinds::official();
    let mut twins = BTreeSet::from([("archive.yaml".to_owned(), "档案.yaml".to_owned())]);
    for place in kinds.all().iter().flat_map(|kind| &kind.files) {
        let count = place.split('/').count();
        for (at, part) in place.split('/').enumerate() {
            let (before, after) = (if at > 0 { "/" } else { "" }, if at + 1 < count { "/" } else { "" });
            twins.extend(
                kinds.chinese_name(part).map(|twin| (format!("{before}{part}{after}"), format!("{before}{twin}{after}"))),
            );
        }
    }
    twins.into_iter().collect()
}

fn twin(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let twins = twins();
    let (one, two) = &twins[dice.below(twins.len())];
    let (from, to) = if dice.one_in(2) { (one, two) } else { (two, one) };
    let anywhere = from.starts_with('/');
    let renamed = |path: &str| match (anywhere, path.strip_prefix(from.as_str())) {
        (true, _) => path.contains(from.as_str()).then(|| path.replacen(from, to, 1)),
        (false, rest) => rest.map(|rest| format!("{to}{rest}")),
    };
    (move_all(desk, renamed) > 0).then(|| format!("{from} is called {to}"))
}

/// A name that others refer to.
fn name(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let key = match path.rsplit('/').nth(1)? {
        "staff" | "我方人员" | "people" | "关键人物" => "姓名",
        _ if path.ends_with("/customer.md") || path.ends_with("/客户.md") => dice.choose(&["简称", "单位名称"]),
        "pages" | "页面" => "标题",
        "projects" | "项目" | "competitors" | "竞争对手" => "名称",
        _ => return None,
    };
    let name = dice.choose(&["周岚", "周澜", "何俊", "邱志远", "邱工", "傅彬", "东澜水务", "东澜集团", "华东院"]);
    let mut text = desk.text(&path);
    let head = text.strip_prefix("---\n")?.split("---\n").next()?.to_owned();
    let kept: String = head.split_inclusive('\n').filter(|line| !line.starts_with(key)).collect();
    text = text.replacen(&head, &format!("{key}: {name}\n{kept}"), 1);
    save(desk, dice, &path, text);
    Some(format!("{path}: {key} is {name}"))
}

fn theme(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = *["assets/style.css", "assets/logo.svg", "templates/page.html", "templates/person.html", "templates/base.html"]
        .get(dice.below(5))?;
    if desk.theme.remove(path).is_some() && dice.one_in(2) {
        return Some(format!("the theme loses its own {path}"));
    }
    let own = root().join("themes/ink").join(path);
    let mut text = if own.exists() { read(&own) } else { "<svg/>".to_owned() };
    let mark = format!("第 {} 版", desk.saved);
    text = match path {
        _ if path.starts_with("assets/") => format!("{text}/* {mark} */\n"),
        "templates/base.html" => text.replacen("</body>", &format!("<p>{mark}</p></body>"), 1),
        // Templates that differ and draw the same.
        _ if dice.one_in(3) => text.replacen("{% block content %}", &format!("{{# {mark} #}}{{% block content %}}"), 1),
        _ => text.replacen("{% block content %}", &format!("{{% block content %}}<p>{mark}</p>"), 1),
    };
    desk.saved += 1;
    desk.theme.insert(path.to_owned(), text);
    Some(format!("the theme has its own {path}"))
}

fn config(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    const LINES: &[(&str, &[&str])] = &[
        ("title", &["title: 档案", "title: 客户档案（新）"]),
        ("language", &["language: en", "language: zh-CN"]),
        ("issued", &["issued: 2025-01-01", "issued: 2026-10-01"]),
        ("visits", &["pages: { visits: each }", "pages: { visits: by-year }"]),
        ("rules", &["rules: { next-contact-overdue: off }", "rules: { unknown-staff: off, owner-missing: error }"]),
        ("ignore", &["ignore: [客户/华东院/]", "ignore: [\"*-2.md\"]"]),
        ("fields", &["fields: { visit: [ { key: vehicle, label: 备忘, type: text } ] }"]),
        ("levels", &["levels: { 重点: { cycle: 20, key: true }, 一般: { cycle: 90 } }"]),
    ];
    let (about, lines) = LINES[dice.below(LINES.len())];
    let said = if desk.config.remove(about).is_some() && dice.one_in(2) {
        format!("the policy says nothing of {about}")
    } else {
        let line = dice.choose(lines);
        desk.config.insert(about, line.to_owned());
        format!("the policy says {line}")
    };
    let path = if desk.files.contains_key("档案.yaml") { "档案.yaml" } else { "archive.yaml" };
    let lines: Vec<&str> = std::iter::once("公司名称: 甲公司").chain(desk.config.values().map(String::as_str)).collect();
    let text = lines.join("\n") + "\n";
    save(desk, dice, path, text);
    Some(said)
}

fn day(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let days = [-40, -7, -1, 1, 1, 2, 30, 90][dice.below(8)];
    desk.day = desk.day.checked_add(jiff::Span::new().days(days)).ok()?;
    Some(format!("the day is {}", desk.day))
}

fn edition(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    desk.edition = if desk.edition == "full" && dice.one_in(2) { "plain" } else { "full" };
    Some(format!("the edition is {}", desk.edition))
}

fn picture(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let pictures: Vec<String> = desk.files.keys().filter(|path| path.ends_with(".png")).cloned().collect();
    let Some(path) = pictures.first() else {
        desk.save("customers/dl/图/厂区.png", "又一张照片");
        return Some("the picture is there again".to_owned());
    };
    Some(match dice.below(4) {
        0 => {
            desk.files.remove(path);
            format!("{path} goes")
        }
        1 => {
            let to = path.replace("厂区", dice.choose(&["大门", "厂区", "厂区2"]));
            desk.rename(path, &to);
            format!("{path} is called {to}")
        }
        2 => {
            // As many bytes as before, or nearly.
            save(desk, dice, path, format!("照片 {:06}", desk.saved));
            format!("{path} is another picture")
        }
        _ => {
            let larger = "照片".repeat(1 + dice.below(500));
            save(desk, dice, path, larger);
            format!("{path} is a larger picture")
        }
    })
}

fn add(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let folder = format!("{}/{}", dice.choose(&["customers", "客户"]), dice.choose(CUSTOMERS));
    let (staff, person) = (dice.choose(STAFF), dice.choose(PEOPLE));
    let day = format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28));
    let month = &day[..7];
    let (path, text) = match dice.below(15) {
        7 => (
            format!("{folder}/projects/二期.md"),
            format!(
                "---\n阶段: 招标\n竞争对手: 恒科控制\n角色: {person} 使用者\n---\n\n## 阶段变化\n\n- {day} 招标：{staff}说的\n"
            ),
        ),
        8 => (
            format!("{folder}/客户计划/{}.md", &day[..4]),
            format!(
                "---\n制订人: {staff}\n---\n\n## 计划摘要\n\n见[[{person}]]。\n\n### 行动计划\n\n- [ ] 拜访（{staff}，12-1）\n"
            ),
        ),
        9 => (
            format!("visit-plans/{month}/{staff}.md"),
            format!(
                "| 日期 | 单位 | 对象 | 变动 |\n|---|---|---|---|\n| {} | 东澜水务 | {person} | 改 11-20，开会 |\n",
                &day[5..]
            ),
        ),
        10 => (
            format!("市场信息/{month}/{staff}.md"),
            format!("| 客户 | 信息 | 含义 | 等级 |\n|---|---|---|---|\n| 华东院 | 要扩建{} | 可投 | 2 |\n", desk.saved),
        ),
        11 => (
            format!("inbound/{month}.md"),
            format!(
                "- {} 来电 东澜水务 {person}：问价（{staff}，{}）\n- {} 来函 云溪水厂 蒋工：要样本\n",
                &day[5..],
                &day[5..],
                &day[5..]
            ),
        ),
        12 => (format!("竞争对手/{}.md", dice.choose(&["恒科控制", "南桥自控"])), "---\n优势: 价格低\n---\n".to_owned()),
        13 => {
            (format!("批示/{day}.md"), format!("---\n人员: {staff}\n---\n- [[东澜水务/2026-11-05]] 已阅。（{staff}，12-1）\n"))
        }
        14 => (
            format!("检查/{day}.md"),
            format!("---\n检查人: {staff}\n---\n\n## 发现\n\n- [ ] 缺报告（东澜水务，{staff}，12-1）\n"),
        ),
        0 => (
            format!("{folder}/visits/{day}.md"),
            format!("---\n拜访人: {staff}\n拜访对象: {person}\n拜访目的: 3A\n成果: C\n---\n谈了。\n"),
        ),
        1 => (format!("{folder}/接触/{day}.md"), format!("---\n方式: 电话\n我方人员: {staff}\n对象: {person}\n---\n打了。\n")),
        2 => (format!("{folder}/contacts/{}.md", &day[..7]), format!("- {} 电话 {person}：问（{staff}）\n", &day[6..])),
        3 => (
            format!("{folder}/people/郝{}.md", desk.saved),
            format!("---\n职务: 主任\n我方联系人: {staff}\n---\n见[[{person}]]。\n"),
        ),
        4 => (format!("{folder}/客户.md"), format!("---\n单位名称: 信达{}\n负责人: {staff}\n---\n", desk.saved)),
        5 => (format!("staff/新人{}.md", desk.saved), format!("---\n职务: 销售人员\n上级: {staff}\n---\n")),
        _ => (format!("pages/第{}页.md", desk.saved), format!("见[[{person}]]、[[{staff}]]。\n")),
    };
    save(desk, dice, &path, text);
    Some(format!("{path} is new"))
}

fn encoding(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let text = desk.text(&path);
    let (said, bytes) = match dice.below(3) {
        0 => ("GBK", encoding_rs::GBK.encode(&text).0.into_owned()),
        1 => ("a BOM", format!("\u{feff}{text}").into_bytes()),
        _ => ("CRLF", text.replace('\n', "\r\n").into_bytes()),
    };
    desk.save(&path, bytes);
    Some(format!("{path} is saved with {said}"))
}

/// The time changes and not a byte.
fn touch(desk: &mut Workspace, dice: &mut Rng) -> Option<String> {
    let path = record(desk, dice)?;
    let bytes = desk.files.get(&path)?.0.clone();
    desk.save(&path, bytes);
    Some(format!("{path} is touched"))
}

fn nothing(_: &mut Workspace, _: &mut Rng) -> Option<String> {
    Some("nothing happens".to_owned())
}
