//! Writing the text of a draft.

use std::fmt::Write;

use super::{Draft, PLACEHOLDER};
use crate::kind::{ArchivePath, Kind};

/// The text of a draft in the making, and what is still wanting in it.
pub(super) struct RecordText<'a> {
    kind: &'a Kind,
    head: String,
    body: String,
    still: Vec<String>,
    left_out: Vec<String>,
}

impl<'a> RecordText<'a> {
    pub fn new(kind: &'a Kind) -> RecordText<'a> {
        RecordText { kind, head: String::new(), body: String::new(), still: Vec::new(), left_out: Vec::new() }
    }

    /// The label of a field; a key that the kind lacks is written as it is.
    fn label(&self, key: &'a str) -> &'a str {
        self.kind.index_of(key).map_or(key, |index| &self.kind.field(index).label)
    }

    /// A line of front matter that is known.
    pub fn line(&mut self, key: &'a str, value: impl AsRef<str>) {
        let label = self.label(key);
        // One line is one line, whatever the value was read from.
        let value = value.as_ref().replace(['\n', '\r'], " ");
        let _ = match value.trim() {
            "" => writeln!(self.head, "{label}:"),
            value => writeln!(self.head, "{label}: {value}"),
        };
    }

    /// What the record has from another one as long as it does not say it: a line that is not read.
    pub fn known_value(&mut self, key: &'a str, value: impl AsRef<str>) {
        let label = self.label(key);
        let _ = writeln!(self.head, "# {label}: {}", value.as_ref().replace(['\n', '\r'], " ").trim());
    }

    /// A word to whoever fills it in, which is not read.
    pub fn comment(&mut self, text: &str) {
        let _ = writeln!(self.head, "# {text}");
    }

    /// A line whose value is only likely.
    pub fn suggestion(&mut self, key: &'a str, value: impl AsRef<str>) {
        self.line(key, value);
        self.remaining_fields(key);
    }

    /// A line left empty that somebody must fill in.
    pub fn wanted_fields(&mut self, key: &'a str) {
        self.suggestion(key, "");
    }

    /// A text that must be there: what is known, else 待补.
    pub fn required(&mut self, key: &'a str, value: Option<&str>) {
        match value {
            Some(value) => self.line(key, value),
            None => self.suggestion(key, PLACEHOLDER),
        }
    }

    /// What somebody must still look at.
    pub fn remaining_fields(&mut self, key: &'a str) {
        self.still.push(self.label(key).to_owned());
    }

    /// Who would stand here, were he not more secret than the record.
    pub fn leave_out(&mut self, names: Vec<String>) {
        self.left_out.extend(names);
    }

    /// A section that is a field.
    pub fn section(&mut self, key: &'a str, text: &str) {
        let label = self.label(key);
        self.heading(label, text);
    }

    /// A field in a part of the record that has a heading of its own.
    pub fn below(&mut self, key: &'a str, text: &str) {
        let label = self.label(key);
        let _ = write!(self.body, "\n### {label}\n\n");
        if !text.is_empty() {
            let _ = writeln!(self.body, "{}", text.trim_end());
        }
    }

    /// The section of the record's own prose, where its kind has a name for it.
    pub fn prose(&mut self) {
        if let Some(label) = &self.kind.prose_label {
            self.heading(label, "");
            self.still.push(label.to_string());
        }
    }

    /// Text of the body that is no section.
    pub fn text(&mut self, text: &str) {
        let _ = write!(self.body, "\n{text}\n");
    }

    fn heading(&mut self, label: &str, text: &str) {
        let _ = write!(self.body, "\n## {label}\n\n");
        if !text.is_empty() {
            let _ = writeln!(self.body, "{}", text.trim_end());
        }
    }

    pub fn draft(self, path: ArchivePath) -> Draft {
        Draft {
            path,
            text: format!("---\n{}---\n{}", self.head, self.body),
            still: self.still,
            left_out: self.left_out,
            adds: false,
        }
    }
}

/// A text as a cell of a table.
pub(super) fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "｜")
}

/// An item of a list with its tail, and its box where it has one.
pub(super) fn item(text: &str, tail: &[String], tick: Option<bool>) -> String {
    let tick = match tick {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    };
    let text = text.replace(['\n', '\r'], " ");
    if tail.is_empty() { format!("- {tick}{text}") } else { format!("- {tick}{text}（{}）", tail.join("，")) }
}
