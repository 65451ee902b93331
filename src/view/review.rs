//! The note on a dossier that a quarterly review covered it.

use std::sync::Arc;

use serde::Serialize;

use super::{Link, Linker};
use crate::archive;

/// A quarterly review that covered the dossier (S-11.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReviewMark {
    /// The review.
    pub record: Link,
    /// 审核人.
    pub by: Option<Link>,
    /// 日期.
    pub date: Option<String>,
    /// Exceptions it found, possibly none.
    pub exceptions: Vec<Arc<str>>,
}

impl Linker<'_> {
    /// A review as shown on the customer's page.
    pub fn review_mark(&self, review: &archive::Review) -> ReviewMark {
        ReviewMark {
            record: self.entry_name(&review.record),
            by: review.by.as_ref().map(|who| self.party_name(who)),
            date: review.date.map(|date| self.date(date)),
            exceptions: review.exceptions.clone(),
        }
    }
}
