//! Writes the text of a draft.

use std::fmt::Write;

use super::{Draft, PLACEHOLDER};
use crate::kind::{ArchivePath, Kind};

/// The text of a draft, and which fields need attention.
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

    /// The label of a field; the key itself if the kind lacks it.
    fn label(&self, key: &'a str) -> &'a str {
        self.kind.index_of(key).map_or(key, |index| &self.kind.field(index).label)
    }

    /// Adds a front matter line; only the label if the value is empty.
    pub fn line(&mut self, key: &'a str, value: impl AsRef<str>) {
        let label = self.label(key);
        // A value from several lines becomes one line.
        let value = value.as_ref().replace(['\n', '\r'], " ");
        let _ = match value.trim() {
            "" => writeln!(self.head, "{label}:"),
            value => writeln!(self.head, "{label}: {value}"),
        };
    }

    /// Adds an inherited value as a comment.
    pub fn known_value(&mut self, key: &'a str, value: impl AsRef<str>) {
        let label = self.label(key);
        let _ = writeln!(self.head, "# {label}: {}", value.as_ref().replace(['\n', '\r'], " ").trim());
    }

    /// Adds a comment for the author.
    pub fn comment(&mut self, text: &str) {
        let _ = writeln!(self.head, "# {text}");
    }

    /// Adds a line with a suggested value.
    pub fn suggestion(&mut self, key: &'a str, value: impl AsRef<str>) {
        self.line(key, value);
        self.remaining_fields(key);
    }

    /// Adds an empty line to be filled in.
    pub fn wanted_fields(&mut self, key: &'a str) {
        self.suggestion(key, "");
    }

    /// Adds a required text: the value, else 待补.
    pub fn required(&mut self, key: &'a str, value: Option<&str>) {
        match value {
            Some(value) => self.line(key, value),
            None => self.suggestion(key, PLACEHOLDER),
        }
    }

    /// Lists a field as needing attention.
    pub fn remaining_fields(&mut self, key: &'a str) {
        self.still.push(self.label(key).to_owned());
    }

    /// Lists people who are left out because of secrecy.
    pub fn leave_out(&mut self, names: Vec<String>) {
        self.left_out.extend(names);
    }

    /// Adds a section that is a field.
    pub fn section(&mut self, key: &'a str, text: &str) {
        let label = self.label(key);
        self.heading(label, text);
    }

    /// Adds a field to a part of the record with its own heading.
    pub fn below(&mut self, key: &'a str, text: &str) {
        let label = self.label(key);
        let _ = write!(self.body, "\n### {label}\n\n");
        if !text.is_empty() {
            let _ = writeln!(self.body, "{}", text.trim_end());
        }
    }

    /// Adds the section of the record's prose, if its kind names it.
    pub fn prose(&mut self) {
        if let Some(label) = &self.kind.prose_label {
            self.heading(label, "");
            self.still.push(label.to_string());
        }
    }

    /// Adds body text.
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

/// A text as a table cell.
pub(super) fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "｜")
}

/// A list item with its typed tail and checkbox.
pub(super) fn item(text: &str, tail: &[String], tick: Option<bool>) -> String {
    let tick = match tick {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    };
    let text = text.replace(['\n', '\r'], " ");
    if tail.is_empty() { format!("- {tick}{text}") } else { format!("- {tick}{text}（{}）", tail.join("，")) }
}
