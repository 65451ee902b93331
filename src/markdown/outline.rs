//! Headings, sections and links of a body.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Link;
use super::heading_ids::IdGenerator;
use super::links::LinkReader;
use super::markdown_source::{MarkdownSource, trimmed};
use super::plain_lines::{Line, LineClass};
use super::plain_text::is_inline;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::{BytePos, Span, Spanned};

/// Maximum nesting depth of blocks; lines nested deeper are shown as text.
pub const MAX_DEPTH: usize = 64;

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1–6.
    pub level: u8,
    /// Its plain text.
    pub text: Spanned<String>,
    /// Its id within the record: Han characters, letters and digits, `-` between; unique in the body (`-2` …).
    pub id: String,
}

/// A heading with everything below it up to the next heading of the same or a higher level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// Heading and content.
    pub whole: Span,
    /// The content without the heading.
    pub content: Span,
    /// Sections inside it, one level down.
    pub inner: Vec<Section>,
}

/// The structure of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Text before the first heading; an empty span if there is none.
    pub lead: Span,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// All links and images that may be followed, in order of their ends.
    pub links: Vec<Link>,
    /// Diagnostics (nested too deep, forbidden link scheme).
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses the body at `within` of the decoded `text`.
pub fn outline(text: &str, within: Span) -> Outline {
    outline_of_plain_lines(text, within).unwrap_or_else(|| outline_by_parser(text, within))
}

/// Outline of a body of headings and plain lines only.
fn outline_of_plain_lines(text: &str, within: Span) -> Option<Outline> {
    let source = MarkdownSource::without_edits(text, within);
    // A range that begins within a line may have that line's indentation on its other lines.
    let before = text.as_bytes()[..source.origin(0)].last();
    let lines = before
        .is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
        .then(|| super::plain_lines::parse_plain_lines(source.parser_text()))??;
    let mut ids = IdGenerator::default();
    let mut flat = Vec::new();
    for Line { at, sort } in lines {
        if let LineClass::Heading(level) = sort {
            let said = source.parser_text()[at.clone()][usize::from(level)..].trim().to_owned();
            let id = ids.unique_id(&said);
            let heading = Heading { level, text: Spanned::new(said, heading_text(&source, &at)), id };
            flat.push((heading, whole_lines(&source, &at)));
        }
    }
    Some(with_sections(Outline { lead: within, ..Outline::default() }, flat, &source))
}

/// Outline of any body, by the parser.
fn outline_by_parser(text: &str, within: Span) -> Outline {
    let source = MarkdownSource::of(text, &[within]);
    let mut outline = Outline { lead: within, ..Outline::default() };
    for span in &source.too_deep {
        let diagnostics = Diagnostic::new(Code::ProseTooDeep, *span).with("most", MAX_DEPTH);
        outline.diagnostics.push(diagnostics.help(Message::new("help.too-deep")));
    }
    let mut links = LinkReader::default();
    let mut ids = IdGenerator::default();
    let mut flat = Vec::new();
    let mut depth = 0_usize;
    // Span of the text of the open top-level heading.
    let mut heading: Option<Span> = None;
    let mut events = source.parser().into_offset_iter();
    while let Some((event, range)) = events.next() {
        links.on_event(&range);
        let collecting = heading.is_some() || links.is_open();
        match event {
            Event::Start(Tag::Heading { .. }) if depth == 0 => {
                depth += 1;
                links.flow.clear();
                heading = Some(heading_text(&source, &range));
            }
            Event::End(TagEnd::Heading(level)) if depth == 1 && heading.is_some() => {
                depth -= 1;
                if let Some(span) = heading.take() {
                    let said = links.flow.take();
                    let id = ids.unique_id(&said);
                    let heading = Heading { level: level_number(level), text: Spanned::new(said, span), id };
                    flat.push((heading, whole_lines(&source, &range)));
                }
            }
            Event::Start(ref tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                if !collecting {
                    links.flow.clear();
                }
                links.start(tag, &range, 0);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(closed) = links.end(&source, events.reference_definitions()) {
                    match closed.forbidden {
                        Some(diagnostics) => outline.diagnostics.push(diagnostics),
                        None => outline.links.extend(closed.link),
                    }
                }
            }
            Event::Start(tag) if !is_inline(&tag) => depth += 1,
            Event::End(end) if !super::plain_text::is_inline_end(end) => depth = depth.saturating_sub(1),
            Event::Text(said) | Event::Code(said) | Event::InlineHtml(said) if collecting => {
                links.flow.text(&source.restore(&said));
            }
            Event::SoftBreak | Event::HardBreak if collecting => links.flow.soft_break(),
            _ => {}
        }
    }
    with_sections(outline, flat, &source)
}

/// Builds the sections of a body from its headings.
fn with_sections(mut outline: Outline, flat: Vec<(Heading, Span)>, source: &MarkdownSource<'_>) -> Outline {
    let text = source.original();
    let end = source.span_of(&(0..outline.lead.end.index().min(text.len()))).end;
    if let Some((_, whole)) = flat.first() {
        outline.lead.end = whole.start;
    }
    if text[outline.lead.range().start.min(text.len())..outline.lead.range().end.min(text.len())].trim().is_empty() {
        outline.lead = outline.lead.at_start();
    }
    outline.sections = nest(flat, end);
    outline
}

/// 1–6.
pub(super) fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Span of a heading's text without its markers.
pub(super) fn heading_text(source: &MarkdownSource<'_>, range: &std::ops::Range<usize>) -> Span {
    let text = source.original();
    let range = trimmed(text, source.origin_range(range));
    let slice = &text[range.clone()];
    let inner = if slice.starts_with('#') {
        let start = slice.bytes().take_while(|b| *b == b'#').count();
        let rest = slice[start..].trim_end_matches('#');
        // Closing markers must be separated from the text.
        let end = if rest.is_empty() || rest.ends_with([' ', '\t']) { start + rest.len() } else { slice.len() };
        range.start + start..range.start + end
    } else {
        let underline = slice.rfind(['\n', '\r']).unwrap_or(slice.len());
        range.start..range.start + underline
    };
    source.span_of(&trimmed(text, inner))
}

/// Span of a heading including its whole lines.
fn whole_lines(source: &MarkdownSource<'_>, range: &std::ops::Range<usize>) -> Span {
    let text = source.original();
    let range = source.origin_range(range);
    let indent = text[..range.start].bytes().rev().take_while(|b| *b == b' ').count();
    let content = trimmed(text, range.clone());
    let line_end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[content.end..]).map_or(text.len(), |at| content.end + at);
    let end = match &text.as_bytes()[line_end..] {
        [b'\r', b'\n', ..] => line_end + 2,
        [_, ..] => line_end + 1,
        [] => line_end,
    };
    source.span_of(&(range.start - indent..end.max(range.end)))
}

/// Nests a list of headings by level.
fn nest(flat: Vec<(Heading, Span)>, end: BytePos) -> Vec<Section> {
    let mut top = Vec::new();
    let mut open: Vec<Section> = Vec::new();
    let close = |open: &mut Vec<Section>, top: &mut Vec<Section>, at: BytePos| {
        if let Some(mut section) = open.pop() {
            section.whole.end = at.max(section.whole.end);
            section.content.end = section.whole.end;
            open.last_mut().map_or(top, |outer| &mut outer.inner).push(section);
        }
    };
    for (heading, lines) in flat {
        while open.last().is_some_and(|section| section.heading.level >= heading.level) {
            close(&mut open, &mut top, lines.start);
        }
        let content = Span { start: lines.end, ..lines };
        open.push(Section { heading, whole: lines, content, inner: Vec::new() });
    }
    while !open.is_empty() {
        close(&mut open, &mut top, end);
    }
    top
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::LinkKind;
    use crate::text::FileId;

    fn read(text: &str) -> Outline {
        outline(text, Span::new(FileId(1), 0, text.len()))
    }

    fn said(text: &str, span: Span) -> &str {
        &text[span.range()]
    }

    #[test]
    fn sections_have_exact_spans() {
        let text = "开头。\n\n## 面谈概要\n和沈主任谈了。\n\n### 细节\n甲\n\n## 承诺 ##\n- [ ] 备件承诺书\n";
        let outline = read(text);
        assert_eq!(said(text, outline.lead), "开头。\n\n");
        let [talk, promises] = &outline.sections[..] else { panic!("two sections") };
        assert_eq!((talk.heading.level, talk.heading.text.value.as_str()), (2, "面谈概要"));
        assert_eq!(said(text, talk.heading.text.span), "面谈概要");
        assert_eq!(said(text, talk.content), "和沈主任谈了。\n\n### 细节\n甲\n\n");
        assert_eq!(talk.inner.len(), 1);
        assert_eq!(said(text, talk.inner[0].whole), "### 细节\n甲\n\n");
        assert_eq!(said(text, promises.heading.text.span), "承诺");
        assert_eq!(said(text, promises.content), "- [ ] 备件承诺书\n");
    }

    #[test]
    fn spans_exact_after_bold_and_front_matter() {
        let text = "---\r\na: b\r\n---\r\n**重点：**见[[甲]]\r\n\r\n结果\r\n====\r\n**“好”**的\r\n# 二 `码`\r\n";
        let start = text.find("**").expect("is there");
        let outline = outline(text, Span::new(FileId(1), start, text.len()));
        assert_eq!(said(text, outline.links[0].span), "甲");
        assert_eq!(said(text, outline.lead), "**重点：**见[[甲]]\r\n\r\n");
        assert_eq!(said(text, outline.sections[0].whole), "结果\r\n====\r\n**“好”**的\r\n");
        assert_eq!(said(text, outline.sections[0].heading.text.span), "结果");
        assert_eq!(said(text, outline.sections[0].content), "**“好”**的\r\n");
        assert_eq!(outline.sections[1].heading.text.value, "二 码");
        assert_eq!(said(text, outline.sections[1].content), "");
    }

    #[test]
    fn first_heading_may_have_any_level() {
        let outline = read("### 甲\n## 乙\n#### 丙\n### 丁\n# 戊\n");
        let names = |sections: &[Section]| sections.iter().map(|s| s.heading.text.value.clone()).collect::<Vec<_>>();
        assert_eq!(names(&outline.sections), ["甲", "乙", "戊"]);
        assert_eq!(names(&outline.sections[1].inner), ["丙", "丁"]);
        assert_eq!(outline.lead, Span::new(FileId(1), 0, 0));
    }

    #[test]
    fn nested_headings_start_no_section() {
        assert!(read("> # 引文\n\n- # 条目\n\n```\n# 码\n```\n").sections.is_empty());
    }

    #[test]
    fn heading_text_uses_link_label() {
        let outline = read("## 与 [[华东院/王建国|王总]] **会谈** {#x}\n## \n");
        assert_eq!(outline.sections[0].heading.text.value, "与 王总 会谈 {#x}");
        assert_eq!(outline.sections[1].heading.text.value, "");
    }

    #[test]
    fn links_have_exact_spans() {
        let text = "见[[华东院/王建国|王总]]、[报价 (终)](<附件/报价 单.pdf> \"标题\")、![图](a%20b.jpg)、\
                    [引用][1]、<https://example.com>、`[[不是]]`、[甲[[乙]]](丙(丁).md)、![[图.jpg|300]]、<zhou@example.com>\n\n\
                    [1]: 附件/方案.pdf\n";
        let outline = read(text);
        let links: Vec<_> =
            outline.links.iter().map(|l| (l.kind, l.target.as_str(), l.label.as_str(), said(text, l.span))).collect();
        assert_eq!(
            links,
            [
                (LinkKind::Wiki, "华东院/王建国", "王总", "华东院/王建国"),
                (LinkKind::Link, "附件/报价 单.pdf", "报价 (终)", "附件/报价 单.pdf"),
                (LinkKind::Image, "a b.jpg", "图", "a%20b.jpg"),
                (LinkKind::Link, "附件/方案.pdf", "引用", "附件/方案.pdf"),
                (LinkKind::Link, "https://example.com", "https://example.com", "https://example.com"),
                (LinkKind::Wiki, "乙", "乙", "乙"),
                (LinkKind::WikiEmbed, "图.jpg", "图.jpg", "图.jpg"),
                (LinkKind::Link, "mailto:zhou@example.com", "zhou@example.com", "zhou@example.com"),
            ]
        );
    }

    #[test]
    fn labelled_wikilinks_in_tables() {
        let text = "| 人 | 单位 |\n|---|---|\n| [[华东院/王建国|王总]] | [[a\\|b]] |\n";
        let outline = read(text);
        let links: Vec<_> = outline.links.iter().map(|l| (l.target.as_str(), l.label.as_str(), said(text, l.span))).collect();
        assert_eq!(links, [("华东院/王建国", "王总", "华东院/王建国"), ("a", "b", "a")]);
    }

    #[test]
    fn forbidden_links_are_reported() {
        let text = "[甲](javascript:alert(1)) [乙](D:\\报价.xlsx) ![丙](https://example.com/a.png) [丁](tel:021)";
        let outline = read(text);
        assert_eq!(outline.links.len(), 1);
        let diagnostics: Vec<_> = outline.diagnostics.iter().map(|n| (n.message.key.as_str(), said(text, n.span))).collect();
        assert_eq!(
            diagnostics,
            [
                ("diag.forbidden-link", "javascript:alert(1)"),
                ("diag.forbidden-link.local", "D:\\报价.xlsx"),
                ("diag.forbidden-link.image", "https://example.com/a.png"),
            ]
        );
    }

    proptest! {
        #![proptest_config(crate::testing::cases(6000))]

        #[test]
        fn plain_lines_outline_matches_parser(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "沈主任同意", "，", "。", "b", " ", "\n", "\n\n", "# 一", "## 概要", "## 概要 ", "\n### 会后 3\n", "\n###### 六\n", "12", "=", "!",
                "]", "#", "\u{3000}", "\u{A0}", "\u{85}", "\u{FEFF}", "\u{FDD0}", "\u{2028}", "-", "1. ", "\r\n", "**", "[[甲]]", "> ",
            ]), 0..24),
            before in prop::sample::select(vec!["", "---\n日期: 1\n---\n", "---\r\n", "- ", "甲"]),
        ) {
            let text = format!("{before}{}", pieces.concat());
            let within = Span::new(FileId(1), before.len(), text.len());
            if let Some(bare) = outline_of_plain_lines(&text, within) {
                prop_assert_eq!(bare, outline_by_parser(&text, within), "{:?}", text);
            }
        }
    }

    #[test]
    fn too_deep_quote_is_reported_as_text() {
        let text = format!("甲\n\n{}\n\n## 乙\n", ">".repeat(70));
        let outline = read(&text);
        assert_eq!(outline.diagnostics[0].code, Code::ProseTooDeep);
        assert_eq!(said(&text, outline.diagnostics[0].span), ">".repeat(70));
        assert_eq!(outline.sections.len(), 1);
    }
}
