//! The blocks of a section, as much of them as fields are filled from.

use crate::text::{Span, Spanned};

/// A table cell: its inline source, trimmed, and where it stands.
pub type Cell = Spanned<String>;

/// A list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `Some(true)` for `[x]`, `Some(false)` for `[ ]`, `None` without a box.
    pub tick: Option<bool>,
    /// The source of its first paragraph without marker and box, soft breaks joined, trimmed.
    pub text: Spanned<String>,
    /// The source of what follows inside the item (further paragraphs, nested lists), if anything.
    pub more: Option<Span>,
    /// The whole item.
    pub span: Span,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph: its source, trimmed.
    Paragraph(Spanned<String>),
    /// A list, numbered or not.
    List(Vec<Item>, Span),
    /// A table.
    Table {
        /// The head cells.
        head: Vec<Cell>,
        /// The rows below, each with as many cells as the head.
        rows: Vec<Vec<Cell>>,
        /// The whole table.
        span: Span,
    },
    /// A heading inside the section.
    Heading(Spanned<String>),
    /// Anything else: code, quotation, rule, image.
    Other(Span),
}

impl Block {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Block::Paragraph(text) | Block::Heading(text) => text.span,
            Block::List(_, span) | Block::Table { span, .. } | Block::Other(span) => *span,
        }
    }
}

/// The top-level blocks of the stretch `within` of the decoded `text`.
pub fn blocks(text: &str, within: Span) -> Vec<Block> {
    let _ = (text, within);
    todo!("helper: prose")
}
