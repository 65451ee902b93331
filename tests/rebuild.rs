//! The law of the house: a site that is built after an edit is the site that is built from nothing, byte for byte, and the
//! build writes exactly the files whose bytes differ.
//!
//! Random edits of a small archive that has everything, laid on a disk. After each the site is built three ways: by a
//! process that stays and looks first at what was saved, by a program started anew beside the site of last time, and from
//! nothing; by one thread and by eight. `KEDANG_LONG=1000` makes so many edits, `KEDANG_SEED=7` plays one row again.

mod edits;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use kedang::build::{BuildOptions, Builder, Counts, NoProgress, SiteSource};
use kedang::publish::{OpenOptions, OutputFolder, WriteCounts};
use kedang::source::{Disk, Source};
use kedang::text::Fingerprint;
use rayon::ThreadPool;

use crate::support::{Rng, SiteSnapshot, load_config, long_run_count, state_files};
use edits::edit;
use workspace::Workspace;

/// Edits in a row before a new archive is begun.
const ROW: usize = 20;

/// One archive on the disk, with the sites that are built from it.
struct Checker {
    folder: tempfile::TempDir,
    builder: Builder,
    /// The site of the process that stays, open, and what it was opened for.
    open: Option<(Fingerprint, OutputFolder)>,
    /// First looks that told something, and all.
    fast_paths: (usize, usize),
    few: ThreadPool,
    many: ThreadPool,
}

impl Checker {
    fn new() -> Checker {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let folder = tempfile::tempdir().expect("a temporary folder");
        Checker { folder, builder: Builder::incremental(), open: None, fast_paths: (0, 0), few: pool(1), many: pool(8) }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Builds in this process, with what this workshop remembers, in a folder that is opened unless it is open. What was
    /// `saved` is looked at first; what both looks wrote is told.
    fn build(
        &self,
        builder: &mut Builder,
        desk: &Workspace,
        out: &Path,
        open: &mut Option<(Fingerprint, OutputFolder)>,
        saved: Option<&[String]>,
    ) -> (WriteCounts, bool) {
        let home = self.folder.path();
        let archive = Disk::open(&home.join("content"), home).expect("the archive opens");
        let own = Disk::open(&home.join("themes/ink"), home).expect("the theme opens");
        let (config, diagnostics) = load_config(builder, &archive, desk.as_of()).expect("every policy here is a good one");
        let request = BuildOptions {
            config: &config,
            config_diagnostics: &diagnostics,
            edition: config.edition(desk.edition).expect("both editions are there"),
            as_of: desk.as_of(),
            pinned: true,
            program: Default::default(),
            progress: &NoProgress,
        };
        let opening = OpenOptions { out, guarded: &[], home: None, fingerprint: request.folder_fingerprint() };
        if open.as_ref().is_none_or(|(fingerprint, _)| *fingerprint != opening.fingerprint) {
            *open = None;
            *open = Some((opening.fingerprint, OutputFolder::open(&opening, &mut |_, _| false).expect("the folder opens")));
        }
        let (_, folder) = open.as_mut().expect("opened just now");
        let site = SiteSource { archive: &archive, theme: Some(&own as &dyn Source) };
        let glance = saved.and_then(|saved| builder.build_changed_files(site, &request, folder, saved).expect("looks"));
        let (first, glanced) = (glance.as_ref().map(|outcome| outcome.written).unwrap_or_default(), glance.is_some());
        let mut outcome = builder.build(site, &request, folder).expect("builds");
        if let Some(glance) = glance {
            assert_eq!(glance.notices, outcome.notices, "the first look said something else than the whole one");
            let figures = |counts: &Counts| (counts.errors, counts.warnings, counts.infos);
            assert_eq!(figures(&glance.counts), figures(&outcome.counts));
            let twice: Vec<_> = glance.changed.iter().filter(|path| outcome.changed.contains(path)).collect();
            assert!(twice.is_empty(), "the first look did not make these as they should be: {twice:?}");
        }
        outcome.written.written += first.written;
        (outcome.written, glanced)
    }

    /// Builds by the program itself; how many files it says it wrote and removed.
    fn run(&self, desk: &Workspace, out: &Path, threads: usize) -> (usize, usize) {
        let home = self.folder.path();
        let done = Command::new(env!("CARGO_BIN_EXE_kedang"))
            .current_dir(home)
            .env("RAYON_NUM_THREADS", threads.to_string())
            .args(["build", "--lang", "zh", "--edition", desk.edition, "--as-of", &desk.day.to_string(), "--root"])
            .arg(home)
            .arg("--out")
            .arg(out)
            .output()
            .expect("kedang runs");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(matches!(done.status.code(), Some(0 | 1)), "{:?}\n{said}", done.status);
        let figure = |word: &str| -> usize {
            let figures = said.split(" · ").filter_map(|part| part.trim().strip_prefix(word)?.trim().parse().ok());
            figures.last().unwrap_or(0)
        };
        assert!(said.contains("没有变化") || said.contains("写入"), "{said}");
        (figure("写入"), figure("移除"))
    }

    /// Everything that must hold after an edit.
    fn check(&mut self, desk: &Workspace, round: usize) {
        let saved = self.write_workspace(desk);
        let (warm, cold) = (self.at("warm"), self.at("cold"));
        let (warm_before, cold_before) = (SiteSnapshot::read(&warm), SiteSnapshot::read(&cold));

        let (mut builder, mut open) = (std::mem::take(&mut self.builder), self.open.take());
        let (written, glanced) = self.build(&mut builder, desk, &warm, &mut open, saved.as_deref());
        (self.builder, self.open) = (builder, open);
        self.fast_paths.0 += usize::from(glanced);
        self.fast_paths.1 += usize::from(saved.is_some());
        let (one, other) = if round.is_multiple_of(2) { (&self.few, 8) } else { (&self.many, 1) };
        let (cold_written, cold_removed) = self.run(desk, &cold, other);
        let nothing = tempfile::tempdir().expect("a temporary folder");
        one.install(|| self.build(&mut Builder::new(), desk, nothing.path(), &mut None, None));

        let clean = SiteSnapshot::read(nothing.path());
        assert!(clean.0.contains_key("index.html"), "there is a site");
        for (who, out, before, (written, removed)) in [
            ("the same process", &warm, &warm_before, (written.written, written.removed)),
            ("a new process", &cold, &cold_before, (cold_written, cold_removed)),
        ] {
            let after = SiteSnapshot::read(out);
            let wrong = after.diff(&clean);
            assert!(wrong.is_empty(), "{who} built another site than from nothing:\n{wrong}");
            let changed = after.changed(before);
            assert_eq!(after.rewritten(before), changed, "{who} touched other files than changed");
            assert_eq!(written, changed.len(), "{who} says it wrote {written} files; changed are {changed:?}");
            let gone = after.removed(before);
            assert_eq!(removed, gone.len(), "{who} says it removed {removed} files; gone are {gone:?}");
            let kept = ["holder", "lock", "manifest", "memory", "owned"];
            let kept = kept.into_iter().filter(|name| *name != "memory" || desk.edition == "full");
            assert!(state_files(out).into_iter().eq(kept), "{who} left {:?}", state_files(out));
        }
    }

    /// Lays the archive on the disk; the files whose bytes changed, unless the policy or the theme did.
    fn write_workspace(&self, desk: &Workspace) -> Option<Vec<String>> {
        let before = self.bytes();
        desk.write_to(self.folder.path());
        let after = self.bytes();
        let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let changed: Vec<&String> = paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).collect();
        let inner = |path: &&String| path.strip_prefix("content/").filter(|path| *path != "archive.yaml").map(str::to_owned);
        changed.iter().map(inner).collect()
    }

    /// The bytes of everything that a site is made of.
    fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let home = self.folder.path();
        let walk = ["content", "themes"].into_iter().flat_map(|part| walkdir::WalkDir::new(home.join(part)));
        let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let below = |path: &Path| path.strip_prefix(home).expect("below").to_string_lossy().into_owned();
        files.map(|entry| (below(entry.path()), std::fs::read(entry.path()).expect("read"))).collect()
    }

    /// Somebody meddles with the site itself, which is seen when the folder is opened again.
    fn tamper_with_site(&mut self, dice: &mut Rng) -> Option<String> {
        self.open = None;
        let warm = SiteSnapshot::read(&self.at("warm"));
        let files: Vec<&str> = warm.0.keys().map(String::as_str).filter(|path| !path.ends_with('/')).collect();
        let path = dice.choose(&files);
        let goes = dice.one_in(2);
        for out in ["warm", "cold"] {
            let file = self.at(out).join(path);
            if goes {
                std::fs::remove_file(file).ok()?;
            } else {
                std::fs::write(file, "x").ok()?;
            }
        }
        Some(format!("{path} of the site is {}", if goes { "removed" } else { "overwritten" }))
    }
}

/// A row of edits; says what was done when something does not hold. How many first looks told something, and of how many.
fn run_edits(seed: u64, edits: usize) -> (usize, usize) {
    let mut dice = Rng::new(seed);
    let mut home = Checker::new();
    let mut history = vec![Workspace::new()];
    let mut told = EditLog { seed, edits: vec!["the archive is new".to_owned()] };
    home.check(&history[0], 0);
    for round in 1..=edits {
        let mut desk = history[history.len() - 1].clone();
        let said = match dice.below(16) {
            _ if desk.records().len() < 12 => {
                desk = Workspace { saved: desk.saved, ..Workspace::new() };
                "everything is as it was at first".to_owned()
            }
            0 => {
                let steps = 1 + dice.below(3).min(history.len() - 1);
                desk = Workspace { saved: desk.saved, ..history[history.len() - steps].clone() };
                format!("the last {} edits are undone", steps - 1)
            }
            1 => home.tamper_with_site(&mut dice).unwrap_or_default(),
            2 => format!("{}; {}", edit(&mut desk, &mut dice), edit(&mut desk, &mut dice)),
            _ => edit(&mut desk, &mut dice),
        };
        told.edits.push(said);
        home.check(&desk, round);
        history.push(desk);
    }
    told.edits.clear();
    home.fast_paths
}

/// Tells what was done when a test fails.
struct EditLog {
    seed: u64,
    edits: Vec<String>,
}

impl Drop for EditLog {
    fn drop(&mut self) {
        if !self.edits.is_empty() {
            eprintln!("KEDANG_SEED={}", self.seed);
            for (number, said) in self.edits.iter().enumerate() {
                eprintln!("{number:3} {said}");
            }
        }
    }
}

#[test]
fn incremental_build_equals_clean_build() {
    let edits = long_run_count().unwrap_or(3 * ROW);
    if let Some(seed) = std::env::var("KEDANG_SEED").ok().and_then(|seed| seed.parse().ok()) {
        run_edits(seed, ROW);
        return;
    }
    let (mut told, mut all) = (0, 0);
    for seed in 0..edits.div_ceil(ROW) {
        let row = run_edits(seed as u64, ROW.min(edits - seed * ROW));
        (told, all) = (told + row.0, all + row.1);
    }
    println!("{told} of {all} first looks told something");
    assert!(told * 20 > all, "of {all} first looks only {told} told anything");
}
