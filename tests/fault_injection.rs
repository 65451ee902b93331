//! A machine that fails: the old site stands and the program says why with 3; or the site is complete.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{
    Files, KEPT, Rng, SiteFolder, SiteSnapshot, after_many_edits, long_run_count, run, sample_files, state_files,
};

/// Says in a place that is seen that a test could not be made here.
fn skipped(what: &str, why: &str) {
    eprintln!("SKIPPED: {what}: {why}");
}

/// The archive of two customers, before and after, and their sites.
struct OldAndNewSite {
    home: SiteFolder,
    files: [Files; 2],
    sites: [SiteSnapshot; 2],
}

impl OldAndNewSite {
    fn new(home: SiteFolder) -> OldAndNewSite {
        let old: Files = sample_files()
            .into_iter()
            .filter(|(path, _)| !path.starts_with("customers/") || path.contains("/lanjiang/") || path.contains("/htzk/"))
            .filter(|(path, _)| !path.starts_with("客户/"))
            .collect();
        let files = [old.clone(), after_many_edits(&old)];
        let sites = files.each_ref().map(|files| {
            home.write_archive(files);
            let (code, said) = home.build();
            assert!(matches!(code, Some(0 | 1)), "{said}");
            home.site()
        });
        assert!(sites[1].changed(&sites[0]).len() > 20 && !sites[1].removed(&sites[0]).is_empty(), "the days differ");
        OldAndNewSite { home, files, sites }
    }

    /// The old site stands and the archive is the new one.
    fn reset_to_old(&self) {
        self.home.write_archive(&self.files[0]);
        self.home.assert_builds(&self.sites[0], "in the beginning");
        self.home.write_archive(&self.files[1]);
    }

    /// What must hold after a build in a machine that failed; whether it did fail.
    fn assert_old_or_new(&self, (code, said): (Option<i32>, String), when: &str) -> bool {
        let site = self.home.site();
        let failed = !matches!(code, Some(0 | 1));
        if failed {
            assert_eq!(code, Some(3), "{when}: {said}");
            assert!(said.lines().any(|line| line.starts_with("错误：")), "{when}: {said}");
        }
        let wrong = site.diff(&self.sites[usize::from(!failed)]);
        assert!(wrong.is_empty(), "{when}, ended with {code:?} and half a site: {said}\n{wrong}");
        failed
    }

    /// The next build in a machine that is well.
    fn assert_next_build_repairs(&self, dice: &mut Rng, when: &str) {
        let next = dice.below(2);
        self.home.write_archive(&self.files[next]);
        self.home.assert_builds(&self.sites[next], when);
    }
}

/// A small disk that is gone when this value is.
struct SmallDisk<'a>(&'a Path);

impl SmallDisk<'_> {
    fn mount(at: &Path) -> Result<SmallDisk<'_>, String> {
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "kedang-test"]).arg(at).output();
        match mount {
            Ok(done) if done.status.success() => Ok(SmallDisk(at)),
            Ok(done) => Err(String::from_utf8_lossy(&done.stderr).trim().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Leaves so many bytes free.
    fn leave_free(&self, free: usize) {
        let path = self.0.join("filler");
        let mut filler = File::create(&path).expect("a file");
        let block = vec![0; 64 * 1024];
        let mut written = 0;
        while let Ok(more @ 1..) = filler.write(&block) {
            written += more;
        }
        filler.set_len(written.saturating_sub(free) as u64).expect("a smaller file");
    }

    fn clear(&self) {
        fs::remove_file(self.0.join("filler")).expect("can be removed");
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let done = Command::new("umount").arg("-l").arg(self.0).status();
        assert!(done.is_ok_and(|status| status.success()), "{} is still mounted", self.0.display());
    }
}

#[test]
fn full_disk_leaves_old_or_new_site() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let disk = match SmallDisk::mount(place.path()) {
        Ok(disk) => disk,
        Err(why) => return skipped("a full disk", &why),
    };
    let mut home = SiteFolder::new();
    home.out = place.path().join("public");
    let (days, mut dice) = (OldAndNewSite::new(home), Rng::new(4));
    // A file takes whole pages of the disk, a folder and a link a little besides.
    let needs: usize = days.sites[1].changed(&days.sites[0]).iter().map(|path| days.sites[1].0[*path].bytes.len() + 8192).sum();
    let (times, mut failed) = (long_run_count().unwrap_or(10), 0);
    for round in 0..times {
        days.reset_to_old();
        let free = dice.below(needs * 5 / 4);
        disk.leave_free(free);
        let built = days.home.build();
        let when = format!("round {round} with {free} bytes of {needs}");
        failed += usize::from(days.assert_old_or_new(built, &when));
        assert!(
            state_files(&days.home.out).iter().all(|name| KEPT.contains(&name.as_str())),
            "{when}: {:?}",
            state_files(&days.home.out)
        );
        disk.clear();
        days.assert_next_build_repairs(&mut dice, &when);
    }
    println!("{failed} of {times} builds met the end of the disk");
    assert!(failed > 0, "the disk was never full");
}

#[test]
fn failing_system_call_leaves_old_or_new_site() {
    let days = OldAndNewSite::new(SiteFolder::new());
    let trace = |inject: &str| {
        let before = ["-f", "-qq", "-o", "/dev/null", "-e", inject, env!("CARGO_BIN_EXE_kedang")];
        run(days.home.command("strace", &before))
    };
    match Command::new("strace").args(["-o", "/dev/null", "true"]).output() {
        Ok(done) if done.status.success() => {}
        Ok(done) => return skipped("failing calls", String::from_utf8_lossy(&done.stderr).trim()),
        Err(error) => return skipped("failing calls", &error.to_string()),
    }
    // Renaming is tried five times.
    let calls = [
        ("?rename,?renameat,?renameat2", 5, 60),
        ("?link,?linkat", 1, 60),
        ("?unlink,?unlinkat", 1, 60),
        ("?rmdir", 1, 6),
        ("?mkdir,?mkdirat", 1, 8),
        ("fdatasync", 1, 4),
        ("write", 1, 60),
        ("ftruncate,?fchmod,flock", 1, 2),
    ];
    let (times, mut dice, mut failed) = (long_run_count().unwrap_or(12), Rng::new(2), 0);
    for round in 0..times {
        days.reset_to_old();
        let (call, tries, often) = calls[round % calls.len()];
        let (at, error) = (1 + dice.below(often), dice.choose(&["EIO", "ENOSPC", "EDQUOT", "EACCES", "ESTALE", "EROFS"]));
        let inject = format!("inject={call}:error={error}:when={at}..{}", at + tries - 1);
        let built = trace(&inject);
        let when = format!("round {round}, {inject}");
        failed += usize::from(days.assert_old_or_new(built, &when));
        days.assert_next_build_repairs(&mut dice, &when);
    }
    println!("{failed} of {times} builds ended with 3");
}

/// A share that breaks down under a file or a folder: what cannot be read is not what was deleted.
#[test]
fn unreadable_archive_leaves_old_site() {
    if let Err(error) = Command::new("strace").args(["-o", "/dev/null", "true"]).output() {
        return skipped("failing reads", &error.to_string());
    }
    let days = OldAndNewSite::new(SiteFolder::new());
    let visit = days.files[1].keys().find(|path| path.starts_with("customers/lanjiang/visits/")).expect("somebody went there");
    let (mut dice, mut failed) = (Rng::new(6), BTreeSet::new());
    for (path, call, error) in [
        ("customers/lanjiang/visits", "openat", "EACCES"),
        ("customers/lanjiang/visits", "getdents64", "EIO"),
        ("customers", "openat", "ESTALE"),
        (visit, "openat", "EIO"),
        (visit, "read", "EIO"),
        (visit, "read", "ESTALE"),
        ("archive.yaml", "read", "EIO"),
        ("staff/宋佳.md", "openat", "EACCES"),
    ] {
        days.reset_to_old();
        let before = days.home.site();
        let place = days.home.path().join("content").join(path);
        let place = place.to_str().expect("text");
        let inject = format!("inject={call}:error={error}");
        let trace = ["-f", "-qq", "-o", "/dev/null", "-P", place, "-e", &inject, env!("CARGO_BIN_EXE_kedang")];
        let (code, said) = run(days.home.command("strace", &trace));
        let when = format!("{call} of {path} ends with {error}");
        assert_eq!(code, Some(3), "{when}: {said}");
        assert!(said.lines().next().is_some_and(|line| line.starts_with("错误：") && line.contains(path)), "{when}: {said}");
        assert!(days.home.site().rewritten(&before).is_empty(), "{when}: the old site was touched");
        let wrong = days.home.site().diff(&days.sites[0]);
        assert!(wrong.is_empty(), "{when}: {wrong}");
        failed.insert((path, call));
        days.assert_next_build_repairs(&mut dice, &when);
    }
    assert_eq!(failed.len(), 7, "every call was made: {failed:?}");
}

/// Runs a build as somebody who may not read everything; nothing where that cannot be.
fn run_unprivileged(home: &SiteFolder, program: &Path) -> Option<(Option<i32>, String)> {
    const NOBODY: &str = "65534";
    let is_root = fs::metadata(home.path()).expect("stands there").uid() == 0;
    if !is_root {
        return Some(run(home.command(program, &[])));
    }
    let before = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--", program.to_str()?];
    let is_there = Command::new("setpriv").args(&before[..6]).arg("true").output().is_ok_and(|done| done.status.success());
    is_there.then(|| run(home.command("setpriv", &before)))
}

#[test]
fn unreadable_file_is_not_a_deleted_file() {
    let home = SiteFolder::new();
    home.write_archive(&sample_files());
    // The program, the archive and the site must be within reach of who runs it.
    let program = home.path().join("kedang");
    fs::copy(env!("CARGO_BIN_EXE_kedang"), &program).expect("can be copied");
    fs::set_permissions(home.path(), Permissions::from_mode(0o755)).expect("ours");
    fs::create_dir(&home.out).expect("can be made");
    drop(chown(&home.out, Some(65534), Some(65534)));
    let Some((code, said)) = run_unprivileged(&home, &program) else {
        return skipped("unreadable files", "setpriv is missing or not permitted");
    };
    assert!(matches!(code, Some(0 | 1)), "{code:?} {said}");
    let before = home.site();
    let content = home.path().join("content");
    fs::write(content.join("staff/宋佳.md"), "---\n职务: 销售主管\n---\n").expect("can be written");
    for path in ["customers/lanjiang/visits/2026-11-20.md", "customers/lanjiang/visits", "customers/lanjiang", "archive.yaml"] {
        let locked = content.join(path);
        let mode = fs::metadata(&locked).expect("stands there").permissions();
        fs::set_permissions(&locked, Permissions::from_mode(0o000)).expect("ours");
        let (code, said) = run_unprivileged(&home, &program).expect("as before");
        fs::set_permissions(&locked, mode).expect("ours");
        assert_eq!(code, Some(3), "{path}: {said}");
        assert!(said.lines().next().is_some_and(|line| line.starts_with("错误：") && line.contains(path)), "{path}: {said}");
        let wrong = home.site().diff(&before);
        assert!(wrong.is_empty() && home.site().rewritten(&before).is_empty(), "{path}: {wrong}");
    }
    let (code, said) = run_unprivileged(&home, &program).expect("as before");
    assert!(matches!(code, Some(0 | 1)) && !home.site().changed(&before).is_empty(), "{code:?} {said}");
}

#[test]
fn closed_pipe_is_ok_and_full_device_is_an_error() {
    let home = SiteFolder::new();
    home.write_archive(&sample_files());
    let kedang = |line: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
        command.current_dir(home.path()).args(line.split(' ')).args(["--lang", "zh"]);
        command
    };
    for line in ["check --format json", "list visit", "report due", "explain", "man"] {
        let mut child = kedang(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("kedang runs");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        out.read_line(&mut String::new()).expect("a line");
        drop(out);
        let done = child.wait_with_output().expect("ends");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(matches!(done.status.code(), Some(0 | 1)) && !said.contains("panicked"), "{line}: {:?} {said}", done.status);

        let Ok(full) = File::options().write(true).open("/dev/full") else {
            skipped("a full device", "there is no /dev/full");
            continue;
        };
        let done = kedang(line).stdout(full).output().expect("kedang runs");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(3), "{line}: {said}");
        assert!(said.lines().last().is_some_and(|line| line.starts_with("错误：")), "{line}: {said}");
    }
    // Where nothing can be said, the site is built all the same.
    let closed = Command::new("sh")
        .args(["-c", "exec \"$0\" build --as-of 2026-11-24 >&- 2>&-", env!("CARGO_BIN_EXE_kedang")])
        .current_dir(home.path())
        .status();
    assert!(matches!(closed.expect("sh runs").code(), Some(0 | 1 | 3)));
    assert!(home.out.join("index.html").exists());
}
