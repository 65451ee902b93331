//! The commands that stay, as people use them: `serve` and `check --watch`, started for real, in a site folder of their own.

mod process;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{KEPT, SiteFolder, SiteSnapshot, run, sample_files, state_files};
use process::{WatchingProcess, get, panel_messages};

/// A site folder with the sample archive.
fn home() -> SiteFolder {
    let home = SiteFolder::new();
    home.write_archive(&sample_files());
    home
}

fn serve(home: &SiteFolder, more: &[&str]) -> WatchingProcess {
    WatchingProcess::start(home.path(), &[&["serve", "--lang", "zh", "--as-of", "2026-11-24"], more].concat())
}

/// The site as it is built from nothing.
fn clean(home: &SiteFolder) -> SiteSnapshot {
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
    command.current_dir(home.path()).args(["build", "--as-of", "2026-11-24", "--out"]).arg(out.path().join("clean"));
    let (code, said) = run(command);
    assert!(matches!(code, Some(0 | 1)), "{said}");
    SiteSnapshot::read(&out.path().join("clean"))
}

fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).expect("can be read");
    fs::write(path, before + text).expect("can be written");
}

const CUSTOMER: &str = "content/customers/htzk/customer.md";
const PAGE: &str = "customers/htzk/index.html";

/// Waits until a page says this.
fn until_shown(serving: &mut WatchingProcess, host: &str, page: &str, words: &str) {
    serving.wait_for(&format!("{page} says {words}"), |_| get(host, page).1.contains(words).then_some(()));
}

#[test]
fn saved_change_is_served_and_only_new_diagnostics_printed() {
    let home = home();
    let mut serving = serve(&home, &[]);
    let host = serving.host();
    assert_eq!(get(&host, "").0, 200);
    let told = serving.out();
    append(&home.path().join(CUSTOMER), "\n要记住的一句。\n");
    until_shown(&mut serving, &host, PAGE, "要记住的一句");
    serving.wait_for_output("已更新 ", 1);
    assert_eq!(serving.out(), told, "nothing is wrong that was not before");

    let visit = home.path().join("content/customers/htzk/visits/2026-11-24.md");
    let before = "---\n日期: 昨天\n拜访人: 周岚\n拜访目的: 3A\n---\n谈了备件。\n";
    fs::create_dir_all(visit.parent().expect("has one")).expect("made");
    fs::write(&visit, before).expect("written");
    serving.wait_for("the fault is told", |it| it.out().contains("2026-11-24.md:2:5: error[bad-date]").then_some(()));
    let notes = serving.wait_for("the panel has it", |_| {
        let notes = panel_messages(&host, PAGE);
        notes.to_string().contains("bad-date").then_some(notes)
    });
    let fault = notes["notes"]["faults"].as_array().expect("a list").iter().find(|note| note["code"] == "bad-date");
    let fault = fault.expect("it is there");
    assert_eq!(fault["path"], "content/customers/htzk/visits/2026-11-24.md");
    assert_eq!((&fault["line"], &fault["source"]), (&2.into(), &"日期: 昨天".into()));
    let file = fs::canonicalize(&visit).expect("it is there");
    assert_eq!(fault["open"], format!("vscode://file{}:2:5", file.display()));

    // One that moves down with its line is not told again; one that is mended is gone from the count.
    fs::write(&visit, before.replace("日期", "# 一行\n日期")).expect("written");
    append(&home.path().join(CUSTOMER), "\n第三句。\n");
    until_shown(&mut serving, &host, PAGE, "第三句");
    fs::write(&visit, before.replace("昨天", "2026-11-24")).expect("written");
    serving.wait_for_output("（错误 0）· ", 2);
    assert_eq!(serving.out().matches("error[bad-date]").count(), 1, "{}", serving.out());
    let page = fs::read_to_string(home.out.join(PAGE)).expect("can be read");
    assert!(!page.contains("_kedang"), "nothing of the preview is in the files");
    serving.interrupt();
    assert_eq!(serving.ended(), Some(0), "{}", serving.err());
}

#[test]
fn stopped_server_leaves_complete_site() {
    let home = home();
    let mut serving = serve(&home, &[]);
    let host = serving.host();
    for times in 0..5 {
        append(&home.path().join(CUSTOMER), &format!("\n第{times}句。\n"));
        until_shown(&mut serving, &host, PAGE, &format!("第{times}句"));
    }
    serving.interrupt();
    assert_eq!(serving.ended(), Some(0), "{}", serving.err());
    let wrong = home.site().diff(&clean(&home));
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(state_files(&home.out), KEPT);
    let (_, said) = home.build();
    assert!(said.contains("没有变化") || said.contains("生成 0 "), "{said}");
}

#[test]
fn killed_server_is_repaired_by_next_build() {
    let home = home();
    let mut serving = serve(&home, &[]);
    let host = serving.host();
    append(&home.path().join(CUSTOMER), "\n要记住的一句。\n");
    until_shown(&mut serving, &host, PAGE, "要记住的一句");
    // Now the rest is being looked at, or has been.
    serving.kill();
    home.assert_builds(&clean(&home), "after it was killed");
}

#[test]
fn invalid_config_keeps_old_site_until_fixed() {
    let home = home();
    let config = home.path().join("content/archive.yaml");
    let good = fs::read_to_string(&config).expect("can be read");
    fs::write(&config, format!("{good}\n没有这项: 1\n")).expect("written");
    let mut serving = serve(&home, &[]);
    let host = serving.host();
    let out = serving.out();
    assert!(out.contains("error[policy-value]"), "{out}");
    assert_eq!(get(&host, PAGE).0, 503, "nothing is built for it");
    assert!(!home.out.join("index.html").exists());
    fs::write(&config, &good).expect("written");
    serving.wait_for("it is served at the same address", |_| (get(&host, PAGE).0 == 200).then_some(()));

    // And while it serves: the site stays, what is wrong is told once, and it goes on when that is mended.
    fs::write(&config, format!("{good}\n又没有这项: 1\n")).expect("written");
    serving.wait_for("the fault is told", |it| it.out().contains("又没有这项").then_some(()));
    append(&home.path().join(CUSTOMER), "\n要记住的一句。\n");
    let trouble = serving.wait_for("the panel has it", |_| {
        let beside = panel_messages(&host, PAGE);
        beside["trouble"][0]["path"].is_string().then_some(beside)
    });
    assert_eq!(trouble["trouble"][0]["path"], "content/archive.yaml");
    assert_eq!(get(&host, PAGE).0, 200);
    fs::write(&config, good.replace("title:", "title: 新的")).expect("written");
    until_shown(&mut serving, &host, PAGE, "要记住的一句");
    until_shown(&mut serving, &host, "", "新的");
    serving.wait_for("the panel is empty", |_| (panel_messages(&host, PAGE)["trouble"] == serde_json::json!([])).then_some(()));
    assert_eq!(serving.out().matches("又没有这项").count(), 2, "its message and its line, once: {}", serving.out());
    serving.interrupt();
    assert_eq!(serving.ended(), Some(0), "{}", serving.err());
}

#[test]
fn theme_added_broken_fixed_and_removed() {
    let home = home();
    let mut serving = serve(&home, &[]);
    let host = serving.host();
    let page = || fs::read_to_string(home.out.join(PAGE)).ok();
    let plain = page();
    let template = home.path().join("themes/ink/templates/customer.html");
    fs::create_dir_all(template.parent().expect("has one")).expect("made");
    fs::write(&template, "<!doctype html><title>自己的</title>{{ name }}").expect("written");
    until_shown(&mut serving, &host, PAGE, "<title>自己的</title>");
    fs::write(&template, "<!doctype html>\n<title>坏的</title>{{ no_such_thing.at_all }}").expect("written");
    let trouble = serving.wait_for("the panel has it", |_| {
        let beside = panel_messages(&host, PAGE);
        beside["trouble"][0]["code"].is_string().then_some(beside)
    });
    let trouble = &trouble["trouble"][0];
    assert_eq!((&trouble["path"], &trouble["line"]), (&"themes/ink/templates/customer.html".into(), &2.into()), "{trouble}");
    assert!(trouble["message"].as_str().is_some_and(|said| said.contains("customers/")), "the page: {trouble}");
    assert!(trouble["help"].to_string().contains("content/"), "the record: {trouble}");
    assert!(
        trouble["open"].as_str().is_some_and(|link| link.ends_with("/themes/ink/templates/customer.html:2:21")),
        "{trouble}"
    );
    assert!(get(&host, PAGE).1.contains("<title>自己的</title>"), "the last good site stays");
    fs::write(&template, "<!doctype html><title>改好的</title>").expect("written");
    until_shown(&mut serving, &host, PAGE, "<title>改好的</title>");
    assert_eq!(serving.err().matches("错误：").count(), 1, "{}", serving.err());
    fs::remove_dir_all(home.path().join("themes")).expect("removed");
    serving.wait_for("it is as it was", |_| (page() == plain).then_some(()));
    serving.interrupt();
    assert_eq!(serving.ended(), Some(0), "{}", serving.err());
}

#[test]
fn deleted_site_is_rebuilt() {
    let home = home();
    let mut serving = serve(&home, &[]);
    let host = serving.host();
    fs::remove_dir_all(&home.out).expect("removed");
    serving.wait_for("it is there again", |_| (get(&host, PAGE).0 == 200).then_some(()));
    serving.interrupt();
    assert_eq!(serving.ended(), Some(0), "{}", serving.err());
    let wrong = home.site().diff(&clean(&home));
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn second_server_on_same_folder_is_refused() {
    let home = home();
    let mut first = serve(&home, &[]);
    let host = first.host();
    let mut second = serve(&home, &[]);
    second.wait_for_output("另一次生成正在写这个文件夹（进程 ", 1);
    first.interrupt();
    assert_eq!(first.ended(), Some(0), "{}", first.err());
    second.host();
    // And the door of the one is not the door of the other.
    let elsewhere = self::home();
    let port = second.host().rsplit(':').next().map(str::to_owned).expect("a port");
    let mut third = serve(&elsewhere, &["--port", &port]);
    assert_eq!(third.ended(), Some(3), "{}", third.err());
    assert!(third.err().contains(&format!("端口 {port} 用不了")), "{}", third.err());
    let mut fourth = serve(&elsewhere, &[]);
    assert_ne!(fourth.host(), second.host(), "the next that is free");
    assert!(host.starts_with("127.0.0.1:"), "{host}");
    for program in [&mut second, &mut fourth] {
        program.interrupt();
        assert_eq!(program.ended(), Some(0), "{}", program.err());
    }
}

/// What `init` writes for VS Code, and what VS Code does with it.
#[test]
fn check_watch_output_matches_editor_problem_matcher() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut init = Command::new(env!("CARGO_BIN_EXE_kedang"));
    init.current_dir(folder.path()).args(["init", "站点", "--company", "甲公司"]);
    assert_eq!(run(init).0, Some(0));
    let site = folder.path().join("站点");
    let tasks = fs::read_to_string(site.join(".vscode/tasks.json")).expect("written");
    let tasks: serde_json::Value = serde_json::from_str(&tasks).expect("JSON");
    let task = tasks["tasks"].as_array().expect("a list").iter().find(|task| task["detail"] == "kedang: check");
    let task = task.expect("there is one");
    assert_eq!((&task["isBackground"], &task["runOptions"]["runOn"]), (&true.into(), &"folderOpen".into()));
    assert_eq!((&task["command"], &task["options"]["cwd"]), (&"kedang".into(), &"${workspaceFolder}".into()));
    let matcher = &task["problemMatcher"];
    assert_eq!(matcher["fileLocation"], serde_json::json!(["relative", "${workspaceFolder}"]));
    let regex = |text: &serde_json::Value| regex::Regex::new(text.as_str().expect("text")).expect("a pattern");
    let (begins, ends) = (regex(&matcher["background"]["beginsPattern"]), regex(&matcher["background"]["endsPattern"]));
    let pattern = &matcher["pattern"];
    let problem = regex(&pattern["regexp"]);
    let group = |name: &str| pattern[name].as_u64().expect("a number") as usize;

    let visit = site.join("content/客户/示例水务/拜访/2026-11-20.md");
    fs::write(&visit, "---\n日期: 昨天\n拜访人: 周岚\n拜访目的: 3A\n---\n谈了备件。\n").expect("written");
    let arguments: Vec<&str> = task["args"].as_array().expect("a list").iter().filter_map(|text| text.as_str()).collect();
    let mut program = WatchingProcess::start(&site, &arguments);
    // The problems of the last round that is over, as the editor keeps them.
    let problems = |out: &str| {
        let (mut shown, mut coming) = (None, None);
        for line in out.lines() {
            if begins.is_match(line) {
                coming = Some(Vec::new());
            } else if ends.is_match(line) {
                shown = coming.take();
            } else if let (Some(coming), Some(found)) = (&mut coming, problem.captures(line)) {
                coming
                    .push(["file", "line", "column", "severity", "code", "message"].map(|name| found[group(name)].to_owned()));
            } else {
                panic!("no line of ours: {line}");
            }
        }
        shown
    };
    let seen = program.wait_for("it has checked", |it| problems(&it.out()));
    let bad = seen.iter().find(|problem| problem[4] == "bad-date").expect("it is told");
    assert_eq!(bad[..4], ["content/客户/示例水务/拜访/2026-11-20.md", "2", "5", "error"].map(str::to_owned));
    assert!(bad[5].contains("昨天") && site.join(&bad[0]).is_file(), "{bad:?}");

    fs::write(&visit, "---\n日期: 2026-11-20\n拜访人: 周岚\n拜访目的: 3A\n---\n谈了备件。\n").expect("written");
    program.wait_for("it is not told any more", |it| {
        let seen = problems(&it.out())?;
        seen.iter().all(|problem| problem[4] != "bad-date").then_some(())
    });
    append(&site.join("content/archive.yaml"), "\n没有这项: 1\n");
    program.wait_for("what is wrong with the policy is told", |it| {
        let seen = problems(&it.out())?;
        seen.iter().any(|problem| problem[0] == "content/archive.yaml" && problem[4] == "policy-value").then_some(())
    });
    assert!(!site.join("public").exists(), "it writes nothing");
    program.interrupt();
    assert_eq!(program.ended(), Some(0), "{}", program.err());
}
