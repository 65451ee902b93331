//! Renders Markdown as plain text, for text fields, excerpts and search.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::cjk_text;
use super::links::{ClosedLink, LinkKind, LinkReader};
use super::markdown_source::MarkdownSource;
use super::plain_lines::{Line, LineClass};
use crate::text::{FileId, Span};

/// Joins lines that were broken by an editor.
pub fn join_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> String {
    let mut flow = TextFlow::default();
    for line in lines {
        flow.text(line.trim());
        flow.soft_break();
    }
    flow.take()
}

/// Text under construction, with spaces where line breaks need them.
#[derive(Default)]
pub(super) struct TextFlow {
    out: String,
    broken: bool,
}

impl TextFlow {
    /// Appends text.
    pub fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.broken) && !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            let (before, after) = (self.out.chars().next_back(), text.chars().next());
            if !cjk_text::joins_lines(before, after) {
                self.out.push(' ');
            }
        }
        self.out.push_str(text);
    }

    /// Appends a soft line break: a space, or nothing between Chinese characters.
    pub fn soft_break(&mut self) {
        self.broken = true;
    }

    /// Appends a hard line break.
    pub fn hard_break(&mut self) {
        self.broken = false;
        self.out.truncate(self.out.trim_end_matches([' ', '\t', '\u{3000}']).len());
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// The text appended since `from`.
    pub fn since(&self, from: usize) -> &str {
        self.out.get(from..).unwrap_or("")
    }

    /// Removes the text appended since `from`.
    pub fn truncate(&mut self, from: usize) {
        self.out.truncate(from);
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.out.clear();
        self.broken = false;
    }

    /// Returns all text, trimmed.
    pub fn take(&mut self) -> String {
        self.broken = false;
        let text = std::mem::take(&mut self.out);
        match text.trim() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        }
    }
}

/// The plain text of Markdown: without markup, wikilinks by their labels, paragraphs, items and table rows separated by
/// line breaks, soft breaks between Han characters without space.
pub fn plain(markdown: &str) -> String {
    plain_of_plain_lines(markdown).unwrap_or_else(|| plain_by_parser(markdown, false))
}

/// As [`plain`], but wikilinks without label keep their brackets, so that the caller can insert the name of their
/// target.
pub fn plain_keeping_links(markdown: &str) -> String {
    plain_of_plain_lines(markdown).unwrap_or_else(|| plain_by_parser(markdown, true))
}

/// Plain text of headings and plain lines.
fn plain_of_plain_lines(markdown: &str) -> Option<String> {
    let text = markdown.trim_end();
    let lines = super::plain_lines::parse_plain_lines(text)?;
    let mut flow = TextFlow { out: String::with_capacity(text.len() + 2), broken: false };
    let mut in_paragraph = false;
    for Line { at, sort } in lines {
        // Whether a line continues the paragraph above or begins something.
        match sort {
            LineClass::Words if in_paragraph => flow.soft_break(),
            _ => flow.hard_break(),
        }
        in_paragraph = sort == LineClass::Words;
        match sort {
            LineClass::Blank => {}
            LineClass::Words => flow.text(&text[at]),
            LineClass::Heading(level) => flow.text(&text[at][usize::from(level) + 1..]),
        }
    }
    Some(flow.take())
}

/// Plain text of any Markdown, by the parser.
fn plain_by_parser(markdown: &str, keeps_links: bool) -> String {
    let source = MarkdownSource::of(markdown, &[Span::new(FileId::default(), 0, markdown.len())]);
    let mut links = LinkReader::default();
    let mut events = source.parser().into_offset_iter();
    while let Some((event, range)) = events.next() {
        links.on_event(&range);
        match event {
            Event::Text(text) | Event::Code(text) => links.flow.text(&source.restore(&text)),
            Event::Html(text) | Event::InlineHtml(text) => links.flow.text(&source.restore(&text)),
            Event::SoftBreak => links.flow.soft_break(),
            Event::HardBreak | Event::Rule => links.flow.hard_break(),
            Event::TaskListMarker(ticked) => links.flow.text(if ticked { "☑ " } else { "☐ " }),
            Event::Start(ref tag @ (Tag::Link { .. } | Tag::Image { .. })) => links.start(tag, &range, 0),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let closed = links.end(&source, events.reference_definitions());
                if let Some(ClosedLink { link: Some(link), labelled: false, .. }) = closed
                    && keeps_links
                    && link.kind == LinkKind::Wiki
                    && !links.is_open()
                {
                    links.flow.truncate(links.flow.len() - link.label.len());
                    links.flow.text(&format!("[[{}]]", link.target));
                }
            }
            Event::End(TagEnd::TableCell) => links.flow.text(" "),
            Event::Start(tag) if !is_inline(&tag) => links.flow.hard_break(),
            Event::End(end) if !is_inline_end(end) => links.flow.hard_break(),
            _ => {}
        }
    }
    links.flow.take()
}

/// Whether a tag is inline.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

/// Whether an end tag is inline.
pub(super) fn is_inline_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell
    )
}

/// The first `most` characters of the plain text on one line, cut after a sentence or with `…`.
pub fn excerpt(plain: &str, most: usize) -> String {
    let mut line = String::with_capacity(plain.len().min(8 * most));
    for part in plain.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
        // Only as many lines as can be shown: no character takes more than four bytes.
        if line.len() > 4 * most {
            break;
        }
    }
    let Some(end) = nth_character(&line, most) else { return line };
    let head = &line[..end];
    let stops = |c: char| matches!(c, '。' | '！' | '？' | '；' | '!' | '?');
    // A sentence shorter than half of the limit is too short.
    match head.char_indices().rfind(|(_, c)| stops(*c)) {
        Some((at, stop)) if most - head[at..].chars().count() + 1 > most / 2 => head[..at + stop.len_utf8()].to_owned(),
        _ => {
            let room = head.char_indices().next_back().map_or(0, |(at, _)| at);
            let cut = head[..room].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '，' | '、' | '：' | ','));
            format!("{cut}…")
        }
    }
}

/// Byte offset of the `nth` character, from 0.
fn nth_character(text: &str, nth: usize) -> Option<usize> {
    // Continuation bytes are 0x80 to 0xBF.
    let begins = |byte: u8| byte as i8 >= -0x40;
    let mut left = nth;
    let mut at = 0;
    for block in text.as_bytes().chunks_exact(32) {
        let begun = usize::from(block.iter().map(|byte| u8::from(begins(*byte))).sum::<u8>());
        if begun > left {
            break;
        }
        left -= begun;
        at += block.len();
    }
    let mut rest = text.as_bytes()[at..].iter().enumerate().filter(|(_, byte)| begins(**byte));
    rest.nth(left).map(|(behind, _)| at + behind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_is_removed_and_labels_kept() {
        let text = "## 面谈概要\n\n和 **[[华东院/王建国|王总]]** 谈了\n改造，[报价](a.pdf)已交。\nNext\nweek\n\n- [x] 寄`样本`\n- 约~~周一~~周二\n";
        assert_eq!(plain(text), "面谈概要\n和 王总 谈了改造，报价已交。 Next week\n☑ 寄样本\n约周一周二");
    }

    #[test]
    fn unlabelled_wikilinks_keep_brackets() {
        let text = "上次（[[宁州地铁/2026-10-29]]）和**[[沈丽萍]]**、[[华东院/王建国|王总]]谈的，见![[图.png]]。";
        assert_eq!(plain_keeping_links(text), "上次（[[宁州地铁/2026-10-29]]）和[[沈丽萍]]、王总谈的，见图.png。");
        let name = |target: &str| (target == "宁州地铁/2026-10-29").then(|| "2026-10-29 拜访".to_owned());
        assert_eq!(
            crate::markdown::replace_links(&plain_keeping_links(text), name),
            "上次（2026-10-29 拜访）和沈丽萍、王总谈的，见图.png。"
        );
    }

    #[test]
    fn table_rows_become_lines() {
        assert_eq!(plain("| 信息 | 等级 |\n|---|---|\n| 扩建 | 3 |\n"), "信息 等级\n扩建 3");
    }

    #[test]
    fn literal_text_is_preserved() {
        assert_eq!(plain("<5万元，A<b>C</b>"), "<5万元，A<b>C</b>");
        assert_eq!(plain("<div>\n甲\n</div>"), "<div>\n甲\n</div>");
        assert_eq!(plain("#3机组"), "#3机组");
        assert_eq!(plain("一般文字，没有记号。 "), "一般文字，没有记号。");
        assert_eq!(plain("> 甲\\\n> 乙"), "甲\n乙");
        assert_eq!(plain("见 ![现场](a.jpg) 与 ![[b.jpg|300]]"), "见 现场 与 b.jpg");
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]
        #[test]
        fn nth_character_matches_char_indices(text in "([a-z]|\\PC|东澜水务){0,90}", nth in 0usize..120) {
            prop_assert_eq!(nth_character(&text, nth), text.char_indices().nth(nth).map(|(at, _)| at), "{:?}", text);
        }
    }

    proptest! {
        #![proptest_config(crate::testing::cases(6000))]

        #[test]
        fn plain_lines_text_matches_parser(text in crate::markdown::plain_lines::tests::sample_bodies()) {
            if let Some(bare) = plain_of_plain_lines(&text) {
                prop_assert_eq!(bare, plain_by_parser(&text, false), "{:?}", text);
            }
        }
    }

    #[test]
    fn excerpt_ends_at_sentence_or_ellipsis() {
        let text = "沈主任同意月底前定稿。\n技术方案由设计院复核，另行通知。";
        assert_eq!(excerpt(text, 100), "沈主任同意月底前定稿。 技术方案由设计院复核，另行通知。");
        assert_eq!(excerpt(text, 16), "沈主任同意月底前定稿。");
        assert_eq!(excerpt("技术方案由设计院复核，另行通知", 12), "技术方案由设计院复核…");
        assert_eq!(excerpt("甲乙丙丁", 3), "甲乙…");
        assert_eq!(excerpt("甲乙", 0), "…");
        assert_eq!(excerpt("", 9), "");
    }
}
