//! What one field may say.

use std::sync::Arc;

/// A field's position in its kind, or a sub-field's in its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(pub u16);

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Need {
    /// `*`: missing is an error.
    Required,
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
    /// Competitors; unknown names are text until that kind exists.
    Competitor,
    /// Projects of the record's own customer; likewise.
    Project,
    /// The customer's units; an unknown one is a warning.
    Unit,
    /// Anyone: own persons, staff, customers, competitors, in this order (`decisions.md` 21).
    Anyone,
}

/// How a field is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Plain text; takes the rest of its line literally, or a section's plain text.
    Text,
    /// Several texts in order: a list, items of a section, or its paragraphs.
    Texts,
    /// Markdown; from a section of the body.
    Prose,
    /// A day. `lean` of a date without a year comes from the field (`due`/`next`: on or after; else on or before).
    Date {
        /// True for due and next dates.
        ahead: bool,
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
    /// Rows are open items and carry numbers: 承诺, 问题, 意见 (`kinds.md` 6).
    pub items: bool,
    /// Written `主题：信息 → 含义（…）` (信息).
    pub arrow: bool,
}

impl Rows {
    /// The sub-field with this key.
    pub fn index_of(&self, key: &str) -> Option<FieldIndex> {
        self.fields.iter().position(|field| &*field.key == key).map(|at| FieldIndex(at as u16))
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
    /// Given by the company in `archive.yaml`.
    pub own: bool,
}

impl Field {
    /// Whether `written` names this field: its key, label or one of the others, blanks and full-width forms folded.
    pub fn is_called(&self, written: &str) -> bool {
        let written = written.trim();
        &*self.key == written || &*self.label == written || self.also.iter().any(|name| &**name == written)
    }

    /// Whether a one-line value of it is taken literally.
    pub fn takes_line(&self) -> bool {
        !matches!(self.ty, FieldType::Prose)
    }
}
