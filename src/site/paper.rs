//! An official form as HTML.
//!
//! Not a template's work: what stands on the form and where is the regulation's, and there are tens of thousands of cells. A theme
//! decides how they look (`assets/form.css`) and what stands around them (`templates/forms.html`).

use std::fmt::Write as _;

use crate::form::{Cell, Content, Row, Sheet};
use crate::view::Paper;

/// Groups of more rows than this are broken where a page ends.
const TOGETHER: usize = 8;

/// A sheet. `bodies` are the finished bodies of the page.
pub(super) fn html(paper: &Paper, bodies: &[String]) -> String {
    let sheet = &paper.sheet;
    let mut draw = Draw { out: String::with_capacity(4096), bodies, slots: &paper.slots, next: 0 };
    draw.sheet(sheet);
    draw.out
}

struct Draw<'a> {
    out: String,
    bodies: &'a [String],
    slots: &'a [usize],
    /// How many pieces of prose were drawn.
    next: usize,
}

impl Draw<'_> {
    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                c => self.out.push(c),
            }
        }
    }

    /// Writing to a string cannot fail.
    fn put(&mut self, html: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(html);
    }

    fn sheet(&mut self, sheet: &Sheet) {
        let number = sheet.form.map_or_else(|| "other".to_owned(), |form| format!("f{form}"));
        self.put(format_args!("<table class=\"form {number}\"><colgroup>"));
        for width in &sheet.columns {
            self.put(format_args!("<col class=\"w{width}\">"));
        }
        self.put(format_args!("</colgroup>\n<thead><tr class=\"title\"><td colspan=\"{}\"><h2>", sheet.columns.len()));
        self.text(&sheet.title);
        self.raw("</h2>");
        if !sheet.above.is_empty() {
            self.raw("<p class=\"above\">");
            for (label, content) in &sheet.above {
                self.raw("<span>");
                self.text(label);
                self.raw("：");
                self.content(content);
                self.raw("</span>");
            }
            self.raw("</p>");
        }
        self.raw("</td></tr>");
        for row in &sheet.heads {
            self.row(row, true);
        }
        self.raw("</thead>\n");
        let mut rows = sheet.rows.as_slice();
        while !rows.is_empty() {
            let count = 1 + rows[1..].iter().take_while(|row| !row.starts).count();
            let (group, rest) = rows.split_at(count);
            self.raw(if count <= TOGETHER { "<tbody class=\"keep\">" } else { "<tbody>" });
            for row in group {
                self.row(row, false);
            }
            self.raw("</tbody>\n");
            rows = rest;
        }
        // In the box, so that title and heads stand above them where they alone go on.
        self.put(format_args!("<tbody class=\"below\"><tr><td colspan=\"{}\">", sheet.columns.len()));
        if !sheet.notes.is_empty() {
            self.raw("<div class=\"small\">");
            for note in &sheet.notes {
                self.raw("<p><b>");
                self.text(&note.about);
                self.raw("</b>：");
                self.text(&note.text);
                self.raw("</p>");
            }
            self.raw("</div>\n");
        }
        self.raw("<p class=\"signs\">");
        for sign in &sheet.signs {
            self.raw("<span>");
            self.text(sign);
            self.raw("：<i></i></span>");
        }
        self.raw("<span>日期：<i></i></span></p></td></tr></tbody></table>\n");
    }

    fn row(&mut self, row: &Row, head: bool) {
        self.put(format_args!("<tr class=\"h-{}\">", row.height.name()));
        for cell in &row.cells {
            let tag = if cell.is_label { "th" } else { "td" };
            self.put(format_args!("<{tag}"));
            if cell.wide > 1 {
                self.put(format_args!(" colspan=\"{}\"", cell.wide));
            }
            if cell.deep > 1 {
                self.put(format_args!(" rowspan=\"{}\"", cell.deep));
            }
            match (cell.is_label, head, &cell.content) {
                (true, true, _) => self.raw(" scope=\"col\""),
                (true, false, _) => self.raw(" scope=\"row\""),
                (false, _, Content::Amount(_)) => self.raw(" class=\"amount\""),
                (false, _, Content::Choices(_)) => self.raw(" class=\"pick\""),
                _ => {}
            }
            self.raw(">");
            self.cell(cell);
            self.put(format_args!("</{tag}>"));
        }
        self.raw("</tr>\n");
    }

    fn cell(&mut self, cell: &Cell) {
        let is_bare = cell.is_label || cell.printed.is_empty();
        if !is_bare {
            self.raw("<span class=\"printed\">");
        }
        for (at, line) in cell.printed.iter().enumerate() {
            if at > 0 {
                self.raw("<br>");
            }
            self.text(line);
        }
        if !is_bare {
            self.raw("</span>");
        }
        self.content(&cell.content);
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Blank => {}
            Content::Lines(lines) => {
                for (at, line) in lines.iter().enumerate() {
                    if at > 0 {
                        self.raw("<br>");
                    }
                    self.text(&line.0);
                }
            }
            Content::Amount(money) => self.put(format_args!("{money}")),
            Content::Choices(choices) => {
                for choice in choices {
                    self.raw(if choice.ticked { "<span class=\"on\">" } else { "<span>" });
                    self.text(&choice.shown());
                    self.raw("</span>");
                }
            }
            Content::Prose(passages) => {
                for passage in passages {
                    if !passage.head.is_empty() {
                        self.raw("<p class=\"which\">");
                        self.text(&passage.head);
                        self.raw("</p>");
                    }
                    let body = self.slots.get(self.next).and_then(|slot| self.bodies.get(*slot));
                    self.next += 1;
                    if let Some(body) = body {
                        self.raw("<div class=\"prose\">");
                        self.raw(body);
                        self.raw("</div>");
                    }
                }
            }
        }
    }
}
