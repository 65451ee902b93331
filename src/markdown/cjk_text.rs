//! Emphasis beside Chinese punctuation. To be removed when pulldown-cmark ships its CJK option (its PR 1059; not in
//! 0.13.6).
//!
//! In CommonMark the neighbours of a run of `*` decide whether it opens or closes emphasis. `**重点：**正文` stays literal
//! because the second run is between punctuation and a letter, which Chinese writes without a space. A marker character
//! that is neither punctuation nor white space, inserted between punctuation and run, lets the run do both; the
//! specification's proposal for Chinese, Japanese and Korean has the same effect.

use std::ops::Range;

use super::markdown_source::{EditKind, SourceEdit};

/// Finds the positions in `range` that need a marker.
pub(super) fn find_emphasis_fixes(text: &str, range: &Range<usize>, touches: &mut Vec<SourceEdit>) {
    let bytes = &text.as_bytes()[..range.end];
    let mut from = range.start;
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[from..]) {
        let start = from + found;
        let sign = bytes[start];
        let end = bytes[start..].iter().position(|b| *b != sign).map_or(range.end, |len| start + len);
        from = end;
        // Three tildes are a code fence.
        if sign == b'~' && end - start > 2 {
            continue;
        }
        let before = text[range.start..start].chars().next_back();
        let after = text[end..range.end].chars().next();
        if let (Some(before), Some(after)) = (before, after) {
            // A backslash escapes the first character of the run.
            if before == '\\' || !(is_cjk(before) || is_cjk(after)) {
                continue;
            }
            if is_punctuation(before) && after.is_alphanumeric() {
                touches.push(SourceEdit { at: start, what: EditKind::Join });
            } else if before.is_alphanumeric() && is_punctuation(after) {
                touches.push(SourceEdit { at: end, what: EditKind::Join });
            }
        }
    }
}

/// Punctuation and symbols; including a few characters too many (combining marks) does no harm.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}

/// Whether a character belongs to Chinese, Japanese or Korean writing, full-width punctuation included.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF
        | 0x2E80..=0x9FFF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFFEF
        | 0x1B000..=0x1B2FF
        | 0x20000..=0x3FFFF)
}

/// Whether a line break beside this character is not a space: Chinese characters and punctuation.
fn joins_without_space(c: char) -> bool {
    is_cjk(c) && !matches!(u32::from(c), 0x1100..=0x11FF | 0xA960..=0xA97F | 0xAC00..=0xD7FF)
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Whether a line break between these two characters stands for nothing: Chinese has no spaces between words.
pub(super) fn joins_lines(before: Option<char>, after: Option<char>) -> bool {
    matches!((before, after), (Some(before), Some(after)) if joins_without_space(before) && joins_without_space(after))
}

#[cfg(test)]
mod tests {
    use crate::markdown::{HtmlOptions, ResolvedLink, html};
    use crate::text::{FileId, Span};

    fn inline(text: &str) -> String {
        let html = html(text, &[Span::new(FileId(0), 0, text.len())], &HtmlOptions::default(), &|_| ResolvedLink::Plain);
        html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
    }

    #[test]
    fn emphasis_next_to_cjk_punctuation() {
        for (markdown, html) in [
            ("**重点：**正文", "<strong>重点：</strong>正文"),
            ("正文**“少人值守”**方案", "正文<strong>“少人值守”</strong>方案"),
            ("**（含税）**2300万元", "<strong>（含税）</strong>2300万元"),
            ("总价**2,300万元(含税)**的合同", "总价<strong>2,300万元(含税)</strong>的合同"),
            ("甲：*乙*。丙：*丁*。", "甲：<em>乙</em>。丙：<em>丁</em>。"),
            (
                "**该星号不会被识别，而是直接显示。**这是因为它没有被识别。",
                "<strong>该星号不会被识别，而是直接显示。</strong>这是因为它没有被识别。",
            ),
            ("~~已取消。~~改期", "<del>已取消。</del>改期"),
            ("**重点：**API", "<strong>重点：</strong>API"),
            ("***甲，***乙", "<em><strong>甲，</strong></em>乙"),
        ] {
            assert_eq!(inline(markdown), html, "{markdown}");
        }
    }

    #[test]
    fn non_emphasis_is_unchanged() {
        for (markdown, html) in
            [("价格：\\**重点", "价格：**重点"), ("`说明：**重点`", "<code>说明：**重点</code>"), ("a.*b", "a.*b")]
        {
            assert_eq!(inline(markdown), html, "{markdown}");
        }
    }
}
