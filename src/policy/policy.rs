//! The policy as a value.

use std::collections::BTreeMap;

use super::{Cadences, Edition};
use crate::calendar::{Date, Workdays};
use crate::diag::Severity;
use crate::kind::Kinds;
use crate::text::{Encoding, Fingerprint};
use crate::words::Lang;

/// A customer level and its contact cycle.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Level {
    /// `核心`.
    pub name: String,
    /// A person of such a customer is contacted at least every so many days.
    pub cycle: u32,
    /// 重点客户 (S-13.1).
    pub key: bool,
    /// 核心客户 (S-17.3-2).
    pub core: bool,
}

/// How records of a sort are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PageChoice {
    /// A page per customer and year with an anchor each.
    #[default]
    ByYear,
    /// A page each.
    Each,
}

/// What the company does with a rule or a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleChoice {
    /// Never speaks.
    Off,
    /// Speaks with this severity.
    As(Severity),
}

/// All that `archive.yaml` says, with defaults filled in.
#[derive(Clone, Debug)]
pub struct Policy {
    /// 公司名称; stands for “A 公司” in every label.
    pub company: String,
    /// 简称.
    pub short: String,
    /// 站点标题.
    pub title: String,
    /// 归口部门.
    pub department: String,
    /// Language of the site.
    pub language: Lang,
    /// 颁布日期: nothing earlier is judged (第二十条).
    pub issued: Option<Date>,
    /// Name of the theme.
    pub theme: String,
    /// Folder of the company's own themes, relative to the archive.
    pub themes: Option<String>,
    /// Where the site goes, relative to the archive.
    pub out: Option<String>,
    /// Layout of visits.
    pub visits: PageChoice,
    /// Layout of contacts.
    pub contacts: PageChoice,
    /// Customer levels in order, the most important first.
    pub levels: Vec<Level>,
    /// Deadlines.
    pub cadences: Cadences,
    /// Working days.
    pub workdays: Workdays,
    /// Posts that stand in for a missing one (第五条): post → staff name.
    pub duties: BTreeMap<String, String>,
    /// Editions by key.
    pub editions: Vec<Edition>,
    /// What is done with rules and diagnostics, by public name.
    pub rules: BTreeMap<String, RuleChoice>,
    /// Kinds with the company's own fields, codes and levels laid over.
    pub kinds: Kinds,
    /// Pinned encodings by folder.
    pub encodings: Vec<(String, Encoding)>,
    /// Globs of files that are none of ours.
    pub ignore: Vec<String>,
    /// Link pattern that opens a file in the editor: `{path}`, `{line}`, `{column}`.
    pub editor: String,
    /// Changes whenever anything above does.
    pub print: Fingerprint,
}

impl Policy {
    /// The level with this name.
    pub fn level(&self, name: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.name == name)
    }

    /// The edition with this key or label.
    pub fn edition(&self, key: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.key == key || edition.label == key)
    }

    /// The encoding pinned for a path.
    pub fn pinned(&self, path: &str) -> Option<Encoding> {
        self.encodings
            .iter()
            .filter(|(folder, _)| {
                path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/') || folder.is_empty())
            })
            .max_by_key(|(folder, _)| folder.len())
            .map(|(_, encoding)| *encoding)
    }
}
