//! Where a form may continue on the next page.
//!
//! The last row of a page is known only when the browser prints, and browsers neither break beside a cell that spans
//! many rows nor repeat it. So a long group is split into chunks of a few rows, each with the name of the group.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Cell, Content, Row};

/// Maximum number of rows kept together on a page.
const ROWS: usize = 8;
/// Maximum number of lines kept together: more than a third of a page.
const LINES: usize = 16;
/// Hundredths of half a Chinese character per hundredth of the box: 182 mm in total, 10.5 pt a character.
const HALVES: usize = 98;
/// Horizontal padding of a cell, in hundredths of the box.
const SIDES: usize = 2;

/// Rows kept together.
pub(super) struct PageChunk<'a> {
    pub rows: Cow<'a, [Row]>,
    /// Whether they are; otherwise a page may end anywhere in them.
    pub stays: bool,
}

/// Splits rows into chunks, in order.
pub(super) fn page_chunks<'a>(columns: &[u8], mut rows: &'a [Row]) -> Vec<PageChunk<'a>> {
    let mut all = Vec::new();
    while !rows.is_empty() {
        let count = 1 + rows[1..].iter().take_while(|row| !row.starts).count();
        let (group, rest) = rows.split_at(count);
        chunks_of_group(columns, group, &mut all);
        rows = rest;
    }
    all
}

fn chunks_of_group<'a>(columns: &[u8], group: &'a [Row], all: &mut Vec<PageChunk<'a>>) {
    let beside: Vec<&Cell> = group[0].cells.iter().take_while(|cell| cell.deep > 1).collect();
    let after = beside.iter().map(|cell| usize::from(cell.wide)).sum();
    let high: Vec<usize> =
        group.iter().enumerate().map(|(at, row)| high(columns, if at == 0 { 0 } else { after }, &row.cells, 1)).collect();
    let name = high_beside(columns, &group[0]);
    let stays = group.len() <= ROWS && high.iter().sum::<usize>().max(name) <= LINES;
    // The cells beside the rows are short enough to be repeated, and contain no prose.
    let can_go_on = group.len() > 1 && name <= LINES && beside.iter().all(|cell| !matches!(cell.content, Content::Prose(_)));
    if stays || !can_go_on {
        all.push(PageChunk { rows: group.into(), stays });
        return;
    }
    let most = group.len().div_ceil(group.len().div_ceil(ROWS));
    let mut from = 0;
    while from < group.len() {
        let (mut to, mut lines) = (from + 1, high[from]);
        while to < group.len() && to - from < most && lines + high[to] <= LINES {
            lines += high[to];
            to += 1;
        }
        let mut rows = group[from..to].to_vec();
        let mine = beside.iter().map(|cell| continuation(cell, to - from, from > 0));
        let own = if from == 0 { beside.len() } else { 0 };
        rows[0].cells.splice(..own, mine);
        all.push(PageChunk { rows: rows.into(), stays: lines <= LINES });
        from = to;
    }
}

/// The cell beside a chunk, marked as continued.
fn continuation(cell: &Cell, deep: usize, again: bool) -> Cell {
    let mut printed = cell.printed.clone();
    if again && let Some(last) = printed.to_mut().last_mut() {
        *last = Arc::from(format!("{last}（续）"));
    }
    Cell { deep: deep as u16, printed, ..cell.clone() }
}

/// Number of lines of a row's cells beside the others.
fn high_beside(columns: &[u8], row: &Row) -> usize {
    let deep = row.cells.iter().map(|cell| cell.deep).max().unwrap_or(1);
    if deep > 1 { high(columns, 0, &row.cells, deep) } else { 0 }
}

/// Number of lines of the cells that span `deep` rows; the first begins at column `at`.
fn high(columns: &[u8], mut at: usize, cells: &[Cell], deep: u16) -> usize {
    let mut most = 1;
    for cell in cells {
        let to = at + usize::from(cell.wide);
        if cell.deep.max(1) == deep && !cell.is_empty() {
            let width: usize = columns.iter().take(to).skip(at).map(|width| usize::from(*width)).sum();
            most = most.max(lines(cell, (width.saturating_sub(SIDES) * HALVES).max(200)));
        }
        at = to;
    }
    most
}

/// Estimated number of lines of a cell. `width`: hundredths of half a Chinese character per line. Prose is rendered
/// later and may break anywhere.
fn lines(cell: &Cell, width: usize) -> usize {
    let high = |text: &str| {
        // No character is wider than its bytes.
        if text.len() * 100 <= width {
            return 1;
        }
        let halves: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        (halves * 100).div_ceil(width)
    };
    let filled = if let Content::Lines(lines) = &cell.content { lines.iter().map(|line| high(&line.0)).sum() } else { 0 };
    cell.printed.iter().map(|text| high(text)).sum::<usize>() + filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, deep: u16) -> Cell {
        Cell { wide: 1, deep, content: Content::text(text), ..Cell::default() }
    }

    /// A group with one name and so many rows of this text.
    fn group(name: &str, count: usize, text: &str) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..count).map(|_| Row { cells: vec![cell(text, 1)], ..Row::default() }).collect();
        rows[0].starts = true;
        rows[0].cells.insert(0, Cell { printed: vec!["人员1".into()].into(), ..cell(name, count as u16) });
        rows
    }

    fn shown(rows: &[Row]) -> Vec<String> {
        let one = |piece: PageChunk<'_>| {
            let name = &piece.rows[0].cells[0];
            assert_eq!(usize::from(name.deep), piece.rows.len(), "the name stands beside its rows");
            assert_eq!((piece.rows[0].cells.len(), piece.rows.iter().skip(1).all(|row| row.cells.len() == 1)), (2, true));
            format!("{} {}{}", name.printed[0], piece.rows.len(), if piece.stays { "" } else { " 可断" })
        };
        page_chunks(&[50, 50], rows).into_iter().map(one).collect()
    }

    #[test]
    fn long_group_repeats_its_title() {
        assert_eq!(shown(&group("周岚", 8, "闵洁")), ["人员1 8"]);
        assert_eq!(shown(&group("周岚", 9, "闵洁")), ["人员1 5", "人员1（续） 4"]);
        assert_eq!(shown(&group("周岚", 17, "闵洁")), ["人员1 6", "人员1（续） 6", "人员1（续） 5"]);
        let two = [group("周岚", 2, "闵洁"), group("何俊", 2, "邵东平")].concat();
        assert_eq!(shown(&two), ["人员1 2", "人员1 2"]);
    }

    #[test]
    fn long_text_counts_its_lines() {
        let line = "值班长自己停了一台泵，".repeat(2);
        assert_eq!(shown(&group("周岚", 8, &line.repeat(3))), ["人员1 5", "人员1（续） 3"]);
        let long = line.repeat(30);
        assert_eq!(shown(&group("周岚", 2, &long)), ["人员1 1 可断", "人员1（续） 1 可断"]);
        // A name that fills a page is not repeated.
        assert_eq!(shown(&group(&long, 3, "闵洁")), ["人员1 3 可断"]);
    }
}
