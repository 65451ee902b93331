//! One JSON object per line. Keys are stable; unknown values are `null`.

use serde::{Serialize, Serializer};

use super::notice::ResolvedSpan;
use super::{Notice, SourceLookup};
use crate::i18n::Catalog;

#[derive(Serialize)]
struct JsonDiagnostic {
    #[serde(flatten)]
    place: JsonSpan,
    severity: &'static str,
    code: String,
    message: String,
    help: Vec<String>,
    labels: Vec<Label>,
    facts: JsonFacts,
}

/// Lines and columns from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
struct JsonSpan {
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Label {
    #[serde(flatten)]
    place: JsonSpan,
    message: String,
}

/// Names and values in insertion order.
struct JsonFacts(Vec<(String, String)>);

impl Serialize for JsonFacts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl From<Option<ResolvedSpan>> for JsonSpan {
    fn from(spot: Option<ResolvedSpan>) -> Self {
        let (start, end) = (spot.as_ref().map(|spot| spot.start), spot.as_ref().map(|spot| spot.end));
        JsonSpan {
            path: spot.map(|spot| spot.path),
            line: start.map(|place| place.line),
            column: start.map(|place| place.column),
            end_line: end.map(|place| place.line),
            end_column: end.map(|place| place.column),
        }
    }
}

/// Renders a notice as one JSON object on one line.
pub(super) fn draw(notice: &Notice, sources: &dyn SourceLookup, words: &Catalog) -> String {
    let find = |span| ResolvedSpan::resolve(span, sources);
    let object = JsonDiagnostic {
        place: notice.span.and_then(find).into(),
        severity: notice.word,
        code: notice.code.clone(),
        message: words.format(&notice.message),
        help: notice.help.iter().map(|say| words.format(say)).collect(),
        labels: notice
            .labels
            .iter()
            .map(|(span, say)| Label { place: find(*span).into(), message: words.format(say) })
            .collect(),
        facts: JsonFacts(notice.facts.clone()),
    };
    // Texts and numbers under text keys always serialise; otherwise the error would still be a line of JSON.
    let mut line =
        serde_json::to_string(&object).unwrap_or_else(|error| serde_json::json!({ "error": error.to_string() }).to_string());
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use crate::diag::Format;
    use crate::diag::testing::TestSource;
    use crate::i18n::Message;

    #[test]
    fn json_keys_are_complete_and_ordered() {
        let world = TestSource::new("客户.md", "见«报价\n单»");
        let mut notice = world.notice();
        notice.help.push(Message::new("help.image-inside"));
        notice.labels.push((world.find("见"), Message::new("第一次")));
        notice.facts = vec![("subject".into(), "东澜水务".into()), ("due".into(), "2026-11-24".into())];
        assert_eq!(
            world.draw(&notice, Format::Json),
            concat!(
                r#"{"path":"客户.md","line":1,"column":2,"end_line":2,"end_column":2,"severity":"error","code":"broken-link","#,
                r#""message":"链接指向的“报价.pdf”不存在","help":["把图片放到记录旁边，再写 ![说明](图.jpg)"],"#,
                r#""labels":[{"path":"客户.md","line":1,"column":1,"end_line":1,"end_column":2,"message":"第一次"}],"#,
                r#""facts":{"subject":"东澜水务","due":"2026-11-24"}}"#,
                "\n"
            )
        );
    }

    #[test]
    fn json_keys_without_span() {
        let world = TestSource::new("客户.md", "«»");
        let mut notice = world.notice();
        notice.span = None;
        let line = world.draw(&notice, Format::Json);
        assert!(
            line.starts_with(r#"{"path":null,"line":null,"column":null,"end_line":null,"end_column":null,"severity""#),
            "{line}"
        );
    }
}
