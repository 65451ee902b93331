//! Reads the front matter: entries by field name, phone numbers sorted by form, unknown keys.

use std::sync::Arc;

use super::FieldFiller;
use crate::diag::{Code, Diagnostic, nearest};
use crate::i18n::Message;
use crate::kind::normalize::{normalize_name, to_half_width};
use crate::kind::read::{TextPiece, as_typed};
use crate::kind::{FieldIndex, FieldType, UnknownKey, Value};
use crate::text::{Span, Spanned};
use crate::yaml::{Entry, EntryValue};

impl FieldFiller<'_, '_> {
    pub(super) fn read_front_matter(&mut self) {
        let entries = self.source.entries;
        for (nth, entry) in entries.iter().enumerate() {
            // `yaml` reports duplicate keys; the first one counts.
            if entry.again && entries[..nth].iter().any(|before| before.key.value == entry.key.value) {
                continue;
            }
            let name = normalize_name(entry.key.value);
            if let Some(phones) = &self.kind.phones
                && phones.called.iter().any(|called| **called == *name)
            {
                self.read_phones(entry, phones.mobile, phones.fixed);
            } else if let Some(index) = self.kind.index_by_normalized_name(&name) {
                let before = (self.reader.diagnostics.len(), self.reader.unknown.len());
                let value = self.read_entry(index, &entry.told);
                self.wikilinks(index, value.as_ref());
                if value.is_some() || before != (self.reader.diagnostics.len(), self.reader.unknown.len()) {
                    self.set_field(index, value, entry.key.span);
                }
            } else {
                self.unknown_key(entry);
            }
        }
    }

    fn read_entry(&mut self, index: FieldIndex, told: &EntryValue<'_>) -> Option<Value> {
        let field = self.kind.field(index);
        match told {
            EntryValue::Line(line) if let Some(bracket) = unclosed(&field.ty, line) => {
                let diagnostics =
                    Diagnostic::new(Code::YamlSyntax, bracket).variant("unclosed-bracket").with("key", &field.label);
                self.reader.diagnostics.push(diagnostics.help(Message::new("help.move-to-section").with("key", &field.label)));
                let unknown = UnknownKey { key: Spanned::new(field.label.clone(), line.span), text: line.value.into() };
                self.reader.unknown.push(unknown);
                None
            }
            EntryValue::Line(line) => self.reader.read(field, TextPiece::new(self.source.text, line.value, line.span, false)),
            EntryValue::Node(node) => self.reader.node(field, node),
            EntryValue::Empty => None,
        }
    }

    /// Sorts the numbers under one key into the mobile and the landline field by their form.
    fn read_phones(&mut self, entry: &Entry<'_>, mobile: FieldIndex, fixed: FieldIndex) {
        let Some(Value::Texts(numbers)) = self.read_entry(fixed, &entry.told) else { return };
        for number in numbers {
            let index = if is_mobile(&number.value) { mobile } else { fixed };
            match &mut self.said[usize::from(index.0)].value {
                Some(Value::Texts(there)) => {
                    if !there.contains(&number) {
                        there.push(number);
                    }
                }
                there => {
                    *there = Some(Value::Texts(vec![number]));
                    self.said[usize::from(index.0)].place = Some(entry.key.span);
                }
            }
        }
    }

    fn unknown_key(&mut self, entry: &Entry<'_>) {
        let (key, span) = (entry.key.value, entry.key.span);
        let text: Arc<str> = match &entry.told {
            EntryValue::Line(line) => line.value.into(),
            EntryValue::Node(node) => as_typed(self.source.text, node).into(),
            EntryValue::Empty => "".into(),
        };
        let diagnostics = Diagnostic::new(Code::UnknownKey, span);
        let elsewhere = self.reader.kinds.all().iter().find(|kind| kind.names(key).is_some());
        let names =
            self.kind.fields.iter().flat_map(|field| std::iter::once(&field.label).chain(&field.also)).map(|name| &**name);
        let diagnostics = match (nearest(key, names), elsewhere) {
            (Some(name), _) => {
                let diagnostics = diagnostics.with("key", key).with("kind", &self.kind.label);
                diagnostics.help(Message::new("help.field-suggest").with("name", name))
            }
            (None, Some(other)) => {
                diagnostics.variant("elsewhere").with("key", key).with("kind", &self.kind.label).with("other", &other.label)
            }
            (None, None) => diagnostics.with("key", key).with("kind", &self.kind.label).help(Message::new("help.own-field")),
        };
        self.reader.diagnostics.push(diagnostics);
        self.reader.unknown.push(UnknownKey { key: Spanned::new(key.into(), span), text });
    }
}

/// The span of a bracket that opens a list and is not closed on its line. Fields with a single text take it verbatim.
fn unclosed(ty: &FieldType, line: &Spanned<&str>) -> Option<Span> {
    let lists = match ty {
        FieldType::Texts | FieldType::Words | FieldType::Rows(_) => true,
        FieldType::Code { many, .. } | FieldType::Names { many, .. } => *many,
        _ => false,
    };
    let open = line.value.chars().next().filter(|_| lists)?;
    let close = match open {
        '[' => ']',
        '【' => '】',
        '［' => '］',
        '{' => '}',
        '｛' => '｝',
        _ => return None,
    };
    let start = line.span.start.index();
    (!line.value.contains(close)).then(|| Span::new(line.span.file, start, start + open.len_utf8()))
}

/// Whether a number has eleven digits starting with 1 (but not 10), optionally after the country code 86.
fn is_mobile(number: &str) -> bool {
    let digits: String = number.chars().map(to_half_width).filter(char::is_ascii_digit).collect();
    let digits =
        digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).filter(|rest| rest.len() == 11).unwrap_or(&digits);
    digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10")
}
