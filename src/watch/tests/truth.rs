//! Whatever an ear misses or invents, the site becomes the one that is built from nothing.

use std::collections::BTreeMap;
use std::path::Path;

use super::faults::{ALWAYS_READY, Told};
use super::*;
use crate::build::{BuildOptions, Builder, NoProgress, SiteSource};
use crate::calendar::AsOf;
use crate::publish::{OpenOptions, OutputFolder};
use crate::source::Disk;

const VISIT: &str = "---\n日期: 2026-11-05\n拜访人: 周岚\n拜访目的: 3A\n成果: C\n---\n谈了备件。\n";

/// What an ear says when a file was written.
type Tell = fn(&Cord, &Path);

/// An archive of a few customers.
fn lay(root: &Path) {
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
fn build(builder: &mut Builder, root: &Path, out: &Path, ring: &Ring) -> BTreeMap<PathBuf, Vec<u8>> {
    let disk = Disk::open(root, root).expect("opens");
    let config = builder.load_config(&disk).expect("reads").config.expect("a policy");
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
    builder.mark_dirty(&ring.named.iter().filter_map(below).collect::<Vec<_>>());
    let opening = OpenOptions { out, guarded: &[], home: None, fingerprint: request.folder_fingerprint() };
    let mut folder = OutputFolder::open(&opening, &mut |_, _| false).expect("opens");
    builder.build(SiteSource { archive: &disk, theme: None }, &request, &mut folder).expect("builds");
    let walk = walkdir::WalkDir::new(out).into_iter().filter_entry(|entry| entry.file_name() != ".kedang").flatten();
    let files = walk.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path());
    files.map(|path| (path.strip_prefix(out).expect("below").to_owned(), std::fs::read(&path).expect("read"))).collect()
}

/// Answers rings until the site is the one that is built from nothing.
fn answer_until_clean(bell: &mut Bell, builder: &mut Builder, root: &Path, folder: &Path, when: &str) {
    let fresh = tempfile::tempdir().expect("a temporary folder");
    let clean = build(&mut Builder::new(), root, &fresh.path().join("public"), &Ring::default());
    let until = Instant::now() + GENEROUS;
    loop {
        assert!(Instant::now() < until, "{when}: {bell:?}");
        let Some(ring) = bell.wait(Duration::from_secs(1)) else { continue };
        let began = Instant::now();
        let site = build(builder, root, &folder.join("public"), &ring);
        bell.answered(began.elapsed(), &[]);
        if site == clean {
            return;
        }
    }
}

#[test]
fn events_lost_invented_and_thrown_away() {
    let (folder, root) = folder();
    lay(&root);
    // As seldom as it may be on a disk, but for the test: what a look costs, a hundred times.
    let often = Pace { least: Duration::from_millis(50), share: 1, most: Duration::from_millis(200), ..round::HEARING };
    let manner = Manner { hearing: often, looking: often, patience: GENEROUS };
    let ear = Told { at_once: ALWAYS_READY, ..Told::default() };
    let mut bell = Bell::with(vec![hung(root.clone())], None, Box::new(ear.clone()), manner);
    let mut builder = Builder::incremental();
    build(&mut builder, &root, &folder.path().join("public"), &Ring::default());
    let faults: [(&str, Tell); 7] = [
        ("heard", |cord, path| cord.hear(path.to_owned())),
        ("lost", |_, _| {}),
        ("another name", |cord, path| cord.hear(path.with_file_name("另一个.md"))),
        ("an overflow", |cord, _| cord.lost()),
        ("a fault", |cord, _| cord.fault("I/O error".to_owned())),
        ("no more watches", |cord, _| cord.deaf(Why::TooMany)),
        ("lost when it only looks", |_, _| {}),
    ];
    for (number, (fault, tell)) in faults.into_iter().enumerate() {
        let customer = root.join(format!("customers/c{}", number % 3));
        let visit = customer.join("visits/2026-11-05.md");
        let edits: [(&str, &dyn Fn() -> std::io::Result<()>); 3] = [
            ("a visit edited", &|| std::fs::write(&visit, VISIT.replace("备件", &format!("第 {number} 次")))),
            ("one more", &|| std::fs::write(customer.join(format!("visits/2026-10-1{number}.md")), VISIT)),
            ("a folder moved", &|| {
                let moved = root.join(format!("customers/moved{number}"));
                std::fs::rename(root.join("customers/c3"), &moved)?;
                std::fs::rename(moved, root.join("customers/c3"))
            }),
        ];
        for (edit, make) in edits {
            make().expect(edit);
            tell(&ear.cord(), &visit);
            answer_until_clean(&mut bell, &mut builder, &root, folder.path(), &format!("{edit}, {fault}"));
        }
    }
    assert_eq!(bell.mode(), Mode::Looking(active::EVERY, Why::TooMany));
}

#[test]
fn the_real_ear_with_every_way_of_saving() {
    let (folder, root) = folder();
    lay(&root);
    let mut bell = hang_on(&root, ear::of_this_system());
    let mut builder = Builder::incremental();
    build(&mut builder, &root, &folder.path().join("public"), &Ring::default());
    for (number, (way, save)) in ways::WAYS.iter().enumerate() {
        let file = root.join(format!("customers/c{}/visits/2026-11-05.md", number % 4));
        save(&file).unwrap_or_else(|error| panic!("{way}: {error}"));
        answer_until_clean(&mut bell, &mut builder, &root, folder.path(), way);
        if !file.exists() {
            std::fs::write(&file, VISIT).expect("written");
        }
    }
}
