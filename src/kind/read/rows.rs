//! Parses rows (sub-records): on one line, as a list item, a table row or a mapping.

use std::sync::Arc;

use super::scalar::without_weekday;
use super::segments::{append_names, continues_row, segments, split_amount};
use super::typed_tail::TailResult;
use super::{TextPiece, ValueReader, split, yes_or_no};
use crate::calendar::{YearContext, YearHint, parse_date};
use crate::diag::{Code, Diagnostic, Severity};
use crate::i18n::Message;
use crate::kind::{Field, FieldIndex, FieldType, ItemNumber, Name, Need, Row, Rows, Scope, UnknownKey, Value};
use crate::text::{Span, Spanned};

/// A row under construction.
pub(in crate::kind) struct RowDraft {
    pub cells: Vec<(FieldIndex, Value)>,
    /// Columns with an invalid value; they do not count as missing.
    pub bad: Vec<FieldIndex>,
    pub tick: Option<bool>,
    pub refers: Option<Spanned<ItemNumber>>,
    pub tail: Vec<Name>,
    /// The column that the names of the tail fill.
    pub named: Option<FieldIndex>,
    pub span: Span,
}

impl RowDraft {
    pub fn new(span: Span, tick: Option<bool>) -> Self {
        RowDraft { cells: Vec::new(), bad: Vec::new(), tick, refers: None, tail: Vec::new(), named: None, span }
    }

    /// Whether a column has a value.
    pub fn has(&self, index: FieldIndex) -> bool {
        self.cells.iter().any(|(at, _)| *at == index)
    }

    /// Sets a column. Lists are extended, texts joined with `，`, other values replaced.
    pub fn set(&mut self, index: FieldIndex, value: Value) {
        let Some((_, there)) = self.cells.iter_mut().find(|(at, _)| *at == index) else {
            self.cells.push((index, value));
            return;
        };
        match (there, value) {
            (Value::Names(there), Value::Names(more)) => there.extend(more),
            (Value::Codes(there), Value::Codes(more)) => there.extend(more),
            (Value::Rows(there), Value::Rows(more)) => there.extend(more),
            (Value::Texts(there), Value::Texts(more)) => there.extend(more),
            (Value::Text(there), Value::Text(more)) => {
                there.value = format!("{}，{}", there.value, more.value).into();
                there.span = there.span.to(more.span);
            }
            (there, value) => *there = value,
        }
    }
}

impl ValueReader<'_> {
    /// Parses the rows on one line.
    pub(super) fn rows_line(&mut self, field: &Field, rows: &Arc<Rows>, piece: TextPiece<'_>) -> Option<Value> {
        let mut found: Vec<(Row, Vec<FieldIndex>)> = Vec::new();
        for part in segments(rows, piece) {
            let Some((row, bad)) = self.row_text(field, rows, part, None, None) else { continue };
            match found.last_mut() {
                Some((before, _)) if continues_row(rows, &row) => append_names(before, row),
                _ => found.push((row, bad)),
            }
        }
        for (row, bad) in &found {
            self.check_row(field, rows, row, bad);
        }
        (!found.is_empty()).then(|| Value::Rows(found.into_iter().map(|(row, _)| row).collect()))
    }

    /// Parses and checks a row written as a line of text.
    pub(super) fn row_item(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        piece: TextPiece<'_>,
        tick: Option<bool>,
        more: Option<TextPiece<'_>>,
    ) -> Option<Row> {
        let (row, bad) = self.row_text(field, rows, piece, tick, more)?;
        self.check_row(field, rows, &row, &bad);
        Some(row)
    }

    /// Parses a row; also returns its columns with an invalid value.
    fn row_text(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        piece: TextPiece<'_>,
        tick: Option<bool>,
        more: Option<TextPiece<'_>>,
    ) -> Option<(Row, Vec<FieldIndex>)> {
        let outer = self.row_day;
        let mut draft = RowDraft::new(piece.span(), tick);
        let mut text = piece.trim();
        if rows.items {
            text = take_number(&mut draft, text);
            if tick == Some(true) {
                text = self.parse_completion(rows, &mut draft, text);
            }
        }
        text = self.parse_prefix(rows, &mut draft, text);
        self.warn_unpaired_bracket(field, text);
        if rows.one && self.named_cell(rows, &mut draft, text) {
            // `合同编号：HT-018`: one line of a row that is written line by line.
        } else if rows.bare {
            self.bare_row(field, rows, &mut draft, text);
        } else {
            self.parse_text(field, rows, &mut draft, text);
        }
        if let Some(more) = more {
            self.add_nested(rows, &mut draft, more);
        }
        self.row_day = outer;
        let bad = std::mem::take(&mut draft.bad);
        finish(rows, draft).map(|row| (row, bad))
    }

    /// Parses a row from cells: a table row, or a mapping with one line per cell.
    pub(super) fn row_cells(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        cells: &[(FieldIndex, TextPiece<'_>)],
        unknown: &[(Spanned<Arc<str>>, TextPiece<'_>)],
        span: Span,
    ) -> Option<Row> {
        let outer = self.row_day;
        let mut draft = RowDraft::new(span, None);
        for (index, piece) in dated_first(rows, cells, |(index, _)| *index) {
            self.cell(rows, &mut draft, *index, *piece);
        }
        self.row_day = outer;
        let first = cells.iter().map(|(_, piece)| piece.text).find(|text| !text.is_empty()).unwrap_or("");
        self.keep_unknown(first, unknown);
        self.finish_row(field, rows, draft)
    }

    /// Finishes and checks a row.
    pub(super) fn finish_row(&mut self, field: &Field, rows: &Arc<Rows>, mut draft: RowDraft) -> Option<Row> {
        let bad = std::mem::take(&mut draft.bad);
        let row = finish(rows, draft)?;
        self.check_row(field, rows, &row, &bad);
        Some(row)
    }

    /// Keeps the text in unknown columns among the unknown keys, with their secrecy.
    pub(super) fn keep_unknown(&mut self, row: &str, unknown: &[(Spanned<Arc<str>>, TextPiece<'_>)]) {
        for (key, piece) in unknown.iter().filter(|(_, piece)| !piece.text.trim().is_empty()) {
            let text = if row.is_empty() { piece.text.to_owned() } else { format!("{row}：{}", piece.text) };
            self.unknown.push(UnknownKey { key: key.clone(), text: text.into() });
        }
    }

    /// Parses one cell. Returns `false` if it is empty or invalid.
    pub(super) fn cell(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, index: FieldIndex, piece: TextPiece<'_>) -> bool {
        let sub = rows.field(index);
        let mut piece = piece.trim();
        if piece.is_empty() || (super::is_nothing(piece.text) && !matches!(sub.ty, FieldType::Text | FieldType::YesNo)) {
            return false;
        }
        if &*sub.key == "done"
            && let Some(done) = yes_or_no(piece.text)
        {
            draft.tick = Some(done);
            return true;
        }
        if rows.items && index == FieldIndex(0) {
            piece = take_number(draft, piece);
        }
        match self.read(sub, piece) {
            Some(value) => {
                self.note_day(rows, index, &value);
                draft.set(index, value);
                true
            }
            None => {
                draft.bad.push(index);
                false
            }
        }
    }

    /// Makes the row's own day the reference day for its other dates.
    pub(super) fn note_day(&mut self, rows: &Rows, index: FieldIndex, value: &Value) {
        if let Value::Date(day) = value
            && &*rows.field(index).key == "date"
            && !matches!(rows.field(index).ty, FieldType::Date { year_hint: YearHint::OnOrAfter })
        {
            self.row_day = Some(day.value);
        }
    }

    /// Parses text with an optional typed tail in brackets after it.
    fn parse_text(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) {
        let mut text = piece;
        // The part of the tail that returns to the text.
        let mut back = String::new();
        if let Some((before, inner)) = split::split_bracket(piece.text)
            && !before.is_empty()
        {
            match self.read_tail(field, rows, draft, piece.part(inner)) {
                TailResult::Nothing => {}
                TailResult::All => text = piece.part(before),
                TailResult::Partial(left) => {
                    text = piece.part(before);
                    back = format!("（{left}）");
                }
            }
        }
        if rows.arrow {
            text = self.arrow_row(rows, draft, text);
        } else {
            text = self.company_before(rows, draft, text);
        }
        if let Some(at) = open_money(rows, draft)
            && let Some((item, amount)) = split_amount(text.text)
            && let Some(value) = self.read(rows.field(at), text.part(amount))
        {
            draft.set(at, value);
            text = text.part(item);
        }
        if !rows.items {
            text = self.day_before(rows, draft, text);
        }
        let text = text.trim();
        if let Some(first) = first_text(rows)
            && !(text.is_empty() && back.is_empty())
        {
            let mut value = self.text(rows.field(first), text);
            if !back.is_empty() {
                value.value = format!("{}{back}", value.value).into();
            }
            draft.set(first, Value::Text(value));
        }
    }

    /// Parses what precedes an item's text: a wikilink with its own column, and a yes-word such as 已阅.
    fn parse_prefix<'t>(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'t>) -> TextPiece<'t> {
        let mut piece = piece;
        if let Some(at) = rows.fields.iter().position(|sub| sub.link).map(|at| FieldIndex(at as u16))
            && piece.text.starts_with("[[")
            && let Some(end) = piece.text.find("]]").map(|end| end + "]]".len())
        {
            self.cell(rows, draft, at, piece.slice(0..end));
            piece = piece.slice(end..piece.text.len()).trim();
            piece = piece.part(piece.text.trim_start_matches(['：', ':', '，', '、'])).trim();
            for (at, sub) in rows.fields.iter().enumerate().filter(|(_, sub)| matches!(sub.ty, FieldType::YesNo)) {
                let Some(rest) = piece.text.strip_prefix(&*sub.label) else { continue };
                if rest.is_empty() || rest.starts_with(['。', '，', '；', '：', ',', ';', ':', ' ', '\u{3000}', '（', '('])
                {
                    let said = piece.slice(0..sub.label.len()).span();
                    draft.set(FieldIndex(at as u16), Value::YesNo(Spanned::new(true, said)));
                    let marks = ['。', '，', '；', '：', ',', ';', ':', ' ', '\u{3000}'];
                    piece = piece.part(rest.trim_start_matches(marks)).trim();
                }
            }
        }
        piece
    }

    /// Parses a line that names its column: `合同编号：HT-018`.
    fn named_cell(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        let Some((label, said)) = split::split_colon(piece.text) else { return false };
        let Some(at) = rows.index_by_name(label.trim()) else { return false };
        self.cell(rows, draft, at, piece.part(said));
        true
    }

    /// Parses a company before a colon: `东澜水务：缺附表2`, `恒科控制：价格低`. It fills the company column if that is
    /// required; otherwise `archive` assigns it by who it is.
    fn company_before<'t>(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'t>) -> TextPiece<'t> {
        let Some(at) = company_of(rows).filter(|at| !draft.has(*at)) else { return piece };
        let Some((head, rest)) = split::split_colon(piece.text) else { return piece };
        if !is_company_like(head) || rest.trim().is_empty() {
            return piece;
        }
        if rows.field(at).need == Need::Required {
            self.cell(rows, draft, at, piece.part(head));
        } else {
            draft.tail.extend(super::names::name(piece.part(head)));
        }
        piece.part(rest).trim()
    }

    /// Parses a date of a past event before the text: `2026-11-05 老厂滤池改造`.
    fn day_before<'t>(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'t>) -> TextPiece<'t> {
        let Some((head, rest)) = piece.text.split_once([' ', '\u{3000}']) else { return piece };
        let stated = |sub: &Field| {
            matches!(sub.ty, FieldType::Date { year_hint } if year_hint != YearHint::OnOrAfter) && &*sub.key != "done"
        };
        let Some(at) = rows.fields.iter().position(stated).map(|at| FieldIndex(at as u16)) else { return piece };
        if draft.has(at)
            || !head.starts_with(|c: char| c.is_ascii_digit())
            || parse_date(head, self.year_context(YearHint::OnOrBefore)).is_err()
        {
            return piece;
        }
        self.cell(rows, draft, at, piece.part(head));
        piece.part(rest).trim()
    }

    /// Parses the completion date after a ticked item, and the text after that date.
    fn parse_completion<'t>(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'t>) -> TextPiece<'t> {
        let Some(done) = rows.index_of("done") else { return piece };
        let near = self.year_context(YearHint::Nearest);
        let dated =
            |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && parse_date(without_weekday(text), near).is_ok();
        // After the last bracket: `…（周岚，11-13） 11-16 只补到学历`.
        if let Some(at) = piece.text.rfind(['）', ')']) {
            let end = at + piece.text[at..].chars().next().map_or(0, char::len_utf8);
            let behind = piece.text[end..].trim();
            let (date, note) = behind.split_once([' ', '\u{3000}', '，', ',', '：']).unwrap_or((behind, ""));
            if !date.is_empty() && dated(date) {
                self.cell(rows, draft, done, piece.part(date));
                if let Some(index) = rows.index_of("note").or_else(|| rows.index_of("result")) {
                    self.cell(rows, draft, index, piece.part(note));
                }
                return piece.part(&piece.text[..end]);
            }
            if !behind.is_empty() || !piece.text.contains([' ', '\u{3000}']) {
                return piece;
            }
        }
        // Without a bracket, at the end.
        if let Some((text, date)) = piece.text.rsplit_once([' ', '\u{3000}'])
            && dated(date)
        {
            self.cell(rows, draft, done, piece.part(date));
            return piece.part(text).trim();
        }
        piece
    }

    /// Adds the content of an item below its first paragraph.
    fn add_nested(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, more: TextPiece<'_>) {
        let index = rows.index_of("note").or_else(|| rows.index_of("result")).or_else(|| first_text(rows));
        if let Some(index) = index
            && !more.text.trim().is_empty()
        {
            let text = crate::markdown::plain(more.text);
            let text = self.within_limit(rows.field(index), text.trim(), more.span());
            draft.set(index, Value::Text(text));
        }
    }

    /// Reports reversed date ranges and missing required columns, unless an unassigned name may fill them.
    pub(super) fn check_row(&mut self, field: &Field, rows: &Rows, row: &Row, bad: &[FieldIndex]) {
        for (at, sub) in rows.fields.iter().enumerate() {
            let index = FieldIndex(at as u16);
            if sub.need != Need::Required || row.cell(index).is_some() || bad.contains(&index) {
                continue;
            }
            if is_names(sub) && !row.tail.is_empty() {
                continue;
            }
            let span = Span { end: row.span.end, ..row.span };
            let diagnostics = Diagnostic::new(Code::MissingRequired, span).variant("row");
            let diagnostics = diagnostics.with("field", &field.label).with("column", &sub.label);
            self.diagnostics.push(match sub.ty {
                FieldType::Money => diagnostics.help(Message::new("help.money")),
                FieldType::Date { .. } => diagnostics.help(Message::new("help.date")),
                _ => diagnostics,
            });
        }
        let day = |key| match row.cell(rows.index_of(key)?)? {
            Value::Date(day) => Some(day),
            _ => None,
        };
        if let (Some(from), Some(to)) = (day("from"), day("to"))
            && to.value < from.value
        {
            let mut diagnostics = Diagnostic::new(Code::BadDate, to.span).variant("ends-first");
            diagnostics.severity = Severity::Warning;
            self.diagnostics.push(diagnostics.with("field", &field.label).with("from", from.value).with("to", to.value));
        }
    }
}

/// Builds the row; `None` if it is empty.
fn finish(rows: &Rows, mut draft: RowDraft) -> Option<Row> {
    if draft.cells.is_empty() && draft.tail.is_empty() {
        return None;
    }
    draft.cells.sort_by_key(|(index, _)| *index);
    if rows.items {
        let done = rows.index_of("done").is_some_and(|index| draft.has(index));
        draft.tick = Some(draft.tick.unwrap_or(rows.settled || done));
    }
    let RowDraft { cells, tick, refers, tail, span, .. } = draft;
    Some(Row { cells, tick, refers, ordinal: None, tail, span })
}

/// The cells with `date` first: it is the reference day for the others.
pub(super) fn dated_first<'c, T>(
    rows: &'c Rows,
    cells: &'c [T],
    index: impl Fn(&T) -> FieldIndex + Copy + 'c,
) -> impl Iterator<Item = &'c T> {
    let date = rows.index_of("date");
    let dated = move |cell: &&T| date == Some(index(cell));
    cells.iter().filter(dated).chain(cells.iter().filter(move |cell| !dated(cell)))
}

pub(super) fn is_names(sub: &Field) -> bool {
    matches!(sub.ty, FieldType::Names { .. })
}

pub(super) fn names_of(rows: &Rows) -> impl Iterator<Item = FieldIndex> {
    rows.fields.iter().enumerate().filter(|(_, sub)| is_names(sub)).map(|(at, _)| FieldIndex(at as u16))
}

/// The column of companies: customers or competitors.
pub(super) fn company_of(rows: &Rows) -> Option<FieldIndex> {
    let firm =
        |sub: &Field| matches!(sub.ty, FieldType::Names { scope: Scope::Customer | Scope::Company | Scope::Competitor, .. });
    rows.fields.iter().position(firm).map(|at| FieldIndex(at as u16))
}

/// Whether a word may be a company name: 2 to 20 characters, at least one of them Han, without marks of a sentence.
pub(super) fn is_company_like(word: &str) -> bool {
    let word = word.trim();
    let name = split::split_bracket(word).map_or(word, |(name, _)| name).trim_start_matches("[[").trim_end_matches("]]");
    let count = name.chars().count();
    (2..=20).contains(&count)
        && name.chars().any(crate::kind::normalize::is_han)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.contains(['。', '，', '；', '、', '→', '“', '”'])
        && !name.contains(char::is_whitespace)
}

/// Endings of company names, for those that start like a surname (华东院).
const COMPANY_ENDINGS: &[&str] =
    &["公司", "集团", "水务", "厂", "院", "局", "所", "中心", "大学", "学校", "热电", "煤业", "石化", "地铁", "委员会"];

/// Whether a word ends like a company name.
pub(super) fn has_company_ending(word: &str) -> bool {
    word.chars().count() > 2 && COMPANY_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// The column that holds the text of an item.
pub(super) fn first_text(rows: &Rows) -> Option<FieldIndex> {
    let at = rows.fields.iter().position(|sub| matches!(sub.ty, FieldType::Text))?;
    Some(FieldIndex(at as u16))
}

fn open_money(rows: &Rows, draft: &RowDraft) -> Option<FieldIndex> {
    let at = rows.fields.iter().position(|sub| matches!(sub.ty, FieldType::Money)).map(|at| FieldIndex(at as u16))?;
    // Only where every row has an amount: 费用, not 信息.
    (!draft.has(at) && !rows.arrow).then_some(at)
}

/// Parses the number of the item that a row refers to: before its text, or after it in 〔〕.
fn take_number<'t>(draft: &mut RowDraft, piece: TextPiece<'t>) -> TextPiece<'t> {
    let text = piece.text;
    if let Some(open) = text.rfind('〔')
        && let Some(close) = text[open..].find('〕').map(|at| open + at)
        && let Some(number) = item_number(&text[open + '〔'.len_utf8()..close])
    {
        draft.refers = Some(Spanned::new(number, piece.slice(open + '〔'.len_utf8()..close).span()));
        let behind = text[close + '〕'.len_utf8()..].trim();
        // A completion date or other text after the number is left for the caller.
        return if behind.is_empty() { piece.slice(0..open).trim() } else { piece };
    }
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Some(hash) = text.find('#')
    {
        let digits = text[hash + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = hash + 1 + digits;
        let apart = text[end..].starts_with([' ', '\u{3000}', '：', ':', '、']) || end == text.len();
        if apart && let Some(number) = item_number(&text[..end]) {
            draft.refers = Some(Spanned::new(number, piece.slice(0..end).span()));
            return piece.part(text[end..].trim_start_matches(['：', ':', '、'])).trim();
        }
    }
    piece
}

/// Parses `2026-11-05#1`; before `#` stands a date or a file name that starts with one.
fn item_number(text: &str) -> Option<ItemNumber> {
    let (record, ordinal) = text.trim().rsplit_once(['#', '＃'])?;
    let ordinal: u16 = ordinal.parse().ok().filter(|ordinal| *ordinal > 0)?;
    let dated = record.get(..10).is_some_and(|day| parse_date(day, None::<YearContext>).is_ok());
    dated.then(|| ItemNumber { record: record.into(), ordinal })
}
