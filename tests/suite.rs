//! Runs every file under `tests/suite/`: a new case is a new file, no Rust. `UPDATE=1` rewrites what is expected.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use kedang::calendar::Date;
use kedang::diag::Code;
use kedang::rule::RULES;
use kedang::source::Memory;
use rayon::prelude::*;

use crate::form;
use crate::support::{Block, Case, PipelineRun, ReportedMessage, Step, files_below, is_update, read, root};

fn suite() -> PathBuf {
    root().join("tests/suite")
}

fn cases() -> Vec<(PathBuf, Case)> {
    let files = files_below(&suite(), "md").into_iter().filter(|path| !path.ends_with("README.md"));
    files.map(|path| (path.clone(), Case::parse(&read(&path)))).collect()
}

/// The archive that most cases are one file away from.
fn base_archive() -> Step {
    Case::parse(&read(&suite().join("usual.md"))).steps.remove(0)
}

/// Whether what was said is what is expected: the head wholly, the message in the part that is written down.
fn matches_expected(expected: &str, said: &ReportedMessage) -> bool {
    expected
        .strip_prefix(&*said.head)
        .is_some_and(|rest| (rest.is_empty() || rest.starts_with(' ')) && said.message.contains(rest.trim().trim_matches('"')))
}

/// Compares a block with what was said; in a line each, what is missing and what is too much.
fn compare(block: &str, said: &[ReportedMessage]) -> String {
    let expected: Vec<&str> = block.lines().filter(|line| !line.trim().is_empty()).collect();
    let same = expected.len() == said.len() && expected.iter().zip(said).all(|(line, said)| matches_expected(line, said));
    if same {
        return String::new();
    }
    let mut wrong = String::new();
    for line in expected.iter().filter(|line| !said.iter().any(|said| matches_expected(line, said))) {
        let _ = writeln!(wrong, "  - {line}");
    }
    for said in said.iter().filter(|said| !expected.iter().any(|line| matches_expected(line, said))) {
        let _ = writeln!(wrong, "  + {} \"{}\"", said.head, said.message);
    }
    if wrong.is_empty() { "  the same in another order or number\n".to_owned() } else { wrong }
}

/// The block as it should stand: lines that hold are kept with the words that were written down.
fn rewritten_block(block: &str, said: &[ReportedMessage], with_message: bool) -> String {
    let mut text = String::new();
    for said in said {
        let kept = block.lines().find(|line| matches_expected(line, said));
        let _ = match kept {
            Some(line) => writeln!(text, "{line}"),
            None if with_message => writeln!(text, "{} \"{}\"", said.head, said.message),
            None => writeln!(text, "{}", said.head),
        };
    }
    text
}

/// Runs a case; what is wrong with it, and the case as it should be.
fn check(case: &mut Case, usual: &Step) -> String {
    let mut archive = Memory::new([("archive.yaml", "公司名称: 甲公司\n")]);
    let mut wrong = String::new();
    for scene in &mut case.steps {
        scene.write_to(&mut archive, usual);
        let day = scene.as_of();
        let run = PipelineRun::of(&archive, day);
        let is_expect = |piece: &Block| piece.argument_of("expect").is_some();
        if !scene.blocks.iter().any(is_expect) && !run.diagnostics.is_empty() {
            scene.blocks.push(Block { heading: "expect".to_owned(), body: String::new() });
        }
        for piece in &mut scene.blocks {
            let (said, with_message) = if is_expect(piece) {
                (run.diagnostics.clone(), false)
            } else if let Some(on) = piece.argument_of("findings").map(str::to_owned) {
                let on: Date = if on.is_empty() { day } else { on.parse().expect("a day") };
                (if on == day { run.findings.clone() } else { PipelineRun::check_only(&archive, on).findings }, true)
            } else if let Some(asked) = piece.argument_of("form").map(str::to_owned) {
                let drawn = form::rendered(&archive, day, &asked);
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
            piece.body = rewritten_block(&piece.body, &said, with_message) + tail;
        }
        let errors = run.diagnostics.iter().any(|said| said.head.contains(": error[policy-"));
        assert_eq!(run.site.contains_key("index.html"), !errors, "a site is made unless the policy is wrong");
    }
    wrong
}

#[test]
fn suite_cases_pass() {
    let usual = base_archive();
    let mut cases = cases();
    assert!(!cases.is_empty());
    let wrong: Vec<(PathBuf, String)> = cases
        .par_iter_mut()
        .map(|(path, case)| {
            let wrong = check(case, &usual);
            if is_update() && !wrong.is_empty() {
                std::fs::write(&*path, case.to_text()).expect("the case is written");
            }
            (path.clone(), wrong)
        })
        .filter(|(_, wrong)| !wrong.is_empty())
        .collect();
    let mut text = String::new();
    for (path, wrong) in &wrong {
        let _ = writeln!(text, "{}:\n{wrong}", shown(path));
    }
    assert!(wrong.is_empty() || is_update(), "- expected, + said; UPDATE=1 cargo test suite:: rewrites\n{text}");
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[test]
fn case_files_round_trip() {
    for path in files_below(&suite(), "md") {
        let text = read(&path);
        assert_eq!(Case::parse(&text).to_text(), text, "{}", shown(&path));
    }
}

/// The cases of `broken/` laid over one another: their scenes, the usual archive first.
fn broken_cases() -> Vec<Step> {
    let cases = cases().into_iter().filter(|(path, _)| path.starts_with(suite().join("broken")));
    let scenes: Vec<Step> = cases
        .map(|(path, mut case)| {
            assert_eq!(case.steps.len(), 1, "{} is one scene", shown(&path));
            case.steps.remove(0)
        })
        .collect();
    let paths: Vec<String> = scenes.iter().flat_map(Step::paths).collect();
    let different: BTreeSet<&String> = paths.iter().collect();
    assert_eq!(different.len(), paths.len(), "two cases use one path");
    scenes
}

#[test]
fn all_broken_files_together_are_reported_and_site_is_built() {
    let (usual, broken) = (base_archive(), broken_cases());
    let mut archive = Memory::default();
    usual.write_to(&mut archive, &usual);
    broken.iter().for_each(|scene| scene.write_to(&mut archive, &usual));
    let run = PipelineRun::of(&archive, usual.as_of());
    let mut block: Vec<&str> = broken.iter().flat_map(Step::expected).collect();
    block.sort_by_key(|line| run.diagnostics.iter().position(|said| matches_expected(line, said)));
    let faults = broken.iter().flat_map(Step::paths).count();
    assert!(faults >= 75, "{faults} broken files");
    assert_eq!(compare(&block.join("\n"), &run.diagnostics), "", "each fault alone and all together are the same");
    assert!(run.site.contains_key("index.html"));
}

#[test]
fn broken_archive_builds_from_disk_with_exit_1() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (usual, broken) = (base_archive(), broken_cases());
    for (path, bytes) in std::iter::once(&usual).chain(&broken).flat_map(Step::files) {
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
    let odd: Vec<String> = broken.iter().flat_map(Step::special_files).map(|path| format!("{path}:")).collect();
    let odd = |line: &&str| odd.iter().any(|path| line.starts_with(path));
    for line in broken.iter().flat_map(Step::expected).filter(|line| !odd(line)) {
        let head = &line[..line.find("] ").map_or(line.len(), |at| at + 1)];
        assert!(said.lines().any(|said| said.starts_with(&format!("{head}: "))), "{head}");
    }
}

#[test]
fn every_diagnostic_code_has_a_case() {
    // Told of a theme or of the whole site: tests of `theme` and of `cli` hold them.
    const ELSEWHERE: &[&str] = &["template-error", "page-too-large"];
    let cases = cases();
    let scenes = || cases.iter().flat_map(|(_, case)| &case.steps);
    for code in Code::ALL.iter().map(|code| code.name()).filter(|code| !ELSEWHERE.contains(code)) {
        let word = format!("[{code}]");
        assert!(scenes().flat_map(Step::expected).any(|line| line.contains(&word)), "no case expects {code}");
    }
}

#[test]
fn every_rule_has_a_case() {
    for rule in RULES {
        let path = suite().join(format!("rule/{}.md", rule.code));
        assert!(path.is_file(), "{} is missing", shown(&path));
    }
}
