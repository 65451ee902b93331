//! The mark of a quarterly review on the dossiers it went through.

use std::sync::Arc;

use serde::Serialize;

use super::{Link, Linker};
use crate::archive;

/// That a quarterly review went through the dossier (S-11.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReviewMark {
    /// The review.
    pub said: Link,
    /// 审核人.
    pub by: Option<Link>,
    /// 日期.
    pub date: Option<String>,
    /// What it found wrong, possibly nothing.
    pub exceptions: Vec<Arc<str>>,
}

impl Linker<'_> {
    /// The mark of a review.
    pub fn review_mark(&self, review: &archive::Review) -> ReviewMark {
        ReviewMark {
            said: self.entry_name(&review.record),
            by: review.by.as_ref().map(|who| self.party_name(who)),
            date: review.date.map(|date| self.date(date)),
            exceptions: review.exceptions.clone(),
        }
    }
}
