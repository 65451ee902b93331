//! The sample archive, built as a newcomer builds it.

use std::process::Command;

/// Builds `content/` into a folder of its own and returns exit code, what was said, and the folder.
fn build(arguments: &[&str]) -> (Option<i32>, String, tempfile::TempDir) {
    let out = tempfile::tempdir().expect("a folder for the site");
    let site = out.path().join("公开 #1 100%");
    let done = Command::new(env!("CARGO_BIN_EXE_kedang"))
        .args(["build", "--root", env!("CARGO_MANIFEST_DIR"), "--as-of", "2026-11-24", "--out"])
        .arg(&site)
        .args(arguments)
        .output()
        .expect("kedang runs");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.code(), said, out)
}

#[test]
fn the_sample_archive_builds_without_an_error() {
    let (code, said, out) = build(&[]);
    assert_eq!(code, Some(0), "{said}");
    let home = std::fs::read_to_string(out.path().join("公开 #1 100%/index.html")).expect("a home page");
    assert!(home.contains("客户档案"), "{home}");
}
