//! Fills the fields of a kind from a file: path, front matter and body.

mod body;
mod empty_parts;
mod file_name;
mod front;
mod links;
mod near_misses;
mod single_rows;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::checks;
use super::read::ValueReader;
use super::{FieldIndex, FieldType, FieldValues, Kind, Kinds, PathMatch, UnknownKey, Value};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::markdown::{Link, Outline};
use crate::text::{FileId, Span, Spanned};
use crate::yaml::Entry;

/// The input of [`fill`].
pub struct DocumentSource<'a> {
    /// The decoded text; all spans point into it.
    pub text: &'a str,
    /// The file's id.
    pub file: FileId,
    /// The kind and id that the path matched.
    pub place: &'a PathMatch,
    /// The file's name without extension; the default of some fields.
    pub stem: &'a str,
    /// Entries of the front matter.
    pub entries: &'a [Entry<'a>],
    /// The outline of the body.
    pub outline: &'a Outline,
}

/// The fields of a file, and the rest of it.
#[derive(Clone, Debug)]
pub struct FillResult {
    /// The fields.
    pub fields: FieldValues,
    /// The record's own secrecy (`密级`): `None` if absent, `Some(3)` if invalid.
    pub secrecy: Option<u8>,
    /// The rest of the body: ranges of Markdown, in order.
    pub prose: Vec<Span>,
    /// Links in fields, each with the secrecy of its field: all links of labelled sections, and the wikilinks of the
    /// front matter. Links in the prose are not included.
    pub links: Vec<(Link, u8)>,
    /// Diagnostics.
    pub diagnostics: Vec<Diagnostic>,
}

/// The value of one field while filling.
#[derive(Clone, Debug, Default)]
struct FieldState {
    value: Option<Value>,
    /// Span of its first key or heading.
    place: Option<Span>,
}

/// Collects the fields of one file.
struct FieldFiller<'a, 's> {
    kind: &'a Arc<Kind>,
    source: &'s DocumentSource<'a>,
    reader: ValueReader<'a>,
    said: Vec<FieldState>,
    links: Vec<(Link, u8)>,
    prose: Vec<Span>,
    /// Whether the table or list for the main rows was found.
    main_done: bool,
}

/// Fills the fields of `kind`. Every field present becomes a value or a diagnostic; text that cannot be parsed is kept
/// among the unknown keys.
pub fn fill(kinds: &Kinds, kind: &Arc<Kind>, source: &DocumentSource<'_>) -> FillResult {
    let reader = ValueReader {
        kinds,
        source: source.text,
        days: file_name::record_days(kind, source),
        row_day: None,
        diagnostics: Vec::new(),
        unknown: Vec::new(),
    };
    let said = kind.fields.iter().map(|_| FieldState::default()).collect();
    let mut filler = FieldFiller { kind, source, reader, said, links: Vec::new(), prose: Vec::new(), main_done: false };
    filler.read_front_matter();
    filler.body();
    filler.defaults();
    filler.finish()
}

impl FieldFiller<'_, '_> {
    /// Sets a field. Rows and lists of texts accumulate; for other fields a different second value is reported.
    fn set_field(&mut self, index: FieldIndex, value: Option<Value>, place: Span) {
        let said = &mut self.said[usize::from(index.0)];
        let Some(first) = said.place else {
            *said = FieldState { value, place: Some(place) };
            return;
        };
        let Some(value) = value else { return };
        match &mut said.value {
            None => said.value = Some(value),
            Some(there) if *there == value => {}
            Some(Value::Rows(there)) if matches!(value, Value::Rows(_)) => {
                if let Value::Rows(more) = value {
                    there.extend(more);
                }
            }
            Some(Value::Texts(there)) if matches!(value, Value::Texts(_)) => {
                if let Value::Texts(more) = value {
                    let new: Vec<_> = more.into_iter().filter(|text| !there.contains(text)).collect();
                    there.extend(new);
                }
            }
            Some(_) => {
                let label = &self.kind.field(index).label;
                let span = value.span().unwrap_or(place);
                let text = self.source.text.get(span.range()).unwrap_or("").trim();
                self.reader.unknown.push(UnknownKey { key: Spanned::new(label.clone(), span), text: text.into() });
                let diagnostics = Diagnostic::new(Code::SaidTwice, span).with("field", label);
                self.reader.diagnostics.push(diagnostics.label(first, Message::new("label.said-first")));
            }
        }
    }

    fn finish(mut self) -> FillResult {
        self.merge_rows();
        let fence = if self.source.text.starts_with("---") { 3 } else { 0 };
        let fence = Span::new(self.source.file, 0, fence);
        for (at, (field, said)) in self.kind.fields.iter().zip(&self.said).enumerate() {
            if field.need == super::Need::Required && said.value.is_none() && said.place.is_none() {
                // If the key is there without a value, report at the key.
                let key = |entry: &&Entry| self.kind.names(entry.key.value) == Some(FieldIndex(at as u16));
                let entry = self.source.entries.iter().find(key);
                let place = entry.map_or(fence, |entry| entry.key.span);
                let diagnostics =
                    Diagnostic::new(Code::MissingRequired, place).with("field", &field.label).with("kind", &self.kind.label);
                let named = file_name::named_by_file(field, self.source).filter(|name| name.starts_with(char::is_numeric));
                let diagnostics = match (named, &field.ty) {
                    (Some(name), FieldType::Date { .. }) => {
                        diagnostics.help(Message::new("help.name-no-day").with("name", name))
                    }
                    (Some(name), FieldType::Month) => diagnostics.help(Message::new("help.name-no-month").with("name", name)),
                    _ => diagnostics,
                };
                let how = match field.ty {
                    FieldType::Prose | FieldType::Rows(_) => "help.add-section",
                    _ => "help.add-line",
                };
                let diagnostics =
                    if entry.is_none() { diagnostics.help(Message::new(how).with("field", &field.label)) } else { diagnostics };
                self.reader.diagnostics.push(match &field.hint {
                    Some(hint) => diagnostics.help(Message::new("help.hint").with("hint", hint)),
                    None => diagnostics,
                });
            }
        }
        self.report_empty_parts(fence);
        let mut fields = FieldValues::new(self.kind.clone());
        let said = std::mem::take(&mut self.said);
        // Reserve only for fields with a value, not for all fields of the kind.
        fields.values.reserve_exact(said.iter().filter(|said| said.value.is_some()).count());
        let values = said.into_iter().enumerate().filter_map(|(at, said)| Some((FieldIndex(at as u16), said.value?)));
        fields.values.extend(values);
        fields.unknown = std::mem::take(&mut self.reader.unknown);
        checks::number_items(self.kind, &mut fields.values);
        checks::number_names(&mut fields.values);
        checks::check_totals(&fields, &mut self.reader.diagnostics);
        checks::check_months(&fields, &mut self.reader.diagnostics);
        let secrecy = checks::own_secrecy(&fields, &mut self.reader.diagnostics);
        FillResult {
            fields,
            secrecy,
            prose: body::merged(self.prose, self.source.text),
            links: self.links,
            diagnostics: self.reader.diagnostics,
        }
    }
}
