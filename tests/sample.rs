//! The sample archive, built as a newcomer builds it.

use std::collections::BTreeSet;
use std::process::Command;

use kedang::kind::{Field, FieldType, Kinds};
use serde_json::Value;

use crate::support::{SampleSite, SiteSnapshot, read, root};

#[test]
fn sample_builds_without_errors() {
    let built = SampleSite::build(&[]);
    assert_eq!(built.code, Some(0), "{}", built.output);
    let home = read(&built.path().join("index.html"));
    assert!(home.contains("客户档案"), "{home}");
}

#[test]
fn thread_count_does_not_change_output() {
    for edition in ["full", "plain"] {
        let [one, two, seven] = ["1", "2", "7"].map(|threads| SampleSite::build(&["--edition", edition, "--threads", threads]));
        let site = SiteSnapshot::read(&one.path());
        assert!(site.0.contains_key("index.html"), "{edition}: {}", one.output);
        for (other, threads) in [(&two, 2), (&seven, 7)] {
            let wrong = SiteSnapshot::read(&other.path()).diff(&site);
            assert!(wrong.is_empty(), "{edition} by {threads} threads:\n{wrong}");
            assert_eq!((other.code, &other.output), (one.code, &one.output), "{edition} by {threads} threads");
            for kept in ["manifest", "owned"] {
                let [kept, other] = [&one, other].map(|built| std::fs::read(built.path().join(".kedang").join(kept)).ok());
                assert!(kept.is_some() && kept == other, "{edition} by {threads} threads keeps something else");
            }
        }
    }
}

#[test]
fn sample_uses_every_kind_field_and_code() {
    let (kinds, mut seen) = (Kinds::official(), BTreeSet::new());
    for kind in kinds.all() {
        let arguments = ["list", &kind.key, "--format", "json", "--lang", "zh", "--root"];
        let done = Command::new(env!("CARGO_BIN_EXE_kedang")).args(arguments).arg(root()).output().expect("kedang runs");
        let records: Vec<Value> = serde_json::from_slice(&done.stdout).expect("the records of a kind");
        // Who wrote a month's file sees its rows as records of their own.
        let shown = kind.expands.as_ref().map_or(kind, |(_, target)| kinds.get(target).expect("a kind"));
        for record in &records {
            seen.insert(kind.key.to_string());
            collect_used(&shown.fields, &record["fields"], &shown.key, &mut seen);
        }
    }
    let mut wanted = BTreeSet::new();
    for kind in kinds.all() {
        wanted.insert(kind.key.to_string());
        if kind.expands.is_none() {
            collect_expected(&kind.fields, &kind.key, &mut wanted);
        }
    }
    for list in kinds.code_lists() {
        wanted.extend(list.values.iter().map(|value| format!("{}: {}", list.name, value.shown())));
    }
    let missing: Vec<&String> = wanted.difference(&seen).collect();
    assert!(missing.is_empty(), "the sample lacks {missing:#?}");
}

/// What stands in an object of fields, as paths of keys, and the values of code lists.
fn collect_used(fields: &[Field], object: &Value, at: &str, seen: &mut BTreeSet<String>) {
    for field in fields {
        let value = &object[&*field.key];
        if value.is_null() {
            continue;
        }
        let at = path(at, field);
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        match &field.ty {
            FieldType::Rows(shape) => all.iter().for_each(|row| collect_used(&shape.fields, row, &at, seen)),
            FieldType::Code { of, .. } => {
                seen.extend(all.iter().map(|code| format!("{of}: {}", code.as_str().expect("a code"))))
            }
            _ => {}
        }
        seen.insert(at);
    }
}

fn collect_expected(fields: &[Field], at: &str, wanted: &mut BTreeSet<String>) {
    for field in fields {
        let at = path(at, field);
        if let FieldType::Rows(shape) = &field.ty {
            collect_expected(&shape.fields, &at, wanted);
        }
        wanted.insert(at);
    }
}

/// Where a field stands. What every kind takes is one field, whichever kind says it.
fn path(at: &str, field: &Field) -> String {
    let is_of_all = Kinds::official().all().iter().all(|kind| kind.index_of(&field.key).is_some());
    if is_of_all && !at.contains('.') { format!("*.{}", field.key) } else { format!("{at}.{}", field.key) }
}
