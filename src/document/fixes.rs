//! The pure part of `kedang fix`: applies the certain corrections to a text and lists the changed lines.

use crate::diag::{Diagnostic, Edit};
use crate::text::{Decoded, Encoding};

/// A line before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// Line number before, from 1.
    pub line: usize,
    /// Text before; several lines if a correction spans them.
    pub old: Vec<String>,
    /// Text after.
    pub new: Vec<String>,
}

/// The corrected file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedText {
    /// The whole text, to be written as UTF-8 without byte order mark. Line ends are kept.
    pub text: String,
    /// Changed lines, in order.
    pub changes: Vec<LineChange>,
    /// The former encoding, if it is not UTF-8.
    pub from: Option<Encoding>,
}

/// Applies the certain corrections of `diagnostics` to their text. `None` if nothing would change, or if some bytes
/// could not be decoded: writing the file would lose them.
pub fn apply_fixes(decoded: &Decoded, diagnostics: &[Diagnostic]) -> Option<FixedText> {
    if !decoded.faults.is_empty() {
        return None;
    }
    let mut edits: Vec<&Edit> =
        diagnostics.iter().flat_map(|diagnostics| &diagnostics.fix).filter(|edit| is_applicable(&decoded.text, edit)).collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (text, applied) = apply(&decoded.text, &edits);
    let from = (decoded.encoding != Encoding::Utf8).then_some(decoded.encoding);
    let changes = changed_lines(&decoded.text, &applied);
    (text != decoded.text || from.is_some()).then_some(FixedText { text, changes, from })
}

/// Whether an edit is on character boundaries of the text and changes it.
fn is_applicable(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.range()).is_some_and(|old| old != edit.text)
}

/// Applies edits in order of position, without duplicates. Of two that overlap the first is applied; the other remains
/// for the next run.
fn apply<'a>(text: &str, edits: &[&'a Edit]) -> (String, Vec<&'a Edit>) {
    let (mut out, mut at, mut applied) = (String::with_capacity(text.len() + 16), 0, Vec::with_capacity(edits.len()));
    for edit in edits {
        let range = edit.span.range();
        let here = applied.iter().rev().take_while(|done: &&&Edit| done.span == edit.span);
        if range.start < at || here.into_iter().any(|done| done == edit) {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&edit.text);
        at = range.end;
        applied.push(*edit);
    }
    out.push_str(&text[at..]);
    (out, applied)
}

/// The lines around each run of edits, before and after. Edits are in order and do not overlap.
fn changed_lines(text: &str, edits: &[&Edit]) -> Vec<LineChange> {
    let mut changes = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut rest = edits;
    while let Some((first, _)) = rest.split_first() {
        let start = line_start(text, first.span.range().start);
        let mut end = line_end(text, first.span.range().end);
        let mut count = 1;
        while let Some(next) = rest.get(count).filter(|next| next.span.range().start <= end) {
            end = end.max(line_end(text, next.span.range().end));
            count += 1;
        }
        let mut new = String::new();
        let mut at = start;
        for edit in &rest[..count] {
            new.push_str(&text[at..edit.span.range().start]);
            new.push_str(&edit.text);
            at = edit.span.range().end;
        }
        new.push_str(&text[at..end]);
        line += count_line_ends(&text[counted..start]);
        counted = start;
        let lines = |text: &str| text.lines().map(|line| line.trim_end_matches('\r').to_owned()).collect();
        changes.push(LineChange { line, old: lines(&text[start..end]), new: lines(&new) });
        rest = &rest[count..];
    }
    changes
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

fn count_line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::text::{BytePos, DecodeFault, FileId, Span};

    fn decoded(text: &str) -> Decoded {
        Decoded { text: text.to_owned(), encoding: Encoding::Utf8, faults: Vec::new() }
    }

    fn diagnostics(text: &str, edits: &[(&str, &str)]) -> Vec<Diagnostic> {
        let edit = |(old, new): &(&str, &str)| {
            let at = text.find(old).expect("occurs in the text");
            let span = Span::new(FileId(0), at, at + old.len());
            Diagnostic::new(Code::KeyboardSlip, span).fix(span, *new)
        };
        edits.iter().map(edit).collect()
    }

    #[test]
    fn line_ends_are_kept() {
        let text = "———\r\n成果：C\r\n项目: 二期\r\n对象：沈丽萍，邱志远\r\n---\r\n";
        let diagnostics = diagnostics(text, &[("对象：", "对象: "), ("———", "---"), ("成果：", "成果: "), ("，", "、")]);
        let mended = apply_fixes(&decoded(text), &diagnostics).expect("something changes");
        assert_eq!(mended.text, "---\r\n成果: C\r\n项目: 二期\r\n对象: 沈丽萍、邱志远\r\n---\r\n");
        let lines: Vec<usize> = mended.changes.iter().map(|change| change.line).collect();
        assert_eq!(lines, [1, 2, 4]);
        assert_eq!(mended.changes[2].old, ["对象：沈丽萍，邱志远"]);
        assert_eq!(mended.changes[2].new, ["对象: 沈丽萍、邱志远"]);
    }

    #[test]
    fn undecodable_file_is_not_fixed() {
        let text = "成果：C〔0xFF〕\n";
        let fault = DecodeFault::Byte { at: BytePos(0), offset: 0, byte: 0xFF };
        let broken = Decoded { faults: vec![fault], ..decoded(text) };
        assert_eq!(apply_fixes(&broken, &diagnostics(text, &[("：", ": ")])), None);
    }

    #[test]
    fn reencoding_is_a_separate_change() {
        let text = "成果: C\n";
        assert_eq!(apply_fixes(&decoded(text), &[]), None);
        let mended = apply_fixes(&Decoded { encoding: Encoding::Gb18030, ..decoded(text) }, &[]).expect("to UTF-8");
        assert_eq!((mended.text.as_str(), mended.changes.len(), mended.from), (text, 0, Some(Encoding::Gb18030)));
    }

    #[test]
    fn first_of_overlapping_fixes_wins() {
        let text = "甲乙丙\n";
        let span = |from, to| Span::new(FileId(0), from, to);
        let both = Diagnostic::new(Code::KeyboardSlip, span(0, 6)).fix(span(0, 6), "子").fix(span(3, 9), "丑");
        assert_eq!(apply_fixes(&decoded(text), &[both]).expect("changes").text, "子丙\n");
    }

    #[test]
    fn duplicate_fixes_are_applied_once() {
        let text = "日期：甲\n";
        let span = |from, to| Span::new(FileId(0), from, to);
        let fence = Diagnostic::new(Code::KeyboardSlip, span(0, 0)).fix(span(0, 0), "---\n");
        let head = Diagnostic::new(Code::KeyboardSlip, span(0, 0)).fix(span(0, 0), "类型: 页面\n");
        let diagnostics = [fence.clone(), head, fence];
        assert_eq!(apply_fixes(&decoded(text), &diagnostics).expect("changes").text, "---\n类型: 页面\n日期：甲\n");
    }
}
