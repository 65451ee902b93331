//! The visible part of a source line, and the screen columns of its bytes.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diag::notice::visible_form;

/// Columns of a line; with the gutter about 120.
const MAX_WIDTH: usize = 112;
/// Columns shown before the range if the line is cut.
const COLUMNS_BEFORE: usize = 40;
/// Maximum number of characters examined before and after the range; each is at least half a column wide on average.
const LOOKAHEAD: usize = 2 * MAX_WIDTH;

/// A line, or the part of it around a range.
pub(super) struct LineWindow {
    /// What is printed: tabs as spaces, control characters visible, `…` where it is cut.
    pub text: String,
    /// For each visible character and the end: byte offset in the line and screen column.
    stops: Vec<(usize, usize)>,
    cut: bool,
}

impl LineWindow {
    /// Shows `line` around `focus`.
    pub fn new(line: &str, focus: &Range<usize>) -> Self {
        let from = line[..focus.start].char_indices().rev().nth(LOOKAHEAD - 1).map_or(0, |(at, _)| at);
        let to = line[focus.start..].char_indices().nth(LOOKAHEAD).map_or(line.len(), |(at, _)| focus.start + at);
        // Examined characters: byte offset, printed form, width.
        let mut cells: Vec<(usize, String, usize)> = Vec::new();
        let mut column = 0;
        for (at, c) in line[from..to].char_indices() {
            let (text, width) = cell(c, column);
            column += width;
            cells.push((from + at, text, width));
        }
        let whole = from == 0 && to == line.len() && column <= MAX_WIDTH;
        let mut first = 0;
        if !whole {
            let mut before: usize = cells.iter().take_while(|cell| cell.0 < focus.start).map(|cell| cell.2).sum();
            while before > COLUMNS_BEFORE {
                before -= cells[first].2;
                first += 1;
            }
        }
        let mut window = LineWindow { text: String::new(), stops: Vec::new(), cut: !whole };
        let mut column = 0;
        if !whole && cells.get(first).is_some_and(|cell| cell.0 > 0) {
            window.text.push('…');
            column = 1;
        }
        let mut end = cells.get(first).map_or(line.len(), |cell| cell.0);
        for (at, text, width) in &cells[first..] {
            if column + width > MAX_WIDTH {
                break;
            }
            window.stops.push((*at, column));
            window.text.push_str(text);
            column += width;
            end = line[*at..].chars().next().map_or(line.len(), |c| at + c.len_utf8());
        }
        window.stops.push((end, column));
        if end < line.len() {
            window.text.push('…');
        }
        window
    }

    /// Whether the range is inside the visible part.
    pub fn contains(&self, range: &Range<usize>) -> bool {
        let (first, last) = (self.stops.first(), self.stops.last());
        !self.cut || first.is_some_and(|stop| stop.0 <= range.start) && last.is_some_and(|stop| range.start < stop.0)
    }

    /// First and last column of the underline.
    pub fn columns(&self, range: &Range<usize>) -> (usize, usize) {
        let column = |at: usize| {
            let index = self.stops.partition_point(|stop| stop.0 < at).min(self.stops.len().saturating_sub(1));
            self.stops.get(index).map_or(0, |stop| stop.1)
        };
        (column(range.start), column(range.end))
    }
}

/// Printed form and width of a character at a column.
fn cell(c: char, column: usize) -> (String, usize) {
    if c == '\t' {
        let width = 4 - column % 4;
        return (" ".repeat(width), width);
    }
    match visible_form(c) {
        Some(text) => {
            let width = text.width();
            (text, width)
        }
        None => (String::from(c), c.width().unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_line_is_cut_around_the_span() {
        let line = format!("{}错{}", "甲乙丙丁".repeat(100), "abc".repeat(9000));
        let at = line.find('错').expect("is there");
        let window = LineWindow::new(&line, &(at..at + 3));
        assert!(window.text.width() <= MAX_WIDTH + 1, "{}", window.text.width());
        assert!(window.text.starts_with('…') && window.text.ends_with('…'));
        let (from, to) = window.columns(&(at..at + 3));
        assert_eq!(to - from, 2);
        let left: String = window.text.chars().take_while(|c| *c != '错').collect();
        assert_eq!(left.width(), from);
    }

    #[test]
    fn underline_is_cut_with_the_line() {
        let line = "甲".repeat(3000);
        let window = LineWindow::new(&line, &(0..line.len()));
        let (from, to) = window.columns(&(0..line.len()));
        assert_eq!((from, to), (0, MAX_WIDTH));
        assert!(!window.contains(&(6000..6003)));
    }

    #[test]
    fn short_line_is_not_cut() {
        let window = LineWindow::new("级别\t: 核心", &(0..6));
        assert_eq!(window.text, "级别    : 核心");
        assert_eq!(window.columns(&(9..15)), (10, 14));
    }
}
