//! The blocks of a section, as far as fields are read from them.

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Tag, TagEnd};

use super::checkbox::parse_checkbox;
use super::links::LinkReader;
use super::markdown_source::{MarkdownSource, trimmed};
use super::plain_text::{TextFlow, is_inline, is_inline_end};
use crate::text::{Span, Spanned};

/// A table cell: its trimmed inline source with `\|` as `|`, and its span. A cell that was not written has the end of
/// its row as span.
pub type Cell = Spanned<String>;

/// A list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `Some(true)` for `[x]`, `Some(false)` for `[ ]`, `None` without a box.
    pub tick: Option<bool>,
    /// The source of its first paragraph without marker and box, soft breaks joined, trimmed.
    pub text: Spanned<String>,
    /// Source of what follows inside the item (further paragraphs, nested lists), if anything.
    pub more: Option<Span>,
    /// The whole item.
    pub span: Span,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph: its source, trimmed.
    Paragraph(Spanned<String>),
    /// A list, numbered or not.
    List(Vec<Item>, Span),
    /// A table.
    Table {
        /// The head cells.
        head: Vec<Cell>,
        /// Rows; each has as many cells as the head, and the last cell contains any further ones.
        rows: Vec<Vec<Cell>>,
        /// Number of cells actually written in each row.
        written: Vec<usize>,
        /// The whole table.
        span: Span,
    },
    /// A heading inside the section: its plain text, with the span of the whole heading.
    Heading(Spanned<String>),
    /// Anything else: code, quotation, rule, image, footnote, raw HTML.
    Other(Span),
}

impl Block {
    /// Its span.
    pub fn span(&self) -> Span {
        match self {
            Block::Paragraph(text) | Block::Heading(text) => text.span,
            Block::List(_, span) | Block::Table { span, .. } | Block::Other(span) => *span,
        }
    }
}

/// The top-level blocks in the range `within` of the decoded `text`, in order and without overlaps.
pub fn blocks(text: &str, within: Span) -> Vec<Block> {
    let source = MarkdownSource::of(text, &[within]);
    let mut reader = BlockReader { events: source.parser().into_offset_iter(), source: &source, begin: within.start.index() };
    let mut blocks: Vec<Block> = Vec::new();
    while let Some((event, range)) = reader.events.next() {
        let block = match event {
            Event::Start(Tag::Paragraph) => reader.paragraph(range),
            Event::Start(Tag::List(_)) => reader.list(range),
            Event::Start(Tag::Table(_)) => reader.table(range),
            Event::Start(Tag::Heading { .. }) => reader.heading(range),
            Event::Start(_) => {
                reader.skip();
                Block::Other(reader.block_span(&range))
            }
            _ => Block::Other(reader.block_span(&range)),
        };
        // The parser lets a definition list with an empty definition overlap what follows.
        if let Some(Block::Other(before)) = blocks.last_mut()
            && before.end > block.span().start
        {
            let range = before.range().start..block.span().range().start.max(before.range().start);
            *before = source.span_of(&(range.start..trimmed(text, range).end));
        }
        blocks.push(block);
    }
    blocks
}

struct BlockReader<'s> {
    events: OffsetIter<'s>,
    source: &'s MarkdownSource<'s>,
    begin: usize,
}

impl<'s> BlockReader<'s> {
    /// Span of a block without trailing blank lines, but with the indentation of its first line.
    fn block_span(&self, range: &Range<usize>) -> Span {
        let text = self.source.original();
        let range = trimmed(text, self.source.origin_range(range));
        let blanks = text[self.begin.min(range.start)..range.start].bytes().rev().take_while(|b| matches!(b, b' ' | b'\t'));
        let start = range.start - blanks.count();
        let line_starts = start == self.begin || text[..start].ends_with(['\n', '\r']);
        self.source.span_of(&(if line_starts { start } else { range.start }..range.end))
    }

    /// The source at a range, trimmed.
    fn slice(&self, range: &Range<usize>) -> Spanned<String> {
        let text = self.source.original();
        let range = trimmed(text, self.source.origin_range(range));
        Spanned::new(text[range.clone()].to_owned(), self.source.span_of(&range))
    }

    /// Skips the block that has begun.
    fn skip(&mut self) {
        let mut depth = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn paragraph(&mut self, range: Range<usize>) -> Block {
        let mut depth = 1_usize;
        let mut only_images = true;
        let mut images = 0_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(Tag::Image { .. }) => {
                    depth += 1;
                    images += 1;
                }
                Event::End(TagEnd::Image) => {
                    depth -= 1;
                    images -= 1;
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ if images == 0 => only_images = false,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        let text = self.slice(&range);
        if only_images { Block::Other(text.span) } else { Block::Paragraph(text) }
    }

    fn heading(&mut self, range: Range<usize>) -> Block {
        let mut links = LinkReader::default();
        while let Some((event, range)) = self.events.next() {
            links.on_event(&range);
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Start(ref tag @ (Tag::Link { .. } | Tag::Image { .. })) => links.start(tag, &range, 0),
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    links.end(self.source, self.events.reference_definitions());
                }
                Event::Text(said) | Event::Code(said) | Event::InlineHtml(said) => {
                    links.flow.text(&self.source.restore(&said));
                }
                Event::SoftBreak | Event::HardBreak => links.flow.soft_break(),
                _ => {}
            }
        }
        Block::Heading(Spanned::new(links.flow.take(), self.block_span(&range)))
    }

    fn list(&mut self, range: Range<usize>) -> Block {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.item(range)),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        Block::List(items, self.block_span(&range))
    }

    fn item(&mut self, range: Range<usize>) -> Item {
        let text = self.source.original();
        let whole = trimmed(text, self.source.origin_range(&range));
        let mut pieces = InlineText { text, tick: None, flow: TextFlow::default(), open: None, span: None };
        let mut more = None;
        let mut depth = 0_usize;
        // Inside the first paragraph, whether marked as one (loose list) or not.
        let mut first = true;
        for (event, range) in self.events.by_ref() {
            let at = self.source.origin_range(&range);
            match event {
                Event::End(TagEnd::Item) if depth == 0 => break,
                Event::Start(Tag::Paragraph) if first && depth == 0 && pieces.open.is_none() && pieces.span.is_none() => {}
                Event::End(TagEnd::Paragraph) if first && depth == 0 => first = false,
                Event::Start(tag) => {
                    if depth == 0 && (!first || !is_inline(&tag)) {
                        first = false;
                        more = more.or(Some(at.start));
                    } else if first {
                        pieces.on_event(at);
                    }
                    depth += 1;
                }
                Event::End(end) => {
                    depth = depth.saturating_sub(1);
                    if first && is_inline_end(end) {
                        pieces.on_event(at);
                    }
                }
                Event::TaskListMarker(ticked) if first => pieces.tick = Some(ticked),
                Event::SoftBreak | Event::HardBreak if first => pieces.close(true),
                Event::Rule if first => {
                    first = false;
                    more = more.or(Some(at.start));
                }
                Event::Text(_) if first => {
                    pieces.read_checkbox(&at, whole.end);
                    pieces.on_event(at);
                }
                _ if first => pieces.on_event(at),
                _ => more = more.or(Some(at.start)),
            }
        }
        pieces.close(false);
        let more = more.map(|start| trimmed(text, start.min(whole.end)..whole.end)).filter(|range| !range.is_empty());
        let said = pieces.flow.take();
        // A trailing blank piece is outside.
        let inside = |span: Range<usize>| span.start.min(whole.end)..span.end.min(whole.end);
        let place = pieces.span.map(inside).unwrap_or_else(|| {
            let end = more.as_ref().map_or(whole.end, |more| more.start);
            end..end
        });
        Item {
            tick: pieces.tick,
            text: Spanned::new(said, self.source.span_of(&place)),
            more: more.map(|range| self.source.span_of(&range)),
            span: self.source.span_of(&whole),
        }
    }

    fn table(&mut self, range: Range<usize>) -> Block {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        let mut written = Vec::new();
        let mut row: Vec<Range<usize>> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    row.push(self.source.origin_range(&range));
                    self.skip();
                }
                Event::End(TagEnd::TableHead) => head = self.row(&mut row, &range).0,
                Event::End(TagEnd::TableRow) => {
                    let (cells, count) = self.row(&mut row, &range);
                    rows.push(cells);
                    written.push(count);
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table { head, rows, written, span: self.block_span(&range) }
    }

    /// The cells of a row, and how many were written. Markdown drops cells beyond those of the head; their text (mostly
    /// after an unescaped bar) is kept in the last cell.
    fn row(&self, cells: &mut Vec<Range<usize>>, row: &Range<usize>) -> (Vec<Cell>, usize) {
        let text = self.source.original();
        let row = trimmed(text, self.source.origin_range(row));
        // Cells that were not written are placed after the row.
        let mut written = cells.iter().filter(|cell| cell.start < row.end).count();
        if let Some(last) = cells.last_mut().filter(|last| last.end < row.end) {
            let beyond = extra_cells(text, last.end, row.end);
            if !beyond.is_empty() {
                written += cell_separators(&text[last.start..beyond.end]);
            }
            last.end = beyond.end;
        }
        let cell = |range: Range<usize>| {
            let end = range.end.min(row.end);
            let range = trimmed(text, range.start.min(end)..end);
            let value = text[range.clone()].replace("\\|", "|");
            Spanned::new(value, self.source.span_of(&range))
        };
        (cells.drain(..).map(cell).collect(), written)
    }
}

/// Number of bars that separate cells: not those in wikilinks or after a backslash.
fn cell_separators(text: &str) -> usize {
    let mut count = 0;
    let mut linked = false;
    let mut before = ' ';
    for c in text.chars() {
        match (before, c) {
            ('[', '[') => linked = true,
            (']', ']') => linked = false,
            ('\\', '|') => {}
            (_, '|') if !linked => count += 1,
            _ => {}
        }
        before = c;
    }
    count
}

/// Text of a table row after its last cell, which ends at `from`; empty if it is only the closing bar.
pub(super) fn extra_cells(text: &str, from: usize, row_end: usize) -> Range<usize> {
    let from = from.min(row_end);
    let rest = text[from..row_end].trim_end();
    let rest = match rest.strip_suffix('|') {
        Some(inner) if !inner.ends_with('\\') => inner.trim_end(),
        _ => rest,
    };
    if rest.bytes().all(|b| matches!(b, b'|' | b' ' | b'\t')) { from..from } else { from..from + rest.len() }
}

/// Collects the text of an item from the source line by line, without the indentation.
struct InlineText<'t> {
    text: &'t str,
    tick: Option<bool>,
    flow: TextFlow,
    open: Option<Range<usize>>,
    span: Option<Range<usize>>,
}

impl InlineText<'_> {
    /// At the start of the item: parses a checkbox that Markdown does not know.
    fn read_checkbox(&mut self, at: &Range<usize>, end: usize) {
        if self.tick.is_some() || self.open.is_some() || self.span.is_some() || self.is_escaped(at.start) {
            return;
        }
        if let Some((ticked, len)) = parse_checkbox(&self.text[at.start..end.max(at.start)]) {
            self.tick = Some(ticked);
            self.open = Some(at.start + len..at.start + len);
        }
    }

    /// Whether a backslash precedes. It belongs to the character after it, but is in no event.
    fn is_escaped(&self, at: usize) -> bool {
        self.text[..at].ends_with('\\')
    }

    /// Handles an inline event.
    fn on_event(&mut self, at: Range<usize>) {
        match &mut self.open {
            Some(open) => open.end = open.end.max(at.end),
            None => {
                let start = at.start - usize::from(self.is_escaped(at.start));
                self.open = Some(start..at.end.max(start));
            }
        }
    }

    /// Handles the end of a line.
    fn close(&mut self, broken: bool) {
        if let Some(open) = self.open.take() {
            let piece = trimmed(self.text, open);
            self.flow.text(&self.text[piece.clone()]);
            let start = self.span.as_ref().filter(|span| !span.is_empty()).map_or(piece.start, |span| span.start);
            self.span = Some(start..piece.end);
        }
        if broken {
            self.flow.soft_break();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn read(text: &str) -> Vec<Block> {
        blocks(text, Span::new(FileId(1), 0, text.len()))
    }

    fn items(text: &str) -> Vec<Item> {
        match read(text).into_iter().next() {
            Some(Block::List(items, _)) => items,
            other => panic!("a list, not {other:?}"),
        }
    }

    fn said(text: &str, span: Span) -> &str {
        &text[span.range()]
    }

    #[test]
    fn list_items_with_checkboxes() {
        let text = "- [ ] 备件承诺书（对邱志远，周岚，12-1）\n- [x] 补徐海波附表2（何俊，11-13） 11-16\n- 【 】 复核\n1. 甲\n";
        let found = items(text);
        let told: Vec<_> = found.iter().map(|i| (i.tick, i.text.value.as_str(), said(text, i.text.span))).collect();
        assert_eq!(
            told,
            [
                (Some(false), "备件承诺书（对邱志远，周岚，12-1）", "备件承诺书（对邱志远，周岚，12-1）"),
                (Some(true), "补徐海波附表2（何俊，11-13） 11-16", "补徐海波附表2（何俊，11-13） 11-16"),
                (Some(false), "复核", "复核"),
            ]
        );
        assert_eq!(said(text, found[0].span), "- [ ] 备件承诺书（对邱志远，周岚，12-1）");
        assert!(found.iter().all(|item| item.more.is_none()));
    }

    #[test]
    fn list_item_continuation_blocks() {
        let text = "1. **老厂：**滤池\n   改造\n\n   另谈 [[甲]]。\n\n   - 其一\n     - 其二\n\n2. \\[x] 不是框\n";
        let found = items(text);
        assert_eq!(found[0].text.value, "**老厂：**滤池改造");
        assert_eq!(said(text, found[0].text.span), "**老厂：**滤池\n   改造");
        let more = found[0].more.expect("goes on");
        assert_eq!(said(text, more), "另谈 [[甲]]。\n\n   - 其一\n     - 其二");
        let inner = blocks(text, more);
        assert!(matches!(&inner[..], [Block::Paragraph(p), Block::List(l, _)] if p.value == "另谈 [[甲]]。" && l.len() == 1));
        assert_eq!((found[1].tick, found[1].text.value.as_str()), (None, "\\[x] 不是框"));
    }

    #[test]
    fn tight_item_separates_nested_list() {
        let text = "- 甲\n  - 乙\n  - 丙\n- \n- [ ]\n- `码`[链](a) 尾\n";
        let found = items(text);
        assert_eq!(found.len(), 4);
        assert_eq!(found[0].text.value, "甲");
        assert_eq!(said(text, found[0].more.expect("goes on")), "- 乙\n  - 丙");
        assert_eq!((found[1].text.value.as_str(), found[1].more), ("", None));
        assert_eq!((found[2].text.value.as_str(), found[2].tick), ("", Some(false)));
        assert_eq!(found[3].text.value, "`码`[链](a) 尾");
    }

    #[test]
    fn table_cells_have_exact_spans() {
        let text =
            "前\n\n| 信息 | 等级 |\n|:---|--:|\n| **扩建：**二期 \\| 三期 | 3 |\n| [[甲|乙]] |\n|  | 2 | 多 | 余 |\n\n后\n";
        let found = read(text);
        let [Block::Paragraph(before), Block::Table { head, rows, written, span }, Block::Paragraph(_)] = &found[..] else {
            panic!("paragraph, table, paragraph: {found:?}")
        };
        assert_eq!(before.value, "前");
        assert!(said(text, *span).starts_with("| 信息") && said(text, *span).ends_with("余 |"));
        assert_eq!(head.iter().map(|c| c.value.as_str()).collect::<Vec<_>>(), ["信息", "等级"]);
        let values: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(|c| c.value.as_str()).collect()).collect();
        assert_eq!(values, [vec!["**扩建：**二期 | 三期", "3"], vec!["[[甲|乙]]", ""], vec!["", "2 | 多 | 余"]]);
        assert_eq!(*written, [2, 1, 4]);
        assert_eq!(said(text, rows[0][0].span), "**扩建：**二期 \\| 三期");
        assert_eq!(said(text, rows[2][1].span), "2 | 多 | 余");
        let missing = rows[1][1].span.start.index();
        assert!(text[..missing].ends_with("|乙]] |"), "{:?}", &text[..missing]);
    }

    #[test]
    fn other_blocks_have_full_spans() {
        let text = "### 小 `标`\n\n    码\n    码\n\n> 引\n引\n\n![图](a.jpg)\n\n---\n\n甲\r\n乙  \r\n";
        let found = read(text);
        let told: Vec<_> = found.iter().map(|block| said(text, block.span())).collect();
        assert_eq!(told, ["### 小 `标`", "    码\n    码", "> 引\n引", "![图](a.jpg)", "---", "甲\r\n乙"]);
        assert!(matches!(&found[0], Block::Heading(heading) if heading.value == "小 标"));
        assert!(matches!(found[3], Block::Other(_)));
        assert!(matches!(found[5], Block::Paragraph(_)));
    }

    #[test]
    fn list_span_includes_first_line_indent() {
        let text = "  - 甲\n  - 乙\n";
        let found = read(text);
        assert_eq!(said(text, found[0].span()), "  - 甲\n  - 乙");
        assert!(matches!(&blocks(text, found[0].span())[..], [Block::List(items, _)] if items.len() == 2));
    }
}
