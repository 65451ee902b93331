//! The ways in which editors save a file.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::*;

pub(super) type Save = fn(&Path) -> std::io::Result<()>;

const OLD: &str = "---\n日期: 2026-11-05\n---\n谈了备件。\n";
const NEW: &str = "---\n日期: 2026-11-05\n---\n谈了价格。\n";

fn beside(file: &Path, name: &str) -> PathBuf {
    file.with_file_name(name)
}

/// Saves an existing file.
pub(super) const SAVE_STYLES: &[(&str, Save)] = &[
    ("in place", |file| fs::OpenOptions::new().write(true).open(file)?.write_all(NEW.as_bytes())),
    ("truncated and written", |file| fs::write(file, NEW)),
    ("temporary file renamed over it", |file| {
        fs::write(beside(file, ".拜访.md.swp"), "x")?;
        fs::write(beside(file, "4913"), NEW)?;
        fs::rename(beside(file, "4913"), file)
    }),
    ("renamed to a backup and written", |file| {
        fs::rename(file, beside(file, "拜访.md~"))?;
        fs::write(file, NEW)?;
        fs::remove_file(beside(file, "拜访.md~"))
    }),
    ("deleted and created", |file| fs::remove_file(file).and_then(|()| fs::write(file, NEW))),
    ("saved twice", |file| fs::write(file, "谈了").and_then(|()| fs::write(file, NEW))),
    ("modification time restored", |file| {
        let time = fs::metadata(file)?.modified()?;
        fs::write(file, NEW)?;
        fs::OpenOptions::new().append(true).open(file)?.set_modified(time)
    }),
    ("its directory moved", |file| {
        let dir = file.parent().expect("has a parent");
        let other = dir.with_file_name("另一处");
        fs::rename(dir, &other)?;
        fs::rename(other, dir)
    }),
    ("deleted", |file| fs::remove_file(file)),
    ("made read-only", |file| {
        let mut permissions = fs::metadata(file)?.permissions();
        permissions.set_readonly(true);
        fs::set_permissions(file, permissions)
    }),
];

#[test]
fn every_save_style_is_reported_with_the_path() {
    for backend in backends() {
        let (_temp, root) = temp_archive();
        let name = format!("{backend:?}");
        let mut watcher = watch(&root, backend);
        for (number, (style, save)) in SAVE_STYLES.iter().enumerate() {
            let file = root.join(format!("客户/甲{number}/拜访/2026-11-05.md"));
            fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
            fs::write(&file, OLD).expect("written");
            changes_until(&mut watcher, |changes| covers(changes, &file));
            drain(&mut watcher);
            save(&file).expect(style);
            let all = changes_until(&mut watcher, |changes| covers(changes, &file));
            let customer = file.ancestors().nth(2).expect("a customer");
            for path in all.iter().flat_map(|changes| &changes.paths) {
                assert!(path.starts_with(customer), "{style}, {name}: {}", path.display());
            }
            assert!(all.iter().all(|changes| !changes.rescan), "{style}, {name}");
        }
    }
}

#[test]
fn temporary_and_ignored_files_are_not_reported() {
    for backend in backends() {
        let (_temp, root) = temp_archive();
        let customer = root.join("客户/东澜水务");
        fs::create_dir_all(root.join(".git/objects")).expect("created");
        fs::create_dir_all(customer.join("草稿")).expect("created");
        let mut watcher = watch(&root, backend);
        let temporary = ["拜访/~$报价.docx", "拜访/.2026-11-05.md.swp", "4913", "客户.md~", "草稿/新.md", "拜访/x.tmp"];
        for file in temporary.map(|name| customer.join(name)).into_iter().chain([root.join(".git/objects/ab")]) {
            fs::write(&file, "x").expect("written");
            fs::remove_file(&file).expect("removed");
        }
        fs::write(root.join(".git/HEAD.tmp"), "x").expect("written");
        fs::rename(root.join(".git/HEAD.tmp"), root.join(".git/HEAD")).expect("renamed");
        let real = customer.join("拜访/2026-11-20.md");
        fs::write(customer.join("拜访/x.tmp"), NEW).expect("written");
        fs::rename(customer.join("拜访/x.tmp"), &real).expect("renamed");
        let all = changes_until(&mut watcher, |changes| covers(changes, &real));
        let only = Changes { paths: BTreeSet::from([real]), rescan: false };
        assert_eq!(all, [only], "{watcher:?}");
    }
}

#[test]
fn reading_is_not_reported() {
    for backend in backends() {
        let (_temp, root) = temp_archive();
        let files: Vec<PathBuf> = (0..200).map(|n| root.join(format!("客户/东澜水务/拜访/{n}.md"))).collect();
        for file in &files {
            fs::write(file, OLD).expect("written");
        }
        let mut watcher = watch(&root, backend);
        for file in &files {
            assert_eq!(fs::read_to_string(file).expect("read"), OLD);
            assert!(fs::read_dir(file.parent().expect("has a parent")).expect("listed").count() >= 200);
        }
        fs::write(&files[7], NEW).expect("written");
        let all = changes_until(&mut watcher, |changes| covers(changes, &files[7]));
        assert_eq!(all, [Changes { paths: BTreeSet::from([files[7].clone()]), rescan: false }]);
    }
}
