//! Inserts interface words into templates when they are loaded instead of at every rendering.
//!
//! Half of the expressions in templates are words: `{{ ui.due }}` becomes 期限 here. Templates still have `ui`, for
//! words passed as arguments (`sep=ui.comma`).

use crate::i18n::{Catalog, INTERFACE};
use crate::text::PatchedText;

/// `template` with the words of one language inserted.
pub(super) fn inline_interface_text(template: &str, words: &Catalog) -> PatchedText<'static> {
    let mut patches = Vec::new();
    // The content of a raw block is output as written.
    if !template.contains("raw %}") {
        for (at, open) in template.match_indices("{{ ui.") {
            let name = &template[at + open.len()..];
            let Some(length) = name.find(" }}") else { continue };
            let key = format!("{INTERFACE}{}", &name[..length]);
            if words.has(&key) && is_plain(words.get(&key)) {
                patches.push((at..at + open.len() + length + " }}".len(), key));
            }
        }
    }
    let patches = patches.iter().map(|(at, key)| (at.clone(), words.get(key)));
    PatchedText::new(template, 0..template.len(), patches).into_owned()
}

/// Whether a word renders as itself inside a template: nothing is escaped, trimmed or parsed as a tag.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.trim() == word && !word.contains(['&', '<', '>', '"', '\'', '/', '{', '}', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn interface_texts_are_inlined() {
        let words = Catalog::of(Lang::Zh);
        let template = "<th>{{ ui.due }}</th>{{ due }}{{ ui.nonsense }}{{- ui.due }}{{ ui.due | upper }}";
        let found = inline_interface_text(template, words);
        assert_eq!(found.text, "<th>期限</th>{{ due }}{{ ui.nonsense }}{{- ui.due }}{{ ui.due | upper }}");
        let (at, own) = (found.text.find("{{ due").expect("present"), template.find("{{ due").expect("present"));
        assert_eq!(found.original(at), own);
        assert_eq!(inline_interface_text("{% raw %}{{ ui.due }}{% endraw %}", words).text, "{% raw %}{{ ui.due }}{% endraw %}");
    }

    #[test]
    fn texts_needing_escape_are_not_inlined() {
        for (word, plain) in
            [("期限", true), ("‹ 上一年", true), ("", false), ("甲 ", false), ("A & B", false), ("{甲}", false), ("a/b", false)]
        {
            assert_eq!(is_plain(word), plain, "{word}");
        }
    }
}
