//! Runs commands as users type them, in a temporary site folder.

use std::fs;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::*;
use crate::build::{BuildError, CaughtPanic, PanicScope};

/// The current date in these tests.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

/// A stream captured in memory.
#[derive(Clone, Default)]
struct CapturedOutput(Arc<Mutex<Vec<u8>>>);

impl CapturedOutput {
    fn output(&self) -> Output {
        Output::new(Box::new(self.clone()), false, true)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no panic").clone()).expect("text")
    }
}

impl Write for CapturedOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct TestFolder {
    folder: tempfile::TempDir,
}

impl TestFolder {
    fn new() -> TestFolder {
        let site = TestFolder { folder: tempfile::tempdir().expect("a temporary folder") };
        site.write("content/archive.yaml", "公司名称: 甲公司\n");
        site.write("content/staff/周岚.md", "---\n职务: 销售经理\n---\n");
        site.write(
            "content/客户/东澜水务/客户.md",
            "---\n单位名称: 东澜水务\n级别: 重点\n负责人: 周岚\n目前的需求: 备件\n---\n",
        );
        site.write("content/客户/东澜水务/关键人物/邱志远.md", "---\n职务: 总工程师\n---\n");
        site.write(
            "content/客户/东澜水务/拜访/2026-06-05.md",
            "---\n拜访人: 周岚\n拜访对象: 邱志远\n拜访目的: 3A\n下次联系: 2026-07-01\n商谈计划: c\n成果: C\n目标: 问清备件\n预约: 电话\n---\n谈了备件。\n",
        );
        site
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("has one")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// The environment for a command line.
    fn environment(&self, line: &str, out: Output, err: Output) -> Environment {
        Environment {
            args: ["kedang"].into_iter().chain(line.split_whitespace()).map(Into::into).collect(),
            working: self.folder.path().to_owned(),
            home: None,
            today: TODAY,
            clock: Arc::new(|| TODAY),
            program: None,
            out,
            err,
            quiet: false,
            cancelled: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Exit code, standard output, standard error.
    fn run(&self, line: &str) -> (Exit, String, String) {
        let (out, err) = (CapturedOutput::default(), CapturedOutput::default());
        let mut env = self.environment(line, out.output(), err.output());
        let exit = run(&mut env);
        let exit = env.close(exit).expect("memory does not fill up");
        (exit, out.text(), err.text())
    }
}

#[test]
fn check_reports_findings_and_writes_nothing() {
    let site = TestFolder::new();
    let (exit, out, err) = site.run("check --format short");
    assert_eq!(exit, Exit::Success, "{out}{err}");
    let finding = out.lines().find(|line| line.contains("[next-contact-overdue]")).expect("it is overdue");
    assert!(finding.starts_with("content/客户/东澜水务/拜访/2026-06-05.md:5:7: warning[next-contact-overdue]: "), "{finding}");
    assert!(err.ends_with("截至 2026-11-24\n"), "{err}");
    assert!(!site.folder.path().join("public").exists());
    assert_eq!(site.run("check --strict").0, Exit::ArchiveErrors);
    assert_eq!(site.run("check --as-of 2026-06-06 --strict").0, Exit::Success);
    let (_, out, _) = site.run("check --format json");
    assert!(
        out.lines().any(|line| line.contains("\"code\":\"next-contact-overdue\"") && line.contains("\"finding\":\"true\""))
    );
}

#[test]
fn archive_error_exits_1_and_builds_the_site() {
    let site = TestFolder::new();
    site.write("content/客户/东澜水务/拜访/2026-11-20.md", "---\n日期: 昨天\n拜访人: 周岚\n拜访目的: 3A\n---\n");
    let (exit, out, err) = site.run("build");
    assert_eq!(exit, Exit::ArchiveErrors);
    assert!(out.contains("2026-11-20.md:2:5: error[bad-date]"), "{out}");
    assert!(err.starts_with("读取 5 · "), "{err}");
    let page = fs::read_to_string(site.folder.path().join("public/index.html")).expect("built");
    assert!(page.contains("甲公司"));
    let (exit, again, err) = site.run("build");
    assert_eq!(exit, Exit::ArchiveErrors, "the same build ends the same");
    assert_eq!(again, out);
    assert!(err.starts_with("没有变化 · "), "{err}");
    let (_, out, err) = site.run("build -q");
    assert!(out.contains("error[bad-date]") && !out.contains("warning") && err.is_empty(), "{out}{err}");
}

#[test]
fn usage_and_config_errors_exit_2() {
    let site = TestFolder::new();
    for (line, said) in [
        ("buidl", "没有命令“buidl”"),
        ("build --fast", "没有选项“--fast”"),
        ("check --format xml", "“--format”不能是“xml”"),
        ("check --as-of 昨天", "“--as-of”不能是“昨天”"),
        ("-q -v check", "不能和"),
        ("build --out content/public", "站点不能放在"),
        ("report duo", "没有报表“duo”"),
        ("list visits", "没有“visits”这种记录"),
        ("explain unknown-staf", "没有代码“unknown-staf”"),
        ("check --root staff", "staff 里没有客户档案"),
    ] {
        let (exit, out, err) = site.run(line);
        assert_eq!(exit, Exit::Usage, "{line}: {out}{err}");
        assert!(err.lines().next().is_some_and(|first| first.starts_with("错误：") && first.contains(said)), "{line}: {err}");
    }
    site.write("content/archive.yaml", "公司名称: 甲公司\n没有这项: 1\n");
    let (exit, out, _) = site.run("build");
    assert_eq!(exit, Exit::Usage);
    assert!(out.starts_with("content/archive.yaml:2:1: error[policy-value]"), "{out}");
    assert!(!site.folder.path().join("public").exists());
}

#[test]
fn broken_theme_exits_2_with_its_path() {
    let site = TestFolder::new();
    site.write("themes/ink/templates/home.html", "{% if %}");
    let (exit, out, err) = site.run("build");
    assert_eq!(exit, Exit::Usage);
    assert!(out.starts_with("themes/ink/templates/home.html:1:7: error[template-error]: "), "{out}");
    assert!(err.contains("什么也没有发布"), "{err}");
    assert!(!site.folder.path().join("public/index.html").exists());
    site.write("content/archive.yaml", "公司名称: 甲公司\ntheme: inc\n");
    let (exit, _, err) = site.run("build");
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("没有主题“inc”") && err.contains("是否想写：ink"), "{err}");
}

#[test]
fn unknown_edition_exits_4() {
    let site = TestFolder::new();
    let (exit, _, err) = site.run("build --edition plian");
    assert_eq!(exit, Exit::Secrecy);
    assert!(err.contains("是否想写：plain"), "{err}");
    assert!(!site.folder.path().join("public").exists());
    assert_eq!(site.run("build --edition plain").0, Exit::Success);
    assert!(site.folder.path().join("public-plain/index.html").exists());
    assert!(!site.folder.path().join("public-plain/.kedang/memory").exists());
}

#[test]
fn standalone_archive_needs_an_output_folder() {
    let site = TestFolder::new();
    fs::rename(site.folder.path().join("content"), site.folder.path().join("档案库")).expect("renamed");
    let (exit, _, err) = site.run("build --root 档案库");
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("不知道站点该放在哪里") && err.contains("out:"), "{err}");
    assert_eq!(site.run("build --root 档案库 --out 站点").0, Exit::Success);
    site.write("档案库/archive.yaml", "公司名称: 甲公司\nout: ../网站\n");
    assert_eq!(site.run("build --root 档案库").0, Exit::Success);
    assert!(site.folder.path().join("网站/index.html").exists());
}

#[test]
fn messages_use_the_requested_language() {
    let site = TestFolder::new();
    // Without an archive, the program without arguments prints help.
    fs::rename(site.folder.path().join("content/archive.yaml"), site.folder.path().join("put aside")).expect("renamed");
    assert!(site.run("--lang en").1.contains("Usage: kedang"));
    assert!(site.run("").1.contains("用法：kedang"));
    fs::rename(site.folder.path().join("put aside"), site.folder.path().join("content/archive.yaml")).expect("renamed");
    assert!(site.run("check --lang en").2.starts_with("read 4 · "));
    site.write("content/archive.yaml", "company: A\nlanguage: en\n");
    assert!(site.run("check").2.starts_with("read 4 · "));
    assert!(site.run("check --lang zh").2.starts_with("读取 4 · "));
}

#[test]
fn lists_and_reports_are_complete() {
    let site = TestFolder::new();
    let (exit, out, _) = site.run("list 拜访日报 --format json");
    assert_eq!(exit, Exit::Success);
    let visits: serde_json::Value = serde_json::from_str(&out).expect("is JSON");
    assert_eq!(visits[0]["id"], "customers/东澜水务/visits/2026-06-05");
    assert_eq!(visits[0]["fields"]["people"][0], "邱志远");
    assert_eq!(visits[0]["prose"], "谈了备件。");
    let (_, out, _) = site.run("list person --format csv");
    assert!(out.starts_with('\u{feff}') && out.contains("邱志远"), "{out}");
    assert!(site.run("list").1.lines().any(|line| line.starts_with("visit ")));
    let (_, out, _) = site.run("report due --customer 东澜水务 --staff 周岚");
    assert!(out.contains("邱志远") && out.contains("逾期 146 天"), "{out}");
    let (exit, _, err) = site.run("report due --staff 周蓝");
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("是否想写：周岚"), "{err}");
}

#[test]
fn explain_covers_every_code() {
    let site = TestFolder::new();
    let (_, listed, _) = site.run("explain");
    for line in listed.lines() {
        let code = line.split_whitespace().next().expect("a code");
        let (exit, page, _) = site.run(&format!("explain {code}"));
        assert_eq!(exit, Exit::Success);
        assert!(!page.contains("explain."), "{code} has no page");
        assert!(line.split_whitespace().count() > 2, "{code} has no title");
    }
    assert_eq!(site.run("explain error[unknown-staff]:").0, Exit::Success);
}

#[test]
fn completions_and_manual_pages_use_the_catalogues() {
    let site = TestFolder::new();
    assert!(site.run("completions bash").1.contains("kedang"));
    assert!(site.run("man").1.contains(".TH kedang"));
    assert!(site.run("man build").1.contains("kedang-build") || site.run("man build").1.contains(r"kedang\-build"));
    assert_eq!(site.run("man buidl").0, Exit::Usage);
}

/// A stream that fails.
struct Broken;

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        panic!("no ink")
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn panic_prints_a_bug_report_request() {
    let site = TestFolder::new();
    let err = CapturedOutput::default();
    let mut env = site.environment("report due", Output::new(Box::new(Broken), false, true), err.output());
    assert_eq!(run(&mut env), Exit::SystemFailure);
    let said = err.text();
    assert!(said.starts_with("错误：程序内部出错：no ink"), "{said}");
    assert!(said.trim_end().ends_with(&format!("版本 {} 告诉我们", env!("CARGO_PKG_VERSION"))), "{said}");

    let over = PanicScope::Output("customers/dl/index.html".to_owned(), Some("customers/dl/customer.md".to_owned()));
    let panics = vec![CaughtPanic { over, said: "no ink (src/view/pen.rs:1:1)".to_owned() }; 12];
    let err = CapturedOutput::default();
    let mut env = site.environment("build", CapturedOutput::default().output(), err.output());
    assert_eq!(
        failure::report_error(&BuildError::Panicked(panics).into(), Catalog::of(Lang::Zh), &mut env),
        Exit::SystemFailure
    );
    let said = err.text();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[0],
        "错误：做页面 customers/dl/index.html（记录 customers/dl/customer.md）时程序内部出错：no ink (src/view/pen.rs:1:1)"
    );
    assert_eq!((lines.len(), lines[10].trim()), (12, "另有 2 处"));
}

/// A command that keeps running, in its own thread, until cancelled.
struct WatchingCommand {
    cancelled: Arc<AtomicBool>,
    today: Arc<Mutex<jiff::civil::Date>>,
    out: CapturedOutput,
    err: CapturedOutput,
    thread: std::thread::JoinHandle<Exit>,
}

impl WatchingCommand {
    fn start(site: &TestFolder, line: &str) -> WatchingCommand {
        let (out, err) = (CapturedOutput::default(), CapturedOutput::default());
        let mut env = site.environment(line, out.output(), err.output());
        let today = Arc::new(Mutex::new(env.today));
        let wall = today.clone();
        env.clock = Arc::new(move || *wall.lock().expect("no panic"));
        let cancelled = env.cancelled.clone();
        let thread = std::thread::spawn(move || {
            let exit = run(&mut env);
            env.close(exit).expect("memory does not fill up")
        });
        WatchingCommand { cancelled, today, out, err, thread }
    }

    fn until(&self, what: &str, so: impl Fn() -> bool) {
        let start = Instant::now();
        while !so() {
            assert!(start.elapsed() < Duration::from_secs(120), "it never came about that {what}: {}", self.err.text());
            assert!(!self.thread.is_finished(), "it ended before {what}: {}", self.err.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn end(self) -> (Exit, String, String) {
        self.cancelled.store(true, Ordering::Relaxed);
        let exit = self.thread.join().expect("no panic");
        (exit, self.out.text(), self.err.text())
    }
}

#[test]
fn midnight_triggers_a_rebuild() {
    let site = TestFolder::new();
    let serving = WatchingCommand::start(&site, "serve --poll 3600");
    serving.until("it serves", || serving.err.text().contains("http://127.0.0.1:"));
    let home = site.folder.path().join("public/index.html");
    let states = |day: &str| fs::read_to_string(&home).is_ok_and(|page| page.contains(day));
    assert!(states("2026-11-24"));
    *serving.today.lock().expect("no panic") = jiff::civil::date(2027, 2, 1);
    serving.until("it is another day", || states("2027-02-01"));
    serving.until("it says so", || serving.err.text().contains("截至 2027-02-01"));
    let (exit, _, err) = serving.end();
    assert_eq!(exit, Exit::Success, "{err}");
    assert!(err.ends_with("停下了，站点是完整的\n"), "{err}");

    // An explicit date stays.
    let serving = WatchingCommand::start(&site, "serve --poll 3600 --as-of 2026-11-24");
    serving.until("it serves", || serving.err.text().contains("http://127.0.0.1:"));
    *serving.today.lock().expect("no panic") = jiff::civil::date(2027, 2, 1);
    site.write("content/staff/何俊.md", "---\n职务: 销售经理\n---\n");
    fs::remove_dir_all(site.folder.path().join("public")).expect("removed");
    serving.until("it is made again", || states("2026-11-24"));
    assert_eq!(serving.end().0, Exit::Success);

    let checking = WatchingCommand::start(&site, "check --watch --poll 3600 --format json");
    let rounds = || checking.out.text().matches(r#"{"round":"ends""#).count();
    checking.until("it has checked", || rounds() == 1);
    *checking.today.lock().expect("no panic") = jiff::civil::date(2027, 2, 1);
    checking.until("it checked again", || rounds() == 2);
    let (exit, out, _) = checking.end();
    assert_eq!(exit, Exit::Success);
    assert!(out.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{out}");
    assert!(out.trim_end().ends_with(r#""as_of":"2027-02-01"}"#), "{out}");
}

#[test]
fn quiet_prints_errors_only() {
    let site = TestFolder::new();
    let serving = WatchingCommand::start(&site, "serve -q --poll 0.1");
    let memory = site.folder.path().join("public/.kedang/memory");
    serving.until("there is a site", || memory.exists());
    site.write("content/客户/东澜水务/拜访/2026-11-20.md", "---\n日期: 昨天\n拜访人: 周岚\n拜访目的: 3A\n---\n");
    serving.until("the error is told", || serving.out.text().contains("error[bad-date]"));
    let (exit, out, err) = serving.end();
    assert_eq!((exit, err.as_str()), (Exit::Success, ""));
    assert!(!out.contains("warning"), "{out}");
}

#[test]
fn usage_errors_end_serve_and_check() {
    let site = TestFolder::new();
    for (line, exit, said) in [
        ("serve --port 70000", Exit::Usage, "“--port”不能是“70000”"),
        ("serve --poll 0", Exit::Usage, "“--poll”不能是“0”"),
        ("check --poll 2", Exit::Usage, "--watch"),
        ("serve --edition nobody", Exit::Secrecy, "没有版本“nobody”"),
        ("serve --out content/public", Exit::Usage, "站点不能放在"),
    ] {
        let (ended, out, err) = site.run(line);
        assert_eq!(ended, exit, "{line}: {out}{err}");
        assert!(err.contains(said), "{line}: {err}");
    }
}
