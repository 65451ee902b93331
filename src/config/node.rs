//! `archive.yaml` as an untyped tree: lists, ordered maps and texts.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::text::Fingerprinter;

/// A value. Maps keep order and duplicate keys, so that both can be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Nothing, or `null`.
    Empty,
    /// A text, as written.
    Text(String),
    /// A number or boolean as serde formats it; the original text is found by its position.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// Names and values.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Adds it to a fingerprint. Comments and layout are not included, so reformatting the file invalidates nothing.
    pub fn add_to_fingerprint(&self, fingerprint: &mut Fingerprinter) {
        match self {
            Node::Empty => fingerprint.number(0),
            Node::Text(text) | Node::Plain(text) => fingerprint.number(1).text(text),
            Node::List(items) => {
                fingerprint.number(2).number(items.len() as u64);
                items.iter().for_each(|item| item.add_to_fingerprint(fingerprint));
                fingerprint
            }
            Node::Map(entries) => {
                fingerprint.number(3).number(entries.len() as u64);
                entries.iter().for_each(|(key, value)| value.add_to_fingerprint(fingerprint.text(key)));
                fingerprint
            }
        };
    }

    /// The same as a serde value, for modules that parse a part of the configuration themselves.
    pub fn value(&self) -> serde_yaml::Value {
        use serde_yaml::Value;
        match self {
            Node::Empty => Value::Null,
            Node::Text(text) => Value::String(text.clone()),
            Node::Plain(text) => serde_yaml::from_str(text).unwrap_or_else(|_| Value::String(text.clone())),
            Node::List(items) => Value::Sequence(items.iter().map(Node::value).collect()),
            Node::Map(entries) => {
                Value::Mapping(entries.iter().map(|(key, value)| (Value::String(key.clone()), value.value())).collect())
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Empty)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Plain(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}
