//! Killed at any moment every file of the site is whole, and the next build heals the rest without help.
//!
//! The real program is killed by the system, at random moments of its first build and of one after a busy day: a third of
//! them anywhere, a third while outputs wait on the stage, a third while they are put in their places. `KEDANG_LONG=200`
//! kills so often.
#![cfg(unix)]

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Files, Rng, SiteFolder, SiteSnapshot, after_many_edits, long_run_count, sample_files, state_files};

/// The site before and after, as builds from nothing make it.
struct OldAndNewSite {
    home: SiteFolder,
    files: [Files; 2],
    sites: [SiteSnapshot; 2],
    /// How long a build from nothing takes.
    takes: Duration,
}

impl OldAndNewSite {
    fn new() -> OldAndNewSite {
        let (home, old) = (SiteFolder::new(), sample_files());
        let files = [after_many_edits(&old), old];
        let mut takes = Duration::ZERO;
        let sites = files.each_ref().map(|files| {
            drop(std::fs::remove_dir_all(&home.out));
            home.write_archive(files);
            let begin = Instant::now();
            let (code, said) = home.build();
            takes = begin.elapsed();
            assert!(matches!(code, Some(0 | 1)), "{said}");
            home.site()
        });
        let ([new, old], [new_site, old_site]) = (files, sites);
        assert!(new_site.changed(&old_site).len() > 100 && !new_site.removed(&old_site).is_empty(), "the days differ");
        OldAndNewSite { home, files: [old, new], sites: [old_site, new_site], takes }
    }

    /// Whether every file is one of the old site or one of the new, and none is missing that both have.
    fn assert_whole(&self, had_old: bool, when: &str) {
        let site = self.home.site();
        let [old, new] = &self.sites;
        for (path, leaf) in &site.0 {
            let one_of = |tree: &SiteSnapshot| tree.0.get(path).is_some_and(|known| known.bytes == leaf.bytes);
            assert!(one_of(new) || (had_old && one_of(old)), "{when}: {path} is neither old nor new");
        }
        let both = old.0.keys().filter(|path| had_old && new.0.contains_key(*path));
        for path in both {
            assert!(site.0.contains_key(path), "{when}: {path} is missing");
        }
    }
}

/// Lets the process live until something stands in our folder, and a random moment longer.
fn run_until_random_moment(child: &mut Child, days: &OldAndNewSite, dice: &mut Rng) {
    let (waits_for, longer) = match dice.below(3) {
        0 => (None, days.takes * 5 / 4),
        1 => (Some("staging"), days.takes / 3),
        _ => (Some("intent"), Duration::from_millis(8)),
    };
    let own = days.home.out.join(".kedang");
    while waits_for.is_some_and(|name| !own.join(name).exists()) && child.try_wait().expect("can be asked").is_none() {
        std::thread::yield_now();
    }
    let moment = longer.as_nanos() as usize;
    std::thread::sleep(Duration::from_nanos(dice.below(moment) as u64));
}

#[test]
fn killed_build_leaves_whole_files_and_next_build_repairs() {
    let (mut days, mut dice) = (OldAndNewSite::new(), Rng::new(9));
    let times = long_run_count().unwrap_or(8);
    let (mut killed, mut staging, mut between) = (0, 0, 0);
    for round in 0..times {
        let had_old = round % 3 > 0;
        if had_old {
            days.home.write_archive(&days.files[0]);
            days.home.assert_builds(&days.sites[0], &format!("before round {round}"));
        } else {
            std::fs::remove_dir_all(&days.home.out).expect("can be removed");
        }
        days.home.write_archive(&days.files[1]);
        let mut command = days.home.command(env!("CARGO_BIN_EXE_kedang"), &[]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("kedang runs");
        run_until_random_moment(&mut child, &days, &mut dice);
        child.kill().expect("can be killed");
        let status = child.wait().expect("ends");
        let left = state_files(&days.home.out);
        killed += usize::from(status.signal() == Some(9));
        staging += usize::from(left.iter().any(|name| name == "staging"));
        between += usize::from(left.iter().any(|name| name == "intent"));
        let when = format!("round {round}, killed with {left:?}");
        days.assert_whole(had_old, &when);

        // What comes next is the new site, or the old one again: both must heal.
        let next = dice.below(2);
        days.home.write_archive(&days.files[next]);
        days.home.assert_builds(&days.sites[next], &when);
        days.takes = days.takes.min(Duration::from_secs(2));
    }
    println!("{times} builds: {killed} killed, {staging} with outputs on the stage, {between} between intent and manifest");
    assert!(killed * 2 > times, "only {killed} of {times} builds were still alive when they were killed");
}
