//! Converts byte positions to lines and columns; the only place where characters are counted.

use super::{BytePos, Span};

/// Line and column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The line table of one text.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Lines end with `\n`, `\r\n` or a lone `\r`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at + 1);
        }
        Lines { text, starts }
    }

    /// Line and column of a position; positions beyond the end count as the end.
    pub fn line_column(&self, at: BytePos) -> LineColumn {
        let at = at.index().min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= at) - 1;
        let column = self.text[self.starts[line]..].char_indices().take_while(|(i, _)| self.starts[line] + i < at).count();
        LineColumn { line: line + 1, column: column + 1 }
    }

    /// The text of line `line` (from 1) without its end; empty beyond the last.
    pub fn line(&self, line: usize) -> &'a str {
        let Some(&start) = line.checked_sub(1).and_then(|index| self.starts.get(index)) else { return "" };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The part of a span on its first line.
    pub fn first_line_of(&self, span: Span) -> &'a str {
        let start = span.start.index().min(self.text.len());
        let end = span.end.index().min(self.text.len());
        self.text[start..end].split(['\n', '\r']).next().unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn columns_count_characters() {
        let text = "---\n负责人: 周岚\r\n级别: 核心\r行业: 供水";
        let lines = Lines::new(text);
        assert_eq!(lines.line_column(BytePos(0)), LineColumn { line: 1, column: 1 });
        let staff = text.find("周岚").expect("is there");
        assert_eq!(lines.line_column(staff.into()), LineColumn { line: 2, column: 6 });
        let trade = text.find("供水").expect("is there");
        assert_eq!(lines.line_column(trade.into()), LineColumn { line: 4, column: 5 });
        assert_eq!(lines.line(2), "负责人: 周岚");
        assert_eq!(lines.line(9), "");
        assert_eq!(lines.line_column(text.len().into()), LineColumn { line: 4, column: 7 });
    }

    #[test]
    fn multi_line_span_shows_first_line() {
        let text = "甲\n乙";
        assert_eq!(Lines::new(text).first_line_of(Span::new(FileId(0), 0, text.len())), "甲");
    }
}
