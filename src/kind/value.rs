//! What fields hold once they are read.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{CodeValue, FieldIndex, Money};
use crate::calendar::{Birthday, Date, Loose, Month, Period};
use crate::text::{Span, Spanned};

/// The running number of a name within its file: what `archive` resolves is kept under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u16);

/// What stood before a name in a typed tail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameMark {
    /// Nothing.
    #[default]
    None,
    /// `对`: who a promise is made to.
    To,
}

/// A name as it was written: a token for `archive` to place. `郑国平（班长）` has the note `班长`; `[[华东院/王建国|王总]]` has the
/// target as text and the label as note. Equality and hashing ignore number and place.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its number in the file: names are counted in the order of the sheet, so equal sheets number alike.
    pub id: NameId,
    /// The name alone.
    pub text: Arc<str>,
    /// What stood in brackets behind it.
    pub note: Option<Arc<str>>,
    /// What stood before it.
    pub mark: NameMark,
    /// Where.
    pub span: Span,
}

impl Name {
    /// The level of a telephone number in the bracket behind a name (`decisions.md` 4).
    pub const PHONE_SECRECY: u8 = 2;

    /// Takes telephone numbers out of the bracket: seven and more digits, marks between them allowed. What is left tells two
    /// of one name apart.
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

/// The public number of an open item: `2026-11-05#1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNumber {
    /// Date of the record, or its stem where two records share the date.
    pub record: Arc<str>,
    /// Order among the record's promises, problems and opinions, from 1.
    pub ordinal: u16,
}

impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.record, self.ordinal)
    }
}

/// A small record. Equality and hashing ignore its place.
#[derive(Clone, Debug)]
pub struct Row {
    /// Sub-fields that were said, by index into [`super::Rows::fields`], ascending.
    pub cells: Vec<(FieldIndex, Value)>,
    /// Whether an open item is settled where it stands: its box, a word or date in 完成, or the field it stands in
    /// (已处理问题). Always said for rows that are open items; `None` for others without a box.
    pub tick: Option<bool>,
    /// The number a ticked item carries (`- [x] 2026-11-05#1 …` or `… 〔2026-11-05#1〕`): it speaks of that item.
    pub refers: Option<Spanned<ItemNumber>>,
    /// Its own order among the items of its record, from 1, for rows that are open items and refer to no other.
    pub ordinal: Option<u16>,
    /// Names of a typed tail that no sub-field claimed yet; `archive` places them by who they are.
    pub tail: Vec<Name>,
    /// The whole row.
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
    /// A sub-field's value.
    pub fn cell(&self, index: FieldIndex) -> Option<&Value> {
        self.cells.iter().find(|(at, _)| *at == index).map(|(_, value)| value)
    }
}

// An archive holds hundreds of thousands of them: what is large and rare stands elsewhere.
const _: () = assert!(size_of::<Value>() <= 40);

/// What a field holds. Equality and hashing ignore places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Plain text; may hold wikilinks, which are resolved when shown.
    Text(Spanned<Arc<str>>),
    /// Texts in order.
    Texts(Vec<Spanned<Arc<str>>>),
    /// Markdown at these stretches of the body, and the fingerprint of its bytes.
    Prose(Vec<ProseRange>),
    /// A day.
    Date(Spanned<Date>),
    /// A month.
    Month(Spanned<Month>),
    /// A period.
    Period(Spanned<Period>),
    /// A rough date.
    Loose(Box<Spanned<Loose>>),
    /// A date of birth.
    Birthday(Box<Spanned<Birthday>>),
    /// An amount.
    Money(Spanned<Money>),
    /// A number.
    Number(Spanned<i64>),
    /// Yes or no.
    YesNo(Spanned<bool>),
    /// Values of a closed list, at least one.
    Codes(Vec<Spanned<CodeValue>>),
    /// Names, at least one.
    Names(Vec<Name>),
    /// Small records, at least one.
    Rows(Vec<Row>),
}

/// A stretch of Markdown; hashes as its bytes, not as its place.
pub type ProseRange = Spanned<crate::text::Fingerprint>;

impl Value {
    /// Where it was written; for several values, the first.
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
    fn a_telephone_number_leaves_the_bracket() {
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
