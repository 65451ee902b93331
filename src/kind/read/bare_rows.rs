//! Parses rows that are runs of tokens, each assigned to a column by its type: `11-17 电话 沈丽萍`, `周岚 → 沈丽萍 12次 3-10`.

use std::sync::Arc;

use super::rows::{RowDraft, company_of, first_text, has_company_ending, is_company_like, is_names, names_of};
use super::scalar::{code_diagnostic, date_diagnostic};
use super::typed_tail::TailResult;
use super::{TextPiece, ValueReader, split};
use crate::calendar::DateError;
use crate::diag::{Code, Diagnostic, Severity};
use crate::kind::normalize::is_han;
use crate::kind::{Field, FieldIndex, FieldType, Need, Rows, Value};

impl ValueReader<'_> {
    /// Parses a run of tokens into the row. After a colon follows text, which may have a typed tail.
    pub(super) fn bare_row(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>) {
        let met = pairs_people(rows);
        let (head, after) = match split::split_colon(piece.text) {
            // `周岚：沈丽萍、王建国 12次`: the colon only separates our people from theirs.
            Some((ours, theirs))
                if met && tokens(ours, true).iter().all(is_name) && tokens(theirs, true).first().is_some_and(is_name) =>
            {
                (piece.text, None)
            }
            Some((head, after)) => (head, Some(piece.part(after).trim())),
            None => (piece.text, None),
        };
        let mut names: Vec<TextPiece<'_>> = Vec::new();
        let mut left: Vec<&str> = Vec::new();
        let mut understood = false;
        for token in join_labels(rows, head, tokens(head, met)) {
            let token = piece.part(token);
            if self.read_token(rows, draft, token, true) {
                understood = true;
            } else if let Some(at) = company_of(rows).filter(|at| has_company_ending(token.text) && !draft.has(*at)) {
                // 华东院 starts like a surname.
                draft.set(at, Value::Names(super::names::name(token).into_iter().collect()));
                understood = true;
            } else if super::surnames::is_name_like(token.text) && rows.fields.iter().any(is_names) {
                names.push(token);
            } else if let Some((base, inner)) = split::split_bracket(token.text).filter(|(base, _)| !base.is_empty())
                && self.read_token(rows, draft, token.part(base), true)
            {
                // `4（2025-12-18，嫌慢）`: the bracket holds further tokens of the row.
                understood = true;
                self.tail_of_bare(field, rows, draft, token.part(inner));
            } else {
                left.push(token.text);
            }
        }
        // Company names have no surname: the first unassigned word is one, if the row has a column for it.
        if let Some(at) = company_of(rows).filter(|at| !draft.has(*at))
            && (rows.field(at).need == Need::Required || after.is_some() || first_text(rows).is_none())
            && left.first().is_some_and(|word| is_company_like(word))
        {
            let name = super::names::name(piece.part(left.remove(0)));
            draft.set(at, Value::Names(name.into_iter().collect()));
            understood = true;
        }
        // Where a name is required, the first unassigned word is one, whatever its first character.
        let asked = |at: &FieldIndex| rows.field(*at).need == Need::Required && !draft.has(*at);
        if after.is_none() && names.is_empty() && !left.is_empty() && names_of(rows).next().is_some_and(|at| asked(&at)) {
            names.push(piece.part(left.remove(0)));
        }
        if after.is_some() && !understood && names.is_empty() {
            // Nothing before the colon was recognized: `注意：…` is text.
            self.add_leftover_text(field, rows, draft, piece, piece.text);
            return;
        }
        self.head_names(field, rows, draft, &names, after.is_some());
        for word in &left {
            self.warn_unrecognized(rows, draft, piece.part(word), after.is_some() && !names.is_empty());
        }
        if !left.is_empty() {
            let text = left.join(if rows.one { "，" } else { " " });
            self.add_leftover_text(field, rows, draft, piece.part(left[0]), &text);
        }
        if let Some(after) = after {
            let mut text = after;
            if let Some((before, inner)) = split::split_bracket(after.text)
                && !before.is_empty()
            {
                match self.read_tail(field, rows, draft, after.part(inner)) {
                    TailResult::Nothing => {}
                    TailResult::All => text = after.part(before),
                    TailResult::Partial(left) => {
                        let whole = format!("{before}（{left}）");
                        self.add_leftover_text(field, rows, draft, after.part(before), &whole);
                        return;
                    }
                }
            }
            self.add_leftover_text(field, rows, draft, text, text.text);
        }
    }

    /// Assigns the names of the head to the first column of names if a colon follows or if there is only one such
    /// column or name; otherwise `archive` assigns them by who they are.
    fn head_names(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut RowDraft, names: &[TextPiece<'_>], colon: bool) {
        let open = |at: &FieldIndex| !draft.has(*at) && company_of(rows) != Some(*at);
        let open: Vec<FieldIndex> = names_of(rows).filter(open).collect();
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
            // `何俊（大学同学）`: the bracket belongs in the `rest` column.
            // `王建国（何俊，4次，3-1）`: the bracket holds further tokens of the row.
            let remark = split::split_bracket(token.text).map(|(_, inner)| inner).filter(|inner| {
                rows.fields.iter().any(|sub| sub.rest)
                    && (at.is_some_and(|at| !many(at)) || matches_row(rows, draft, at, inner, alone))
            });
            if remark.is_some() {
                name.note = None;
                name.span = token.part(token.text.split(['（', '(']).next().unwrap_or(token.text)).trim().span();
            }
            match at {
                Some(at) => draft.set(at, Value::Names(vec![name])),
                None => draft.tail.push(name),
            }
            if let Some(inner) = remark {
                self.tail_of_bare(field, rows, draft, token.part(inner));
            }
        }
    }

    /// Parses a bracket after an assigned token; whatever has no type becomes leftover text.
    fn tail_of_bare(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut RowDraft, inner: TextPiece<'_>) {
        match self.read_tail(field, rows, draft, inner) {
            TailResult::All => {}
            TailResult::Nothing => self.add_leftover_text(field, rows, draft, inner, inner.text),
            TailResult::Partial(left) => self.add_leftover_text(field, rows, draft, inner, &left),
        }
    }

    /// Warns about a word that stays text although it resembles a date (`11月二十`) or, before a colon, a word of a code
    /// list (`拦路虎：`), and a column for it is still empty.
    fn warn_unrecognized(&mut self, rows: &Rows, draft: &mut RowDraft, word: TextPiece<'_>, colon: bool) {
        let open = |fits: &dyn Fn(&FieldType) -> bool| {
            let free = |at: &FieldIndex| fits(&rows.field(*at).ty) && !draft.has(*at) && !draft.bad.contains(at);
            (0..rows.fields.len()).map(|at| FieldIndex(at as u16)).find(free)
        };
        let is_code = |ty: &FieldType| matches!(ty, FieldType::Code { of, .. } if &**of != "source_level");
        let (at, diagnostics) = if is_dated(word.text) {
            let Some(at) = open(&|ty| matches!(ty, FieldType::Date { .. })) else { return };
            (at, date_diagnostic(DateError::NotADate, word))
        } else {
            let Some(at) = open(&is_code).filter(|_| colon && word.text.chars().all(is_han)) else { return };
            let FieldType::Code { of, .. } = &rows.field(at).ty else { return };
            let Some(list) = self.kinds.codes(of) else { return };
            (at, code_diagnostic(list, word))
        };
        let mut diagnostics = diagnostics.with("field", &rows.field(at).label).with("text", word.text);
        diagnostics.severity = Severity::Warning;
        self.diagnostics.push(diagnostics);
        draft.bad.push(at);
    }

    /// Adds words without a type to the row's text; without a text column it reports them.
    fn add_leftover_text(&mut self, field: &Field, rows: &Arc<Rows>, draft: &mut RowDraft, piece: TextPiece<'_>, text: &str) {
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
                    self.within_limit(rows.field(index), text, piece.span())
                };
                draft.set(index, Value::Text(value));
            }
            None => {
                let diagnostics = Diagnostic::new(Code::TailNotUnderstood, piece.span()).variant("row");
                self.bad_value(field, diagnostics, piece.part(piece.text));
            }
        }
    }
}

/// Whether the bracket after a name describes the row rather than the person: it contains a date or a count, or a name
/// for an empty required column, next to another token or after the row's only name.
fn matches_row(rows: &Rows, draft: &RowDraft, named: Option<FieldIndex>, inner: &str, alone: bool) -> bool {
    let tokens = split::split(inner, split::is_list_mark);
    let by_sort = |token: &&str| {
        token.starts_with(|c: char| c.is_ascii_digit())
            && (token.ends_with(['次', '级']) || token.contains(['-', '/', '.', '月']))
    };
    let lacks = |at: FieldIndex| named != Some(at) && rows.field(at).need == Need::Required && !draft.has(at);
    tokens.iter().any(by_sort) || ((tokens.len() > 1 || alone) && names_of(rows).any(lacks) && tokens.iter().any(is_name))
}

/// Whether a word resembles a date but cannot be parsed: `11月二十`, `去年11月`.
fn is_dated(word: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    word.contains(['月', '年', '日', '号'])
        && word.contains(digit)
        && word.chars().all(|c| digit(c) || "年月日号去今明上下本".contains(c))
}

/// Whether a token looks like a name.
pub(super) fn is_name(token: &&str) -> bool {
    super::surnames::is_name_like(token)
}

/// Whether rows pair people, ours and theirs: names come first, and at least two columns of names are required.
pub(super) fn pairs_people(rows: &Rows) -> bool {
    let required = |at: &FieldIndex| rows.field(*at).need == Need::Required;
    rows.bare && rows.fields.first().is_some_and(is_names) && names_of(rows).filter(required).count() > 1
}

/// Splits the head of a bare row at blanks and list marks, and a date range into its two dates. `met`: the row pairs
/// people, so an arrow, colon or dash separates too (`郑国平 → 周岚`).
pub(super) fn tokens(head: &str, met: bool) -> Vec<&str> {
    let between = |c: char| split::is_list_mark(c) || c.is_whitespace() || (met && matches!(c, '→' | '⇒' | '↔' | '：'));
    let words = split::split(head, between);
    let mut tokens = Vec::with_capacity(words.len());
    let words = words.into_iter().flat_map(|word| if met { split_pair(word) } else { vec![word] });
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

/// Joins each label with the token after it: `负责人 周岚`.
fn join_labels<'t>(rows: &Rows, head: &'t str, tokens: Vec<&'t str>) -> Vec<&'t str> {
    let at = |part: &str| part.as_ptr() as usize - head.as_ptr() as usize;
    let label =
        |token: &str| rows.fields.iter().any(|sub| *sub.label == *token || sub.also.iter().any(|name| **name == *token));
    let mut joined: Vec<&str> = Vec::with_capacity(tokens.len());
    let mut open: Option<&str> = None;
    for token in tokens {
        match open.take() {
            Some(label) if head[at(label) + label.len()..at(token)].trim().is_empty() => {
                joined.push(&head[at(label)..at(token) + token.len()]);
                continue;
            }
            Some(label) => joined.push(label),
            None => {}
        }
        if label(token) { open = Some(token) } else { joined.push(token) }
    }
    joined.extend(open);
    joined
}

/// Splits two names at a mark or word between them: `周岚->沈丽萍`, `周岚—沈丽萍`, `周岚:沈丽萍`, `周岚和沈丽萍`.
fn split_pair(word: &str) -> Vec<&str> {
    let between = ["<->", "->", "=>", "——", "—", "–", "－", "-", ":", "和", "与", "跟"];
    let parts = between.iter().find_map(|between| word.split_once(between));
    match parts {
        Some((one, other)) if [one, other].iter().all(|part| part.is_empty() || is_name(part)) => {
            [one, other].into_iter().filter(|part| !part.is_empty()).collect()
        }
        _ => vec![word],
    }
}
