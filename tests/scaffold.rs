//! What the program writes for people to begin with is right as it stands: new records, a new site, a demonstration.
//!
//! The program takes the day from the wall here, so nothing is expected that another day could change.

use std::path::Path;
use std::process::Command;

use crate::support::{SiteSnapshot, files_below, read, sample_files, write_files};

/// Runs the program in a folder; exit code, standard output, standard error.
fn kedang(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
    command.current_dir(folder).args(arguments).args(["--lang", "zh"]).env_remove("VISUAL").env_remove("EDITOR");
    let done = command.output().expect("kedang runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (done.status.code(), text(done.stdout), text(done.stderr))
}

/// The errors of an archive; that there is nothing but warnings otherwise is the exit code.
fn errors(folder: &Path) -> Vec<String> {
    let (code, out, said) = kedang(folder, &["check", "--format", "short"]);
    let errors: Vec<String> = out.lines().filter(|line| line.contains(": error[")).map(str::to_owned).collect();
    assert_eq!(code, Some(i32::from(!errors.is_empty())), "{out}{said}");
    errors
}

/// Begins a record; the path of its file, below the folder.
fn run_new(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, said) = kedang(folder, &[&["new"], arguments].concat());
    assert_eq!(code, Some(0), "new {arguments:?}: {said}");
    let path = out.trim_end().to_owned();
    assert!(
        folder.join(&path).is_file() && (said.contains("新建了") || said.contains("写进了")),
        "new {arguments:?}: {out}{said}"
    );
    path
}

/// A customer from nothing, with everything that can be begun about it, then the same of one who is there already.
fn create_one_of_each_kind(folder: &Path, known: &str) {
    let customer = run_new(folder, &["customer", "xinke", "--name", "新科电气", "--staff", "周岚"]);
    assert!(read(&folder.join(&customer)).contains("单位名称: 新科电气"), "{customer}");
    for arguments in [
        &["contact-plan", "xinke/2031"][..],
        &["person", "新科电气/何总"],
        &["接触计划", "新科电气"],
        &["contact-plan", "xinke/2030-Q3", "--with", "何总"],
        &["information", "xinke"],
        &["contact", "xinke", "--channel", "微信"],
        &["visit", "xinke", "--with", "何总、郑国平（班长）"],
        &["visit", "xinke"],
        &["staff", "马小军", "--staff", "周岚"],
        &["page", "值班表"],
        &["项目", "新科电气/二期改造"],
        &["拜访计划书", "周岚"],
        &["visit-plan", "周岚/2031-05"],
        &["客户计划", "xinke/2031"],
        &["development-plan", "xinke/2032"],
        &["市场信息报告", "周岚"],
        &["market-report", "周岚"],
        &["来电来函", "新科电气", "--channel", "来函"],
        &["inbound", "没有建档的单位"],
        &["竞争对手", "某某自控"],
        &["批示", "xinke/二期改造", "--staff", "周岚"],
        &["季度审核", "2031-Q1", "--staff", "周岚"],
        &["检查", "档案柜", "--staff", "周岚、马小军"],
        &["制度", "2031版"],
        &["借阅", "xinke"],
        &["loans", known],
        &["项目", &format!("{known}/泵站改造")],
        &["客户计划", &format!("{known}/2031")],
        &["客户计划", &format!("{known}/2032")],
        &["拜访", known],
        &["接触", known],
        &["关键人物", &format!("{known}/郑国平（处长）")],
        &["contact-plan", &format!("{known}/2031")],
        &["contact-plan", &format!("{known}/2030年上半年"), "--staff", "周岚"],
    ] {
        let path = run_new(folder, arguments);
        assert_eq!(errors(folder), Vec::<String>::new(), "{path}:\n{}", read(&folder.join(&path)));
    }
    // What is there is left alone.
    for arguments in [["person", "新科电气/何总"], ["page", "值班表"], ["customer", "xinke"], ["information", "xinke"]]
    {
        let before = SiteSnapshot::read(folder);
        let (code, out, said) = kedang(folder, &[&["new"], &arguments[..]].concat());
        assert_eq!((code, out.as_str()), (Some(2), ""), "new {arguments:?}: {said}");
        assert!(said.starts_with("错误："), "{said}");
        assert!(SiteSnapshot::read(folder).rewritten(&before).is_empty(), "new {arguments:?}");
    }
}

#[test]
fn new_records_pass_check_in_sample() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = sample_files();
    write_files(
        &folder.path().join("content"),
        files.iter().map(|(path, (bytes, time))| (path.as_str(), &bytes[..], Some(*time))),
    );
    run_new(folder.path(), &["staff", "周岚"]);
    assert_eq!(errors(folder.path()), Vec::<String>::new());
    create_one_of_each_kind(folder.path(), "lanjiang");
    // Nobody is named in a record that more people may read than his own file.
    let plans: Vec<String> = files_below(&folder.path().join("content/customers/lanjiang/contact-plans"), "md")
        .iter()
        .map(|path| read(path))
        .collect();
    assert!(plans.len() > 3 && plans.iter().all(|plan| !plan.contains("贺知秋")), "{plans:#?}");
}

#[test]
fn new_site_and_its_new_records_pass_check() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (code, _, said) = kedang(folder.path(), &["init", "我的档案", "--company", "远川: \"自动化\" #1"]);
    assert_eq!(code, Some(0), "{said}");
    let site = folder.path().join("我的档案");
    assert_eq!(errors(&site), Vec::<String>::new());
    create_one_of_each_kind(&site, "示例水务");
    let (code, _, said) = kedang(&site, &["build"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(read(&site.join("public/index.html")).contains("远川: &quot;自动化&quot; #1"));
}

#[test]
fn init_refuses_a_folder_in_use() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("别人的");
    std::fs::create_dir(&place).expect("made");
    std::fs::write(place.join("年度总结.docx"), "一年").expect("written");
    std::fs::write(folder.path().join("文件"), "").expect("written");
    let before = SiteSnapshot::read(folder.path());
    for arguments in [
        &["init", "别人的"][..],
        &["init", "文件"],
        &["demo", "别人的", "--customers", "2"],
        &["demo", "文件", "--customers", "2"],
        &["demo", "新的", "--customers", "1000000"],
    ] {
        let (code, _, said) = kedang(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("错误：") && !said.contains("panicked"), "{said}");
        assert!(SiteSnapshot::read(folder.path()).diff(&before).is_empty(), "{arguments:?}");
    }
    // A repository that was just begun holds nothing yet.
    std::fs::create_dir_all(folder.path().join("仓库/.git")).expect("made");
    assert_eq!(kedang(folder.path(), &["init", "仓库"]).0, Some(0));
    assert_eq!(errors(&folder.path().join("仓库")), Vec::<String>::new());
}

#[test]
fn demo_passes_check_and_is_deterministic() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for place in ["一", "二"] {
        let (code, _, said) = kedang(folder.path(), &["demo", place, "--customers", "4"]);
        assert_eq!(code, Some(0), "{said}");
    }
    let [one, two] = ["一", "二"].map(|place| SiteSnapshot::read(&folder.path().join(place)));
    assert!(one.0.len() > 100 && one.diff(&two).is_empty(), "{}", one.diff(&two));
    let site = folder.path().join("一");
    assert_eq!(errors(&site), Vec::<String>::new());
    let (code, _, said) = kedang(&site, &["build"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(site.join("public/customers/index.html").is_file());
}
