//! Redaction of a document to the secrecy ceiling of an edition.

use std::collections::BTreeMap;

use super::Visible;
use crate::config::Edition;
use crate::document::{Document, LeveledLink};
use crate::kind::{FieldType, FieldValues, Name, NameId, Row, Rows, Value};
use crate::text::Fingerprint;

/// Returns what `edition` may show of `document`, or `None` when the whole record is hidden.
///
/// Removes fields, rows, sub-fields, prose and links above the ceiling, and unknown keys (level 3, `decisions.md` 4). A
/// field without remaining rows is absent. Names are renumbered, so that gaps reveal nothing, and lose the telephone
/// number in their bracket. Numbers of open items are public and stay: they count 承诺, 问题 and 意见 together, all of
/// one level unless the company raises one.
pub fn redact(document: Document, edition: &Edition) -> Option<Visible> {
    if !edition.shows(document.secrecy) {
        return None;
    }
    let prose = edition.shows(document.prose_level);
    let mut fields = if edition.is_full() { document.fields } else { redact_fields(&document.fields, edition) };
    // Records live as long as the archive.
    fields.values.shrink_to_fit();
    Some(Visible {
        path: document.path,
        file: document.file,
        place: document.place,
        content: document.content,
        fields,
        secrecy: document.secrecy,
        prose: if prose { document.prose } else { Vec::new() },
        body: if prose { document.body } else { Fingerprint::default() },
        excerpt: if prose { document.excerpt.as_str().into() } else { "".into() },
        anchors: if prose { document.anchors } else { Vec::new() },
        links: links(document.links, edition),
    })
}

fn links(mut links: Vec<LeveledLink>, edition: &Edition) -> Vec<LeveledLink> {
    links.retain(|link| edition.shows(link.level));
    links
}

/// The field values that `edition` may show.
fn redact_fields(whole: &FieldValues, edition: &Edition) -> FieldValues {
    let mut visible = FieldValues::new(whole.kind.clone());
    for (index, value) in &whole.values {
        let field = whole.kind.field(*index);
        if !edition.shows(field.secrecy) {
            continue;
        }
        let value = match (&field.ty, value) {
            (FieldType::Rows(shape), Value::Rows(rows)) => {
                let rows: Vec<Row> = rows.iter().filter_map(|row| self::row(shape, row, edition)).collect();
                if rows.is_empty() {
                    continue;
                }
                Value::Rows(rows)
            }
            _ => value.clone(),
        };
        visible.values.push((*index, value));
    }
    if edition.shows(UNKNOWN_KEY) {
        visible.unknown.clone_from(&whole.unknown);
    }
    if !edition.shows(Name::PHONE_SECRECY) {
        for_each_name(&mut visible, &mut Name::drop_phone);
    }
    renumber(&mut visible);
    visible
}

/// Secrecy level of unknown keys.
const UNKNOWN_KEY: u8 = 3;

/// What `edition` may show of a row; `None` if nothing is left.
fn row(shape: &Rows, whole: &Row, edition: &Edition) -> Option<Row> {
    if !edition.shows(shape.source_secrecy(whole)) {
        return None;
    }
    let mut row = whole.clone();
    row.cells.retain(|(index, _)| edition.shows(shape.field(*index).secrecy));
    // A name not yet assigned to a sub-field may belong to a hidden one.
    let hidden = |ty: &FieldType| matches!(ty, FieldType::Names { .. });
    if shape.fields.iter().any(|field| hidden(&field.ty) && !edition.shows(field.secrecy)) {
        row.tail.clear();
    }
    let empty = row.cells.is_empty() && row.tail.is_empty() && row.refers.is_none();
    (!empty).then_some(row)
}

/// Numbers the names from 0 without gaps, in their old order. `archive` stores one resolved party per number.
fn renumber(fields: &mut FieldValues) {
    let mut numbers = BTreeMap::new();
    for_each_name(fields, &mut |name| {
        numbers.insert(name.id, NameId(0));
    });
    for (at, number) in numbers.values_mut().enumerate() {
        *number = NameId(u16::try_from(at).unwrap_or(u16::MAX));
    }
    for_each_name(fields, &mut |name| name.id = numbers.get(&name.id).copied().unwrap_or(name.id));
}

fn for_each_name(fields: &mut FieldValues, act: &mut dyn FnMut(&mut Name)) {
    fn names(value: &mut Value, act: &mut dyn FnMut(&mut Name)) {
        match value {
            Value::Names(all) => all.iter_mut().for_each(act),
            Value::Rows(rows) => {
                for row in rows {
                    row.cells.iter_mut().for_each(|(_, value)| names(value, act));
                    row.tail.iter_mut().for_each(&mut *act);
                }
            }
            _ => {}
        }
    }
    fields.values.iter_mut().for_each(|(_, value)| names(value, act));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::kind::{ArchivePath, CodeValue, Field, FieldIndex, Kind, Kinds, NameMark, PathMatch, UnknownKey};
    use crate::markdown::{Link, LinkKind};
    use crate::text::{Encoding, FileId, Span, Spanned};

    fn edition(ceiling: u8) -> Edition {
        Edition { key: "plain".to_owned(), label: "脱敏本".to_owned(), ceiling }
    }

    /// Builds a document in which every field and sub-field holds a unique word: `【key:level】`.
    struct SecretWords {
        planted: Vec<(String, u8)>,
        names: u16,
    }

    impl SecretWords {
        fn word(&mut self, path: &str, level: u8) -> Arc<str> {
            let word = format!("【{path}:{level}】");
            self.planted.push((word.clone(), level));
            word.into()
        }

        fn name(&mut self, path: &str, level: u8) -> Name {
            self.names += 1;
            let text = self.word(path, level);
            Name { id: NameId(self.names), text, note: None, mark: NameMark::None, span: Span::default() }
        }

        fn value(&mut self, field: &Field, path: &str, above: u8) -> Value {
            let level = above.max(field.secrecy);
            match &field.ty {
                FieldType::Code { .. } => {
                    let word = self.word(path, level);
                    Value::Codes(vec![Spanned::new(CodeValue { code: "".into(), word }, Span::default())])
                }
                FieldType::Names { .. } => Value::Names(vec![self.name(path, level)]),
                FieldType::Rows(shape) => {
                    Value::Rows(["1", "2", "3", "4", ""].map(|code| self.row(shape, path, level, code)).into())
                }
                _ => Value::Text(Spanned::new(self.word(path, level), Span::default())),
            }
        }

        /// A row whose source level is `code`.
        fn row(&mut self, shape: &Rows, path: &str, above: u8, code: &str) -> Row {
            let source = shape
                .fields
                .iter()
                .position(|field| matches!(&field.ty, FieldType::Code { of, .. } if &**of == "source_level"));
            let mut row =
                Row { cells: Vec::new(), tick: None, refers: None, ordinal: Some(1), tail: Vec::new(), span: Span::default() };
            if let Some(at) = source.filter(|_| !code.is_empty()) {
                let value = CodeValue { code: code.into(), word: "".into() };
                row.cells.push((FieldIndex(at as u16), Value::Codes(vec![Spanned::new(value, Span::default())])));
            }
            let level = above.max(shape.source_secrecy(&row));
            for (at, field) in shape.fields.iter().enumerate().filter(|(at, _)| Some(*at) != source) {
                let value = self.value(field, &format!("{path}.{}{code}", field.key), level);
                row.cells.push((FieldIndex(at as u16), value));
            }
            let of_names = shape.fields.iter().filter(|field| matches!(field.ty, FieldType::Names { .. }));
            let tail = of_names.map(|field| field.secrecy).max().unwrap_or(0).max(level);
            row.tail.push(self.name(&format!("{path}.tail{code}"), tail));
            row
        }
    }

    fn document(kind: &Arc<Kind>, canaries: &mut SecretWords) -> Document {
        let mut fields = FieldValues::new(kind.clone());
        for (at, field) in kind.fields.iter().enumerate() {
            fields.values.push((FieldIndex(at as u16), canaries.value(field, &field.key, 0)));
        }
        fields
            .unknown
            .push(UnknownKey { key: Spanned::new(canaries.word("key", 3), Span::default()), text: canaries.word("text", 3) });
        let links = (0..=3).map(|level| {
            let target = canaries.word("link", level).to_string();
            LeveledLink { link: Link { kind: LinkKind::Wiki, label: target.clone(), target, span: Span::default() }, level }
        });
        let links = links.collect();
        Document {
            path: ArchivePath::from("customers/hd/visits/2026-11-20.md"),
            file: FileId(0),
            place: PathMatch { kind: kind.key.clone(), customer: None, id: "customers/hd/visits/2026-11-20".into() },
            encoding: Encoding::Utf8,
            content: Fingerprint::default(),
            // No edition shows the raw file text.
            text: canaries.word("text-of-file", 4).to_string(),
            fields,
            secrecy: 1,
            prose: vec![Span::default()],
            prose_level: kind.prose_secrecy,
            body: Fingerprint::of("面谈概要".as_bytes()),
            excerpt: canaries.word("excerpt", kind.prose_secrecy).to_string(),
            anchors: vec![canaries.word("anchor", kind.prose_secrecy).to_string()],
            links,
            diagnostics: Vec::new(),
        }
    }

    fn plant(kind: &Arc<Kind>) -> (Document, Vec<(String, u8)>) {
        let mut canaries = SecretWords { planted: Vec::new(), names: 0 };
        let document = document(kind, &mut canaries);
        (document, canaries.planted)
    }

    #[test]
    fn redaction_removes_exactly_the_hidden_texts() {
        for kind in Kinds::official().all() {
            let (document, planted) = plant(kind);
            for ceiling in 1..=3 {
                let visible = format!("{:?}", redact(document.clone(), &edition(ceiling)).expect("the record is of level 1"));
                for (word, level) in &planted {
                    assert_eq!(visible.contains(word.as_str()), *level <= ceiling, "{} {word} at {ceiling}", kind.key);
                }
            }
        }
    }

    #[test]
    fn full_edition_is_unchanged() {
        for kind in Kinds::official().all() {
            let (document, _) = plant(kind);
            let visible = redact(document.clone(), &edition(3)).expect("visible");
            assert_eq!(*visible.fields(), document.fields);
            assert_eq!(visible.body(), document.body);
        }
    }

    #[test]
    fn secret_record_is_hidden() {
        let kinds = Kinds::official();
        let (mut document, _) = plant(kinds.get("visit").expect("a kind"));
        document.secrecy = 2;
        assert!(redact(document.clone(), &edition(1)).is_none());
        assert!(redact(document, &edition(2)).is_some());
    }

    #[test]
    fn hidden_fields_leave_no_trace() {
        let kinds = Kinds::official();
        let visit = kinds.get("visit").expect("a kind");
        let (document, _) = plant(visit);
        // The same document with different and more hidden rows.
        let mut other = document.clone();
        let mut again = SecretWords { planted: Vec::new(), names: 500 };
        for (index, value) in &mut other.fields.values {
            if let (FieldType::Rows(shape), Value::Rows(rows)) = (&visit.field(*index).ty, value)
                && shape.arrow
            {
                rows.retain(|row| shape.source_secrecy(row) <= 1);
                rows.insert(0, again.row(shape, "另", 0, "4"));
                rows.insert(0, again.row(shape, "又", 0, ""));
            }
        }
        other.fields.unknown.clear();
        other.excerpt = "另一段概要".to_owned();
        other.body = Fingerprint::of("另一段概要".as_bytes());
        let (one, two) =
            (redact(document.clone(), &edition(1)).expect("visible"), redact(other.clone(), &edition(1)).expect("visible"));
        assert_ne!(Fingerprint::of_hash(&document.fields), Fingerprint::of_hash(&other.fields));
        assert_eq!(Fingerprint::of_hash(one.fields()), Fingerprint::of_hash(two.fields()));
        assert_eq!(one.body(), two.body());
        assert!(one.prose().is_empty() && one.anchors().is_empty());
    }

    #[test]
    fn field_with_only_hidden_rows_is_absent() {
        let kinds = Kinds::official();
        let visit = kinds.get("visit").expect("a kind");
        let (mut document, _) = plant(visit);
        for (index, value) in &mut document.fields.values {
            if let (FieldType::Rows(shape), Value::Rows(rows)) = (&visit.field(*index).ty, value)
                && shape.arrow
            {
                rows.retain(|row| shape.source_secrecy(row) > 1);
            }
        }
        assert!(document.fields.get("information").is_some());
        assert!(redact(document, &edition(1)).expect("visible").fields().get("information").is_none());
    }
}
