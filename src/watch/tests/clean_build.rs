//! Whatever events a backend loses or invents, the site becomes equal to a clean build.

use std::collections::BTreeMap;
use std::path::Path;

use super::backend_faults::{ALWAYS_READY, FakeBackend};
use super::*;
use crate::build::{BuildOptions, Builder, NoProgress, SiteSource};
use crate::calendar::AsOf;
use crate::publish::{OpenOptions, OutputFolder};
use crate::source::Disk;
use crate::watch::signal::{Event, EventSender};

const VISIT: &str = "---\n日期: 2026-11-05\n拜访人: 周岚\n拜访目的: 3A\n成果: C\n---\n谈了备件。\n";

/// What a backend sends when a file was written.
type Send = fn(&EventSender, &Path);

/// Writes an archive of a few customers.
fn write_archive(root: &Path) {
    std::fs::write(root.join("archive.yaml"), "公司名称: 甲公司\n").expect("written");
    for number in 0..4 {
        let customer = root.join(format!("customers/c{number}"));
        std::fs::create_dir_all(customer.join("visits")).expect("made");
        std::fs::write(customer.join("customer.md"), format!("---\n单位名称: 客户{number}\n级别: 一般\n---\n"))
            .expect("written");
        std::fs::write(customer.join("visits/2026-11-05.md"), VISIT).expect("written");
    }
}

/// Builds, and returns every file of the site.
fn build(builder: &mut Builder, root: &Path, out: &Path, changes: &Changes) -> BTreeMap<PathBuf, Vec<u8>> {
    let disk = Disk::open(root, root).expect("opens");
    let config = builder.load_config(&disk).expect("reads").config.expect("a configuration");
    let request = BuildOptions {
        config: &config,
        config_diagnostics: &[],
        edition: config.edition("full").expect("there is one"),
        as_of: AsOf(jiff::civil::date(2026, 11, 24)),
        pinned: true,
        program: Default::default(),
        progress: &NoProgress,
    };
    let below = |path: &PathBuf| Some(path.strip_prefix(root).ok()?.to_str()?.to_owned());
    builder.mark_dirty(&changes.paths.iter().filter_map(below).collect::<Vec<_>>());
    let opening = OpenOptions { out, guarded: &[], home: None, fingerprint: request.folder_fingerprint() };
    let mut folder = OutputFolder::open(&opening, &mut |_, _| false).expect("opens");
    builder.build(SiteSource { archive: &disk, theme: None }, &request, &mut folder).expect("builds");
    let walk = walkdir::WalkDir::new(out).into_iter().filter_entry(|entry| entry.file_name() != ".kedang").flatten();
    let files = walk.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    files.map(|path| (path.strip_prefix(out).expect("below").to_owned(), std::fs::read(&path).expect("read"))).collect()
}

/// Builds after each report until the site is equal to a clean build.
fn build_until_clean(watcher: &mut Watcher, builder: &mut Builder, root: &Path, temp: &Path, when: &str) {
    let fresh = tempfile::tempdir().expect("a temporary directory");
    let clean = build(&mut Builder::new(), root, &fresh.path().join("public"), &Changes::default());
    let until = Instant::now() + TIMEOUT;
    loop {
        assert!(Instant::now() < until, "{when}: {watcher:?}");
        let Some(changes) = watcher.wait(Duration::from_secs(1)) else { continue };
        let start = Instant::now();
        let site = build(builder, root, &temp.join("public"), &changes);
        watcher.answered(start.elapsed(), &[]);
        if site == clean {
            return;
        }
    }
}

#[test]
fn lost_invented_and_dropped_events() {
    let (temp, root) = temp_archive();
    write_archive(&root);
    // Rescans run more often than in the program, to keep the test short.
    let interval =
        RescanInterval { min: Duration::from_millis(50), cost_factor: 1, max: Duration::from_millis(200), ..rescan::EVENTS };
    let timing = Timing { events: interval, polling: interval, startup: TIMEOUT };
    let backend = FakeBackend { on_start: ALWAYS_READY, ..FakeBackend::default() };
    let mut watcher = Watcher::with(vec![watched(root.clone())], None, Box::new(backend.clone()), timing);
    let mut builder = Builder::incremental();
    build(&mut builder, &root, &temp.path().join("public"), &Changes::default());
    let faults: [(&str, Send); 7] = [
        ("reported", |events, path| events.send(Event::Changed(path.to_owned()))),
        ("lost", |_, _| {}),
        ("another path", |events, path| events.send(Event::Changed(path.with_file_name("另一个.md")))),
        ("an overflow", |events, _| events.send(Event::Lost)),
        ("an error", |events, _| events.send(Event::Fault("I/O error".to_owned()))),
        ("the watch limit", |events, _| events.send(Event::Unavailable(PollReason::WatchLimit))),
        ("lost while polling", |_, _| {}),
    ];
    for (number, (fault, send)) in faults.into_iter().enumerate() {
        let customer = root.join(format!("customers/c{}", number % 3));
        let visit = customer.join("visits/2026-11-05.md");
        let edits: [(&str, &dyn Fn() -> std::io::Result<()>); 3] = [
            ("a visit edited", &|| std::fs::write(&visit, VISIT.replace("备件", &format!("第 {number} 次")))),
            ("another visit", &|| std::fs::write(customer.join(format!("visits/2026-10-1{number}.md")), VISIT)),
            ("a directory moved", &|| {
                let moved = root.join(format!("customers/moved{number}"));
                std::fs::rename(root.join("customers/c3"), &moved)?;
                std::fs::rename(moved, root.join("customers/c3"))
            }),
        ];
        for (edit, apply) in edits {
            apply().expect(edit);
            send(&backend.sender(), &visit);
            build_until_clean(&mut watcher, &mut builder, &root, temp.path(), &format!("{edit}, {fault}"));
        }
    }
    assert_eq!(watcher.mode(), Mode::Polling(poll::INTERVAL, PollReason::WatchLimit));
}

#[test]
fn every_save_style_with_the_backend_of_this_system() {
    let (temp, root) = temp_archive();
    write_archive(&root);
    let mut watcher = watch(&root, backend());
    let mut builder = Builder::incremental();
    build(&mut builder, &root, &temp.path().join("public"), &Changes::default());
    for (number, (style, save)) in save_styles::SAVE_STYLES.iter().enumerate() {
        let file = root.join(format!("customers/c{}/visits/2026-11-05.md", number % 4));
        save(&file).unwrap_or_else(|error| panic!("{style}: {error}"));
        build_until_clean(&mut watcher, &mut builder, &root, temp.path(), style);
        if !file.exists() {
            std::fs::write(&file, VISIT).expect("written");
        }
    }
}
