//! A tree of keys and raw scalars with spans.

use std::borrow::Cow;

use crate::text::{Span, Spanned};

/// A parsed YAML value. Mappings keep their order and duplicate keys, so that these can be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlNode<'t> {
    /// A scalar, unquoted and unescaped, otherwise as typed. `null`, `~` and nothing are [`YamlNode::Empty`].
    Scalar(Spanned<Cow<'t, str>>),
    /// No value.
    Empty(Span),
    /// A sequence.
    List(Vec<YamlNode<'t>>, Span),
    /// A mapping.
    Map(Vec<(Spanned<Cow<'t, str>>, YamlNode<'t>)>, Span),
}

impl YamlNode<'_> {
    /// Its span.
    pub fn span(&self) -> Span {
        match self {
            YamlNode::Scalar(text) => text.span,
            YamlNode::Empty(span) | YamlNode::List(_, span) | YamlNode::Map(_, span) => *span,
        }
    }
}
