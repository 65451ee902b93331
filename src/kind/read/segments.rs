//! Splits one line into rows.

use super::bare_rows::{is_name, pairs_people, tokens};
use super::{TextPiece, split};
use crate::kind::{Field, FieldType, Money, Row, Rows, Value};

pub(super) fn segments<'t>(rows: &Rows, piece: TextPiece<'t>) -> Vec<TextPiece<'t>> {
    let piece = piece.part(split::strip_list_brackets(piece.text));
    if rows.one {
        return vec![piece];
    }
    let money = rows.fields.iter().any(|sub| matches!(sub.ty, FieldType::Money)) && !rows.arrow && !rows.bare;
    let mut found = Vec::new();
    for part in split::split(piece.text, split::is_row_mark) {
        let whole = piece.part(part);
        if money {
            found.extend(split_by_amount(part).into_iter().map(|part| whole.part(part)));
        } else if pairs_people(rows) {
            found.extend(split_by_people(part).into_iter().map(|part| whole.part(part)));
        } else if rows.bare && split::split_colon(part).is_none() {
            found.extend(split::split(part, split::is_list_mark).into_iter().map(|part| whole.part(part)));
        } else if rows.items {
            found.extend(split_after_brackets(part).into_iter().map(|part| whole.part(part)));
        } else {
            found.push(whole);
        }
    }
    found
}

/// Splits `打印、装订 260、停车 20`: a part without an amount belongs to the next one.
fn split_by_amount(text: &str) -> Vec<&str> {
    let parts = split::split(text, split::is_list_mark);
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut rows = Vec::new();
    let mut start = None;
    for part in &parts {
        let from = *start.get_or_insert(at(part));
        let bare = split::split_bracket(part).map_or(*part, |(before, _)| before);
        if split_amount(bare).is_some() {
            rows.push(&text[from..at(part) + part.len()]);
            start = None;
        }
    }
    if let (Some(from), Some(last)) = (start, parts.last()) {
        rows.push(&text[from..at(last) + last.len()]);
    }
    rows
}

/// Splits `周岚、何俊 王建国 4次、周岚 沈丽萍`: a part starts a new row if the previous row has both its people and the part
/// names people of its own. A single name after nothing but names belongs to the previous row.
fn split_by_people(text: &str) -> Vec<&str> {
    let at = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let mut rows: Vec<&str> = Vec::new();
    // For the current row: its number of names, and whether it has other tokens.
    let (mut people, mut more) = (0, false);
    for part in split::split(text, split::is_list_mark) {
        let tokens = tokens(part, true);
        let names = tokens.iter().filter(|token| is_name(token)).count();
        let brackets = tokens.iter().filter(|token| is_name(token) && split::split_bracket(token).is_some()).count();
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

/// Splits items on one line at list marks that follow a bracket.
fn split_after_brackets(text: &str) -> Vec<&str> {
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

/// Whether a part of a line has only names and continues a row that starts with a date: `11-27 沈丽萍、邱志远`.
pub(super) fn continues_row(rows: &Rows, row: &Row) -> bool {
    let many = |sub: &Field| matches!(sub.ty, FieldType::Names { many: true, .. });
    let dated = rows.fields.first().is_some_and(|sub| matches!(sub.ty, FieldType::Date { .. }));
    rows.bare
        && dated
        && row.tail.is_empty()
        && !row.cells.is_empty()
        && row.cells.iter().all(|(index, _)| many(rows.field(*index)))
}

/// Adds the cells of such a part to the row before it.
pub(super) fn append_names(before: &mut Row, more: Row) {
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

/// Splits an amount off the end of a text: `交通费 186`, `餐费：320元`, `停车20`.
pub(super) fn split_amount(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let split = text.rsplit_once([' ', '\u{3000}', '：', ':']);
    if let Some((item, amount)) = split.filter(|(_, amount)| Money::read(amount).is_some()) {
        return Some((item.trim_end(), amount));
    }
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '元' | '万' | '¥' | '￥' | '约');
    let item = text.trim_end_matches(part);
    let amount = &text[item.len()..];
    let named =
        item.chars().next_back().is_some_and(|c| crate::kind::normalize::is_han(c) && !matches!(c, '第' | '年' | '月' | '号'));
    (named && Money::read(amount).is_some()).then_some((item.trim_end(), amount))
}
