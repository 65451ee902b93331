//! Parses single values (dates, amounts, numbers, yes/no) and codes.

use std::sync::Arc;

use super::{TextPiece, ValueReader, split, yes_or_no};
use crate::calendar::{DateError, YearHint, parse_birthday, parse_date, parse_loose_date, parse_month, parse_period};
use crate::diag::{Code, Diagnostic, nearest};
use crate::i18n::Message;
use crate::kind::normalize::normalize;
use crate::kind::{CodeList, CodeValue, Field, FieldType, Money, Value};
use crate::text::Spanned;

impl ValueReader<'_> {
    /// Parses a value of a single-value type.
    pub(super) fn scalar(&mut self, field: &Field, piece: TextPiece<'_>) -> Option<Value> {
        let span = piece.span();
        let found = match field.ty {
            FieldType::Date { year_hint } => {
                let text = without_weekday(piece.text);
                parse_date(text, self.year_context(year_hint))
                    .map(|day| Value::Date(Spanned::new(day, span)))
                    .map_err(|fault| date_diagnostic(fault, piece))
            }
            FieldType::Month => parse_month(piece.text)
                .map(|month| Value::Month(Spanned::new(month, span)))
                .map_err(|_| Diagnostic::new(Code::BadMonth, span).help(Message::new("help.month"))),
            FieldType::Period => parse_period(piece.text)
                .map(|period| Value::Period(Spanned::new(period, span)))
                .map_err(|_| Diagnostic::new(Code::BadPeriod, span).help(Message::new("help.period"))),
            FieldType::Loose => parse_loose_date(piece.text, self.year_context(YearHint::Nearest).map(|near| near.day))
                .map(|loose| Value::Loose(Box::new(Spanned::new(loose, span))))
                .map_err(|fault| date_diagnostic(fault, piece)),
            FieldType::Birthday => parse_birthday(piece.text)
                .map(|birthday| Value::Birthday(Box::new(Spanned::new(birthday, span))))
                .map_err(|_| Diagnostic::new(Code::BadBirthday, span).help(Message::new("help.birthday"))),
            FieldType::Money => Money::read(piece.text)
                .map(|money| Value::Money(Spanned::new(money, span)))
                .ok_or_else(|| Diagnostic::new(Code::BadMoney, span).help(Message::new("help.money"))),
            FieldType::Number { min: least, max: most } => match number(piece.text) {
                Some(number) if (least..=most).contains(&number) => Ok(Value::Number(Spanned::new(number, span))),
                Some(_) => Err(Diagnostic::new(Code::BadNumber, span).variant("range").with("least", least).with("most", most)),
                None => Err(Diagnostic::new(Code::BadNumber, span).help(Message::new("help.number"))),
            },
            FieldType::YesNo => match yes_or_no(piece.text) {
                Some(yes) => Ok(Value::YesNo(Spanned::new(yes, span))),
                None => Err(Diagnostic::new(Code::BadYesNo, span).help(Message::new("help.yes-no"))),
            },
            _ => return None,
        };
        match found {
            Ok(value) => Some(value),
            Err(diagnostics) => {
                self.bad_value(field, diagnostics, piece);
                None
            }
        }
    }

    /// Parses one or several values of a code list.
    pub(super) fn codes(&mut self, field: &Field, of: &Arc<str>, many: bool, piece: TextPiece<'_>) -> Option<Value> {
        let list = self.kinds.codes(of)?.clone();
        if let Some(value) = list.read(piece.text) {
            return Some(Value::Codes(vec![Spanned::new(value.clone(), piece.span())]));
        }
        if !many && list.mismatched_code(piece.text).is_some_and(|(_, spelt)| spelt.is_some()) {
            self.bad_value(field, code_diagnostic(&list, piece), piece);
            return None;
        }
        let whole = piece.part(split::strip_list_brackets(piece.text));
        let mut found: Vec<Spanned<CodeValue>> = Vec::new();
        for (part, value) in runs(&list, whole.text) {
            let part = whole.part(part);
            let Some(value) = value else {
                let diagnostics = code_diagnostic(&list, part);
                self.bad_value(field, diagnostics, part);
                continue;
            };
            if !found.iter().any(|there| there.value == *value) {
                found.push(Spanned::new(value.clone(), part.span()));
            }
        }
        if found.len() > 1 && !many {
            self.bad_value(field, Diagnostic::new(Code::WrongShape, piece.span()).variant("one"), piece);
            return None;
        }
        (!found.is_empty()).then_some(Value::Codes(found))
    }
}

/// Splits a list of codes, taking at each position the longest run that is a value: words of the forms contain commas,
/// and blanks separate codes (`3A 5`, `4 开发新客户、2`).
fn runs<'t, 'l>(list: &'l CodeList, text: &'t str) -> Vec<(&'t str, Option<&'l CodeValue>)> {
    let mark = |c: char| split::is_list_mark(c) || c.is_whitespace() || matches!(c, '/' | '+' | '|');
    let words = split::split(text, mark);
    let end = |word: &str| word.as_ptr() as usize + word.len() - text.as_ptr() as usize;
    let mut found = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let start = words[first].as_ptr() as usize - text.as_ptr() as usize;
        let last = (first..words.len()).rev().find_map(|last| {
            let run = &text[start..end(words[last])];
            list.read(run).map(|value| (last, run, value))
        });
        match last {
            Some((last, run, value)) => {
                found.push((run, Some(value)));
                first = last + 1;
            }
            None => {
                found.push((words[first], None));
                first += 1;
            }
        }
    }
    found
}

/// The diagnostic for a text that is not a value of the list.
pub(super) fn code_diagnostic(list: &CodeList, piece: TextPiece<'_>) -> Diagnostic {
    let diagnostics = Diagnostic::new(Code::BadCode, piece.span());
    if let Some(value) = list.miscased(piece.text) {
        return diagnostics.variant("case").with("value", value.shown());
    }
    if let Some((coded, Some(spelt))) = list.mismatched_code(piece.text) {
        return diagnostics.variant("torn").with("code", coded.shown()).with("word", spelt.shown());
    }
    let diagnostics = match nearest(piece.text, list.values.iter().map(|value| &*value.word)) {
        Some(word) => diagnostics.help(Message::new("help.field-suggest").with("name", word)),
        None => diagnostics,
    };
    let values: Vec<String> = list.values.iter().map(CodeValue::shown).collect();
    diagnostics.help(Message::new("help.codes").with("values", values.join("；")))
}

/// The diagnostic for a text that is not a date.
pub(super) fn date_diagnostic(fault: DateError, piece: TextPiece<'_>) -> Diagnostic {
    let diagnostics = Diagnostic::new(Code::BadDate, piece.span());
    match fault {
        DateError::NotADate => diagnostics.help(Message::new("help.date")),
        DateError::NoSuchDay => diagnostics.variant("no-such-day").help(Message::new("help.no-such-day")),
        DateError::NoYear => diagnostics.variant("no-year"),
        DateError::Ambiguous => diagnostics.variant("ambiguous"),
    }
}

/// Parses a whole number with an optional unit.
pub(super) fn number(text: &str) -> Option<i64> {
    let folded = normalize(text);
    let text = folded.trim().trim_end_matches(['次', '分', '人', '个', '星', '家']).trim_end();
    text.parse().ok()
}

/// Strips a weekday, which is redundant: `2026-11-20（周五）`, `11-20 周五`.
pub(super) fn without_weekday(text: &str) -> &str {
    let bare = text.trim_end_matches(['）', ')']).trim_end();
    let Some(last) = bare.chars().next_back().filter(|c| "一二三四五六日天".contains(*c)) else { return text };
    let before = &bare[..bare.len() - last.len_utf8()];
    ["星期", "礼拜", "周"]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .map_or(text, |date| date.trim_end_matches(['（', '(', ' ', '\u{3000}']))
}
