//! The sample site, looked at in a real browser: opened from disk as by a double click, without a server; and, in `serving`, as
//! `kedang serve` shows it.
//!
//! What is looked at is in `tests/browser/*.mjs`, a file for each way of looking. Where there is no browser the tests say so and
//! pass; where `CI=true` they fail.

#[cfg(unix)]
mod serving;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bench::{Built, Home, crowded, formed, read, root};

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
fn missing() -> Option<String> {
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
fn look(site: &Path, ways: &[&str]) {
    look_by("look.mjs", &[site.as_os_str(), AS_OF.as_ref()], ways);
}

/// Looks in these ways at what a script is told of; fails with a line for each thing wrong.
fn look_by(script: &str, told: &[&OsStr], ways: &[&str]) {
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
fn eyes(way: &str) -> bool {
    if let Some(missing) = missing() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "no browser to look with: {missing}");
        // Not by a macro: the test runner would keep it to itself.
        let banner = format!("\n!!! SKIPPED: nobody looked at the site in a browser ({way}).\n!!! Missing: {missing}\n\n");
        std::io::stderr().write_all(banner.as_bytes()).expect("somebody listens");
        return false;
    }
    true
}

fn look_at_the_sample(way: &str) {
    if !eyes(way) {
        return;
    }
    let built = Built::sample(&[]);
    assert_eq!(built.code, Some(0), "{}", built.said);
    look(&built.site(), &[way]);
}

#[test]
fn every_page_opens_from_disk_on_a_desk_and_on_a_phone() {
    look_at_the_sample("pages");
}

#[test]
fn days_are_counted_and_pages_can_be_read_without_scripts() {
    look_at_the_sample("days");
}

#[test]
fn tables_are_sorted_and_filtered() {
    look_at_the_sample("tables");
}

#[test]
fn every_printed_sheet_carries_the_mark_of_secrecy() {
    look_at_the_sample("print");
}

#[test]
fn a_page_of_each_kind_can_be_read_by_everybody() {
    look_at_the_sample("reach");
}

#[test]
fn a_crowded_customer_fits_the_desk_the_phone_and_the_paper() {
    if !eyes("a crowd") {
        return;
    }
    let home = Home::new();
    home.lay(&crowded());
    let (code, said) = home.build();
    assert_eq!(code, Some(0), "{said}");
    let dossier = read(&home.out.join("customers/zz/index.html"));
    assert!(dossier.contains("每人只画三条"), "the map is a thicket");
    assert!(dossier.contains("visits/2026-2.html"), "the year does not lead to its newest");
    look(&home.out, &["pages", "print", "reach"]);
}

#[test]
fn the_official_forms_come_out_of_the_printer_as_they_should() {
    if !eyes("official forms") {
        return;
    }
    let home = Home::new();
    home.lay(&formed());
    let (code, said) = home.build();
    assert_eq!(code, Some(0), "{said}");
    look(&home.out, &["forms", "pages"]);
}
