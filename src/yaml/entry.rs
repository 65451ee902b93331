//! One top-level line of front matter with the lines below it.

use super::YamlNode;
use crate::diag::{Diagnostic, Edit};
use crate::text::{Span, Spanned};

/// How the kind of a file treats a key, given as typed and trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A field whose one-line value is taken literally.
    Line,
    /// A field whose value is always YAML.
    Yaml,
    /// No such field. Its one-line value is taken literally, too.
    No,
}

/// The value of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryValue<'t> {
    /// Literally: the rest of the line, trimmed.
    Line(Spanned<&'t str>),
    /// In YAML.
    Node(YamlNode<'t>),
    /// The key has no value.
    Empty,
}

/// A key at column 0 and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The key as typed, trimmed and unquoted.
    pub key: Spanned<&'t str>,
    /// Its value.
    pub told: EntryValue<'t>,
    /// Whether an earlier entry has the same key; then this one is ignored.
    pub again: bool,
    /// Key and value together.
    pub span: Span,
}

/// Parsed front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter<'t> {
    /// Entries in order; duplicates are kept (the first counts) and reported.
    pub entries: Vec<Entry<'t>>,
    /// False if a part could not be read or a key is duplicated: then the secrecy of the rest is unknown
    /// (`decisions.md` 4).
    pub complete: bool,
    /// Keyboard slips that were understood, in order of position, with their corrections. Reported together with those
    /// of the fences, once per file ([`slips`](super::slips)).
    pub slips: Vec<Edit>,
    /// Diagnostics.
    pub diagnostics: Vec<Diagnostic>,
}
