//! The site as the program serves it while somebody writes, looked at in a real browser.
//!
//! What is written and looked at is in `tests/browser/serving/*.mjs`, a file for each way of looking; it starts the program, too,
//! on a copy of the sample archive with a theme of its own. Nothing is waited for longer than a minute.

use std::path::Path;

use super::{AS_OF, browser_available, run_script};
use crate::support::{SiteFolder, copy_all, root, sample_files};

fn run_serving_script(way: &str) {
    if !browser_available(&format!("serving: {way}")) {
        return;
    }
    let home = SiteFolder::new();
    home.write_archive(&sample_files());
    copy_all(&root().join("themes/ink"), &home.path().join("themes/ink"));
    let program = Path::new(env!("CARGO_BIN_EXE_kedang"));
    run_script("serving/look.mjs", &[program.as_os_str(), home.path().as_os_str(), AS_OF.as_ref()], &[way]);
}

#[test]
fn save_reloads_affected_pages_and_keeps_scroll_position() {
    run_serving_script("place");
}

#[test]
fn panel_shows_diagnostics_until_fixed() {
    run_serving_script("panel");
}

#[test]
fn hostile_names_stay_text() {
    run_serving_script("hostile");
}

// Connections are counted as this system counts them.
#[cfg(target_os = "linux")]
#[test]
fn many_tabs_share_one_connection() {
    run_serving_script("many");
}

#[test]
fn pages_reconnect_after_restart_and_follow_saves() {
    run_serving_script("again");
}
