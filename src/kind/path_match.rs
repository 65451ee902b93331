//! Matches a file's path to its kind and record id.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Kind;
use crate::calendar::{YearContext, parse_date, parse_month};
use crate::diag::{Code, Diagnostic, nearest};
use crate::i18n::Message;
use crate::text::{FileId, Span};

/// A file's path relative to the archive, segments joined by `/`, as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchivePath(pub Arc<str>);

impl ArchivePath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder, without a trailing `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last segment without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl From<&str> for ArchivePath {
    fn from(path: &str) -> Self {
        ArchivePath(path.into())
    }
}

impl fmt::Display for ArchivePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a path tells about its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathMatch {
    /// Key of the kind.
    pub kind: Arc<str>,
    /// The customer's folder name, for files below `customers/<id>/`.
    pub customer: Option<Arc<str>>,
    /// The record's id: the path with English folder names and without extension (`customers/hd/visits/2026-11-20`), in
    /// NFC; `decisions.md` 23.
    pub id: Arc<str>,
}

/// `kinds/places.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathPatternData {
    kinds: Vec<String>,
    chinese_names: BTreeMap<String, String>,
}

/// The path patterns of all kinds.
#[derive(Debug)]
pub(super) struct PathPatterns {
    patterns: Vec<Pattern>,
    /// Chinese names by English name, for folders and fixed files.
    twins: BTreeMap<Arc<str>, Arc<str>>,
}

/// One path pattern of a kind.
#[derive(Debug)]
struct Pattern {
    kind: Arc<str>,
    parts: Vec<PatternPart>,
}

/// One segment of a path pattern.
#[derive(Debug)]
enum PatternPart {
    /// A fixed folder or file name, English or Chinese.
    Fixed(Arc<str>, Option<Arc<str>>),
    /// Any name.
    Any,
    /// A file named by a month.
    Month,
}

impl PatternPart {
    fn matches(&self, name: &str) -> bool {
        match self {
            PatternPart::Fixed(english, chinese) => name == &**english || chinese.as_deref() == Some(name),
            PatternPart::Any => true,
            PatternPart::Month => parse_month(name).is_ok(),
        }
    }
}

impl Pattern {
    fn new(kind: &str, path: &str, twins: &BTreeMap<Arc<str>, Arc<str>>) -> Pattern {
        let parts = path.split('/').map(|part| match part.strip_suffix(".md").unwrap_or(part) {
            "*" => PatternPart::Any,
            "<month>" => PatternPart::Month,
            fixed => {
                PatternPart::Fixed(fixed.into(), twins.get(part).map(|twin| twin.strip_suffix(".md").unwrap_or(twin).into()))
            }
        });
        Pattern { kind: kind.into(), parts: parts.collect() }
    }

    /// Whether the pattern matches the segments, the last without its extension.
    fn matches(&self, parts: &[&str]) -> bool {
        self.parts.len() == parts.len() && self.parts.iter().zip(parts).all(|(part, name)| part.matches(name))
    }

    /// The matching path with English names.
    fn english(&self, parts: &[&str]) -> String {
        let mut path = String::with_capacity(48);
        for (part, name) in self.parts.iter().zip(parts) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(if let PatternPart::Fixed(english, _) = part { english } else { name });
        }
        path
    }
}

/// The path without extension, if it is a Markdown file. All other files are attachments.
fn text_file(path: &str) -> Option<&str> {
    let stem = path.len().checked_sub(3)?;
    path.get(stem..).is_some_and(|end| end.eq_ignore_ascii_case(".md")).then(|| &path[..stem])
}

impl PathPatterns {
    /// Compiles the patterns of `kinds`; `data` gives the order in which they are tried.
    pub(super) fn new(data: &PathPatternData, kinds: &[Arc<Kind>]) -> Result<PathPatterns, String> {
        let twins: BTreeMap<Arc<str>, Arc<str>> =
            data.chinese_names.iter().map(|(english, chinese)| ((**english).into(), (**chinese).into())).collect();
        let mut patterns = Vec::new();
        for key in &data.kinds {
            let kind = kinds.iter().find(|kind| *kind.key == **key).ok_or_else(|| format!("places: {key}"))?;
            patterns.extend(kind.files.iter().map(|path| Pattern::new(key, path, &twins)));
        }
        if kinds.len() != data.kinds.len() {
            return Err("places: a kind has no place".to_owned());
        }
        Ok(PathPatterns { patterns, twins })
    }

    /// The Chinese name of an English folder or fixed file.
    pub(super) fn twin(&self, english: &str) -> Option<&str> {
        self.twins.get(english).map(|twin| &**twin)
    }

    pub(super) fn match_path(&self, path: &ArchivePath) -> Option<PathMatch> {
        let path = text_file(path.as_str())?;
        // Some systems return decomposed file names; ids are NFC.
        let composed: String;
        let path = if is_nfc(path) {
            path
        } else {
            composed = path.nfc().collect();
            &composed
        };
        let parts: Vec<&str> = path.split('/').collect();
        let pattern = self.patterns.iter().find(|pattern| pattern.matches(&parts))?;
        let of_customer = matches!(pattern.parts.first(), Some(PatternPart::Fixed(folder, _)) if &**folder == "customers");
        Some(PathMatch {
            kind: pattern.kind.clone(),
            customer: of_customer.then(|| parts[1].into()),
            id: pattern.english(&parts).into(),
        })
    }

    pub(super) fn unmatched_reason(&self, path: &ArchivePath, file: FileId) -> Option<Diagnostic> {
        let diagnostics = Diagnostic::new(Code::UnknownPlace, Span::new(file, 0, 0));
        let Some(stem) = text_file(path.as_str()) else {
            return self
                .is_misnamed(path.as_str())
                .then(|| diagnostics.variant("extension").with("path", path).help(Message::new("help.extension")));
        };
        let parts: Vec<&str> = stem.split('/').collect();
        let diagnostics = diagnostics.with("path", path);
        let folders = parts.iter().take(parts.len() - 1).copied();
        let known = |name: &str| self.twins.iter().any(|(english, chinese)| name == &**english || name == &**chinese);
        let names = || self.twins.iter().flat_map(|(english, chinese)| [&**english, &**chinese]);
        let meant = folders.filter(|folder| !known(folder)).find_map(|folder| Some((folder, nearest(folder, names())?)));
        Some(match meant {
            Some((folder, meant)) => {
                diagnostics.help(Message::new("help.place-folder").with("folder", folder).with("name", meant))
            }
            None => diagnostics.help(Message::new("help.places")),
        })
    }

    /// Whether an attachment was meant as a record: an editor appended its extension to `.md`, or replaced it.
    fn is_misnamed(&self, path: &str) -> bool {
        let Some((stem, extension)) = path.rsplit_once('.') else { return false };
        let own = match extension.to_ascii_lowercase().as_str() {
            "markdown" | "mdown" | "mkd" => stem,
            "txt" | "text" => match text_file(stem) {
                Some(own) => own,
                // Notes next to a record may have any name but a record's.
                None if is_record_name(stem) => stem,
                None => return false,
            },
            _ => return false,
        };
        let parts: Vec<&str> = own.split('/').collect();
        self.patterns.iter().any(|pattern| pattern.matches(&parts))
    }
}

/// Whether a file is named by a day, or like the single record of its folder.
fn is_record_name(stem: &str) -> bool {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let dated = name.get(..10).is_some_and(|day| parse_date(day, None::<YearContext>).is_ok());
    dated || matches!(name, "customer" | "客户" | "information" | "客户信息" | "loans" | "借阅登记")
}

#[cfg(test)]
mod tests {
    use super::super::Kinds;
    use super::*;

    fn place(path: &str) -> Option<(String, Option<String>, String)> {
        let place = Kinds::official().match_path(&path.into())?;
        Some((place.kind.to_string(), place.customer.map(|id| id.to_string()), place.id.to_string()))
    }

    fn placed(path: &str, kind: &str, customer: Option<&str>, id: &str) {
        assert_eq!(place(path), Some((kind.to_owned(), customer.map(str::to_owned), id.to_owned())), "{path}");
    }

    #[test]
    fn english_and_chinese_folders_are_equivalent() {
        placed("customers/hd/visits/2026-11-20.md", "visit", Some("hd"), "customers/hd/visits/2026-11-20");
        placed("客户/hd/拜访/2026-11-20.md", "visit", Some("hd"), "customers/hd/visits/2026-11-20");
        placed("客户/东澜水务/客户.md", "customer", Some("东澜水务"), "customers/东澜水务/customer");
        placed("客户/客户/客户信息.md", "information", Some("客户"), "customers/客户/information");
        placed("customers/hd/关键人物/王磊（处长）.MD", "person", Some("hd"), "customers/hd/people/王磊（处长）");
        placed("我方人员/周岚.md", "staff", None, "staff/周岚");
        placed("页面/使用说明.md", "page", None, "pages/使用说明");
        placed("客户/hd/接触计划/2026.md", "contact-plan", Some("hd"), "customers/hd/contact-plans/2026");
    }

    #[test]
    fn contact_month_path_has_own_kind() {
        placed("客户/hd/接触/2026-11.md", "contact-month", Some("hd"), "customers/hd/contacts/2026-11");
        placed("客户/hd/接触/2026-11-03.md", "contact", Some("hd"), "customers/hd/contacts/2026-11-03");
        placed("客户/hd/接触/2026-11-03 电话.md", "contact", Some("hd"), "customers/hd/contacts/2026-11-03 电话");
    }

    #[test]
    fn department_paths_match_their_kinds() {
        placed("客户/hd/客户计划/2026.md", "development-plan", Some("hd"), "customers/hd/plans/2026");
        placed("客户/hd/项目/城西二期.md", "project", Some("hd"), "customers/hd/projects/城西二期");
        placed("拜访计划书/2026-11/周岚.md", "visit-plan", None, "visit-plans/2026-11/周岚");
        placed("市场信息/2026-11/周岚 11-18.md", "market-report", None, "market/2026-11/周岚 11-18");
        placed("来电来函/2026-11.md", "inbound-month", None, "inbound/2026-11");
        placed("来电来函/2026-11-23 蒋工.md", "inbound", None, "inbound/2026-11-23 蒋工");
        placed("竞争对手/恒科控制.md", "competitor", None, "competitors/恒科控制");
        placed("批示/2026-11-23.md", "directive", None, "directives/2026-11-23");
        placed("季度审核/2026-Q3.md", "review", None, "reviews/2026-Q3");
        placed("检查/2026-10-20.md", "inspection", None, "inspections/2026-10-20");
        placed("制度/2025-01.md", "regulation", None, "regulation/2025-01");
        placed("借阅登记.md", "loans", None, "loans");
    }

    #[test]
    fn record_id_is_nfc() {
        let decomposed: String = "customers/Zoé/customer.md".nfd().collect();
        placed(&decomposed, "customer", Some("Zoé"), "customers/Zoé/customer");
    }

    #[test]
    fn unmatched_path_is_reported_with_help() {
        let said = |path: &str| Kinds::official().unmatched_diagnostic(&path.into(), FileId(0));
        assert!(place("customers/hd/notes/x.md").is_none());
        assert_eq!(said("客户/hd/客户计划/2026/附表.md").expect("a diagnostic").message.key, "diag.unknown-place");
        assert_eq!(said("客户/hd/拜仿/2026-11-20.md").expect("a diagnostic").help[0].args[1].1, "拜访");
        assert_eq!(said("随手记.md").expect("a diagnostic").help[0].key, "help.places");
        assert_eq!(said("客户/hd/附件/图纸.pdf"), None);
        assert_eq!(said("archive.yaml"), None);
        for misnamed in
            ["客户/hd/拜访/2026-11-20.md.txt", "客户/hd/拜访/2026-11-20.txt", "客户/hd/客户.TXT", "页面/说明.markdown"]
        {
            assert_eq!(said(misnamed).expect("a diagnostic").message.key, "diag.unknown-place.extension", "{misnamed}");
        }
        for attached in ["客户/hd/拜访/录音.txt", "客户/hd/2026-11-20.txt", "客户/hd/拜访/2026-11-20.md.bak"] {
            assert_eq!(said(attached), None, "{attached}");
        }
    }
}
