//! The client script with its texts, and JSON literals in scripts.

use std::collections::BTreeMap;

use super::generations::BrowserMessage;
use crate::i18n::Catalog;

/// The client script, a concatenation of files that each use only the ones before.
const PAGE: &str = concat!(
    include_str!("client/restore.js"),
    include_str!("client/note.js"),
    include_str!("client/panel.js"),
    include_str!("client/connection.js"),
    include_str!("client/page.js"),
);

/// Prefix of the script's texts in the catalogue.
const WORDS: &str = "serve.";

/// JSON as a script literal: characters that could end the script, or that older browsers take for a line end, are
/// escaped. They occur only in strings.
pub(super) fn literal(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The client script, preceded by its texts.
pub(super) fn page(words: &Catalog) -> String {
    let said: BTreeMap<&str, &str> = words.entries().filter(|(key, _)| key.starts_with(WORDS)).collect();
    let said = serde_json::to_string(&said).unwrap_or_else(|_| "{}".to_owned());
    format!("const KEDANG_TEXTS={};\n{PAGE}", literal(&said))
}

/// `poll.js`, for pages that cannot use the worker: page messages and missed updates, as a function call.
pub(super) fn event_data(beside: &str, diagnostics: &[BrowserMessage]) -> String {
    let rest = beside.strip_prefix('{').unwrap_or("}");
    let diagnostics = diagnostics.iter().map(|told| &*told.json).collect::<Vec<_>>().join(",");
    format!("kedangHear({});", literal(&format!("{{\"news\":[{diagnostics}],{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn script_values_are_escaped() {
        let json = serde_json::to_string("</script><!--\u{2028}\u{2029}甲").expect("JSON");
        let literal = literal(&json);
        assert!(!literal.contains(['<', '\u{2028}', '\u{2029}']));
        assert_eq!(serde_json::from_str::<String>(&literal).expect("JSON"), "</script><!--\u{2028}\u{2029}甲");
    }

    #[test]
    fn script_begins_with_its_texts() {
        for lang in Lang::ALL {
            let script = page(Catalog::of(lang));
            let words = script.strip_prefix("const KEDANG_TEXTS=").and_then(|rest| rest.split_once(";\n")).expect("words").0;
            let words: BTreeMap<String, String> = serde_json::from_str(words).expect("JSON");
            assert_eq!(words["serve.small.home"], Catalog::of(lang).get("serve.small.home"));
            assert!(words.keys().all(|key| key.starts_with("serve.")));
            assert!(script.ends_with(PAGE));
        }
    }

    #[test]
    fn event_data_is_one_json_value() {
        let told = |generation| BrowserMessage { generation, json: format!("{{\"generation\":{generation}}}").into() };
        let heard = event_data("{\"generation\":2}", &[told(1), told(2)]);
        assert_eq!(heard, "kedangHear({\"news\":[{\"generation\":1},{\"generation\":2}],\"generation\":2});");
    }
}
