//! The parsed values of fields.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{CodeValue, FieldIndex, Money};
use crate::calendar::{Birthday, Date, LooseDate, Month, Period};
use crate::text::{Span, Spanned};

/// The sequence number of a name within its file; `archive` stores the resolved name under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u16);

/// The mark before a name in a typed tail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameMark {
    /// Nothing.
    #[default]
    None,
    /// `对`: who a promise is made to.
    To,
}

/// A name as written, for `archive` to resolve. `郑国平（班长）` has the note `班长`; `[[华东院/王建国|王总]]` has the target
/// as text and the label as note. Equality and hashing ignore id and span.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its number in the file. Names are counted in field order, so equal field values give equal ids.
    pub id: NameId,
    /// The name alone.
    pub text: Arc<str>,
    /// The text in brackets after it.
    pub note: Option<Arc<str>>,
    /// The mark before it.
    pub mark: NameMark,
    /// Its span.
    pub span: Span,
}

impl Name {
    /// Secrecy level of a phone number in the bracket after a name (`decisions.md` 4).
    pub const PHONE_SECRECY: u8 = 2;

    /// Removes phone numbers (seven digits or more, marks allowed) from the note; the rest distinguishes namesakes.
    pub fn drop_phone(&mut self) {
        let Some(note) = self.note.as_deref() else { return };
        let part = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        let between = |c: char| matches!(c, '-' | '－' | '—' | ' ' | '+' | '(' | ')');
        let mut kept = String::with_capacity(note.len());
        let mut run = String::new();
        for c in note.chars().chain(['\0']) {
            if part(c) || (between(c) && !run.is_empty()) || c == '+' {
                run.push(c);
                continue;
            }
            if run.chars().filter(|c| part(*c)).count() < 7 {
                kept.push_str(&run);
            }
            run.clear();
            if c != '\0' {
                kept.push(c);
            }
        }
        let kept = kept.trim().trim_end_matches(['，', '、', ',', ':', '：']).trim_end();
        if kept.len() < note.len() {
            self.note = (!kept.is_empty()).then(|| kept.into());
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.note == other.note && self.mark == other.mark
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.text, &self.note, self.mark).hash(state);
    }
}

/// The number of an open item as shown: `2026-11-05#1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNumber {
    /// Date of the record, or its file stem if two records share the date.
    pub record: Arc<str>,
    /// Position among the record's promises, problems and opinions, from 1.
    pub ordinal: u16,
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.record, self.ordinal)
    }
}

/// A row (sub-record). Equality and hashing ignore its span.
#[derive(Clone, Debug)]
pub struct Row {
    /// Columns with a value, by index into [`super::Rows::fields`], ascending.
    pub cells: Vec<(FieldIndex, Value)>,
    /// Whether the item is done according to its own record: its checkbox, a word or date in 完成, or its field (已处理问题).
    /// Always `Some` for open items; `None` for other rows without a checkbox.
    pub tick: Option<bool>,
    /// The item that a ticked item refers to (`- [x] 2026-11-05#1 …` or `… 〔2026-11-05#1〕`).
    pub refers: Option<Spanned<ItemNumber>>,
    /// Its own position among the items of its record, from 1; only for open items that refer to no other.
    pub ordinal: Option<u16>,
    /// Names of a typed tail not assigned to a column; `archive` assigns them by who they are.
    pub tail: Vec<Name>,
    /// The span of the whole row.
    pub span: Span,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.cells == other.cells
            && (self.tick, &self.refers, self.ordinal) == (other.tick, &other.refers, other.ordinal)
            && self.tail == other.tail
    }
}

impl Eq for Row {}

impl Hash for Row {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.cells, self.tick, &self.refers, self.ordinal, &self.tail).hash(state);
    }
}

impl Row {
    /// The value of a column.
    pub fn cell(&self, index: FieldIndex) -> Option<&Value> {
        self.cells.iter().find(|(at, _)| *at == index).map(|(_, value)| value)
    }
}

// An archive holds hundreds of thousands of values, so large and rare variants are boxed.
const _: () = assert!(size_of::<Value>() <= 40);

/// The value of a field. Equality and hashing ignore spans.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Plain text; may contain wikilinks, which are resolved when rendered.
    Text(Spanned<Arc<str>>),
    /// Texts, in order.
    Texts(Vec<Spanned<Arc<str>>>),
    /// Markdown at these ranges of the body, with the fingerprint of its bytes.
    Prose(Vec<ProseRange>),
    /// A day.
    Date(Spanned<Date>),
    /// A month.
    Month(Spanned<Month>),
    /// A period.
    Period(Spanned<Period>),
    /// An approximate date.
    Loose(Box<Spanned<LooseDate>>),
    /// A date of birth.
    Birthday(Box<Spanned<Birthday>>),
    /// An amount.
    Money(Spanned<Money>),
    /// A number.
    Number(Spanned<i64>),
    /// Yes or no.
    YesNo(Spanned<bool>),
    /// Values of a code list, at least one.
    Codes(Vec<Spanned<CodeValue>>),
    /// Names, at least one.
    Names(Vec<Name>),
    /// Rows, at least one.
    Rows(Vec<Row>),
}

/// A range of Markdown; hashes by its bytes, not its span.
pub type ProseRange = Spanned<crate::text::Fingerprint>;

impl Value {
    /// The span of the value; for several values, of the first.
    pub fn span(&self) -> Option<Span> {
        Some(match self {
            Value::Text(at) => at.span,
            Value::Texts(all) => all.first()?.span,
            Value::Prose(all) => all.first()?.span,
            Value::Date(at) => at.span,
            Value::Month(at) => at.span,
            Value::Period(at) => at.span,
            Value::Loose(at) => at.span,
            Value::Birthday(at) => at.span,
            Value::Money(at) => at.span,
            Value::Number(at) => at.span,
            Value::YesNo(at) => at.span,
            Value::Codes(all) => all.first()?.span,
            Value::Names(all) => all.first()?.span,
            Value::Rows(all) => all.first()?.span,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drop_phone_removes_number_from_note() {
        for (note, left) in [
            ("自控班长 0573-82610377", Some("自控班长")),
            ("自控班长，138 0013 8000", Some("自控班长")),
            ("13800138000", None),
            ("班长", Some("班长")),
            ("2号厂房 班长", Some("2号厂房 班长")),
        ] {
            let note = Some(Arc::from(note));
            let mut name = Name { id: NameId(0), text: "郑国平".into(), note, mark: NameMark::None, span: Span::default() };
            name.drop_phone();
            assert_eq!(name.note.as_deref(), left);
        }
    }
}
