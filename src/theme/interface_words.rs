//! The words of the interface, put into templates when they are read and not each time a page is drawn.
//!
//! Half of what a template shows are words: `{{ ui.due }}` becomes 期限 here. Templates know `ui` all the same, for what is
//! handed on (`sep=ui.comma`).

use crate::i18n::{Catalog, INTERFACE};
use crate::text::PatchedText;

/// `template` with the words of a language in it.
pub(super) fn inline_words(template: &str, words: &Catalog) -> PatchedText<'static> {
    let mut patches = Vec::new();
    // What stands in there is shown as it is written.
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

/// Whether a word reads the same inside a template as it is shown: nothing is escaped, trimmed or taken for a tag.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.trim() == word && !word.contains(['&', '<', '>', '"', '\'', '/', '{', '}', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn words_stand_in_the_template() {
        let words = Catalog::of(Lang::Zh);
        let template = "<th>{{ ui.due }}</th>{{ due }}{{ ui.nonsense }}{{- ui.due }}{{ ui.due | upper }}";
        let found = inline_words(template, words);
        assert_eq!(found.text, "<th>期限</th>{{ due }}{{ ui.nonsense }}{{- ui.due }}{{ ui.due | upper }}");
        let (at, own) = (found.text.find("{{ due").expect("there"), template.find("{{ due").expect("there"));
        assert_eq!(found.original(at), own);
        assert_eq!(inline_words("{% raw %}{{ ui.due }}{% endraw %}", words).text, "{% raw %}{{ ui.due }}{% endraw %}");
    }

    #[test]
    fn what_would_be_escaped_or_trimmed_is_left_to_the_engine() {
        for (word, plain) in
            [("期限", true), ("‹ 上一年", true), ("", false), ("甲 ", false), ("A & B", false), ("{甲}", false), ("a/b", false)]
        {
            assert_eq!(is_plain(word), plain, "{word}");
        }
    }
}
