//! What one field may say.

use std::sync::Arc;

use super::name_index::NameIndex;
use super::normalize::normalize_name;
use super::{Row, Value};
use crate::calendar::YearHint;

/// A field's position in its kind, or a sub-field's in its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(pub u16);

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Need {
    /// `*`: missing is an error.
    Required,
    /// `*`, but another record may give it (a visit's purpose stands in the month's plan): a rule finds it missing, reading
    /// does not (`decisions.md` 12).
    Inherited,
    /// `+`: missing makes the dossier incomplete, a finding.
    Wanted,
    /// Nothing is asked.
    #[default]
    Free,
}

/// Among whom a name is looked for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Our staff; an unknown name is an error.
    Staff,
    /// Key persons of the record's own customer; an unknown name is a warning.
    Person,
    /// Customers; an unknown name is an error.
    Customer,
    /// Customers, then competitors; whoever has no file is text.
    Company,
    /// Competitors; an unknown name is a warning.
    Competitor,
    /// Projects of the record's own customer; an unknown name is a warning.
    Project,
    /// The customer's units; an unknown one is a warning.
    Unit,
    /// Anyone: own persons and projects, staff, customers, competitors, in this order (`decisions.md` 21).
    Anyone,
}

/// How a field is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Plain text; takes the rest of its line literally, or a section's plain text.
    Text,
    /// Several sentences in order: a list, items of a section, or its paragraphs. On one line they are split at `；`, or at
    /// `、` when every part is short: a sentence may hold a comma.
    Texts,
    /// Several short words in order (简称, 标签): as [`FieldType::Texts`], but split at `、` and `，` too. Both give
    /// [`Value::Texts`](super::Value::Texts).
    Words,
    /// Markdown; from a section of the body.
    Prose,
    /// A day.
    Date {
        /// Which year is meant where none is written: on or after the record's day for due and next dates
        /// (`decisions.md` 17), on or before it for what is stated, the nearest for what is done about it later (填写日期,
        /// 转告日期, 完成).
        lean: YearHint,
    },
    /// A month.
    Month,
    /// A year, half, quarter or month.
    Period,
    /// A rough date.
    Loose,
    /// A date of birth.
    Birthday,
    /// An amount.
    Money,
    /// A whole number within bounds.
    Number {
        /// Least allowed.
        least: i64,
        /// Most allowed.
        most: i64,
    },
    /// 是/否.
    YesNo,
    /// One or several values of a closed list.
    Code {
        /// Name of the list.
        of: Arc<str>,
        /// Several allowed.
        many: bool,
    },
    /// One or several names.
    Names {
        /// Where they are looked for.
        scope: Scope,
        /// Several allowed.
        many: bool,
    },
    /// Small records; see `Row`.
    Rows(Arc<Rows>),
}

/// The shape of small records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Sub-fields; the first is the text of a list item unless `bare`.
    pub fields: Vec<Field>,
    /// A row is a run of tokens whose sorts say which sub-field they are (`11-17 电话 沈丽萍`), with no text of its own.
    pub bare: bool,
    /// The field is one small record: one line is one row, and each line or item of a section says a sub-field of it.
    pub one: bool,
    /// Rows are open items and carry numbers: 承诺, 问题, 意见 (`kinds.md` 6).
    pub items: bool,
    /// Written `主题：信息 → 含义（…）` (信息).
    pub arrow: bool,
    /// Items are settled unless their box says otherwise (已处理问题).
    pub settled: bool,
    /// The sub-fields by key.
    pub(super) keys: NameIndex,
    /// The sub-fields by every name they have, folded.
    pub(super) names: NameIndex,
}

impl Rows {
    /// The sub-field with this key.
    pub fn index_of(&self, key: &str) -> Option<FieldIndex> {
        self.keys.get(key)
    }

    /// The sub-field people call that.
    pub fn called(&self, written: &str) -> Option<FieldIndex> {
        self.names.get(&normalize_name(written))
    }

    /// The sub-field at an index.
    pub fn field(&self, index: FieldIndex) -> &Field {
        &self.fields[usize::from(index.0)]
    }

    /// The secrecy level a row has by the level of its source, whatever its field's: in 信息 1 and 2 → 1, 3 → 2, 4 or unsaid
    /// → 3; elsewhere 4 → 3 and 0 otherwise.
    pub fn source_secrecy(&self, row: &Row) -> u8 {
        let level = |field: &Field| matches!(&field.ty, FieldType::Code { of, .. } if &**of == "source_level");
        let Some(at) = self.fields.iter().position(level) else { return 0 };
        let code = match row.cell(FieldIndex(at as u16)) {
            Some(Value::Codes(codes)) => codes.first().map_or("", |code| &*code.value.code),
            _ => "",
        };
        match (code, self.arrow) {
            ("1" | "2", true) => 1,
            ("3", true) => 2,
            ("4", _) | (_, true) => 3,
            _ => 0,
        }
    }
}

/// One field of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Stable name for templates, JSON and CSV.
    pub key: Arc<str>,
    /// What people write.
    pub label: Arc<str>,
    /// English label for the English theme and command line.
    pub english: Arc<str>,
    /// Accepted too.
    pub also: Vec<Arc<str>>,
    /// How it is read.
    pub ty: FieldType,
    /// Whether it must be there.
    pub need: Need,
    /// Secrecy level 0–3.
    pub secrecy: u8,
    /// Clause of the regulation or form (`16.1`, `附表7`), if any.
    pub clause: Option<Arc<str>>,
    /// A hint for who fills it in.
    pub hint: Option<Arc<str>>,
    /// Takes its default from the file name.
    pub from_stem: bool,
    /// Takes its default from the name of the folder.
    pub from_folder: bool,
    /// Given by the company in `archive.yaml`.
    pub own: bool,
    /// In rows: takes what a typed tail does not understand.
    pub rest: bool,
    /// In rows: takes the wikilink that opens an item.
    pub link: bool,
    /// Its days are appointed or intended, and say nothing of when they were written down.
    pub ahead: bool,
    /// Keys of text fields whose label may open a line in this field's section (`原因：` in 结果与检讨).
    pub parts: Vec<Arc<str>>,
    /// Prose that is a part of a fixed programme: the keys of the fields that stand in it. A part in which nothing is said,
    /// neither prose nor field, is missing (`part-empty`).
    pub holds: Vec<Arc<str>>,
    /// The rows and the column an amount must be the sum of.
    pub total_of: Option<(Arc<str>, Arc<str>)>,
    /// Every name of it, folded.
    pub(super) names: Vec<Arc<str>>,
}

impl Field {
    /// Whether `written` names this field: its key, label, English label or one of the others; blanks, full-width forms and
    /// letter case do not matter.
    pub fn is_called(&self, written: &str) -> bool {
        self.answers_to(&normalize_name(written))
    }

    /// The same for a name that is folded already.
    pub(super) fn answers_to(&self, folded: &str) -> bool {
        self.names.iter().any(|name| &**name == folded)
    }

    /// Whether a one-line value of it is taken literally.
    pub fn takes_line(&self) -> bool {
        !matches!(self.ty, FieldType::Prose)
    }
}
