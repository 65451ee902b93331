//! The definition of a field: type, scope, names, secrecy.

use std::sync::Arc;

use super::name_index::NameIndex;
use super::normalize::normalize_name;
use super::{Row, Value};
use crate::calendar::YearHint;

/// A field's position in its kind, or a sub-field's in its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(pub u16);

/// Whether a field is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Need {
    /// `*`: missing is an error.
    Required,
    /// `*`, but another record may supply it (the month's plan gives a visit's purpose): a rule reports it missing,
    /// parsing does not (`decisions.md` 12).
    Inherited,
    /// `+`: missing makes the dossier incomplete, which is a finding.
    Recommended,
    /// Optional.
    #[default]
    Optional,
}

/// Where a name is looked up first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Our staff; an unknown name is an error.
    Staff,
    /// Key persons of the record's own customer; an unknown name is a warning.
    Person,
    /// Customers; an unknown name is an error.
    Customer,
    /// Customers, then competitors; an unknown name stays text.
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

/// The type of a field, which decides how its text is parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Plain text: the rest of its line verbatim, or a section's plain text.
    Text,
    /// Several sentences in order: a list, the items of a section, or its paragraphs. A single line is split at `；`, or
    /// at `、` if every part is short: a sentence may contain `、`.
    Texts,
    /// Several short words in order (简称, 标签): as [`FieldType::Texts`], but also split at `、` and `，`. Both produce
    /// [`Value::Texts`](super::Value::Texts).
    Words,
    /// Markdown, from a section of the body.
    Prose,
    /// A day.
    Date {
        /// How to choose the year where none is written: on or after the record's day for due and next dates
        /// (`decisions.md` 17), on or before it for past events, the nearest for later steps (填写日期, 转告日期, 完成).
        year_hint: YearHint,
    },
    /// A month.
    Month,
    /// A year, half, quarter or month.
    Period,
    /// An approximate date.
    Loose,
    /// A date of birth.
    Birthday,
    /// An amount.
    Money,
    /// A whole number in a range.
    Number {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
    },
    /// 是/否.
    YesNo,
    /// One or several values of a code list.
    Code {
        /// Name of the code list.
        of: Arc<str>,
        /// Whether several are allowed.
        many: bool,
    },
    /// One or several names.
    Names {
        /// Where they are looked up.
        scope: Scope,
        /// Whether several are allowed.
        many: bool,
    },
    /// Rows (sub-records); see [`Row`].
    Rows(Arc<Rows>),
}

/// The shape of a field's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Sub-fields (columns); the first takes the text of a list item unless `bare`.
    pub fields: Vec<Field>,
    /// A row is a run of tokens assigned to sub-fields by type (`11-17 电话 沈丽萍`), without a text of its own.
    pub bare: bool,
    /// The field is a single row: one line is the row; in a section each line or item gives one sub-field.
    pub one: bool,
    /// Rows are numbered open items: 承诺, 问题, 意见 (`kinds.md` 6).
    pub items: bool,
    /// Written as `主题：信息 → 含义（…）` (信息).
    pub arrow: bool,
    /// Items count as done unless their checkbox is empty (已处理问题).
    pub settled: bool,
    /// Sub-fields by key.
    pub(super) keys: NameIndex,
    /// Sub-fields by every normalized name.
    pub(super) names: NameIndex,
}

impl Rows {
    /// The sub-field with this key.
    pub fn index_of(&self, key: &str) -> Option<FieldIndex> {
        self.keys.get(key)
    }

    /// The sub-field with this name: key, label or synonym.
    pub fn index_by_name(&self, written: &str) -> Option<FieldIndex> {
        self.names.get(&normalize_name(written))
    }

    /// The sub-field at an index.
    pub fn field(&self, index: FieldIndex) -> &Field {
        &self.fields[usize::from(index.0)]
    }

    /// The secrecy level that a row gets from the level of its source, independent of its fields: in 信息 1 and 2 → 1,
    /// 3 → 2, 4 or missing → 3; elsewhere 4 → 3 and otherwise 0.
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
    /// Stable key for templates, JSON and CSV.
    pub key: Arc<str>,
    /// Chinese label, as people write it.
    pub label: Arc<str>,
    /// English label for the English theme and command line.
    pub english: Arc<str>,
    /// Other accepted names.
    pub also: Vec<Arc<str>>,
    /// Type.
    pub ty: FieldType,
    /// Whether it is required.
    pub need: Need,
    /// Secrecy level 0–3.
    pub secrecy: u8,
    /// Clause of the regulation or form (`16.1`, `附表7`), if any.
    pub clause: Option<Arc<str>>,
    /// Help text for whoever fills it in.
    pub hint: Option<Arc<str>>,
    /// Whether it defaults to the file name.
    pub from_stem: bool,
    /// Whether it defaults to the folder name.
    pub from_folder: bool,
    /// Whether the company defined it in `archive.yaml`.
    pub company_defined: bool,
    /// In rows: takes what the typed tail cannot assign to another sub-field.
    pub rest: bool,
    /// In rows: takes the wikilink at the start of an item.
    pub link: bool,
    /// Its dates are planned, so they do not tell when the record was written.
    pub ahead: bool,
    /// Keys of text fields whose label may start a line in this field's section (`原因：` in 结果与检讨).
    pub parts: Vec<Arc<str>>,
    /// For a prose section of a fixed outline: keys of the fields inside it. Without prose and any of these fields, the
    /// section is reported (`part-empty`).
    pub holds: Vec<Arc<str>>,
    /// The rows field and column whose sum this amount must equal.
    pub total_of: Option<(Arc<str>, Arc<str>)>,
    /// All its names, normalized.
    pub(super) names: Vec<Arc<str>>,
}

impl Field {
    /// Whether `written` is the key or any label or synonym, ignoring blanks, full-width forms and letter case.
    pub fn is_called(&self, written: &str) -> bool {
        self.has_normalized_name(&normalize_name(written))
    }

    /// As [`Field::is_called`], for an already normalized name.
    pub(super) fn has_normalized_name(&self, folded: &str) -> bool {
        self.names.iter().any(|name| &**name == folded)
    }

    /// Whether a one-line value is taken verbatim.
    pub fn takes_line(&self) -> bool {
        !matches!(self.ty, FieldType::Prose)
    }
}
