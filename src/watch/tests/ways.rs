//! The ways in which editors save.

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

/// How a file, which is there, is saved.
pub(super) const WAYS: &[(&str, Save)] = &[
    ("in place", |file| fs::OpenOptions::new().write(true).open(file)?.write_all(NEW.as_bytes())),
    ("truncated and written", |file| fs::write(file, NEW)),
    ("written beside and put in its place", |file| {
        fs::write(beside(file, ".拜访.md.swp"), "x")?;
        fs::write(beside(file, "4913"), NEW)?;
        fs::rename(beside(file, "4913"), file)
    }),
    ("moved aside and written anew", |file| {
        fs::rename(file, beside(file, "拜访.md~"))?;
        fs::write(file, NEW)?;
        fs::remove_file(beside(file, "拜访.md~"))
    }),
    ("deleted and made anew", |file| fs::remove_file(file).and_then(|()| fs::write(file, NEW))),
    ("saved twice at once", |file| fs::write(file, "谈了").and_then(|()| fs::write(file, NEW))),
    ("its time kept", |file| {
        let time = fs::metadata(file)?.modified()?;
        fs::write(file, NEW)?;
        fs::OpenOptions::new().append(true).open(file)?.set_modified(time)
    }),
    ("its folder moved", |file| {
        let folder = file.parent().expect("has one");
        let other = folder.with_file_name("另一处");
        fs::rename(folder, &other)?;
        fs::rename(other, folder)
    }),
    ("deleted", |file| fs::remove_file(file)),
    ("its rights taken and given", |file| {
        let mut rights = fs::metadata(file)?.permissions();
        rights.set_readonly(true);
        fs::set_permissions(file, rights)
    }),
];

#[test]
fn every_way_of_saving_rings_and_names_the_file() {
    for ear in ears() {
        let (_folder, root) = folder();
        let name = format!("{ear:?}");
        let mut bell = hang_on(&root, ear);
        for (number, (way, save)) in WAYS.iter().enumerate() {
            let file = root.join(format!("客户/甲{number}/拜访/2026-11-05.md"));
            fs::create_dir_all(file.parent().expect("has one")).expect("made");
            fs::write(&file, OLD).expect("written");
            rings_until(&mut bell, |ring| names(ring, &file));
            while bell.wait(burst::QUIET * 4).is_some() {}
            save(&file).expect(way);
            let rings = rings_until(&mut bell, |ring| names(ring, &file));
            let about = file.ancestors().nth(2).expect("a customer");
            for named in rings.iter().flat_map(|ring| &ring.named) {
                assert!(named.starts_with(about), "{way}, {name}: {}", named.display());
            }
            assert!(rings.iter().all(|ring| !ring.anything), "{way}, {name}");
        }
    }
}

#[test]
fn droppings_and_what_is_left_out_do_not_ring() {
    for ear in ears() {
        let (_folder, root) = folder();
        let customer = root.join("客户/东澜水务");
        fs::create_dir_all(root.join(".git/objects")).expect("made");
        fs::create_dir_all(customer.join("草稿")).expect("made");
        let mut bell = hang_on(&root, ear);
        let droppings = ["拜访/~$报价.docx", "拜访/.2026-11-05.md.swp", "4913", "客户.md~", "草稿/新.md", "拜访/x.tmp"];
        for dropping in droppings.map(|dropping| customer.join(dropping)).into_iter().chain([root.join(".git/objects/ab")]) {
            fs::write(&dropping, "x").expect("written");
            fs::remove_file(&dropping).expect("removed");
        }
        fs::write(root.join(".git/HEAD.tmp"), "x").expect("written");
        fs::rename(root.join(".git/HEAD.tmp"), root.join(".git/HEAD")).expect("put in its place");
        let real = customer.join("拜访/2026-11-20.md");
        fs::write(customer.join("拜访/x.tmp"), NEW).expect("written");
        fs::rename(customer.join("拜访/x.tmp"), &real).expect("put in its place");
        let rings = rings_until(&mut bell, |ring| names(ring, &real));
        let only = Ring { named: BTreeSet::from([real]), anything: false };
        assert_eq!(rings, [only], "{bell:?}");
    }
}

#[test]
fn reading_does_not_ring() {
    for ear in ears() {
        let (_folder, root) = folder();
        let files: Vec<PathBuf> = (0..200).map(|n| root.join(format!("客户/东澜水务/拜访/{n}.md"))).collect();
        for file in &files {
            fs::write(file, OLD).expect("written");
        }
        let mut bell = hang_on(&root, ear);
        for file in &files {
            assert_eq!(fs::read_to_string(file).expect("read"), OLD);
            assert!(fs::read_dir(file.parent().expect("has one")).expect("listed").count() >= 200);
        }
        fs::write(&files[7], NEW).expect("written");
        let rings = rings_until(&mut bell, |ring| names(ring, &files[7]));
        assert_eq!(rings, [Ring { named: BTreeSet::from([files[7].clone()]), anything: false }]);
    }
}
