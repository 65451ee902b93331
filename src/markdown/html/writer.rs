//! Renders parser events as HTML. Everything is escaped; the only elements and attributes are those written here.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, OffsetIter, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::{HtmlOptions, ResolvedLink};
use crate::markdown::Link;
use crate::markdown::blocks::extra_cells;
use crate::markdown::checkbox::parse_checkbox;
use crate::markdown::cjk_text;
use crate::markdown::heading_ids::IdGenerator;
use crate::markdown::link_target::{self, TargetClass};
use crate::markdown::links::{ClosedLink, LinkReader};
use crate::markdown::markdown_source::{MarkdownSource, trimmed};
use crate::markdown::outline::level_number;
use crate::markdown::plain_lines::{Line, LineClass};
use crate::text::escape;

/// Maximum nesting of emphasis; browsers have limits too.
const MAX_INLINE: usize = 32;

/// Renders one body.
pub(super) struct HtmlWriter<'a> {
    source: &'a MarkdownSource<'a>,
    prefix: String,
    below: u8,
    /// Original levels of the headings above the current text.
    above: Vec<u8>,
    resolve: &'a dyn Fn(&Link) -> ResolvedLink,
    out: String,
    links: LinkReader,
    titles: Vec<String>,
    ids: IdGenerator,
    notes: Footnotes,
    /// Suspended output and label of each open footnote.
    outer: Vec<(String, String)>,
    /// Start of the open heading in `out`.
    heading: Option<usize>,
    aligns: Vec<Alignment>,
    column: usize,
    cell_end: usize,
    in_head: bool,
    code: bool,
    raw: bool,
    inline: usize,
    /// Start of an item's tag in `out`, until its first content.
    fresh_item: Option<usize>,
    /// End of the author's text already rendered as a checkbox.
    boxed_to: usize,
}

impl<'a> HtmlWriter<'a> {
    pub fn new(source: &'a MarkdownSource<'a>, options: &HtmlOptions, resolve: &'a dyn Fn(&Link) -> ResolvedLink) -> Self {
        let mut prefix = String::new();
        if !options.id_prefix.is_empty() {
            escape(&mut prefix, &options.id_prefix);
            prefix.push('-');
        }
        HtmlWriter {
            source,
            prefix,
            below: options.below,
            above: Vec::new(),
            resolve,
            out: String::with_capacity(source.parser_text().len() * 3 / 2 + 64),
            links: LinkReader::default(),
            titles: Vec::new(),
            ids: IdGenerator::default(),
            notes: Footnotes::default(),
            outer: Vec::new(),
            heading: None,
            aligns: Vec::new(),
            column: 0,
            cell_end: 0,
            in_head: false,
            code: false,
            raw: false,
            inline: 0,
            fresh_item: None,
            boxed_to: 0,
        }
    }

    /// Renders the whole body.
    pub fn write(mut self) -> String {
        let source = self.source;
        let mut events = source.parser().into_offset_iter();
        let mut next = events.next();
        while let Some((event, range)) = next {
            next = events.next();
            self.links.on_event(&range);
            match event {
                Event::Start(tag) => self.start(tag, &range),
                Event::End(end) => self.end(end, &range, &events),
                Event::Text(text) => self.text(&source.restore(&text), &range),
                Event::Code(text) => self.inline_code(&source.restore(&text)),
                Event::Html(html) if source.is_separator(&html) => {}
                Event::Html(html) | Event::InlineHtml(html) => self.text(&source.restore(&html), &range),
                Event::FootnoteReference(label) => self.footnote_reference(&source.restore(&label)),
                Event::SoftBreak => self.soft_break(&range, next.as_ref().map(|(_, range)| range.start)),
                Event::HardBreak => self.hard_break(),
                Event::Rule => self.out.push_str("<hr>\n"),
                Event::TaskListMarker(ticked) => self.task_marker(ticked),
                // The dialect has no mathematics; if it had, it would be text.
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&source.restore(&text), &range),
            }
        }
        self.notes.write(&mut self.out, &self.prefix);
        self.out
    }

    /// Renders a body of headings and plain lines.
    pub fn write_plain_lines(mut self, lines: &[Line]) -> String {
        let source = self.source;
        // Where the open paragraph continues.
        let mut open = None;
        for Line { at, sort } in lines {
            let goes_on = open.is_some() && *sort == LineClass::Words;
            match open.take() {
                Some(end) if goes_on => self.soft_break(&(end..at.start), Some(at.start)),
                Some(_) => self.out.push_str("</p>\n"),
                None => {}
            }
            match *sort {
                LineClass::Blank => {}
                LineClass::Words => {
                    if !goes_on {
                        self.out.push_str("<p>");
                    }
                    escape(&mut self.out, &source.restore(&source.parser_text()[at.clone()]));
                    open = Some(at.end);
                }
                LineClass::Heading(level) => {
                    let words = source.restore(&source.parser_text()[at.start + usize::from(level) + 1..at.end]);
                    self.links.flow.clear();
                    self.links.flow.text(&words);
                    self.heading = Some(self.out.len());
                    escape(&mut self.out, &words);
                    self.end_heading(level);
                }
            }
        }
        if open.is_some() {
            self.out.push_str("</p>\n");
        }
        self.out
    }

    /// Whether the current content is the alt text of an image.
    fn in_alt_text(&self) -> bool {
        self.links.in_image()
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let fresh = self.fresh_item.take();
        match tag {
            Tag::Paragraph => {
                self.fresh_item = fresh;
                self.out.push_str("<p>");
            }
            Tag::Heading { .. } => {
                self.links.flow.clear();
                self.heading = Some(self.out.len());
            }
            Tag::BlockQuote(kind) => self.out.push_str(match kind {
                None => "<blockquote>\n",
                Some(BlockQuoteKind::Note) => "<blockquote class=\"alert note\">\n",
                Some(BlockQuoteKind::Tip) => "<blockquote class=\"alert tip\">\n",
                Some(BlockQuoteKind::Important) => "<blockquote class=\"alert important\">\n",
                Some(BlockQuoteKind::Warning) => "<blockquote class=\"alert warning\">\n",
                Some(BlockQuoteKind::Caution) => "<blockquote class=\"alert caution\">\n",
            }),
            Tag::CodeBlock(_) => {
                self.code = true;
                self.out.push_str("<pre><code>");
            }
            Tag::HtmlBlock if self.source.is_separator(&self.source.parser_text()[range.clone()]) => {}
            Tag::HtmlBlock => {
                self.raw = true;
                self.out.push_str("<p>");
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => {
                self.fresh_item = Some(self.out.len());
                self.out.push_str("<li>");
            }
            Tag::FootnoteDefinition(label) => {
                let label = self.source.restore(&label).into_owned();
                self.outer.push((std::mem::take(&mut self.out), label));
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(aligns) => {
                self.aligns = aligns;
                self.out.push_str("<div class=\"scroll\">\n<table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                self.cell_end = range.end;
                self.out.push_str(if self.in_head { "<th" } else { "<td" });
                self.out.push_str(match self.aligns.get(self.column) {
                    Some(Alignment::Center) => " class=\"center\">",
                    Some(Alignment::Right) => " class=\"right\">",
                    Some(Alignment::Left | Alignment::None) | None => ">",
                });
            }
            Tag::Emphasis => self.open("<em>"),
            Tag::Strong => self.open("<strong>"),
            Tag::Strikethrough => self.open("<del>"),
            Tag::Link { ref title, .. } | Tag::Image { ref title, .. } => {
                if !self.links.is_open() && self.heading.is_none() {
                    self.links.flow.clear();
                }
                self.titles.push(self.source.restore(title).into_owned());
                self.links.start(&tag, range, self.out.len());
            }
            // Not part of the dialect.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, end: TagEnd, range: &Range<usize>, events: &OffsetIter<'_>) {
        self.fresh_item = None;
        match end {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level_number(level)),
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::HtmlBlock => {
                if std::mem::take(&mut self.raw) {
                    self.out.truncate(self.out.trim_end().trim_end_matches("<br>").len());
                    self.out.push_str("</p>\n");
                }
            }
            TagEnd::List(ordered) => self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((outer, label)) = self.outer.pop() {
                    let content = std::mem::replace(&mut self.out, outer);
                    self.notes.define(&label, &content);
                }
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.out.push_str("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => {
                self.write_extra_cells(range);
                self.out.push_str("</tr>\n");
            }
            TagEnd::TableCell => {
                self.column += 1;
                self.out.push_str(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.close("</em>"),
            TagEnd::Strong => self.close("</strong>"),
            TagEnd::Strikethrough => self.close("</del>"),
            TagEnd::Link | TagEnd::Image => {
                let title = self.titles.pop().unwrap_or_default();
                if let Some(closed) = self.links.end(self.source, events.reference_definitions()) {
                    self.end_link(closed, &title);
                }
            }
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn open(&mut self, tag: &str) {
        self.inline += 1;
        if self.inline <= MAX_INLINE && !self.in_alt_text() {
            self.out.push_str(tag);
        }
    }

    fn close(&mut self, tag: &str) {
        if self.inline <= MAX_INLINE && !self.in_alt_text() {
            self.out.push_str(tag);
        }
        self.inline = self.inline.saturating_sub(1);
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(at) = self.fresh_item.take() {
            self.typed_checkbox(at, range);
        }
        let origin = self.source.origin(range.start);
        let text = match self.boxed_to {
            to if to <= origin => text,
            // The characters of a checkbox arrive one by one; text and source are the same here.
            to => text.get(to - origin..).unwrap_or("").trim_start(),
        };
        if self.heading.is_some() || self.links.is_open() {
            self.links.flow.text(text);
        }
        if self.in_alt_text() || text.is_empty() {
            return;
        }
        if self.raw {
            let line = text.trim_end_matches(['\n', '\r']);
            escape(&mut self.out, line);
            if line.len() < text.len() {
                self.out.push_str("<br>\n");
            }
        } else {
            escape(&mut self.out, text);
        }
    }

    fn inline_code(&mut self, text: &str) {
        self.fresh_item = None;
        if self.heading.is_some() || self.links.is_open() {
            self.links.flow.text(text);
        }
        if !self.in_alt_text() {
            self.out.push_str("<code>");
            escape(&mut self.out, text);
            self.out.push_str("</code>");
        }
    }

    fn footnote_reference(&mut self, label: &str) {
        self.fresh_item = None;
        // A link cannot contain a link.
        if self.in_alt_text() || self.links.in_link() {
            return;
        }
        self.notes.write_reference(&mut self.out, &self.prefix, label);
    }

    /// A line break between two Chinese characters is dropped.
    fn soft_break(&mut self, range: &Range<usize>, next: Option<usize>) {
        self.links.flow.soft_break();
        if self.in_alt_text() {
            return;
        }
        let read = self.source.parser_text();
        let join = |c: &char| !matches!(c, '*' | '_' | '~' | '[' | '!' | '`') && !matches!(c, '\u{FDD0}'..='\u{FDEF}');
        let before = read[..range.start].chars().rev().find(|c| !matches!(c, '*' | '_' | '~' | ']' | '`') && join(c));
        let after = next.and_then(|next| read.get(next..)).and_then(|rest| rest.chars().find(join));
        if !cjk_text::joins_lines(before, after) {
            self.out.push('\n');
        }
    }

    fn hard_break(&mut self) {
        self.links.flow.soft_break();
        if !self.in_alt_text() {
            self.out.push_str("<br>\n");
        }
    }

    /// Renders the checkbox of a task item.
    fn task_marker(&mut self, ticked: bool) {
        if let Some(at) = self.fresh_item.take() {
            self.write_checkbox(at, ticked);
        }
    }

    fn write_checkbox(&mut self, at: usize, ticked: bool) {
        let class = if ticked { " class=\"task done\"" } else { " class=\"task\"" };
        self.out.insert_str(at + "<li".len(), class);
        self.out.push_str(if ticked { "<span class=\"box\">☑</span> " } else { "<span class=\"box\">☐</span> " });
    }

    /// Renders a checkbox typed on a Chinese keyboard, at the start of an item.
    fn typed_checkbox(&mut self, at: usize, range: &Range<usize>) {
        let text = self.source.original();
        let start = self.source.origin(range.start);
        if text[..start].ends_with('\\') {
            return;
        }
        // Long enough for any checkbox with spaces.
        let end = text.floor_char_boundary((start + 64).min(text.len()));
        if let Some((ticked, len)) = parse_checkbox(&text[start..end]) {
            self.boxed_to = start + len;
            self.write_checkbox(at, ticked);
        }
    }

    fn end_heading(&mut self, level: u8) {
        let Some(at) = self.heading.take() else { return };
        let id = self.ids.unique_id(&self.links.flow.take());
        while self.above.last().is_some_and(|above| *above >= level) {
            self.above.pop();
        }
        self.above.push(level);
        // At most six headings are open.
        let level = (usize::from(self.below) + self.above.len()).min(6);
        // Ids consist of letters, digits and `-` only.
        self.out.insert_str(at, &format!("<h{level} id=\"{}{id}\">", self.prefix));
        self.out.push_str(&format!("</h{level}>\n"));
    }

    /// Appends the text of a row beyond the head's cells to its last cell.
    fn write_extra_cells(&mut self, range: &Range<usize>) {
        let text = self.source.original();
        let row = trimmed(text, self.source.origin_range(range));
        let rest = extra_cells(text, self.source.origin(self.cell_end), row.end);
        if !rest.is_empty() && self.out.ends_with("</td>") {
            self.out.truncate(self.out.len() - "</td>".len());
            self.out.push(' ');
            escape(&mut self.out, text[rest].trim());
            self.out.push_str("</td>");
        }
    }

    fn end_link(&mut self, closed: ClosedLink, title: &str) {
        let from = closed.out_from;
        let ClosedLink { link: Some(link), forbidden, image, labelled, .. } = closed else {
            if closed.image && !self.in_alt_text() {
                escape(&mut self.out, self.links.flow.since(0));
            }
            return;
        };
        if self.in_alt_text() {
            return;
        }
        let resolved = if forbidden.is_some() { ResolvedLink::Plain } else { (self.resolve)(&link) };
        let picture = image && (link.kind == crate::markdown::LinkKind::Image || link_target::is_image_file(&link.target));
        let (href, name) = match resolved {
            ResolvedLink::Href { href, name } if is_allowed_target(&href, picture) => (Some(href), name.filter(|_| !labelled)),
            _ => (None, None),
        };
        if image || closed.shown.is_some() {
            self.out.truncate(from);
        }
        if let (true, Some(href)) = (picture, &href) {
            self.out.push_str("<img loading=\"lazy\" alt=\"");
            escape(&mut self.out, &link.label);
            self.out.push_str("\" src=\"");
            escape(&mut self.out, href);
            self.out.push('"');
            self.title(title);
            self.out.push('>');
            return;
        }
        if image || closed.shown.is_some() {
            escape(&mut self.out, name.as_deref().unwrap_or(&link.label));
        }
        // A wikilink within the label of a link is text.
        if let (Some(href), false) = (href, self.links.in_link()) {
            let inner = self.out.split_off(from);
            self.out.push_str("<a href=\"");
            escape(&mut self.out, &href);
            self.out.push('"');
            self.title(title);
            self.out.push('>');
            self.out.push_str(&inner);
            self.out.push_str("</a>");
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape(&mut self.out, title);
            self.out.push('"');
        }
    }
}

/// Checks a resolved URL again: no scheme that runs code, and images only from the site itself.
fn is_allowed_target(href: &str, picture: bool) -> bool {
    match link_target::classify_target(href) {
        TargetClass::Inside => true,
        TargetClass::Outside => !picture,
        TargetClass::Local | TargetClass::Forbidden(_) => false,
    }
}
