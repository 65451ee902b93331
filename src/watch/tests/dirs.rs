//! Directories, and roots, that are created, moved and removed.

use std::fs;
use std::path::Path;

use super::*;

#[test]
fn files_written_before_a_new_directory_is_watched_are_reported() {
    for backend in backends() {
        let (_temp, root) = temp_archive();
        let mut watcher = watch(&root, backend);
        for number in 0..8 {
            let customer = root.join(format!("客户/新客户{number}"));
            let file = customer.join("拜访/2026/十一月/2026-11-20.md");
            fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
            fs::write(&file, "谈了备件。").expect("written");
            changes_until(&mut watcher, |changes| covers(changes, &file));
            // From then on the new directory is watched.
            drain(&mut watcher);
            let other = file.with_file_name("2026-11-21.md");
            fs::write(&other, "谈了价格。").expect("written");
            changes_until(&mut watcher, |changes| covers(changes, &other));
        }
    }
}

#[test]
fn a_moved_directory_is_watched_in_its_new_place_only() {
    let (temp, root) = temp_archive();
    let outside = fs::canonicalize(temp.path()).expect("exists").join("外面");
    fs::create_dir_all(outside.join("拜访")).expect("created");
    let mut watcher = watch(&root, backend());
    let (here, there) = (root.join("客户/来了"), root.join("客户/又走了"));
    let steps = [(&outside, &here), (&here, &there), (&there, &outside)];
    for (from, to) in steps {
        fs::rename(from, to).expect("moved");
        let reported = if to.starts_with(&root) { to } else { from };
        changes_until(&mut watcher, |changes| covers(changes, reported));
        fs::write(to.join("拜访/2026-11-20.md"), "谈了备件。").expect("written");
        if to.starts_with(&root) {
            changes_until(&mut watcher, |changes| covers(changes, &to.join("拜访/2026-11-20.md")));
        }
    }
    let last = root.join("客户/东澜水务/客户.md");
    fs::write(&last, "x").expect("written");
    let all = changes_until(&mut watcher, |changes| covers(changes, &last));
    assert!(all.iter().flat_map(|changes| &changes.paths).all(|path| *path == last), "{all:?}");
}

#[test]
fn a_directory_that_is_removed_and_created_again_is_watched() {
    for backend in backends() {
        let (_temp, root) = temp_archive();
        let customer = root.join("客户/东澜水务");
        let file = customer.join("拜访/2026-11-20.md");
        let mut watcher = watch(&root, backend);
        for pause in [true, false, true, false] {
            fs::remove_dir_all(&customer).expect("removed");
            if pause {
                changes_until(&mut watcher, |changes| covers(changes, &customer));
                drain(&mut watcher);
            }
            fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
            changes_until(&mut watcher, |changes| covers(changes, &file));
            drain(&mut watcher);
            fs::write(&file, "谈了备件。").expect("written");
            changes_until(&mut watcher, |changes| covers(changes, &file));
            drain(&mut watcher);
        }
    }
}

#[test]
fn every_directory_of_a_tree_that_is_moved_in_is_watched() {
    for backend in backends() {
        let (temp, root) = temp_archive();
        let outside = fs::canonicalize(temp.path()).expect("exists").join("外面");
        let dirs = ["客户/甲/拜访/2026", "客户/甲/附件", "客户/乙/拜访", "客户/丙"];
        for dir in dirs {
            fs::create_dir_all(outside.join(dir)).expect("created");
        }
        let mut watcher = watch(&root, backend);
        let inside = root.join("搬来");
        fs::rename(&outside, &inside).expect("moved");
        changes_until(&mut watcher, |changes| covers(changes, &inside));
        drain(&mut watcher);
        for dir in dirs.iter().flat_map(|dir| Path::new(dir).ancestors()) {
            let file = inside.join(dir).join("x.md");
            fs::write(&file, "x").expect("written");
            let all = changes_until(&mut watcher, |changes| changes.paths.contains(&file));
            assert!(all.iter().all(|changes| !changes.rescan), "{all:?}");
            drain(&mut watcher);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_directory_that_becomes_readable_is_watched() {
    use std::os::unix::fs::PermissionsExt;

    let (_temp, root) = temp_archive();
    let closed = root.join("客户/东澜水务");
    let chmod = |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).expect("set");
    chmod(0o000);
    let mut watcher = watch(&root, backend());
    chmod(0o755);
    changes_until(&mut watcher, |changes| covers(changes, &closed));
    drain(&mut watcher);
    fs::write(closed.join("拜访/2026-11-20.md"), "x").expect("written");
    changes_until(&mut watcher, |changes| covers(changes, &closed.join("拜访/2026-11-20.md")));
}

#[test]
fn a_root_that_is_removed_or_moved_and_comes_back_is_watched_again() {
    let (temp, root) = temp_archive();
    let above = fs::canonicalize(temp.path()).expect("exists");
    let root_in_it = above.join("市场部/客档");
    fs::create_dir_all(above.join("市场部")).expect("created");
    fs::rename(&root, &root_in_it).expect("moved");
    let mut watcher = watch(&root_in_it, backend());
    let assert_watched = |watcher: &mut Watcher, step: &str| {
        changes_until(watcher, |changes| changes.rescan);
        // The backend may not be ready yet, so the file is saved again and again.
        let file = root_in_it.join("客户/东澜水务/客户.md");
        let until = Instant::now() + TIMEOUT;
        for number in 0.. {
            assert!(Instant::now() < until, "{step}: not reported");
            fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
            fs::write(&file, format!("{number}")).expect("written");
            if watcher.wait(Duration::from_millis(500)).is_some_and(|changes| covers(&changes, &file)) {
                break;
            }
        }
        drain(watcher);
    };
    fs::remove_dir_all(&root_in_it).expect("removed");
    changes_until(&mut watcher, |changes| changes.rescan);
    fs::create_dir_all(&root_in_it).expect("created");
    assert_watched(&mut watcher, "removed and created");
    fs::rename(&root_in_it, above.join("旧")).expect("moved");
    changes_until(&mut watcher, |changes| changes.rescan);
    fs::rename(above.join("旧"), &root_in_it).expect("moved back");
    assert_watched(&mut watcher, "moved and moved back");
    fs::rename(above.join("市场部"), above.join("销售部")).expect("moved");
    changes_until(&mut watcher, |changes| changes.rescan);
    fs::create_dir_all(root_in_it.join("客户")).expect("created");
    assert_watched(&mut watcher, "its parent moved, and another created");
    fs::remove_dir_all(&root_in_it).expect("removed");
    fs::create_dir_all(&root_in_it).expect("created");
    assert_watched(&mut watcher, "removed and created at once");
    assert_eq!(watcher.mode(), Mode::Events);
}

#[test]
fn several_roots_are_watched_also_nested_ones() {
    for backend in backends() {
        let (temp, root) = temp_archive();
        let theme = fs::canonicalize(temp.path()).expect("exists").join("themes/ink");
        fs::create_dir_all(theme.join("templates")).expect("created");
        fs::create_dir_all(root.join("草稿/主题")).expect("created");
        let inside = WatchedDir { root: root.join("草稿/主题"), ignore: Ignore::default() };
        let dirs = vec![watched(root.clone()), watched(theme.clone()), inside];
        let timing = Timing { startup: TIMEOUT, events: NEVER, ..TIMING };
        let mut watcher = Watcher::with(dirs, None, backend, timing);
        fs::write(root.join("草稿/x.md"), "x").expect("written");
        for file in [theme.join("templates/base.html"), root.join("草稿/主题/base.html"), root.join("archive.yaml")] {
            fs::write(&file, "x").expect("written");
            let all = changes_until(&mut watcher, |changes| covers(changes, &file));
            assert!(all.iter().flat_map(|changes| &changes.paths).all(|path| !path.ends_with("x.md")), "{all:?}");
        }
    }
}

#[test]
fn after_set_dirs_only_the_new_directories_are_watched() {
    for backend in backends() {
        let ((_old_temp, old), (_new_temp, new)) = (temp_archive(), temp_archive());
        let mut watcher = watch(&old, backend);
        watcher.set_dirs(vec![watched(new.clone())]);
        fs::write(old.join("archive.yaml"), "x").expect("written");
        fs::write(new.join("archive.yaml"), "x").expect("written");
        let all = changes_until(&mut watcher, |changes| covers(changes, &new.join("archive.yaml")));
        assert_eq!(all, [Changes { paths: BTreeSet::from([new.join("archive.yaml")]), rescan: false }]);
    }
}
