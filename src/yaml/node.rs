//! A tree of keys and raw scalars with their places.

use std::borrow::Cow;

use crate::text::{Span, Spanned};

/// What the YAML parser found. Mappings keep their order and their duplicate keys, so that they can be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlNode<'t> {
    /// A scalar's text, unquoted and unescaped, otherwise as typed. `null`, `~` and nothing are [`Node::Empty`].
    Scalar(Spanned<Cow<'t, str>>),
    /// Nothing was written.
    Empty(Span),
    /// A sequence.
    List(Vec<YamlNode<'t>>, Span),
    /// A mapping.
    Map(Vec<(Spanned<Cow<'t, str>>, YamlNode<'t>)>, Span),
}

impl YamlNode<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            YamlNode::Scalar(text) => text.span,
            YamlNode::Empty(span) | YamlNode::List(_, span) | YamlNode::Map(_, span) => *span,
        }
    }
}
