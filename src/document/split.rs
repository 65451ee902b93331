//! Splits a file into front matter and body.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Edit};
use crate::i18n::Message;
use crate::text::{FileId, Lines, Span};
use crate::yaml::looks_like_entry;

/// The two parts of a file as ranges of its text.
#[derive(Debug, Default)]
pub(super) struct FrontMatterSplit {
    /// Text between the fences; `None` if there is no front matter.
    pub front: Option<Range<usize>>,
    /// Everything after it.
    pub body: Range<usize>,
    /// Fences typed with a slip.
    pub slips: Vec<Edit>,
    /// Reports a missing fence: then the extent of the front matter is uncertain.
    pub diagnostics: Option<Diagnostic>,
}

/// Splits a text. `known`: whether the file's kind has a field of that name.
pub(super) fn split(text: &str, file: FileId, known: &dyn Fn(&str) -> bool) -> FrontMatterSplit {
    let whole_body = || FrontMatterSplit { body: 0..text.len(), ..FrontMatterSplit::default() };
    let Some(first) = lines(text, 0).find(|line| !is_blank(&text[line.own.clone()])) else { return whole_body() };
    let mut slips = Vec::new();
    let start = match parse_fence(&text[first.own.clone()]) {
        Some(exact) if exact || looks_like_front_matter(text, first.next) => {
            if !exact {
                slips.push(fence_fix(file, &first));
            }
            first.next
        }
        _ => return missing_open_fence(text, file, first, known).unwrap_or_else(whole_body),
    };
    match find_front_matter_end(text, start) {
        FrontMatterEnd::Fence(line, exact) => {
            if !exact {
                slips.push(fence_fix(file, &line));
            }
            FrontMatterSplit { front: Some(start..line.own.start), body: line.next..text.len(), slips, diagnostics: None }
        }
        FrontMatterEnd::Open(end) if end == start || looks_like_front_matter(text, start) => {
            let span = Span::new(file, first.own.start, first.own.end);
            // Number of the last line that was read as front matter.
            let last = Lines::new(text).line_column(text[..end].trim_end().len().into()).line;
            let diagnostics =
                Diagnostic::new(Code::UnclosedFrontMatter, span).with("line", last).help(Message::new("help.fences"));
            FrontMatterSplit { front: Some(start..end), body: end..text.len(), slips, diagnostics: Some(diagnostics) }
        }
        // A horizontal rule at the top of a text without fields.
        FrontMatterEnd::Open(_) => whole_body(),
    }
}

/// Front matter without opening fence: the file begins with a field of its kind.
fn missing_open_fence(text: &str, file: FileId, first: Line, known: &dyn Fn(&str) -> bool) -> Option<FrontMatterSplit> {
    let line = &text[first.own.clone()];
    let key = line.split([':', '：']).next().map(str::trim).filter(|_| looks_like_entry(line))?;
    if !known(key) {
        return None;
    }
    let at = Span::new(file, first.own.start, first.own.end);
    let diagnostics = Diagnostic::new(Code::NoFrontMatter, at).variant("unopened").help(Message::new("help.fences"));
    let (front, body, diagnostics, slips) = match find_front_matter_end(text, first.own.start) {
        FrontMatterEnd::Fence(line, exact) => {
            let diagnostics = diagnostics.fix(at.at_start(), "---\n");
            let slips = if exact { Vec::new() } else { vec![fence_fix(file, &line)] };
            (first.own.start..line.own.start, line.next..text.len(), diagnostics, slips)
        }
        FrontMatterEnd::Open(end) => (first.own.start..end, end..text.len(), diagnostics, Vec::new()),
    };
    Some(FrontMatterSplit { front: Some(front), body, slips, diagnostics: Some(diagnostics) })
}

/// Where front matter that begins at `start` ends.
enum FrontMatterEnd {
    /// At this fence, which is exactly `---` or not.
    Fence(Line, bool),
    /// Without a fence, here.
    Open(usize),
}

fn find_front_matter_end(text: &str, start: usize) -> FrontMatterEnd {
    // Start of the first line that follows a blank line and cannot be front matter.
    let mut open = None;
    let mut blank = false;
    for line in lines(text, start) {
        let own = &text[line.own.clone()];
        if is_blank(own) {
            blank = true;
            continue;
        }
        // A heading: the fence was forgotten, and the next rule belongs to the body.
        let is_heading =
            matches!(own.as_bytes(), [b'#', b'#', ..]) && own.trim_start_matches('#').starts_with([' ', '\t', '\u{3000}']);
        if is_heading {
            return FrontMatterEnd::Open(open.unwrap_or(line.own.start));
        }
        if let Some(exact) = parse_fence(own) {
            return FrontMatterEnd::Fence(line, exact);
        }
        // Checked only after a blank line: between consecutive fields it makes no difference.
        let goes_on = || own.starts_with([' ', '\t', '\u{3000}', '-', '#']) || looks_like_entry(own);
        if blank && open.is_none() && !goes_on() {
            open = Some(line.own.start);
        }
        blank = false;
    }
    FrontMatterEnd::Open(open.unwrap_or(text.len()))
}

/// Whether fields or the closing fence follow at `start`.
fn looks_like_front_matter(text: &str, start: usize) -> bool {
    lines(text, start).map(|line| text[line.own].trim_start()).find(|line| !is_blank(line)).is_some_and(|line| {
        (line.starts_with('#') && !line.starts_with("##")) || parse_fence(line).is_some() || looks_like_entry(line)
    })
}

/// Whether a line is a fence: `Some(true)` if it is exactly `---`.
fn parse_fence(line: &str) -> Option<bool> {
    // Other dashes begin with these bytes.
    let may_be = matches!(line.as_bytes(), [b'-' | 0xE2 | 0xEF, ..]);
    if !may_be || !line.starts_with(['-', '—', '－', '–', '─', '−', '―']) {
        return None;
    }
    let bare = line.trim_end();
    if bare == "---" {
        return Some(true);
    }
    let dashes = bare.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '─' | '−' | '―'));
    (dashes && bare.chars().nth(1).is_some()).then_some(false)
}

/// The edit that corrects a fence.
fn fence_fix(file: FileId, line: &Line) -> Edit {
    Edit { span: Span::new(file, line.own.start, line.own.end), text: "---".to_owned() }
}

fn is_blank(line: &str) -> bool {
    match line.as_bytes().first() {
        None => true,
        Some(first) if first.is_ascii_graphic() || *first > 0xE3 => false,
        Some(_) => line.trim_start().is_empty(),
    }
}

/// A line without its end, and the start of the next one.
struct Line {
    own: Range<usize>,
    next: usize,
}

fn lines(text: &str, start: usize) -> impl Iterator<Item = Line> {
    let bytes = text.as_bytes();
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        let line = Line {
            own: at..end,
            next: (end + if matches!(bytes[end..], [b'\r', b'\n', ..]) { 2 } else { 1 }).min(bytes.len()),
        };
        at = line.next;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Front matter, body, and the diagnostic.
    fn parts(text: &str) -> (Option<&str>, &str, String) {
        let split = split(text, FileId(0), &|key| ["日期", "成果"].contains(&key));
        let diagnostics = split
            .diagnostics
            .map_or(String::new(), |diagnostics| diagnostics.message.key.trim_start_matches("diag.").to_owned());
        (split.front.map(|front| &text[front]), &text[split.body], diagnostics)
    }

    #[test]
    fn fences_split_a_file() {
        for text in ["---\n成果: C\n---\n正文\n", "\n---  \r\n成果: C\n---\r\n正文\n", "---\r成果: C\n---\r正文\n"]
        {
            assert_eq!(parts(text), (Some("成果: C\n"), "正文\n", String::new()), "{text:?}");
        }
        assert_eq!(parts("---\n---"), (Some(""), "", String::new()));
        assert_eq!(parts("---\n成果: C\n---"), (Some("成果: C\n"), "", String::new()));
        assert_eq!(parts("# 制度\n\n---\n\n正文"), (None, "# 制度\n\n---\n\n正文", String::new()));
        assert_eq!(parts(""), (None, "", String::new()));
    }

    #[test]
    fn fullwidth_fences_are_accepted() {
        for dash in ["———", "——", "－－－", "—--", "--", "-----", "──"] {
            let text = format!("{dash}\n成果：C\n{dash}\n正文\n");
            assert_eq!(parts(&text), (Some("成果：C\n"), "正文\n", String::new()), "{dash}");
            let slips = split(&text, FileId(0), &|_| false).slips;
            assert_eq!(slips.iter().map(|edit| &*edit.text).collect::<Vec<_>>(), ["---", "---"]);
            assert_eq!(&text[slips[1].span.range()], dash);
        }
        // Dashes of speech and a rule above a text are not fences.
        assert_eq!(parts("——沈主任\n正文").0, None);
        assert_eq!(parts("———\n下午两点到厂\n").0, None);
    }

    #[test]
    fn missing_fence_is_tolerated() {
        let unclosed = "unclosed-front-matter";
        for (text, front, body, diagnostics) in [
            ("---\n成果: C\n\n## 概要\n下午\n\n---\n尾\n", "成果: C\n\n", "## 概要\n下午\n\n---\n尾\n", unclosed),
            ("---\n成果: C\n\n下午两点到厂\n", "成果: C\n\n", "下午两点到厂\n", unclosed),
            ("---\n成果: C\n\n日期: 11-20\n", "成果: C\n\n日期: 11-20\n", "", unclosed),
            ("---\n成果: C\n费用:\n\n  - 餐费\n\n下午\n", "成果: C\n费用:\n\n  - 餐费\n\n", "下午\n", unclosed),
            ("成果: C\n日期: 11-20\n---\n正文\n", "成果: C\n日期: 11-20\n", "正文\n", "no-front-matter.unopened"),
            ("成果：C\n\n正文\n", "成果：C\n\n", "正文\n", "no-front-matter.unopened"),
        ] {
            assert_eq!(parts(text), (Some(front), body, diagnostics.to_owned()), "{text}");
        }
        let diagnostics =
            split("---\n日期: 11-20\n成果: C\n\n正文", FileId(0), &|_| false).diagnostics.expect("a fence is missing");
        assert_eq!(diagnostics.message.args, [("line".to_owned(), "3".to_owned())]);
        assert_eq!(parts("说明: 这是正文\n").0, None);
    }
}
