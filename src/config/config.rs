//! The configuration as a value.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cadences, Edition, GracePeriod, Level};
use crate::calendar::{AsOf, Date, Workdays};
use crate::diag::{Code, Diagnostic, Severity, nearest};
use crate::i18n::{Lang, Message};
use crate::kind::Kinds;
use crate::text::{Encoding, Fingerprint, Span};

/// Diagnostics that no longer exist; a setting that turned one off remains valid.
const RETIRED: &[&str] = &["policy-later"];

/// Page layout of the records of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PageChoice {
    /// One page per customer and year, with an anchor per record.
    #[default]
    ByYear,
    /// One page per record.
    Each,
}

/// Setting for a rule or diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleChoice {
    /// Turned off.
    Off,
    /// Reported with this severity.
    As(Severity),
}

/// Deputy for a vacant post, as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deputy {
    /// Name of the staff member; whether a record exists is checked by the archive.
    pub staff: Arc<str>,
    /// Where it was written.
    pub at: Span,
}

/// All settings of `archive.yaml`, with defaults.
#[derive(Clone, Debug)]
pub struct Config {
    /// 公司名称; replaces “A 公司” in labels.
    pub company: String,
    /// 简称.
    pub short: String,
    /// 站点标题.
    pub title: String,
    /// 归口部门.
    pub department: String,
    /// Language of the site.
    pub language: Lang,
    /// 颁布日期: rules do not apply to earlier days (第二十条).
    pub issued: Option<Date>,
    /// Name of the theme.
    pub theme: String,
    /// Folder of the company's own themes, relative to the archive.
    pub themes: Option<String>,
    /// Output folder, relative to the archive.
    pub out: Option<String>,
    /// Page layout of visits.
    pub visits: PageChoice,
    /// Page layout of contacts.
    pub contacts: PageChoice,
    /// Wordings of the official forms that are unclear in the scan, by the scanned word: `参加何其` → `参加何种`; and optional
    /// additions to the forms.
    pub form_wording: BTreeMap<String, String>,
    /// Customer levels in order, the most important first; also the code list `level`.
    pub levels: Vec<Level>,
    /// 关系生命周期 in order (14.4); also the code list `lifecycle`.
    pub lifecycle: Vec<String>,
    /// Deadlines.
    pub cadences: Cadences,
    /// Grace period for a newly issued regulation.
    pub start_gently: Option<GracePeriod>,
    /// Working days.
    pub workdays: Workdays,
    /// Deputies for vacant posts (第五条): post → staff member. 客户档案管理员 means either of the archivist's two posts.
    pub duties: BTreeMap<String, Deputy>,
    /// Editions by key.
    pub editions: Vec<Edition>,
    /// Settings for rules and diagnostics, by code.
    pub rules: BTreeMap<String, RuleChoice>,
    /// The kinds, with the company's fields, codes and levels merged.
    pub kinds: Kinds,
    /// Fixed encodings by folder.
    pub encodings: Vec<(String, Encoding)>,
    /// Globs of files to ignore.
    pub ignore: Vec<String>,
    /// Link pattern that opens a file in the editor: `{path}`, `{line}`, `{column}`.
    pub editor: String,
    /// Fingerprint of all settings.
    pub fingerprint: Fingerprint,
    /// Span of `holidays` in `archive.yaml`, or where it belongs.
    pub(super) holidays_at: Span,
    /// Spans of the entries of `rules`.
    pub(super) rules_at: BTreeMap<String, Span>,
}

impl Config {
    /// A label with the company's name in place of “A 公司”.
    pub fn with_company_name<'a>(&self, label: &'a str) -> Cow<'a, str> {
        // Few labels contain it, and few contain an A.
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

    /// The encoding fixed for a path.
    pub fn fixed_encoding(&self, path: &str) -> Option<Encoding> {
        self.encodings
            .iter()
            .filter(|(folder, _)| {
                path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/') || folder.is_empty())
            })
            .max_by_key(|(folder, _)| folder.len())
            .map(|(_, encoding)| *encoding)
    }

    /// The setting for a rule or diagnostic.
    pub fn choice(&self, code: &str) -> Option<RuleChoice> {
        self.rules.get(code).copied()
    }

    /// Diagnostics for names under `rules:` that are neither diagnostics nor in `known`, the names of all rules (which
    /// this layer does not know).
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

    /// A warning that working days are guessed, if there is no official table for the year of `as_of`.
    pub fn unknown_holidays(&self, as_of: AsOf) -> Option<Diagnostic> {
        let year = as_of.0.year();
        (!self.workdays.has_table(year)).then(|| {
            Diagnostic::new(Code::UnknownHolidays, self.holidays_at)
                .with("year", year)
                .help(Message::new("help.policy-holidays").with("year", year))
        })
    }
}
