//! Ids of headings: readable, and unique in their body.

use std::collections::BTreeMap;

/// The ids used so far.
#[derive(Default)]
pub(super) struct IdGenerator(BTreeMap<String, usize>);

impl IdGenerator {
    /// An id for a heading of this text: Han characters, letters and digits, `-` for everything between.
    pub fn unique_id(&mut self, text: &str) -> String {
        let mut id = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_alphanumeric() {
                id.extend(c.to_lowercase());
            } else if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        id.truncate(id.trim_end_matches('-').len());
        if id.is_empty() {
            id.push('-');
        }
        if !self.0.contains_key(&id) {
            self.0.insert(id.clone(), 1);
            return id;
        }
        loop {
            let count = self.0.entry(id.clone()).or_insert(1);
            *count += 1;
            let numbered = format!("{id}-{count}");
            if !self.0.contains_key(&numbered) {
                self.0.insert(numbered.clone(), 1);
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_and_unique() {
        let mut ids = IdGenerator::default();
        let given: Vec<_> = ["面谈概要", "结果、检讨（#3 机组）", "面谈概要", "面谈概要-2", "？？", "Fee 合计"]
            .map(|t| ids.unique_id(t))
            .into();
        assert_eq!(given, ["面谈概要", "结果-检讨-3-机组", "面谈概要-2", "面谈概要-2-2", "-", "fee-合计"]);
    }
}
