//! Publishing, failing, being killed, and repairing.

use super::*;
use crate::route::Url;

struct Site {
    folder: tempfile::TempDir,
    fingerprint: Fingerprint,
}

type Pages<'a> = &'a [(&'a str, &'a str)];

impl Site {
    fn new() -> Site {
        Site { folder: tempfile::tempdir().expect("a temporary folder"), fingerprint: Fingerprint::of(b"full") }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn open(&self) -> OutputFolder {
        let out = self.out();
        let opening = OpenOptions { out: &out, guarded: &[], home: None, fingerprint: self.fingerprint };
        OutputFolder::open(&opening, &mut |_, _| false).expect("opens")
    }

    /// Publishes pages whose keys are their texts, with an injected fault; also fails if clean-up failed.
    fn try_publish(&self, pages: Pages<'_>, trouble: InjectedFault) -> Result<WriteCounts, Refusal> {
        let mut folder = self.open();
        folder.trouble = trouble;
        let stage = folder.stage().expect("a stage");
        for (path, text) in pages {
            let (url, key) = (Url::from(*path), Fingerprint::of(text.as_bytes()));
            if !stage.keep_if_current(&url, key).expect("once") {
                stage.put(&url, key, text.as_bytes()).expect("put");
            }
        }
        let published = folder.publish(stage)?;
        folder.fault_step()?;
        Ok(published.counts)
    }

    fn publish(&self, pages: Pages<'_>) -> WriteCounts {
        self.try_publish(pages, InjectedFault::default()).expect("published")
    }

    /// Every file outside `.kedang`, and every folder with a `/`.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.out()).min_depth(1) {
            let entry = entry.expect("walks");
            let path = entry.path().strip_prefix(self.out()).expect("below").to_string_lossy().into_owned();
            if path == STATE_FOLDER || path.starts_with(".kedang/") {
                continue;
            }
            if entry.file_type().is_dir() {
                tree.insert(path + "/", String::new());
            } else {
                tree.insert(path, fs::read_to_string(entry.path()).expect("read"));
            }
        }
        tree
    }

    fn own(&self) -> Vec<String> {
        let entries = fs::read_dir(self.out().join(STATE_FOLDER)).expect("there");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

const OLD: Pages<'static> = &[
    ("index.html", "旧首页"),
    ("assets/style.css", "旧"),
    ("customers/dl/index.html", "东澜"),
    ("customers/dl/people/qzy.html", "邱志远"),
    ("customers/hd/index.html", "华东院"),
];
const NEW: Pages<'static> = &[
    ("index.html", "新首页"),
    ("assets/style.css", "新"),
    ("customers/dl/index.html", "东澜"),
    ("customers/xd/index.html", "信达"),
    ("customers/xd/visits/2026.html", "拜访"),
    ("reports/due.csv", "逾期"),
];

fn tree_of(pages: Pages<'_>) -> BTreeMap<String, String> {
    let site = Site::new();
    site.publish(pages);
    site.tree()
}

#[test]
fn unfinished_state_files_are_removed() {
    let site = Site::new();
    site.publish(OLD);
    for name in ["intent.new", "manifest.new"] {
        fs::write(site.out().join(STATE_FOLDER).join(name), "kedang pa").expect("written");
    }
    site.publish(OLD);
    assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
}

#[test]
fn publish_makes_folder_match_plan() {
    let site = Site::new();
    assert_eq!(site.publish(OLD), WriteCounts { written: 5, kept: 0, removed: 0 });
    assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
    assert_eq!(site.publish(OLD), WriteCounts { written: 0, kept: 5, removed: 0 });
    assert_eq!(site.publish(NEW), WriteCounts { written: 5, kept: 1, removed: 2 });
    assert_eq!(site.tree(), tree_of(NEW));
    assert!(!site.tree().contains_key("customers/hd/"), "emptied folders go");
    assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
}

#[test]
fn publish_recovers_after_kill_at_any_step() {
    let allowed: BTreeSet<&str> = OLD.iter().chain(NEW).map(|(_, text)| *text).collect();
    let mut kills = 0;
    for step in 0.. {
        let site = Site::new();
        site.publish(OLD);
        if site.try_publish(NEW, InjectedFault::killed(step)).is_ok() {
            break;
        }
        kills += 1;
        for (path, text) in site.tree() {
            assert!(path.ends_with('/') || allowed.contains(&*text), "step {step}: {path} holds {text}");
        }
        // The next build may be of the new site, the old one or a third.
        match step % 3 {
            0 => drop(site.publish(NEW)),
            1 => drop(site.publish(OLD)),
            _ => drop(site.publish(&NEW[..2])),
        }
        let expected = [NEW, OLD, &NEW[..2]][step as usize % 3];
        assert_eq!(site.tree(), tree_of(expected), "healed after step {step}");
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
    }
    assert!(kills > 12, "only {kills} places to be killed at");
}

#[test]
fn io_error_leaves_old_or_new_site() {
    let (mut old, mut new) = (0, 0);
    for step in 0.. {
        let site = Site::new();
        site.publish(OLD);
        if site.try_publish(NEW, InjectedFault::once(step)).is_ok() && site.own() == ["holder", "lock", "manifest", "owned"] {
            break;
        }
        let expected = if site.tree() == tree_of(OLD) { OLD } else { NEW };
        assert_eq!(site.tree(), tree_of(expected), "half old, half new after step {step}");
        if expected == OLD {
            old += 1;
            assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
            assert_eq!(site.publish(OLD), WriteCounts { written: 0, kept: 5, removed: 0 }, "after step {step}");
        } else {
            new += 1;
        }
        site.publish(NEW);
        assert_eq!(site.tree(), tree_of(NEW), "after step {step}");
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
    }
    assert!(old > 10 && new > 2, "{old} times the old site, {new} times the new one");
}

#[test]
fn publish_recovers_after_persistent_io_errors() {
    let allowed: BTreeSet<&str> = OLD.iter().chain(NEW).map(|(_, text)| *text).collect();
    for step in 0.. {
        let site = Site::new();
        site.publish(OLD);
        if site.try_publish(NEW, InjectedFault::always_after(step)).is_ok() {
            break;
        }
        assert!(site.tree().iter().all(|(path, text)| path.ends_with('/') || allowed.contains(&**text)), "step {step}");
        let expected = if step % 2 == 0 { NEW } else { OLD };
        site.publish(expected);
        assert_eq!(site.tree(), tree_of(expected), "healed after step {step}");
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
    }
}

#[test]
fn equal_size_page_is_rewritten_after_kill() {
    let site = Site::new();
    site.publish(&[("a.html", "甲"), ("b.html", "甲")]);
    // Killed after the renames and before the manifest is written.
    let step = (0..).find(|&step| {
        let site = Site::new();
        site.publish(&[("a.html", "甲"), ("b.html", "甲")]);
        site.try_publish(&[("a.html", "乙"), ("b.html", "甲")], InjectedFault::killed(step)).is_err()
            && site.tree()["a.html"] == "乙"
    });
    let killed = InjectedFault::killed(step.expect("there is such a moment"));
    assert!(site.try_publish(&[("a.html", "乙"), ("b.html", "甲")], killed).is_err());
    assert_eq!(site.publish(&[("a.html", "甲"), ("b.html", "甲")]), WriteCounts { written: 1, kept: 1, removed: 0 });
    assert_eq!(site.tree()["a.html"], "甲");
}

/// The site with one page published ahead of the others, and the result.
const AHEAD: Pages<'static> = &[("a.html", "甲二"), ("b.html", "乙"), ("c/d.html", "丙")];
const BEHIND: Pages<'static> = &[("a.html", "甲"), ("b.html", "乙"), ("c/d.html", "丙")];
const WHOLE: Pages<'static> = &[("a.html", "甲二"), ("b.html", "乙二"), ("c/e.html", "丁")];

/// Publishes one page ahead of the rest, then the rest.
fn ahead_and_whole(site: &Site, trouble: InjectedFault) -> Result<(Published, Published), Refusal> {
    let mut folder = site.open();
    folder.trouble = trouble;
    let put = |stage: &Stage, (path, text): &(&str, &str)| {
        stage.put(&Url::from(*path), Fingerprint::of(text.as_bytes()), text.as_bytes())
    };
    let stage = folder.stage_changes()?;
    put(&stage, &AHEAD[0])?;
    let first = folder.publish_ahead(stage)?;
    folder.fault_step()?;
    let stage = folder.stage_changes()?;
    stage.mark_replanned(&[Url::from("b.html"), Url::from("c/d.html")]);
    put(&stage, &WHOLE[1])?;
    put(&stage, &WHOLE[2])?;
    let second = folder.publish(stage)?;
    folder.fault_step()?;
    Ok((first, second))
}

#[test]
fn priority_page_is_written_once() {
    let site = Site::new();
    site.publish(BEHIND);
    let (first, second) = ahead_and_whole(&site, InjectedFault::default()).expect("published");
    assert_eq!(first.changed, ["a.html".into()]);
    assert_eq!(second.changed, ["b.html".into(), "c/d.html".into(), "c/e.html".into()]);
    assert_eq!(second.counts, WriteCounts { written: 2, kept: 1, removed: 1 });
    assert_eq!(site.tree(), tree_of(WHOLE));
    assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
    assert_eq!(site.publish(WHOLE), WriteCounts { written: 0, kept: 3, removed: 0 }, "the manifest knows all of it");
}

#[test]
fn publish_recovers_after_failed_priority_page() {
    let steps = (0..).find(|&step| {
        let site = Site::new();
        site.publish(BEHIND);
        ahead_and_whole(&site, InjectedFault::killed(step)).is_ok()
    });
    let steps = steps.expect("it comes to an end");
    assert!(steps > 12, "only {steps} places for trouble");
    for trouble in [InjectedFault::killed, InjectedFault::once, InjectedFault::always_after] {
        let mut seen = BTreeSet::new();
        for step in 0..steps {
            let site = Site::new();
            site.publish(BEHIND);
            let _ = ahead_and_whole(&site, trouble(step));
            let tree = site.tree();
            let whole = [AHEAD, BEHIND, WHOLE].map(|pages| tree == tree_of(pages));
            seen.insert(whole);
            let expected = [BEHIND, AHEAD, WHOLE][step as usize % 3];
            site.publish(expected);
            assert_eq!(site.tree(), tree_of(expected), "healed after step {step}");
            assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
        }
        assert!(seen.contains(&[true, false, false]) && seen.contains(&[false, true, false]), "{seen:?}");
    }
}

#[test]
fn foreign_files_are_untouched() {
    let site = Site::new();
    site.publish(OLD);
    fs::write(site.out().join("customers/hd/说明.txt"), "别动").expect("written");
    fs::write(site.out().join("reports.txt"), "别动").expect("written");
    site.publish(NEW);
    assert_eq!(site.tree()["customers/hd/说明.txt"], "别动");
    assert_eq!(site.tree()["reports.txt"], "别动");

    fs::create_dir_all(site.out().join("forms")).expect("made");
    fs::write(site.out().join("forms/1.html"), "别动").expect("written");
    let before = site.tree();
    let refused = site.try_publish(&[("forms/1.html", "附表1"), ("index.html", "x")], InjectedFault::default());
    assert!(matches!(refused, Err(Refusal::InTheWay { path }) if path.ends_with("forms/1.html")));
    let refused = site.try_publish(&[("reports.txt/due.html", "x")], InjectedFault::default());
    assert!(matches!(refused, Err(Refusal::InTheWay { path }) if path.ends_with("reports.txt")));
    assert_eq!(site.tree(), before, "nothing was changed");
}

#[test]
fn damaged_output_files_are_rewritten() {
    let site = Site::new();
    site.publish(OLD);
    fs::remove_file(site.out().join("index.html")).expect("removed");
    fs::write(site.out().join("assets/style.css"), "短了吗").expect("written");
    assert!(!site.open().is_whole());
    assert_eq!(site.publish(OLD), WriteCounts { written: 2, kept: 3, removed: 0 });
    assert_eq!(site.tree(), tree_of(OLD));
    assert!(site.open().is_whole());
}

#[test]
fn damaged_state_files_are_rebuilt() {
    for name in ["manifest", "owned"] {
        for damage in [&b""[..], b"x", b"kedang 99.0 sealed\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"] {
            let site = Site::new();
            site.publish(OLD);
            fs::write(site.out().join(STATE_FOLDER).join(name), damage).expect("written");
            site.publish(NEW);
            assert_eq!(site.tree(), tree_of(NEW), "{name}");
        }
    }
}

#[test]
fn other_edition_drops_state_but_keeps_pages() {
    let mut site = Site::new();
    site.publish(OLD);
    site.open().save_build_state("有 2 个错误".as_bytes()).expect("remembered");
    assert_eq!(site.open().load_build_state().as_deref(), Some("有 2 个错误".as_bytes()));
    site.fingerprint = Fingerprint::of(b"plain");
    assert_eq!(site.open().load_build_state(), None);
    assert!(!site.own().contains(&"memory".to_owned()));
    assert_eq!(site.publish(OLD), WriteCounts { written: 0, kept: 5, removed: 0 });
}

#[test]
fn changed_or_damaged_build_state_is_discarded() {
    let site = Site::new();
    site.publish(OLD);
    site.open().save_build_state(b"said").expect("remembered");
    site.publish(OLD);
    assert!(site.open().load_build_state().is_some());
    site.publish(NEW);
    assert_eq!(site.open().load_build_state(), None);
    site.open().save_build_state(b"said").expect("remembered");
    fs::write(site.out().join(STATE_FOLDER).join("memory"), b"said").expect("written");
    assert_eq!(site.open().load_build_state(), None);
}

#[test]
fn duplicate_or_unsafe_url_is_refused() {
    let site = Site::new();
    let folder = site.open();
    let stage = folder.stage().expect("a stage");
    let key = Fingerprint::default();
    stage.put(&Url::from("a.html"), key, b"1").expect("put");
    assert!(matches!(stage.put(&Url::from("a.html"), key, b"2"), Err(Refusal::Twice(_))));
    assert!(matches!(stage.put(&Url::from("../a.html"), key, b"2"), Err(Refusal::Unsafe(_))));
    assert!(matches!(stage.put(&Url::from(".kedang/lock"), key, b"2"), Err(Refusal::Unsafe(_))));
    drop(stage);
    assert_eq!(site.own(), ["holder", "lock"], "a stage that is dropped leaves nothing");
}

#[test]
fn existing_copy_is_not_rewritten() {
    let site = Site::new();
    let photo = vec![7_u8; 600_000];
    for (key, written) in [(1, 1), (1, 0), (2, 0)] {
        let mut folder = site.open();
        let stage = folder.stage().expect("a stage");
        let (url, key) = (Url::from("files/photo.jpg"), Fingerprint([key; 16]));
        if !stage.keep_if_current(&url, key).expect("once") {
            stage.copy(&url, key, &mut &photo[..], Path::new("图/厂区.jpg")).expect("copied");
        }
        assert_eq!(folder.publish(stage).expect("published").counts.written, written);
    }
    assert_eq!(fs::read(site.out().join("files/photo.jpg")).expect("read"), photo);
}
