//! A form as HTML.
//!
//! Not a template's work: what stands on the form and where is the regulation's, and there are tens of thousands of cells. A theme
//! decides how they look (`assets/form.css`) and what stands around them (`templates/forms.html`).

use std::fmt::Write as _;

use super::pieces::pieces;
use super::{Cell, Content, Row, Sheet};
use crate::text::escape;

/// A blank form is hardly larger than this.
const USUAL: usize = 6 * 1024;

/// A sheet in pieces: between each and the next stands the finished prose of one of its [`passages`](Sheet::passages), in their
/// order.
pub fn html(sheet: &Sheet) -> Vec<String> {
    let mut draw = Draw { out: String::with_capacity(USUAL), done: Vec::new() };
    draw.sheet(sheet);
    draw.done.push(draw.out);
    draw.done
}

struct Draw {
    out: String,
    done: Vec<String>,
}

impl Draw {
    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
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
        for piece in pieces(&sheet.columns, &sheet.rows) {
            self.raw(if piece.stays { "<tbody class=\"keep\">" } else { "<tbody>" });
            for row in piece.rows.iter() {
                self.row(row, false);
            }
            self.raw("</tbody>\n");
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
        self.raw("<tr class=\"h-");
        self.raw(row.height.name());
        self.raw("\">");
        for cell in &row.cells {
            if cell.is_empty() {
                self.raw("<td></td>");
                continue;
            }
            self.raw(if cell.is_label { "<th" } else { "<td" });
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
            self.raw(if cell.is_label { "</th>" } else { "</td>" });
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
                    self.raw("<div class=\"prose\">");
                    self.done.push(std::mem::take(&mut self.out));
                    self.raw("</div>");
                }
            }
        }
    }
}
