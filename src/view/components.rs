//! The small things pages are put together from: their frame, figures, duties, promises.

use std::sync::Arc;

use serde::Serialize;

use super::{Breadcrumbs, Due, Link, Names, StateTag, TextRuns};

/// So many rows stand on a page of a list (`decisions.md` 26).
pub(super) const ROWS: usize = 500;

/// A heading's figure: a number, what it counts, and where the list is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Stable name for style.
    pub key: &'static str,
    /// How many.
    pub value: usize,
    /// What.
    pub label: Arc<str>,
    /// More about it, possibly empty.
    pub note: String,
    /// The list behind it.
    pub href: Option<Arc<str>>,
    /// `alarm` when it is a count of late things, else empty.
    pub tone: &'static str,
}

/// What every page shows around its content. Nothing in it depends on the day or on other records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Title of the page.
    pub title: String,
    /// Title of the site.
    pub site: Arc<str>,
    /// The company.
    pub company: Arc<str>,
    /// Name of the edition: 全本.
    pub edition: Arc<str>,
    /// Word of the highest secrecy level that may stand on this page: 秘密.
    pub mark: Arc<str>,
    /// Whether this is the full edition, which alone has pages of problems.
    pub full: bool,
    /// The way to the root of the site: empty or `../../`.
    pub root: String,
    /// Which part of the site this is, for the navigation.
    pub section: &'static str,
    /// The way down to this page.
    pub crumbs: Breadcrumbs,
    /// 最后更新: the latest date written in what is shown.
    pub updated: Option<String>,
    /// 最后核实.
    pub verified: Option<String>,
    /// The previous page of a sequence.
    pub previous: Option<Crumb>,
    /// The next page of a sequence.
    pub next: Option<Crumb>,
}

/// The way to another page of a sequence or order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// What is read.
    pub text: Arc<str>,
    /// The address, relative to the page; none for this very page.
    pub href: Option<Arc<str>>,
}

impl From<Link> for Crumb {
    fn from(Link { text, href }: Link) -> Self {
        Crumb { text, href }
    }
}

/// What the head of a page knows: the same for many pages, so it is drawn once for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shell {
    /// Of the page's frame, only what its head shows.
    pub page: Head,
}

/// What a head shows of the frame of its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Title of the site.
    pub site: Arc<str>,
    /// Name of the edition: 全本.
    pub edition: Arc<str>,
    /// Whether this is the full edition, which alone has pages of problems.
    pub full: bool,
    /// The way to the root of the site: empty or `../../`.
    pub root: String,
    /// Which part of the site this is, for the navigation.
    pub section: &'static str,
}

impl Shell {
    /// The template that draws it.
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

/// A part of a long list, for the line of pages below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// From 1.
    pub number: u32,
    /// What it holds, possibly empty: `01-01 – 08-10`.
    pub holds: String,
    /// Its address; none for this very page.
    pub href: Option<Arc<str>>,
}

/// A diagnostic ready to be shown on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Problem {
    /// Path as in the archive.
    pub path: String,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// `error`, `warning`, `info`.
    pub severity: String,
    /// Public code.
    pub code: String,
    /// The sentence, spoken.
    pub message: String,
    /// Lines of help, spoken.
    pub help: Vec<String>,
    /// The source line.
    pub source: String,
}

/// A duty not kept, or coming due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// Name of the rule: 下一次联系已逾期.
    pub rule: Arc<str>,
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// The sentence.
    pub say: String,
    /// Since when or until when.
    pub due: Option<Due>,
    /// The customer; empty where it is about none.
    pub customer: Link,
    /// The person it is about, if any.
    pub subject: Option<Link>,
    /// Who has to act.
    pub staff: Names,
    /// The first clause it comes from: `附表6`.
    pub clause: &'static str,
    /// All of them: `附表6、S-F6.7`.
    pub clauses: String,
    /// Records it rests on.
    pub evidence: Names,
}

/// A promise, a problem or an opinion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// `2026-11-05#1`.
    pub number: String,
    /// `promise`, `problem`, `opinion`; `suggestion`, `found` or `directive` with the staff.
    pub sort: &'static str,
    /// 承诺, 问题, 意见; 建议, 检查发现, 批示.
    pub word: Arc<str>,
    /// What.
    pub text: TextRuns,
    /// The customer; filled on pages that show more than one.
    pub customer: Option<Link>,
    /// 责任人.
    pub owner: Option<Link>,
    /// 对: to whom it was promised; or the department an opinion is passed on to.
    pub to: Option<Link>,
    /// 期限.
    pub due: Option<Due>,
    /// Whether that date is the default of the policy and was not stated.
    pub due_by_default: bool,
    /// The record it was opened in; empty where that record is what the list belongs to.
    pub opened: Link,
    /// Settled: the record that says so.
    pub done: Option<Link>,
}

/// A visit or contact as a line of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// `2026-11-20`; none when the record has no readable day.
    pub date: Option<String>,
    /// `visit`, `contact` or `call`.
    pub sort: &'static str,
    /// 拜访, or the 方式 of a contact.
    pub what: Arc<str>,
    /// The customer; filled on pages that show more than one.
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
    /// 项目 with its page, or 事由; possibly empty.
    pub about: Link,
    /// First characters of the report; empty where the whole of it stands beside.
    pub excerpt: Arc<str>,
    /// Whether a report was written, or may have been where reports are hidden.
    pub reported: bool,
    /// The whole record.
    pub href: Option<Arc<str>>,
}
