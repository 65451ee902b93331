//! Finds keyboard slips in the lines below a key.

use std::ops::Range;

use super::entry_head::is_plausible;
use super::flow;
use super::is_blank;
use super::text_fixes::TextFixes;

/// Why lines could not be fixed.
pub(super) enum BlockError {
    /// Some lines are indented with spaces and others with tabs or wide spaces. Indentation of the first of the latter.
    MixedIndent(Range<usize>),
}

/// One line below a key.
struct Line {
    /// Its indentation.
    indent: Range<usize>,
    /// Column of its content, counting a tab or wide space as two.
    column: usize,
    /// Its content after the dashes.
    content: Range<usize>,
    /// Whether it starts a list item.
    item: bool,
    /// Whether it is inside a block scalar (`|` or `>`).
    verbatim: bool,
    /// Position of a pair's colon if that is full-width or lacks its space.
    slip: Option<Range<usize>>,
    /// Whether it is a pair, with or without a slip.
    pair: bool,
}

/// Finds the slips in `lines`, the lines below a key. `head`: the text beside the key.
pub(super) fn find_slips(source: &str, head: &str, lines: &[Range<usize>], mends: &mut TextFixes) -> Result<(), BlockError> {
    let mut parsed: Vec<Line> = Vec::with_capacity(lines.len());
    // Deeper lines belong to a block scalar.
    let mut text_below = is_block_header(head).then_some(0);
    for range in lines {
        let mut line = parse_line(source, range.clone(), mends);
        if let Some(column) = text_below {
            line.verbatim = line.column > column || (column == 0 && line.column > 0);
        }
        if !line.verbatim {
            let shown = &source[line.content.clone()];
            let tail = shown.rsplit([' ', ':', '：']).next().unwrap_or("");
            text_below = (is_block_header(tail) && (line.pair || line.item)).then_some(line.indent_column());
        }
        parsed.push(line);
    }
    fix_indentation(source, &parsed, mends)?;
    for (at, line) in parsed.iter().enumerate().filter(|(_, line)| !line.verbatim) {
        let neighbour =
            |other: Option<&Line>, joined: bool| other.is_some_and(|other| joined && other.column == line.column && other.pair);
        let next = parsed.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| parsed.get(at));
        if let Some(slip) = &line.slip
            && (neighbour(before, !line.item) || neighbour(next, next.is_some_and(|next| !next.item)))
        {
            let after = &source[slip.end..line.content.end];
            let blanks = after.len() - after.trim_start_matches('\u{3000}').len();
            let bare = after[blanks..].is_empty() || after[blanks..].starts_with(' ');
            mends.replace(slip.start..slip.end + blanks, if bare { ":" } else { ": " });
        }
        let value = super::trimmed(source, line.value(source));
        if source[value.clone()].starts_with(flow::is_opening_bracket) && flow::wikilink_len(&source[value.clone()]).is_none() {
            let found = flow::scan_flow(source, value.clone());
            if found.end == Some(value.end) {
                mends.append(found.mends);
            }
        }
    }
    Ok(())
}

/// Whether a value is only the header of a block scalar: `|`, `>-`, `|2`.
pub(super) fn is_block_header(head: &str) -> bool {
    let mut chars = head.chars();
    matches!(chars.next(), Some('|' | '>')) && head.len() <= 3 && chars.all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

fn parse_line(source: &str, range: Range<usize>, mends: &mut TextFixes) -> Line {
    let text = &source[range.clone()];
    let content = text.trim_start_matches(is_blank);
    let mut at = range.end - content.len();
    let indent = range.start..at;
    let mut column: usize = source[indent.clone()].chars().map(|c| if c == ' ' { 1 } else { 2 }).sum();
    let mut item = false;
    loop {
        let rest = &source[at..range.end];
        let Some(dash) = rest.chars().next().filter(|c| matches!(c, '-' | '－')) else { break };
        let after = &rest[dash.len_utf8()..];
        if !(after.is_empty() || after.starts_with([' ', '\t', '\u{3000}'])) {
            break;
        }
        let blanks = after.len() - after.trim_start_matches([' ', '\t', '\u{3000}']).len();
        if dash != '-' || after[..blanks].contains('\u{3000}') {
            mends.replace(at..at + dash.len_utf8() + blanks, if blanks == after.len() { "-" } else { "- " });
        }
        at += dash.len_utf8() + blanks;
        column += 2;
        item = true;
    }
    let content = at..range.end;
    let (pair, slip) = parse_pair(&source[content.clone()]);
    let slip = slip.map(|slip| content.start + slip.start..content.start + slip.end);
    Line { indent, column, content, item, verbatim: false, slip, pair }
}

/// Whether a line is a pair, and its colon if that has a slip.
fn parse_pair(text: &str) -> (bool, Option<Range<usize>>) {
    if text.starts_with(['"', '\'', '[', '{', '【', '#']) {
        return (text.contains(": "), None);
    }
    for (at, colon) in text.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
        let rest = &text[at + colon.len_utf8()..];
        if colon == ':' && (rest.is_empty() || rest.starts_with([' ', '\t'])) {
            return (true, None);
        }
        let key = text[..at].trim_end();
        if !key.is_empty() && is_plausible(key) && !key.bytes().all(|byte| byte.is_ascii_digit()) && !rest.starts_with("//") {
            return (true, Some(at..at + colon.len_utf8()));
        }
    }
    (false, None)
}

/// Replaces tabs and wide spaces by two spaces each, if all indented lines use them.
fn fix_indentation(source: &str, lines: &[Line], mends: &mut TextFixes) -> Result<(), BlockError> {
    let odd = |line: &Line| source[line.indent.clone()].contains(|c: char| c != ' ');
    let Some(first) = lines.iter().find(|line| !line.verbatim && odd(line)) else {
        // Wide spaces in a block scalar are text, unless its lines are indented by nothing else.
        for line in lines.iter().filter(|line| line.verbatim && odd(line) && !source[line.indent.clone()].starts_with(' ')) {
            replace_with_spaces(source, &line.indent, mends);
        }
        return Ok(());
    };
    let plain = |line: &&Line| !line.verbatim && !line.indent.is_empty() && !odd(line);
    if lines.iter().find(plain).is_some() {
        return Err(BlockError::MixedIndent(first.indent.clone()));
    }
    for line in lines.iter().filter(|line| odd(line)) {
        replace_with_spaces(source, &line.indent, mends);
    }
    Ok(())
}

fn replace_with_spaces(source: &str, indent: &Range<usize>, mends: &mut TextFixes) {
    let width: usize = source[indent.clone()].chars().map(|c| if c == ' ' { 1 } else { 2 }).sum();
    mends.replace(indent.clone(), " ".repeat(width));
}

impl Line {
    fn indent_column(&self) -> usize {
        if self.item { self.column.saturating_sub(2) } else { self.column }
    }

    /// The text after the pair's colon, or the whole content.
    fn value(&self, source: &str) -> Range<usize> {
        let text = &source[self.content.clone()];
        let at = match &self.slip {
            Some(slip) => slip.end,
            None if self.pair => self.content.start + text.find(": ").map_or(text.len(), |at| at + 1),
            None => self.content.start,
        };
        at..self.content.end
    }
}
