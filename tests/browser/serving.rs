//! The site as the program serves it while somebody writes, looked at in a real browser.
//!
//! What is written and looked at is in `tests/browser/serving/*.mjs`, a file for each way of looking; it starts the program, too,
//! on a copy of the sample archive with a theme of its own. Nothing is waited for longer than a minute.

use std::path::Path;

use super::{AS_OF, eyes, look_by};
use crate::bench::{Home, copy_all, root, sample};

fn write_and_look(way: &str) {
    if !eyes(&format!("serving: {way}")) {
        return;
    }
    let home = Home::new();
    home.lay(&sample());
    copy_all(&root().join("themes/ink"), &home.path().join("themes/ink"));
    let program = Path::new(env!("CARGO_BIN_EXE_kedang"));
    look_by("serving/look.mjs", &[program.as_os_str(), home.path().as_os_str(), AS_OF.as_ref()], &[way]);
}

#[test]
fn a_save_reloads_the_pages_that_show_it_and_the_reader_keeps_his_place() {
    write_and_look("place");
}

#[test]
fn what_is_wrong_stands_beside_the_page_and_goes_when_it_is_mended() {
    write_and_look("panel");
}

#[test]
fn whatever_a_customer_is_called_is_text() {
    write_and_look("hostile");
}

// Connections are counted as this system counts them.
#[cfg(target_os = "linux")]
#[test]
fn many_tabs_hold_one_line_and_all_hear() {
    write_and_look("many");
}

#[test]
fn pages_come_back_with_the_program_and_follow_what_is_saved() {
    write_and_look("again");
}
