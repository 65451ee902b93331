//! Message catalogues: everything a person reads, in Chinese and English.
//!
//! A [`Message`] is a message id with its arguments. It becomes text only when it is shown, so no fact and no finding
//! depends on a language. Catalogues are the YAML files in `zh-CN/` and `en/`, one per audience; a test checks that
//! both languages have the same keys and placeholders.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::text::BuildFastHasher;

/// A language of the program: Chinese first, English second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// 简体中文.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Every language.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The language tag for HTML and `archive.yaml`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// Reads a tag as people write it (`zh`, `zh-CN`, `zh_CN.UTF-8`, `中文`, `en`, `en-US`).
    pub fn parse(text: &str) -> Option<Lang> {
        let text = text.trim().to_ascii_lowercase();
        if text.starts_with("zh") || text == "中文" {
            Some(Lang::Zh)
        } else if text.starts_with("en") {
            Some(Lang::En)
        } else {
            None
        }
    }
}

/// A message: the key of a catalogue entry and the values of its `{placeholders}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Message {
    /// Key in the catalogue, `audience.name`.
    pub key: String,
    /// Values of the placeholders: user text, dates or numbers, never translated.
    pub args: Vec<(String, String)>,
    /// A word of the company put before the message: 待补.
    pub lead: Option<String>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<String>) -> Self {
        Message { key: key.into(), args: Vec::new(), lead: None }
    }

    /// Sets `{name}`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// Sets the leading word.
    #[must_use]
    pub fn with_prefix(mut self, word: impl ToString) -> Self {
        self.lead = Some(word.to_string());
        self
    }
}

/// A parsed catalogue entry.
struct Template {
    text: String,
    /// Ranges of the placeholders, braces included.
    slots: Box<[Range<usize>]>,
}

impl From<&str> for Template {
    fn from(text: &str) -> Template {
        let text = text.trim_end_matches('\n').to_owned();
        let mut slots = Vec::new();
        let mut from = 0;
        while let Some(open) = text[from..].find('{').map(|at| from + at) {
            let Some(close) = text[open..].find('}').map(|at| open + at) else { break };
            slots.push(open..close + 1);
            from = close + 1;
        }
        Template { text, slots: slots.into() }
    }
}

/// The keys are constants of the program, so a fast hash is safe.
type Entries<T> = HashMap<String, T, BuildFastHasher>;

/// The catalogue of one language.
pub struct Catalog {
    lang: Lang,
    entries: Entries<Template>,
    /// Interface texts by key without prefix: pages use them a lot.
    interface: Entries<Box<str>>,
}

/// Prefix of interface texts; templates use them as `ui.<name>`.
pub const INTERFACE: &str = "ui.";

const ZH: &[&str] = &[
    include_str!("zh-CN/ui.yaml"),
    include_str!("zh-CN/cli.yaml"),
    include_str!("zh-CN/scaffold.yaml"),
    include_str!("zh-CN/serve.yaml"),
    include_str!("zh-CN/rule.yaml"),
    include_str!("zh-CN/diag-files.yaml"),
    include_str!("zh-CN/diag-text.yaml"),
    include_str!("zh-CN/diag-field.yaml"),
    include_str!("zh-CN/diag-prose.yaml"),
    include_str!("zh-CN/diag-archive.yaml"),
    include_str!("zh-CN/diag-policy.yaml"),
];
const EN: &[&str] = &[
    include_str!("en/ui.yaml"),
    include_str!("en/cli.yaml"),
    include_str!("en/scaffold.yaml"),
    include_str!("en/serve.yaml"),
    include_str!("en/rule.yaml"),
    include_str!("en/diag-files.yaml"),
    include_str!("en/diag-text.yaml"),
    include_str!("en/diag-field.yaml"),
    include_str!("en/diag-prose.yaml"),
    include_str!("en/diag-archive.yaml"),
    include_str!("en/diag-policy.yaml"),
];

static CHINESE: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(Lang::Zh, ZH));
static ENGLISH: LazyLock<Catalog> = LazyLock::new(|| Catalog::load(Lang::En, EN));

impl Catalog {
    /// The catalogue of a language, parsed once from embedded data.
    pub fn of(lang: Lang) -> &'static Catalog {
        match lang {
            Lang::Zh => &CHINESE,
            Lang::En => &ENGLISH,
        }
    }

    fn load(lang: Lang, files: &[&str]) -> Catalog {
        let mut entries = Entries::default();
        for text in files {
            // Embedded data, covered by a test.
            let file: HashMap<String, String> = serde_yaml::from_str(text).expect("a catalogue is a map of texts");
            entries.extend(file.into_iter().map(|(key, text)| (key, Template::from(text.as_str()))));
        }
        let word = |(key, said): (&String, &Template)| {
            let key = key.strip_prefix(INTERFACE)?;
            Some((key.to_owned(), said.text.as_str().into()))
        };
        let interface = entries.iter().filter_map(word).collect();
        Catalog { lang, entries, interface }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of an entry, or the key if there is none (a test prevents that).
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.entries.get(key).map_or(key, |said| &said.text)
    }

    /// An interface text by its key without prefix, or that key if there is none. Every call allocates: with a shared
    /// one, threads would contend for its reference count.
    pub fn interface_text(&self, key: &str) -> Arc<str> {
        self.interface.get(key).map_or_else(|| Arc::from(key), |word| Arc::from(&**word))
    }

    /// Whether there is an entry.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Formats a message.
    pub fn format(&self, say: &Message) -> String {
        let said = self.entries.get(&say.key);
        let (template, slots) = said.map_or((&*say.key, &[][..]), |said| (&said.text, &said.slots));
        let mut text = String::with_capacity(template.len() + 32);
        if let Some(lead) = &say.lead {
            text.push_str(lead);
            text.push_str(self.get("say.colon"));
        }
        let mut from = 0;
        for slot in slots {
            text.push_str(&template[from..slot.start]);
            let name = &template[slot.start + 1..slot.end - 1];
            match say.args.iter().find(|(key, _)| key == name) {
                Some((_, value)) => text.push_str(value),
                None => text.push_str(&template[slot.clone()]),
            }
            from = slot.end;
        }
        text.push_str(&template[from..]);
        text
    }

    /// All entries in order of key.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut entries: Vec<_> = self.entries.iter().map(|(key, said)| (key.as_str(), said.text.as_str())).collect();
        entries.sort_unstable();
        entries.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn catalogues_have_equal_keys_and_placeholders() {
        let (zh, en) = (Catalog::of(Lang::Zh), Catalog::of(Lang::En));
        for (key, text) in zh.entries() {
            assert!(en.has(key), "English lacks {key}");
            assert_eq!(placeholders(text), placeholders(en.get(key)), "placeholders of {key}");
        }
        for (key, _) in en.entries() {
            assert!(zh.has(key), "Chinese lacks {key}");
        }
    }

    #[test]
    fn catalogue_keys_are_unique_across_files() {
        for files in [ZH, EN] {
            let mut seen: BTreeMap<String, String> = BTreeMap::new();
            for text in files {
                let file: BTreeMap<String, String> = serde_yaml::from_str(text).expect("a catalogue is a map of texts");
                for (key, text) in file {
                    assert!(
                        seen.insert(key.clone(), text).is_none(),
                        "{key} stands in two files; the later would hide the other"
                    );
                }
            }
        }
    }

    #[test]
    fn message_is_formatted_with_its_arguments() {
        let entries = Entries::from_iter([("a.b".to_owned(), Template::from("{who}没有{what}{{}"))]);
        let words = Catalog { lang: Lang::Zh, entries, interface: Entries::default() };
        let say = Message::new("a.b").with("who", "周岚").with("what", "上级");
        assert_eq!(words.format(&say), "周岚没有上级{{}");
    }
}
