//! Form definitions, read from `official/`.

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::{Height, Printed};

/// A form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// 附表N.
    pub form: u8,
    /// Printed title.
    pub title: String,
    /// English name in lists.
    pub english: String,
    /// What it is about.
    pub subject: Subject,
    /// Fields it shows, as `kind.field`.
    pub reads: Vec<String>,
    /// Lines above the box.
    #[serde(default)]
    pub(super) above: Vec<AboveData>,
    /// Column widths in hundredths of the box.
    pub columns: Vec<u8>,
    #[serde(default)]
    pub(super) heads: Vec<Vec<CellData>>,
    pub(super) list: Option<ListData>,
    #[serde(default)]
    pub(super) card: Vec<BandData>,
    #[serde(default)]
    pub(super) notes: Vec<(Label, Label)>,
    pub(super) purpose: Option<(Label, Label)>,
    pub(super) signs: Vec<Label>,
    /// An unclear word in the notes, and what follows it.
    pub(super) wording: Option<(String, String)>,
}

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A customer.
    Customer,
    /// A key person.
    Person,
    /// A staff member and a day.
    Day,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AboveData {
    pub label: Label,
    pub of: String,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellData {
    pub label: Option<Label>,
    pub of: Option<String>,
    pub choose: Option<String>,
    pub blank: Option<Label>,
    #[serde(default)]
    pub group: bool,
    #[serde(default)]
    pub printed: bool,
    #[serde(default = "one")]
    pub wide: u8,
    pub wording: Option<(String, String)>,
}

/// A label of a form. Its lines are split once, because the sheets of an archive contain tens of thousands of labels.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Label {
    pub text: Arc<str>,
    /// Whether it contains the company's name.
    pub names_us: bool,
    lines: Vec<Arc<str>>,
    /// With 1, 2, … in place of `{n}`, if it has one.
    counted: Vec<Vec<Arc<str>>>,
}

/// Numbers for which numbered labels are prepared.
const COUNTED: usize = 10;

/// The lines of `text`, with a number in place of `{n}`.
pub(super) fn lines(text: &str, count: usize) -> Vec<Arc<str>> {
    text.replace("{n}", &count.to_string()).split('\n').map(Arc::from).collect()
}

impl Label {
    /// The lines, with a number in place of `{n}`.
    pub fn lines(&'static self, count: usize) -> Printed {
        if self.counted.is_empty() {
            return Printed::Borrowed(&self.lines);
        }
        let known = count.checked_sub(1).and_then(|at| self.counted.get(at));
        known.map_or_else(|| Printed::Owned(lines(&self.text, count)), |known| Printed::Borrowed(known))
    }
}

impl From<String> for Label {
    fn from(text: String) -> Label {
        let counted = if text.contains("{n}") { (1..=COUNTED).map(|count| lines(&text, count)).collect() } else { Vec::new() };
        let (names_us, lines) = (text.contains("公司"), text.split('\n').map(Arc::from).collect());
        Label { text: text.into(), names_us, lines, counted }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListData {
    #[serde(default)]
    pub groups: Vec<GroupData>,
    pub series: Option<String>,
    #[serde(default)]
    pub outer: Vec<CellData>,
    pub inner: Vec<CellData>,
    #[serde(default)]
    pub least: usize,
    #[serde(default = "one_line")]
    pub lines: usize,
    #[serde(default)]
    pub tall: Height,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupData {
    pub name: String,
    pub text: Option<String>,
    #[serde(default)]
    pub optional: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BandData {
    #[serde(default)]
    pub cells: Vec<CellData>,
    #[serde(default)]
    pub tall: Height,
    pub list: Option<String>,
    pub label: Option<Label>,
    #[serde(default)]
    pub heads: Vec<CellData>,
    #[serde(default)]
    pub least: usize,
    #[serde(default)]
    pub foot: Vec<CellData>,
}

fn one() -> u8 {
    1
}

fn one_line() -> usize {
    1
}

const OFFICIAL: [&str; 7] = [
    include_str!("official/1-basic-situation.yaml"),
    include_str!("official/2-person.yaml"),
    include_str!("official/3-relations.yaml"),
    include_str!("official/4-roles.yaml"),
    include_str!("official/5-meaning.yaml"),
    include_str!("official/6-contact-plan.yaml"),
    include_str!("official/7-daily-visit-report.yaml"),
];

/// The seven forms in order.
pub static FORMS: LazyLock<[Form; 7]> = LazyLock::new(|| {
    // Embedded data, covered by a test.
    OFFICIAL.map(|text| serde_yaml::from_str(text).unwrap_or_else(|error| panic!("an official form: {error}\n{text}")))
});

impl Form {
    /// The form with this number.
    pub fn numbered(number: u8) -> Option<&'static Form> {
        FORMS.iter().find(|form| form.form == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::rows;
    use crate::kind::Kinds;

    fn cells(form: &Form) -> impl Iterator<Item = &CellData> {
        let list = form.list.iter().flat_map(|list| list.outer.iter().chain(&list.inner));
        let card = form.card.iter().flat_map(|band| band.cells.iter().chain(&band.heads).chain(&band.foot));
        form.heads.iter().flatten().chain(list).chain(card)
    }

    #[test]
    fn seven_official_forms_in_order() {
        assert_eq!(FORMS.iter().map(|form| form.form).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
        let titles: Vec<&str> = FORMS.iter().map(|form| form.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "客户基本情况表",
                "关键人物的个人情况资料",
                "关键人物关系图",
                "购买决策中关键人物角色作用表",
                "客户信息的意义",
                "客户接触计划",
                "客户拜访日报表"
            ]
        );
    }

    #[test]
    fn rows_fill_the_form_width() {
        let width = |cells: &[CellData]| cells.iter().map(|cell| usize::from(cell.wide)).sum::<usize>();
        for form in FORMS.iter() {
            assert_eq!(form.columns.iter().map(|width| u32::from(*width)).sum::<u32>(), 100, "附表{}", form.form);
            for row in &form.heads {
                assert_eq!(width(row), form.columns.len(), "附表{}", form.form);
            }
            if let Some(list) = &form.list {
                assert_eq!(width(&list.outer) + width(&list.inner), form.columns.len(), "附表{}", form.form);
            }
            for band in &form.card {
                let beside = usize::from(band.label.is_some());
                for row in [&band.cells, &band.heads, &band.foot].into_iter().filter(|row| !row.is_empty()) {
                    assert_eq!(width(row) + beside, form.columns.len(), "附表{}", form.form);
                }
            }
        }
    }

    #[test]
    fn form_fields_and_values_exist() {
        let kinds = Kinds::official();
        for form in FORMS.iter() {
            let known = rows::known(form.form);
            let asked = form.above.iter().map(|above| &above.of).chain(cells(form).filter_map(|cell| cell.of.as_ref()));
            let asked: Vec<&str> = asked.map(String::as_str).collect();
            for of in &asked {
                assert!(known.contains(of), "附表{} asks for {of}", form.form);
            }
            for of in &known {
                assert!(asked.contains(of), "附表{} has no place for {of}", form.form);
            }
            for list in cells(form).filter_map(|cell| cell.choose.as_deref()) {
                assert!(kinds.codes(list).is_some(), "{list}");
            }
            for path in &form.reads {
                let (kind, field) = path.split_once('.').expect("kind.field");
                let kind = kinds.get(kind).unwrap_or_else(|| panic!("{path}"));
                assert!(field == "prose" || kind.index_of(field).is_some(), "{path}");
            }
        }
    }
}
