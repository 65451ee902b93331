//! One line per notice, as compilers write and editors parse: `path:line:column: severity[code]: message`.

use super::notice::{ResolvedSpan, one_line};
use super::{Notice, SourceLookup};
use crate::i18n::Catalog;

/// Renders a notice on one line.
pub(super) fn draw(notice: &Notice, sources: &dyn SourceLookup, words: &Catalog) -> String {
    let mut line = String::new();
    if let Some(spot) = notice.span.and_then(|span| ResolvedSpan::resolve(span, sources)) {
        line.push_str(&location(&spot));
        line.push_str(": ");
    }
    let message = words.format(&notice.message);
    line.push_str(&format!("{}[{}]: {}\n", notice.word, notice.code, one_line(&message)));
    line
}

/// `path:line:column`.
pub(super) fn location(spot: &ResolvedSpan) -> String {
    format!("{}:{}:{}", one_line(&spot.path), spot.start.line, spot.start.column)
}

#[cfg(test)]
mod tests {
    use crate::diag::Format;
    use crate::diag::testing::TestSource;
    use crate::i18n::Message;

    #[test]
    fn column_counts_characters() {
        let world = TestSource::new("客户/东澜水务/客户.md", "---\n---\n见[报价](«报价.pdf»)\n");
        let line = world.draw(&world.notice(), Format::Short);
        assert_eq!(line, "客户/东澜水务/客户.md:3:7: error[broken-link]: 链接指向的“报价.pdf”不存在\n");
    }

    #[test]
    fn control_characters_are_made_visible() {
        let world = TestSource::new("a\n.md", "«»");
        let mut notice = world.notice();
        notice.message = Message::new("diag.broken-link").with("target", "\u{1b}[31m\n\u{202E}");
        let line = world.draw(&notice, Format::Short);
        assert_eq!(line, "a␊.md:1:1: error[broken-link]: 链接指向的“␛[31m␊〈U+202E〉”不存在\n");
    }

    #[test]
    fn short_format_without_span() {
        let world = TestSource::new("a.md", "«»");
        let mut notice = world.notice();
        notice.span = None;
        notice.word = "finding";
        assert_eq!(world.draw(&notice, Format::Short), "finding[broken-link]: 链接指向的“报价.pdf”不存在\n");
    }
}
