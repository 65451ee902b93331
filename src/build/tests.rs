//! Builds small archives, edits them and builds again. `tests/rebuild.rs` checks that an incremental build equals a
//! clean one.

mod cancelled;
mod completeness;
mod department;
mod fast_path;
mod plans;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::calendar::AsOf;
use crate::config::Config;
use crate::publish::{OpenOptions, OutputFolder};
use crate::source::{FileStamp, Ignore, KeepGoing, Listing, Memory, Source, SourceError};

const CONFIG: &str = "公司名称: 甲公司\n";
const STAFF: &str = "---\n姓名: 周岚\n职务: 销售经理\n---\n";
const CUSTOMER: &str = "---\n单位名称: 东澜水务\n级别: 重点\n负责人: 周岚\n---\n供水。\n";
const PERSON: &str = "---\n姓名: 邱志远\n职务: 总工程师\n角色作用: 决策者\n---\n直爽。\n";
const VISIT: &str = "---\n日期: 2026-11-05\n拜访人: 周岚\n拜访对象: 邱志远\n拜访目的: 3A\n成果: C\n---\n谈了备件。\n";

fn archive() -> Memory {
    Memory::new([
        ("archive.yaml", CONFIG),
        ("staff/周岚.md", STAFF),
        ("customers/dl/customer.md", CUSTOMER),
        ("customers/dl/people/邱志远.md", PERSON),
        ("customers/dl/visits/2026-11-05.md", VISIT),
        ("customers/hd/customer.md", "---\n单位名称: 华东院\n级别: 一般\n负责人: 周岚\n---\n"),
    ])
}

struct TestBuild {
    folder: tempfile::TempDir,
    builder: Builder,
    edition: &'static str,
    day: jiff::civil::Date,
}

impl TestBuild {
    fn new() -> TestBuild {
        let folder = tempfile::tempdir().expect("a temporary folder");
        TestBuild { folder, builder: Builder::new(), edition: "full", day: jiff::civil::date(2026, 11, 24) }
    }

    fn config(&mut self, source: &dyn Source) -> std::sync::Arc<Config> {
        self.builder.load_config(source).expect("reads").config.expect("a configuration")
    }

    /// The builder with options for this archive, and the output folder.
    fn with<T>(
        &mut self,
        source: &dyn Source,
        watch: &dyn Progress,
        work: impl FnOnce(&mut Builder, &BuildOptions<'_>, &mut OutputFolder) -> T,
    ) -> anyhow::Result<T> {
        let config = self.config(source);
        let edition = config.edition(self.edition).expect("there is one").clone();
        let options = BuildOptions {
            config: &config,
            config_diagnostics: &[],
            edition: &edition,
            as_of: AsOf(self.day),
            pinned: true,
            program: Default::default(),
            progress: watch,
        };
        let out = self.folder.path().join("public");
        let opening = OpenOptions { out: &out, guarded: &[], home: None, fingerprint: options.folder_fingerprint() };
        let mut folder = OutputFolder::open(&opening, &mut |_, _| false)?;
        Ok(work(&mut self.builder, &options, &mut folder))
    }

    fn try_build(
        &mut self,
        source: &dyn Source,
        theme: Option<&dyn Source>,
        watch: &dyn Progress,
    ) -> anyhow::Result<BuildReport> {
        let site = SiteSource { archive: source, theme };
        self.with(source, watch, |builder, options, folder| builder.build(site, options, folder))?
    }

    /// A build, then a fast-path build of these paths after the edit, then a full build; returns the result of the fast
    /// path.
    fn fast(&mut self, before: &dyn Source, after: &dyn Source, named: &[&str]) -> Option<BuildReport> {
        self.builder = Builder::incremental();
        let site = |archive| SiteSource { archive, theme: None };
        let named: Vec<String> = named.iter().map(|path| (*path).to_owned()).collect();
        let looks = |builder: &mut Builder, options: &BuildOptions<'_>, folder: &mut OutputFolder| {
            builder.build(site(before), options, folder).expect("builds");
            let fast = builder.build_changed_files(site(after), options, folder, &named).expect("looks");
            (fast, builder.build(site(after), options, folder).expect("builds"))
        };
        let (fast, whole) = self.with(before, &NoProgress, looks).expect("opens");
        if let Some(fast) = &fast {
            assert_eq!(fast.notices, whole.notices, "{named:?}");
        }
        fast
    }

    fn build(&mut self, source: &dyn Source) -> BuildReport {
        self.try_build(source, None, &NoProgress).expect("builds")
    }

    /// All files of the site by path.
    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let out = self.folder.path().join("public");
        let own = out.join(".kedang");
        let files = walkdir::WalkDir::new(&out).into_iter().map(|entry| entry.expect("walks").into_path());
        files
            .filter(|path| !path.starts_with(&own) && !path.ends_with("public"))
            .filter_map(|path| Some((path.strip_prefix(&out).ok()?.display().to_string(), read(&path)?)))
            .collect()
    }

    fn own(&self, name: &str) -> Option<Vec<u8>> {
        read(&self.folder.path().join("public/.kedang").join(name))
    }
}

#[expect(clippy::disallowed_methods, reason = "looks at what was published")]
fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

fn fresh(source: &dyn Source) -> BTreeMap<String, Vec<u8>> {
    let mut context = TestBuild::new();
    context.build(source);
    context.site()
}

#[test]
fn edit_rebuilds_only_what_it_affects() {
    let mut source = archive();
    let mut context = TestBuild::new();
    let first = context.build(&source);
    assert_eq!((first.counts.documents, first.counts.read, first.counts.dossiers), (5, 5, 2));
    assert!(!first.unchanged && first.written.kept == 0);
    source.write("customers/dl/visits/2026-11-05.md", VISIT.replace("备件", "备件和工期"));
    let second = context.build(&source);
    assert_eq!((second.counts.read, second.counts.assembled), (1, 1));
    assert!(second.written.written < first.written.written / 2, "{:?}", second.written);
}

#[test]
fn dirty_file_with_unchanged_stamp_is_read_again() {
    let archive = |text: &str| {
        let mut source = archive();
        source.write("customers/dl/visits/2026-11-05.md", VISIT.replace("备件", text));
        source.write("customers/dl/photo.jpg", text);
        source.write("customers/dl/visits/2026-11-06.md", VISIT.replace("谈了", "[图](../photo.jpg)"));
        source.advance_clock();
        source
    };
    let (before, after) = (archive("备件"), archive("价格"));
    for heard in [&["customers/dl/visits/2026-11-05.md", "customers/dl/photo.jpg"][..], &["customers/dl"]] {
        let mut context = TestBuild::new();
        context.build(&before);
        let old = context.site();
        context.build(&after);
        assert!(context.site() == old, "nothing is to be seen of it");
        context.builder.mark_dirty(&heard.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
        assert!(!context.build(&after).unchanged);
        assert!(context.site() == fresh(&after) && context.site() != old);
        assert!(context.build(&after).unchanged);
    }
}

#[test]
fn problems_are_in_the_language_of_the_config() {
    let mut source = archive();
    source.write("customers/dl/visits/2026-11-20.md", "---\n日期: 昨天\n拜访人: 周岚\n拜访目的: 3A\n---\n");
    let mut context = TestBuild::new();
    context.build(&source);
    source.write("archive.yaml", format!("{CONFIG}language: en\n"));
    context.build(&source);
    assert!(context.site() == fresh(&source));
}

#[test]
fn unchanged_build_reads_nothing_and_repeats_notices() {
    let mut source = archive();
    source.write("customers/dl/visits/2026-11-20.md", "---\n日期: 昨天\n拜访人: 周岚\n拜访目的: 3A\n---\n");
    source.advance_clock();
    let mut context = TestBuild::new();
    let first = context.build(&source);
    assert!(first.counts.errors > 0);
    context.builder = Builder::new();
    let again = context.build(&source);
    assert!(again.unchanged);
    assert_eq!((again.rendered, again.written.written, again.counts.read), (0, 0, 0));
    assert_eq!((again.counts.errors, again.counts.findings), (first.counts.errors, first.counts.findings));
    let texts = context.builder.source_texts(&source, None);
    let said = |outcome: &BuildReport, texts: &SourceTexts<'_>| -> Vec<String> {
        let path = |notice: &crate::diag::Notice| notice.span.and_then(|span| texts.path(span.file).cloned());
        outcome.notices.iter().map(|notice| format!("{:?} {} {:?}", path(notice), notice.code, notice.message)).collect()
    };
    let told = said(&again, &texts);
    assert_eq!(told.len(), first.notices.len());
    assert!(told.iter().any(|said| said.contains("visits/2026-11-20.md") && said.contains("bad-date")), "{told:?}");

    context.day = context.day.tomorrow().expect("not the last day");
    assert!(!context.build(&source).unchanged, "another day is another site");
}

#[test]
fn second_save_in_one_clock_tick_is_seen() {
    let mut source = archive();
    source.write("customers/dl/visits/2026-11-05.md", VISIT);
    let mut context = TestBuild::new();
    context.build(&source);
    source.write_at_once("customers/dl/visits/2026-11-05.md", VISIT.replace("成果: C", "成果: B"));
    context.build(&source);
    assert!(context.site() == fresh(&source), "in the same process");
    source.write_at_once("customers/dl/visits/2026-11-05.md", VISIT.replace("成果: C", "成果: A"));
    context.builder = Builder::new();
    assert!(!context.build(&source).unchanged);
    assert!(context.site() == fresh(&source), "in another");
    context.builder = Builder::new();
    assert!(context.build(&source).unchanged);
}

#[test]
fn lower_edition_stores_no_build_state() {
    let mut source = archive();
    source.write("customers/dl/visits/2026-11-20.md", "---\n密级: 机密\n拜访人: 金丝雀\n---\n");
    let mut context = TestBuild::new();
    context.build(&source);
    assert!(context.own("memory").is_some());
    context.edition = "plain";
    let outcome = context.build(&source);
    assert!(context.own("memory").is_none());
    for name in ["manifest", "owned"] {
        let text = String::from_utf8_lossy(&context.own(name).expect("there")).into_owned();
        assert!(!text.contains("2026-11-20"), "{name}");
    }
    for (path, bytes) in context.site() {
        assert!(!String::from_utf8_lossy(&bytes).contains("金丝雀"), "{path}");
        assert!(!path.starts_with("problems"), "{path}");
    }
    assert!(!outcome.unchanged);
}

#[test]
fn unreadable_file_is_not_treated_as_deleted() {
    let mut source = archive();
    let mut context = TestBuild::new();
    context.build(&source);
    let before = context.site();
    source.write("customers/dl/visits/2026-11-05.md", VISIT.replace("成果: C", "成果: B"));
    source.deny("customers/dl/visits/2026-11-05.md");
    let error = context.try_build(&source, None, &NoProgress).expect_err("cannot be read");
    assert!(error.downcast_ref::<SourceError>().is_some());
    assert!(context.site() == before);
}

#[test]
fn unreadable_asset_is_not_treated_as_deleted() {
    let mut source = archive();
    source.write("customers/dl/visits/泵.png", "png");
    source.write("customers/dl/visits/2026-11-05.md", format!("{VISIT}![泵](泵.png)\n"));
    let mut theme = Memory::new([("assets/logo.svg", "<svg/>")]);
    let mut context = TestBuild::new();
    context.try_build(&source, Some(&theme), &NoProgress).expect("builds");
    let before = context.site();
    assert!(before.keys().any(|path| path.ends_with(".png")) && before.contains_key("assets/logo.svg"));
    let fails = |context: &mut TestBuild, source: &Memory, theme: &Memory| {
        let error = context.try_build(source, Some(theme), &NoProgress).expect_err("cannot be read");
        assert!(error.downcast_ref::<SourceError>().is_some(), "{error}");
        assert!(context.site() == before);
    };
    let mut forbidden = source.clone();
    forbidden.write("customers/dl/visits/泵.png", "png 2");
    forbidden.deny("customers/dl/visits/泵.png");
    fails(&mut context, &forbidden, &theme);
    theme.deny("assets/logo.svg");
    fails(&mut context, &source, &theme);
}

#[test]
fn broken_theme_keeps_previous_site() {
    let source = archive();
    let mut context = TestBuild::new();
    context.build(&source);
    let before = context.site();
    let theme = Memory::new([("templates/home.html", "{% if %}")]);
    let error = context.try_build(&source, Some(&theme), &NoProgress).expect_err("is broken");
    assert!(matches!(error.downcast_ref::<BuildError>(), Some(BuildError::Theme(faults)) if faults.len() == 1));
    assert!(context.site() == before);
    assert!(context.build(&source).unchanged);
}

/// A source in which a file changes every time it is read, up to a number of reads.
struct ChangingSource {
    inner: Memory,
    path: &'static str,
    reads: AtomicUsize,
    rests_after: usize,
}

impl Source for ChangingSource {
    fn list_while(&self, leave_out: &Ignore, _: &KeepGoing<'_>) -> Result<Option<Listing>, SourceError> {
        let mut listing = self.inner.list(leave_out)?;
        // Every read returns other bytes, and so does every stamp.
        let reads = self.reads.load(Ordering::Relaxed).min(self.rests_after);
        listing.files.iter_mut().filter(|stamp| &*stamp.path == self.path).for_each(|stamp| stamp.mtime += reads as i128);
        Ok(Some(listing))
    }

    fn read(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, SourceError> {
        let mut bytes = self.inner.read(path, most)?;
        if path == self.path {
            let reads = self.reads.fetch_add(1, Ordering::Relaxed).min(self.rests_after);
            bytes = bytes.map(|bytes| [bytes, format!("第 {reads} 次。\n").into_bytes()].concat());
        }
        Ok(bytes)
    }

    fn stamp(&self, path: &str) -> Result<Option<FileStamp>, SourceError> {
        self.inner.stamp(path)
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn std::io::Read + Send>>, SourceError> {
        self.inner.open(path)
    }

    fn display_path(&self, path: &str) -> String {
        path.to_owned()
    }
}

#[test]
fn build_restarts_when_an_input_changes() {
    let restless = |rests_after| ChangingSource {
        inner: archive(),
        path: "customers/dl/visits/2026-11-05.md",
        reads: AtomicUsize::new(0),
        rests_after,
    };
    let mut context = TestBuild::new();
    context.builder.text_cache_bytes = 0;
    context.build(&restless(3));
    let page = context.site().into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(page.filter(|page| page.contains("第 3 次")).count() > 0);

    // Cached texts are shown as they were when read.
    let mut context = TestBuild::new();
    context.build(&restless(usize::MAX));
    let pages: Vec<String> = context.site().into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect();
    assert!(pages.iter().any(|page| page.contains("第 0 次")) && !pages.iter().any(|page| page.contains("第 1 次")));

    let mut context = TestBuild::new();
    context.builder.text_cache_bytes = 0;
    let error = context.try_build(&restless(usize::MAX), None, &NoProgress).expect_err("never rests");
    assert!(
        matches!(error.downcast_ref::<BuildError>(), Some(BuildError::KeepsChanging(path)) if path.ends_with("2026-11-05.md"))
    );
    assert!(context.site().is_empty());
}

#[test]
fn two_config_files_are_an_error() {
    let mut source = archive();
    source.write("档案.yaml", CONFIG);
    let ruling = Builder::new().load_config(&source).expect("reads");
    assert!(ruling.config.is_none());
    assert_eq!(ruling.diagnostics.len(), 1);
    source.remove("档案.yaml");
    source.remove("archive.yaml");
    assert_eq!(Builder::new().load_config(&source).expect("reads").path, None);
}

#[test]
fn special_files_and_names_are_reported_unless_config_disables() {
    let mut source = archive();
    source.put_special("customers/dl/visits/2026-11-06.md", "link");
    source.put_special("customers/dl/x.md", "folder");
    source.write("customers/dl/people/邱志远 (1).md", PERSON);
    source.write("customers/dl/图/con.png", "x");
    let codes = |source: &Memory| -> Vec<&'static str> {
        let mut context = TestBuild::new();
        let config = context.config(source);
        let options = BuildOptions {
            config: &config,
            config_diagnostics: &[],
            edition: config.edition("full").expect("there is one"),
            as_of: AsOf(context.day),
            pinned: false,
            program: Default::default(),
            progress: &NoProgress,
        };
        let read = context.builder.read(source, &options).expect("reads");
        let wanted = ["not-a-file", "sync-conflict", "windows-name"];
        read.diagnostics.iter().map(|diagnostics| diagnostics.code.name()).filter(|code| wanted.contains(code)).collect()
    };
    assert_eq!(codes(&source), ["sync-conflict", "not-a-file", "windows-name"]);
    source.write("archive.yaml", format!("{CONFIG}rules:\n  sync-conflict: off\n"));
    assert_eq!(codes(&source), ["not-a-file", "windows-name"]);
}

#[test]
fn plan_row_names_are_sorted_into_columns() {
    let mut source = archive();
    let rows = "- 周岚 → 邱志远 每月一次\n- 邱志远（周岚，4次）\n- 郑国平 周岚\n";
    source.write("customers/dl/contact-plans/2026.md", format!("---\n目标描述: 中标\n---\n{rows}"));
    let mut context = TestBuild::new();
    context.build(&source);
    let page = &context.site()["customers/dl/contact-plans/2026.html"];
    let page = scraper::Html::parse_document(&String::from_utf8_lossy(page));
    let rows = scraper::Selector::parse("tr").expect("a selector");
    let text = |row: scraper::ElementRef<'_>| {
        let cells = row.child_elements().map(|cell| cell.text().collect::<String>().trim().to_owned());
        cells.collect::<Vec<_>>().join("|")
    };
    let said: Vec<String> = page.select(&rows).map(text).collect();
    let wanted = ["对象|我方|联系次数|说明", "邱志远|周岚||每月一次", "邱志远|周岚|4|", "郑国平|周岚||"].map(str::to_owned);
    assert!(said.windows(4).any(|rows| rows == wanted), "{said:#?}");
}

#[test]
fn event_row_shows_project_as_written_or_else_subject() {
    let mut source = archive();
    let visit = |more: &str| VISIT.replace("成果", &format!("{more}成果"));
    source.write("customers/dl/visits/2026-11-05.md", visit("项目: #3机组脱硫改造（自控标段）\n事由: 催图纸\n"));
    source.write("customers/dl/visits/2026-11-06.md", visit("").replace("-05", "-06"));
    let call = "---\n方式: 电话\n我方人员: 周岚\n对象: 邱志远\n事由: 问备件\n---\n说下周到。\n";
    source.write("customers/dl/contacts/2026-11-07.md", call);
    let row = "| 日期 | 方式 | 对象 | 我方 | 报告 | 项目 |\n|---|---|---|---|---|---|\n| 10-3 | 电话 | 邱志远 | 周岚 | 问进度 | 二期 |\n";
    source.write("customers/dl/contacts/2026-10.md", row);
    let mut context = TestBuild::new();
    context.build(&source);
    let page = &context.site()["customers/dl/index.html"];
    let page = scraper::Html::parse_document(&String::from_utf8_lossy(page));
    let about = scraper::Selector::parse("li.visit p, li.contact p").expect("a selector");
    let said: Vec<String> = page.select(&about).map(|p| p.text().collect::<String>().trim().to_owned()).collect();
    let told = said.iter().map(|text| text.split("全文").next().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(told, ["问备件 说下周到。", "谈了备件。", "#3机组脱硫改造（自控标段） 谈了备件。", "二期 问进度"]);
}

/// A source that panics on the nth read of a file.
struct PanickingSource<'a> {
    source: &'a Memory,
    path: &'static str,
    nth: usize,
    times: AtomicUsize,
}

impl Source for PanickingSource<'_> {
    fn list_while(&self, leave_out: &Ignore, keep_going: &KeepGoing<'_>) -> Result<Option<Listing>, SourceError> {
        self.source.list_while(leave_out, keep_going)
    }

    fn read(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, SourceError> {
        assert!(path != self.path || self.times.fetch_add(1, Ordering::Relaxed) + 1 != self.nth, "stumbled");
        self.source.read(path, limit)
    }

    fn stamp(&self, path: &str) -> Result<Option<FileStamp>, SourceError> {
        self.source.stamp(path)
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn std::io::Read + Send>>, SourceError> {
        self.source.open(path)
    }

    fn display_path(&self, path: &str) -> String {
        self.source.display_path(path)
    }
}

#[test]
fn panic_while_rendering_is_reported_and_old_site_remains() {
    const PATH: &str = "pages/须知.md";
    let mut source = archive();
    source.write(PATH, "# 须知\n\n每月第一个周一。\n");
    let mut context = TestBuild::new();
    context.build(&source);
    let (old, manifest) = (context.site(), context.own("manifest"));
    source.write(PATH, "# 须知\n\n每月第一个周二。\n");
    source.write("customers/hd/customer.md", "---\n单位名称: 华东院\n级别: 一般\n负责人: 周岚\n---\n设计院。\n");
    // Reads again for rendering, as in a large archive.
    context.builder.text_cache_bytes = 0;
    let stumbling = PanickingSource { source: &source, path: PATH, nth: 2, times: AtomicUsize::new(0) };
    let error = context.try_build(&stumbling, None, &NoProgress).expect_err("breaks down");
    let Some(BuildError::Panicked(told)) = error.downcast_ref() else { panic!("{error}") };
    let [CaughtPanic { over: PanicScope::Output(url, record), said }] = &told[..] else { panic!("{told:?}") };
    assert!(url.starts_with("pages/") && said.contains("stumbled"), "{told:?}");
    assert_eq!(record.as_deref(), Some(PATH));
    assert_eq!((context.site(), context.own("manifest")), (old.clone(), manifest.clone()));
    let staging = walkdir::WalkDir::new(context.folder.path().join("public/.kedang/staging"));
    assert!(staging.into_iter().all(|entry| entry.is_err()), "nothing is left lying about");
    // And a file that panics as soon as it is read.
    source.write("staff/何俊.md", "---\n职务: 销售人员\n---\n");
    let stumbling = PanickingSource { source: &source, path: "staff/何俊.md", nth: 1, times: AtomicUsize::new(0) };
    let error = context.try_build(&stumbling, None, &NoProgress).expect_err("breaks down");
    let Some(BuildError::Panicked(told)) = error.downcast_ref() else { panic!("{error}") };
    assert_eq!(told[0].over, PanicScope::File("staff/何俊.md".to_owned()));
    assert_eq!((context.site(), context.own("manifest")), (old, manifest));
    context.build(&source);
    assert_eq!(context.site(), fresh(&source));
}
