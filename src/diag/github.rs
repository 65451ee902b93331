//! GitHub workflow commands: `::error file=…,line=…,col=…,title=code::message`.

use super::notice::ResolvedSpan;
use super::{Notice, Severity, SourceLookup};
use crate::i18n::Catalog;

/// Renders a notice as one workflow command.
pub(super) fn draw(notice: &Notice, sources: &dyn SourceLookup, words: &Catalog) -> String {
    let command = match notice.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = String::new();
    if let Some(spot) = notice.span.and_then(|span| ResolvedSpan::resolve(span, sources)) {
        let (start, end) = (spot.start, spot.end);
        properties = format!("file={},line={},endLine={},col={}", property(&spot.path), start.line, end.line, start.column);
        // The end column is only allowed within one line, and is that of the last character.
        if start.line == end.line {
            properties.push_str(&format!(",endColumn={}", (end.column - 1).max(start.column)));
        }
        properties.push(',');
    }
    let mut message = words.format(&notice.message);
    for say in &notice.help {
        message.push('\n');
        message.push_str(&words.format(say));
    }
    format!("::{command} {properties}title={}::{}\n", property(&notice.code), data(&message))
}

/// Percent-encodes what would end a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As [`data`], for a property, where `:` and `,` are special too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::diag::testing::TestSource;
    use crate::diag::{Format, Severity};
    use crate::i18n::Message;

    #[test]
    fn workflow_command_characters_are_escaped() {
        let world = TestSource::new("a,b:100%.md", "---\n见«报价»");
        let mut notice = world.notice();
        notice.message = Message::new("完成 50%\r\n未完").with("x", 1);
        notice.help.push(Message::new("help.image-inside"));
        notice.severity = Severity::Info;
        assert_eq!(
            world.draw(&notice, Format::Github),
            "::notice file=a%2Cb%3A100%25.md,line=2,endLine=2,col=2,endColumn=3,title=broken-link::\
             完成 50%25%0D%0A未完%0A把图片放到记录旁边，再写 ![说明](图.jpg)\n"
        );
    }

    #[test]
    fn notice_without_span() {
        let world = TestSource::new("a.md", "«»");
        let mut notice = world.notice();
        notice.span = None;
        assert_eq!(world.draw(&notice, Format::Github), "::error title=broken-link::链接指向的“报价.pdf”不存在\n");
    }
}
