//! A visit or a contact, in one line or whole.

use std::sync::Arc;

use serde::Serialize;

use super::{Link, RecordPart, Tag};

/// A visit or contact as a line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Touch {
    /// `2026-11-20`; none when the record has no readable day.
    pub date: Option<String>,
    /// `visit` or `contact`.
    pub sort: &'static str,
    /// 拜访, or the 方式 of a contact.
    pub what: Arc<str>,
    /// The customer; filled on pages that show more than one.
    pub customer: Option<Link>,
    /// Our people.
    pub ours: Vec<Link>,
    /// Their people.
    pub theirs: Vec<Link>,
    /// 商谈计划.
    pub plan: Option<Arc<str>>,
    /// 成果.
    pub result: Option<Tag>,
    /// 是否达成.
    pub achieved: Option<Tag>,
    /// 项目 or 事由, possibly empty.
    pub about: Arc<str>,
    /// First characters of the report.
    pub excerpt: Arc<str>,
    /// Whether a report was written.
    pub reported: bool,
    /// The whole record.
    pub href: Option<String>,
}

/// A visit or contact in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its line.
    pub touch: Touch,
    /// Promises, problems and opinions it opened, with how they stand.
    pub items: Vec<super::Item>,
    /// 改进, as text.
    pub improve: Vec<Link>,
    /// Next contacts stated in it: (day and people).
    pub next: Vec<NextLine>,
    /// Everything else.
    pub record: RecordPart,
}

/// A next contact stated in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextLine {
    /// The day.
    pub date: String,
    /// With whom; empty for everybody.
    pub theirs: Vec<Link>,
}
