//! Fields by name.

use std::sync::Arc;

use super::{Field, FieldIndex};

/// Names of fields, each with the field it is of: looked up for each line of each file, and for each value of each page.
///
/// A table whose places are told by the name itself. Names are short and few, so its own quick way to tell them beats one
/// that has to stand up to strangers: what is looked up are a company's own labels, and a file's keys once each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Index {
    names: Vec<(Arc<str>, FieldIndex)>,
    /// For each place, which of the names stands there. At most half are taken, so that there always is an end.
    places: Vec<Option<u16>>,
}

impl Index {
    /// The keys of `fields`.
    pub fn of_keys(fields: &[Field]) -> Index {
        Index::of(fields, |field| std::slice::from_ref(&field.key))
    }

    /// Every name of `fields`.
    pub fn of_names(fields: &[Field]) -> Index {
        Index::of(fields, |field| &field.names)
    }

    /// Of two fields of one name the first is found.
    fn of<'f>(fields: &'f [Field], names_of: impl Fn(&'f Field) -> &'f [Arc<str>]) -> Index {
        let mut names: Vec<(Arc<str>, FieldIndex)> = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            names.extend(names_of(field).iter().map(|name| (name.clone(), FieldIndex(at as u16))));
        }
        let places = vec![None; (names.len() * 2).next_power_of_two().max(2)];
        let mut index = Index { names, places };
        for nth in 0..index.names.len() {
            let name = &index.names[nth].0;
            if index.get(name).is_none() {
                let free = index.way(name).find(|at| index.places[*at].is_none());
                if let Some(free) = free {
                    index.places[free] = Some(nth as u16);
                }
            }
        }
        index
    }

    /// The field of that name.
    pub fn get(&self, name: &str) -> Option<FieldIndex> {
        for at in self.way(name) {
            let (there, field) = &self.names[usize::from(self.places[at]?)];
            if **there == *name {
                return Some(*field);
            }
        }
        None
    }

    /// The places where a name may stand, in order.
    fn way(&self, name: &str) -> impl Iterator<Item = usize> + use<> {
        let last = self.places.len() - 1;
        let first = spread(name) as usize;
        (0..=last).map(move |step| (first + step) & last)
    }
}

/// A number that differs for most names: of their length, their first eight bytes and their last.
fn spread(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (head, tail) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
    };
    let mixed = (head ^ tail.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed >> 40
}

#[cfg(test)]
mod tests {
    use super::super::Kinds;
    use super::*;

    #[test]
    fn every_name_of_every_field_is_found_and_no_other() {
        for kind in Kinds::official().all() {
            let (keys, names) = (Index::of_keys(&kind.fields), Index::of_names(&kind.fields));
            for (at, field) in kind.fields.iter().enumerate() {
                let at = Some(FieldIndex(at as u16));
                assert_eq!(keys.get(&field.key), at, "{}.{}", kind.key, field.key);
                for name in &field.names {
                    assert_eq!(names.get(name), at, "{}.{} {name}", kind.key, field.key);
                    let cut = name.char_indices().next_back().map_or("", |(at, _)| &name[..at]);
                    let by_hand = kind.fields.iter().position(|field| field.answers_to(cut)).map(|at| FieldIndex(at as u16));
                    assert_eq!(names.get(cut), by_hand, "{cut}");
                }
            }
            assert_eq!((keys.get(""), names.get("没有这个字段")), (None, None));
        }
    }

    #[test]
    fn names_stand_near_where_they_are_looked_for() {
        for kind in Kinds::official().all() {
            let index = Index::of_names(&kind.fields);
            let steps = |name: &Arc<str>| {
                let found = |at: &usize| index.places[*at].is_some_and(|nth| index.names[usize::from(nth)].0 == *name);
                index.way(name).position(|at| found(&at)).expect("every name stands somewhere")
            };
            let all: usize = index.names.iter().map(|(name, _)| steps(name)).sum();
            assert!(all <= index.names.len(), "{}: {all} steps for {} names", kind.key, index.names.len());
        }
    }

    #[test]
    fn of_two_fields_of_one_name_the_first_is_found() {
        let kinds = Kinds::official();
        let fields = &kinds.all()[0].fields;
        let twice: Vec<Field> = fields.iter().chain(fields).cloned().collect();
        let (once, twice) = (Index::of_keys(fields), Index::of_keys(&twice));
        assert!(fields.iter().all(|field| once.get(&field.key) == twice.get(&field.key)));
        assert_eq!(Index::of_keys(&[]).get("date"), None);
    }
}
