//! The policy as a value.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cadences, Edition, Level, StartGently};
use crate::calendar::{AsOf, Date, Workdays};
use crate::diag::{Code, Diagnostic, Severity, nearest};
use crate::i18n::{Lang, Message};
use crate::kind::Kinds;
use crate::text::{Encoding, Fingerprint, Span};

/// Diagnostics that are spoken no more: who once turned one off need not change the policy for it.
const RETIRED: &[&str] = &["policy-later"];

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

/// One of ours who does the work of a post that nobody holds, as the policy names him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deputy {
    /// His name. Whether he is on file the archive says.
    pub staff: Arc<str>,
    /// Where that stands.
    pub at: Span,
}

/// All that `archive.yaml` says, with defaults filled in.
#[derive(Clone, Debug)]
pub struct Config {
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
    /// Words of the official forms that the scan leaves in doubt, by the scanned word: `参加何其` → `参加何种`; and what else a
    /// company may want on them.
    pub form_wording: BTreeMap<String, String>,
    /// Customer levels in order, the most important first; also the code list `level`.
    pub levels: Vec<Level>,
    /// 关系生命周期 in order (14.4); also the code list `lifecycle`.
    pub lifecycle: Vec<String>,
    /// Deadlines.
    pub cadences: Cadences,
    /// Who is judged at first, and how gently, while the regulation is new.
    pub start_gently: Option<StartGently>,
    /// Working days.
    pub workdays: Workdays,
    /// Who stands in for a missing post (第五条): post → one of ours. 客户档案管理员 is either of the archivist's two posts.
    pub duties: BTreeMap<String, Deputy>,
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
    pub fingerprint: Fingerprint,
    /// Where in `archive.yaml` `holidays` stand, or would.
    pub(super) holidays_at: Span,
    /// Where each of `rules` stands.
    pub(super) rules_at: BTreeMap<String, Span>,
}

impl Config {
    /// A label of the regulation with the company in it where the regulation says “A 公司”.
    pub fn with_company_name<'a>(&self, label: &'a str) -> Cow<'a, str> {
        // Hardly any does, and hardly any has an A.
        if !label.as_bytes().contains(&b'A') || !(label.contains("A公司") || label.contains("A 公司")) {
            return Cow::Borrowed(label);
        }
        Cow::Owned(label.replace("A 公司", &self.short).replace("A公司", &self.short))
    }

    /// The level with this name.
    pub fn level(&self, name: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.name == name)
    }

    /// The edition with this key or label.
    pub fn edition(&self, key: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.key == key || edition.label == key)
    }

    /// The encoding pinned for a path.
    pub fn fixed_encoding(&self, path: &str) -> Option<Encoding> {
        self.encodings
            .iter()
            .filter(|(folder, _)| {
                path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/') || folder.is_empty())
            })
            .max_by_key(|(folder, _)| folder.len())
            .map(|(_, encoding)| *encoding)
    }

    /// What the company does with a rule or diagnostic, if it said so.
    pub fn choice(&self, code: &str) -> Option<RuleChoice> {
        self.rules.get(code).copied()
    }

    /// Names under `rules:` that are neither a diagnostic's nor among `known`, the names of the rules, which live above
    /// this room.
    pub fn unknown_rules(&self, known: &[&str]) -> Vec<Diagnostic> {
        let codes = || Code::ALL.iter().map(|code| code.name());
        self.rules_at
            .iter()
            .filter(|(name, _)| !RETIRED.contains(&name.as_str()))
            .filter(|(name, _)| !known.contains(&name.as_str()) && codes().all(|code| code != name.as_str()))
            .map(|(name, span)| {
                let diagnostics = Diagnostic::new(Code::PolicyValue, *span).variant("unknown-rule").with("value", name);
                match nearest(name, known.iter().copied().chain(codes())) {
                    Some(meant) => diagnostics.help(Message::new("help.did-you-mean").with("name", meant)),
                    None => diagnostics,
                }
            })
            .collect()
    }

    /// The warning that working days are only guessed, when there is no official table for the year of `as_of`.
    pub fn unknown_holidays(&self, as_of: AsOf) -> Option<Diagnostic> {
        let year = as_of.0.year();
        (!self.workdays.has_table(year)).then(|| {
            Diagnostic::new(Code::UnknownHolidays, self.holidays_at)
                .with("year", year)
                .help(Message::new("help.policy-holidays").with("year", year))
        })
    }
}
