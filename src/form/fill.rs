//! Fills a form for a subject.

use std::borrow::Cow;
use std::sync::Arc;

use super::data::{BandData, CellData, Form, GroupData, Label, ListData, lines};
use super::rows::{self, FieldName, FilledRows, Group, RowValues};
use super::{Cell, Choice, Content, Height, Line, Note, Printed, Row, Sheet};
use crate::archive::{Dossier, Event, Party, Person, Project};
use crate::calendar::{AsOf, Date};
use crate::config::Config;
use crate::markdown::excerpt;

/// Context for filling a form.
#[derive(Clone, Copy)]
pub struct FormContext<'a> {
    /// Today. Later facts are not on the forms (`decisions.md` 13).
    pub as_of: AsOf,
    /// The configuration.
    pub config: &'a Config,
}

/// Accepted affirmative values in `form_wording`.
const YES: [&str; 5] = ["是", "有", "true", "yes", "on"];
const NO: [&str; 6] = ["否", "不", "无", "false", "no", "off"];

impl FormContext<'_> {
    /// Whether the company turned on an optional row in `form_wording`.
    pub(super) fn wants_row(&self, word: &str) -> bool {
        self.config.form_wording.get(word).is_some_and(|said| !NO.contains(&said.trim()))
    }
}

/// Subject of a form.
#[derive(Clone, Copy)]
pub enum FormSubject<'a> {
    /// None: a blank form.
    Nobody,
    /// A customer.
    Customer(&'a Dossier),
    /// A customer, restricted to one project (附表4).
    Project(&'a Dossier, &'a Project),
    /// A key person.
    Person(&'a Dossier, &'a Person),
    /// A staff member on a day, with the visits of that day in order.
    Day(&'a Party, Date, &'a [(&'a Dossier, &'a Event)]),
}

/// Maximum length of a head in characters: a longer one would take a quarter of every page.
const HEAD: usize = 120;

/// Fills a form. It stays blank without a subject, or for one of another kind.
pub fn fill(form: &'static Form, about: FormSubject<'_>, context: FormContext<'_>) -> Sheet {
    let filled = rows::of(form, about, context);
    let filler = FormFiller { form, context };
    let mut sheet = Sheet {
        form: Some(form.form),
        title: form.title.as_str().into(),
        about: filled.about.clone(),
        above: Vec::new(),
        columns: form.columns.clone(),
        heads: Vec::new(),
        rows: Vec::new(),
        notes: filler.notes(),
        signs: form.signs.iter().map(|sign| sign.text.clone()).collect(),
    };
    for above in &form.above {
        let content = filled.values.get(&above.of);
        if content.is_filled() || !above.optional {
            sheet.above.push((above.label.text.clone(), content));
        }
    }
    let mut after = Vec::new();
    for cells in &form.heads {
        let row = filler.row(cells, &filled.values, 0);
        sheet.heads.push(shortened(row, &mut after));
    }
    if let Some(list) = &form.list {
        filler.list(list, &filled, &mut sheet.rows);
    }
    for band in &form.card {
        filler.band(band, &filled, &mut sheet.rows);
    }
    sheet.rows.append(&mut after);
    sheet
}

/// Truncates a head that is too long and appends its full text as a row.
fn shortened(mut row: Row, after: &mut Vec<Row>) -> Row {
    let mut full = None;
    for cell in &mut row.cells {
        let Content::Lines(lines) = &cell.content else { continue };
        let text: String = lines.iter().map(|line| &*line.0).collect::<Vec<_>>().join("\n");
        if text.chars().count() > HEAD {
            full = Some(cell.content.clone());
            let cut = excerpt(&text, HEAD - 20);
            cell.content = Content::Lines(vec![Line(format!("{cut}（全文见表末）").into())]);
        }
    }
    if let Some(full) = full {
        let mut last = Row { starts: true, ..row.clone() };
        for cell in last.cells.iter_mut().filter(|cell| cell.content.is_filled()) {
            cell.content = full.clone();
        }
        after.push(last);
    }
    row
}

/// Names of a group.
#[derive(Clone, Default)]
struct NamedValues {
    name: Option<Arc<str>>,
    text: Option<Arc<str>>,
}

struct FormFiller<'a> {
    form: &'static Form,
    context: FormContext<'a>,
}

impl FormFiller<'_> {
    /// A label with the company's name in place of “A 公司”.
    fn code_word<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.context.config.with_company_name(text)
    }

    /// The lines of a label.
    fn printed(&self, label: &'static Label, wording: Option<&(String, String)>, count: usize) -> Printed {
        if !label.names_us && wording.is_none() {
            return label.lines(count);
        }
        let worded = self.label_text(&label.text, wording);
        match self.code_word(&worded) {
            same if *same == *label.text => label.lines(count),
            other => Printed::Owned(lines(&other, count)),
        }
    }

    /// A label's text with the configured wording for an unclear word. The configured wording may be the word alone or
    /// include what follows it.
    fn label_text<'t>(&self, text: &'t str, wording: Option<&(String, String)>) -> Cow<'t, str> {
        let Some((word, tail)) = wording else { return text.into() };
        let Some(ours) = self.context.config.form_wording.get(word) else { return text.into() };
        let bare: String = text.chars().filter(|c| *c != '\n').collect();
        let known: String = tail.chars().collect();
        let last = known.chars().last();
        let ours = if last.is_some_and(|last| ours.ends_with(last)) {
            ours.clone()
        } else {
            let stem = known.chars().next().map_or(ours.as_str(), |first| ours.strip_suffix(first).unwrap_or(ours));
            format!("{stem}{tail}")
        };
        // The word's end may be the beginning of the rest: 参加何其|它专业协会.
        let scanned = (0..=known.chars().count())
            .map(|skip| format!("{word}{}", known.chars().skip(skip).collect::<String>()))
            .find(|scanned| bare.contains(scanned.as_str()));
        match scanned {
            Some(scanned) => bare.replace(&scanned, &ours).into(),
            None => text.into(),
        }
    }

    fn notes(&self) -> Vec<Note> {
        let form = self.form;
        let words = |label: &Label, wording: Option<&(String, String)>| {
            if label.names_us || wording.is_some() {
                Arc::from(&*self.code_word(&self.label_text(&label.text, wording)))
            } else {
                label.text.clone()
            }
        };
        let note =
            |(about, text): &(Label, Label)| Note { about: words(about, None), text: words(text, form.wording.as_ref()) };
        form.notes.iter().chain(&form.purpose).map(note).collect()
    }

    fn row(&self, cells: &'static [CellData], values: &RowValues, count: usize) -> Row {
        let cells = cells.iter().map(|data| self.cell(data, values, count, &NamedValues::default())).collect();
        Row { cells, ..Row::default() }
    }

    fn cell(&self, data: &'static CellData, values: &RowValues, count: usize, named: &NamedValues) -> Cell {
        let mut cell = Cell { wide: data.wide, deep: 1, ..Cell::default() };
        if let Some(of) = &data.of {
            cell.content = values.get(of);
        }
        if let Some(list) = &data.choose {
            cell.content = self.choices(list, values, data.of.as_deref().unwrap_or_default());
        }
        if let Some(label) = &data.label {
            cell.is_label = data.of.is_none();
            cell.printed = self.printed(label, data.wording.as_ref(), count);
        }
        if data.group {
            cell.is_label = data.of.is_none();
        }
        let of_group = [(data.group, &named.name), (data.printed, &named.text)];
        for line in of_group.into_iter().filter_map(|(stands, line)| line.as_ref().filter(|_| stands)) {
            cell.printed.to_mut().push(line.clone());
        }
        if let Some(blank) = &data.blank
            && !cell.content.is_filled()
        {
            cell.printed = blank.lines(count);
        }
        cell
    }

    /// All values of a list, with the chosen ones ticked.
    fn choices(&self, list: &str, values: &RowValues, of: &str) -> Content {
        let chosen = values.chosen(of);
        let several = values.several;
        let known = self.context.config.kinds.codes(list).map_or(&[][..], |list| &list.values);
        let choice = |value: &crate::kind::CodeValue| {
            let by: Vec<usize> = chosen.iter().filter(|(_, code)| code == value).map(|(visit, _)| *visit).collect();
            Choice { text: value.shown().into(), ticked: !by.is_empty(), of: if several { by } else { Vec::new() } }
        };
        Content::Choices(known.iter().map(choice).collect())
    }

    fn list(&self, list: &'static ListData, filled: &FilledRows, rows: &mut Vec<Row>) {
        let mut number = 0;
        let mut blank = Group::default();
        let has_place = |group: &&Group| match &group.name {
            FieldName::Fixed(name) => list.groups.iter().any(|data| *data.name == **name && self.fixed(data).is_some()),
            FieldName::Series => true,
            FieldName::None => false,
        };
        let loose: Vec<&Group> = filled.groups.iter().filter(|group| !has_place(group)).collect();
        for data in &list.groups {
            let Some(name) = self.fixed(data) else { continue };
            let text = data.text.as_deref().map(|text| Arc::from(&*self.code_word(text)));
            let named = NamedValues { name: Some(name.into()), text };
            let mine: Vec<&Group> = filled
                .groups
                .iter()
                .filter(|group| matches!(&group.name, FieldName::Fixed(name) if **name == *data.name))
                .collect();
            // Without stated units there is no group for one that does not exist.
            if mine.is_empty() && (list.series.is_none() || loose.is_empty()) {
                number += 1;
                self.group(list, &blank, &named, rows);
            }
            for group in mine {
                number += 1;
                self.group(list, group, &named, rows);
            }
        }
        let series = |at: usize| list.series.as_ref().map(|series| Arc::from(series.replace("{n}", &at.to_string())));
        let mut at = 0;
        for group in filled.groups.iter().filter(|group| group.name == FieldName::Series) {
            (at, number) = (at + 1, number + 1);
            self.group(list, group, &NamedValues { name: series(at), text: None }, rows);
        }
        for group in loose {
            number += 1;
            self.group(list, group, &NamedValues::default(), rows);
        }
        blank.name = FieldName::Series;
        while number < list.least {
            (at, number) = (at + 1, number + 1);
            self.group(list, &blank, &NamedValues { name: series(at), text: None }, rows);
        }
    }

    /// Name of a fixed group; `None` if the company turned it off.
    fn fixed(&self, data: &GroupData) -> Option<String> {
        if !data.optional {
            return Some(self.code_word(&data.name).into_owned());
        }
        let said = self.context.config.form_wording.get(&data.name)?.trim();
        self.context.wants_row(&data.name).then(|| if YES.contains(&said) { data.name.clone() } else { said.to_owned() })
    }

    fn group(&self, list: &'static ListData, group: &Group, named: &NamedValues, rows: &mut Vec<Row>) {
        let count = group.lines.len().max(list.lines);
        let (empty, unnamed) = (RowValues::default(), NamedValues::default());
        // A group of several lines is high enough.
        let height = if count == 1 { list.tall } else { Height::Line };
        for line in 0..count {
            let mut cells = Vec::with_capacity(list.outer.len() + list.inner.len());
            if line == 0 {
                let outer = list.outer.iter().map(|data| self.cell(data, &group.values, 1, named));
                cells.extend(outer.map(|cell| Cell { deep: count as u16, ..cell }));
            }
            let (values, named) = (group.lines.get(line).unwrap_or(&empty), if line == 0 { named } else { &unnamed });
            cells.extend(list.inner.iter().map(|data| self.cell(data, values, line + 1, named)));
            rows.push(Row { height, starts: line == 0, cells });
        }
    }

    fn band(&self, band: &'static BandData, filled: &FilledRows, rows: &mut Vec<Row>) {
        if band.list.is_none() {
            rows.push(Row { height: band.tall, starts: true, ..self.row(&band.cells, &filled.values, 0) });
            return;
        }
        let empty = RowValues::default();
        let lines: &[RowValues] = filled.groups.first().map_or(&[], |group| &group.lines);
        let mut inner = vec![self.row(&band.heads, &filled.values, 0)];
        for at in 0..lines.len().max(band.least) {
            inner.push(self.row(&band.cells, lines.get(at).unwrap_or(&empty), 0));
        }
        inner.push(self.row(&band.foot, &filled.values, 0));
        if let Some(label) = &band.label {
            let beside = Cell { wide: 1, deep: inner.len() as u16, is_label: true, printed: label.lines(0), ..Cell::default() };
            inner[0].cells.insert(0, beside);
        }
        inner[0].starts = true;
        rows.append(&mut inner);
    }
}
