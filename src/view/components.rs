//! Components shared by pages: frame, figures, duties, items.

use std::sync::Arc;

use serde::Serialize;

use super::{Breadcrumbs, Due, Link, Names, StateTag, TextRuns};

/// A figure in a heading: number, label and link to its list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Name for CSS.
    pub key: &'static str,
    /// The number.
    pub value: usize,
    /// What it counts.
    pub label: Arc<str>,
    /// Further text, possibly empty.
    pub note: String,
    /// Link to the list.
    pub href: Option<Arc<str>>,
    /// `alarm` if it counts overdue things, else empty.
    pub tone: &'static str,
}

/// Frame of every page. Does not depend on the as-of date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Title of the page.
    pub title: String,
    /// Title of the site.
    pub site: Arc<str>,
    /// Name of the company.
    pub company: Arc<str>,
    /// Name of the edition: 全本.
    pub edition: Arc<str>,
    /// Name of the highest secrecy level on the page: 秘密.
    pub mark: Arc<str>,
    /// Whether this is the full edition, the only one with problem pages.
    pub full: bool,
    /// Path to the root of the site: empty or `../../`.
    pub root: String,
    /// Section of the site, for the navigation: `customers`.
    pub section: &'static str,
    /// Breadcrumbs.
    pub crumbs: Breadcrumbs,
    /// 最后更新: the latest date in the records shown: `2026-11-20`.
    pub updated: Option<String>,
    /// 最后核实: `2026-11-20`.
    pub verified: Option<String>,
    /// Link to the previous page of a sequence.
    pub previous: Option<NeighbourLink>,
    /// Link to the next page of a sequence.
    pub next: Option<NeighbourLink>,
}

/// A link within a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NeighbourLink {
    /// Its text.
    pub text: Arc<str>,
    /// The address, relative to the page; none for the page itself.
    pub href: Option<Arc<str>>,
}

impl From<Link> for NeighbourLink {
    fn from(Link { text, href }: Link) -> Self {
        NeighbourLink { text, href }
    }
}

/// Head of a page: equal for many pages, so it is rendered once for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shell {
    /// The part of the frame that the head shows.
    pub page: Head,
}

/// The part of a frame that the head shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Title of the site.
    pub site: Arc<str>,
    /// Name of the edition: 全本.
    pub edition: Arc<str>,
    /// Whether this is the full edition, the only one with problem pages.
    pub full: bool,
    /// Path to the root of the site: empty or `../../`.
    pub root: String,
    /// Section of the site, for the navigation: `customers`.
    pub section: &'static str,
}

impl Shell {
    /// Its template.
    pub const TEMPLATE: &'static str = "top.html";

    /// The head of a page with this frame.
    pub fn of(frame: &Frame) -> Self {
        Shell {
            page: Head {
                site: frame.site.clone(),
                edition: frame.edition.clone(),
                full: frame.full,
                root: frame.root.clone(),
                section: frame.section,
            },
        }
    }
}

/// A part of a long list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// Number of the part, from 1.
    pub number: u32,
    /// Its range, possibly empty: `01-01 – 08-10`.
    pub holds: String,
    /// Its address; none for the page itself.
    pub href: Option<Arc<str>>,
}

/// A diagnostic, ready to be shown on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Problem {
    /// Path of the file in the archive.
    pub path: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// `error`, `warning`, `info`.
    pub severity: String,
    /// Code.
    pub code: String,
    /// The message.
    pub message: String,
    /// Lines of help.
    pub help: Vec<String>,
    /// The source line.
    pub source: String,
}

/// A duty that is overdue or due soon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// Name of the rule: 下一次联系已逾期.
    pub rule: Arc<str>,
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// The sentence.
    pub say: String,
    /// Due date.
    pub due: Option<Due>,
    /// The customer; empty if it is about none.
    pub customer: Link,
    /// The key person it is about, if any.
    pub subject: Option<Link>,
    /// Who has to act.
    pub staff: Names,
    /// Its first clause: `附表6`.
    pub clause: &'static str,
    /// All clauses: `附表6、S-F6.7`.
    pub clauses: String,
    /// Records with evidence.
    pub evidence: Names,
}

/// A promise, problem or opinion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// `2026-11-05#1`.
    pub number: String,
    /// `promise`, `problem`, `opinion`; on a staff page also `suggestion`, `found` or `directive`.
    pub sort: &'static str,
    /// 承诺, 问题, 意见; 建议, 检查发现, 批示.
    pub word: Arc<str>,
    /// Its text.
    pub text: TextRuns,
    /// The customer, on pages about several.
    pub customer: Option<Link>,
    /// 责任人.
    pub owner: Option<Link>,
    /// 对: to whom it was promised; or the department an opinion is forwarded to.
    pub to: Option<Link>,
    /// 期限.
    pub due: Option<Due>,
    /// Whether that date is the configured default.
    pub due_by_default: bool,
    /// The record that opened it; empty on the page of that record.
    pub opened: Link,
    /// The record that settled it.
    pub done: Option<Link>,
}

/// A visit, contact or call as a timeline row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// `2026-11-20`; none if the record has no readable date.
    pub date: Option<String>,
    /// `visit`, `contact` or `call`.
    pub sort: &'static str,
    /// 拜访, or the 方式 of a contact.
    pub what: Arc<str>,
    /// The customer, on pages about several.
    pub customer: Option<Link>,
    /// Our people.
    pub ours: Names,
    /// Their people.
    pub theirs: Names,
    /// 商谈计划.
    pub plan: Option<Arc<str>>,
    /// 成果.
    pub result: Option<StateTag>,
    /// 是否达成.
    pub achieved: Option<StateTag>,
    /// 项目 with a link, or 事由; possibly empty.
    pub about: Link,
    /// Start of the report; empty if the full report follows.
    pub excerpt: Arc<str>,
    /// Whether there is a report, or may be one where reports are hidden.
    pub reported: bool,
    /// Link to the whole record.
    pub href: Option<Arc<str>>,
}
