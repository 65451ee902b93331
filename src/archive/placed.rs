//! Who the names of one record are.

use super::Who;
use crate::kind::NameId;

/// Who each name token of a record is. Records are many and their names few, so they stand in a row, in order of number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed(Box<[(NameId, Who)]>);

impl Placed {
    /// Who a name is.
    pub fn get(&self, id: &NameId) -> Option<&Who> {
        let at = self.0.binary_search_by_key(id, |(id, _)| *id).ok()?;
        Some(&self.0[at].1)
    }
}

/// Of what is said of one number twice, the later counts.
impl FromIterator<(NameId, Who)> for Placed {
    fn from_iter<T: IntoIterator<Item = (NameId, Who)>>(said: T) -> Self {
        let mut names: Vec<(NameId, Who)> = said.into_iter().collect();
        names.sort_by_key(|(id, _)| *id);
        names.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        Placed(names.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_of_two_counts() {
        let who = |name: &str| Who::Unfiled { name: name.into(), note: None };
        let said = [(2, "邱志远"), (0, "周岚"), (2, "沈丽萍"), (2, "何俊")];
        let placed: Placed = said.into_iter().map(|(id, name)| (NameId(id), who(name))).collect();
        assert_eq!(placed.get(&NameId(0)), Some(&who("周岚")));
        assert_eq!(placed.get(&NameId(1)), None);
        assert_eq!(placed.get(&NameId(2)), Some(&who("何俊")));
    }
}
