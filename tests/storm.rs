//! Edit storms against the real program that serves: whatever people and their editors do to the archive, soon after they are
//! quiet the site is the one that is built from nothing, byte for byte.
//!
//! `tests/long.sh storm 300` makes so many rounds of the nine ways of saving; a test run makes a few. Within how much time it
//! was so is printed; in a long run, of the program that ships on a machine that has nothing else to do, it is asked for.
#![cfg(unix)]

mod serving;
mod ways;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use rustix::process::Signal;

use crate::bench::{Dice, Home, Tree, copy_all, finished, long, root, sample};
use serving::Serving;
use ways::{WAYS, documents, edited, mark_all, save, upset};

/// After quiet the site is right within this.
const PROMISE: Duration = Duration::from_secs(3);

/// The sample archive with its theme, in a folder of its own.
fn home() -> Home {
    let home = Home::new();
    home.lay(&sample());
    mark_all(&home.path().join("content"));
    copy_all(&root().join("themes/ink"), &home.path().join("themes/ink"));
    home
}

/// What the storms of one program took, from quiet on.
#[derive(Default)]
struct Took(Vec<Duration>);

impl Took {
    fn judge(&mut self, name: &str) {
        self.0.sort();
        let (middle, worst) = (self.0[self.0.len() / 2], self.0[self.0.len() - 1]);
        println!("{name}: {} times quiet, right after {middle:?} (middle) and {worst:?} (worst)", self.0.len());
        if long().is_some() && cfg!(not(debug_assertions)) {
            assert!(worst <= PROMISE, "{name}: {:?}", self.0);
        }
    }
}

#[test]
fn nine_ways_of_saving_and_worse() {
    let home = home();
    let content = home.path().join("content");
    let mut dice = Dice::new(7);
    let mut serving = Serving::start(&home, &[], &[]);
    let mut took = Took::default();
    #[cfg(target_os = "linux")]
    let mut memory = Vec::new();
    let rounds = long().unwrap_or(2);
    for round in 0..rounds {
        for (number, way) in WAYS.into_iter().enumerate() {
            save(&content, way, round * WAYS.len() + number, &mut dice);
        }
        let upset = upset(home.path(), round, &mut dice);
        let when = format!("round {round}, {upset}");
        took.0.push(serving.must_become_clean(&home, SystemTime::now(), &when));
        #[cfg(target_os = "linux")]
        memory.push(serving.spent().1);
    }
    took.judge("edits");
    serving.shows(&home.site(), &["customers/nobody/index.html".to_owned()]);
    #[cfg(target_os = "linux")]
    {
        let (early, late) = (memory[rounds / 3], memory[rounds - 1]);
        println!("memory: {} MB after a third of the edits, {} MB after all", early >> 20, late >> 20);
        if rounds >= 100 {
            assert!(late <= early + early / 10, "{memory:?}");
        }
        idle(&serving);
    }
    serving.stop(&home);
}

/// What it costs when nothing happens.
#[cfg(target_os = "linux")]
fn idle(serving: &Serving) {
    let Some(_) = long() else { return };
    let seconds = 20;
    let (before, _) = serving.spent();
    std::thread::sleep(Duration::from_secs(seconds));
    let share = (serving.spent().0 - before) / seconds as f64;
    println!("idle: {:.2} % of a core", share * 100.0);
    assert!(share <= 0.01, "{share}");
}

#[test]
fn one_way_after_the_other_each_alone() {
    let home = home();
    let content = home.path().join("content");
    let mut dice = Dice::new(11);
    let mut serving = Serving::start(&home, &[], &[]);
    let mut took = Took::default();
    let ways = if long().is_some() { &WAYS[..] } else { &WAYS[5..8] };
    for (number, way) in ways.iter().enumerate() {
        save(&content, *way, number, &mut dice);
        took.0.push(serving.must_become_clean(&home, SystemTime::now(), way.0));
    }
    took.judge("single saves");
    serving.stop(&home);
}

/// A branch is checked out: thousands of changes at once, and `.git` full of others. And back.
#[test]
fn a_branch_is_switched() {
    let home = home();
    let content = home.path().join("content");
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(&content).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=周岚", "-c", "user.email=zhou@example.com", "-c", "commit.gpgsign=false"]).args(args);
        let (code, said) = finished(git);
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
    let mut serving = Serving::start(&home, &[], &[]);
    let mut took = Took::default();
    for round in 0..long().unwrap_or(2).div_ceil(2) {
        for branch in ["main", "busy"] {
            git(&["switch", "-q", branch]);
            took.0.push(serving.must_become_clean(&home, SystemTime::now(), &format!("{branch}, round {round}")));
        }
    }
    took.judge("branches");
    serving.stop(&home);
}

/// A copy that a synchronising program left never becomes a page, and is reported with both names.
#[test]
fn a_conflict_copy_is_reported_and_never_a_page() {
    let home = home();
    let original = documents(&home.path().join("content")).into_iter().next().expect("there are some");
    let mut serving = Serving::start(&home, &[], &[]);
    let stem = original.file_stem().expect("has one").to_string_lossy().into_owned();
    let copy = original.with_file_name(format!("{stem}.sync-conflict-20261120-081512-ABCDEF.md"));
    let mut bytes = fs::read(&original).expect("can be read");
    bytes.extend("\n这句话只在副本里。\n".as_bytes());
    fs::write(&copy, bytes).expect("written");
    serving.must_become_clean(&home, SystemTime::now(), "a copy came");
    for (path, leaf) in &home.site().0 {
        assert!(!String::from_utf8_lossy(&leaf.bytes).contains("这句话只在副本里"), "{path}");
    }
    let name = |path: &Path| path.file_name().expect("has one").to_string_lossy().into_owned();
    let both = |said: &str| said.lines().any(|line| line.contains(&name(&copy)) && line.contains(&name(&original)));
    serving.until("the copy is reported", |serving| both(&serving.said()));
    fs::remove_file(&copy).expect("removed");
    serving.must_become_clean(&home, SystemTime::now(), "the copy went");
    serving.stop(&home);
}

/// Where the system tells nothing: by looking.
#[test]
fn by_looking_only() {
    let home = home();
    let content = home.path().join("content");
    let mut dice = Dice::new(5);
    let mut serving = Serving::start(&home, &[], &["--poll", "0.5"]);
    let mut took = Took::default();
    for round in 0..long().unwrap_or(1) {
        // A save that keeps length and time leaves nothing to be seen by looking.
        for (number, way) in WAYS.into_iter().enumerate().filter(|(_, (way, _))| *way != "its time kept") {
            save(&content, way, round * WAYS.len() + number, &mut dice);
        }
        let upset = upset(home.path(), round, &mut dice);
        took.0.push(serving.must_become_clean(&home, SystemTime::now(), &format!("round {round}, {upset}")));
    }
    took.judge("by looking");
    serving.stop(&home);
}

/// More changes than the system keeps, while the program stands still: those after them are thrown away.
#[cfg(target_os = "linux")]
#[test]
fn the_queue_overflows() {
    let home = home();
    let content = home.path().join("content");
    let most: usize = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events")
        .ok()
        .and_then(|most| most.trim().parse().ok())
        .unwrap_or(16_384);
    let mut dice = Dice::new(3);
    let mut serving = Serving::start(&home, &[], &[]);
    for round in 0..2 {
        serving.signal(Signal::STOP);
        let pair = [content.join("记事甲.txt"), content.join("记事乙.txt")];
        // Two in turn, for what is said twice in a row is kept once.
        for number in 0..most {
            fs::write(&pair[number % 2], "x").expect("written");
        }
        for (number, way) in WAYS.into_iter().enumerate().filter(|(_, (way, _))| *way != "its time kept") {
            save(&content, way, round * WAYS.len() + number, &mut dice);
        }
        let (from, to) = (documents(&content)[0].clone(), content.join(format!("客户/没人听见{round}/客户.md")));
        copy_all(from.parent().expect("has one"), to.parent().expect("has one"));
        serving.signal(Signal::CONT);
        serving.must_become_clean(&home, SystemTime::now(), "after an overflow");
        // And in a folder whose coming was thrown away it is heard what is saved.
        let new = documents(to.parent().expect("has one")).into_iter().next().expect("copied");
        fs::write(&new, edited(&fs::read(&new).expect("can be read"), 99)).expect("written");
        serving.must_become_clean(&home, SystemTime::now(), "in a folder whose coming was not heard");
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
fn no_more_watches() {
    let folders = |home: &Path| walkdir::WalkDir::new(home).into_iter().flatten().filter(|at| at.file_type().is_dir()).count();
    let limited = |most: usize| format!("echo {most} > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"");
    let (code, said) = finished({
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
        // Those above them are watched, too: they may go.
        let all = folders(&content) + folders(&theme) + theme.ancestors().count();
        let most = if at_once { 3 } else { all + 20 };
        let mut serving = Serving::start(&home, &["unshare", "-Ur", "sh", "-c", &limited(most)], &[]);
        if !at_once {
            assert!(!serving.said().contains("max_user_watches"), "{}", serving.said());
            for number in 0..20 {
                fs::create_dir_all(content.join(format!("客户/很多{number}/拜访"))).expect("made");
            }
        }
        serving.until("it says why it looks", |serving| serving.said().contains("max_user_watches"));
        save(&content, WAYS[1], 1, &mut Dice::new(1));
        serving.must_become_clean(&home, SystemTime::now(), "without watches");
        serving.stop(&home);
    }
}

/// The archive is moved away and comes back as another one; the last good site stays in between.
#[test]
fn the_archive_goes_and_comes_back() {
    let home = home();
    let (content, away) = (home.path().join("content"), home.path().join("别处"));
    let mut serving = Serving::start(&home, &[], &[]);
    let before: PathBuf = documents(&content).into_iter().next().expect("there are some");
    serving.must_become_clean(&home, SystemTime::now(), "in the beginning");
    let site = home.site();
    fs::rename(&content, &away).expect("moved");
    let silence = serving.said().len();
    serving.until("it says that the archive is gone", |serving| serving.said().len() > silence);
    let wrong = Tree::of(&home.out).against(&site);
    assert!(wrong.is_empty(), "{wrong}");
    copy_all(&away, &content);
    fs::write(&before, edited(&fs::read(&before).expect("can be read"), 1)).expect("written");
    serving.must_become_clean(&home, SystemTime::now(), "another one in its place");
    fs::write(&before, edited(&fs::read(&before).expect("can be read"), 2)).expect("written");
    serving.must_become_clean(&home, SystemTime::now(), "and heard");
    serving.stop(&home);
}
