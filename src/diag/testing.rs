//! A source file for the tests of this module.

use std::sync::Arc;

use super::{Code, Diagnostic, Format, Notice, SourceLookup, render};
use crate::i18n::{Catalog, Lang};
use crate::text::{FileId, Span};

/// One file, with the wrong value between `«` and `»`.
pub struct TestSource {
    path: String,
    text: Arc<str>,
    pub span: Span,
}

impl TestSource {
    pub fn new(path: &str, marked: &str) -> Self {
        let start = marked.find('«').expect("a start is marked");
        let end = marked.find('»').expect("an end is marked") - '«'.len_utf8();
        TestSource {
            path: path.to_owned(),
            text: marked.replace(['«', '»'], "").into(),
            span: Span::new(FileId(0), start, end),
        }
    }

    /// Span of `word`.
    pub fn find(&self, word: &str) -> Span {
        let at = self.text.find(word).expect("the word is there");
        Span::new(FileId(0), at, at + word.len())
    }

    pub fn notice(&self) -> Notice {
        Notice::from(&Diagnostic::new(Code::BrokenLink, self.span).with("target", "报价.pdf"))
    }

    pub fn draw(&self, notice: &Notice, format: Format) -> String {
        render(notice, format, self, Catalog::of(Lang::Zh), false)
    }
}

impl SourceLookup for TestSource {
    fn source(&self, file: FileId) -> Option<(String, Arc<str>)> {
        (file == FileId(0)).then(|| (self.path.clone(), self.text.clone()))
    }
}
