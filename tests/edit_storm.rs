//! Edit storms against the real program that serves: whatever people and their editors do to the archive, soon after they are
//! quiet the site is the one that is built from nothing, byte for byte.
//!
//! `tests/long.sh storm 300` makes so many rounds of the nine ways of saving; a test run makes a few. Within how much time it
//! was so is printed; in a long run, of the program that ships on a machine that has nothing else to do, it is asked for.
#![cfg(unix)]

mod process;
mod save_methods;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use rustix::process::Signal;

use crate::support::{Rng, SiteFolder, SiteSnapshot, copy_all, long_run_count, root, run, sample_files};
use process::ServeProcess;
use save_methods::{SAVE_METHODS, append_markers, documents, edited, large_change, save};

/// After quiet the site is right within this.
const PROMISE: Duration = Duration::from_secs(3);

/// The sample archive with its theme, in a folder of its own.
fn home() -> SiteFolder {
    let home = SiteFolder::new();
    home.write_archive(&sample_files());
    append_markers(&home.path().join("content"));
    copy_all(&root().join("themes/ink"), &home.path().join("themes/ink"));
    home
}

/// What the storms of one program took, from quiet on.
#[derive(Default)]
struct Delays(Vec<Duration>);

impl Delays {
    fn report(&mut self, name: &str) {
        self.0.sort();
        let (middle, worst) = (self.0[self.0.len() / 2], self.0[self.0.len() - 1]);
        println!("{name}: {} times quiet, right after {middle:?} (middle) and {worst:?} (worst)", self.0.len());
        if long_run_count().is_some() && cfg!(not(debug_assertions)) {
            assert!(worst <= PROMISE, "{name}: {:?}", self.0);
        }
    }
}

#[test]
fn random_edits_of_all_kinds() {
    let home = home();
    let content = home.path().join("content");
    let mut dice = Rng::new(7);
    let mut serving = ServeProcess::start(&home, &[], &[]);
    let mut took = Delays::default();
    #[cfg(target_os = "linux")]
    let mut memory = Vec::new();
    let rounds = long_run_count().unwrap_or(2);
    for round in 0..rounds {
        for (number, way) in SAVE_METHODS.into_iter().enumerate() {
            save(&content, way, round * SAVE_METHODS.len() + number, &mut dice);
        }
        let upset = large_change(home.path(), round, &mut dice);
        let when = format!("round {round}, {upset}");
        took.0.push(serving.assert_becomes_clean(&home, SystemTime::now(), &when));
        #[cfg(target_os = "linux")]
        memory.push(serving.cpu_seconds_and_memory().1);
    }
    took.report("edits");
    serving.assert_serves(&home.site(), &["customers/nobody/index.html".to_owned()]);
    #[cfg(target_os = "linux")]
    {
        let (early, late) = (memory[rounds / 3], memory[rounds - 1]);
        println!("memory: {} MB after a third of the edits, {} MB after all", early >> 20, late >> 20);
        if rounds >= 100 {
            assert!(late <= early + early / 10, "{memory:?}");
        }
        assert_idle(&serving);
    }
    serving.stop(&home);
}

/// What it costs when nothing happens.
#[cfg(target_os = "linux")]
fn assert_idle(serving: &ServeProcess) {
    let Some(_) = long_run_count() else { return };
    let seconds = 20;
    let (before, _) = serving.cpu_seconds_and_memory();
    std::thread::sleep(Duration::from_secs(seconds));
    let share = (serving.cpu_seconds_and_memory().0 - before) / seconds as f64;
    println!("idle: {:.2} % of a core", share * 100.0);
    assert!(share <= 0.01, "{share}");
}

#[test]
fn each_way_of_saving_alone() {
    let home = home();
    let content = home.path().join("content");
    let mut dice = Rng::new(11);
    let mut serving = ServeProcess::start(&home, &[], &[]);
    let mut took = Delays::default();
    let ways = if long_run_count().is_some() { &SAVE_METHODS[..] } else { &SAVE_METHODS[5..8] };
    for (number, way) in ways.iter().enumerate() {
        save(&content, *way, number, &mut dice);
        took.0.push(serving.assert_becomes_clean(&home, SystemTime::now(), way.0));
    }
    took.report("single saves");
    serving.stop(&home);
}

/// A branch is checked out: thousands of changes at once, and `.git` full of others. And back.
#[test]
fn git_branch_switch() {
    let home = home();
    let content = home.path().join("content");
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(&content).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=周岚", "-c", "user.email=zhou@example.com", "-c", "commit.gpgsign=false"]).args(args);
        let (code, said) = run(git);
        assert_eq!(code, Some(0), "git {args:?}: {said}");
    };
    let commit = |number: usize| {
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", &format!("第 {number} 次")]);
    };
    git(&["init", "-q", "-b", "main"]);
    commit(0);
    git(&["switch", "-q", "-c", "busy"]);
    for (number, file) in documents(&content).iter().enumerate() {
        match number % 5 {
            0 => fs::remove_file(file).expect("removed"),
            1 => fs::rename(file, file.with_file_name(format!("改名{number}.md"))).expect("renamed"),
            _ => fs::write(file, edited(&fs::read(file).expect("can be read"), number)).expect("written"),
        }
    }
    commit(1);
    let mut serving = ServeProcess::start(&home, &[], &[]);
    let mut took = Delays::default();
    for round in 0..long_run_count().unwrap_or(2).div_ceil(2) {
        for branch in ["main", "busy"] {
            git(&["switch", "-q", branch]);
            took.0.push(serving.assert_becomes_clean(&home, SystemTime::now(), &format!("{branch}, round {round}")));
        }
    }
    took.report("branches");
    serving.stop(&home);
}

/// A copy that a synchronising program left never becomes a page, and is reported with both names.
#[test]
fn conflict_copy_is_reported_and_not_built() {
    let home = home();
    let original = documents(&home.path().join("content")).into_iter().next().expect("there are some");
    let mut serving = ServeProcess::start(&home, &[], &[]);
    let stem = original.file_stem().expect("has one").to_string_lossy().into_owned();
    let copy = original.with_file_name(format!("{stem}.sync-conflict-20261120-081512-ABCDEF.md"));
    let mut bytes = fs::read(&original).expect("can be read");
    bytes.extend("\n这句话只在副本里。\n".as_bytes());
    fs::write(&copy, bytes).expect("written");
    serving.assert_becomes_clean(&home, SystemTime::now(), "a copy came");
    for (path, leaf) in &home.site().0 {
        assert!(!String::from_utf8_lossy(&leaf.bytes).contains("这句话只在副本里"), "{path}");
    }
    let name = |path: &Path| path.file_name().expect("has one").to_string_lossy().into_owned();
    let both = |said: &str| said.lines().any(|line| line.contains(&name(&copy)) && line.contains(&name(&original)));
    serving.wait_until("the copy is reported", |serving| both(&serving.output()));
    fs::remove_file(&copy).expect("removed");
    serving.assert_becomes_clean(&home, SystemTime::now(), "the copy went");
    serving.stop(&home);
}

/// Where the system tells nothing: by looking.
#[test]
fn polling_only() {
    let home = home();
    let content = home.path().join("content");
    let mut dice = Rng::new(5);
    let mut serving = ServeProcess::start(&home, &[], &["--poll", "0.5"]);
    let mut took = Delays::default();
    for round in 0..long_run_count().unwrap_or(1) {
        // A save that keeps length and time leaves nothing to be seen by looking.
        for (number, way) in SAVE_METHODS.into_iter().enumerate().filter(|(_, (way, _))| *way != "its time kept") {
            save(&content, way, round * SAVE_METHODS.len() + number, &mut dice);
        }
        let upset = large_change(home.path(), round, &mut dice);
        took.0.push(serving.assert_becomes_clean(&home, SystemTime::now(), &format!("round {round}, {upset}")));
    }
    took.report("by looking");
    serving.stop(&home);
}

/// More changes than the system keeps, while the program stands still: those after them are thrown away.
#[cfg(target_os = "linux")]
#[test]
fn event_queue_overflow() {
    let home = home();
    let content = home.path().join("content");
    let most: usize = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events")
        .ok()
        .and_then(|most| most.trim().parse().ok())
        .unwrap_or(16_384);
    let mut dice = Rng::new(3);
    let mut serving = ServeProcess::start(&home, &[], &[]);
    for round in 0..2 {
        serving.signal(Signal::STOP);
        let pair = [content.join("记事甲.txt"), content.join("记事乙.txt")];
        // Two in turn, for what is said twice in a row is kept once.
        for number in 0..most {
            fs::write(&pair[number % 2], "x").expect("written");
        }
        for (number, way) in SAVE_METHODS.into_iter().enumerate().filter(|(_, (way, _))| *way != "its time kept") {
            save(&content, way, round * SAVE_METHODS.len() + number, &mut dice);
        }
        let (from, to) = (documents(&content)[0].clone(), content.join(format!("客户/没人听见{round}/客户.md")));
        copy_all(from.parent().expect("has one"), to.parent().expect("has one"));
        serving.signal(Signal::CONT);
        serving.assert_becomes_clean(&home, SystemTime::now(), "after an overflow");
        // And in a folder whose coming was thrown away it is heard what is saved.
        let new = documents(to.parent().expect("has one")).into_iter().next().expect("copied");
        fs::write(&new, edited(&fs::read(&new).expect("can be read"), 99)).expect("written");
        serving.assert_becomes_clean(&home, SystemTime::now(), "in a folder whose coming was not heard");
        for file in pair {
            fs::remove_file(file).expect("removed");
        }
    }
    serving.stop(&home);
}

/// The system watches no more folders: at the beginning, and when new ones come. In a name space of its own, whose limit is
/// nobody else's.
#[cfg(target_os = "linux")]
#[test]
fn watch_limit_exhausted() {
    let folders = |home: &Path| walkdir::WalkDir::new(home).into_iter().flatten().filter(|at| at.file_type().is_dir()).count();
    let limited = |most: usize| format!("echo {most} > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"");
    let (code, said) = run({
        let mut command = Command::new("unshare");
        command.args(["-Ur", "sh", "-c", &limited(5), "true"]);
        command
    });
    if code != Some(0) {
        eprintln!("SKIPPED: no more watches: {said}");
        return;
    }
    for at_once in [true, false] {
        let home = home();
        let (content, theme) = (home.path().join("content"), home.path().join("themes/ink"));
        let all = folders(&content) + folders(&theme);
        let most = if at_once { 3 } else { all + 20 };
        let mut serving = ServeProcess::start(&home, &["unshare", "-Ur", "sh", "-c", &limited(most)], &[]);
        if !at_once {
            assert!(!serving.output().contains("max_user_watches"), "{}", serving.output());
            for number in 0..20 {
                fs::create_dir_all(content.join(format!("客户/很多{number}/拜访"))).expect("made");
            }
        }
        serving.wait_until("it says why it looks", |serving| serving.output().contains("max_user_watches"));
        save(&content, SAVE_METHODS[1], 1, &mut Rng::new(1));
        serving.assert_becomes_clean(&home, SystemTime::now(), "without watches");
        serving.stop(&home);
    }
}

/// The archive is moved away and comes back as another one; the last good site stays in between.
#[test]
fn archive_folder_removed_and_restored() {
    let home = home();
    let (content, away) = (home.path().join("content"), home.path().join("别处"));
    let mut serving = ServeProcess::start(&home, &[], &[]);
    let before: PathBuf = documents(&content).into_iter().next().expect("there are some");
    serving.assert_becomes_clean(&home, SystemTime::now(), "in the beginning");
    let site = home.site();
    fs::rename(&content, &away).expect("moved");
    let silence = serving.output().len();
    serving.wait_until("it says that the archive is gone", |serving| serving.output().len() > silence);
    let wrong = SiteSnapshot::read(&home.out).diff(&site);
    assert!(wrong.is_empty(), "{wrong}");
    copy_all(&away, &content);
    fs::write(&before, edited(&fs::read(&before).expect("can be read"), 1)).expect("written");
    serving.assert_becomes_clean(&home, SystemTime::now(), "another one in its place");
    fs::write(&before, edited(&fs::read(&before).expect("can be read"), 2)).expect("written");
    serving.assert_becomes_clean(&home, SystemTime::now(), "and heard");
    serving.stop(&home);
}
