//! Parses typed tails: the brackets after a row's text, token by token.

use std::sync::Arc;

use super::rows::{RowDraft, company_of, has_company_ending, is_company_like, is_names, names_of};
use super::scalar::{date_diagnostic, number, without_weekday};
use super::{TextPiece, ValueReader, split, surnames};
use crate::calendar::{DateError, YearHint, parse_date, parse_month, parse_period};
use crate::diag::{Code, Diagnostic, Severity};
use crate::i18n::Message;
use crate::kind::{Field, FieldIndex, FieldType, Money, Name, NameMark, Need, Rows, Value};

/// How much of a tail was recognized.
pub(super) enum TailResult {
    /// Nothing: it is not a tail.
    Nothing,
    /// All of it, or the rest went to a column of its own.
    All,
    /// All but these words.
    Partial(String),
}

impl ValueReader<'_> {
    /// Warns about a bracket without a partner: it is not a tail, so its names and dates stay in the text.
    pub(super) fn warn_unpaired_bracket(&mut self, field: &Field, piece: TextPiece<'_>) {
        if let Some((sign, opens)) = split::unpaired_bracket(piece.text) {
            let place = piece.part(sign).span();
            let mut diagnostics = Diagnostic::new(Code::TailNotUnderstood, place).variant(if opens { "open" } else { "shut" });
            diagnostics.severity = Severity::Warning;
            let diagnostics = diagnostics.with("field", &field.label);
            self.diagnostics.push(diagnostics.help(Message::new(if opens { "help.tail-open" } else { "help.tail-shut" })));
        }
    }

    /// Parses the tokens of a tail into the row.
    pub(super) fn read_tail(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        draft: &mut RowDraft,
        inner: TextPiece<'_>,
    ) -> TailResult {
        let mut left: Vec<&str> = Vec::new();
        let mut understood = false;
        for token in split::split(inner.text, split::is_list_mark) {
            let piece = inner.part(token);
            if self.read_token(rows, draft, piece, false)
                || self.read_marked(rows, draft, piece)
                || (has_company_ending(token) && tail_company(rows, draft, piece))
                || self.tail_name(rows, draft, piece)
                || tail_company(rows, draft, piece)
            {
                understood = true;
            } else if let Some(rest) = self.day_with_words(rows, draft, piece) {
                understood = true;
                left.extend(rest);
            } else {
                left.push(token);
            }
        }
        if left.is_empty() {
            return if understood { TailResult::All } else { TailResult::Nothing };
        }
        if let Some(rest) = rows.fields.iter().position(|sub| sub.rest) {
            let rest = FieldIndex(rest as u16);
            let text = if understood { left.join("，") } else { inner.text.trim().to_owned() };
            let span = inner.part(left[0]).span().to(inner.part(left[left.len() - 1]).span());
            let text = self.within_limit(rows.field(rest), &text, span);
            draft.set(rest, Value::Text(text));
            return TailResult::All;
        }
        if understood || rows.items {
            for token in &left {
                let diagnostics = Diagnostic::new(Code::TailNotUnderstood, inner.part(token).span());
                self.diagnostics
                    .push(diagnostics.with("text", token).with("field", &field.label).help(Message::new("help.tail")));
            }
        }
        if understood { TailResult::Partial(left.join("，")) } else { TailResult::Nothing }
    }

    /// Parses a token whose type determines its column. `head`: in the head of a bare row an amount needs no unit.
    pub(super) fn read_token(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>, head: bool) -> bool {
        let text = piece.text;
        self.read_labelled(rows, draft, piece)
            || self.read_source_level(rows, draft, piece)
            || (text.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
                && self.read_date(rows, draft, piece))
            || self.read_number(rows, draft, piece, head)
            || self.read_code(rows, draft, piece)
    }

    /// Parses a token that names its column: `期限 12-1`, `下次联系：11-20`.
    fn read_labelled(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        // Fast exit: most tokens are dates or names.
        let mark = |c: char| matches!(c, ' ' | '\u{3000}' | '：' | ':') || c.is_ascii_digit();
        let yes_no = || rows.fields.iter().any(|sub| matches!(sub.ty, FieldType::YesNo));
        if piece.text.starts_with(|c: char| c.is_ascii_digit()) || !(piece.text.contains(mark) || yes_no()) {
            return false;
        }
        for (at, sub) in rows.fields.iter().enumerate() {
            for name in std::iter::once(&sub.label).chain(&sub.also) {
                let Some(rest) = piece.text.strip_prefix(&**name) else { continue };
                let apart = rest.starts_with([' ', '\u{3000}', '：', ':']);
                let counted = name.chars().count() > 1 && rest.starts_with(|c: char| c.is_ascii_digit());
                let value = rest.trim_start_matches([' ', '\u{3000}', '：', ':']);
                if (apart || counted) && !value.is_empty() {
                    self.cell(rows, draft, FieldIndex(at as u16), piece.part(value));
                    return true;
                }
                if rest.is_empty() && matches!(sub.ty, FieldType::YesNo) {
                    let yes = Value::YesNo(crate::text::Spanned::new(true, piece.span()));
                    draft.set(FieldIndex(at as u16), yes);
                    return true;
                }
            }
            if matches!(sub.ty, FieldType::YesNo)
                && ["未", "没", "没有", "尚未"].iter().any(|not| piece.text.strip_prefix(not) == Some(&*sub.label))
            {
                draft.set(FieldIndex(at as u16), Value::YesNo(crate::text::Spanned::new(false, piece.span())));
                return true;
            }
        }
        false
    }

    /// Parses `11-28 前备好`: a day, and the words after it that stay text. `None` if there is no day.
    fn day_with_words<'t>(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'t>) -> Option<Option<&'t str>> {
        let (day, rest) = piece.text.split_once([' ', '\u{3000}'])?;
        if !day.starts_with(|c: char| c.is_ascii_digit()) || !self.read_date(rows, draft, piece.part(day)) {
            return None;
        }
        let rest = rest.trim();
        let rest = ["之前", "以前", "前"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim();
        Some((!rest.is_empty()).then_some(rest))
    }

    /// Parses `3级`.
    fn read_source_level(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        if !piece.text.ends_with('级') {
            return false;
        }
        let is_level = |sub: &Field| matches!(&sub.ty, FieldType::Code { of, .. } if &**of == "source_level");
        let Some(at) = rows.fields.iter().position(is_level).map(|at| FieldIndex(at as u16)) else { return false };
        if draft.has(at) {
            return false;
        }
        if self.kinds.codes("source_level").is_some_and(|list| list.read(piece.text).is_some()) {
            return self.cell(rows, draft, at, piece);
        }
        // `9级`: no such level, but not the name of a source either.
        let numbered = number(piece.text.trim_end_matches('级')).is_some();
        if numbered {
            self.cell(rows, draft, at, piece);
        }
        numbered
    }

    /// Parses a date into the due column if the row has one, else into the first empty date column; never into `done`.
    fn read_date(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        let open = |due: bool| {
            let fits = |(at, sub): &(usize, &Field)| {
                matches!(sub.ty, FieldType::Date { year_hint } if (year_hint == YearHint::OnOrAfter) == due)
                    && &*sub.key != "done"
                    && !draft.has(FieldIndex(*at as u16))
            };
            rows.fields.iter().enumerate().find(fits).map(|(at, _)| FieldIndex(at as u16))
        };
        // The start of a range comes first, and so does a required `date`.
        let is_day = |at: &FieldIndex| matches!(rows.field(*at).ty, FieldType::Date { .. } | FieldType::Loose);
        let own = rows.index_of("date").filter(|at| rows.field(*at).need == Need::Required);
        let from = rows.index_of("from").filter(is_day).or(own).filter(|at| !draft.has(*at));
        let month = rows.fields.iter().position(|sub| matches!(sub.ty, FieldType::Month)).map(|at| FieldIndex(at as u16));
        if let Some(at) = month.filter(|at| !draft.has(*at) && parse_month(piece.text).is_ok()) {
            return self.cell(rows, draft, at, piece);
        }
        let period = rows.fields.iter().position(|sub| matches!(sub.ty, FieldType::Period)).map(|at| FieldIndex(at as u16));
        let no_day = || parse_date(piece.text, self.year_context(YearHint::Nearest)).is_err();
        if let Some(at) = period.filter(|at| !draft.has(*at) && no_day() && parse_period(piece.text).is_ok()) {
            return self.cell(rows, draft, at, piece);
        }
        let Some(at) = from.or_else(|| open(true)).or_else(|| open(false)) else { return false };
        let sub = rows.field(at);
        let FieldType::Date { year_hint } = sub.ty else {
            return matches!(sub.ty, FieldType::Loose)
                && parse_date(piece.text, self.year_context(YearHint::Nearest)).is_ok()
                && self.cell(rows, draft, at, piece);
        };
        let mut text = without_weekday(piece.text);
        if year_hint == YearHint::OnOrAfter {
            text = ["之前", "以前", "前"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
        }
        let text = text.strip_suffix("起").unwrap_or(text);
        match parse_date(text, self.year_context(year_hint)) {
            Ok(_) => self.cell(rows, draft, at, piece.part(text)),
            Err(DateError::NotADate) => false,
            Err(_) if number(piece.text).is_some() || Money::read(piece.text).is_some() => false,
            Err(fault) => {
                let piece = piece.part(text);
                self.bad_value(sub, date_diagnostic(fault, piece), piece);
                draft.bad.push(at);
                true
            }
        }
    }

    fn read_number(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>, head: bool) -> bool {
        for (at, sub) in rows.fields.iter().enumerate() {
            let index = FieldIndex(at as u16);
            if draft.has(index) {
                continue;
            }
            let fits = match sub.ty {
                FieldType::Number { .. } => number(piece.text).is_some(),
                FieldType::Money => {
                    let unit = piece.text.contains(['元', '万', '亿', '¥', '￥', '千', '块']);
                    (head || unit) && Money::read(piece.text).is_some()
                }
                _ => false,
            };
            if fits {
                self.cell(rows, draft, index, piece);
                return true;
            }
        }
        false
    }

    /// Parses a word of a code list; levels of sources need their 级.
    fn read_code(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        for (at, sub) in rows.fields.iter().enumerate() {
            let index = FieldIndex(at as u16);
            let FieldType::Code { of, many } = &sub.ty else { continue };
            if (draft.has(index) && !many) || &**of == "source_level" {
                continue;
            }
            if self.kinds.codes(of).is_some_and(|list| list.read(piece.text).is_some()) {
                return self.cell(rows, draft, index, piece);
            }
        }
        self.read_code_with_date(rows, draft, piece)
    }

    /// Parses a code word directly followed by a date: `改11-20`, `招标2026-10-09`.
    fn read_code_with_date(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        let Some(at) = piece.text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0) else { return false };
        let (word, behind) = piece.text.split_at(at);
        let whole = word.chars().all(crate::kind::normalize::is_han);
        let date = || parse_date(behind, self.year_context(YearHint::Nearest)).is_ok();
        whole && date() && self.read_code(rows, draft, piece.part(word)) && self.read_date(rows, draft, piece.part(behind))
    }

    /// Parses `转工程服务部`, `对邱志远`.
    fn read_marked(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        if let Some(department) = rows.index_of("department")
            && let Some(rest) = ["转告给", "转告", "转给", "转"].iter().find_map(|word| piece.text.strip_prefix(word))
            && !rest.trim().is_empty()
        {
            return self.cell(rows, draft, department, piece.part(rest));
        }
        let Some(rest) = piece.text.strip_prefix('对').map(str::trim).filter(|rest| !rest.is_empty()) else { return false };
        if let Some(to) = rows.index_of("to").filter(|at| is_names(rows.field(*at))) {
            return self.cell(rows, draft, to, piece.part(rest));
        }
        if !surnames::is_name_like(rest) || !rows.fields.iter().any(is_names) {
            return false;
        }
        if let Some(name) = super::names::name(piece.part(rest)) {
            draft.tail.push(Name { mark: NameMark::To, ..name });
        }
        true
    }

    /// Parses an unmarked name into the only free column of names; if there are several, `archive` assigns it.
    fn tail_name(&mut self, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
        if !surnames::is_name_like(piece.text) || !rows.fields.iter().any(is_names) {
            return false;
        }
        let Some(name) = super::names::name(piece) else { return false };
        // A further name joins the first.
        if let Some(at) = draft.named.filter(|at| matches!(rows.field(*at).ty, FieldType::Names { many: true, .. })) {
            draft.set(at, Value::Names(vec![name]));
            return true;
        }
        // Names in a tail fill neither the column of the item's link nor the column of companies.
        let taken = |at: &FieldIndex| draft.has(*at) || rows.field(*at).link || company_of(rows) == Some(*at);
        let free: Vec<FieldIndex> = names_of(rows).filter(|at| &*rows.field(*at).key != "to" && !taken(at)).collect();
        let required: Vec<FieldIndex> = free.iter().copied().filter(|at| rows.field(*at).need == Need::Required).collect();
        match (&required[..], &free[..]) {
            ([only], _) | ([], [only]) => {
                draft.named = Some(*only);
                draft.set(*only, Value::Names(vec![name]));
            }
            _ => draft.tail.push(name),
        }
        true
    }
}

/// Keeps a word that may be a company, if the row has a free column for one; `archive` assigns it by who it is.
fn tail_company(rows: &Rows, draft: &mut RowDraft, piece: TextPiece<'_>) -> bool {
    let free = !rows.arrow && company_of(rows).is_some_and(|at| !draft.has(at));
    let name = super::names::name(piece).filter(|_| free && is_company_like(piece.text));
    name.is_some_and(|name| {
        draft.tail.push(name);
        true
    })
}
