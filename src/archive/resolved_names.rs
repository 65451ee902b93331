//! The resolved names of one record.

use super::Party;
use crate::kind::NameId;

/// The party of each name token of a record. A sorted slice: there are many records with few names each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolvedNames(Box<[(NameId, Party)]>);

impl ResolvedNames {
    /// The party of a name.
    pub fn get(&self, id: &NameId) -> Option<&Party> {
        let at = self.0.binary_search_by_key(id, |(id, _)| *id).ok()?;
        Some(&self.0[at].1)
    }
}

/// If a number occurs twice, the later entry wins.
impl FromIterator<(NameId, Party)> for ResolvedNames {
    fn from_iter<T: IntoIterator<Item = (NameId, Party)>>(said: T) -> Self {
        let mut names: Vec<(NameId, Party)> = said.into_iter().collect();
        names.sort_by_key(|(id, _)| *id);
        names.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        ResolvedNames(names.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_of_two_plans_applies() {
        let who = |name: &str| Party::Unregistered { name: name.into(), note: None };
        let said = [(2, "邱志远"), (0, "周岚"), (2, "沈丽萍"), (2, "何俊")];
        let placed: ResolvedNames = said.into_iter().map(|(id, name)| (NameId(id), who(name))).collect();
        assert_eq!(placed.get(&NameId(0)), Some(&who("周岚")));
        assert_eq!(placed.get(&NameId(1)), None);
        assert_eq!(placed.get(&NameId(2)), Some(&who("何俊")));
    }
}
