//! Typed access to the configuration tree, with a diagnostic at the position of every invalid value.

use super::node::Node;
use super::node_path::{self, PathStep};
use crate::calendar::{Date, DateError, parse_date};
use crate::diag::{Code, Diagnostic, nearest};
use crate::i18n::Message;
use crate::text::{FileId, Span};

/// A known setting with its aliases.
#[derive(Clone, Copy, Debug)]
pub(super) struct SettingName {
    /// The stable English name.
    pub key: &'static str,
    /// Aliases, the Chinese name first.
    pub also: &'static [&'static str],
}

/// Shorthand for tables of settings.
pub(super) const fn name(key: &'static str, also: &'static [&'static str]) -> SettingName {
    SettingName { key, also }
}

impl SettingName {
    /// Whether `written` is this setting; ignores case and surrounding blanks and treats `-` as `_`.
    pub fn matches(&self, written: &str) -> bool {
        let written = written.trim();
        self.key.eq_ignore_ascii_case(&written.replace('-', "_")) || self.also.contains(&written)
    }
}

/// A node with its path and name.
#[derive(Clone, Debug)]
pub(super) struct ConfigEntry<'t> {
    /// Steps from the root.
    pub path: Vec<PathStep>,
    /// Its own name as written: `cycle`; items have that of their list.
    pub key: &'t str,
    /// Full name as written: `levels.核心.cycle`.
    pub name: String,
    /// The node.
    pub tree: &'t Node,
}

/// Map entries by known setting.
pub(super) struct ConfigSection<'t> {
    found: Vec<(&'static str, ConfigEntry<'t>)>,
}

impl<'t> ConfigSection<'t> {
    /// The entry of a setting.
    pub fn get(&self, key: &str) -> Option<&ConfigEntry<'t>> {
        self.found.iter().find(|(known, _)| *known == key).map(|(_, entry)| entry)
    }
}

/// Reads one text.
pub(super) struct ConfigReader<'a> {
    text: &'a str,
    file: FileId,
    /// Diagnostics in the order they were found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> ConfigReader<'a> {
    pub fn new(text: &'a str, file: FileId) -> Self {
        ConfigReader { text, file, diagnostics: Vec::new() }
    }

    /// Span of an entry's value, or of its name if it has no value.
    pub fn span(&self, entry: &ConfigEntry<'_>) -> Span {
        let written = match entry.tree {
            Node::Text(text) | Node::Plain(text) => Some(text.as_str()),
            Node::Empty => return self.name_span(entry),
            // A map or list over several lines is represented by its name.
            Node::List(_) | Node::Map(_) => None,
        };
        self.span_at(&entry.path, written)
    }

    /// Span of an entry's name.
    pub fn name_span(&self, entry: &ConfigEntry<'_>) -> Span {
        match entry.path.split_last() {
            Some((&PathStep::Value(at), parents)) => {
                let mut path = parents.to_vec();
                path.push(PathStep::Name(at));
                self.span_at(&path, Some(entry.key))
            }
            _ => self.span_at(&entry.path, None),
        }
    }

    fn span_at(&self, path: &[PathStep], written: Option<&str>) -> Span {
        let start = node_path::find(self.text, path).unwrap_or(0);
        Span::new(self.file, start, node_path::node_end(self.text, start, written))
    }

    /// Start of the file: where something is missing.
    pub fn head_span(&self) -> Span {
        Span::new(self.file, 0, 0)
    }

    /// Diagnostic about an entry's value: message `diag.policy-value.<variant>` with `{key}` and `{value}`.
    pub fn report(&self, entry: &ConfigEntry<'_>, variant: &str) -> Diagnostic {
        let value = match entry.tree {
            Node::Text(text) => text.clone(),
            Node::Plain(text) => node_path::raw_text(self.text, &entry.path).unwrap_or_else(|| text.clone()),
            Node::Empty => String::new(),
            Node::List(_) => "[…]".to_owned(),
            Node::Map(_) => "{…}".to_owned(),
        };
        Diagnostic::new(Code::PolicyValue, self.span(entry)).variant(variant).with("key", &entry.name).with("value", value)
    }

    /// Diagnostic about an entry's name.
    pub fn report_name(&self, entry: &ConfigEntry<'_>, variant: &str) -> Diagnostic {
        Diagnostic::new(Code::PolicyValue, self.name_span(entry))
            .variant(variant)
            .with("key", &entry.name)
            .with("value", entry.key)
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostics: Diagnostic) {
        self.diagnostics.push(diagnostics);
    }

    /// The entries of a map in order, including empty ones; reports other nodes.
    pub fn entries<'t>(&mut self, entry: &ConfigEntry<'t>) -> Vec<(&'t str, ConfigEntry<'t>)> {
        match entry.tree {
            Node::Empty => Vec::new(),
            Node::Map(entries) => entries
                .iter()
                .enumerate()
                .map(|(at, (key, tree))| {
                    let mut path = entry.path.clone();
                    path.push(PathStep::Value(at));
                    let name = if entry.name.is_empty() { key.clone() } else { format!("{}.{key}", entry.name) };
                    (key.as_str(), ConfigEntry { path, key, name, tree })
                })
                .collect(),
            _ => {
                let diagnostics = self.report(entry, "map");
                self.push(diagnostics);
                Vec::new()
            }
        }
    }

    /// The entries without duplicate names; reports duplicates and keeps the first.
    pub fn unique_entries<'t>(&mut self, entry: &ConfigEntry<'t>) -> Vec<(&'t str, ConfigEntry<'t>)> {
        let mut kept: Vec<(&str, ConfigEntry<'_>)> = Vec::new();
        for (key, entry) in self.entries(entry) {
            match kept.iter().find(|(known, _)| *known == key) {
                Some((_, first)) => {
                    let diagnostics = self.duplicate_diagnostic(&entry, first);
                    self.push(diagnostics);
                }
                None => kept.push((key, entry)),
            }
        }
        kept
    }

    fn duplicate_diagnostic(&self, entry: &ConfigEntry<'_>, first: &ConfigEntry<'_>) -> Diagnostic {
        self.report_name(entry, "twice")
            .with("first", &first.name)
            .label(self.name_span(first), Message::new("help.said-here-first"))
    }

    /// The entries by known setting; reports unknown names and duplicates (also one in each language).
    pub fn section<'t>(&mut self, entry: &ConfigEntry<'t>, names: &[SettingName]) -> ConfigSection<'t> {
        let mut section = ConfigSection { found: Vec::new() };
        for (key, entry) in self.entries(entry) {
            let Some(known) = names.iter().find(|name| name.matches(key)) else {
                let diagnostics = self.unknown_key_diagnostic(&entry, key, names);
                self.push(diagnostics);
                continue;
            };
            match section.get(known.key) {
                Some(first) => {
                    let diagnostics = self.duplicate_diagnostic(&entry, first);
                    self.push(diagnostics);
                }
                // A name without a value: the default applies.
                None if *entry.tree == Node::Empty => {}
                None => section.found.push((known.key, entry)),
            }
        }
        section
    }

    fn unknown_key_diagnostic(&self, entry: &ConfigEntry<'_>, key: &str, names: &[SettingName]) -> Diagnostic {
        let diagnostics = self.report_name(entry, "unknown-key");
        let all = || names.iter().flat_map(|name| std::iter::once(name.key).chain(name.also.iter().copied()));
        match nearest(key, all()) {
            Some(meant) => diagnostics.help(Message::new("help.did-you-mean").with("name", meant)),
            None => {
                let known: Vec<&str> = names.iter().map(|name| name.key).collect();
                diagnostics.help(Message::new("help.policy-known-keys").with("names", known.join("、")))
            }
        }
    }

    /// One line of text, trimmed, as written even if it looks like a number.
    pub fn text(&mut self, entry: &ConfigEntry<'_>) -> Option<String> {
        let text = match entry.tree {
            Node::Text(text) => text.trim().to_owned(),
            Node::Plain(text) => node_path::raw_text(self.text, &entry.path).unwrap_or_else(|| text.clone()),
            _ => String::new(),
        };
        if text.is_empty() || text.contains(char::is_control) {
            let diagnostics = self.report(entry, "text");
            self.push(diagnostics);
            return None;
        }
        Some(text)
    }

    /// An integer within bounds; `30天` is accepted for `30`.
    pub fn number(&mut self, entry: &ConfigEntry<'_>, least: u32, most: u32) -> Option<u32> {
        let written = match entry.tree {
            Node::Text(text) | Node::Plain(text) => text.trim(),
            _ => "",
        };
        let digits = written.trim_end_matches("个工作日").trim_end_matches(['天', '日', '%']).trim_end();
        let number = digits.parse().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let diagnostics = self.report(entry, "number").with("least", least).with("most", most);
            self.push(diagnostics);
        }
        number
    }

    /// 是 or 否.
    pub fn yes_no(&mut self, entry: &ConfigEntry<'_>) -> Option<bool> {
        self.choice(entry, &[("true", true), ("false", false), ("是", true), ("否", false), ("yes", true), ("no", false)])
    }

    /// One of several words.
    pub fn choice<T: Copy>(&mut self, entry: &ConfigEntry<'_>, choices: &[(&'static str, T)]) -> Option<T> {
        let written = match entry.tree {
            Node::Text(text) | Node::Plain(text) => text.trim(),
            _ => "",
        };
        let found = choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(_, choice)| *choice);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let diagnostics = self.report(entry, "choice").with("choices", words.join("、"));
            self.push(diagnostics);
        }
        found
    }

    /// The items of a list; a single value is a list of one.
    pub fn list<'t>(&mut self, entry: &ConfigEntry<'t>) -> Vec<ConfigEntry<'t>> {
        match entry.tree {
            Node::Empty => Vec::new(),
            Node::Text(_) | Node::Plain(_) => vec![entry.clone()],
            Node::List(items) => items
                .iter()
                .enumerate()
                .map(|(at, tree)| {
                    let mut path = entry.path.clone();
                    path.push(PathStep::Item(at));
                    ConfigEntry { path, key: entry.key, name: entry.name.clone(), tree }
                })
                .collect(),
            Node::Map(_) => {
                let diagnostics = self.report(entry, "list");
                self.push(diagnostics);
                Vec::new()
            }
        }
    }

    /// A list of words with their positions, without duplicates; `甲、乙` is a list too.
    pub fn words<'t>(&mut self, entry: &ConfigEntry<'t>) -> Vec<(String, ConfigEntry<'t>)> {
        let mut words: Vec<(String, ConfigEntry<'t>)> = Vec::new();
        for item in self.list(entry) {
            let Some(text) = self.text(&item) else { continue };
            for word in text.split(['、', '，']).map(str::trim).filter(|word| !word.is_empty()) {
                if words.iter().any(|(known, _)| known == word) {
                    let diagnostics = self.report(&item, "repeated").with("word", word);
                    self.push(diagnostics);
                } else {
                    words.push((word.to_owned(), item.clone()));
                }
            }
        }
        words
    }

    /// A day.
    pub fn date(&mut self, entry: &ConfigEntry<'_>) -> Option<Date> {
        let text = self.text(entry)?;
        self.date_of(entry, &text)
    }

    /// The days of a list; `2027-02-05 至 2027-02-11` is every day from the first to the last, at most one year.
    pub fn days(&mut self, entry: &ConfigEntry<'_>) -> Vec<(Date, Span)> {
        let mut days = Vec::new();
        for item in self.list(entry) {
            let Some(text) = self.text(&item) else { continue };
            let span = self.span(&item);
            let ends = text.split_once(['至', '到', '~', '～']).or_else(|| text.split_once("..")).unwrap_or((&text, &text));
            let (Some(first), Some(last)) = (self.date_of(&item, ends.0), self.date_of(&item, ends.1)) else { continue };
            if last < first || last.duration_since(first).as_hours() / 24 > 366 {
                let diagnostics = self.report(&item, "days");
                self.push(diagnostics);
                continue;
            }
            let mut day = first;
            while day <= last {
                days.push((day, span));
                match day.tomorrow() {
                    Ok(tomorrow) => day = tomorrow,
                    Err(_) => break,
                }
            }
        }
        days
    }

    fn date_of(&mut self, entry: &ConfigEntry<'_>, text: &str) -> Option<Date> {
        match parse_date(text, None) {
            Ok(date) => Some(date),
            Err(fault) => {
                let variant = if fault == DateError::NoSuchDay { "no-such-day" } else { "date" };
                let diagnostics = self.report(entry, variant);
                // Both ends of a range may have the same error; it is reported once.
                if self.diagnostics.last() != Some(&diagnostics) {
                    self.push(diagnostics);
                }
                None
            }
        }
    }
}
