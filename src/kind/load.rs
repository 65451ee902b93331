//! Loads [`Kinds`] from the YAML files in `kinds/`; `kinds/README.md` documents their format.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::kinds::secrecies;
use super::name_index::NameIndex;
use super::normalize::normalize_name;
use super::path_match::{PathPatternData, PathPatterns};
use super::{CodeList, CodeValue, Field, FieldIndex, FieldType, Kind, Kinds, Need, Phones, Rows, Scope};
use crate::calendar::YearHint;
use crate::text::Fingerprinter;

const KINDS: &[&str] = &[
    include_str!("kinds/staff.yaml"),
    include_str!("kinds/customer.yaml"),
    include_str!("kinds/information.yaml"),
    include_str!("kinds/person.yaml"),
    include_str!("kinds/project.yaml"),
    include_str!("kinds/development-plan.yaml"),
    include_str!("kinds/contact-plan.yaml"),
    include_str!("kinds/contact-month.yaml"),
    include_str!("kinds/contact.yaml"),
    include_str!("kinds/visit.yaml"),
    include_str!("kinds/visit-plan.yaml"),
    include_str!("kinds/market-report.yaml"),
    include_str!("kinds/inbound-month.yaml"),
    include_str!("kinds/inbound.yaml"),
    include_str!("kinds/competitor.yaml"),
    include_str!("kinds/directive.yaml"),
    include_str!("kinds/review.yaml"),
    include_str!("kinds/inspection.yaml"),
    include_str!("kinds/regulation.yaml"),
    include_str!("kinds/loans.yaml"),
    include_str!("kinds/page.yaml"),
];
const SHARED: &str = include_str!("kinds/shared.yaml");
const CODES: &str = include_str!("kinds/codes.yaml");
const PLACES: &str = include_str!("kinds/places.yaml");

/// A kind's YAML file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindData {
    kind: String,
    label: String,
    english: String,
    files: Vec<String>,
    #[serde(default = "one")]
    secrecy: u8,
    prose: Option<ProseData>,
    main: Option<MainData>,
    expands: Option<ExpandsData>,
    phones: Option<PhonesData>,
    fields: Vec<FieldData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProseData {
    label: Option<String>,
    english: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default = "one")]
    secrecy: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MainData {
    field: String,
    #[serde(default)]
    lists: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpandsData {
    field: String,
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhonesData {
    called: Vec<String>,
    mobile: String,
    fixed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedData {
    every: Vec<FieldData>,
    fields: BTreeMap<String, FieldData>,
}

/// A field in a kind's YAML file or in the company's `archive.yaml`.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FieldData {
    r#use: Option<String>,
    pub(super) key: Option<String>,
    pub(super) label: Option<String>,
    english: Option<String>,
    also: Vec<String>,
    r#type: Option<String>,
    pub(super) of: Option<String>,
    many: bool,
    least: Option<i64>,
    most: Option<i64>,
    need: Option<String>,
    pub(super) secrecy: Option<u8>,
    clause: Option<String>,
    hint: Option<String>,
    from_name: bool,
    from_folder: bool,
    link: bool,
    ahead: bool,
    parts: Vec<String>,
    holds: Vec<String>,
    total_of: Option<String>,
    rest: bool,
    bare: bool,
    one: bool,
    items: bool,
    arrow: bool,
    settled: bool,
    pub(super) fields: Vec<FieldData>,
}

/// Why field data is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldError {
    /// No key or no label.
    MissingName,
    /// A key that is not snake_case.
    BadKey(String),
    /// An unknown type.
    UnknownType(String),
    /// An unknown code list, or none where one is required.
    UnknownList(String),
    /// An unknown scope, or none where one is required.
    UnknownScope(String),
    /// An unknown `need`.
    UnknownNeed(String),
    /// A secrecy level above 3.
    BadSecrecy(u8),
    /// Rows without sub-fields.
    NoColumns,
    /// An unknown shared field.
    UnknownShared(String),
    /// Two fields with the same name.
    Duplicate(String),
}

fn one() -> u8 {
    1
}

/// All type names allowed in field data.
pub(super) const TYPES: &[&str] = &[
    "text", "texts", "words", "prose", "date", "due", "day", "month", "period", "loose", "birthday", "money", "number",
    "yes-no", "code", "name", "rows",
];

impl FieldData {
    /// Converts the data to a field; `lists` tells whether a code list exists.
    pub(super) fn field(&self, lists: &dyn Fn(&str) -> bool) -> Result<Field, FieldError> {
        let (Some(key), Some(label)) = (&self.key, &self.label) else { return Err(FieldError::MissingName) };
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if key.is_empty() || key.starts_with(|c: char| !c.is_ascii_lowercase()) || !key.chars().all(legal) {
            return Err(FieldError::BadKey(key.clone()));
        }
        if label.trim().is_empty() {
            return Err(FieldError::MissingName);
        }
        let secrecy = self.secrecy.unwrap_or(1);
        if secrecy > 3 {
            return Err(FieldError::BadSecrecy(secrecy));
        }
        let english = self.english.clone().unwrap_or_else(|| label.clone());
        let mut names: Vec<Arc<str>> =
            [key, label, &english].into_iter().chain(&self.also).map(|name| (*normalize_name(name)).into()).collect();
        names.sort_unstable();
        names.dedup();
        Ok(Field {
            key: (**key).into(),
            label: label.trim().into(),
            english: english.as_str().into(),
            also: self.also.iter().map(|name| (**name).into()).collect(),
            ty: self.ty(lists)?,
            need: match self.need.as_deref() {
                None => Need::Optional,
                Some("required") => Need::Required,
                Some("inherited") => Need::Inherited,
                Some("wanted") => Need::Recommended,
                Some(other) => return Err(FieldError::UnknownNeed(other.to_owned())),
            },
            secrecy,
            clause: self.clause.as_deref().map(Arc::from),
            hint: self.hint.as_deref().map(Arc::from),
            from_stem: self.from_name,
            from_folder: self.from_folder,
            company_defined: false,
            rest: self.rest,
            link: self.link,
            ahead: self.ahead,
            parts: self.parts.iter().map(|key| (**key).into()).collect(),
            holds: self.holds.iter().map(|key| (**key).into()).collect(),
            total_of: self
                .total_of
                .as_deref()
                .and_then(|path| path.split_once('.'))
                .map(|(rows, column)| (rows.into(), column.into())),
            names,
        })
    }

    fn ty(&self, lists: &dyn Fn(&str) -> bool) -> Result<FieldType, FieldError> {
        let of = self.of.as_deref().unwrap_or("");
        Ok(match self.r#type.as_deref().unwrap_or("text") {
            "text" => FieldType::Text,
            "texts" => FieldType::Texts,
            "words" => FieldType::Words,
            "prose" => FieldType::Prose,
            "date" => FieldType::Date { year_hint: YearHint::OnOrBefore },
            "due" => FieldType::Date { year_hint: YearHint::OnOrAfter },
            "day" => FieldType::Date { year_hint: YearHint::Nearest },
            "month" => FieldType::Month,
            "period" => FieldType::Period,
            "loose" => FieldType::Loose,
            "birthday" => FieldType::Birthday,
            "money" => FieldType::Money,
            "number" => FieldType::Number { min: self.least.unwrap_or(i64::MIN), max: self.most.unwrap_or(i64::MAX) },
            "yes-no" => FieldType::YesNo,
            "code" if lists(of) => FieldType::Code { of: of.into(), many: self.many },
            "code" => return Err(FieldError::UnknownList(of.to_owned())),
            "name" => FieldType::Names {
                scope: match of {
                    "staff" => Scope::Staff,
                    "person" => Scope::Person,
                    "customer" => Scope::Customer,
                    "company" => Scope::Company,
                    "competitor" => Scope::Competitor,
                    "project" => Scope::Project,
                    "unit" => Scope::Unit,
                    "anyone" => Scope::Anyone,
                    other => return Err(FieldError::UnknownScope(other.to_owned())),
                },
                many: self.many,
            },
            "rows" => {
                if self.fields.is_empty() {
                    return Err(FieldError::NoColumns);
                }
                let fields: Vec<Field> = self.fields.iter().map(|data| data.field(lists)).collect::<Result<_, _>>()?;
                unique(&fields)?;
                FieldType::Rows(Arc::new(Rows {
                    bare: self.bare,
                    one: self.one,
                    items: self.items,
                    arrow: self.arrow,
                    settled: self.settled,
                    keys: NameIndex::of_keys(&fields),
                    names: NameIndex::of_names(&fields),
                    fields,
                }))
            }
            other => return Err(FieldError::UnknownType(other.to_owned())),
        })
    }

    /// The data merged over the shared field that it `use`s.
    fn expand_shared(&self, shared: &BTreeMap<String, FieldData>) -> Result<FieldData, FieldError> {
        let mut data = match &self.r#use {
            None => self.clone(),
            Some(name) => {
                let mut data = shared.get(name).ok_or_else(|| FieldError::UnknownShared(name.clone()))?.clone();
                if !self.also.is_empty() {
                    data.also.clone_from(&self.also);
                }
                data.label = self.label.clone().or(data.label);
                data.english = self.english.clone().or(data.english);
                data.need = self.need.clone().or(data.need);
                data.secrecy = self.secrecy.or(data.secrecy);
                data.hint = self.hint.clone().or(data.hint);
                data.clause = self.clause.clone().or(data.clause);
                // The field's own columns precede those of the shared field.
                data.fields = self.fields.iter().cloned().chain(data.fields).collect();
                data
            }
        };
        data.fields = data.fields.iter().map(|field| field.expand_shared(shared)).collect::<Result<_, _>>()?;
        Ok(data)
    }
}

/// Checks that no two fields share a name.
pub(super) fn unique(fields: &[Field]) -> Result<(), FieldError> {
    let mut names: Vec<&Arc<str>> = fields.iter().flat_map(|field| &field.names).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(FieldError::Duplicate(pair[0].to_string())),
        None => Ok(()),
    }
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum CodeScalar {
    Number(i64),
    Text(String),
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum CodeData {
    Word(String),
    Both(CodeScalar, String),
}

/// A code list in `codes.yaml`, or in its long form in `archive.yaml`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListData {
    values: Vec<CodeData>,
    #[serde(default)]
    also: BTreeMap<String, String>,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    prefix: bool,
    #[serde(default)]
    exact: bool,
}

impl ListData {
    /// Converts the data to a list. `Err` is a word in `also` that no value has, or a value that occurs twice.
    pub(super) fn list(&self, name: &str) -> Result<CodeList, String> {
        let values: Vec<CodeValue> = self
            .values
            .iter()
            .map(|value| match value {
                CodeData::Word(word) => CodeValue { code: "".into(), word: word.trim().into() },
                CodeData::Both(code, word) => CodeValue {
                    code: match code {
                        CodeScalar::Number(number) => number.to_string().into(),
                        CodeScalar::Text(text) => text.trim().into(),
                    },
                    word: word.trim().into(),
                },
            })
            .collect();
        let also = self
            .also
            .iter()
            .map(|(spelling, word)| {
                let at = values.iter().position(|value| &*value.word == word).ok_or_else(|| word.clone())?;
                Ok((Arc::from(spelling.as_str()), at))
            })
            .collect::<Result<_, String>>()?;
        let mut list = CodeList::new(name, values, also, self.open, self.prefix)?;
        list.case_sensitive = self.exact;
        Ok(list)
    }

    /// The short form in `archive.yaml`, values only: `[[A, 战略], [B, 合格]]` or `[甲, 乙]`.
    pub(super) fn plain(values: serde_yaml::Value) -> Result<ListData, serde_yaml::Error> {
        let values = serde_yaml::from_value(values)?;
        Ok(ListData { values, also: BTreeMap::new(), open: true, prefix: false, exact: false })
    }
}

/// Parses the embedded data. Errors in it are bugs, so it panics; a test parses all of it.
pub(super) fn official() -> Kinds {
    match read() {
        Ok(kinds) => kinds,
        Err(fault) => panic!("the embedded kinds are broken: {fault}"),
    }
}

fn read() -> Result<Kinds, String> {
    let text = |error: serde_yaml::Error| error.to_string();
    let shared: SharedData = serde_yaml::from_str(SHARED).map_err(text)?;
    let lists: BTreeMap<String, ListData> = serde_yaml::from_str(CODES).map_err(text)?;
    let places: PathPatternData = serde_yaml::from_str(PLACES).map_err(text)?;
    let mut codes = BTreeMap::new();
    for (name, data) in &lists {
        let list = data.list(name).map_err(|word| format!("{name}: {word}"))?;
        codes.insert(Arc::from(name.as_str()), Arc::new(list));
    }
    let mut kinds = Vec::new();
    for text in KINDS {
        let data: KindData = serde_yaml::from_str(text).map_err(|error| format!("{text:.40}: {error}"))?;
        let fault = |fault: FieldError| format!("{}: {fault:?}", data.kind);
        let mut fields = Vec::new();
        for field in data.fields.iter().chain(&shared.every) {
            let field = field.expand_shared(&shared.fields).map_err(fault)?;
            fields.push(field.field(&|name| codes.contains_key(name)).map_err(fault)?);
        }
        unique(&fields).map_err(fault)?;
        kinds.push(Arc::new(data.kind(fields)?));
    }
    let places = PathPatterns::new(&places, &kinds)?;
    let mut fingerprint = Fingerprinter::new();
    for text in KINDS.iter().chain(&[SHARED, CODES, PLACES]) {
        fingerprint.text(text);
    }
    let secrecies = secrecies(&kinds);
    Ok(Kinds { kinds, codes, places: Arc::new(places), secrecies, fingerprint: fingerprint.finish() })
}

impl KindData {
    fn kind(&self, fields: Vec<Field>) -> Result<Kind, String> {
        let index = |key: &str| {
            let at = fields.iter().position(|field| &*field.key == key);
            at.map(|at| FieldIndex(at as u16)).ok_or_else(|| format!("{} has no field {key}", self.kind))
        };
        let prose = self.prose.as_ref();
        let mut prose_names: Vec<Arc<str>> = Vec::new();
        if let Some(prose) = prose {
            prose_names.extend(
                prose.label.iter().chain(&prose.english).chain(&prose.also).map(|name| Arc::from(&*normalize_name(name))),
            );
        }
        Ok(Kind {
            key: (*self.kind).into(),
            label: (*self.label).into(),
            english: (*self.english).into(),
            files: self.files.iter().map(|path| (**path).into()).collect(),
            secrecy: self.secrecy,
            prose_secrecy: prose.map_or(1, |prose| prose.secrecy),
            prose_label: prose.and_then(|prose| prose.label.as_deref()).map(Arc::from),
            prose_english: prose.and_then(|prose| prose.english.as_deref()).map(Arc::from),
            main_rows: self.main.as_ref().map(|main| index(&main.field)).transpose()?,
            main_lists: self.main.as_ref().is_some_and(|main| main.lists),
            expands: match &self.expands {
                Some(expands) => Some((index(&expands.field)?, (*expands.kind).into())),
                None => None,
            },
            phones: match &self.phones {
                Some(phones) => Some(Phones {
                    called: phones.called.iter().map(|name| Arc::from(&*normalize_name(name))).collect(),
                    mobile: index(&phones.mobile)?,
                    fixed: index(&phones.fixed)?,
                }),
                None => None,
            },
            prose_names,
            keys: NameIndex::of_keys(&fields),
            names: NameIndex::of_names(&fields),
            fields,
        })
    }
}

#[cfg(test)]
mod tests;
