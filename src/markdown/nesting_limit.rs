//! Finds lines nested deeper than [`MAX_DEPTH`], which are read as text, so that the parser never recurses deeper and
//! its cost is linear.
//!
//! The scan overestimates: it computes how deep a line *could* be from its own markers and the depth of the line above.
//! No real text reaches sixty-four levels; a row of `>` used as a separator does, and so does an attack.

use std::ops::Range;

use super::MAX_DEPTH;

/// Start of a line up to its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LinePrefix {
    /// Number of markers of quotations, lists, footnotes and definitions.
    markers: usize,
    /// Columns of white space; two can continue one list item of the line above.
    columns: usize,
    /// Length in bytes.
    len: usize,
    /// Whether the line is blank.
    blank: bool,
}

/// The prefixes of all lines in `range` that are nested too deep, as ranges of `text`.
pub(super) fn too_deep_prefixes(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let mut found = Vec::new();
    let mut start = range.start;
    let mut open = 0;
    let mut after_blank = true;
    while start < range.end {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(range.end, |len| start + len);
        let lead = line_prefix(&bytes[start..end]);
        if lead.blank {
            after_blank = true;
        } else {
            let level = (open + lead.markers).min(lead.markers + lead.columns / 2);
            if lead.markers > 0 && level > MAX_DEPTH {
                found.push(start..start + lead.len);
            } else if after_blank {
                open = level;
            } else {
                // Without a blank line in between, the line may lazily continue a paragraph at any depth.
                open = open.max(level);
            }
            after_blank = false;
        }
        start = end + 1;
        if bytes.get(end) == Some(&b'\r') && bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
    }
    found
}

fn line_prefix(line: &[u8]) -> LinePrefix {
    let mut lead = LinePrefix::default();
    // Avoids searching for a rule again at each of its characters.
    let mut no_rule_before = 0;
    let ends_marker = |at: usize| matches!(line.get(at), None | Some(b' ' | b'\t'));
    let mut at = 0;
    loop {
        match line.get(at) {
            None => {
                lead.blank = lead.markers == 0;
                break;
            }
            Some(b' ') => lead.columns += 1,
            Some(b'\t') => lead.columns += 4,
            Some(b'>') => lead.markers += 1,
            Some(sign @ (b'-' | b'*' | b'+')) if ends_marker(at + 1) => {
                if at >= no_rule_before && *sign != b'+' {
                    match line[at..].iter().position(|b| b != sign && *b != b' ' && *b != b'\t') {
                        None if memchr::memchr_iter(*sign, &line[at..]).nth(2).is_some() => break,
                        None => no_rule_before = line.len(),
                        Some(len) => no_rule_before = at + len,
                    }
                }
                lead.markers += 1;
            }
            Some(b':') if ends_marker(at + 1) => lead.markers += 1,
            Some(b'0'..=b'9') => {
                let digits = line[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
                if !matches!(line.get(at + digits), Some(b'.' | b')')) || !ends_marker(at + digits + 1) {
                    break;
                }
                lead.markers += 1;
                at += digits;
            }
            Some(b'[') if line[at..].starts_with(b"[^") => match memchr::memmem::find(&line[at..], b"]:") {
                Some(len) => {
                    lead.markers += 1;
                    at += len + 1;
                }
                None => break,
            },
            Some(_) => break,
        }
        at += 1;
    }
    lead.len = at;
    lead
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Tag, TagEnd};

    use crate::markdown::markdown_source::MarkdownSource;
    use crate::text::{FileId, Span};

    fn found(text: &str) -> usize {
        too_deep_prefixes(text, &(0..text.len())).len()
    }

    /// Nesting depth at which the parser arrives.
    fn depth(text: &str) -> usize {
        let source = MarkdownSource::of(text, &[Span::new(FileId(0), 0, text.len())]);
        let (mut depth, mut most) = (0_usize, 0);
        for event in source.parser() {
            match event {
                Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition) => {
                    depth += 1;
                    most = most.max(depth);
                }
                Event::End(
                    TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition,
                ) => depth -= 1,
                _ => {}
            }
        }
        most
    }

    #[test]
    fn nesting_beyond_64_levels_is_text() {
        let quoted = |levels: usize| format!("{} 甲", ">".repeat(levels));
        assert_eq!((found(&quoted(64)), depth(&quoted(64))), (0, 64));
        assert_eq!((found(&quoted(65)), depth(&quoted(65))), (1, 0));
        let listed = |levels: usize| format!("{}甲", "- ".repeat(levels));
        assert_eq!((found(&listed(64)), depth(&listed(64))), (0, 64));
        assert_eq!((found(&listed(65)), depth(&listed(65))), (1, 0));
    }

    #[test]
    fn indentation_counts_as_nesting() {
        let stairs: String = (0..80).map(|level| format!("{}- 甲\n", "  ".repeat(level))).collect();
        assert_eq!(found(&stairs), 16);
        assert_eq!(depth(&stairs), 64);
    }

    #[test]
    fn thematic_breaks_and_indented_code_not_nested() {
        assert_eq!(found(&"- ".repeat(90)), 0);
        assert_eq!(found(&"* ".repeat(90)), 0);
        assert_eq!(found(&format!("正文\n\n{}- 甲", " ".repeat(300))), 0);
        assert_eq!(found(&format!("{}甲", " ".repeat(300))), 0);
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]
        #[test]
        fn nesting_never_exceeds_limit(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    ">", "> ", "- ", "  ", "    ", "\t", "* ", "1. ", "2) ", "+ ", ": ", "[^1]: ", "甲", "\n", "\n\n", "-", "-\n", "-\n\n",
                ]),
                0..900,
            ),
            repeat in 1usize..90,
        ) {
            let mut text = parts.concat();
            prop_assert!(depth(&text) <= MAX_DEPTH);
            text = parts.iter().take(8).copied().collect::<String>().repeat(repeat) + &text;
            prop_assert!(depth(&text) <= MAX_DEPTH);
        }
    }

    #[test]
    fn nesting_scan_is_linear() {
        for bad in ["- ", "> ", "[^", "1. ", "- *", "  - a\n", "-\n", ">-\n\n"] {
            let text = bad.repeat(1_000_000 / bad.len());
            // Quadratic work would take hours.
            too_deep_prefixes(&text, &(0..text.len()));
        }
    }
}
