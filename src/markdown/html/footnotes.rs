//! Footnotes: collected where defined, numbered in order of their references, written at the end of the body.

use std::collections::BTreeMap;
use std::fmt::Write;

/// One footnote.
#[derive(Default)]
struct Footnote {
    number: usize,
    calls: usize,
    content: String,
}

/// The footnotes of a body.
#[derive(Default)]
pub(super) struct Footnotes {
    by_label: BTreeMap<String, Footnote>,
    count: usize,
}

impl Footnotes {
    fn get_or_insert(&mut self, label: &str) -> &mut Footnote {
        // Labels ignore case, as in the parser.
        let note = self.by_label.entry(label.to_lowercase()).or_default();
        if note.number == 0 {
            self.count += 1;
            note.number = self.count;
        }
        note
    }

    /// Writes a reference to a footnote.
    pub fn write_reference(&mut self, out: &mut String, prefix: &str, label: &str) {
        let note = self.get_or_insert(label);
        note.calls += 1;
        let id = reference_id(note.number, note.calls);
        let number = note.number;
        // Writing to a string cannot fail.
        let _ = write!(out, "<sup class=\"note\"><a id=\"{prefix}{id}\" href=\"#{prefix}note:{number}\">{number}</a></sup>");
    }

    /// Stores the content of a footnote; a second definition of a label is appended.
    pub fn define(&mut self, label: &str, content: &str) {
        self.get_or_insert(label).content.push_str(content);
    }

    /// Writes all footnotes, including those without reference.
    pub fn write(&self, out: &mut String, prefix: &str) {
        let mut notes: Vec<&Footnote> = self.by_label.values().filter(|note| !note.content.is_empty()).collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|note| note.number);
        out.push_str("<section class=\"notes\">\n<ol>\n");
        for note in notes {
            let number = note.number;
            let _ = writeln!(out, "<li id=\"{prefix}note:{number}\" value=\"{number}\">");
            out.push_str(&note.content);
            for call in 1..=note.calls {
                let _ = writeln!(out, "<a class=\"back\" href=\"#{prefix}{}\">↩</a>", reference_id(number, call));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

/// Ids of headings never contain a colon, so there is no conflict.
fn reference_id(number: usize, call: usize) -> String {
    match call {
        1 => format!("call:{number}"),
        call => format!("call:{number}:{call}"),
    }
}
