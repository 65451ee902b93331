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

    /// A number; there are two for each cell that is not plain.
    fn number(&mut self, number: u16) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.out.push(char::from(b'0' + (number % 10) as u8));
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.raw("<table class=\"form ");
        match sheet.form {
            Some(form) => {
                self.raw("f");
                self.number(form.into());
            }
            None => self.raw("other"),
        }
        self.raw("\"><colgroup>");
        for width in &sheet.columns {
            self.raw("<col class=\"w");
            self.number((*width).into());
            self.raw("\">");
        }
        self.raw("</colgroup>\n<thead><tr class=\"title\"><td colspan=\"");
        self.number(sheet.columns.len() as u16);
        self.raw("\"><h2>");
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
        self.raw("<tbody class=\"below\"><tr><td colspan=\"");
        self.number(sheet.columns.len() as u16);
        self.raw("\">");
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
                self.raw(" colspan=\"");
                self.number(cell.wide.into());
                self.raw("\"");
            }
            if cell.deep > 1 {
                self.raw(" rowspan=\"");
                self.number(cell.deep);
                self.raw("\"");
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
            // Writing to a string cannot fail.
            Content::Amount(money) => {
                let _ = write!(self.out, "{money}");
            }
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
