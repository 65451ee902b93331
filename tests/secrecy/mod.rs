//! No lower edition tells what it hides: not a word of it in any dress, and not by anything that would be otherwise if it were
//! otherwise.

mod archive;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kedang::build::{BuildOptions, Builder, NoProgress, SiteSource};
use kedang::calendar::AsOf;
use kedang::publish::{OpenOptions, OutputFolder};
use kedang::source::Memory;

use archive::SecretArchive;
use token::{Found, find};

const EDITIONS: [(&str, u8); 3] = [("full", 3), ("lead", 2), ("plain", 1)];

/// What the program keeps of a site, to know what to make again.
const MANIFEST: &str = ".kedang/manifest";

/// Builds an edition into a folder.
fn build(archive: &Memory, edition: &str, out: &Path) {
    let mut builder = Builder::new();
    let config = builder.load_config(archive).expect("memory can be read").config.expect("a policy");
    let edition = config.edition(edition).expect("an edition").clone();
    let request = BuildOptions {
        config: &config,
        config_diagnostics: &[],
        edition: &edition,
        as_of: AsOf("2026-11-24".parse().expect("a day")),
        pinned: true,
        program: Default::default(),
        progress: &NoProgress,
    };
    let opening = OpenOptions { out, guarded: &[], home: None, fingerprint: request.folder_fingerprint() };
    let mut folder = OutputFolder::open(&opening, &mut |_, _| true).expect("the folder can be opened");
    builder.build(SiteSource { archive, theme: None }, &request, &mut folder).expect("the site is built");
}

/// Everything below the folder, what the program keeps for itself too.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(out).into_iter().map(|entry| entry.expect("a readable folder"));
    let files = walk.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let named = |path: &Path| path.strip_prefix(out).expect("below the site").to_str().expect("Unicode").to_owned();
    files.map(|path| (named(&path), std::fs::read(&path).expect("a readable file"))).collect()
}

/// The words in names and bytes of files, and in which of them.
fn words(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<usize, BTreeSet<String>> {
    let mut all: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (name, bytes) in files {
        for (what, text) in [("name", name.as_str().into()), ("bytes", String::from_utf8_lossy(bytes))] {
            let mut found = Found::new();
            find(&text, &mut found);
            for (number, dresses) in found {
                all.entry(number).or_default().insert(format!("{what} of {name}, {dresses:?}"));
            }
        }
    }
    all
}

/// What of the garden is where it may not be, and what is nowhere that should be.
fn leaks(garden: &SecretArchive, files: &BTreeMap<String, Vec<u8>>, ceiling: u8) -> Vec<String> {
    let words = words(files);
    let mut wrong = Vec::new();
    for planted in &garden.planted {
        match words.get(&planted.number) {
            Some(places) if planted.level > ceiling => {
                let shown: Vec<&String> = places.iter().take(3).collect();
                wrong.push(format!("level {} is told: {} in {shown:?}", planted.level, planted.at));
            }
            None if planted.must && planted.level <= ceiling => {
                wrong.push(format!("level {} is lost: {}", planted.level, planted.at))
            }
            _ => {}
        }
    }
    wrong
}

#[test]
fn editions_show_permitted_and_hide_the_rest() {
    let garden = SecretArchive::new(3, false);
    let out = tempfile::tempdir().expect("a folder for the site");
    // From high to low into one folder: nothing of the higher stays.
    for (edition, ceiling) in EDITIONS {
        build(&garden.archive, edition, out.path());
        let wrong = leaks(&garden, &files(out.path()), ceiling);
        assert!(wrong.is_empty(), "{edition}: {} wrong, {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
    }
}

/// Not even the fingerprints that the program keeps beside the site: a guess could be confirmed by them.
#[test]
fn hidden_content_does_not_change_output() {
    for (edition, ceiling) in &EDITIONS[1..] {
        let [one, other] = [false, true].map(|other| {
            let out = tempfile::tempdir().expect("a folder for the site");
            build(&SecretArchive::new(*ceiling, other).archive, edition, out.path());
            files(out.path())
        });
        assert!(one.contains_key(MANIFEST), "{edition}");
        let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        let differ: Vec<&&String> = names.iter().filter(|name| one.get(**name) != other.get(**name)).collect();
        if let Some(name) = differ.first() {
            let text =
                |files: &BTreeMap<String, Vec<u8>>| files.get(**name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let (one, other) = (text(&one).unwrap_or_default(), text(&other).unwrap_or_default());
            let line = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            panic!("{edition}: {} files differ: {differ:#?}\n{line:#?}", differ.len());
        }
    }
}
