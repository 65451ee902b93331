//! Official forms as a workbook: one sheet each, with the layout of the paper, ready to print on A4.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::line_breaks;
use super::page_layout::{MAX_ROW_HEIGHT, Pagination, RowHeight, RowSlice, high};
use crate::calendar::AsOf;
use crate::form::{self, Cell, Content, Row, Sheet};
use crate::record::Record;

/// What is printed on every page.
pub struct PageSetup<'a> {
    /// The company.
    pub company: &'a str,
    /// Secrecy mark with edition and level: `商业秘密 · 全本 · 密级 秘密`.
    pub seal: &'a str,
    /// Which of the two copies it is (S-11.2c), with its number; empty for a single copy.
    pub copy: &'a str,
    /// The forms in which this edition may have blanks, and the note about it.
    pub limited: (&'a [u8], &'a str),
    /// The as-of day; also the creation date in the file.
    pub as_of: AsOf,
    /// Whether the form is blank, so that no day is printed.
    pub blank: bool,
}

/// Width of the box in digit widths: A4 without margins.
const BOX: f64 = 92.0;
/// Difference between width and usable width of a cell, in digit widths.
const INSIDE: f64 = -0.9;
/// Relative size of small print.
const SMALL: f64 = 9.0 / 10.5;
/// Height of the signature line.
const SIGNS: f64 = 30.0;
/// Maximum number of page breaks in a sheet.
const BREAKS: usize = 1000;
/// Maximum number of characters in a cell: 32,767, minus room for what we add.
const LONGEST: usize = 32_000;
/// Maximum length of a sheet name.
const NAME: usize = 31;

/// Writes the sheets. `prose`: plain text of a record's prose.
pub fn workbook(sheets: &[Sheet], imprint: &PageSetup<'_>, prose: &dyn Fn(&Record) -> String) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = imprint.as_of.0;
    let (year, month, day_of) = (day.year().max(1900) as u16, day.month() as u8, day.day() as u8);
    let properties = DocProperties::new().set_company(imprint.company).set_author(imprint.company);
    book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day_of)?));
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = name(sheet, &names);
        let mut desk = SheetWriter {
            page: book.add_worksheet(),
            looks: CellFormats::new(),
            prose,
            columns: &sheet.columns,
            rest: Vec::new(),
        };
        desk.page.set_name(&name)?;
        names.push(name);
        desk.sheet(sheet, imprint)?;
    }
    book.save_to_buffer()
}

/// A valid, unique sheet name: `附表2 沈丽萍`.
fn name(sheet: &Sheet, taken: &[String]) -> String {
    let number = sheet.number();
    let what = if sheet.about.is_empty() { &sheet.title } else { &sheet.about };
    let whole: String = format!("{number} {what}")
        .trim()
        .chars()
        .map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { '·' } else { c })
        .collect();
    let cut = |room: usize| whole.chars().take(room).collect::<String>();
    let is_free = |name: &String| taken.iter().all(|taken| taken.to_lowercase() != name.to_lowercase());
    let first = Some(cut(NAME)).filter(is_free);
    first.or_else(|| (2..).map(|n| format!("{}（{n}）", cut(NAME - 7))).find(is_free)).unwrap_or_default()
}

/// Formats of cells.
struct CellFormats {
    title: Format,
    above: Format,
    label: Format,
    value: Format,
    amount: Format,
    small: Format,
}

impl CellFormats {
    fn new() -> CellFormats {
        // Text stays as written: 0571-8821 is not a number and =1+1 not a formula.
        let plain = || Format::new().set_font_name("宋体").set_font_size(10.5).set_num_format("@").set_text_wrap();
        let ruled = || plain().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        CellFormats {
            title: plain()
                .set_font_name("黑体")
                .set_font_size(16)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            above: plain().set_align(FormatAlign::VerticalCenter),
            label: ruled().set_font_name("黑体").set_font_size(10).set_align(FormatAlign::Center),
            value: ruled(),
            amount: ruled().set_num_format("#,##0.00").set_align(FormatAlign::Right),
            small: plain().set_font_size(9).set_align(FormatAlign::Top),
        }
    }
}

struct SheetWriter<'a> {
    page: &'a mut Worksheet,
    looks: CellFormats,
    prose: &'a dyn Fn(&Record) -> String,
    columns: &'a [u8],
    /// Text too long for one cell; it continues below the box.
    rest: Vec<String>,
}

/// Position of a cell in rows and columns, ends exclusive.
struct CellPosition<'a> {
    cell: &'a Cell,
    rows: (usize, usize),
    columns: (usize, usize),
}

impl SheetWriter<'_> {
    fn sheet(&mut self, sheet: &Sheet, imprint: &PageSetup<'_>) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(self.columns) {
            self.page.set_column_width(column, f64::from(*width) * BOX / 100.0)?;
        }
        let mut at = 0;
        self.line(&mut at, &sheet.number(), &self.looks.above.clone(), 18.0)?;
        self.line(&mut at, &sheet.title, &self.looks.title.clone(), 30.0)?;
        let mut used = 48.0;
        if !sheet.above.is_empty() {
            let above = sheet.above.iter().map(|(label, content)| format!("{label}：{}", self.words(content)));
            let above = above.collect::<Vec<_>>().join("　　");
            let height = self.height(&above, BOX).clamp(20.0, MAX_ROW_HEIGHT);
            self.line(&mut at, &above, &self.looks.above.clone(), height)?;
            used += height;
        }
        let heads = self.needs(&sheet.heads);
        used += heads.iter().map(|need| need.height).sum::<f64>();
        let (strips, _) = Pagination::below(0.0).fill(&heads);
        at = self.rows(&sheet.heads, &strips, at)?;
        // Title and heads are repeated on every page.
        self.page.set_repeat_rows(0, at.saturating_sub(1))?;
        let (strips, mut papers) = Pagination::below(used).fill(&self.needs(&sheet.rows));
        let fresh = (at..).zip(&strips).filter(|(_, strip)| strip.fresh);
        let mut breaks: Vec<u32> = fresh.map(|(line, _)| line).collect();
        at = self.rows(&sheet.rows, &strips, at)?;
        for text in std::mem::take(&mut self.rest) {
            let text = format!("（续）{text}");
            papers.take(self.height(&text, BOX / SMALL) * SMALL);
            self.text_below(&mut at, &text)?;
        }
        let mut below: Vec<String> = sheet.notes.iter().map(|note| format!("{}：{}", note.about, note.text)).collect();
        let (forms, limited) = imprint.limited;
        below.extend(sheet.form.filter(|form| forms.contains(form)).map(|_| limited.to_owned()));
        let height: f64 = below.iter().map(|text| self.height(text, BOX / SMALL) * SMALL).sum();
        // The signature stays with its notes.
        if papers.keep_together(height + SIGNS) {
            breaks.push(at);
        }
        for text in below {
            self.text_below(&mut at, &text)?;
        }
        let signs: Vec<String> = sheet.signs.iter().map(|sign| format!("{sign}：＿＿＿＿＿＿")).collect();
        let signs = format!("{}　　日期：＿＿＿＿＿＿", signs.join("　　"));
        self.line(&mut at, &signs, &self.looks.above.clone(), SIGNS)?;
        breaks.truncate(BREAKS);
        self.page.set_page_breaks(&breaks)?;
        self.page.set_print_area(0, 0, at - 1, self.columns.len() as u16 - 1)?;
        self.paper(imprint);
        Ok(())
    }

    fn paper(&mut self, imprint: &PageSetup<'_>) {
        let day = if imprint.blank { String::new() } else { format!(" · 数据截至 {}", imprint.as_of.0) };
        // `&` begins a footer command.
        let left = format!("{} · {}{day}", imprint.seal, imprint.company).replace('&', "&&");
        self.page.set_paper_size(9).set_portrait().set_margins(0.55, 0.55, 0.6, 0.7, 0.3, 0.3);
        self.page.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        if !imprint.copy.is_empty() {
            self.page.set_header(format!("&R&8{}", imprint.copy.replace('&', "&&")));
        }
        self.page.set_footer(format!("&L&8{left}&R&8第 &P 页 共 &N 页"));
    }

    /// A row over the whole width.
    fn line(&mut self, at: &mut u32, text: &str, look: &Format, height: f64) -> Result<(), XlsxError> {
        self.put((*at, *at), (0, self.columns.len() as u16 - 1), text, look)?;
        self.page.set_row_height(*at, height.min(MAX_ROW_HEIGHT))?;
        *at += 1;
        Ok(())
    }

    /// Small print over as many lines as needed.
    fn text_below(&mut self, at: &mut u32, text: &str) -> Result<(), XlsxError> {
        for piece in pieces(text, LONGEST) {
            let height = self.height(&piece, BOX / SMALL) * SMALL;
            self.line(at, &piece, &self.looks.small.clone(), height)?;
        }
        Ok(())
    }

    /// Writes rows of the box as these slices from row `at`; returns the row after them.
    fn rows(&mut self, rows: &[Row], strips: &[RowSlice], at: u32) -> Result<u32, XlsxError> {
        for (line, strip) in (at..).zip(strips) {
            self.page.set_row_height(line, strip.height)?;
        }
        for spot in cell_positions(rows, self.columns.len()) {
            let first = strips.partition_point(|strip| strip.row < spot.rows.0);
            let until = strips.partition_point(|strip| strip.row < spot.rows.1);
            let columns = (spot.columns.0 as u16, spot.columns.1 as u16 - 1);
            let is_alone = spot.rows.1 - spot.rows.0 == 1;
            let flows = is_alone && !spot.cell.is_label && strips[first..until].iter().any(|strip| strip.lines.is_some());
            if flows {
                self.flow_text(&spot, &strips[first..until], at + first as u32, columns)?;
                continue;
            }
            // On each page it is a cell of its own, and its label is repeated.
            let again = spot.cell.is_label || !is_alone;
            let mut from = first;
            while from < until {
                let to = (from + 1..until).find(|line| strips[*line].fresh).unwrap_or(until);
                let lines = (at + from as u32, at + to as u32 - 1);
                match from == first || again {
                    true => self.cell(spot.cell, lines, columns, from == first)?,
                    false => self.put(lines, columns, "", &self.looks.value.clone())?,
                }
                from = to;
            }
        }
        Ok(at + strips.len() as u32)
    }

    /// Writes a cell higher than a page over several slices, without a border between those of one page.
    fn flow_text(
        &mut self,
        spot: &CellPosition<'_>,
        strips: &[RowSlice],
        at: u32,
        columns: (u16, u16),
    ) -> Result<(), XlsxError> {
        let text = self.shown(spot.cell);
        let lines = line_breaks::lines(&text, self.width(spot) + INSIDE);
        for (nth, strip) in strips.iter().enumerate() {
            let Some(wanted) = &strip.lines else { continue };
            let mut mine = lines.iter().take(wanted.end).skip(wanted.start);
            let first = mine.next();
            let piece = first.map_or("", |first| &text[first.start..mine.next_back().unwrap_or(first).end]);
            let goes_on = strips.get(nth + 1).is_some_and(|next| !next.fresh);
            // Excess height goes above the first or below the last slice of a page, not into the text.
            let is_full = goes_on && lines.len() >= wanted.end;
            let mut look = self.looks.value.clone().set_align(if is_full { FormatAlign::Bottom } else { FormatAlign::Top });
            if nth > 0 && !strip.fresh {
                look = look.set_border_top(FormatBorder::None);
            }
            if goes_on {
                look = look.set_border_bottom(FormatBorder::None);
            }
            let line = at + nth as u32;
            self.put((line, line), columns, piece, &look)?;
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, lines: (u32, u32), columns: (u16, u16), is_first: bool) -> Result<(), XlsxError> {
        let look = match (&cell.content, cell.is_label) {
            (Content::Amount(money), _) if !money.approximate => self.looks.amount.clone(),
            (_, true) => self.looks.label.clone(),
            _ => self.looks.value.clone(),
        };
        if let Content::Amount(money) = &cell.content
            && !money.approximate
        {
            self.put(lines, columns, "", &look)?;
            // Exact up to 10¹⁴.
            self.page.write_number_with_format(lines.0, columns.0, money.fen as f64 / 100.0, &look)?;
            return Ok(());
        }
        let text = self.shown(cell);
        let mut all = pieces(&text, LONGEST).into_iter();
        self.put(lines, columns, &all.next().unwrap_or_default(), &look)?;
        if is_first {
            self.rest.extend(all);
        }
        Ok(())
    }

    fn put(&mut self, lines: (u32, u32), columns: (u16, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
        if lines.0 == lines.1 && columns.0 == columns.1 {
            match text.is_empty() {
                true => self.page.write_blank(lines.0, columns.0, look)?,
                false => self.page.write_string_with_format(lines.0, columns.0, text, look)?,
            };
        } else {
            self.page.merge_range(lines.0, columns.0, lines.1, columns.1, text, look)?;
        }
        Ok(())
    }

    fn words(&self, content: &Content) -> String {
        form::texts(content, self.prose).join("\n")
    }

    fn shown(&self, cell: &Cell) -> String {
        let printed: Vec<&str> = cell.printed.iter().map(|line| &**line).collect();
        let filled = self.words(&cell.content);
        let parts = [printed.join("\n"), filled];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Minimum height of each row.
    fn needs(&self, rows: &[Row]) -> Vec<RowHeight> {
        let least = |row: &Row| f64::from(row.height.millimetres()) * 2.835;
        let mut needs: Vec<RowHeight> = rows.iter().map(|row| RowHeight { height: least(row), starts: row.starts }).collect();
        for spot in cell_positions(rows, self.columns.len()) {
            let wanted = self.height(&self.shown(spot.cell), self.width(&spot));
            let have: f64 = needs[spot.rows.0..spot.rows.1].iter().map(|need| need.height).sum();
            if wanted > have {
                needs[spot.rows.1 - 1].height += wanted - have;
            }
        }
        needs
    }

    fn width(&self, spot: &CellPosition<'_>) -> f64 {
        let columns = &self.columns[spot.columns.0..spot.columns.1];
        columns.iter().map(|width| f64::from(*width)).sum::<f64>() * BOX / 100.0
    }

    /// Height of a text at that width, in points.
    fn height(&self, text: &str, width: f64) -> f64 {
        high(line_breaks::lines(text, width + INSIDE).len())
    }
}

/// Positions of the cells: columns occupied by a cell from above are skipped.
fn cell_positions(rows: &[Row], columns: usize) -> Vec<CellPosition<'_>> {
    let mut spots = Vec::new();
    let mut reach = vec![0_usize; columns];
    for (number, row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            while reach.get(column).is_some_and(|until| *until > number) {
                column += 1;
            }
            let until = (column + usize::from(cell.wide.max(1))).min(columns);
            let last = (number + usize::from(cell.deep.max(1))).min(rows.len());
            spots.push(CellPosition { cell, rows: (number, last), columns: (column, until) });
            reach.iter_mut().take(until).skip(column).for_each(|taken| *taken = last);
            column = until;
        }
    }
    spots
}

/// Splits a text into pieces of at most `most` characters.
fn pieces(text: &str, most: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(most).map(|piece| piece.iter().collect()).collect()
}
