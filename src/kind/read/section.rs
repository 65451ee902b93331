//! Parses values written as a section of the body.

use std::sync::Arc;

use super::yaml_nodes::append_value;
use super::{TextPiece, ValueReader, is_nothing};
use crate::diag::{Code, Diagnostic};
use crate::kind::normalize::normalize_name;
use crate::kind::{Field, FieldIndex, FieldType, Kind, Row, Rows, Value};
use crate::markdown::{Block, Cell, Item, blocks, plain};
use crate::text::{Fingerprint, Span, Spanned};

impl ValueReader<'_> {
    /// Parses a labelled section as its field. `own` are the ranges of its content; paragraphs next to the table or
    /// list of a field with rows go to `beside`, if they may be shown as prose.
    pub fn section(&mut self, field: &Field, own: &[Span], beside: Option<&mut Vec<Span>>) -> Option<Value> {
        match &field.ty {
            FieldType::Text => self.section_text(field, own),
            FieldType::Prose => {
                let ranges: Vec<Spanned<Fingerprint>> = own
                    .iter()
                    .filter(|span| !self.at(**span).trim().is_empty())
                    .map(|span| Spanned::new(Fingerprint::of(self.at(*span).as_bytes()), *span))
                    .collect();
                (!ranges.is_empty()).then_some(Value::Prose(ranges))
            }
            FieldType::Rows(rows) => {
                let blocks: Vec<Block> = own.iter().flat_map(|span| blocks(self.source, *span)).collect();
                self.blocks_rows(field, rows, &blocks, beside)
            }
            _ => self.section_list(field, own),
        }
    }

    fn at(&self, span: Span) -> &str {
        self.source.get(span.range()).unwrap_or("")
    }

    fn section_text(&mut self, field: &Field, own: &[Span]) -> Option<Value> {
        let text: Vec<String> =
            own.iter().map(|span| plain(self.at(*span)).trim().to_owned()).filter(|text| !text.is_empty()).collect();
        let (first, last) = (own.first()?, own.last()?);
        if text.is_empty() {
            return None;
        }
        let span = self.trimmed(first.to(*last));
        Some(Value::Text(self.within_limit(field, &text.join("\n"), span)))
    }

    /// The span without surrounding blanks.
    fn trimmed(&self, span: Span) -> Span {
        TextPiece::at(self.source, span, true).trim().span()
    }

    /// Parses a section of a text field in which labels of other fields may start a line (`原因：…`).
    pub fn section_parts(&mut self, kind: &Kind, index: FieldIndex, own: &[Span]) -> Vec<(FieldIndex, Value)> {
        let field = kind.field(index);
        let parts: Vec<FieldIndex> = field.parts.iter().filter_map(|key| kind.index_of(key)).collect();
        let mut texts: Vec<(FieldIndex, String, Span)> = Vec::new();
        for stretch in own {
            let whole = TextPiece::at(self.source, *stretch, true);
            let mut current = index;
            for line in whole.text.split_inclusive('\n') {
                let bare = line.trim().trim_start_matches(['-', '*', ' ']);
                let opened = bare.split_once(['：', ':']).and_then(|(label, rest)| {
                    let label = normalize_name(label.trim_end_matches('*'));
                    let named = |part: &&FieldIndex| {
                        let part = kind.field(**part);
                        std::iter::once(&part.label).chain(&part.also).any(|name| normalize_name(name) == label)
                    };
                    Some((*parts.iter().find(named)?, rest.trim_start_matches('*')))
                });
                let text = match opened {
                    Some((part, rest)) => {
                        current = part;
                        rest
                    }
                    None => line,
                };
                let span = whole.part(line.trim()).span();
                match texts.iter_mut().find(|(at, ..)| *at == current) {
                    Some((_, there, place)) => {
                        if opened.is_some() {
                            there.push('\n');
                        }
                        there.push_str(text);
                        if !line.trim().is_empty() {
                            *place = place.to(span);
                        }
                    }
                    None if !text.trim().is_empty() => texts.push((current, text.to_owned(), span)),
                    None => {}
                }
            }
        }
        texts
            .into_iter()
            .filter_map(|(at, markdown, span)| {
                let text = plain(&markdown);
                let text = text.trim();
                (!text.is_empty()).then(|| (at, Value::Text(self.within_limit(kind.field(at), text, span))))
            })
            .collect()
    }

    /// Parses items and paragraphs as values of a field without rows.
    fn section_list(&mut self, field: &Field, own: &[Span]) -> Option<Value> {
        let source = self.source;
        let mut found: Option<Value> = None;
        let mut one = false;
        for block in own.iter().flat_map(|span| blocks(source, *span)) {
            for (text, span, more) in lines_of(source, &block) {
                let value = self.list_line(field, &text, span, more);
                let Some(value) = value else { continue };
                let listed = matches!(field.ty, FieldType::Texts | FieldType::Words)
                    || matches!(field.ty, FieldType::Names { many: true, .. } | FieldType::Code { many: true, .. });
                found = match found {
                    None => Some(value),
                    Some(there) if listed => Some(append_value(there, value)),
                    Some(there) => {
                        if !one {
                            one = true;
                            let piece = TextPiece::new(self.source, &text, span, true);
                            self.bad_value(field, Diagnostic::new(Code::WrongShape, span).variant("one"), piece);
                        }
                        Some(there)
                    }
                };
            }
        }
        found
    }

    fn list_line(&mut self, field: &Field, text: &str, span: Span, more: Option<Span>) -> Option<Value> {
        let piece = TextPiece::new(self.source, text, span, true).trim();
        if piece.is_empty() || is_nothing(piece.text) {
            return None;
        }
        if !matches!(field.ty, FieldType::Texts) {
            return self.read(field, piece);
        }
        // An item is one sentence, whatever marks it contains.
        let mut value = self.text(field, piece);
        if let Some(more) = more {
            let below = plain(self.at(more));
            if !below.trim().is_empty() {
                value.value = format!("{}\n{}", value.value, below.trim()).into();
            }
        }
        Some(Value::Texts(vec![value]))
    }

    /// Parses tables and lists as rows, and paragraphs too if there is nothing else. Otherwise paragraphs are comments
    /// on the rows and go to `beside`.
    pub fn blocks_rows(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        blocks: &[Block],
        mut beside: Option<&mut Vec<Span>>,
    ) -> Option<Value> {
        let listed = blocks.iter().any(|block| matches!(block, Block::Table { .. } | Block::List(..)));
        let mut found = Vec::new();
        for block in blocks {
            match block {
                Block::Table { head, rows: lines, written, .. } => {
                    if let Some(Value::Rows(rows)) = self.table(field, rows, head, lines, written) {
                        found.extend(rows);
                    }
                }
                Block::List(items, _) => {
                    for item in items {
                        self.list_rows(field, rows, item, &mut found);
                    }
                }
                _ if let (true, false, Some(beside)) = (listed, rows.arrow, &mut beside) => beside.push(block.span()),
                _ => {
                    for (text, span, _) in lines_of(self.source, block) {
                        let piece = TextPiece::new(self.source, &text, span, true).trim();
                        if !piece.is_empty() && !is_nothing(piece.text) {
                            found.extend(self.row_item(field, rows, piece, None, None));
                        }
                    }
                }
            }
        }
        (!found.is_empty()).then_some(Value::Rows(found))
    }

    fn list_rows(&mut self, field: &Field, rows: &Arc<Rows>, item: &Item, found: &mut Vec<Row>) {
        let more = item.more.map(|span| TextPiece::at(self.source, span, true));
        let Some(parts) = self.unmarked_rows(rows, item) else {
            found.extend(self.list_row(field, rows, &item.text, item.tick, more));
            return;
        };
        let last = parts.len() - 1;
        for (nth, part) in parts.iter().enumerate() {
            found.extend(self.list_row(field, rows, &part.text, part.tick, more.filter(|_| nth == last)));
        }
    }

    fn list_row(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        text: &Spanned<String>,
        tick: Option<bool>,
        more: Option<TextPiece<'_>>,
    ) -> Option<Row> {
        let piece = TextPiece::new(self.source, &text.value, text.span, true).trim();
        if is_nothing(piece.text) {
            return None;
        }
        let mut row = self.row_item(field, rows, piece, tick, more)?;
        row.span = text.span;
        Some(row)
    }

    /// Parses a table whose headers are column labels.
    pub fn table(
        &mut self,
        field: &Field,
        rows: &Arc<Rows>,
        head: &[Cell],
        lines: &[Vec<Cell>],
        written: &[usize],
    ) -> Option<Value> {
        let columns: Vec<Option<FieldIndex>> = head.iter().map(|cell| rows.index_by_name(&plain_head(&cell.value))).collect();
        for (cell, _) in head.iter().zip(&columns).filter(|(cell, column)| column.is_none() && !cell.value.trim().is_empty()) {
            self.unknown_column(Code::UnknownColumn, field, rows, cell.value.trim(), cell.span);
        }
        let mut found = Vec::new();
        for (line, written) in lines.iter().zip(written) {
            if !self.align_cells(rows, &columns, line, *written)
                && let (Some(first), Some(last)) = (line.first(), line.last())
            {
                self.report_misaligned(field, *written, head.len(), first.span.to(last.span));
                continue;
            }
            let mut known: Vec<(FieldIndex, TextPiece<'_>)> = Vec::with_capacity(line.len());
            let mut unknown = Vec::new();
            for (nth, cell) in line.iter().enumerate() {
                let piece = TextPiece::new(self.source, &cell.value, cell.span, true).trim();
                match columns.get(nth).copied().flatten() {
                    Some(index) => known.push((index, piece)),
                    None => {
                        let name = head.get(nth).map_or("", |cell| cell.value.trim());
                        unknown.push((Spanned::new(Arc::from(name), cell.span), piece));
                    }
                }
            }
            let (Some(first), Some(last)) = (line.first(), line.last()) else { continue };
            let span = first.span.to(last.span);
            found.extend(self.row_cells(field, rows, &known, &unknown, span));
        }
        (!found.is_empty()).then_some(Value::Rows(found))
    }
}

/// A header without emphasis marks.
fn plain_head(head: &str) -> String {
    head.trim().trim_matches('*').trim().to_owned()
}

/// Whether a table's headers are column labels of `rows`: all that are not empty, or all but one of at least three.
pub(in crate::kind) fn heads_fit(rows: &Rows, head: &[Cell]) -> bool {
    let named = head.iter().filter(|cell| !cell.value.trim().is_empty()).count();
    let known = head.iter().filter(|cell| rows.index_by_name(&plain_head(&cell.value)).is_some()).count();
    known > 0 && (known == named || (known >= 2 && known + 1 == named))
}

/// The lines of a block: text, span, and the span of nested content. Chinese text is not hard-wrapped, so each line of
/// a paragraph is a unit.
fn lines_of(source: &str, block: &Block) -> Vec<(String, Span, Option<Span>)> {
    match block {
        Block::Paragraph(text) => {
            let whole = TextPiece::new(source, &text.value, text.span, true);
            text.value
                .lines()
                .map(|line| whole.part(line.trim()))
                .map(|line| (line.text.to_owned(), line.span(), None))
                .collect()
        }
        Block::Heading(text) => vec![(text.value.clone(), text.span, None)],
        Block::List(items, _) => items.iter().map(|item| (item.text.value.clone(), item.text.span, item.more)).collect(),
        Block::Table { rows, .. } => {
            let cells = rows.iter().filter_map(|row| row.iter().find(|cell| !cell.value.trim().is_empty()));
            cells.map(|cell| (cell.value.clone(), cell.span, None)).collect()
        }
        Block::Other(span) => vec![(plain(source.get(span.range()).unwrap_or("")).trim().to_owned(), *span, None)],
    }
}
