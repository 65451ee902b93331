//! Small records: on one line, as a list item, a row of a table or a mapping.

use std::sync::Arc;

use super::scalar::without_weekday;
use super::tail::Told;
use super::{Piece, Reader, split, yes_or_no};
use crate::calendar::{Lean, Near, read_date};
use crate::diag::{Code, Diagnostic};
use crate::kind::{Field, FieldIndex, FieldType, ItemNumber, Money, Name, Need, Row, Rows, Unknown, Value};
use crate::text::{Span, Spanned};
use crate::words::Say;

/// A row in the making.
pub(in crate::kind) struct Draft {
    pub cells: Vec<(FieldIndex, Value)>,
    /// Sub-fields that were said but not understood: they are not missing.
    pub bad: Vec<FieldIndex>,
    pub tick: Option<bool>,
    pub refers: Option<Spanned<ItemNumber>>,
    pub tail: Vec<Name>,
    /// The sub-field that the names of the tail fill.
    pub named: Option<FieldIndex>,
    pub span: Span,
}

impl Draft {
    pub fn new(span: Span, tick: Option<bool>) -> Self {
        Draft { cells: Vec::new(), bad: Vec::new(), tick, refers: None, tail: Vec::new(), named: None, span }
    }

    /// Whether a sub-field was said.
    pub fn has(&self, index: FieldIndex) -> bool {
        self.cells.iter().any(|(at, _)| *at == index)
    }

    /// Adds what a sub-field says; lists grow, texts are joined.
    pub fn put(&mut self, index: FieldIndex, value: Value) {
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

impl Reader<'_> {
    /// Rows on one line.
    pub(super) fn rows_line(&mut self, field: &Field, rows: &Arc<Rows>, piece: Piece<'_>) -> Option<Value> {
        let mut found: Vec<(Row, Vec<FieldIndex>)> = Vec::new();
        for part in segments(rows, piece) {
            let Some((row, bad)) = self.row_text(field, rows, part, None, None) else { continue };
            match found.last_mut() {
                Some((before, _)) if belongs(rows, &row) => join(before, row),
                _ => found.push((row, bad)),
            }
        }
        for (row, bad) in &found {
            self.check_row(field, rows, row, bad);
        }
        (!found.is_empty()).then(|| Value::Rows(found.into_iter().map(|(row, _)| row).collect()))
    }

    /// A row written as a line of text, checked.
    pub(super) fn row_item(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        piece: Piece<'_>,
        tick: Option<bool>,
        more: Option<Piece<'_>>,
    ) -> Option<Row> {
        let (row, bad) = self.row_text(field, rows, piece, tick, more)?;
        self.check_row(field, rows, &row, &bad);
        Some(row)
    }

    /// A row, and what was said in it but not understood.
    fn row_text(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        piece: Piece<'_>,
        tick: Option<bool>,
        more: Option<Piece<'_>>,
    ) -> Option<(Row, Vec<FieldIndex>)> {
        let outer = self.row_day;
        let mut draft = Draft::new(piece.span(), tick);
        let mut text = piece.trim();
        if rows.items {
            text = take_number(&mut draft, text);
            if tick == Some(true) {
                text = self.take_done(rows, &mut draft, text);
            }
        }
        if rows.bare {
            self.bare(field, rows, &mut draft, text);
        } else {
            self.sentence(field, rows, &mut draft, text);
        }
        if let Some(more) = more {
            self.take_more(rows, &mut draft, more);
        }
        self.row_day = outer;
        let bad = std::mem::take(&mut draft.bad);
        finish(field, rows, draft).map(|row| (row, bad))
    }

    /// A row of a table or a mapping with one line a cell.
    pub(super) fn row_cells(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        cells: &[(FieldIndex, Piece<'_>)],
        unknown: &[(Spanned<Arc<str>>, Piece<'_>)],
        span: Span,
    ) -> Option<Row> {
        let outer = self.row_day;
        let mut draft = Draft::new(span, None);
        for (index, piece) in dated_first(rows, cells, |(index, _)| *index) {
            self.cell(rows, &mut draft, *index, *piece);
        }
        self.row_day = outer;
        let first = cells.iter().map(|(_, piece)| piece.text).find(|text| !text.is_empty()).unwrap_or("");
        self.keep_unknown(first, unknown);
        self.checked(field, rows, draft)
    }

    /// Finishes and checks a row.
    pub(super) fn checked(&mut self, field: &Field, rows: &Arc<Rows>, draft: Draft) -> Option<Row> {
        let bad = draft.bad.clone();
        let row = finish(field, rows, draft)?;
        self.check_row(field, rows, &row, &bad);
        Some(row)
    }

    /// What stood in columns nobody knows is kept with the unknown keys, at their level.
    pub(super) fn keep_unknown(&mut self, row: &str, unknown: &[(Spanned<Arc<str>>, Piece<'_>)]) {
        for (key, piece) in unknown.iter().filter(|(_, piece)| !piece.text.trim().is_empty()) {
            let text = if row.is_empty() { piece.text.to_owned() } else { format!("{row}：{}", piece.text) };
            self.unknown.push(Unknown { key: key.clone(), text: text.into() });
        }
    }

    /// What one sub-field says. `false` when it says nothing that could be read.
    pub(super) fn cell(&mut self, rows: &Arc<Rows>, draft: &mut Draft, index: FieldIndex, piece: Piece<'_>) -> bool {
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
                draft.put(index, value);
                true
            }
            None => {
                draft.bad.push(index);
                false
            }
        }
    }

    /// The row's own day is what its other dates are told from.
    pub(super) fn note_day(&mut self, rows: &Rows, index: FieldIndex, value: &Value) {
        if let Value::Date(day) = value
            && &*rows.field(index).key == "date"
            && !matches!(rows.field(index).ty, FieldType::Date { lean: Lean::OnOrAfter })
        {
            self.row_day = Some(day.value);
        }
    }

    /// Text first, a typed tail in brackets behind it.
    fn sentence(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut Draft, piece: Piece<'_>) {
        let mut text = piece;
        // What of the tail goes back into the text.
        let mut back = String::new();
        if let Some((before, inner)) = split::tail(piece.text)
            && !before.is_empty()
        {
            match self.tail(field, rows, draft, piece.of(inner)) {
                Told::Nothing => {}
                Told::All => text = piece.of(before),
                Told::Some(left) => {
                    text = piece.of(before);
                    back = format!("（{left}）");
                }
            }
        }
        if rows.arrow {
            text = self.arrow(rows, draft, text);
        }
        if let Some(at) = open_money(rows, draft)
            && let Some((item, amount)) = amount_behind(text.text)
            && let Some(value) = self.read(rows.field(at), text.of(amount))
        {
            draft.put(at, value);
            text = text.of(item);
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
            draft.put(first, Value::Text(value));
        }
    }

    /// `主题：信息 → 含义`.
    fn arrow<'t>(&mut self, rows: &Arc<Rows>, draft: &mut Draft, piece: Piece<'t>) -> Piece<'t> {
        let mut fact = piece;
        let arrow = ["→", "⇒", "->", "=>"].iter().find_map(|arrow| piece.text.split_once(arrow));
        if let Some((before, after)) = arrow {
            fact = piece.of(before).trim();
            if let Some(meaning) = rows.index_of("meaning") {
                self.cell(rows, draft, meaning, piece.of(after));
            }
        }
        if let Some(topic) = rows.index_of("topic")
            && let FieldType::Code { of, .. } = &rows.field(topic).ty
            && let Some((head, rest)) = split::colon(fact.text)
            && self.kinds.codes(of).is_some_and(|list| list.read(head).is_some())
        {
            self.cell(rows, draft, topic, fact.of(head));
            fact = fact.of(rest).trim();
        }
        fact
    }

    /// A stated day that opens the text: `2026-11-05 老厂滤池改造`.
    fn day_before<'t>(&mut self, rows: &Arc<Rows>, draft: &mut Draft, piece: Piece<'t>) -> Piece<'t> {
        let Some((head, rest)) = piece.text.split_once([' ', '\u{3000}']) else { return piece };
        let stated = |sub: &Field| matches!(sub.ty, FieldType::Date { lean } if lean != Lean::OnOrAfter) && &*sub.key != "done";
        let Some(at) = rows.fields.iter().position(stated).map(|at| FieldIndex(at as u16)) else { return piece };
        if draft.has(at)
            || !head.starts_with(|c: char| c.is_ascii_digit())
            || read_date(head, self.near(Lean::OnOrBefore)).is_err()
        {
            return piece;
        }
        self.cell(rows, draft, at, piece.of(head));
        piece.of(rest).trim()
    }

    /// The date behind a settled item, and the words behind that date.
    fn take_done<'t>(&mut self, rows: &Arc<Rows>, draft: &mut Draft, piece: Piece<'t>) -> Piece<'t> {
        let Some(done) = rows.index_of("done") else { return piece };
        let near = self.near(Lean::Nearest);
        let dated =
            |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && read_date(without_weekday(text), near).is_ok();
        // Behind the last bracket: `…（周岚，11-13） 11-16 只补到学历`.
        if let Some(at) = piece.text.rfind(['）', ')']) {
            let end = at + piece.text[at..].chars().next().map_or(0, char::len_utf8);
            let behind = piece.text[end..].trim();
            let (date, note) = behind.split_once([' ', '\u{3000}', '，', ',', '：']).unwrap_or((behind, ""));
            if !date.is_empty() && dated(date) {
                self.cell(rows, draft, done, piece.of(date));
                if let Some(index) = rows.index_of("note").or_else(|| rows.index_of("result")) {
                    self.cell(rows, draft, index, piece.of(note));
                }
                return piece.of(&piece.text[..end]);
            }
            if !behind.is_empty() || !piece.text.contains([' ', '\u{3000}']) {
                return piece;
            }
        }
        // Or at the end, where there is no bracket.
        if let Some((text, date)) = piece.text.rsplit_once([' ', '\u{3000}'])
            && dated(date)
        {
            self.cell(rows, draft, done, piece.of(date));
            return piece.of(text).trim();
        }
        piece
    }

    /// What stands inside an item below its first paragraph.
    fn take_more(&mut self, rows: &Arc<Rows>, draft: &mut Draft, more: Piece<'_>) {
        let index = rows.index_of("note").or_else(|| rows.index_of("result")).or_else(|| first_text(rows));
        if let Some(index) = index
            && !more.text.trim().is_empty()
        {
            let text = crate::prose::plain(more.text);
            let text = self.measured(rows.field(index), text.trim(), more.span());
            draft.put(index, Value::Text(text));
        }
    }

    /// A run of tokens that are told apart by their sort; behind a colon, text with a tail of its own.
    fn bare(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut Draft, piece: Piece<'_>) {
        let met = brings_together(rows);
        let (head, after) = match split::colon(piece.text) {
            // `周岚：沈丽萍、王建国 12次`: the colon only stands between the two.
            Some((ours, theirs))
                if met && tokens(ours, true).iter().all(is_name) && tokens(theirs, true).first().is_some_and(is_name) =>
            {
                (piece.text, None)
            }
            Some((head, after)) => (head, Some(piece.of(after).trim())),
            None => (piece.text, None),
        };
        let mut names: Vec<Piece<'_>> = Vec::new();
        let mut left: Vec<&str> = Vec::new();
        let mut understood = false;
        for token in tokens(head, met) {
            let token = piece.of(token);
            if self.token(rows, draft, token, true) {
                understood = true;
            } else if super::surnames::is_name_like(token.text) && rows.fields.iter().any(is_names) {
                names.push(token);
            } else if let Some((base, inner)) = split::tail(token.text).filter(|(base, _)| !base.is_empty())
                && self.token(rows, draft, token.of(base), true)
            {
                // `4（2025-12-18，嫌慢）`: what stands in brackets says more of the row.
                understood = true;
                self.tail_of_bare(field, rows, draft, token.of(inner));
            } else {
                left.push(token.text);
            }
        }
        // Where a name must stand, the first word that is nothing else is one, whatever it begins with.
        let asked = |at: &FieldIndex| rows.field(*at).need == Need::Required && !draft.has(*at);
        if after.is_none() && names.is_empty() && !left.is_empty() && names_of(rows).next().is_some_and(|at| asked(&at)) {
            names.push(piece.of(left.remove(0)));
        }
        if after.is_some() && !understood && names.is_empty() {
            // No head at all: `注意：…` is text.
            self.leftover(field, rows, draft, piece, piece.text);
            return;
        }
        self.head_names(field, rows, draft, &names, after.is_some());
        if !left.is_empty() {
            let text = left.join(" ");
            self.leftover(field, rows, draft, piece.of(left[0]), &text);
        }
        if let Some(after) = after {
            let mut text = after;
            if let Some((before, inner)) = split::tail(after.text)
                && !before.is_empty()
            {
                match self.tail(field, rows, draft, after.of(inner)) {
                    Told::Nothing => {}
                    Told::All => text = after.of(before),
                    Told::Some(left) => {
                        let whole = format!("{before}（{left}）");
                        self.leftover(field, rows, draft, after.of(before), &whole);
                        return;
                    }
                }
            }
            self.leftover(field, rows, draft, text, text.text);
        }
    }

    /// Names of the head go to the first sub-field of names where a colon follows or there is but one such sub-field or one
    /// name; else they are placed by who they are.
    fn head_names(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut Draft, names: &[Piece<'_>], colon: bool) {
        let open: Vec<FieldIndex> = names_of(rows).filter(|at| !draft.has(*at)).collect();
        let many = |at: FieldIndex| matches!(rows.field(at).ty, FieldType::Names { many: true, .. });
        let at = match open[..] {
            [only] => Some(only),
            [first, ..] if colon || names.len() == 1 => Some(first),
            _ => None,
        };
        let alone = names.len() == 1 && !colon;
        for (nth, token) in names.iter().enumerate() {
            let Some(mut name) = super::names::name(*token) else { continue };
            let at = at.filter(|at| nth == 0 || many(*at));
            // One person with one remark: `何俊（大学同学）` says the sub-field that takes what is left;
            // `王建国（何俊，4次，3-1）` says more of the row.
            let remark = split::tail(token.text).map(|(_, inner)| inner).filter(|inner| {
                rows.fields.iter().any(|sub| sub.rest)
                    && (at.is_some_and(|at| !many(at)) || says_of_row(rows, draft, at, inner, alone))
            });
            if remark.is_some() {
                name.note = None;
                name.span = token.of(token.text.split(['（', '(']).next().unwrap_or(token.text)).trim().span();
            }
            match at {
                Some(at) => draft.put(at, Value::Names(vec![name])),
                None => draft.tail.push(name),
            }
            if let Some(inner) = remark {
                self.tail_of_bare(field, rows, draft, token.of(inner));
            }
        }
    }

    /// A bracket whose owner is understood already: what it does not say by sort is said by `rest`.
    fn tail_of_bare(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut Draft, inner: Piece<'_>) {
        match self.tail(field, rows, draft, inner) {
            Told::All => {}
            Told::Nothing => self.leftover(field, rows, draft, inner, inner.text),
            Told::Some(left) => self.leftover(field, rows, draft, inner, &left),
        }
    }

    /// Words of a bare row that are of no sort.
    fn leftover(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut Draft, piece: Piece<'_>, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let text_field = |sub: &Field| matches!(sub.ty, FieldType::Text);
        let index = rows.fields.iter().position(|sub| sub.rest && text_field(sub));
        match index.or_else(|| rows.fields.iter().position(text_field)) {
            Some(at) => {
                let index = FieldIndex(at as u16);
                let value = if text == piece.text {
                    self.text(rows.field(index), piece)
                } else {
                    self.measured(rows.field(index), text, piece.span())
                };
                draft.put(index, Value::Text(value));
            }
            None => {
                let news = Diagnostic::new(Code::TailNotUnderstood, piece.span()).variant("row");
                self.bad(field, news, piece.of(piece.text));
            }
        }
    }

    /// Every required sub-field is there, unless a name still to be placed may fill it.
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
            let news = Diagnostic::new(Code::MissingRequired, span).variant("row");
            let news = news.with("field", &field.label).with("column", &sub.label);
            self.news.push(match sub.ty {
                FieldType::Money => news.help(Say::new("help.money")),
                FieldType::Date { .. } => news.help(Say::new("help.date")),
                _ => news,
            });
        }
    }
}

/// A finished row; `None` when nothing was said in it.
fn finish(_field: &Field, rows: &Rows, mut draft: Draft) -> Option<Row> {
    if draft.cells.is_empty() && draft.tail.is_empty() {
        return None;
    }
    draft.cells.sort_by_key(|(index, _)| *index);
    if rows.items {
        let done = rows.index_of("done").is_some_and(|index| draft.has(index));
        draft.tick = Some(draft.tick.unwrap_or(rows.settled || done));
    }
    let Draft { cells, tick, refers, tail, span, .. } = draft;
    Some(Row { cells, tick, refers, ordinal: None, tail, span })
}

/// Items with the `date` sub-field first: the others are told from it.
pub(super) fn dated_first<'c, T>(
    rows: &'c Rows,
    cells: &'c [T],
    index: impl Fn(&T) -> FieldIndex + Copy + 'c,
) -> impl Iterator<Item = &'c T> {
    let date = rows.index_of("date");
    let dated = move |cell: &&T| date == Some(index(cell));
    cells.iter().filter(dated).chain(cells.iter().filter(move |cell| !dated(cell)))
}

/// Whether a bracket behind a name speaks of the row and not of the person: a date or a count is in it, or a name for a
/// sub-field that must be there, beside another token or behind the only name of the row.
fn says_of_row(rows: &Rows, draft: &Draft, named: Option<FieldIndex>, inner: &str, alone: bool) -> bool {
    let tokens = split::split(inner, split::is_list_mark);
    let by_sort = |token: &&str| {
        token.starts_with(|c: char| c.is_ascii_digit())
            && (token.ends_with(['次', '级']) || token.contains(['-', '/', '.', '月']))
    };
    let lacks = |at: FieldIndex| named != Some(at) && rows.field(at).need == Need::Required && !draft.has(at);
    tokens.iter().any(by_sort) || ((tokens.len() > 1 || alone) && names_of(rows).any(lacks) && tokens.iter().any(is_name))
}

fn is_name(token: &&str) -> bool {
    super::surnames::is_name_like(token)
}

/// Whether a row brings people together, ours and theirs: it cannot do without either, and their names come first.
fn brings_together(rows: &Rows) -> bool {
    let required = |at: &FieldIndex| rows.field(*at).need == Need::Required;
    rows.bare && rows.fields.first().is_some_and(is_names) && names_of(rows).filter(required).count() > 1
}

pub(super) fn is_names(sub: &Field) -> bool {
    matches!(sub.ty, FieldType::Names { .. })
}

pub(super) fn names_of(rows: &Rows) -> impl Iterator<Item = FieldIndex> {
    rows.fields.iter().enumerate().filter(|(_, sub)| is_names(sub)).map(|(at, _)| FieldIndex(at as u16))
}

/// The sub-field that is the text of an item.
pub(super) fn first_text(rows: &Rows) -> Option<FieldIndex> {
    let at = rows.fields.iter().position(|sub| matches!(sub.ty, FieldType::Text))?;
    Some(FieldIndex(at as u16))
}

fn open_money(rows: &Rows, draft: &Draft) -> Option<FieldIndex> {
    let at = rows.fields.iter().position(|sub| matches!(sub.ty, FieldType::Money)).map(|at| FieldIndex(at as u16))?;
    // Only where an amount belongs to each row: 费用, not 信息.
    (!draft.has(at) && !rows.arrow).then_some(at)
}

/// An amount at the end of a text: `交通费 186`, `餐费：320元`, `停车20`.
fn amount_behind(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let split = text.rsplit_once([' ', '\u{3000}', '：', ':']);
    if let Some((item, amount)) = split.filter(|(_, amount)| Money::read(amount).is_some()) {
        return Some((item.trim_end(), amount));
    }
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '元' | '万' | '¥' | '￥' | '约');
    let item = text.trim_end_matches(part);
    let amount = &text[item.len()..];
    let named =
        item.chars().next_back().is_some_and(|c| crate::kind::fold::is_han(c) && !matches!(c, '第' | '年' | '月' | '号'));
    (named && Money::read(amount).is_some()).then_some((item.trim_end(), amount))
}

/// The tokens of a bare row's head: between blanks and list signs, a span of dates cut in two. `met`: people are brought
/// together in it, by an arrow, a colon or a dash, `郑国平 → 周岚`.
fn tokens(head: &str, met: bool) -> Vec<&str> {
    let between = |c: char| split::is_list_mark(c) || c.is_whitespace() || (met && matches!(c, '→' | '⇒' | '↔' | '：'));
    let words = split::split(head, between);
    let mut tokens = Vec::with_capacity(words.len());
    let words = words.into_iter().flat_map(|word| if met { couple(word) } else { vec![word] });
    for word in words {
        let dated = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        match ["至", "到", "～", "~"].iter().find_map(|mark| word.split_once(mark)) {
            Some((from, to)) if (from.is_empty() || dated(from)) && (to.is_empty() || dated(to)) => {
                tokens.extend([from, to].into_iter().filter(|part| !part.is_empty()));
            }
            _ if word.chars().all(|c| matches!(c, '—' | '-' | '－')) => {}
            _ => tokens.push(word),
        }
    }
    tokens
}

/// `周岚->沈丽萍`, `周岚—沈丽萍`, `周岚:沈丽萍`, `周岚和沈丽萍`: two names with a sign or a word between.
fn couple(word: &str) -> Vec<&str> {
    let between = ["<->", "->", "=>", "——", "—", "–", "－", "-", ":", "和", "与", "跟"];
    let parts = between.iter().find_map(|between| word.split_once(between));
    match parts {
        Some((one, other)) if [one, other].iter().all(|part| part.is_empty() || is_name(part)) => {
            [one, other].into_iter().filter(|part| !part.is_empty()).collect()
        }
        _ => vec![word],
    }
}

/// The rows of one line.
fn segments<'t>(rows: &Rows, piece: Piece<'t>) -> Vec<Piece<'t>> {
    let piece = piece.of(split::unlisted(piece.text));
    let money = rows.fields.iter().any(|sub| matches!(sub.ty, FieldType::Money)) && !rows.arrow && !rows.bare;
    let mut found = Vec::new();
    for part in split::split(piece.text, split::is_row_mark) {
        let whole = piece.of(part);
        if money {
            found.extend(by_amount(part).into_iter().map(|part| whole.of(part)));
        } else if brings_together(rows) {
            found.extend(by_people(part).into_iter().map(|part| whole.of(part)));
        } else if rows.bare && split::colon(part).is_none() {
            found.extend(split::split(part, split::is_list_mark).into_iter().map(|part| whole.of(part)));
        } else if rows.items {
            found.extend(behind_brackets(part).into_iter().map(|part| whole.of(part)));
        } else {
            found.push(whole);
        }
    }
    found
}

/// `打印、装订 260、停车 20`: a part without an amount belongs to the next.
fn by_amount(text: &str) -> Vec<&str> {
    let parts = split::split(text, split::is_list_mark);
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut rows = Vec::new();
    let mut start = None;
    for part in &parts {
        let from = *start.get_or_insert(at(part));
        let bare = split::tail(part).map_or(*part, |(before, _)| before);
        if amount_behind(bare).is_some() {
            rows.push(&text[from..at(part) + part.len()]);
            start = None;
        }
    }
    if let (Some(from), Some(last)) = (start, parts.last()) {
        rows.push(&text[from..at(last) + last.len()]);
    }
    rows
}

/// `周岚、何俊 王建国 4次、周岚 沈丽萍`: a part begins a row when the one before has its two people and it names people of its
/// own; a single name behind nothing but names is one more of them.
fn by_people(text: &str) -> Vec<&str> {
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut rows: Vec<&str> = Vec::new();
    // Of the row that is being said: how many it names, and whether it says anything else.
    let (mut people, mut more) = (0, false);
    for part in split::split(text, split::is_list_mark) {
        let tokens = tokens(part, true);
        let names = tokens.iter().filter(|token| is_name(token)).count();
        let brackets = tokens.iter().filter(|token| is_name(token) && split::tail(token).is_some()).count();
        let own = tokens.first().is_some_and(is_name) && (names + brackets > 1 || more);
        match rows.last_mut() {
            Some(row) if people < 2 || !own => {
                *row = &text[at(row)..at(part) + part.len()];
                people += names + brackets;
                more |= names < tokens.len();
            }
            _ => {
                rows.push(part);
                (people, more) = (names + brackets, names < tokens.len());
            }
        }
    }
    rows
}

/// Items on one line: a comma behind a bracket divides them.
fn behind_brackets(text: &str) -> Vec<&str> {
    let parts = split::split(text, split::is_list_mark);
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut rows = Vec::new();
    let mut start = None;
    for (nth, part) in parts.iter().enumerate() {
        let from = *start.get_or_insert(at(part));
        if part.ends_with(['）', ')']) || nth + 1 == parts.len() {
            rows.push(&text[from..at(part) + part.len()]);
            start = None;
        }
    }
    rows
}

/// Whether a part of one line says only names, of rows that begin with a date: `11-27 沈丽萍、邱志远`.
fn belongs(rows: &Rows, row: &Row) -> bool {
    let many = |sub: &Field| matches!(sub.ty, FieldType::Names { many: true, .. });
    let dated = rows.fields.first().is_some_and(|sub| matches!(sub.ty, FieldType::Date { .. }));
    rows.bare
        && dated
        && row.tail.is_empty()
        && !row.cells.is_empty()
        && row.cells.iter().all(|(index, _)| many(rows.field(*index)))
}

fn join(before: &mut Row, more: Row) {
    for (index, value) in more.cells {
        match (before.cells.iter_mut().find(|(at, _)| *at == index), value) {
            (Some((_, Value::Names(there))), Value::Names(names)) => there.extend(names),
            (None, value) => before.cells.push((index, value)),
            _ => {}
        }
    }
    before.cells.sort_by_key(|(index, _)| *index);
    before.span = before.span.to(more.span);
}

/// The number of the item a row speaks of, before its text or in 〔〕 behind it.
fn take_number<'t>(draft: &mut Draft, piece: Piece<'t>) -> Piece<'t> {
    let text = piece.text;
    if let Some(open) = text.rfind('〔')
        && let Some(close) = text[open..].find('〕').map(|at| open + at)
        && let Some(number) = item_number(&text[open + '〔'.len_utf8()..close])
    {
        draft.refers = Some(Spanned::new(number, piece.slice(open + '〔'.len_utf8()..close).span()));
        let behind = text[close + '〕'.len_utf8()..].trim();
        // A date behind the number is a date behind the item; anything else stays where it is.
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
            return piece.of(text[end..].trim_start_matches(['：', ':', '、'])).trim();
        }
    }
    piece
}

/// `2026-11-05#1`; before the sign stands a date or a file's name that begins with one.
fn item_number(text: &str) -> Option<ItemNumber> {
    let (record, ordinal) = text.trim().rsplit_once(['#', '＃'])?;
    let ordinal: u16 = ordinal.parse().ok().filter(|ordinal| *ordinal > 0)?;
    let dated = record.get(..10).is_some_and(|day| read_date(day, None::<Near>).is_ok());
    dated.then(|| ItemNumber { record: record.into(), ordinal })
}
