//! A form as a value.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::kind::Money;
use crate::record::Record;

/// A form, blank or filled: everything on the paper, in order.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// 附表N; `None` for the additions of the second copy.
    pub form: Option<u8>,
    /// Title.
    pub title: Arc<str>,
    /// Its subject, if several sheets of one form are together: person, project or day; else empty.
    pub about: Arc<str>,
    /// Lines above the box.
    pub above: Vec<(Arc<str>, Content)>,
    /// Column widths in hundredths of the box.
    pub columns: Vec<u8>,
    /// Rows repeated on every page.
    pub heads: Vec<Row>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Small print below the box.
    pub notes: Vec<Note>,
    /// Signature lines.
    pub signs: Vec<Arc<str>>,
}

/// Small print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Label it explains.
    pub about: Arc<str>,
    /// Text.
    pub text: Arc<str>,
}

/// A row of the box.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Minimum height.
    pub height: Height,
    /// Whether a group begins here: its rows are kept together where possible.
    pub starts: bool,
    /// Cells that begin in this row.
    pub cells: Vec<Cell>,
}

/// Minimum height of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Height {
    /// One line.
    #[default]
    Line,
    /// Two lines.
    Low,
    /// Three or four.
    Mid,
    /// Half a dozen.
    High,
    /// Ten.
    Tall,
    /// A quarter of the paper.
    Full,
}

impl Height {
    /// Height in millimetres.
    pub fn millimetres(self) -> u8 {
        match self {
            Height::Line => 8,
            Height::Low => 13,
            Height::Mid => 22,
            Height::High => 36,
            Height::Tall => 56,
            Height::Full => 84,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Height::Line => "line",
            Height::Low => "low",
            Height::Mid => "mid",
            Height::High => "high",
            Height::Tall => "tall",
            Height::Full => "full",
        }
    }
}

/// Lines of a label, usually borrowed from the form.
pub type Printed = Cow<'static, [Arc<str>]>;

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// Column span.
    pub wide: u8,
    /// Row span.
    pub deep: u16,
    /// Whether it is a label, without space to fill in.
    pub is_label: bool,
    /// Printed lines.
    pub printed: Printed,
    /// What was filled in.
    pub content: Content,
}

impl Cell {
    /// Whether it is an empty field of one column and row.
    pub fn is_empty(&self) -> bool {
        let is_single = self.wide <= 1 && self.deep <= 1;
        is_single && !self.is_label && self.printed.is_empty() && matches!(self.content, Content::Blank)
    }
}

/// Content of a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub enum Content {
    /// Empty: to be filled in by hand.
    #[default]
    Blank,
    /// Lines of text.
    Lines(Vec<Line>),
    /// An amount.
    Amount(Money),
    /// All values of a list, some of them ticked.
    Choices(Vec<Choice>),
    /// Prose of records, in sequence.
    Prose(Vec<Passage>),
}

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line(pub Arc<str>);

/// A value to tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Code and word: `b 处理问题`.
    pub text: Arc<str>,
    /// Whether it is ticked.
    pub ticked: bool,
    /// For which of several visits, from 1; empty where there is only one.
    pub of: Vec<usize>,
}

/// The prose of a record.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// What precedes it, possibly empty.
    pub head: Arc<str>,
    /// The record. Not serialised: its fingerprint is used when the prose is rendered.
    #[serde(skip)]
    pub record: Arc<Record>,
}

impl PartialEq for Passage {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && self.record.id == other.record.id
    }
}

impl Content {
    /// One line of text; empty text gives an empty field.
    pub fn text(text: impl AsRef<str>) -> Content {
        Content::lines([text])
    }

    /// Lines of text, without empty ones.
    pub fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Content {
        let mut kept = Vec::new();
        for text in lines {
            kept.extend(text.as_ref().lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Line(line.into())));
        }
        if kept.is_empty() { Content::Blank } else { Content::Lines(kept) }
    }

    /// Whether it has content.
    pub fn is_filled(&self) -> bool {
        match self {
            Content::Blank => false,
            Content::Choices(choices) => choices.iter().any(|choice| choice.ticked),
            Content::Lines(_) | Content::Amount(_) | Content::Prose(_) => true,
        }
    }
}

impl Choice {
    /// With its checkbox: `☑ b 处理问题（1、2）`.
    pub fn shown(&self) -> String {
        let sign = if self.ticked { '☑' } else { '☐' };
        match self.of.as_slice() {
            [] => format!("{sign} {}", self.text),
            of => format!("{sign} {}（{}）", self.text, of.iter().map(usize::to_string).collect::<Vec<_>>().join("、")),
        }
    }
}

impl Sheet {
    /// `附表3`; empty if it is not a form.
    pub fn number(&self) -> String {
        self.form.map_or_else(String::new, |form| format!("附表{form}"))
    }

    /// Whether any field has content.
    pub fn is_filled(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.content.is_filled())
    }

    /// Its prose, in order of cells.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.flat_map(|cell| if let Content::Prose(passages) = &cell.content { passages.as_slice() } else { &[] })
    }
}
