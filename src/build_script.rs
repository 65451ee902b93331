//! Build script: generates `record::key`, a constant for every field key of `kind/kinds/*.yaml`.
//!
//! Code names a field by its constant, so a key that is renamed or removed in YAML fails to compile and does not leave a
//! page blank.
#![expect(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_yaml::Value;

/// The labels of each key, as `kind.label`.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("src/kind/kinds");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/build_script.rs");
    let mut keys = Keys::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let kind = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            collect(kind, &serde_yaml::from_str(&fs::read_to_string(&path)?)?, &mut keys);
        }
    }
    let mut text = String::new();
    for (key, labels) in keys {
        let labels: Vec<String> = labels.into_iter().collect();
        writeln!(text, "/// {}.\npub const {}: &str = {key:?};", labels.join(", "), key.to_uppercase())?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), text)?;
    Ok(())
}

/// Adds every mapping with a `key` and a `label`: the fields of a kind, and the columns of their rows.
fn collect(kind: &str, value: &Value, keys: &mut Keys) {
    match value {
        Value::Mapping(mapping) => {
            let text = |name: &str| mapping.get(name).and_then(Value::as_str);
            if let (Some(key), Some(label)) = (text("key"), text("label")) {
                keys.entry(key.to_owned()).or_default().insert(format!("`{kind}` {label}"));
            }
            mapping.iter().for_each(|(_, value)| collect(kind, value, keys));
        }
        Value::Sequence(values) => values.iter().for_each(|value| collect(kind, value, keys)),
        _ => {}
    }
}
