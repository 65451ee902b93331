//! The sample archive, built as a newcomer builds it.

use std::collections::BTreeSet;
use std::process::Command;

use kedang::kind::{Field, FieldType, Kinds};
use serde_json::Value;

use crate::bench::{Built, Tree, read, root};

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

#[test]
fn every_kind_field_and_code_is_in_the_sample() {
    let (kinds, mut seen) = (Kinds::official(), BTreeSet::new());
    for kind in kinds.all() {
        let arguments = ["list", &kind.key, "--format", "json", "--lang", "zh", "--root"];
        let done = Command::new(env!("CARGO_BIN_EXE_kedang")).args(arguments).arg(root()).output().expect("kedang runs");
        let records: Vec<Value> = serde_json::from_slice(&done.stdout).expect("the records of a kind");
        // Who wrote a month's file sees its rows as records of their own.
        let shown = kind.expands.as_ref().map_or(kind, |(_, target)| kinds.get(target).expect("a kind"));
        for record in &records {
            seen.insert(kind.key.to_string());
            note(&shown.fields, &record["fields"], &shown.key, &mut seen);
        }
    }
    let mut wanted = BTreeSet::new();
    for kind in kinds.all() {
        wanted.insert(kind.key.to_string());
        if kind.expands.is_none() {
            want(&kind.fields, &kind.key, &mut wanted);
        }
    }
    for list in kinds.code_lists() {
        wanted.extend(list.values.iter().map(|value| format!("{}: {}", list.name, value.shown())));
    }
    let missing: Vec<&String> = wanted.difference(&seen).collect();
    assert!(missing.is_empty(), "the sample lacks {missing:#?}");
}

/// What stands in an object of fields, as paths of keys, and the values of code lists.
fn note(fields: &[Field], object: &Value, at: &str, seen: &mut BTreeSet<String>) {
    for field in fields {
        let value = &object[&*field.key];
        if value.is_null() {
            continue;
        }
        let at = path(at, field);
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        match &field.ty {
            FieldType::Rows(shape) => all.iter().for_each(|row| note(&shape.fields, row, &at, seen)),
            FieldType::Code { of, .. } => {
                seen.extend(all.iter().map(|code| format!("{of}: {}", code.as_str().expect("a code"))))
            }
            _ => {}
        }
        seen.insert(at);
    }
}

fn want(fields: &[Field], at: &str, wanted: &mut BTreeSet<String>) {
    for field in fields {
        let at = path(at, field);
        if let FieldType::Rows(shape) = &field.ty {
            want(&shape.fields, &at, wanted);
        }
        wanted.insert(at);
    }
}

/// Where a field stands. What every kind takes is one field, whichever kind says it.
fn path(at: &str, field: &Field) -> String {
    let is_of_all = Kinds::official().all().iter().all(|kind| kind.index_of(&field.key).is_some());
    if is_of_all && !at.contains('.') { format!("*.{}", field.key) } else { format!("{at}.{}", field.key) }
}
