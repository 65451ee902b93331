//! The sample site, looked at in a real browser: opened from disk as by a double click, without a server; and, in `serving`, as
//! `kedang serve` shows it.
//!
//! What is looked at is in `tests/browser/*.mjs`, a file for each way of looking. Where there is no browser the tests say so and
//! pass; where `CI=true` they fail.

#[cfg(unix)]
mod serve;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{SampleSite, SiteFolder, forms_archive, oversized_archive, read, root};

const AS_OF: &str = "2026-11-24";

fn scripts() -> PathBuf {
    root().join("tests/browser")
}

fn browser() -> PathBuf {
    std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from)
}

fn starts(program: &str, argument: &str) -> bool {
    let tried = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

/// What the tests need and is not there.
fn missing_prerequisite() -> Option<String> {
    let packages = scripts().join("node_modules/playwright-core");
    if !browser().is_file() {
        return Some(format!("{}: apt-get install chromium, or set CHROMIUM", browser().display()));
    }
    if !starts("node", "--version") {
        return Some("node: apt-get install nodejs npm".to_owned());
    }
    if !starts("pdftotext", "-v") {
        return Some("pdftotext: apt-get install poppler-utils".to_owned());
    }
    (!packages.is_dir()).then(|| "the packages: npm ci --prefix tests/browser".to_owned())
}

/// Looks at a site on disk in these ways.
fn run_checks(site: &Path, ways: &[&str]) {
    run_script("look.mjs", &[site.as_os_str(), AS_OF.as_ref()], ways);
}

/// Looks in these ways at what a script is told of; fails with a line for each thing wrong.
fn run_script(script: &str, told: &[&OsStr], ways: &[&str]) {
    let done = Command::new("node")
        .arg(scripts().join(script))
        .args(told)
        .args(ways)
        .env("CHROMIUM", browser())
        .output()
        .expect("node starts");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{ways:?}:\n{said}");
}

/// Whether somebody can look; says so loudly when nobody can.
fn browser_available(way: &str) -> bool {
    if let Some(missing) = missing_prerequisite() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "no browser to look with: {missing}");
        // Not by a macro: the test runner would keep it to itself.
        let banner = format!("\n!!! SKIPPED: nobody looked at the site in a browser ({way}).\n!!! Missing: {missing}\n\n");
        std::io::stderr().write_all(banner.as_bytes()).expect("somebody listens");
        return false;
    }
    true
}

fn check_sample(way: &str) {
    if !browser_available(way) {
        return;
    }
    let built = SampleSite::build(&[]);
    assert_eq!(built.code, Some(0), "{}", built.output);
    run_checks(&built.path(), &[way]);
}

#[test]
fn pages_open_from_disk_on_desktop_and_phone() {
    check_sample("pages");
}

#[test]
fn due_days_are_counted_and_pages_work_without_scripts() {
    check_sample("days");
}

#[test]
fn tables_sort_and_filter() {
    check_sample("tables");
}

#[test]
fn printed_pages_carry_the_secrecy_mark() {
    check_sample("print");
}

#[test]
fn page_types_pass_accessibility_checks() {
    check_sample("reach");
}

#[test]
fn oversized_customer_fits_desktop_phone_and_print() {
    if !browser_available("a crowd") {
        return;
    }
    let home = SiteFolder::new();
    home.write_archive(&oversized_archive());
    let (code, said) = home.build();
    assert_eq!(code, Some(0), "{said}");
    let dossier = read(&home.out.join("customers/zz/index.html"));
    assert!(dossier.contains("每人只画三条"), "the map is a thicket");
    assert!(dossier.contains("visits/2026-2.html"), "the year does not lead to its newest");
    run_checks(&home.out, &["pages", "print", "reach"]);
}

#[test]
fn official_forms_print_as_expected() {
    if !browser_available("official forms") {
        return;
    }
    let home = SiteFolder::new();
    home.write_archive(&forms_archive());
    let (code, said) = home.build();
    assert_eq!(code, Some(0), "{said}");
    run_checks(&home.out, &["forms", "pages"]);
}
