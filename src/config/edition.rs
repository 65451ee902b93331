//! Editions: named secrecy ceilings.

use serde::{Deserialize, Serialize};

use super::reader::{ConfigEntry, ConfigReader, name};
use crate::diag::Code;

/// A secrecy ceiling with a name and an output folder (`decisions.md` 8).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edition {
    /// `full`, `lead`, `plain`, or the company's own.
    pub key: String,
    /// `全本`, `主管本`, `脱敏本`.
    pub label: String,
    /// The highest level a reader may see, 0–3.
    pub ceiling: u8,
}

impl Edition {
    /// Whether content of a level is visible.
    pub fn shows(&self, level: u8) -> bool {
        level <= self.ceiling
    }

    /// Whether nothing is hidden: only this edition shows diagnostics (`decisions.md` 6).
    pub fn is_full(&self) -> bool {
        self.ceiling >= 3
    }

    /// The three editions of every archive.
    pub(super) fn defaults() -> Vec<Edition> {
        let edition = |key: &str, label: &str, ceiling| Edition { key: key.to_owned(), label: label.to_owned(), ceiling };
        vec![edition("full", "全本", 3), edition("lead", "主管本", 2), edition("plain", "脱敏本", 1)]
    }
}

/// Reads `editions:`, merged into the default three. `董事会: 2` is not enough: the key becomes part of a folder name and
/// must be ASCII; the label is for readers.
pub(super) fn editions(reader: &mut ConfigReader<'_>, entry: &ConfigEntry<'_>) -> Vec<Edition> {
    let names = [name("label", &["名称", "标签"]), name("ceiling", &["上限", "最高密级", "密级"])];
    let mut editions = Edition::defaults();
    for (key, entry) in reader.unique_entries(entry) {
        let legal = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && key.len() <= 30;
        if !legal {
            let diagnostics = reader.report_name(&entry, "edition-key");
            reader.push(diagnostics);
        }
        let section = reader.section(&entry, &names);
        let label = section.get("label").and_then(|entry| reader.text(entry));
        let ceiling = section.get("ceiling").and_then(|entry| level(reader, entry));
        let known = editions.iter().position(|edition| edition.key == key);
        if let (Some(0), Some(0..=2), Some(entry)) = (known, ceiling, section.get("ceiling")) {
            let diagnostics = as_secrecy_error(reader.report(entry, "full-ceiling"));
            reader.push(diagnostics);
            continue;
        }
        match (known, ceiling) {
            (Some(at), _) => {
                let edition = &mut editions[at];
                edition.ceiling = ceiling.unwrap_or(edition.ceiling);
                edition.label = label.unwrap_or_else(|| edition.label.clone());
            }
            (None, Some(ceiling)) => {
                editions.push(Edition { key: key.to_owned(), label: label.unwrap_or_else(|| key.to_owned()), ceiling });
            }
            (None, None) => {
                // A ceiling that could not be read is already reported.
                if section.get("ceiling").is_none() {
                    let diagnostics = as_secrecy_error(reader.report_name(&entry, "no-ceiling"));
                    reader.push(diagnostics);
                }
            }
        }
    }
    editions
}

/// A secrecy level as number or word; anything else is an error with exit code 4.
pub(super) fn level(reader: &mut ConfigReader<'_>, entry: &ConfigEntry<'_>) -> Option<u8> {
    const LEVELS: &[(&str, u8)] = &[
        ("0", 0),
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("公开", 0),
        ("内部", 1),
        ("秘密", 2),
        ("机密", 3),
        ("0 公开", 0),
        ("1 内部", 1),
        ("2 秘密", 2),
        ("3 机密", 3),
    ];
    let told = reader.diagnostics.len();
    let level = reader.choice(entry, LEVELS);
    if level.is_none() {
        reader.diagnostics.truncate(told);
        let diagnostics = as_secrecy_error(reader.report(entry, "level"));
        reader.push(diagnostics);
    }
    level
}

/// Makes it a secrecy error, which has another code: the exit code is 4, not 2 (`decisions.md` 9).
pub(super) fn as_secrecy_error(mut diagnostics: crate::diag::Diagnostic) -> crate::diag::Diagnostic {
    diagnostics.code = Code::PolicySecrecy;
    diagnostics
}
