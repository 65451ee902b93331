//! A form on paper, as a value.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::kind::Money;
use crate::record::Record;

/// A form, blank or filled: everything that stands on the paper, in order.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// 附表N; none for what the second copy holds beside the forms.
    pub form: Option<u8>,
    /// Title.
    pub title: Arc<str>,
    /// Of whom or what it is where several of one form lie together: a person, a project, a day; else empty.
    pub about: Arc<str>,
    /// Lines above the box.
    pub above: Vec<(Arc<str>, Content)>,
    /// Widths of the columns in hundredths of the box.
    pub columns: Vec<u8>,
    /// Rows that stand on every sheet of paper.
    pub heads: Vec<Row>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Small print below the box.
    pub notes: Vec<Note>,
    /// Lines to sign.
    pub signs: Vec<Arc<str>>,
}

/// Small print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it explains.
    pub about: Arc<str>,
    /// The words.
    pub text: Arc<str>,
}

/// A row of the box.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// How high it is at least.
    pub height: Height,
    /// Whether a group begins here: the rows of one are kept together where they can.
    pub starts: bool,
    /// What begins in it; cells that reach down from above are not repeated.
    pub cells: Vec<Cell>,
}

/// How high a row is at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Height {
    /// A line.
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
    /// In millimetres.
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

/// Words of a form, line by line: hardly ever others than its own.
pub type Printed = Cow<'static, [Arc<str>]>;

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// Columns it takes.
    pub wide: u8,
    /// Rows it takes.
    pub deep: u16,
    /// Whether it is a label: words of the form and nothing to write in.
    pub is_label: bool,
    /// Words of the form, line by line.
    pub printed: Printed,
    /// What was filled in.
    pub content: Content,
}

impl Cell {
    /// Whether it is a place to write of one column and row, and nothing else.
    pub fn is_empty(&self) -> bool {
        let is_single = self.wide <= 1 && self.deep <= 1;
        is_single && !self.is_label && self.printed.is_empty() && matches!(self.content, Content::Blank)
    }
}

/// What is filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub enum Content {
    /// Nothing: a place to write.
    #[default]
    Blank,
    /// Text, line by line.
    Lines(Vec<Line>),
    /// An amount.
    Amount(Money),
    /// All values of a list, some of them ticked.
    Choices(Vec<Choice>),
    /// Prose of records, one after the other.
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
    /// What goes before it, possibly empty.
    pub head: Arc<str>,
    /// The record. Not part of the value: who draws the prose has its fingerprint.
    #[serde(skip)]
    pub record: Arc<Record>,
}

impl PartialEq for Passage {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && self.record.id == other.record.id
    }
}

impl Content {
    /// A text of one line; blank when there is none.
    pub fn text(text: impl AsRef<str>) -> Content {
        Content::lines([text])
    }

    /// Lines, those without anything left out.
    pub fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Content {
        let mut kept = Vec::new();
        for text in lines {
            kept.extend(text.as_ref().lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Line(line.into())));
        }
        if kept.is_empty() { Content::Blank } else { Content::Lines(kept) }
    }

    /// Whether something was filled in.
    pub fn is_filled(&self) -> bool {
        match self {
            Content::Blank => false,
            Content::Choices(choices) => choices.iter().any(|choice| choice.ticked),
            Content::Lines(_) | Content::Amount(_) | Content::Prose(_) => true,
        }
    }
}

impl Choice {
    /// With its box: `☑ b 处理问题（1、2）`.
    pub fn shown(&self) -> String {
        let sign = if self.ticked { '☑' } else { '☐' };
        match self.of.as_slice() {
            [] => format!("{sign} {}", self.text),
            of => format!("{sign} {}（{}）", self.text, of.iter().map(usize::to_string).collect::<Vec<_>>().join("、")),
        }
    }
}

impl Sheet {
    /// `附表3`; empty for what is no form.
    pub fn number(&self) -> String {
        self.form.map_or_else(String::new, |form| format!("附表{form}"))
    }

    /// Whether anything in the box was filled in.
    pub fn is_filled(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.content.is_filled())
    }

    /// Its prose, in the order of its cells.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        cells.flat_map(|cell| if let Content::Prose(passages) = &cell.content { passages.as_slice() } else { &[] })
    }
}
