//! Slips of a Chinese keyboard, understood and reported (`product.md`, reading).
//!
//! A mend is an [`Edit`] of the author's text. The YAML parser is given the text with the mends in it; a place it names
//! is led back through them, so every span points into what the author wrote.

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Edit};
use crate::text::{FileId, Span};
use crate::words::Say;

/// Replacements of stretches of a text, to be put in order before use.
#[derive(Debug, Default)]
pub(super) struct Mends(Vec<(Range<usize>, Cow<'static, str>)>);

impl Mends {
    /// `right` should stand where `wrong` is.
    pub fn put(&mut self, wrong: Range<usize>, right: impl Into<Cow<'static, str>>) {
        self.0.push((wrong, right.into()));
    }

    /// Takes back those inside `range`: it could not be read, so they are not sure.
    pub fn forget(&mut self, range: &Range<usize>) {
        self.0.retain(|(wrong, _)| wrong.start < range.start || wrong.end > range.end);
    }

    /// Adds those of another.
    pub fn append(&mut self, mut other: Mends) {
        self.0.append(&mut other.0);
    }

    /// As edits of the author's text, in order.
    pub fn edits(mut self, file: FileId) -> Vec<Edit> {
        self.0.sort_by_key(|(range, _)| range.start);
        self.0
            .into_iter()
            .map(|(range, text)| Edit { span: Span::new(file, range.start, range.end), text: text.into_owned() })
            .collect()
    }
}

/// A stretch of a text with its mends put in, and the way back.
pub(super) struct Mended<'a> {
    /// What the parser reads.
    pub text: Cow<'a, str>,
    /// Where the stretch starts in the author's text.
    start: usize,
    /// For every mend: where it stands in the mended text, and in the author's.
    places: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Mended<'a> {
    /// Puts `mends` into `source[range]`; those outside it are left alone.
    pub fn new(source: &'a str, range: Range<usize>, mends: &mut Mends) -> Self {
        mends.0.sort_by_key(|(wrong, _)| wrong.start);
        let inside = || mends.0.iter().filter(|(wrong, _)| wrong.start >= range.start && wrong.end <= range.end);
        if inside().next().is_none() {
            return Mended { text: Cow::Borrowed(&source[range.clone()]), start: range.start, places: Vec::new() };
        }
        let mut text = String::with_capacity(range.len() + 16);
        let mut places = Vec::new();
        let mut done = range.start;
        for (wrong, right) in inside() {
            if wrong.start < done {
                continue;
            }
            text.push_str(&source[done..wrong.start]);
            let start = text.len();
            text.push_str(right);
            places.push((start..text.len(), wrong.clone()));
            done = wrong.end;
        }
        text.push_str(&source[done..range.end]);
        Mended { text: Cow::Owned(text), start: range.start, places }
    }

    /// Where position `at` of the mended text stands in the author's.
    pub fn author(&self, at: usize) -> usize {
        let after = self.places.partition_point(|(mended, _)| mended.start <= at);
        match after.checked_sub(1).and_then(|index| self.places.get(index)) {
            None => self.start + at,
            Some((mended, author)) if at == mended.start => author.start,
            Some((mended, author)) if at < mended.end => author.end,
            Some((mended, author)) => author.end + (at - mended.end),
        }
    }
}

/// The one report of all slips of a file: where the first is, the line as it should be, and every correction.
/// `edits` in order of place.
pub fn slips(text: &str, edits: Vec<Edit>) -> Option<Diagnostic> {
    let first = edits.first()?.span;
    let start = text[..first.start.index()].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[first.end.index()..].find(['\n', '\r']).map_or(text.len(), |at| first.end.index() + at);
    let mut line = String::with_capacity(end - start);
    let mut done = start;
    for edit in edits.iter().take_while(|edit| edit.span.end.index() <= end) {
        line.push_str(&text[done..edit.span.start.index()]);
        line.push_str(&edit.text);
        done = edit.span.end.index();
    }
    line.push_str(&text[done..end]);
    let mut news = Diagnostic::new(Code::KeyboardSlip, first)
        .with("count", edits.len())
        .help(Say::new("help.write-line").with("line", line.trim_end()));
    if edits.len() > 1 {
        news = news.variant("many");
    }
    news.help.push(Say::new("help.fix"));
    news.fix = edits;
    Some(news)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_what_the_author_wrote() {
        let source = "对象：【甲、乙】尾";
        let mut mends = Mends::default();
        let pos = |c: char| source.find(c).expect("is there");
        for (wrong, right) in [('、', ", "), ('【', "["), ('】', "]")] {
            mends.put(pos(wrong)..pos(wrong) + wrong.len_utf8(), right);
        }
        let mended = Mended::new(source, pos('【')..source.len(), &mut mends);
        assert_eq!(mended.text, "[甲, 乙]尾");
        for (c, at) in mended.text.char_indices().map(|(at, c)| (c, at)).filter(|(c, _)| "甲乙尾".contains(*c)) {
            assert_eq!(mended.author(at), pos(c), "{c}");
        }
        assert_eq!(mended.author(0), pos('【'));
        assert_eq!(mended.author(mended.text.len()), source.len());
    }

    #[test]
    fn slips_are_reported_once_with_the_first_line_put_right() {
        let text = "日期：2026-11-20\n成果：C\n";
        let mut mends = Mends::default();
        for (at, wrong) in text.match_indices('：') {
            mends.put(at..at + wrong.len(), ": ");
        }
        let news = slips(text, mends.edits(FileId(0))).expect("two slips");
        assert_eq!(news.message, Say::new("diag.keyboard-slip.many").with("count", 2));
        assert_eq!(news.help[0], Say::new("help.write-line").with("line", "日期: 2026-11-20"));
        assert_eq!(news.fix.len(), 2);
        assert_eq!(slips(text, Vec::new()), None);
    }
}
