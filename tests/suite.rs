//! Runs every file under `tests/suite/`: a new case is a new file, no Rust. `UPDATE=1` rewrites what is expected.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use kedang::calendar::Date;
use kedang::diag::Code;
use kedang::rule::RULES;
use kedang::world::Memory;
use rayon::prelude::*;

use crate::bench::{Case, Piece, Run, Said, Scene, files_below, read, root, update};
use crate::form;

fn suite() -> PathBuf {
    root().join("tests/suite")
}

fn cases() -> Vec<(PathBuf, Case)> {
    let files = files_below(&suite(), "md").into_iter().filter(|path| !path.ends_with("README.md"));
    files.map(|path| (path.clone(), Case::parse(&read(&path)))).collect()
}

/// The archive that most cases are one file away from.
fn usual() -> Scene {
    Case::parse(&read(&suite().join("usual.md"))).scenes.remove(0)
}

/// Whether what was said is what is expected: the head wholly, the message in the part that is written down.
fn agrees(expected: &str, said: &Said) -> bool {
    expected
        .strip_prefix(&*said.head)
        .is_some_and(|rest| (rest.is_empty() || rest.starts_with(' ')) && said.message.contains(rest.trim().trim_matches('"')))
}

/// Compares a block with what was said; in a line each, what is missing and what is too much.
fn compare(block: &str, said: &[Said]) -> String {
    let expected: Vec<&str> = block.lines().filter(|line| !line.trim().is_empty()).collect();
    let same = expected.len() == said.len() && expected.iter().zip(said).all(|(line, said)| agrees(line, said));
    if same {
        return String::new();
    }
    let mut wrong = String::new();
    for line in expected.iter().filter(|line| !said.iter().any(|said| agrees(line, said))) {
        let _ = writeln!(wrong, "  - {line}");
    }
    for said in said.iter().filter(|said| !expected.iter().any(|line| agrees(line, said))) {
        let _ = writeln!(wrong, "  + {} \"{}\"", said.head, said.message);
    }
    if wrong.is_empty() { "  the same in another order or number\n".to_owned() } else { wrong }
}

/// The block as it should stand: lines that hold are kept with the words that were written down.
fn rewritten(block: &str, said: &[Said], with_message: bool) -> String {
    let mut text = String::new();
    for said in said {
        let kept = block.lines().find(|line| agrees(line, said));
        let _ = match kept {
            Some(line) => writeln!(text, "{line}"),
            None if with_message => writeln!(text, "{} \"{}\"", said.head, said.message),
            None => writeln!(text, "{}", said.head),
        };
    }
    text
}

/// Runs a case; what is wrong with it, and the case as it should be.
fn check(case: &mut Case, usual: &Scene) -> String {
    let mut archive = Memory::new([("archive.yaml", "公司名称: 甲公司\n")]);
    let mut wrong = String::new();
    for scene in &mut case.scenes {
        scene.lay(&mut archive, usual);
        let day = scene.day();
        let run = Run::of(&archive, day);
        let is_expect = |piece: &Piece| piece.after("expect").is_some();
        if !scene.pieces.iter().any(is_expect) && !run.news.is_empty() {
            scene.pieces.push(Piece { heading: "expect".to_owned(), body: String::new() });
        }
        for piece in &mut scene.pieces {
            let (said, with_message) = if is_expect(piece) {
                (run.news.clone(), false)
            } else if let Some(on) = piece.after("findings").map(str::to_owned) {
                let on: Date = if on.is_empty() { day } else { on.parse().expect("a day") };
                (if on == day { run.findings.clone() } else { Run::judged(&archive, on).findings }, true)
            } else if let Some(asked) = piece.after("form").map(str::to_owned) {
                let drawn = form::drawn(&archive, day, &asked);
                let tail = if piece.body.ends_with("\n\n") { "\n" } else { "" };
                if piece.body.trim_end() != drawn.trim_end() {
                    let _ = writeln!(wrong, "  form {asked} is\n{drawn}");
                    piece.body = drawn.trim_end().to_owned() + "\n" + tail;
                }
                continue;
            } else {
                continue;
            };
            wrong.push_str(&compare(&piece.body, &said));
            let tail = if piece.body.ends_with("\n\n") { "\n" } else { "" };
            piece.body = rewritten(&piece.body, &said, with_message) + tail;
        }
        let errors = run.news.iter().any(|said| said.head.contains(": error[policy-"));
        assert_eq!(run.site.contains_key("index.html"), !errors, "a site is made unless the policy is wrong");
    }
    wrong
}

#[test]
fn every_case_of_the_suite_holds() {
    let usual = usual();
    let mut cases = cases();
    assert!(!cases.is_empty());
    let wrong: Vec<(PathBuf, String)> = cases
        .par_iter_mut()
        .map(|(path, case)| {
            let wrong = check(case, &usual);
            if update() && !wrong.is_empty() {
                std::fs::write(&*path, case.text()).expect("the case is written");
            }
            (path.clone(), wrong)
        })
        .filter(|(_, wrong)| !wrong.is_empty())
        .collect();
    let mut text = String::new();
    for (path, wrong) in &wrong {
        let _ = writeln!(text, "{}:\n{wrong}", shown(path));
    }
    assert!(wrong.is_empty() || update(), "- expected, + said; UPDATE=1 cargo test suite:: rewrites\n{text}");
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[test]
fn a_case_reads_as_it_is_written() {
    for path in files_below(&suite(), "md") {
        let text = read(&path);
        assert_eq!(Case::parse(&text).text(), text, "{}", shown(&path));
    }
}

/// The cases of `broken/` laid over one another: their scenes, the usual archive first.
fn broken() -> Vec<Scene> {
    let cases = cases().into_iter().filter(|(path, _)| path.starts_with(suite().join("broken")));
    let scenes: Vec<Scene> = cases
        .map(|(path, mut case)| {
            assert_eq!(case.scenes.len(), 1, "{} is one scene", shown(&path));
            case.scenes.remove(0)
        })
        .collect();
    let paths: Vec<String> = scenes.iter().flat_map(Scene::paths).collect();
    let different: BTreeSet<&String> = paths.iter().collect();
    assert_eq!(different.len(), paths.len(), "two cases use one path");
    scenes
}

#[test]
fn all_that_can_be_broken_is_reported_in_one_run_and_the_site_stands() {
    let (usual, broken) = (usual(), broken());
    let mut archive = Memory::default();
    usual.lay(&mut archive, &usual);
    broken.iter().for_each(|scene| scene.lay(&mut archive, &usual));
    let run = Run::of(&archive, usual.day());
    let mut block: Vec<&str> = broken.iter().flat_map(Scene::expected).collect();
    block.sort_by_key(|line| run.news.iter().position(|said| agrees(line, said)));
    let faults = broken.iter().flat_map(Scene::paths).count();
    assert!(faults >= 75, "{faults} broken files");
    assert_eq!(compare(&block.join("\n"), &run.news), "", "each fault alone and all together are the same");
    assert!(run.site.contains_key("index.html"));
}

#[test]
fn a_broken_archive_is_built_from_disk_and_ends_with_1() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (usual, broken) = (usual(), broken());
    for (path, bytes) in std::iter::once(&usual).chain(&broken).flat_map(Scene::files) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let kedang = |command: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_kedang")).args(command).current_dir(folder.path()).output();
        let done = done.expect("kedang runs");
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let site = tempfile::tempdir().expect("a temporary folder");
    let out = site.path().join("公开");
    let (code, said) = kedang(&["build", "--as-of", "2026-11-24", "--out", &out.to_string_lossy()]);
    assert_eq!(code, Some(1), "{said}");
    assert!(out.join("index.html").is_file(), "{said}");

    let (code, said) = kedang(&["check", "--as-of", "2026-11-24", "--format", "short"]);
    assert_eq!(code, Some(1), "{said}");
    // What is no file in memory is not there on this disk.
    let odd: Vec<String> = broken.iter().flat_map(Scene::odd).map(|path| format!("{path}:")).collect();
    let odd = |line: &&str| odd.iter().any(|path| line.starts_with(path));
    for line in broken.iter().flat_map(Scene::expected).filter(|line| !odd(line)) {
        let head = &line[..line.find("] ").map_or(line.len(), |at| at + 1)];
        assert!(said.lines().any(|said| said.starts_with(&format!("{head}: "))), "{head}");
    }
}

#[test]
fn every_code_is_expected_somewhere() {
    // Told of a theme or of the whole site: tests of `theme` and of `cli` hold them.
    const ELSEWHERE: &[&str] = &["template-error", "page-too-large"];
    let cases = cases();
    let scenes = || cases.iter().flat_map(|(_, case)| &case.scenes);
    for code in Code::ALL.iter().map(|code| code.name()).filter(|code| !ELSEWHERE.contains(code)) {
        let word = format!("[{code}]");
        assert!(scenes().flat_map(Scene::expected).any(|line| line.contains(&word)), "no case expects {code}");
    }
}

#[test]
fn every_rule_has_a_case() {
    for rule in RULES {
        let path = suite().join(format!("rule/{}.md", rule.code));
        assert!(path.is_file(), "{} is missing", shown(&path));
    }
}
