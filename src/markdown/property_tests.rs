//! Property tests for arbitrary texts: no panic, exact spans, no HTML element from the text.

use std::collections::BTreeSet;

use proptest::prelude::*;
use scraper::{Html, Node};

use super::*;
use crate::text::{FileId, Span};

/// Fragments that are special in Markdown, HTML or our dialect.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "重点", "：", "。", "“", "”", "（含税）", "甲", "b", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\u{3000}",
            "*", "**", "~~", "_", "`", "```\n", "~~~\n", "# ", "## ", "===\n", "---\n", "- ", "1. ", "> ", "[ ] ", "[x]", "【x】",
            "[[", "]]", "|", "\\|", "｜", "![[", "[", "](", ")", "<", ">", "<https://a.b>", "javascript:", "[^1]", "[^1]: ", "\n[1]: ",
            "| 甲 | 乙 |\n|---|---|\n", "|\n", "\\", "&amp;", "&#xFDD0;", "\u{FDD0}", "\u{FDD1}", "<script>", "</script>", "<!--",
            "-->", "<b onclick=\"x\">", "\"", "'", "!", "图.jpg", "%E5", "\n: ", "> [!NOTE]\n", "\u{202E}", "\0", "#", "\r",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

fn whole(text: &str) -> Span {
    Span::new(FileId(1), 0, text.len())
}

fn assert_inside(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
}

fn assert_sections(text: &str, sections: &[Section], within: Span) {
    let mut from = within.start;
    for section in sections {
        for span in [section.heading.text.span, section.whole, section.content] {
            assert_inside(text, span);
        }
        assert!(from <= section.whole.start && section.whole.end <= within.end, "{text:?}");
        assert!(section.whole.start <= section.content.start && section.content.end == section.whole.end, "{text:?}");
        from = section.whole.end;
        assert_sections(text, &section.inner, section.content);
    }
}

const ELEMENTS: [&str; 36] = [
    "html",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "code",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "em",
    "strong",
    "del",
    "a",
    "img",
    "br",
    "hr",
    "sup",
    "section",
    "span",
    "head",
    "body",
];

fn assert_harmless(text: &str, html: &str) {
    let parsed = Html::parse_fragment(html);
    let mut ids = BTreeSet::new();
    for node in parsed.tree.values() {
        match node {
            Node::Element(element) => {
                assert!(ELEMENTS.contains(&element.name()), "<{}> of {text:?}", element.name());
                for (name, value) in element.attrs() {
                    match (element.name(), name) {
                        (_, "class" | "id" | "title") | ("img", "alt" | "loading") | ("ol", "start") | ("li", "value") => {}
                        ("a", "href") => assert!(value.starts_with('#') || value == "ziel.html", "{value} of {text:?}"),
                        ("img", "src") => assert_eq!(value, "ziel.html"),
                        _ => panic!("{name} of <{}> of {text:?}", element.name()),
                    }
                    assert!(name != "id" || ids.insert(value.to_owned()), "twice id {value} of {text:?}");
                }
            }
            Node::Text(_) | Node::Fragment | Node::Document => {}
            other => panic!("{other:?} of {text:?}"),
        }
    }
}

proptest! {
    #![proptest_config(crate::testing::cases(300))]

    #[test]
    fn spans_slice_the_text(text in pieces()) {
        let outline = outline(&text, whole(&text));
        assert_inside(&text, outline.lead);
        assert_sections(&text, &outline.sections, whole(&text));
        for link in &outline.links {
            assert_inside(&text, link.span);
        }
        for diagnostics in &outline.diagnostics {
            assert_inside(&text, diagnostics.span);
        }
        for link in inline_links(&text, whole(&text)) {
            assert_eq!(&text[link.span.range()], link.target);
        }
    }

    #[test]
    fn block_spans_are_ordered(text in pieces()) {
        let mut from = 0;
        for block in blocks(&text, whole(&text)) {
            let span = block.span();
            assert_inside(&text, span);
            prop_assert!(from <= span.start.index(), "{:?} of {:?}", block, text);
            from = span.end.index();
            match &block {
                Block::Paragraph(said) => prop_assert_eq!(&text[said.span.range()], &said.value),
                Block::List(items, _) => {
                    let mut from = span.start;
                    for item in items {
                        prop_assert!(from <= item.span.start && item.span.end <= span.end, "{:?} of {:?}", item, text);
                        prop_assert!(item.span.start <= item.text.span.start && item.text.span.end <= item.span.end, "{:?} of {:?}", item, text);
                        assert_inside(&text, item.text.span);
                        if let Some(more) = item.more {
                            prop_assert!(item.text.span.end <= more.start && more.end <= item.span.end, "{:?} of {:?}", item, text);
                            blocks(&text, more);
                        }
                        from = item.span.end;
                    }
                }
                Block::Table { head, rows, .. } => {
                    for cell in head.iter().chain(rows.iter().flatten()) {
                        prop_assert_eq!(text[cell.span.range()].replace("\\|", "|"), cell.value.as_str());
                    }
                    prop_assert!(rows.iter().all(|row| row.len() == head.len()));
                }
                Block::Heading(_) | Block::Other(_) => {}
            }
        }
    }

    #[test]
    fn html_contains_only_allowed_elements(text in pieces(), more in pieces()) {
        let all = format!("{text}\n{more}");
        let spans = [Span::new(FileId(1), 0, text.len()), Span::new(FileId(1), text.len() + 1, all.len())];
        let options = HtmlOptions { id_prefix: "2026-11-05".into(), below: 2 };
        for resolved in [ResolvedLink::Plain, ResolvedLink::Href { href: "ziel.html".into(), name: Some("<名>".into()) }] {
            assert_harmless(&all, &html(&all, &spans, &options, &|_| resolved.clone()));
        }
        let evil = ResolvedLink::Href { href: "javascript:alert(1)".into(), name: None };
        assert_harmless(&all, &html(&all, &spans, &options, &|_| evil.clone()));
    }

    #[test]
    fn plain_text_never_panics(text in pieces(), most in 0usize..50) {
        plain_keeping_links(&text);
        let plain = plain(&text);
        prop_assert!(excerpt(&plain, most).chars().count() <= most.max(1));
    }
}

#[test]
fn pathological_input_takes_linear_time() {
    for bad in [
        "**甲：**乙",
        "*甲，",
        "[[",
        "]]",
        "[[甲|",
        "![",
        "![[",
        "![甲](",
        "](a)",
        "[甲](",
        "> ",
        ">",
        "- ",
        "1. ",
        "[^1]: ",
        "[^1]",
        "`",
        "``` ",
        "<",
        "<!--",
        "&",
        "\\",
        "| ",
        "|-",
        "|\n|-\n",
        "~~",
        "_甲 ",
        "[x] ",
        "- [ ]\n",
        "-\n\n",
        "  - 甲\n",
        "\n: 甲",
        "# 甲\n",
        "甲\n",
        "[甲]: 乙\n",
        "| 甲 | 乙 |\n|---|---|\n| 丙 |\n\n",
        "<a ",
        "![甲](乙)",
        "[![甲](乙)](丙)",
        "\r",
        "【",
        "［x］",
    ] {
        let text = bad.repeat(60_000 / bad.len());
        let span = whole(&text);
        // Each would take minutes if it were quadratic.
        outline(&text, span);
        blocks(&text, span);
        html(&text, &[span], &HtmlOptions::default(), &|_| ResolvedLink::Plain);
        plain(&text);
        plain_keeping_links(&text);
        inline_links(&text, span);
    }
}

#[test]
fn nested_image_alt_takes_linear_time() {
    let text = format!("{}甲{}", "![".repeat(30_000), "](乙)".repeat(30_000));
    outline(&text, whole(&text));
    html(&text, &[whole(&text)], &HtmlOptions::default(), &|_| ResolvedLink::Plain);
}
