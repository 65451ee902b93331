//! Folders that come, move and go; roots that do.

use std::fs;

use super::*;

#[test]
fn what_is_written_into_a_new_folder_before_anybody_listens_there_is_found() {
    for ear in ears() {
        let (_folder, root) = folder();
        let mut bell = hang_on(&root, ear);
        for number in 0..8 {
            let customer = root.join(format!("客户/新客户{number}"));
            let file = customer.join("拜访/2026/十一月/2026-11-20.md");
            fs::create_dir_all(file.parent().expect("has one")).expect("made");
            fs::write(&file, "谈了备件。").expect("written");
            rings_until(&mut bell, |ring| names(ring, &file));
            // And from then on it is heard there.
            while bell.wait(burst::QUIET * 4).is_some() {}
            let other = file.with_file_name("2026-11-21.md");
            fs::write(&other, "谈了价格。").expect("written");
            rings_until(&mut bell, |ring| names(ring, &other));
        }
    }
}

#[test]
fn a_folder_that_moves_is_heard_where_it_is_and_not_where_it_was() {
    let (folder, root) = folder();
    let outside = fs::canonicalize(folder.path()).expect("is there").join("外面");
    fs::create_dir_all(outside.join("拜访")).expect("made");
    let mut bell = hang_on(&root, ear::of_this_system());
    let (here, there) = (root.join("客户/来了"), root.join("客户/又走了"));
    let steps = [(&outside, &here), (&here, &there), (&there, &outside)];
    for (from, to) in steps {
        fs::rename(from, to).expect("moved");
        let told = if to.starts_with(&root) { to } else { from };
        rings_until(&mut bell, |ring| names(ring, told));
        fs::write(to.join("拜访/2026-11-20.md"), "谈了备件。").expect("written");
        if to.starts_with(&root) {
            rings_until(&mut bell, |ring| names(ring, &to.join("拜访/2026-11-20.md")));
        }
    }
    let last = root.join("客户/东澜水务/客户.md");
    fs::write(&last, "x").expect("written");
    let rings = rings_until(&mut bell, |ring| names(ring, &last));
    assert!(rings.iter().flat_map(|ring| &ring.named).all(|named| *named == last), "{rings:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_opened_to_us_is_heard() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, root) = folder();
    let closed = root.join("客户/东澜水务");
    let rights = |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).expect("set");
    rights(0o000);
    let mut bell = hang_on(&root, ear::of_this_system());
    rights(0o755);
    rings_until(&mut bell, |ring| names(ring, &closed));
    while bell.wait(burst::QUIET * 4).is_some() {}
    fs::write(closed.join("拜访/2026-11-20.md"), "x").expect("written");
    rings_until(&mut bell, |ring| names(ring, &closed.join("拜访/2026-11-20.md")));
}

/// A root that goes and comes back, in every way there is, is heard again.
#[test]
fn a_root_that_comes_back_is_heard_again() {
    let (folder, root) = folder();
    let above = fs::canonicalize(folder.path()).expect("is there");
    let root_in_it = above.join("市场部/客档");
    fs::create_dir_all(above.join("市场部")).expect("made");
    fs::rename(&root, &root_in_it).expect("moved");
    let mut bell = hang_on(&root_in_it, ear::of_this_system());
    let heard = |bell: &mut Bell, step: &str| {
        rings_until(bell, |ring| ring.anything);
        // It may have begun to listen a moment ago: what it hears for certain is a save that comes again and again.
        let file = root_in_it.join("客户/东澜水务/客户.md");
        let until = Instant::now() + GENEROUS;
        for number in 0.. {
            assert!(Instant::now() < until, "{step}: not heard");
            fs::create_dir_all(file.parent().expect("has one")).expect("made");
            fs::write(&file, format!("{number}")).expect("written");
            if bell.wait(Duration::from_millis(500)).is_some_and(|ring| names(&ring, &file)) {
                break;
            }
        }
        while bell.wait(burst::QUIET * 4).is_some() {}
    };
    fs::remove_dir_all(&root_in_it).expect("removed");
    rings_until(&mut bell, |ring| ring.anything);
    fs::create_dir_all(&root_in_it).expect("made");
    heard(&mut bell, "deleted and made anew");
    fs::rename(&root_in_it, above.join("旧")).expect("moved");
    rings_until(&mut bell, |ring| ring.anything);
    fs::rename(above.join("旧"), &root_in_it).expect("moved back");
    heard(&mut bell, "moved and moved back");
    fs::rename(above.join("市场部"), above.join("销售部")).expect("moved");
    rings_until(&mut bell, |ring| ring.anything);
    fs::create_dir_all(root_in_it.join("客户")).expect("made");
    heard(&mut bell, "its folder moved, and another made");
    fs::remove_dir_all(&root_in_it).expect("removed");
    fs::create_dir_all(&root_in_it).expect("made");
    heard(&mut bell, "deleted and made anew at once");
    assert_eq!(bell.mode(), Mode::Events);
}

#[test]
fn several_folders_are_heard_also_one_in_the_other() {
    for ear in ears() {
        let (folder, root) = folder();
        let theme = fs::canonicalize(folder.path()).expect("is there").join("themes/ink");
        fs::create_dir_all(theme.join("templates")).expect("made");
        fs::create_dir_all(root.join("草稿/主题")).expect("made");
        let inside = Hung { root: root.join("草稿/主题"), leave_out: Ignore::default() };
        let folders = vec![hung(root.clone()), hung(theme.clone()), inside];
        let manner = Manner { patience: GENEROUS, hearing: NEVER, ..MANNER };
        let mut bell = Bell::with(folders, None, ear, manner);
        fs::write(root.join("草稿/x.md"), "x").expect("written");
        for file in [theme.join("templates/base.html"), root.join("草稿/主题/base.html"), root.join("archive.yaml")] {
            fs::write(&file, "x").expect("written");
            let rings = rings_until(&mut bell, |ring| names(ring, &file));
            assert!(rings.iter().flat_map(|ring| &ring.named).all(|named| !named.ends_with("x.md")), "{rings:?}");
        }
    }
}

#[test]
fn hung_elsewhere_it_is_heard_there_and_no_more_where_it_was() {
    for ear in ears() {
        let ((_here, here), (_there, there)) = (folder(), folder());
        let mut bell = hang_on(&here, ear);
        bell.hang_on(vec![hung(there.clone())]);
        fs::write(here.join("archive.yaml"), "x").expect("written");
        fs::write(there.join("archive.yaml"), "x").expect("written");
        let rings = rings_until(&mut bell, |ring| names(ring, &there.join("archive.yaml")));
        assert_eq!(rings, [Ring { named: BTreeSet::from([there.join("archive.yaml")]), anything: false }]);
    }
}
