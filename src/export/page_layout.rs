//! Page breaks of a sheet: groups stay together where possible, and a row higher than a page is split by lines.

use std::ops::Range;

/// Line height in points: the highest of the fonts that may replace 宋体.
pub(super) const LINE: f64 = 15.25;
/// Vertical padding of a cell in points.
pub(super) const PAD: f64 = 5.0;
/// Maximum height of a row in points.
pub(super) const MAX_ROW_HEIGHT: f64 = 400.0;
/// Printable height of A4 in points.
const PAPER: f64 = 735.0;
/// Groups with more rows may be split at the end of a page.
const KEEP_TOGETHER: usize = 8;
/// A split row continues on a page only if so many of its lines, or all the rest, fit.
const MIN_ROWS: usize = 4;

/// A row before pagination.
pub(super) struct RowHeight {
    /// Minimum height.
    pub height: f64,
    /// Whether a group begins here.
    pub starts: bool,
}

/// A spreadsheet row: a row of the form or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowSlice {
    /// Index of the form's row.
    pub row: usize,
    /// Height.
    pub height: f64,
    /// Its lines of text, if the form's row was split.
    pub lines: Option<Range<usize>>,
    /// Whether a page begins with it.
    pub fresh: bool,
}

/// Distributes rows over pages.
pub(super) struct Pagination {
    strips: Vec<RowSlice>,
    /// Height of a page below the heads.
    room: f64,
    left: f64,
    fresh: bool,
}

/// Height of so many lines in points.
pub(super) fn high(lines: usize) -> f64 {
    lines as f64 * LINE + PAD
}

impl Pagination {
    /// Pages with title and heads of this height.
    pub fn below(heads: f64) -> Pagination {
        let room = (PAPER - heads).max(MAX_ROW_HEIGHT / 2.0);
        Pagination { strips: Vec::new(), room, left: room, fresh: false }
    }

    /// The slices of these rows.
    pub fn fill(mut self, rows: &[RowHeight]) -> (Vec<RowSlice>, Pagination) {
        let mut at = 0;
        while at < rows.len() {
            let count = 1 + rows[at + 1..].iter().take_while(|row| !row.starts).count();
            let group = at..at + count;
            let high: f64 = rows[group.clone()].iter().map(|row| row.height).sum();
            if count <= KEEP_TOGETHER && high <= self.room && !is_large_group(high, self.room) {
                self.keep_together(high);
            }
            group.for_each(|row| self.row(row, &rows[row]));
            at += count;
        }
        (std::mem::take(&mut self.strips), self)
    }

    /// Begins a new page unless `high` fits on the current one; returns whether it did.
    pub fn keep_together(&mut self, high: f64) -> bool {
        let turns = high > self.left && self.left < self.room;
        if turns {
            (self.left, self.fresh) = (self.room, true);
        }
        turns
    }

    /// Reserves height outside the box.
    pub fn take(&mut self, high: f64) {
        self.left -= high;
    }

    fn row(&mut self, row: usize, need: &RowHeight) {
        if need.height <= self.room && !(need.height > self.left && is_large_group(need.height, self.room)) {
            self.keep_together(need.height);
            let parts = (need.height / MAX_ROW_HEIGHT).ceil().max(1.0);
            (0..parts as usize).for_each(|_| self.put(row, need.height / parts, None));
            return;
        }
        let lines = ((need.height - PAD) / LINE).ceil() as usize;
        let mut from = 0;
        while from < lines {
            self.keep_together(high(MIN_ROWS.min(lines - from)));
            let fit = ((self.left.min(MAX_ROW_HEIGHT) - PAD) / LINE).floor() as usize;
            let until = (from + fit.max(1)).min(lines);
            self.put(row, high(until - from), Some(from..until));
            from = until;
        }
    }

    fn put(&mut self, row: usize, height: f64, lines: Option<Range<usize>>) {
        self.left -= height;
        self.strips.push(RowSlice { row, height, lines, fresh: std::mem::take(&mut self.fresh) });
    }
}

/// Whether keeping it together could leave half a page empty.
fn is_large_group(high: f64, room: f64) -> bool {
    high > room / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(rows: &[(f64, bool)]) -> Vec<(usize, f64, bool)> {
        let rows: Vec<RowHeight> = rows.iter().map(|(height, starts)| RowHeight { height: *height, starts: *starts }).collect();
        let (strips, _) = Pagination::below(135.0).fill(&rows);
        strips.into_iter().map(|strip| (strip.row, strip.height, strip.fresh)).collect()
    }

    #[test]
    fn group_moves_to_the_next_sheet() {
        let rows = [(250.0, true), (250.0, true), (60.0, true), (60.0, false)];
        let strips = filled(&rows);
        assert_eq!(strips, [(0, 250.0, false), (1, 250.0, false), (2, 60.0, true), (3, 60.0, false)]);
        let exact = [(300.0, true), (300.0, true), (20.0, true)];
        assert_eq!(filled(&exact).iter().map(|strip| strip.2).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn long_group_breaks_between_rows() {
        let mut rows = vec![(100.0, true)];
        rows.extend([(100.0, false); 9]);
        let fresh: Vec<usize> = filled(&rows).iter().filter(|strip| strip.2).map(|strip| strip.0).collect();
        assert_eq!(fresh, [6]);
    }

    #[test]
    fn tall_row_continues_by_lines() {
        let rows = [RowHeight { height: 100.0, starts: true }, RowHeight { height: high(120), starts: true }];
        let (strips, _) = Pagination::below(135.0).fill(&rows);
        let lines: Vec<_> = strips.iter().filter_map(|strip| strip.lines.clone()).collect();
        assert_eq!(lines.first().map(|lines| lines.start), Some(0));
        assert!(lines.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(lines.last().map(|lines| lines.end), Some(120));
        assert!(strips.iter().all(|strip| strip.height <= MAX_ROW_HEIGHT));
        let mut on = 0.0;
        for strip in &strips {
            on = if strip.fresh { strip.height } else { on + strip.height };
            assert!(on <= 600.0, "{strips:?}");
        }
        assert!(!strips[1].fresh, "the first paper is not left half empty");
    }
}
