//! Renders a form as HTML.
//!
//! This is not done by templates, because the regulation defines content and layout, and there are tens of thousands of
//! cells. A theme defines their style (`assets/form.css`) and what surrounds them (`templates/forms.html`).

use std::fmt::Write as _;

use super::pagination::page_chunks;
use super::{Cell, Content, Row, Sheet};
use crate::text::escape;

/// Initial capacity in bytes: a blank form is hardly larger.
const USUAL: usize = 6 * 1024;

/// A sheet in pieces: the rendered prose of its [`passages`](Sheet::passages) goes between them, in order.
pub fn html(sheet: &Sheet) -> Vec<String> {
    let mut draw = HtmlRenderer { out: String::with_capacity(USUAL), done: Vec::new() };
    draw.sheet(sheet);
    draw.done.push(draw.out);
    draw.done
}

struct HtmlRenderer {
    out: String,
    done: Vec<String>,
}

impl HtmlRenderer {
    fn push_raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Appends a number; a cell that spans columns or rows has up to two.
    fn number(&mut self, number: u16) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.out.push(char::from(b'0' + (number % 10) as u8));
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.push_raw("<table class=\"form ");
        match sheet.form {
            Some(form) => {
                self.push_raw("f");
                self.number(form.into());
            }
            None => self.push_raw("other"),
        }
        self.push_raw("\"><colgroup>");
        for width in &sheet.columns {
            self.push_raw("<col class=\"w");
            self.number((*width).into());
            self.push_raw("\">");
        }
        self.push_raw("</colgroup>\n<thead><tr class=\"title\"><td colspan=\"");
        self.number(sheet.columns.len() as u16);
        self.push_raw("\"><h2>");
        self.text(&sheet.title);
        self.push_raw("</h2>");
        if !sheet.above.is_empty() {
            self.push_raw("<p class=\"above\">");
            for (label, content) in &sheet.above {
                self.push_raw("<span>");
                self.text(label);
                self.push_raw("：");
                self.content(content);
                self.push_raw("</span>");
            }
            self.push_raw("</p>");
        }
        self.push_raw("</td></tr>");
        for row in &sheet.heads {
            self.row(row, true);
        }
        self.push_raw("</thead>\n");
        for piece in page_chunks(&sheet.columns, &sheet.rows) {
            self.push_raw(if piece.stays { "<tbody class=\"keep\">" } else { "<tbody>" });
            for row in piece.rows.iter() {
                self.row(row, false);
            }
            self.push_raw("</tbody>\n");
        }
        // Inside the table, so that title and heads are repeated above.
        self.push_raw("<tbody class=\"below\"><tr><td colspan=\"");
        self.number(sheet.columns.len() as u16);
        self.push_raw("\">");
        if !sheet.notes.is_empty() {
            self.push_raw("<div class=\"small\">");
            for note in &sheet.notes {
                self.push_raw("<p><b>");
                self.text(&note.about);
                self.push_raw("</b>：");
                self.text(&note.text);
                self.push_raw("</p>");
            }
            self.push_raw("</div>\n");
        }
        self.push_raw("<p class=\"signs\">");
        for sign in &sheet.signs {
            self.push_raw("<span>");
            self.text(sign);
            self.push_raw("：<i></i></span>");
        }
        self.push_raw("<span>日期：<i></i></span></p></td></tr></tbody></table>\n");
    }

    fn row(&mut self, row: &Row, head: bool) {
        self.push_raw("<tr class=\"h-");
        self.push_raw(row.height.name());
        self.push_raw("\">");
        for cell in &row.cells {
            if cell.is_empty() {
                self.push_raw("<td></td>");
                continue;
            }
            self.push_raw(if cell.is_label { "<th" } else { "<td" });
            if cell.wide > 1 {
                self.push_raw(" colspan=\"");
                self.number(cell.wide.into());
                self.push_raw("\"");
            }
            if cell.deep > 1 {
                self.push_raw(" rowspan=\"");
                self.number(cell.deep);
                self.push_raw("\"");
            }
            match (cell.is_label, head, &cell.content) {
                (true, true, _) => self.push_raw(" scope=\"col\""),
                (true, false, _) => self.push_raw(" scope=\"row\""),
                (false, _, Content::Amount(_)) => self.push_raw(" class=\"amount\""),
                (false, _, Content::Choices(_)) => self.push_raw(" class=\"pick\""),
                _ => {}
            }
            self.push_raw(">");
            self.cell(cell);
            self.push_raw(if cell.is_label { "</th>" } else { "</td>" });
        }
        self.push_raw("</tr>\n");
    }

    fn cell(&mut self, cell: &Cell) {
        let is_bare = cell.is_label || cell.printed.is_empty();
        if !is_bare {
            self.push_raw("<span class=\"printed\">");
        }
        for (at, line) in cell.printed.iter().enumerate() {
            if at > 0 {
                self.push_raw("<br>");
            }
            self.text(line);
        }
        if !is_bare {
            self.push_raw("</span>");
        }
        self.content(&cell.content);
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Blank => {}
            Content::Lines(lines) => {
                for (at, line) in lines.iter().enumerate() {
                    if at > 0 {
                        self.push_raw("<br>");
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
                    self.push_raw(if choice.ticked { "<span class=\"on\">" } else { "<span>" });
                    self.text(&choice.shown());
                    self.push_raw("</span>");
                }
            }
            Content::Prose(passages) => {
                for passage in passages {
                    if !passage.head.is_empty() {
                        self.push_raw("<p class=\"which\">");
                        self.text(&passage.head);
                        self.push_raw("</p>");
                    }
                    self.push_raw("<div class=\"prose\">");
                    self.done.push(std::mem::take(&mut self.out));
                    self.push_raw("</div>");
                }
            }
        }
    }
}
