//! Reading parts of the tree as what they are meant to be, and complaining about the rest, each at its place.

use super::node::Node;
use super::node_path::{self, PathStep};
use crate::calendar::{Date, DateError, parse_date};
use crate::diag::{Code, Diagnostic, nearest};
use crate::i18n::Message;
use crate::text::{FileId, Span};

/// A name the policy knows, with what else it may be called.
#[derive(Clone, Copy, Debug)]
pub(super) struct SettingName {
    /// The stable English name.
    pub key: &'static str,
    /// The Chinese twin first, then others.
    pub also: &'static [&'static str],
}

/// Shorthand for tables of names.
pub(super) const fn name(key: &'static str, also: &'static [&'static str]) -> SettingName {
    SettingName { key, also }
}

impl SettingName {
    /// Whether `written` is it; case and blanks around do not matter, `-` is as good as `_`.
    pub fn is(&self, written: &str) -> bool {
        let written = written.trim();
        self.key.eq_ignore_ascii_case(&written.replace('-', "_")) || self.also.contains(&written)
    }
}

/// A part of the tree and how it is spoken of.
#[derive(Clone, Debug)]
pub(super) struct ConfigEntry<'t> {
    /// Steps from the root.
    pub path: Vec<PathStep>,
    /// Its own name as written: `cycle`; an item has its list's.
    pub key: &'t str,
    /// As written, from the root: `levels.核心.cycle`.
    pub name: String,
    /// What stands there.
    pub tree: &'t Node,
}

/// The entries of a map by their known names.
pub(super) struct ConfigSection<'t> {
    found: Vec<(&'static str, ConfigEntry<'t>)>,
}

impl<'t> ConfigSection<'t> {
    /// The entry with this name.
    pub fn get(&self, key: &str) -> Option<&ConfigEntry<'t>> {
        self.found.iter().find(|(known, _)| *known == key).map(|(_, entry)| entry)
    }
}

/// One reading of one text.
pub(super) struct ConfigReader<'a> {
    text: &'a str,
    file: FileId,
    /// What there is to say, in the order it was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> ConfigReader<'a> {
    pub fn new(text: &'a str, file: FileId) -> Self {
        ConfigReader { text, file, diagnostics: Vec::new() }
    }

    /// The place of an entry's value; the entry's name where it has no value.
    pub fn span(&self, entry: &ConfigEntry<'_>) -> Span {
        let written = match entry.tree {
            Node::Text(text) | Node::Plain(text) => Some(text.as_str()),
            Node::Empty => return self.name_span(entry),
            // A map or list over several lines is shown by the name it goes by.
            Node::List(_) | Node::Map(_) => None,
        };
        self.span_at(&entry.path, written)
    }

    /// The place of an entry's name.
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
        Span::new(self.file, start, node_path::end(self.text, start, written))
    }

    /// The very beginning of the file: where something ought to stand.
    pub fn head_span(&self) -> Span {
        Span::new(self.file, 0, 0)
    }

    /// Bad news about an entry's value: message `diag.policy-value.<variant>` with `{key}` and `{value}`.
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

    /// The same about its name.
    pub fn report_name(&self, entry: &ConfigEntry<'_>, variant: &str) -> Diagnostic {
        Diagnostic::new(Code::PolicyValue, self.name_span(entry))
            .variant(variant)
            .with("key", &entry.name)
            .with("value", entry.key)
    }

    /// Adds bad news.
    pub fn push(&mut self, diagnostics: Diagnostic) {
        self.diagnostics.push(diagnostics);
    }

    /// The entries of a map in order, empty ones included; a complaint if it is none.
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

    /// The same with every name said once; a name said again is complained about and the first stands.
    pub fn named<'t>(&mut self, entry: &ConfigEntry<'t>) -> Vec<(&'t str, ConfigEntry<'t>)> {
        let mut kept: Vec<(&str, ConfigEntry<'_>)> = Vec::new();
        for (key, entry) in self.entries(entry) {
            match kept.iter().find(|(known, _)| *known == key) {
                Some((_, first)) => {
                    let diagnostics = self.twice(&entry, first);
                    self.push(diagnostics);
                }
                None => kept.push((key, entry)),
            }
        }
        kept
    }

    fn twice(&self, entry: &ConfigEntry<'_>, first: &ConfigEntry<'_>) -> Diagnostic {
        self.report_name(entry, "twice")
            .with("first", &first.name)
            .label(self.name_span(first), Message::new("help.said-here-first"))
    }

    /// The entries of a map by known names; unknown ones and names said twice (also once in each language) are complained
    /// about.
    pub fn section<'t>(&mut self, entry: &ConfigEntry<'t>, names: &[SettingName]) -> ConfigSection<'t> {
        let mut section = ConfigSection { found: Vec::new() };
        for (key, entry) in self.entries(entry) {
            let Some(known) = names.iter().find(|name| name.is(key)) else {
                let diagnostics = self.unknown(&entry, key, names);
                self.push(diagnostics);
                continue;
            };
            match section.get(known.key) {
                Some(first) => {
                    let diagnostics = self.twice(&entry, first);
                    self.push(diagnostics);
                }
                // A name without a value says nothing: the default holds.
                None if *entry.tree == Node::Empty => {}
                None => section.found.push((known.key, entry)),
            }
        }
        section
    }

    fn unknown(&self, entry: &ConfigEntry<'_>, key: &str, names: &[SettingName]) -> Diagnostic {
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

    /// One line of text, blanks around it taken off, as it was written even if it looks like a number.
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

    /// A whole number within bounds; `30天` is as good as `30`.
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

    /// One of some words.
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

    /// A list of words with their places, each said once; `甲、乙` is a list too.
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

    /// The days of a list; `2027-02-05 至 2027-02-11` stands for each day from the first to the last, at most a year's.
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
                // Both ends of a stretch may be wrong in one way; once is enough.
                if self.diagnostics.last() != Some(&diagnostics) {
                    self.push(diagnostics);
                }
                None
            }
        }
    }
}
