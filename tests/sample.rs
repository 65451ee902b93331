//! The sample archive, built as a newcomer builds it.

use crate::bench::{Built, Tree, read};

#[test]
fn the_sample_archive_builds_without_an_error() {
    let built = Built::sample(&[]);
    assert_eq!(built.code, Some(0), "{}", built.said);
    let home = read(&built.site().join("index.html"));
    assert!(home.contains("客户档案"), "{home}");
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    for edition in ["full", "plain"] {
        let [one, two, seven] = ["1", "2", "7"].map(|threads| Built::sample(&["--edition", edition, "--threads", threads]));
        let site = Tree::of(&one.site());
        assert!(site.0.contains_key("index.html"), "{edition}: {}", one.said);
        for (other, threads) in [(&two, 2), (&seven, 7)] {
            let wrong = Tree::of(&other.site()).against(&site);
            assert!(wrong.is_empty(), "{edition} by {threads} threads:\n{wrong}");
            assert_eq!((other.code, &other.said), (one.code, &one.said), "{edition} by {threads} threads");
            for kept in ["manifest", "owned"] {
                let [kept, other] = [&one, other].map(|built| std::fs::read(built.site().join(".kedang").join(kept)).ok());
                assert!(kept.is_some() && kept == other, "{edition} by {threads} threads keeps something else");
            }
        }
    }
}
