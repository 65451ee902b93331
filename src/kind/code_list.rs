//! Code lists: closed lists of values, shipped or set by the company.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::normalize::normalize;

/// A value of a code list, shown as code and word (`C 再度访问`). Lists without codes have empty codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CodeValue {
    /// `C`, `3A`, `1`, or empty.
    pub code: Arc<str>,
    /// `再度访问`.
    pub word: Arc<str>,
}

impl CodeValue {
    /// Code and word as shown.
    pub fn shown(&self) -> String {
        if self.code.is_empty() { self.word.to_string() } else { [&*self.code, " ", &*self.word].concat() }
    }
}

/// A code list: a closed list of values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeList {
    /// Name (`result`, `role`, …).
    pub name: Arc<str>,
    /// Values in order.
    pub values: Vec<CodeValue>,
    /// Other spellings: (as written, index into `values`), such as `积极` for `积极的` or `会面` for `会晤`.
    pub also: Vec<(Arc<str>, usize)>,
    /// Whether a company may replace the values.
    pub open: bool,
    /// Whether an unambiguous prefix of a word is enough.
    pub prefix: bool,
    /// Whether letter case counts: on 附表7 `a` and `A` stand next to each other and differ in meaning (S-F7.6, S-F7.7).
    pub case_sensitive: bool,
    /// Words and other spellings, normalized, with the index of their value.
    spellings: Vec<(Box<str>, usize)>,
}

/// Characters allowed between a code and its word.
const SEPARATORS: &[char] = &[' ', '\t', '、', '.', ',', ':', '-', '·', '—', '_', '/'];

impl CodeList {
    /// Builds a list. `Err` is a code or word that occurs twice.
    pub(super) fn new(
        name: &str,
        values: Vec<CodeValue>,
        also: Vec<(Arc<str>, usize)>,
        open: bool,
        prefix: bool,
    ) -> Result<CodeList, String> {
        let words = values.iter().enumerate().map(|(at, value)| (&value.word, at));
        let spellings: Vec<(Box<str>, usize)> =
            words.chain(also.iter().map(|(text, at)| (text, *at))).map(|(text, at)| (normalize(text).into(), at)).collect();
        let codes = values.iter().map(|value| value.code.to_lowercase()).filter(|code| !code.is_empty());
        let mut all: Vec<String> = codes.chain(spellings.iter().map(|(text, _)| text.to_string())).collect();
        all.sort_unstable();
        if let Some(pair) = all.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(pair[0].clone());
        }
        Ok(CodeList { name: name.into(), values, also, open, prefix, case_sensitive: false, spellings })
    }

    /// Parses a code, a word, or both (`C`, `再度访问`, `C 再度访问`, `C再度访问`, `C、再度访问`). Full-width forms are folded;
    /// letter case counts if [`CodeList::exact`].
    pub fn read(&self, text: &str) -> Option<&CodeValue> {
        self.value(text, self.case_sensitive)
    }

    /// The value whose code has the wrong letter case, for a better diagnostic.
    pub(super) fn miscased(&self, text: &str) -> Option<&CodeValue> {
        self.value(text, false).filter(|_| self.case_sensitive)
    }

    fn value(&self, text: &str, exact: bool) -> Option<&CodeValue> {
        let folded = normalize(text.trim());
        self.find(folded.trim(), exact).map(|at| &self.values[at])
    }

    fn find(&self, text: &str, exact: bool) -> Option<usize> {
        if text.is_empty() {
            return None;
        }
        if let Some(at) = self.find_spelling(text) {
            return Some(at);
        }
        // The longest code wins: `3A` is not `3` followed by `A`.
        let codes = self.values.iter().enumerate().filter(|(_, value)| !value.code.is_empty());
        let same = |head: &str, code: &str| if exact { head == code } else { head.eq_ignore_ascii_case(code) };
        let begins = |code: &str| text.get(..code.len()).is_some_and(|head| same(head, code));
        let coded = codes.filter(|(_, value)| begins(&value.code)).max_by_key(|(_, value)| value.code.len());
        if let Some((at, value)) = coded {
            let rest = text[value.code.len()..].trim_start_matches(SEPARATORS);
            let word = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
            return (word.is_empty() || self.matches_code(word, at)).then_some(at);
        }
        if self.prefix && text.chars().count() >= 2 {
            let mut hits = self.spellings.iter().filter(|(word, _)| word.starts_with(text)).map(|(_, at)| *at);
            let first = hits.next()?;
            return hits.all(|at| at == first).then_some(first);
        }
        None
    }

    fn find_spelling(&self, text: &str) -> Option<usize> {
        self.spellings.iter().find(|(word, _)| **word == *text).map(|(_, at)| *at)
    }

    /// Whether `word`, written after the code of value `at`, is that value's word or a part of it.
    fn matches_code(&self, word: &str, at: usize) -> bool {
        match self.find_spelling(word) {
            Some(spelt) => spelt == at,
            None => word.chars().count() >= 2 && self.spellings.iter().any(|(text, of)| *of == at && text.contains(word)),
        }
    }

    /// The values of the leading code and of the word after it, which disagree: for a better diagnostic.
    pub(super) fn mismatched_code(&self, text: &str) -> Option<(&CodeValue, Option<&CodeValue>)> {
        let folded = normalize(text.trim());
        let text = folded.trim();
        let begins =
            |code: &str| !code.is_empty() && text.get(..code.len()).is_some_and(|head| head.eq_ignore_ascii_case(code));
        let value = self.values.iter().filter(|value| begins(&value.code)).max_by_key(|value| value.code.len())?;
        let rest = text[value.code.len()..].trim_start_matches(SEPARATORS);
        Some((value, self.find_spelling(rest).map(|at| &self.values[at])))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kinds;

    fn read(list: &str, text: &str) -> Option<String> {
        let kinds = Kinds::official();
        kinds.codes(list).expect("the list").read(text).map(super::CodeValue::shown)
    }

    #[test]
    fn code_or_label_is_accepted() {
        for text in ["C", "再度访问", "C 再度访问", "C再度访问", "C、再度访问", "Ｃ　再度访问", "C（再度访问）", "再访"]
        {
            assert_eq!(read("result", text).as_deref(), Some("C 再度访问"), "{text}");
        }
        assert_eq!(read("result", "C 商谈成功"), None);
        assert_eq!(read("result", "F"), None);
        assert_eq!(read("plan", "a初次拜访").as_deref(), Some("a 初次拜访"));
        assert_eq!(read("plan", "ａ").as_deref(), Some("a 初次拜访"));
        // One of the form's two lists has lower-case letters, the other has capitals.
        for (list, text) in [("result", "c"), ("result", "c 再度访问"), ("plan", "A"), ("plan", "Ａ初次拜访")] {
            assert_eq!(read(list, text), None, "{text}");
        }
        assert_eq!(read("result", ""), None);
    }

    #[test]
    fn longest_matching_code_wins() {
        assert_eq!(read("purpose", "3a").as_deref(), Some("3A 客户维护·强化感情联系，建立核心客户"));
        assert_eq!(read("purpose", "3B 推动业务量").as_deref(), Some("3B 客户维护·推动业务量"));
        assert_eq!(read("purpose", "1市场调查、研究市场").as_deref(), Some("1 市场调查、研究市场"));
        assert_eq!(
            read("purpose", "3A 客户维护·强化感情联系，建立核心客户").as_deref(),
            Some("3A 客户维护·强化感情联系，建立核心客户")
        );
        assert_eq!(read("purpose", "3"), None);
    }

    #[test]
    fn aliases_and_unique_prefixes_match() {
        assert_eq!(read("relation", "积极").as_deref(), Some("积极的"));
        assert_eq!(read("topic", "组织结构").as_deref(), Some("组织结构与管理体系"));
        assert_eq!(read("topic", "客户"), None, "two topics begin so");
        assert_eq!(read("source_level", "3级").map(|text| text.chars().take(1).collect::<String>()).as_deref(), Some("3"));
    }
}
