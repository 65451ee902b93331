//! Parses names into tokens with spans; `archive` resolves them.

use std::sync::Arc;

use super::{TextPiece, ValueReader, split};
use crate::diag::{Code, Diagnostic};
use crate::kind::normalize::{is_han, is_han_alone};
use crate::kind::{Field, Name, NameId, NameMark, Scope, Value};

impl ValueReader<'_> {
    /// Parses one or several names.
    pub(super) fn names(&mut self, field: &Field, scope: Scope, many: bool, piece: TextPiece<'_>) -> Option<Value> {
        // Fast path for the usual single name: Han characters are no separators or marks.
        if is_han_alone(piece.text) {
            let text = piece.text.into();
            return Some(Value::Names(vec![Name {
                id: NameId(0),
                text,
                note: None,
                mark: NameMark::None,
                span: piece.span(),
            }]));
        }
        // Names of departments, companies and projects may contain list marks.
        let parts = if many || matches!(scope, Scope::Staff | Scope::Person | Scope::Anyone) {
            parts(piece, scope)
        } else {
            vec![piece.trim()]
        };
        let mut names: Vec<Name> = Vec::with_capacity(parts.len());
        for name in parts.into_iter().filter_map(name) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > 1 && !many {
            if scope == Scope::Anyone {
                // A source may be anything: `省住建厅、水务局` is one.
                return name(piece).map(|name| Value::Names(vec![name]));
            }
            self.bad_value(field, Diagnostic::new(Code::WrongShape, piece.span()).variant("one"), piece);
            return None;
        }
        (!names.is_empty()).then_some(Value::Names(names))
    }
}

/// Splits a list of names. Blanks separate only if there is no other separator and every part starts with two or more
/// Han characters (`周岚 吕明`, but not `周 岚`).
fn parts(piece: TextPiece<'_>, scope: Scope) -> Vec<TextPiece<'_>> {
    let piece = piece.part(split::strip_list_brackets(piece.text));
    // For staff, `周岚/吕明` is two names; elsewhere `华东院/王建国` is one, the customer before the name.
    let listed = split::split(piece.text, |c| split::is_list_mark(c) || (c == '/' && scope == Scope::Staff));
    let parts = match listed[..] {
        [one] => {
            let words = split::split(one, char::is_whitespace);
            let name = |word: &&str| word.chars().take_while(|c| is_han(*c)).count() >= 2;
            if words.iter().all(name) { words } else { listed }
        }
        _ => listed,
    };
    parts.into_iter().map(|part| piece.part(part)).collect()
}

/// Whether a text is a phone number: seven digits or more, with optional marks between them.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 7 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '－'))
}

/// Parses one name and the note in brackets after it.
pub(super) fn name(piece: TextPiece<'_>) -> Option<Name> {
    let piece = piece.trim();
    let whole = piece.part(piece.text.trim_start_matches('@')).trim();
    let (text, note) = match whole.text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]")) {
        Some(link) => {
            let (target, label) = link.split_once('|').map_or((link, None), |(target, label)| (target, Some(label)));
            (target.trim(), label)
        }
        None => match split::split_bracket(whole.text) {
            Some((before, note)) if !before.trim().is_empty() => (before.trim(), Some(note)),
            _ => (whole.text, None),
        },
    };
    if text.is_empty() {
        return None;
    }
    // `蒋工 13456770921`: a phone number belongs to the name.
    let (text, note) = match text.rsplit_once([' ', '\u{3000}']) {
        Some((before, number)) if note.is_none() && is_phone(number) => (before.trim_end(), Some(number)),
        _ => (text, note),
    };
    // `周 岚`: two-character names are often written with a blank.
    let text: Arc<str> = match text.split_once([' ', '\u{3000}']) {
        Some((family, given)) if text.chars().all(|c| is_han(c) || c.is_whitespace()) => {
            format!("{family}{}", given.trim_start()).into()
        }
        _ => text.into(),
    };
    let note = note.map(str::trim).filter(|note| !note.is_empty()).map(Arc::from);
    Some(Name { id: NameId(0), text, note, mark: NameMark::None, span: whole.span() })
}
