//! The sample archive, built as a newcomer builds it.

use crate::bench::{Built, read};

#[test]
fn the_sample_archive_builds_without_an_error() {
    let built = Built::sample(&[]);
    assert_eq!(built.code, Some(0), "{}", built.said);
    let home = read(&built.site().join("index.html"));
    assert!(home.contains("客户档案"), "{home}");
}
