//! Lookup of fields by name.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Field, FieldIndex};
use crate::text::BuildFastHasher;

/// Maps field names to fields. Queried for each line of each file and each value of each page. Never iterated, so the
/// hash order does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameIndex(HashMap<Arc<str>, FieldIndex, BuildFastHasher>);

impl NameIndex {
    /// Indexes the keys of `fields`.
    pub fn of_keys(fields: &[Field]) -> NameIndex {
        NameIndex::of(fields, |field| std::slice::from_ref(&field.key))
    }

    /// Indexes every name of `fields`.
    pub fn of_names(fields: &[Field]) -> NameIndex {
        NameIndex::of(fields, |field| &field.names)
    }

    /// If two fields share a name, the first wins.
    fn of<'f>(fields: &'f [Field], names_of: impl Fn(&'f Field) -> &'f [Arc<str>]) -> NameIndex {
        let mut index = HashMap::default();
        for (at, field) in (0..).zip(fields) {
            for name in names_of(field) {
                index.entry(Arc::clone(name)).or_insert(FieldIndex(at));
            }
        }
        NameIndex(index)
    }

    /// The field with this name.
    pub fn get(&self, name: &str) -> Option<FieldIndex> {
        self.0.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kinds;
    use super::*;

    #[test]
    fn index_finds_exactly_the_field_names() {
        for kind in Kinds::official().all() {
            let (keys, names) = (NameIndex::of_keys(&kind.fields), NameIndex::of_names(&kind.fields));
            for (at, field) in kind.fields.iter().enumerate() {
                let at = Some(FieldIndex(at as u16));
                assert_eq!(keys.get(&field.key), at, "{}.{}", kind.key, field.key);
                for name in &field.names {
                    assert_eq!(names.get(name), at, "{}.{} {name}", kind.key, field.key);
                    let cut = name.char_indices().next_back().map_or("", |(at, _)| &name[..at]);
                    let by_hand =
                        kind.fields.iter().position(|field| field.has_normalized_name(cut)).map(|at| FieldIndex(at as u16));
                    assert_eq!(names.get(cut), by_hand, "{cut}");
                }
            }
            assert_eq!((keys.get(""), names.get("没有这个字段")), (None, None));
        }
    }

    #[test]
    fn duplicate_name_resolves_to_first_field() {
        let kinds = Kinds::official();
        let fields = &kinds.all()[0].fields;
        let twice: Vec<Field> = fields.iter().chain(fields).cloned().collect();
        let (once, twice) = (NameIndex::of_keys(fields), NameIndex::of_keys(&twice));
        assert!(fields.iter().all(|field| once.get(&field.key) == twice.get(&field.key)));
        assert_eq!(NameIndex::of_keys(&[]).get("date"), None);
    }
}
