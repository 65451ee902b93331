//! Renders Markdown as HTML. Text of the archive is data: raw HTML is escaped, and the caller decides every link.

mod footnotes;
mod writer;

use self::writer::HtmlWriter;
use super::markdown_source::MarkdownSource;
use super::{Link, plain_lines};
use crate::text::Span;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolvedLink {
    /// A URL written as it is (already relative and percent-encoded), and the label for links without one.
    Href {
        /// The URL.
        href: String,
        /// Name of the target.
        name: Option<String>,
    },
    /// Only the label is shown, as plain text.
    Plain,
}

/// Options for rendering a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HtmlOptions {
    /// Prefix of all ids (headings, footnotes), separated by `-`; empty for a page with one record.
    pub id_prefix: String,
    /// Level of the heading above the body. Its own headings follow one by one, whatever their levels, down to 6; 0 if
    /// there is none.
    pub below: u8,
}

/// Renders the ranges `ranges` of `text` (prose that is not in fields) as one body: footnotes and link definitions are
/// shared, and heading ids are unique.
///
/// Links that must not be followed (forbidden scheme, drive letter) are plain text and are not passed to `resolve`.
pub fn html(text: &str, ranges: &[Span], options: &HtmlOptions, resolve: &dyn Fn(&Link) -> ResolvedLink) -> String {
    let source = MarkdownSource::of(text, ranges);
    let writer = || HtmlWriter::new(&source, options, resolve);
    match plain_lines::parse_plain_lines(source.parser_text()) {
        Some(lines) => writer().write_plain_lines(&lines),
        None => writer().write(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::LinkKind;
    use crate::text::FileId;

    fn resolve(link: &Link) -> ResolvedLink {
        let href = |href: &str, name: Option<&str>| ResolvedLink::Href { href: href.to_owned(), name: name.map(str::to_owned) };
        match (link.kind, link.target.as_str()) {
            (LinkKind::Wiki, "王建国") => href("../people/wang.html", Some("王建国（院长）")),
            (LinkKind::Wiki, "华东院/王建国") => href("../people/wang.html", Some("王建国")),
            (_, "图.jpg") => href("%E5%9B%BE.jpg", None),
            (_, "报价.pdf") => href("baojia.pdf", Some("报价")),
            (_, target) if target.starts_with("https:") => href(target, None),
            _ => ResolvedLink::Plain,
        }
    }

    fn render(text: &str) -> String {
        html(text, &[Span::new(FileId(0), 0, text.len())], &HtmlOptions::default(), &resolve)
    }

    #[test]
    fn resolver_determines_link_output() {
        for (text, drawn) in [
            ("见[[王建国]]。", "<p>见<a href=\"../people/wang.html\">王建国（院长）</a>。</p>\n"),
            ("见[[王建国|王**总**]]。", "<p>见<a href=\"../people/wang.html\">王<strong>总</strong></a>。</p>\n"),
            ("见[[郑国平]]。", "<p>见郑国平。</p>\n"),
            ("见[[郑国平|郑&班长]]。", "<p>见郑&amp;班长。</p>\n"),
            ("[价 *目*](报价.pdf \"终稿\")", "<p><a href=\"baojia.pdf\" title=\"终稿\">价 <em>目</em></a></p>\n"),
            ("[价](没有.pdf)", "<p>价</p>\n"),
            ("[点我](javascript:alert(1))", "<p>点我</p>\n"),
            ("<https://a.cn/?x=1&y=2>", "<p><a href=\"https://a.cn/?x=1&amp;y=2\">https://a.cn/?x=1&amp;y=2</a></p>\n"),
            ("![现场](图.jpg)", "<p><img loading=\"lazy\" alt=\"现场\" src=\"%E5%9B%BE.jpg\"></p>\n"),
            ("![[图.jpg|300]]", "<p><img loading=\"lazy\" alt=\"图.jpg\" src=\"%E5%9B%BE.jpg\"></p>\n"),
            ("![[报价.pdf]]", "<p><a href=\"baojia.pdf\">报价</a></p>\n"),
            ("![现 *场*](https://a.cn/a.jpg)", "<p>现 场</p>\n"),
            (
                "[![图](图.jpg)](报价.pdf)",
                "<p><a href=\"baojia.pdf\"><img loading=\"lazy\" alt=\"图\" src=\"%E5%9B%BE.jpg\"></a></p>\n",
            ),
        ] {
            assert_eq!(render(text), drawn, "{text}");
        }
    }

    #[test]
    fn raw_html_is_escaped() {
        assert_eq!(render("甲<script>alert(1)</script>"), "<p>甲&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
        assert_eq!(render("<div id=\"x\">\n甲\n</div>\n"), "<p>&lt;div id=&quot;x&quot;&gt;<br>\n甲<br>\n&lt;/div&gt;</p>\n");
        assert_eq!(render("<!-- 备注 -->"), "<p>&lt;!-- 备注 --&gt;</p>\n");
        assert_eq!(render("```html\n<b>\"甲\"</b>\r\n```"), "<pre><code>&lt;b&gt;&quot;甲&quot;&lt;/b&gt;\n</code></pre>\n");
    }

    #[test]
    fn chinese_lines_join_without_space() {
        assert_eq!(
            render("月底前定稿，\n由**设计院\n复核**\n通过。\nNext\nweek"),
            "<p>月底前定稿，由<strong>设计院复核</strong>通过。\nNext\nweek</p>\n"
        );
        assert_eq!(
            render("甲\n**乙**\n[[王建国]]\\\n丙"),
            "<p>甲<strong>乙</strong><a href=\"../people/wang.html\">王建国（院长）</a><br>\n丙</p>\n"
        );
    }

    #[test]
    fn checkboxes_render_as_symbols() {
        assert_eq!(
            render("- [ ] 甲\n- [x] 乙\n- 【x】丙\n- 【重要】丁\n"),
            "<ul>\n<li class=\"task\"><span class=\"box\">☐</span> 甲</li>\n<li class=\"task done\"><span class=\"box\">☑</span> 乙</li>\n\
             <li class=\"task done\"><span class=\"box\">☑</span> 丙</li>\n<li>【重要】丁</li>\n</ul>\n"
        );
        assert_eq!(
            render("3. [] 甲\n\n   乙\n"),
            "<ol start=\"3\">\n<li class=\"task\"><p><span class=\"box\">☐</span>  甲</p>\n<p>乙</p>\n</li>\n</ol>\n"
        );
    }

    #[test]
    fn tables_scroll_and_keep_extra_cells() {
        assert_eq!(
            render("| 费用 | 金额 |\n|---|--:|\n| 餐费 | 320 | 厂里3人 |\n| [[华东院/王建国|王总]] |\n"),
            "<div class=\"scroll\">\n<table>\n<thead>\n<tr><th>费用</th><th class=\"right\">金额</th></tr>\n</thead>\n<tbody>\n\
             <tr><td>餐费</td><td class=\"right\">320 | 厂里3人</td></tr>\n\
             <tr><td><a href=\"../people/wang.html\">王总</a></td><td class=\"right\"></td></tr>\n</tbody>\n</table>\n</div>\n"
        );
    }

    #[test]
    fn ids_include_prefix() {
        let text = "## 结果\n\n甲[^a]乙[^a]\n\n###### 结果\n\n[^a]: 见附件。\n[^b]: 没人提到。\n";
        let options = HtmlOptions { id_prefix: "2026-11-20".into(), below: 2 };
        assert_eq!(
            html(text, &[Span::new(FileId(0), 0, text.len())], &options, &resolve),
            "<h3 id=\"2026-11-20-结果\">结果</h3>\n\
             <p>甲<sup class=\"note\"><a id=\"2026-11-20-call:1\" href=\"#2026-11-20-note:1\">1</a></sup>\
             乙<sup class=\"note\"><a id=\"2026-11-20-call:1:2\" href=\"#2026-11-20-note:1\">1</a></sup></p>\n\
             <h4 id=\"2026-11-20-结果-2\">结果</h4>\n\
             <section class=\"notes\">\n<ol>\n<li id=\"2026-11-20-note:1\" value=\"1\">\n<p>见附件。</p>\n\
             <a class=\"back\" href=\"#2026-11-20-call:1\">↩</a>\n<a class=\"back\" href=\"#2026-11-20-call:1:2\">↩</a>\n</li>\n\
             <li id=\"2026-11-20-note:2\" value=\"2\">\n<p>没人提到。</p>\n</li>\n</ol>\n</section>\n"
        );
    }

    proptest! {
        #![proptest_config(crate::testing::cases(6000))]

        #[test]
        fn plain_lines_html_matches_parser(text in plain_lines::tests::sample_bodies(), below in 0u8..6) {
            let source = MarkdownSource::of(&text, &[Span::new(FileId(0), 0, text.len())]);
            let options = HtmlOptions { id_prefix: "甲".to_owned(), below };
            let writer = || HtmlWriter::new(&source, &options, &resolve);
            if let Some(lines) = plain_lines::parse_plain_lines(source.parser_text()) {
                prop_assert_eq!(writer().write_plain_lines(&lines), writer().write(), "{:?}", text);
            }
        }
    }

    #[test]
    fn heading_levels_have_no_gaps() {
        for (below, text, levels) in [
            (1, "## 甲\n### 乙\n## 丙", "232"),
            (2, "# 甲\n## 乙\n### 丙\n# 丁", "3453"),
            (2, "#### 甲\n## 乙\n###### 丙\n#### 丁\n## 戊", "33443"),
            (2, "甲\n===\n> ## 乙\n\n- ### 丙", "345"),
            (3, "# 甲\n## 乙\n### 丙\n#### 丁\n### 戊", "45666"),
            (0, "# 甲\n### 乙", "12"),
        ] {
            let options = HtmlOptions { id_prefix: String::new(), below };
            let drawn = html(text, &[Span::new(FileId(0), 0, text.len())], &options, &resolve);
            let found: String = drawn.match_indices("<h").filter_map(|(at, _)| drawn[at + 2..].chars().next()).collect();
            assert_eq!(found, levels, "{text:?} below {below}: {drawn}");
        }
    }

    #[test]
    fn spans_share_references_but_not_lists() {
        let text = "- 甲[^1]\n\n## 承诺\n\n- 乙\n\n## 备注\n- [丙][x]\n\n[x]: 报价.pdf\n[^1]: 注\n";
        let at = |word: &str| text.find(word).expect("is there");
        let span = |from: usize, to: usize| Span::new(FileId(0), from, to);
        let spans = [span(0, at("## 承诺")), span(at("- [丙"), text.len())];
        let drawn = html(text, &spans, &HtmlOptions::default(), &resolve);
        assert!(
            drawn.starts_with(
                "<ul>\n<li>甲<sup class=\"note\"><a id=\"call:1\" href=\"#note:1\">1</a></sup></li>\n</ul>\n\
             <ul>\n<li><a href=\"baojia.pdf\">丙</a></li>\n</ul>\n<section"
            ),
            "{drawn}"
        );
        assert!(!drawn.contains('乙'));
    }

    #[test]
    fn alerts_and_definition_lists_render() {
        assert_eq!(render("> [!WARNING]\n> 保密\n"), "<blockquote class=\"alert warning\">\n<p>保密</p>\n</blockquote>\n");
        assert_eq!(render("质保金\n: 合同额的 5%\n"), "<dl>\n<dt>质保金</dt>\n<dd>合同额的 5%</dd>\n</dl>\n");
    }

    /// Examples of the CommonMark specification, 0.31.2, by number.
    #[test]
    fn commonmark_spec_examples() {
        for (number, text, drawn) in [
            (1, "\tfoo\tbaz\t\tbim\n", "<pre><code>foo\tbaz\t\tbim\n</code></pre>\n"),
            (42, "- `one\n- two`\n", "<ul>\n<li>`one</li>\n<li>two`</li>\n</ul>\n"),
            (60, "* Foo\n* * *\n* Bar\n", "<ul>\n<li>Foo</li>\n</ul>\n<hr>\n<ul>\n<li>Bar</li>\n</ul>\n"),
            (92, "> Foo\n---\n", "<blockquote>\n<p>Foo</p>\n</blockquote>\n<hr>\n"),
            (128, "> ```\n> aaa\n\nbbb\n", "<blockquote>\n<pre><code>aaa\n</code></pre>\n</blockquote>\n<p>bbb</p>\n"),
            (
                254,
                "1.  A paragraph\n    with two lines.\n\n        indented code\n\n    > A block quote.\n",
                "<ol>\n<li><p>A paragraph\nwith two lines.</p>\n<pre><code>indented code\n</code></pre>\n<blockquote>\n<p>A block quote.</p>\n</blockquote>\n</li>\n</ol>\n",
            ),
            (
                308,
                "- foo\n- bar\n\n<!-- -->\n\n- baz\n- bim\n",
                "<ul>\n<li>foo</li>\n<li>bar</li>\n</ul>\n<p>&lt;!-- --&gt;</p>\n<ul>\n<li>baz</li>\n<li>bim</li>\n</ul>\n",
            ),
            (328, "`foo`\n", "<p><code>foo</code></p>\n"),
            (378, "**foo bar**\n", "<p><strong>foo bar</strong></p>\n"),
            (411, "*foo**bar**baz*\n", "<p><em>foo<strong>bar</strong>baz</em></p>\n"),
            (633, "foo  \nbaz\n", "<p>foo<br>\nbaz</p>\n"),
            (650, "hello $.;'there\n", "<p>hello $.;'there</p>\n"),
        ] {
            assert_eq!(render(text), drawn, "example {number}");
        }
    }
}
