//! Corrections of keyboard slips, applied before parsing and reported (`product.md`, reading).
//!
//! A fix is an [`Edit`] of the author's text. The YAML parser gets the corrected text; its positions are mapped back,
//! so every span points into what the author wrote.

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Edit};
use crate::i18n::Message;
use crate::text::{FileId, PatchedText, Span};

/// Replacements of ranges of a text; sorted before use.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TextFixes(Vec<(Range<usize>, Cow<'static, str>)>);

impl TextFixes {
    /// Replaces the range `wrong` by `right`.
    pub fn replace(&mut self, wrong: Range<usize>, right: impl Into<Cow<'static, str>>) {
        self.0.push((wrong, right.into()));
    }

    /// Removes those inside `range`: it could not be parsed, so they are uncertain.
    pub fn discard(&mut self, range: &Range<usize>) {
        self.0.retain(|(wrong, _)| wrong.start < range.start || wrong.end > range.end);
    }

    /// Adds the replacements of another list.
    pub fn append(&mut self, mut other: TextFixes) {
        if !other.0.is_empty() {
            self.0.append(&mut other.0);
        }
    }

    /// `source[range]` with the replacements applied; those outside the range remain.
    pub fn apply<'a>(&mut self, source: &'a str, range: Range<usize>) -> PatchedText<'a> {
        self.0.sort_by_key(|(wrong, _)| wrong.start);
        let inside = self.0.iter().filter(|(wrong, _)| wrong.start >= range.start && wrong.end <= range.end);
        PatchedText::new(source, range.clone(), inside.map(|(wrong, right)| (wrong.clone(), &**right)))
    }

    /// The replacements as edits of the author's text, in order.
    pub fn edits(mut self, file: FileId) -> Vec<Edit> {
        self.0.sort_by_key(|(range, _)| range.start);
        self.0
            .into_iter()
            .map(|(range, text)| Edit { span: Span::new(file, range.start, range.end), text: text.into_owned() })
            .collect()
    }
}

/// The single diagnostic for all slips of a file: at the first one, with the corrected line and all corrections.
/// `edits` in order of position.
pub fn slips_diagnostic(text: &str, edits: Vec<Edit>) -> Option<Diagnostic> {
    let first = edits.first()?.span;
    let start = text[..first.start.index()].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[first.end.index()..].find(['\n', '\r']).map_or(text.len(), |at| first.end.index() + at);
    let mut line = String::with_capacity(end - start);
    let mut done = start;
    for edit in edits.iter().take_while(|edit| edit.span.end.index() <= end) {
        line.push_str(&text[done..edit.span.start.index()]);
        line.push_str(&edit.text);
        done = edit.span.end.index();
    }
    line.push_str(&text[done..end]);
    let mut diagnostics = Diagnostic::new(Code::KeyboardSlip, first)
        .with("count", edits.len())
        .help(Message::new("help.write-line").with("line", line.trim_end()));
    // The correction looks the same as the slip.
    if text[first.range()].contains('\t') {
        diagnostics = diagnostics.help(Message::new("help.no-tab"));
    }
    if edits.len() > 1 {
        diagnostics = diagnostics.variant("many");
    }
    diagnostics.help.push(Message::new("help.fix"));
    diagnostics.fix = edits;
    Some(diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_reported_once() {
        let text = "日期：2026-11-20\n成果：C\n";
        let mut mends = TextFixes::default();
        for (at, wrong) in text.match_indices('：') {
            mends.replace(at..at + wrong.len(), ": ");
        }
        let diagnostics = slips_diagnostic(text, mends.edits(FileId(0))).expect("two slips");
        assert_eq!(diagnostics.message, Message::new("diag.keyboard-slip.many").with("count", 2));
        assert_eq!(diagnostics.help[0], Message::new("help.write-line").with("line", "日期: 2026-11-20"));
        assert_eq!(diagnostics.fix.len(), 2);
        assert_eq!(slips_diagnostic(text, Vec::new()), None);
    }
}
