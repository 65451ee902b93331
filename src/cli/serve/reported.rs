//! The notices of the last build, so that only new ones are printed.

use std::collections::HashMap;

use crate::diag::Notice;
use crate::i18n::Message;
use crate::text::FileId;

/// A notice regardless of its position: one that moved with its line is not new.
type NoticeKey = (Option<FileId>, String, Message);

/// The notices of the last build, with their number of occurrences.
#[derive(Default)]
pub(super) struct ReportedNotices(HashMap<NoticeKey, usize>);

impl ReportedNotices {
    /// Those of `notices` that are new, and the number of those that are gone.
    pub fn new_notices<'n>(&mut self, notices: &'n [Notice]) -> (Vec<&'n Notice>, usize) {
        let mut before = std::mem::take(&mut self.0);
        let mut fresh = Vec::new();
        for notice in notices {
            let gist = (notice.span.map(|span| span.file), notice.code.clone(), notice.message.clone());
            match before.get_mut(&gist) {
                Some(times) if *times > 0 => *times -= 1,
                _ => fresh.push(notice),
            }
            *self.0.entry(gist).or_default() += 1;
        }
        let gone = before.into_values().sum();
        (fresh, gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};
    use crate::text::Span;

    fn notice(file: u32, at: usize, name: &str) -> Notice {
        let span = Span::new(FileId(file), at, at + 1);
        Notice::from(&Diagnostic::new(Code::BrokenLink, span).with("target", name))
    }

    #[test]
    fn moved_notices_are_not_new() {
        let mut told = ReportedNotices::default();
        let first = [notice(1, 5, "甲"), notice(1, 9, "甲"), notice(2, 5, "甲")];
        assert_eq!(told.new_notices(&first).0.len(), 3);
        let moved = [notice(1, 25, "甲"), notice(1, 29, "甲"), notice(2, 5, "乙")];
        let (fresh, gone) = told.new_notices(&moved);
        assert_eq!((fresh, gone), (vec![&moved[2]], 1));
        let once_more = [notice(1, 1, "甲"), notice(1, 2, "甲"), notice(1, 3, "甲")];
        let (fresh, gone) = told.new_notices(&once_more);
        assert_eq!((fresh.len(), gone), (1, 1), "a third of the same kind is one more");
        assert_eq!(told.new_notices(&[]).1, 3);
    }
}
