//! Customer levels, and the grace period for new regulations.

use super::node::Node;
use super::reader::{ConfigEntry, ConfigReader, SettingName, name};
use crate::i18n::Catalog;

/// A customer level and its contact cycle.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Level {
    /// `核心`.
    pub name: String,
    /// Maximum number of days between two contacts with a person of such a customer.
    pub cycle: u32,
    /// 重点客户 (S-13.1).
    pub key: bool,
    /// 核心客户 (S-17.3-2).
    pub core: bool,
}

impl Level {
    /// The default levels 核心, 重点, 一般.
    pub(super) fn usual() -> Vec<Level> {
        let level = |name: &str, cycle, key, core| Level { name: name.to_owned(), cycle, key, core };
        vec![level("核心", 30, true, true), level("重点", 60, true, false), level("一般", 120, false, false)]
    }
}

const NAMES: &[SettingName] =
    &[name("cycle", &["接触周期", "周期"]), name("key", &["重点", "重点客户"]), name("core", &["核心", "核心客户"])];

/// Reads `levels:`, a map in order of importance. `重点: 60` is short for `重点: {cycle: 60}`.
pub(super) fn levels(reader: &mut ConfigReader<'_>, entry: &ConfigEntry<'_>) -> Vec<Level> {
    let entries = reader.unique_entries(entry);
    if entries.is_empty() && *entry.tree == Node::Map(Vec::new()) {
        let diagnostics = reader.report(entry, "no-levels");
        reader.push(diagnostics);
    }
    entries.into_iter().map(|(name, entry)| level(reader, name, &entry)).collect()
}

fn level(reader: &mut ConfigReader<'_>, name: &str, entry: &ConfigEntry<'_>) -> Level {
    let mut level = Level { name: name.trim().to_owned(), cycle: 120, key: false, core: false };
    if let Node::Text(_) | Node::Plain(_) = entry.tree {
        level.cycle = reader.number(entry, 1, 3660).unwrap_or(level.cycle);
        return level;
    }
    let section = reader.section(entry, NAMES);
    match section.get("cycle") {
        Some(entry) => level.cycle = reader.number(entry, 1, 3660).unwrap_or(level.cycle),
        None => {
            let diagnostics = reader.report_name(entry, "no-cycle");
            reader.push(diagnostics);
        }
    }
    level.core = section.get("core").and_then(|entry| reader.yes_no(entry)).unwrap_or(false);
    // A core customer is a key customer unless configured otherwise.
    level.key = section.get("key").and_then(|entry| reader.yes_no(entry)).unwrap_or(level.core);
    level
}

/// Grace period for a newly issued regulation (`start_gently`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GracePeriod {
    /// Levels to which rules apply from the start; others follow after the grace period.
    pub levels: Vec<String>,
    /// Length of the grace period in days after the regulation was issued.
    pub days: u32,
    /// Word used instead of 违规 during the grace period.
    pub wording: String,
}

/// Reads `start_gently:`; its levels must be configured levels.
pub(super) fn start_gently(
    reader: &mut ConfigReader<'_>,
    entry: &ConfigEntry<'_>,
    known: &[Level],
    words: &Catalog,
) -> GracePeriod {
    let names = [
        name("levels", &["级别", "先行级别"]),
        name("days", &["天数", "宽限天数", "宽限"]),
        name("wording", &["用语", "说法"]),
    ];
    let section = reader.section(entry, &names);
    let mut gently = GracePeriod { levels: Vec::new(), days: 90, wording: words.get("policy.gently").to_owned() };
    match section.get("levels") {
        Some(entry) => {
            for (word, entry) in reader.words(entry) {
                if known.iter().any(|level| level.name == word) {
                    gently.levels.push(word);
                } else {
                    let all: Vec<&str> = known.iter().map(|level| level.name.as_str()).collect();
                    let diagnostics = reader.report(&entry, "unknown-level").with("word", word).with("levels", all.join("、"));
                    reader.push(diagnostics);
                }
            }
        }
        None => gently.levels.extend(known.iter().filter(|level| level.core).map(|level| level.name.clone())),
    }
    if let Some(days) = section.get("days").and_then(|entry| reader.number(entry, 0, 3660)) {
        gently.days = days;
    }
    if let Some(wording) = section.get("wording").and_then(|entry| reader.text(entry)) {
        gently.wording = wording;
    }
    gently
}
