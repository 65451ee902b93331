//! Official forms as a workbook: a sheet each, laid out like the paper, ready to be printed on A4.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::calendar::AsOf;
use crate::form::{self, Cell, Content, Row, Sheet};
use crate::record::Record;

/// What stands on every sheet of paper.
pub struct Imprint<'a> {
    /// The company.
    pub company: &'a str,
    /// The mark of secrecy with the edition: `商业秘密 · 全本`.
    pub seal: &'a str,
    /// The day it is made as of; also the day the file says it was made on.
    pub as_of: AsOf,
    /// Whether nothing is filled in, so that no day is printed.
    pub blank: bool,
}

/// Width of the printed box in characters of a digit: A4 without its margins.
const BOX: f64 = 92.0;
/// Height of a line in points.
const LINE: f64 = 14.5;
/// A row cannot be higher than this.
const HIGHEST: f64 = 400.0;
/// A cell holds no more characters than this (32,767), and some are ours.
const LONGEST: usize = 32_000;
/// A name of a sheet is no longer than this.
const NAME: usize = 31;

/// The sheets as a workbook. `prose` gives the plain text of a record's prose.
pub fn workbook(sheets: &[Sheet], imprint: &Imprint<'_>, prose: &dyn Fn(&Record) -> String) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = imprint.as_of.0;
    let (year, month, day_of) = (day.year().max(1900) as u16, day.month() as u8, day.day() as u8);
    let properties = DocProperties::new().set_company(imprint.company).set_author(imprint.company);
    book.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day_of)?));
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = name(sheet, &names);
        let mut desk =
            Desk { page: book.add_worksheet(), looks: Looks::new(), prose, columns: &sheet.columns, rest: Vec::new() };
        desk.page.set_name(&name)?;
        names.push(name);
        desk.sheet(sheet, imprint)?;
    }
    book.save_to_buffer()
}

/// `附表2 沈丽萍`: what a program takes for the name of a sheet, each once.
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

/// How cells look.
struct Looks {
    title: Format,
    above: Format,
    label: Format,
    value: Format,
    amount: Format,
    small: Format,
}

impl Looks {
    fn new() -> Looks {
        // Text stays what was written: 0571-8821 is no figure and =1+1 no formula.
        let plain = || Format::new().set_font_name("宋体").set_font_size(10.5).set_num_format("@").set_text_wrap();
        let ruled = || plain().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        Looks {
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

struct Desk<'a> {
    page: &'a mut Worksheet,
    looks: Looks,
    prose: &'a dyn Fn(&Record) -> String,
    columns: &'a [u8],
    /// Text that is too long for one cell: it goes on below the box.
    rest: Vec<String>,
}

impl Desk<'_> {
    fn sheet(&mut self, sheet: &Sheet, imprint: &Imprint<'_>) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(self.columns) {
            self.page.set_column_width(column, f64::from(*width) * BOX / 100.0)?;
        }
        let mut at = 0;
        self.line(&mut at, &sheet.number(), &self.looks.above.clone(), 18.0)?;
        self.line(&mut at, &sheet.title, &self.looks.title.clone(), 30.0)?;
        if !sheet.above.is_empty() {
            let above = sheet.above.iter().map(|(label, content)| format!("{label}：{}", self.words(content)));
            let above = above.collect::<Vec<_>>().join("　　");
            let height = self.height(&above, BOX).max(20.0);
            self.line(&mut at, &above, &self.looks.above.clone(), height)?;
        }
        at = self.rows(&sheet.heads, at)?;
        // Title and heads stand on every sheet of paper.
        self.page.set_repeat_rows(0, at.saturating_sub(1))?;
        at = self.rows(&sheet.rows, at)?;
        for text in std::mem::take(&mut self.rest) {
            let text = format!("（续）{text}");
            self.text_below(&mut at, &text)?;
        }
        for note in &sheet.notes {
            let text = format!("{}：{}", note.about, note.text);
            self.text_below(&mut at, &text)?;
        }
        let signs: Vec<String> = sheet.signs.iter().map(|sign| format!("{sign}：＿＿＿＿＿＿")).collect();
        let signs = format!("{}　　日期：＿＿＿＿＿＿", signs.join("　　"));
        self.line(&mut at, &signs, &self.looks.above.clone(), 30.0)?;
        self.paper(imprint);
        Ok(())
    }

    fn paper(&mut self, imprint: &Imprint<'_>) {
        let day = if imprint.blank { String::new() } else { format!(" · 数据截至 {}", imprint.as_of.0) };
        // `&` begins a command of the footer.
        let left = format!("{} · {}{day}", imprint.seal, imprint.company).replace('&', "&&");
        self.page.set_paper_size(9).set_portrait().set_margins(0.55, 0.55, 0.6, 0.7, 0.3, 0.3);
        self.page.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
        self.page.set_footer(format!("&L&8{left}&R&8第 &P 页 共 &N 页"));
    }

    /// A line over the whole width.
    fn line(&mut self, at: &mut u32, text: &str, look: &Format, height: f64) -> Result<(), XlsxError> {
        self.put((*at, *at), (0, self.columns.len() as u16 - 1), text, look)?;
        self.page.set_row_height(*at, height.min(HIGHEST))?;
        *at += 1;
        Ok(())
    }

    /// Small print, over as many lines as it takes.
    fn text_below(&mut self, at: &mut u32, text: &str) -> Result<(), XlsxError> {
        for piece in pieces(text, LONGEST) {
            let height = self.height(&piece, BOX);
            self.line(at, &piece, &self.looks.small.clone(), height)?;
        }
        Ok(())
    }

    /// Rows of the box from the line `at` on; the line after them. A row that must be higher than a row can be takes several.
    fn rows(&mut self, rows: &[Row], at: u32) -> Result<u32, XlsxError> {
        let heights = self.heights(rows);
        let mut starts = vec![at];
        for height in &heights {
            let lines = (height / HIGHEST).ceil().max(1.0);
            let first = starts.last().copied().unwrap_or(at);
            for line in 0..lines as u32 {
                self.page.set_row_height(first + line, height / lines)?;
            }
            starts.push(first + lines as u32);
        }
        let mut reach = vec![0_usize; self.columns.len()];
        for (number, row) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                // Columns that a cell from above reaches into are taken.
                while reach.get(column).is_some_and(|until| *until > number) {
                    column += 1;
                }
                let (wide, last) = (usize::from(cell.wide.max(1)), (number + usize::from(cell.deep.max(1))).min(rows.len()));
                let until = (column + wide).min(self.columns.len());
                self.cell(cell, (starts[number], starts[last] - 1), (column as u16, until as u16 - 1))?;
                for taken in reach.iter_mut().take(until).skip(column) {
                    *taken = last;
                }
                column += wide;
            }
        }
        Ok(starts.last().copied().unwrap_or(at))
    }

    fn cell(&mut self, cell: &Cell, lines: (u32, u32), columns: (u16, u16)) -> Result<(), XlsxError> {
        let look = match (&cell.content, cell.is_label) {
            (Content::Amount(money), _) if !money.about => self.looks.amount.clone(),
            (_, true) => self.looks.label.clone(),
            _ => self.looks.value.clone(),
        };
        if let Content::Amount(money) = &cell.content
            && !money.about
        {
            self.put(lines, columns, "", &look)?;
            // Exact up to a hundred million millions; what is larger is no expense.
            self.page.write_number_with_format(lines.0, columns.0, money.fen as f64 / 100.0, &look)?;
            return Ok(());
        }
        let text = self.shown(cell);
        let mut all = pieces(&text, LONGEST).into_iter();
        self.put(lines, columns, &all.next().unwrap_or_default(), &look)?;
        self.rest.extend(all);
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

    /// How high each row must be for what stands in it.
    fn heights(&self, rows: &[Row]) -> Vec<f64> {
        let least = |row: &Row| f64::from(row.height.millimetres()) * 2.835;
        let mut heights: Vec<f64> = rows.iter().map(least).collect();
        let mut reach = vec![0_usize; self.columns.len()];
        for (number, row) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                while reach.get(column).is_some_and(|until| *until > number) {
                    column += 1;
                }
                let until = (column + usize::from(cell.wide.max(1))).min(self.columns.len());
                let last = (number + usize::from(cell.deep.max(1))).min(rows.len());
                let width: f64 = self.columns[column..until].iter().map(|width| f64::from(*width)).sum::<f64>() * BOX / 100.0;
                let wanted = self.height(&self.shown(cell), width);
                let have: f64 = heights[number..last].iter().sum();
                if wanted > have {
                    heights[last - 1] += wanted - have;
                }
                for taken in reach.iter_mut().take(until).skip(column) {
                    *taken = last;
                }
                column = until;
            }
        }
        heights
    }

    /// How high a text of that width is, in points. Han characters are as wide as two digits.
    fn height(&self, text: &str, width: f64) -> f64 {
        let room = (width - 1.5).max(2.0);
        let lines: f64 = text
            .split('\n')
            .map(|line| {
                let long: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                (long as f64 / room).ceil().max(1.0)
            })
            .sum();
        lines * LINE + 6.0
    }
}

/// A text cut into pieces of at most so many characters.
fn pieces(text: &str, most: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(most).map(|piece| piece.iter().collect()).collect()
}
